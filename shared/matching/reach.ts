// Which resources can be reached, and how long the way is. A hidden site takes part without its position: by the area
// that it publishes, else by its coarse cell, and it is never given a distance.

import { createAreas, type AreaLookup } from '../eligibility/areas.ts';
import { MET, FAILED } from '../eligibility/compare.ts';
import type { BitSet, DirectoryIndex, Within } from '../directory/index.ts';
import { cellCenter, COARSE_RESOLUTION } from '../geo/cells.ts';
import { haversine } from '../geo/distance.ts';
import { estimateSeconds, farthestStraight } from '../geo/estimate.ts';
import type { LonLat, Travel, TravelLimit, TravelPoints, TravelTimes } from '../geo/travel.ts';
import { Problem } from '../platform/problems.ts';
import type { FindRequest } from './request.ts';

/** Ways to rows of an index that have a position; place i of each array belongs to row `rows[i]`. */
export interface RowTravel extends Travel {
  rows: Uint32Array;
}

/** How far they go where the request does not say, minutes. */
const DEFAULT_MINUTES = 30;

/** Half the width of the coarse cell at its widest, metres: no site in it is further from its middle. */
const CELL_RADIUS = 1_700;

/** The limit of a way. Throws a Problem on a means of travel that nothing here knows. */
export function toTravelLimit({ mode, minutes, meters }: FindRequest['travel']): TravelLimit {
  if (mode === 'transit') {
    throw new Problem(
      'not_available',
      'Travel by public transport needs a timetable, and this server has none. Use "walk", "drive" or "any".',
      ['walk', 'drive', 'any'],
    );
  }
  const limit: TravelLimit = {};
  if (minutes !== undefined) limit.seconds = minutes * 60;
  if (meters !== undefined) limit.meters = meters;
  if (minutes === undefined && meters === undefined) limit.seconds = DEFAULT_MINUTES * 60;
  return limit;
}

/** Ways from a place to all rows within reach; of `rows` alone where they are given. */
export function travelToRows(
  index: DirectoryIndex,
  travelTimes: TravelTimes,
  request: Pick<FindRequest, 'travel'> & { near: LonLat },
  rows?: BitSet,
): RowTravel {
  const { near, travel } = request;
  const limit = toTravelLimit(travel);
  const modes = travel.mode === 'any' ? (['walk', 'drive'] as const) : [travel.mode === 'walk' ? ('walk' as const) : ('drive' as const)];
  const farthest = Math.max(...modes.map((mode) => farthestStraight(mode, limit.seconds ?? Infinity)));
  const maxMeters = Math.min(limit.meters ?? Infinity, farthest);
  const within = index.withinMeters(near.lon, near.lat, maxMeters, rows);
  const points = new RowPoints(index, within);
  const [first, ...others] = modes.map((mode) => travelTimes.toPoints(near, mode, points, limit)) as [Travel, ...Travel[]];
  for (const other of others) takeFaster(first, other);
  return { rows: within.rows, ...first };
}

/** Positions of rows, read from the index only where streets need them. */
class RowPoints implements TravelPoints {
  readonly straight: Float64Array;
  readonly #index: DirectoryIndex;
  readonly #rows: Uint32Array;
  #lon: Float64Array | undefined;
  #lat: Float64Array | undefined;

  constructor(index: DirectoryIndex, { rows, meters }: Within) {
    this.#index = index;
    this.#rows = rows;
    this.straight = meters;
  }

  get lon(): Float64Array {
    return (this.#lon ??= Float64Array.from(this.#rows, (row) => this.#index.lon(row)));
  }

  get lat(): Float64Array {
    return (this.#lat ??= Float64Array.from(this.#rows, (row) => this.#index.lat(row)));
  }
}

function takeFaster(into: Travel, other: Travel): void {
  for (let i = 0; i < into.seconds.length; i++) {
    if (other.seconds[i]! >= into.seconds[i]!) continue;
    into.seconds[i] = other.seconds[i]!;
    into.meters[i] = other.meters[i]!;
    into.estimated[i] = other.estimated[i]!;
  }
}

/**
 * Rows without a position that are in reach. Hidden ones: by their published area where that can be told, else by their
 * cell, else always, since nobody may miss them. Others, such as services by phone: only where their area is known to hold the place.
 */
export function rowsByArea(
  index: DirectoryIndex,
  near: LonLat,
  travel: FindRequest['travel'],
  areas: AreaLookup = createAreas(),
): number[] {
  const limit = toTravelLimit(travel);
  const mode = travel.mode === 'walk' ? 'walk' : 'drive';
  const outcomes = new Map<readonly string[], number>();
  const outcomeOf = (published: readonly string[]): number => {
    let outcome = outcomes.get(published);
    if (outcome === undefined) {
      outcome = published.length === 0 ? 0 : areas.within({ kind: 'point', ...near }, published);
      outcomes.set(published, outcome);
    }
    return outcome;
  };
  return [...index.rowsWithoutPosition().toArray()].filter((row) => {
    const outcome = outcomeOf(index.areas(row));
    if (outcome === MET) return true;
    if (!index.isHidden(row)) return false;
    if (outcome === FAILED) return false;
    const cell = index.cell(row);
    if (cell === null) return true;
    const { lon, lat } = cellCenter(cell);
    const straight = Math.max(
      0,
      haversine(near.lon, near.lat, lon, lat) - CELL_RADIUS * 2.65 ** Math.max(0, COARSE_RESOLUTION - resolutionOf(cell)),
    );
    return estimateSeconds(mode, straight) <= (limit.seconds ?? Infinity) && straight <= (limit.meters ?? Infinity);
  });
}

/** Resolution of an H3 index, from its digits: the second hexadecimal digit of fifteen. */
function resolutionOf(cell: string): number {
  return parseInt(cell[1] ?? '7', 16);
}
