// The best set of candidates: greedy and exchanges, then a bound, then a complete search where it ends soon enough.

import { priceOf, type Allowance } from './allowance.ts';
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

/** An allowed set of candidates with a large value (of as many as are allowed, where no budget limits them), and how large it can be at most. */
export function maximize(table: GainTable, allowance: Allowance, { target, share = 1 }: Effort = {}): BestSet {
  const steps = share * STEPS;
  const rounds = Math.max(FEWEST_ROUNDS, Math.round(steps / Math.max(1, table.cell.length)));
  const improve = (set: readonly number[]): BestOf => {
    const chosen = improveBySwaps(table, set, { allowance, passes: rounds });
    return { chosen, value: valueOf(table, chosen) };
  };
  let best = improve(chooseGreedily(table, allowance));
  if (allowance.purse) best = betterOf(best, improve(chooseGreedily(table, allowance, true)));
  const payable = [...Array(table.candidates).keys()].filter((j) => priceOf(allowance, j) <= (allowance.purse?.budget ?? Infinity));
  const most = valueOf(table, payable);
  if (most <= best.value + tolerance(best.value)) return { ...best, bound: best.value };
  const { count } = allowance;
  if (count === 0 || best.value >= (target ?? Infinity)) return { ...best, bound: count === 0 ? 0 : most };
  const start = bestOffers(table, best.chosen);
  const bound = boundValue(table, allowance, {
    known: best.value,
    enough: target ?? best.value,
    rounds: Math.min(MOST_ROUNDS, rounds),
    start,
  });
  // What the bound would choose is often near the best (Beasley, European Journal of Operational Research 65, 1993).
  best = betterOf(best, improve(bound.front));
  if (best.value >= (target ?? Infinity)) return { ...best, bound: Math.max(best.value, bound.value) };
  const known = target ?? best.value;
  if (bound.value <= known + tolerance(known)) return { ...best, bound: Math.max(best.value, bound.value) };
  // Where a target stands, a better set that falls short of it is of no use: `known` is what must be beaten.
  const search = searchBest(table, allowance, { known, open: worthTrying(bound, { allowance, known, payable }), steps });
  const better = search.chosen ? fillUp(table, search.chosen, allowance) : best.chosen;
  const found = valueOf(table, better);
  return { chosen: better, value: found, bound: search.complete ? Math.max(found, target ?? 0) : Math.min(most, bound.value) };
}

type BestOf = Pick<BestSet, 'chosen' | 'value'>;

function betterOf(one: BestOf, other: BestOf): BestOf {
  return other.value > one.value + tolerance(one.value) ? other : one;
}

/** Candidates with which, by the bound, a set could still be worth more than `known`. */
function worthTrying(
  { value, promise }: ValueBound,
  { allowance, known, payable }: { allowance: Allowance; known: number; payable: readonly number[] },
): readonly number[] {
  if (allowance.purse) return payable;
  const last = promise[largest(promise, allowance.count).at(-1)!]!;
  return payable.filter((j) => value + Math.min(0, promise[j]! - last) > known);
}

/** A set that needs fewer than it may have, filled up with candidates that add nothing, as long as they cost nothing. */
function fillUp(table: GainTable, chosen: readonly number[], { count, purse }: Allowance): number[] {
  const set = new Set(chosen);
  for (let j = 0; j < table.candidates && set.size < count && !purse; j++) set.add(j);
  return [...set];
}
