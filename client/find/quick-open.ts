// What quick open finds of the Find screen: places for the person to start from, and needs to add.

import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import type { FindSession } from './session.svelte.ts';

const LIMIT = 8;

export function registerQuickOpen(find: FindSession): Disposable {
  const { workbench } = find;
  const store = new DisposableStore();
  store.add(
    workbench.registerQuickOpen({
      id: 'find.places',
      title: 'find.quick.places',
      order: 30,
      prefix: '@',
      provide: async (query, signal) => {
        if (query.trim().length < 2) return [];
        const places = await find.whereabouts.search(query.trim(), signal);
        return places.slice(0, LIMIT).map((place) => ({
          id: place.id,
          label: place.label,
          detail: place.detail,
          icon: 'map-pin',
          run: () => void workbench.executeCommand('find.setPlace', { lon: place.lon, lat: place.lat, label: place.label, kind: 'place' }),
        }));
      },
    }),
  );
  store.add(
    workbench.registerQuickOpen({
      id: 'find.needs',
      title: 'find.quick.needs',
      order: 20,
      provide: (query) =>
        find.catalog.needSearch.find(query, LIMIT).map((hit, i) => ({
          id: hit.term,
          label: workbench.t('find.quick.need', { need: hit.label }),
          icon: hit.icon ?? 'plus',
          score: LIMIT - i,
          ...(hit.via ? { detail: hit.via } : {}),
          run: () => void workbench.executeCommand('find.addNeed', hit.term),
        })),
    }),
  );
  return store;
}
