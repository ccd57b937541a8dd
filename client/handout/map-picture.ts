// The small map of a handout: all its places and the start in one picture. Private sites have no pin.

import type { LonLat } from '#shared/geo/travel.ts';
import type { HandoutMap } from '#shared/handout/content.ts';

const WIDTH = 480;
const HEIGHT = 330;
/** px around the pins. */
const MARGIN = 46;
/** Degrees: a single place still shows its streets. */
const LEAST = 0.004;

/** @param places null where a service has no position to show */
export async function drawHandoutMap(
  places: readonly (LonLat | null)[],
  start: LonLat | null,
  language: string,
): Promise<HandoutMap | null> {
  const numbered = places.flatMap((place, i) => (place ? [{ number: i + 1, place }] : []));
  if (numbered.length === 0) return null;
  const all = [...numbered.map(({ place }) => place), ...(start ? [start] : [])];
  const { drawStill } = await import('#client/map/still.ts');
  const still = await drawStill({ bounds: around(all), places: all, width: WIDTH, height: HEIGHT, margin: MARGIN, language });
  if (!still) return null;
  const at = start ? still.places[numbered.length] : undefined;
  return {
    picture: still.picture,
    width: WIDTH,
    height: HEIGHT,
    pins: numbered.map(({ number }, i) => ({ number, x: still.places[i]?.x ?? 0, y: still.places[i]?.y ?? 0 })),
    start: at ? { ...at, label: '' } : null,
    attribution: still.attribution,
    label: '',
  };
}

function around(places: readonly LonLat[]): [number, number, number, number] {
  const lons = places.map((place) => place.lon);
  const lats = places.map((place) => place.lat);
  const pad = Math.max(0, (LEAST - Math.max(Math.max(...lons) - Math.min(...lons), Math.max(...lats) - Math.min(...lats))) / 2);
  return [Math.min(...lons) - pad, Math.min(...lats) - pad, Math.max(...lons) + pad, Math.max(...lats) + pad];
}
