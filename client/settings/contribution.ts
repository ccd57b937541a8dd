// Settings in the workbench: their editor, keys, language, theme and text size, the account, and what the status line says.

import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import type { MenuGroup } from '#shared/platform/menu-groups.ts';
import type { Workbench } from '../workbench/workbench.svelte.ts';
import { account, signOut } from './account.svelte.ts';
import { messages } from './messages.ts';
import { PICK_PREFIX, provideChoices } from './choices.ts';
import { connectToServer } from './start.ts';

/** Those of one plugin, by its name and with its title; else all. */
export interface SettingsParams {
  plugin?: string;
  title?: string;
}

/** On a phone there is no status line, and the account menu stands behind “More”. */
const ACCOUNT_MENU: readonly [command: string, group: MenuGroup, when?: string][] = [
  ['settings.language', 'change', 'phone'],
  ['settings.theme', 'change', 'phone'],
  ['settings.textSize', 'change', 'phone'],
  ['settings.open', 'change'],
  ['settings.keyboard', 'change', '!phone'],
  ['settings.signIn', 'other', 'phone && !signedIn'],
  ['settings.signOut', 'other', 'signedIn'],
];

export function contributeSettings(workbench: Workbench): Disposable {
  const store = new DisposableStore();
  const t = (id: string) => workbench.t(id);
  store.add(workbench.registerMessages(messages));
  store.add(
    workbench.registerEditor<SettingsParams>({
      id: 'settings',
      title: ({ title }) => (title === undefined ? t('settings.title') : `${t('settings.title')}: ${title}`),
      icon: () => 'settings',
      key: ({ plugin }) => (plugin === undefined ? 'settings' : `settings/${plugin}`),
      keep: true,
      load: () => import('./SettingsEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor({
      id: 'keyboard',
      title: () => t('keyboard.title'),
      icon: () => 'keyboard',
      key: () => 'keyboard',
      keep: true,
      load: () => import('./KeyboardEditor.svelte'),
    }),
  );
  const category = 'settings.category';
  const pick = (kind: string) => () =>
    workbench.openPalette(
      `${PICK_PREFIX}${t(`settings.pick.${kind}`)
        .replace(/\{.*$/, '')
        .replace(/[:：]\s*$/, '')} `,
    );
  store.add(
    workbench.registerCommands([
      {
        id: 'settings.open',
        title: 'settings.open',
        icon: 'settings',
        keybinding: 'Mod+,',
        run: (of?: SettingsParams) => workbench.openEditor<SettingsParams>('settings', of ?? {}),
      },
      {
        id: 'settings.keyboard',
        title: 'settings.keyboard',
        category,
        icon: 'keyboard',
        keybinding: 'Mod+Alt+K',
        run: () => workbench.openEditor('keyboard', {}),
      },
      { id: 'settings.language', title: 'settings.language', category, icon: 'languages', run: pick('language') },
      { id: 'settings.theme', title: 'settings.theme', category, icon: 'contrast', run: pick('theme') },
      { id: 'settings.textSize', title: 'settings.textSize', category, icon: 'type', run: pick('textSize') },
      { id: 'settings.signIn', title: 'settings.signIn', icon: 'log-in', when: '!signedIn', run: () => void (account.dialogOpen = true) },
      { id: 'settings.signOut', title: 'settings.signOut', icon: 'log-out', when: 'signedIn', run: signOut },
    ]),
  );
  ACCOUNT_MENU.forEach(([command, group, when], order) =>
    store.add(workbench.registerMenuEntry({ id: `account.${command}`, menu: 'account', command, group, order, ...(when && { when }) })),
  );
  store.add(
    workbench.registerQuickOpen({
      id: 'settings.choices',
      title: 'settings.pick',
      order: 200,
      prefix: PICK_PREFIX,
      provide: (query) => provideChoices(workbench, query),
    }),
  );
  store.add(workbench.registerTitleItem({ id: 'settings.account', order: 90, load: () => import('./AccountMenu.svelte') }));
  store.add(
    workbench.registerStatusItem({ id: 'settings.directory', side: 'start', order: 10, load: () => import('./DirectoryStatus.svelte') }),
  );
  store.add(workbench.registerStatusItem({ id: 'settings.theme', side: 'end', order: 80, load: () => import('./ThemeStatus.svelte') }));
  store.add(
    workbench.registerStatusItem({ id: 'settings.language', side: 'end', order: 90, load: () => import('./LanguageStatus.svelte') }),
  );
  store.add(connectToServer(workbench));
  return store;
}
