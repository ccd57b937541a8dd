// What can be done with a place on the map: commands that are given { lon, lat }, in the menu of that name.

import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { WorkbenchApi } from '../workbench/types.ts';
import { sayFailure } from '../api.ts';
import { mapState } from './controller.svelte.ts';
import { mapData } from './map-data.svelte.ts';
import { boundsAroundPlaces } from './search-features.ts';

const NEAR_ZOOM = 15;

export function registerPlaceMenu(workbench: WorkbenchApi): Disposable {
  const store = new DisposableStore();
  const entries: readonly { id: string; icon: string; group: 'open' | 'share'; when?: string; run(place: LonLat): unknown }[] = [
    // An analysis is of a whole town: there is no search to begin in it.
    { id: 'search', icon: 'map-pin', group: 'open', when: "view != 'gaps'", run: (place) => mapState.pick(place, 'menu') },
    { id: 'reach', icon: 'footprints', group: 'open', when: "view != 'gaps'", run: (place) => showReach(workbench, place) },
    {
      id: 'zoom',
      icon: 'plus',
      group: 'open',
      run: ({ lon, lat }) => mapState.flyTo({ lon, lat, zoom: Math.max(NEAR_ZOOM, (mapState.camera?.zoom ?? 0) + 2) }),
    },
    {
      id: 'copy',
      icon: 'copy',
      group: 'share',
      run: async ({ lon, lat }) => {
        await navigator.clipboard.writeText(`${lat.toFixed(5)}, ${lon.toFixed(5)}`);
        workbench.notify({ severity: 'success', text: workbench.t('map.menu.copied') });
      },
    },
  ];
  entries.forEach(({ id, icon, group, when, run }, order) => {
    const command = `map.place.${id}`;
    store.add(
      workbench.registerCommand({
        id: command,
        title: `map.menu.${id}`,
        category: 'map.category',
        icon,
        hidden: true,
        run: (place) => (isPlace(place) ? run(place) : undefined),
      }),
    );
    store.add(workbench.registerMenuEntry({ id: command, menu: 'place', command, group, order, ...(when && { when }) }));
  });
  store.add(
    mapState.registerOverlay({
      id: 'map.reach',
      place: 'bottom-start',
      order: 0,
      visible: () => mapState.area !== null,
      load: () => import('./ReachChip.svelte'),
    }),
  );
  return store;
}

/** Minutes on foot, as coordinators and neighbours speak of them. */
const ON_FOOT = 15;

async function showReach(workbench: WorkbenchApi, place: LonLat): Promise<void> {
  if (!mapState.ready) workbench.openEditor('map', {});
  const reached = await mapData.reach(place, ON_FOOT).catch((error: unknown) => {
    workbench.notify({ severity: 'warning', text: sayFailure(error) });
    return null;
  });
  if (!reached) return;
  mapState.area = { ...reached, minutes: ON_FOOT };
  const bounds = boundsAroundPlaces(reached.reach.flat());
  if (bounds) mapState.fit(bounds);
}

function isPlace(value: unknown): value is LonLat {
  return (
    typeof value === 'object' &&
    value !== null &&
    'lon' in value &&
    'lat' in value &&
    Number.isFinite(value.lon) &&
    Number.isFinite(value.lat)
  );
}
