// How good the best set can be at most: a Lagrangian relaxation of "a cell takes one offer only".

import { chooseRelaxed, wholeOf, type Allowance } from './allowance.ts';
import type { GainTable } from './gain-table.ts';

export interface ValueBound {
  /** No set that is allowed has a larger value. */
  value: number;
  /** The set that these prices would choose: where it is good, it is better than what was known. */
  front: readonly number[];
  /** What each candidate still promises at the prices of this bound, and the price of each cell. */
  promise: Float64Array;
  prices: Float64Array;
}

export interface BoundOptions {
  /** Value of a set that is known: the steps aim at it. */
  known: number;
  /** A bound that is as low as this is low enough. */
  enough: number;
  rounds: number;
  /** First prices: what a good set offers to each cell. */
  start: Float64Array;
}

/**
 * For prices λ_i ≥ 0 no set of p candidates is worth more than  Σ_i λ_i + the p largest of Σ_i max(0, g_ij − λ_i). With a budget
 * the most that can be chosen of these for the money stands in the place of the p largest.
 * Prices are moved against the surplus of offers until the bound stops falling (subgradient steps as by Held, Wolfe and
 * Crowder, Mathematical Programming 6, 1974; for p-median Cornuéjols, Fisher and Nemhauser, Management Science 23, 1977).
 */
export function boundValue(table: GainTable, allowance: Allowance, { known, enough, rounds, start }: BoundOptions): ValueBound {
  const { cells, candidates, firstPair, cell, gain } = table;
  const prices = start.slice();
  const promise = new Float64Array(candidates);
  const offers = new Float64Array(cells);
  const best: ValueBound = { value: Infinity, front: [], promise: new Float64Array(candidates), prices: new Float64Array(cells) };
  let scale = 1;
  let stale = 0;
  for (let round = 0; round < rounds; round++) {
    let bound = 0;
    for (let i = 0; i < cells; i++) bound += prices[i]!;
    for (let j = 0; j < candidates; j++) {
      let sum = 0;
      for (let p = firstPair[j]!; p < firstPair[j + 1]!; p++) {
        const more = gain[p]! - prices[cell[p]!]!;
        if (more > 0) sum += more;
      }
      promise[j] = sum;
    }
    const chosen = chooseRelaxed(promise, allowance);
    bound += chosen.value;
    if (bound < best.value - 1e-12 * Math.abs(bound)) {
      best.value = bound;
      best.front = wholeOf(chosen, allowance);
      best.promise.set(promise);
      best.prices.set(prices);
      stale = 0;
    } else if (++stale % 12 === 0) {
      scale /= 2;
      prices.set(best.prices);
      continue;
    }
    if (best.value <= enough || scale < 1e-6) break;
    offers.fill(0);
    for (const { j, share } of chosen.parts) {
      for (let p = firstPair[j]!; p < firstPair[j + 1]!; p++) if (gain[p]! > prices[cell[p]!]!) offers[cell[p]!]! += share;
    }
    let square = 0;
    for (let i = 0; i < cells; i++) if (offers[i]! !== 1 && (prices[i]! > 0 || offers[i]! > 1)) square += (offers[i]! - 1) ** 2;
    if (square === 0) break;
    const step = (scale * Math.max(bound - known, 1e-9 * Math.abs(bound))) / square;
    for (let i = 0; i < cells; i++) prices[i] = Math.max(0, prices[i]! + step * (offers[i]! - 1));
  }
  return best;
}

/** Indices of the `count` largest numbers. */
export function largest(numbers: Float64Array, count: number): number[] {
  return [...numbers.keys()].sort((a, b) => numbers[b]! - numbers[a]!).slice(0, count);
}
