// Travel without a matrix: on the streets that are loaded, else along the straight line with a usual detour, which is told.

import { cellCenter, isCell } from '#shared/geo/cells.ts';
import { createTravelTimes, type TravelMode, type TravelTimes } from '#shared/geo/travel.ts';
import type { TravelPairs } from '#shared/gaps/pairs.ts';
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
  const { firstPair, to: site, seconds, estimated } = travel.pairs(from, mode, to, minutes < Infinity ? { seconds: minutes * 60 } : {});
  const cost = new Float64Array(seconds.length);
  for (let k = 0; k < cost.length; k++) cost[k] = seconds[k]! / 60;
  return {
    pairs: { cells: from.lon.length, sites: to.lon.length, firstPair, site, cost },
    estimated: estimated.reduce((sum, one) => sum + one, 0),
  };
}

export const STRAIGHT_LINES = createTravelTimes();

/** Where the places of a file lie: their columns lon and lat, else the middle of the H3 cell that their id is. Throws a Problem. */
export function positionsOf(places: Places): Positions {
  const faults = new Faults(places.file);
  const [lon, lat] = [places.lon.slice(), places.lat.slice()];
  for (const [i, id] of places.ids.entries()) {
    if (!Number.isNaN(lon[i]) && !Number.isNaN(lat[i])) continue;
    if (!isCell(id)) {
      faults.add(
        places.rows[i]!,
        'lon, lat',
        `nothing tells where "${id}" is: give degrees (lon from -180 to 180, lat from -90 to 90), or an H3 cell as its id, or a travel matrix.`,
      );
      continue;
    }
    const center = cellCenter(id);
    [lon[i], lat[i]] = [center.lon, center.lat];
  }
  faults.throwIfAny();
  return { lon, lat };
}
