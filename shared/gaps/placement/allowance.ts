// What may be chosen: so many candidates, and where each has its price, as many as a budget pays.

import type { PlacementProblem } from './problem.ts';

export interface Allowance {
  count: number;
  /** One of each candidate, and what all that are chosen may cost together. Absent: only their number counts. */
  purse?: { prices: Float64Array; budget: number };
}

export function allowanceOf({ sites, prices, budget }: Pick<PlacementProblem, 'sites' | 'prices' | 'budget'>): Allowance {
  return prices && budget !== undefined ? { count: sites, purse: { prices, budget } } : { count: sites };
}

export function priceOf({ purse }: Allowance, j: number): number {
  return purse ? purse.prices[j]! : 0;
}

/** What is left of the budget once a set is paid; Infinity without a budget. */
export function leftOver(allowance: Allowance, set: readonly number[]): number {
  return set.reduce((left, j) => left - priceOf(allowance, j), allowance.purse?.budget ?? Infinity);
}

/** A choice that may hold a part of its last candidate. */
export interface RelaxedChoice {
  value: number;
  parts: readonly { j: number; share: number }[];
}

/**
 * The most that a choice can be worth where each candidate is worth so much by itself. With a budget it is the smaller of two true
 * bounds: the best by number, and the best by worth for the money, the last of them in part (Dantzig, Operations Research 5, 1957).
 */
export function chooseRelaxed(worth: Float64Array, allowance: Allowance): RelaxedChoice {
  const payable = [...worth.keys()].filter((j) => priceOf(allowance, j) <= (allowance.purse?.budget ?? Infinity));
  const byNumber = payable.sort((a, b) => worth[b]! - worth[a]!).slice(0, allowance.count);
  const most: RelaxedChoice = {
    value: byNumber.reduce((sum, j) => sum + worth[j]!, 0),
    parts: byNumber.map((j) => ({ j, share: 1 })),
  };
  const { purse } = allowance;
  if (!purse) return most;
  const { prices } = purse;
  const forMoney = payable.filter((j) => worth[j]! > 0).sort((a, b) => worth[b]! * prices[a]! - worth[a]! * prices[b]!);
  const parts: { j: number; share: number }[] = [];
  let [left, value] = [purse.budget, 0];
  for (const j of forMoney) {
    const share = prices[j]! <= left ? 1 : left / prices[j]!;
    if (share > 0) parts.push({ j, share });
    value += share * worth[j]!;
    left -= share * prices[j]!;
    if (share < 1) break;
  }
  return value < most.value ? { value, parts } : most;
}

/** The whole candidates of a relaxed choice, as far as they can be paid. */
export function wholeOf({ parts }: RelaxedChoice, allowance: Allowance): number[] {
  const set: number[] = [];
  for (const { j, share } of parts) if (share === 1 && priceOf(allowance, j) <= leftOver(allowance, set)) set.push(j);
  return set;
}
