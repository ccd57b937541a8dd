// A small feature, contributed through the workbench's own door, to try the frame with.

import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import type { WorkbenchApi } from '#client/workbench/types.ts';

export function contributeExample(workbench: WorkbenchApi, heard: string[]): Disposable {
  const store = new DisposableStore();
  const view = (id: string, order: number) =>
    workbench.registerView({
      id,
      title: `example.${id}`,
      icon: 'map-pin',
      order,
      badge: () => (id === 'list' ? 3 : 0),
      headerCommands: ['example.say'],
      ...(id === 'list' ? { focus: 'where' } : {}),
      load: () => import('./ExampleView.svelte'),
    });
  store.add(
    workbench.registerMessages({
      'example.find': 'Find help',
      'example.list': 'Shortlist',
      'example.say': 'Say hello',
      'example.places': 'Places',
      'example.crisis': 'Crisis',
    }),
  );
  store.add(view('find', 10));
  store.add(view('list', 20));
  store.add(
    workbench.registerEditor({
      id: 'map',
      title: () => 'Map',
      icon: () => 'map',
      key: () => 'map',
      pinned: true,
      load: () => import('./ExampleEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<{ id: string }>({
      id: 'page',
      title: ({ id }) => `Page ${id}`,
      icon: () => 'file',
      key: ({ id }) => id,
      keep: true,
      load: () => import('./ExampleEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerEditor<{ facts: string }>({
      id: 'private',
      title: () => 'Private',
      icon: () => 'lock',
      key: () => 'only',
      load: () => import('./ExampleEditor.svelte'),
    }),
  );
  store.add(
    workbench.registerCommand({ id: 'example.say', title: 'example.say', keybinding: 'Mod+Shift+H', run: () => void heard.push('hello') }),
  );
  store.add(
    workbench.registerBarItem({
      id: 'example.crisis',
      title: 'example.crisis',
      icon: 'phone',
      order: 0,
      danger: true,
      command: 'example.say',
    }),
  );
  store.add(
    workbench.registerQuickOpen({
      id: 'places',
      title: 'example.places',
      order: 10,
      prefix: '@',
      async provide(query, signal) {
        await new Promise((resolve) => setTimeout(resolve, query === 'slow' ? 400 : 5));
        if (signal.aborted) heard.push(`aborted ${query}`);
        return query === ''
          ? []
          : [
              {
                id: query,
                label: `${query} Street`,
                detail: 'Old Town',
                run: ({ beside }) => void heard.push(`${query} ${beside ? 'beside' : 'here'}`),
              },
            ];
      },
    }),
  );
  return store;
}
