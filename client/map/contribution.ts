// The map in the workbench: the pinned editor, its commands and words. The drawing itself is loaded when it is first shown.

import { DisposableStore } from '#shared/platform/disposable.ts';
import type { Contribute } from '../workbench/types.ts';
import { mapState, type MapAction } from './controller.svelte.ts';
import { mapData } from './map-data.svelte.ts';
import { createMapServer } from './map-server.ts';
import { messages } from './messages.ts';
import { registerPlaceMenu } from './place-menu.ts';

const ACTIONS: readonly { action: MapAction; icon: string; keybinding: string }[] = [
  { action: 'zoomIn', icon: 'plus', keybinding: 'Alt+=' },
  { action: 'zoomOut', icon: 'minus', keybinding: 'Alt+-' },
  { action: 'locate', icon: 'locate', keybinding: 'Alt+L' },
  { action: 'toggleLayers', icon: 'layers', keybinding: 'Alt+Y' },
  { action: 'resetNorth', icon: 'compass', keybinding: 'Alt+N' },
  { action: 'focus', icon: 'map', keybinding: 'Alt+M' },
];

export const contribute: Contribute = (workbench) => {
  const store = new DisposableStore();
  store.add(workbench.registerMessages(messages));
  store.add(mapData.connect(createMapServer()));
  store.add(
    workbench.registerEditor({
      id: 'map',
      title: () => workbench.t('map.title'),
      icon: () => 'map-pin',
      key: () => 'map',
      pinned: true,
      load: () => import('./MapEditor.svelte'),
    }),
  );
  for (const { action, icon, keybinding } of ACTIONS) {
    store.add(
      workbench.registerCommand({
        id: `map.${action}`,
        title: `map.command.${action}`,
        category: 'map.category',
        icon,
        keybinding,
        run() {
          workbench.openEditor('map', {});
          if (mapState.asked.size > 0) mapState.asked.fire(action);
          else mapState.askedBefore = action;
        },
      }),
    );
  }
  store.add(
    workbench.registerCommand({
      id: 'map.fitResults',
      title: 'map.command.fitResults',
      category: 'map.category',
      icon: 'maximize',
      keybinding: 'Alt+0',
      run() {
        workbench.openEditor('map', {});
        if (mapState.search) mapState.fit('results');
        else if (mapData.status?.bounds) mapState.fit(mapData.status.bounds);
      },
    }),
  );
  store.add(registerPlaceMenu(workbench));
  return store;
};
