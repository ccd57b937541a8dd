// Conditions that compare one fact with a number in one way, in the order of their numbers. Whatever the fact may be, two cuts
// part them: before the first they are decided one way, behind the second the other way, between them they are open. So two
// binary searches give the value of all of them.

import type { Possibility } from '../intake/possibility.ts';
import type { NumberComparison } from './compare.ts';
import type { Comparison } from './rule.ts';

export interface ThresholdColumn {
  fact: string;
  comparison: NumberComparison;
  /** What the fact may be while nothing is known of it. */
  unknown: Possibility;
  /** Node of its first condition; the others follow. */
  first: number;
  /** What is compared with, ascending: dollars a year, years, day numbers. */
  bounds: Float64Array;
}

const NUMBER_COMPARISONS: Partial<Record<Comparison, NumberComparison>> = {
  at_least: 'at_least',
  at_most: 'at_most',
  less_than: 'less_than',
  more_than: 'more_than',
  before: 'less_than',
  after: 'more_than',
};

export function findNumberComparison(comparison: Comparison): NumberComparison | undefined {
  return NUMBER_COMPARISONS[comparison];
}

/** Whether low bounds are the ones that are met. */
export function isMetBelow({ comparison }: ThresholdColumn): boolean {
  return comparison === 'at_least' || comparison === 'more_than';
}

/** Writes both cuts of a column at `2 × place`, counted from its first condition. */
export function writeCuts(column: ThresholdColumn, told: Possibility, cuts: Uint32Array, place: number): void {
  const possible = told.kind === 'unknown' ? column.unknown : told;
  const { bounds, comparison } = column;
  let [from, to] = [0, bounds.length];
  if (possible.kind === 'interval' || possible.kind === 'numbers') {
    // Several numbers agree on a bound exactly when the least and the greatest of them do.
    const { low, high, lowOpen, highOpen } = possible.kind === 'interval' ? possible : hullOf(possible.values);
    const closed = comparison === 'at_least' || comparison === 'less_than';
    from = countBelow(bounds, low, closed || lowOpen);
    to = Math.max(from, countBelow(bounds, high, closed && !highOpen));
  }
  cuts[2 * place] = from;
  cuts[2 * place + 1] = to;
}

function hullOf(values: readonly number[]): { low: number; high: number; lowOpen: boolean; highOpen: boolean } {
  return { low: Math.min(...values), high: Math.max(...values), lowOpen: false, highOpen: false };
}

/** How many of the ascending bounds lie below a value, or at it. */
function countBelow(bounds: Float64Array, value: number, orAtIt: boolean): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! < value || (orAtIt && bounds[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
