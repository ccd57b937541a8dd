// The best set, proven: candidates are taken or left one after another, and what cannot beat the best set known is not looked at.

import { addedBy, take, tolerance, type GainTable } from './gain-table.ts';

/** What looking at a candidate costs beside its pairs, in pairs. */
const AROUND = 60;

export interface Search {
  /** The best set that was found; undefined where none beats the one that was known. */
  chosen: number[] | undefined;
  /** Whether every set was looked at or ruled out. */
  complete: boolean;
}

/**
 * Looks for a set of at most `count` of the `open` candidates whose value is above `known`. What is still to come is bounded
 * by the sum of what the best remaining candidates would add now, which submodularity makes a true bound.
 *
 * @param steps how many pairs of the table may be visited before it gives up
 */
export function searchBest(
  table: GainTable,
  count: number,
  { known, open, steps }: { known: number; open: readonly number[]; steps: number },
): Search {
  let left = steps;
  let record = known;
  let chosen: number[] | undefined;
  const taken: number[] = [];

  function visit(value: number, best: Float64Array, remaining: readonly number[]): boolean {
    if (value > record + tolerance(record)) [record, chosen] = [value, [...taken]];
    const places = count - taken.length;
    if (places === 0 || remaining.length === 0) return true;
    const added = new Float64Array(table.candidates);
    for (const j of remaining) {
      added[j] = addedBy(table, j, best);
      left -= table.firstPair[j + 1]! - table.firstPair[j]! + AROUND;
    }
    if (left < 0) return false;
    const order = remaining.filter((j) => added[j]! > 0).sort((a, b) => added[b]! - added[a]!);
    // Candidate k is taken, and those before it are not: each set is looked at once.
    for (let k = 0; k < order.length; k++) {
      let most = value;
      for (let m = k; m < Math.min(order.length, k + places); m++) most += added[order[m]!]!;
      if (most <= record + tolerance(record)) return true;
      const offers = best.slice();
      take(table, order[k]!, offers);
      taken.push(order[k]!);
      const done = visit(value + added[order[k]!]!, offers, order.slice(k + 1));
      taken.pop();
      if (!done) return false;
    }
    return true;
  }

  const complete = visit(0, new Float64Array(table.cells), open);
  return { chosen, complete };
}
