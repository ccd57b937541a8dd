// Plugins in the workbench: what they add to it (register.ts), and the list of all of them, for whoever cares for them.

import type { Contribute } from '#client/workbench/types.ts';
import { DisposableStore } from '#shared/platform/disposable.ts';
import { followContributions } from './follow.svelte.ts';
import { withMadeWords } from './made/load.ts';
import { messages } from './messages.ts';
import { registerContributions, SHOWN_IN, type ViewParams } from './register.ts';
import { takeDroppedPackages } from './take-dropped.ts';

interface PluginParams {
  name: string;
  /** What it is called, for the tab. */
  title?: string;
}

interface MadeParams {
  /** Of the plugin; empty: a new one. */
  name: string;
  /** What it is called, for the tab. */
  title?: string;
}

export const contributePlugins: Contribute = (workbench) => {
  const store = new DisposableStore();
  store.add(workbench.registerMessages(messages));
  for (const [id, load] of Object.entries(SHOWN_IN))
    store.add(
      workbench.registerEditor<ViewParams>({
        id,
        title: ({ title }) => workbench.t(title),
        icon: ({ icon }) => icon,
        key: ({ plugin, view }) => `${plugin}/${view}`,
        load,
      }),
    );
  store.add(
    workbench.registerView({
      id: 'plugins',
      title: 'plugins.title',
      icon: 'puzzle',
      order: 50,
      width: 360,
      when: 'can.plugins.manage || can.plugins.make',
      headerCommands: ['plugins.make'],
      focus: 'plugins',
      load: withMadeWords(workbench, () => import('./PluginsView.svelte')),
    }),
  );
  store.add(
    workbench.registerEditor<PluginParams>({
      id: 'plugin',
      title: ({ name, title }) => title || name,
      icon: () => 'puzzle',
      key: ({ name }) => name,
      keep: true,
      load: withMadeWords(workbench, () => import('./PluginPage.svelte')),
    }),
  );
  store.add(takeDroppedPackages(workbench));
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
      run: () => workbench.openView('plugins'),
    }),
  );
  store.add(
    followContributions(
      workbench,
      ({ commands, keybindings, menus, views, frames, emptyStates }) => ({ commands, keybindings, menus, views, frames, emptyStates }),
      (contributions, language) => registerContributions(workbench, contributions, language),
    ),
  );
  return store;
};
