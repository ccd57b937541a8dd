// The travel of a request: from its matrix, or worked out on streets or straight lines.

import type { TravelMode, TravelTimes } from '#shared/geo/travel.ts';
import { findRepeatedPair, PairBuilder, type TravelPairs } from '#shared/gaps/pairs.ts';
import { Problem } from '#shared/platform/problems.ts';
import { readMatrixFile } from './matrix-file.ts';
import type { Places } from './places-file.ts';
import { positionsOf, STRAIGHT_LINES, travelPairs } from './travel-pairs.ts';

export interface PairedTravel {
  /** From the cells to each of the destinations. */
  pairs: TravelPairs[];
  from: 'matrix' | 'graph' | 'line';
  /** Pairs that are an estimate from the straight line. */
  estimated: number;
}

/** Reads a matrix. `known`: places that the files name and the request leaves out. Throws a Problem. */
export async function pairByMatrix(
  file: string,
  { cells, destinations, known }: { cells: Places; destinations: readonly Places[]; known: readonly Places[] },
): Promise<PairedTravel> {
  const to = destinations.map(({ ids, indexOf }) => ({ indexOf, pairs: new PairBuilder(cells.ids.length, ids.length) }));
  await readMatrixFile(file, {
    cells: cells.indexOf,
    destinations: to,
    isKnown: (id) => known.some(({ indexOf }) => indexOf.has(id)),
  });
  const pairs = to.map((one) => one.pairs.finish());
  for (const [d, one] of pairs.entries()) {
    const twice = findRepeatedPair(one);
    if (!twice) continue;
    const names = `from_id "${cells.ids[twice.cell]}" to to_id "${destinations[d]!.ids[twice.site]}"`;
    throw new Problem('bad_request', `${file} was not used: it has more than one row from ${names}. Keep one of them.`);
  }
  return { pairs, from: 'matrix', estimated: 0 };
}

export interface TravelAsked {
  cells: Places;
  destinations: readonly Places[];
  mode: TravelMode;
  /** Minutes beyond which nothing counts. */
  minutes: number;
  /** Undefined: streets where there are some. */
  from: 'graph' | 'line' | undefined;
  /** Called only where streets are asked for. */
  loadTravelTimes: () => Promise<TravelTimes>;
}

/** Works travel out, in minutes. Throws a Problem for a place of which nobody knows where it is, and for streets that there are not. */
export async function pairByTravel({ cells, destinations, mode, minutes, from, loadTravelTimes }: TravelAsked): Promise<PairedTravel> {
  const travel = from === 'line' ? STRAIGHT_LINES : await loadTravelTimes();
  const start = positionsOf(cells);
  const paired = destinations.map((places) => travelPairs(travel, { from: start, to: positionsOf(places), mode, minutes }));
  const count = paired.reduce((sum, { pairs }) => sum + pairs.site.length, 0);
  const estimated = paired.reduce((sum, one) => sum + one.estimated, 0);
  const hasStreets = estimated < count;
  if (from === 'graph' && !hasStreets && count > 0) {
    throw new Problem(
      'not_available',
      'There are no streets for this area. Leave out travel.from, and the straight line is taken as an estimate.',
    );
  }
  return { pairs: paired.map(({ pairs }) => pairs), from: hasStreets ? 'graph' : 'line', estimated };
}
