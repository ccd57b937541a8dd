// The Find screen in the workbench: its view, its parts over the map, its commands, and what quick open finds of it.

import { map } from '#client/map/controller.svelte.ts';
import { withProps } from '#client/ui/with-props.ts';
import type { Contribute } from '#client/workbench/types.ts';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { findCommands } from './commands.ts';
import { EMPTY_STATES } from './empty-states.ts';
import { syncMap } from './map-sync.svelte.ts';
import { messages } from './messages.ts';
import { registerQuickOpen } from './quick-open.ts';
import { findServer } from './server.ts';
import { followContext } from './context-keys.svelte.ts';
import { FindSession } from './session.svelte.ts';

const VIEW = 'find';

export const contributeFind: Contribute = (workbench) => {
  const store = new DisposableStore();
  store.add(workbench.registerMessages(messages));
  const find = new FindSession(workbench, findServer);
  store.add(toDisposable(() => find.dispose()));

  store.add(
    workbench.registerView({
      id: VIEW,
      title: 'find.title',
      shortTitle: 'find.category',
      icon: 'map-pin',
      order: 10,
      headerCommands: ['people.keepSearch', 'find.new'],
      load: async () => ({ default: withProps((await import('./FindView.svelte')).default, { session: find }) }),
      loadTop: async () => ({ default: withProps((await import('./FindTop.svelte')).default, { session: find }) }),
    }),
  );
  store.add(
    workbench.registerView({
      id: 'find.shortlist',
      title: 'find.shortlist',
      icon: 'bookmark',
      order: 15,
      when: 'phone',
      badge: () => find.shortlist.length,
      load: async () => ({ default: withProps((await import('./ShortlistView.svelte')).default, { session: find }) }),
    }),
  );
  store.add(
    workbench.registerTitleItem({
      id: 'find.crisis',
      order: 10,
      load: async () => ({ default: withProps((await import('./CrisisButton.svelte')).default, { session: find }) }),
    }),
  );
  store.add(
    workbench.registerBarItem({
      id: 'find.crisis',
      title: 'find.crisis.title',
      icon: 'phone',
      order: 0,
      danger: true,
      command: 'find.crisis',
      load: async () => ({ default: withProps((await import('./CrisisDialog.svelte')).default, { session: find }) }),
    }),
  );
  for (const part of ['private', 'matched'] as const) {
    store.add(
      workbench.registerStatusItem({
        id: `find.${part}`,
        side: 'end',
        order: part === 'private' ? 10 : 20,
        // Beside an open client it would be taken to be about them.
        ...(part === 'private' && { when: '!case.person' }),
        load: async () => ({ default: withProps((await import('./FindStatus.svelte')).default, { session: find, part }) }),
      }),
    );
  }
  for (const command of findCommands(find)) store.add(workbench.registerCommand(command));
  for (const state of EMPTY_STATES) store.add(workbench.registerEmptyState(state));
  store.add(registerOverlays(find));
  store.add(registerQuickOpen(find));
  store.add(syncMap(find, map.controller));
  store.add(followContext(find));
  return store;
};

function registerOverlays(find: FindSession): Disposable {
  const store = new DisposableStore();
  const { controller } = map;
  const given = { session: find };
  store.add(
    controller.registerOverlay({
      id: 'find.filters',
      place: 'top-start',
      order: 10,
      visible: () => find.draft.place !== null && !find.workbench.phone,
      load: async () => ({ default: withProps((await import('./MapFilters.svelte')).default, given) }),
    }),
  );
  store.add(
    controller.registerOverlay({
      id: 'find.card',
      place: 'top-end',
      order: 10,
      // Beside the page of a service the card would say the same again.
      visible: () => find.selected !== null && !find.workbench.phone && find.workbench.getContext('editor') !== 'resource',
      load: async () => ({ default: withProps((await import('./SelectedCard.svelte')).default, given) }),
    }),
  );
  store.add(
    controller.registerOverlay({
      id: 'find.legend',
      place: 'bottom-start',
      order: 10,
      visible: () => find.asked && !find.workbench.phone,
      load: async () => ({ default: withProps((await import('./Legend.svelte')).default, given) }),
    }),
  );
  store.add(
    controller.registerOverlay({
      id: 'find.shortlist',
      place: 'bottom',
      order: 10,
      visible: () => find.shortlist.length > 0 && !find.workbench.phone,
      load: async () => ({ default: withProps((await import('./ShortlistTray.svelte')).default, given) }),
    }),
  );
  return store;
}
