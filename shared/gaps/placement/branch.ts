// The best set, proven: candidates are taken or left one after another, and what cannot beat the best set known is not looked at.

import { chooseRelaxed, leftOver, priceOf, type Allowance } from './allowance.ts';
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
 * Looks for an allowed set of the `open` candidates whose value is above `known`. What is still to come is bounded
 * by the sum of what the best remaining candidates would add now, which submodularity makes a true bound.
 *
 * @param steps how many pairs of the table may be visited before it gives up
 */
export function searchBest(
  table: GainTable,
  allowance: Allowance,
  { known, open, steps: effort }: { known: number; open: readonly number[]; steps: number },
): Search {
  let steps = effort;
  let record = known;
  let chosen: number[] | undefined;
  const taken: number[] = [];

  function visit(value: number, best: Float64Array, remaining: readonly number[]): boolean {
    if (value > record + tolerance(record)) [record, chosen] = [value, [...taken]];
    const places = allowance.count - taken.length;
    const left = leftOver(allowance, taken);
    if (places === 0 || remaining.length === 0) return true;
    const added = new Float64Array(table.candidates);
    for (const j of remaining) {
      added[j] = addedBy(table, j, best);
      steps -= table.firstPair[j + 1]! - table.firstPair[j]! + AROUND;
    }
    if (steps < 0) return false;
    const order = remaining.filter((j) => added[j]! > 0 && priceOf(allowance, j) <= left).sort((a, b) => added[b]! - added[a]!);
    const mostOf = (rest: readonly number[], { places, left }: { places: number; left: number }): number => {
      if (!allowance.purse) return rest.slice(0, places).reduce((sum, j) => sum + added[j]!, 0);
      const prices = Float64Array.from(rest, (j) => priceOf(allowance, j));
      return chooseRelaxed(Float64Array.from(rest, (j) => added[j]!), { count: places, purse: { prices, budget: left } }).value; // prettier-ignore
    };
    // Candidate k is taken, and those before it are not: each set is looked at once.
    for (let k = 0; k < order.length; k++) {
      if (value + mostOf(order.slice(k), { places, left }) <= record + tolerance(record)) return true;
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
