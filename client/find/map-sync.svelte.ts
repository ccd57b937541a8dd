// List and map in step: the search is put on the map, and what is chosen or pointed at there comes back.

import { untrack } from 'svelte';
import type { MapController, MapSearch } from '#client/map/types.ts';
import { DisposableStore, toDisposable, type Disposable } from '#shared/platform/disposable.ts';
import { findMark } from './marks.ts';
import type { FindSession } from './session.svelte.ts';

export function syncMap(find: FindSession, map: MapController): Disposable {
  const store = new DisposableStore();
  let fitted: string | null = null;
  let pathOf = 0;

  const stop = $effect.root(() => {
    $effect(() => {
      map.setSearch(toMapSearch(find));
    });
    $effect(() => {
      map.setSelected(find.selectedId);
      map.setHighlighted(find.hoveredId);
    });
    $effect(() => {
      map.setPicking(find.picking);
    });
    // The answer lies on the map: a page that lies over it goes behind as soon as another place is named, not when its answer comes.
    const place = $derived(find.draft.place);
    $effect(() => {
      if (place && !find.workbench.phone) untrack(() => find.workbench.openEditor('map', {}));
    });
    // A new place or reach is shown whole, once; further answers leave the view alone.
    $effect(() => {
      const { place, mode, minutes } = find.draft;
      const view = place && find.slice.kind === 'ready' ? `${place.lon} ${place.lat} ${mode} ${minutes}` : null;
      if (view !== null && view !== fitted) map.fit('results');
      if (find.slice.kind !== 'loading') fitted = view;
    });
    $effect(() => {
      const position = find.selected && positionOf(find.selected.resource);
      const mine = ++pathOf;
      if (!position || find.selected?.match.estimated) map.setPath(null);
      else void find.whereabouts.wayTo(position).then((points) => mine === pathOf && map.setPath(points));
    });
  });
  store.add(toDisposable(stop));

  store.add(
    map.onDidSelect((id) =>
      find.draft.place ? find.select(id) : id && void find.workbench.executeCommand('directory.open', id, { beside: true }),
    ),
  );
  store.add(map.onDidOpen((id) => find.openPage(id)));
  store.add(
    map.onDidPickPlace((place) => {
      if (find.picking || place.how === 'menu') void find.whereabouts.usePoint(place, 'map');
    }),
  );
  return store;
}

function positionOf(resource: { lon: number | null; lat: number | null }): { lon: number; lat: number } | null {
  return resource.lon === null || resource.lat === null ? null : { lon: resource.lon, lat: resource.lat };
}

function toMapSearch(find: FindSession): MapSearch | null {
  const { place } = find.draft;
  if (!place) return null;
  const rows = [...find.listing.rows, ...find.listing.folded];
  return {
    start: { lon: place.lon, lat: place.lat, label: place.label },
    reach: find.reach.rings,
    estimated: find.reach.estimated,
    pins: rows.flatMap(({ id, match, resource }, rank) => {
      const position = positionOf(resource);
      const mark = findMark(find.catalog.marks, { match, resource }, find.now);
      return position
        ? [
            {
              id,
              ...position,
              type: resource.type,
              verdict: match.verdict,
              label: resource.service.name,
              rank,
              shortlisted: find.shortlisted.has(id),
              ...(mark && { mark }),
            },
          ]
        : [];
    }),
    areas: rows.flatMap(({ id, resource }) =>
      resource.hidden && resource.cell ? [{ id, cell: resource.cell, label: resource.service.name }] : [],
    ),
  };
}
