// Travel without a matrix: on the streets that are loaded, else along the straight line with a usual detour, which is told.

import { cellCenter, isCell } from '#shared/geo/cells.ts';
import { createTravelTimes, type TravelMode, type TravelTimes } from '#shared/geo/travel.ts';
import { PairBuilder, type TravelPairs } from '#shared/gaps/pairs.ts';
import { Faults } from './faults.ts';
import type { Places } from './places-file.ts';

/** Degrees, one of each a place. */
export interface Positions {
  lon: Float64Array;
  lat: Float64Array;
}

/** Minutes from each cell to each site, as far as `minutes`, and how many of them are estimates. */
export function travelPairs(
  travel: TravelTimes,
  { from, to, mode, minutes }: { from: Positions; to: Positions; mode: TravelMode; minutes: number },
): { pairs: TravelPairs; estimated: number } {
  const pairs = new PairBuilder(from.lon.length, to.lon.length);
  const limit = minutes < Infinity ? { seconds: minutes * 60 } : {};
  let estimated = 0;
  let i = 0;
  for (const ways of travel.between(from, mode, to, limit)) {
    for (let j = 0; j < to.lon.length; j++) {
      if (ways.seconds[j] === Infinity) continue;
      pairs.add(i, j, ways.seconds[j]! / 60);
      estimated += ways.estimated[j]!;
    }
    i++;
  }
  return { pairs: pairs.finish(), estimated };
}

export const STRAIGHT_LINES = createTravelTimes();

/** Where the places of a file lie: their columns lon and lat, else the middle of the H3 cell that their id is. Throws a Problem. */
export function positionsOf(places: Places): Positions {
  const faults = new Faults(places.file);
  const [lon, lat] = [places.lon.slice(), places.lat.slice()];
  for (const [i, id] of places.ids.entries()) {
    if (!Number.isNaN(lon[i]) && !Number.isNaN(lat[i])) continue;
    if (!isCell(id)) {
      faults.add(places.rows[i]!, 'lon, lat', `nothing tells where "${id}" is: give degrees, or an H3 cell as its id, or a travel matrix.`);
      continue;
    }
    const center = cellCenter(id);
    [lon[i], lat[i]] = [center.lon, center.lat];
  }
  faults.throwIfAny();
  return { lon, lat };
}
