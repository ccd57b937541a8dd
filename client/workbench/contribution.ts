// The workbench's own commands, and the palette's search over all commands: contributed through the same door as a feature's.

import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { messages as uiMessages } from '../ui/messages.ts';
import { matchFuzzy } from './fuzzy.ts';
import { messages } from './messages.ts';
import { moveFocus } from './regions.ts';
import type { Command, QuickOpenItem } from './types.ts';
import type { Workbench } from './workbench.svelte.ts';

const RECENT = 8;

export function contributeWorkbench(workbench: Workbench): Disposable {
  const store = new DisposableStore();
  store.add(workbench.registerMessages({ ...uiMessages, ...messages }));
  store.add(workbench.registerCommands(listCommands(workbench)));
  store.add(
    workbench.registerQuickOpen({
      id: 'commands',
      title: 'palette.commands',
      order: 100,
      prefix: '>',
      provide: (query) => findCommands(workbench, query),
    }),
  );
  store.add(
    workbench.registerTitleItem({
      id: 'workbench.notifications',
      order: 80,
      when: '!phone',
      load: () => import('./NotificationBell.svelte'),
    }),
  );
  ['workbench.closeEditor', 'workbench.moveBeside', 'workbench.nextEditor', 'workbench.previousEditor'].forEach((command, order) =>
    store.add(workbench.registerMenuEntry({ id: `tab.${command}`, menu: 'tab', command, group: 'open', order })),
  );
  ['workbench.showCommands', 'workbench.notifications'].forEach((command, order) =>
    store.add(workbench.registerMenuEntry({ id: `account.${command}`, menu: 'account', command, when: 'phone', group: 'open', order })),
  );
  store.add(toDisposable(workbench.watchState()));
  return store;
}

function listCommands(workbench: Workbench): Command[] {
  const { layout } = workbench;
  const step = (by: number) => () => {
    const group = layout.groups[layout.focused];
    if (!group || group.editors.length === 0) return;
    const at = group.editors.findIndex((editor) => editor.id === group.active);
    const next = group.editors[(at + by + group.editors.length) % group.editors.length];
    if (next) layout.activate(next.id);
  };
  const view = 'workbench.category.view';
  const editor = 'workbench.category.editor';
  return [
    { id: 'workbench.quickOpen.all', title: 'palette.title', keybinding: 'Mod+K', hidden: true, run: () => workbench.openPalette() },
    {
      id: 'workbench.showCommands',
      title: 'workbench.command.showCommands',
      icon: 'command',
      keybinding: ['Mod+Shift+P', 'F1'],
      run: () => workbench.openPalette('>'),
    },
    {
      id: 'workbench.quickOpen',
      title: 'workbench.command.quickOpen',
      icon: 'search',
      keybinding: 'Mod+P',
      run: () => workbench.openPalette(),
    },
    {
      id: 'workbench.toggleSide',
      title: 'workbench.command.toggleSide',
      category: view,
      icon: 'panel-left',
      keybinding: 'Mod+B',
      when: '!phone',
      run: () => layout.toggleSide(),
    },
    {
      id: 'workbench.closeEditor',
      title: 'workbench.command.closeEditor',
      category: editor,
      icon: 'x',
      keybinding: 'Alt+X',
      when: 'editor.closable',
      run: () => layout.active && layout.close(layout.active.id),
    },
    {
      id: 'workbench.moveBeside',
      title: 'workbench.command.moveBeside',
      category: editor,
      icon: 'columns-2',
      keybinding: 'Alt+B',
      when: 'editor.closable && !compact',
      run: () => layout.active && layout.move(layout.active.id, innerWidth < 1600),
    },
    {
      id: 'workbench.nextEditor',
      title: 'workbench.command.nextEditor',
      category: editor,
      icon: 'arrow-right',
      keybinding: 'Alt+PageDown',
      run: step(1),
    },
    {
      id: 'workbench.previousEditor',
      title: 'workbench.command.previousEditor',
      category: editor,
      icon: 'arrow-left',
      keybinding: 'Alt+PageUp',
      run: step(-1),
    },
    {
      id: 'workbench.nextRegion',
      title: 'workbench.command.nextRegion',
      category: view,
      icon: 'arrow-right',
      keybinding: 'F6',
      run: () => moveFocus(1),
    },
    {
      id: 'workbench.previousRegion',
      title: 'workbench.command.previousRegion',
      category: view,
      icon: 'arrow-left',
      keybinding: 'Shift+F6',
      run: () => moveFocus(-1),
    },
    { id: 'workbench.focusEditor', title: 'workbench.skip', hidden: true, run: () => moveFocus('editor') },
    {
      id: 'workbench.notifications',
      title: 'workbench.command.notifications',
      category: view,
      icon: 'bell',
      run: () => {
        workbench.centreOpen = true;
      },
    },
    {
      id: 'workbench.dismissNotifications',
      title: 'workbench.command.dismissNotifications',
      category: view,
      icon: 'bell',
      run: () => workbench.notifications.items.forEach((item) => workbench.notifications.hide(item.id)),
    },
  ];
}

/** Who knows a command by its id finds it in every language. */
function matchId(query: string, id: string) {
  return query.length >= 4 && id.toLowerCase().startsWith(query.toLowerCase()) ? { score: 0 } : undefined;
}

/** Of what every window has: nobody opens the list for these. */
const OF_THE_WINDOW = /^(workbench|settings|map)\./;

/** Commands that fit what was typed; those used last come first. */
function findCommands(workbench: Workbench, query: string): QuickOpenItem[] {
  const recent = workbench.preferences.values.recentCommands;
  return workbench.commands.available.flatMap((command) => {
    const title = workbench.t(command.title);
    const category = command.category === undefined ? undefined : workbench.t(command.category);
    const match =
      matchFuzzy(query, title) ??
      (category === undefined ? undefined : matchFuzzy(query, `${category} ${title}`)) ??
      matchId(query, command.id);
    if (!match) return [];
    const place = recent.indexOf(command.id);
    const keybinding = workbench.commands.keysOf(command)[0];
    return {
      id: command.id,
      label: title,
      ...(category === undefined ? {} : { detail: category }),
      icon: command.icon ?? 'chevron-right',
      ...(keybinding === undefined ? {} : { keybinding }),
      // With nothing typed: those used last, then in the order in which features brought them, the window's own after all others.
      score: (query === '' ? -Number(OF_THE_WINDOW.test(command.id)) : match.score) + (place < 0 ? 0 : 30 - place),
      run: () => {
        workbench.preferences.set('recentCommands', [command.id, ...recent.filter((id) => id !== command.id)].slice(0, RECENT));
        void workbench.executeCommand(command.id);
      },
    };
  });
}
