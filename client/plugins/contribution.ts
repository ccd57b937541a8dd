// What plugins add to the workbench: their commands and their views, drawn here from data. No code of a plugin runs in the
// browser. And the list of all plugins, for whoever cares for them.

import { withProps } from '#client/ui/with-props.ts';
import type { Contributions } from '#client/api.ts';
import type { Contribute, WorkbenchApi } from '#client/workbench/types.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import { localize } from '#shared/platform/localized.ts';
import { followContributions } from './follow.svelte.ts';
import { withMadeWords } from './made/load.ts';
import { messages } from './messages.ts';

const VIEW_EDITOR = 'plugin.view';
const FRAME_EDITOR = 'plugin.frame';
const LOAD = {
  [VIEW_EDITOR]: () => import('./PluginView.svelte'),
  [FRAME_EDITOR]: () => import('./PluginFrame.svelte'),
} as const;
type ShownIn = keyof typeof LOAD;
/** Behind the views of the product itself. */
const FIRST_ORDER = 60;

interface MadeParams {
  /** Of the plugin; empty: a new one. */
  name: string;
  /** What it is called, for the tab. */
  title?: string;
}

interface ViewParams {
  plugin: string;
  view: string;
  /** Message id, and the name of a glyph. */
  title: string;
  icon: string;
}

export const contributePlugins: Contribute = (workbench) => {
  const store = new DisposableStore();
  store.add(workbench.registerMessages(messages));
  for (const id of [VIEW_EDITOR, FRAME_EDITOR] as const)
    store.add(
      workbench.registerEditor<ViewParams>({
        id,
        title: ({ title }) => workbench.t(title),
        icon: ({ icon }) => icon,
        key: ({ plugin, view }) => `${plugin}/${view}`,
        load: LOAD[id],
      }),
    );
  store.add(
    workbench.registerEditor<object>({
      id: 'plugins',
      title: () => workbench.t('plugins.title'),
      icon: () => 'puzzle',
      key: () => 'plugins',
      keep: true,
      load: () => import('./PluginsEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<MadeParams>({
      id: 'made',
      title: ({ name, title }) => title || name || workbench.t('plugins.make'),
      icon: () => 'blocks',
      key: ({ name }) => name,
      keep: true,
      load: withMadeWords(workbench, () => import('./made/MadeEditor.svelte')),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'plugins.make',
      title: 'plugins.make',
      category: 'plugins.category',
      icon: 'blocks',
      when: 'can.plugins.make',
      run: (name, title) =>
        workbench.openEditor<MadeParams>('made', {
          name: typeof name === 'string' ? name : '',
          ...(typeof title === 'string' && { title }),
        }),
    }),
  );
  store.add(
    workbench.registerCommand({
      id: 'plugins.open',
      title: 'plugins.open',
      category: 'plugins.category',
      icon: 'puzzle',
      when: 'can.plugins.manage || can.plugins.make',
      run: () => workbench.openEditor<object>('plugins', {}),
    }),
  );
  store.add(
    followContributions(
      workbench,
      ({ commands, keybindings, views, frames }) => ({ commands, keybindings, views, frames }),
      (contributions, language) => registerContributions(workbench, contributions, language),
    ),
  );
  return store;
};

/** Registers the commands, views and pages of all plugins. One that is faulty is left out and named on the console. */
export function registerContributions(
  workbench: WorkbenchApi,
  contributions: Pick<Contributions, 'commands' | 'keybindings' | 'views' | 'frames'>,
  language: string,
): Disposable {
  const store = new DisposableStore();
  const texts: Record<string, string> = {};
  const say = (id: string, text: Parameters<typeof localize>[0]) => {
    texts[id] = toMessage(localize(text, language));
    return id;
  };
  const attempt = (what: string, register: () => Disposable) => {
    try {
      store.add(register());
    } catch (error) {
      console.error(`${what} is left out.`, error);
    }
  };

  for (const { plugin, value } of contributions.commands) {
    attempt(`The command "${value.id}" of ${plugin}`, () =>
      workbench.registerCommand({
        id: value.id,
        title: say(`contributed.command.${value.id}`, value.title),
        ...(value.category === undefined ? {} : { category: say(`contributed.category.${value.id}`, value.category) }),
        ...(value.icon === undefined ? {} : { icon: value.icon }),
        ...(value.when === undefined ? {} : { when: value.when }),
        ...(value.keybinding === undefined ? {} : { keybinding: value.keybinding }),
        run: () => workbench.executeCommand(value.command, ...(value.args ?? [])),
      }),
    );
  }
  contributions.keybindings.forEach(({ plugin, value: { key, command, args = [], when } }, i) => {
    attempt(`The key ${key} of ${plugin}`, () =>
      workbench.registerCommand({
        id: `contributed.key.${plugin}.${i}`,
        title: command,
        hidden: true,
        keybinding: key,
        ...(when === undefined ? {} : { when }),
        run: () => workbench.executeCommand(command, ...args),
      }),
    );
  });
  const shown = [
    ...contributions.views.map((view) => ({ ...view, editor: VIEW_EDITOR as ShownIn, id: `plugin.${view.plugin}.${view.value.id}` })),
    ...contributions.frames.map((frame) => ({
      ...frame,
      editor: FRAME_EDITOR as ShownIn,
      id: `plugin.${frame.plugin}.frame.${frame.value.id}`,
    })),
  ];
  shown.forEach(({ plugin, value, editor, id }, i) => {
    const common = { title: say(id, value.title), icon: value.icon, ...(value.when === undefined ? {} : { when: value.when }) };
    const params: ViewParams = { plugin, view: value.id, title: id, icon: value.icon };
    attempt(`The view "${value.id}" of ${plugin}`, () =>
      value.where === 'activity'
        ? workbench.registerView({
            id,
            ...common,
            order: FIRST_ORDER + i,
            load: async () => ({ default: withProps((await LOAD[editor]()).default, { params }) }),
          })
        : workbench.registerCommand({
            id: `workbench.view.${id}`,
            ...common,
            category: 'workbench.category.view',
            run: () => workbench.openEditor<ViewParams>(editor, params),
          }),
    );
  });
  store.add(workbench.registerMessages(texts));
  return store;
}

/** A text as an ICU message that says just that. */
function toMessage(text: string): string {
  return text.replaceAll("'", "''").replace(/[{}<>]+/g, (special) => `'${special}'`);
}
