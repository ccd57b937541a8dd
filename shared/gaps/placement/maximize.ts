// The best set of candidates: greedy and exchanges, then a bound, then a complete search where it ends soon enough.

import { boundValue, largest, type ValueBound } from './bound.ts';
import { searchBest } from './branch.ts';
import { bestOffers, tolerance, valueOf, type GainTable } from './gain-table.ts';
import { chooseGreedily, improveBySwaps } from './greedy-swap.ts';

export interface BestSet {
  chosen: number[];
  value: number;
  /** No set has a larger value; equal to `value` where the set is proven to be best. */
  bound: number;
}

export interface Effort {
  /** A value that is enough: once a set has it, or none can have it, nothing more is tried. No set may have just this value. */
  target?: number;
  /** Share of the usual effort, for who asks many times. */
  share?: number;
}

/** Pairs that exchanges, bound and search may visit: about a second each. Counted, not timed: the same answer every time. */
const STEPS = 2e8;
const FEWEST_ROUNDS = 30;
const MOST_ROUNDS = 600;

/** A set of `count` candidates (fewer only where there are fewer) with a large value, and how large it can be at most. */
export function maximize(table: GainTable, count: number, { target, share = 1 }: Effort = {}): BestSet {
  const steps = share * STEPS;
  const rounds = Math.max(FEWEST_ROUNDS, Math.round(steps / Math.max(1, table.cell.length)));
  const chosen = improveBySwaps(table, chooseGreedily(table, count), rounds);
  const value = valueOf(table, chosen);
  const most = valueOf(table, Array(table.candidates).keys());
  if (most <= value + tolerance(value)) return { chosen, value, bound: value };
  if (count === 0 || value >= (target ?? Infinity)) return { chosen, value, bound: count === 0 ? 0 : most };
  const known = target ?? value;
  const start = bestOffers(table, chosen);
  const bound = boundValue(table, count, { known: value, enough: known, rounds: Math.min(MOST_ROUNDS, rounds), start });
  if (bound.value <= known + tolerance(known)) return { chosen, value, bound: Math.max(value, bound.value) };
  // Where a target stands, a better set that falls short of it is of no use: `known` is what must be beaten.
  const search = searchBest(table, count, { known, open: worthTrying(bound, count, known), steps });
  const better = search.chosen ? fillUp(table, search.chosen, count) : chosen;
  const found = valueOf(table, better);
  return { chosen: better, value: found, bound: search.complete ? Math.max(found, target ?? 0) : Math.min(most, bound.value) };
}

/** Candidates with which, by the bound, a set could still be worth more than `known`. */
function worthTrying({ value, promise }: ValueBound, count: number, known: number): number[] {
  const last = promise[largest(promise, count).at(-1)!]!;
  return [...promise.keys()].filter((j) => value + Math.min(0, promise[j]! - last) > known);
}

/** A set that needs fewer than it may have, filled up with candidates that add nothing. */
function fillUp(table: GainTable, chosen: readonly number[], count: number): number[] {
  const set = new Set(chosen);
  for (let j = 0; j < table.candidates && set.size < count; j++) set.add(j);
  return [...set];
}
