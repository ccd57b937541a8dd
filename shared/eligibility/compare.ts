// One comparison of what a fact may be with what a rule asks: met, failed, or open where both are still possible.
// The law that everything rests on: a fact known more closely never turns met into failed or back.

import type { Possibility } from '../intake/possibility.ts';

export const FAILED = -1;
export const OPEN = 0;
export const MET = 1;
/** Kleene's three values: failed, open, met. */
export type Outcome = typeof FAILED | typeof OPEN | typeof MET;

/** A bound on a number line: one value, or somewhere between two where what it hangs on is not known. */
export interface BoundRange {
  low: number;
  high: number;
}

export type NumberComparison = 'at_least' | 'at_most' | 'less_than' | 'more_than';

export function compareNumbers(possible: Possibility, comparison: NumberComparison, bound: BoundRange): Outcome {
  if (possible.kind === 'numbers') return agree(possible.values, (v) => compareSpan(point(v), comparison, bound));
  return possible.kind === 'interval' ? compareSpan(possible, comparison, bound) : OPEN;
}

/** Both bounds are included. */
export function compareBetween(possible: Possibility, low: BoundRange, high: BoundRange): Outcome {
  const both = (span: Span): Outcome => least(compareSpan(span, 'at_least', low), compareSpan(span, 'at_most', high));
  if (possible.kind === 'numbers') return agree(possible.values, (v) => both(point(v)));
  return possible.kind === 'interval' ? both(possible) : OPEN;
}

/** One of these numbers. */
export function compareToNumbers(possible: Possibility, wanted: readonly number[]): Outcome {
  if (possible.kind === 'numbers') return agree(possible.values, (v) => (wanted.includes(v) ? MET : FAILED));
  if (possible.kind !== 'interval') return OPEN;
  const { low, high } = possible;
  if (low === high) return wanted.includes(low) ? MET : FAILED;
  return wanted.some((w) => inSpan(w, possible)) ? OPEN : FAILED;
}

/** One of these words; of a list: any of them is in it. */
export function compareToWords(possible: Possibility, wanted: readonly (string | boolean)[]): Outcome {
  if (possible.kind === 'words') return agree(possible.values, (v) => (wanted.includes(v) ? MET : FAILED));
  if (possible.kind === 'items') return wanted.map((w) => holds(possible, String(w))).reduce(greatest, FAILED);
  return OPEN;
}

/** All of these are in the list. */
export function compareIncludes(possible: Possibility, wanted: readonly string[]): Outcome {
  if (possible.kind === 'items') return wanted.map((w) => holds(possible, w)).reduce(least, MET);
  if (possible.kind === 'words') return agree(possible.values, (v) => (wanted.every((w) => w === v) ? MET : FAILED));
  return OPEN;
}

function least(a: Outcome, b: Outcome): Outcome {
  return a < b ? a : b;
}

export function greatest(a: Outcome, b: Outcome): Outcome {
  return a > b ? a : b;
}

/** What all possibilities agree on; open where they differ. */
export function agree<T>(values: readonly T[], outcomeOf: (value: T) => Outcome): Outcome {
  let agreed: Outcome | undefined;
  for (const value of values) {
    const outcome = outcomeOf(value);
    if (outcome === OPEN || (agreed !== undefined && agreed !== outcome)) return OPEN;
    agreed = outcome;
  }
  return agreed ?? OPEN;
}

interface Span {
  low: number;
  high: number;
  lowOpen: boolean;
  highOpen: boolean;
}

function point(value: number): Span {
  return { low: value, high: value, lowOpen: false, highOpen: false };
}

function inSpan(value: number, { low, high, lowOpen, highOpen }: Span): boolean {
  return (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high);
}

function compareSpan(span: Span, comparison: NumberComparison, bound: BoundRange): Outcome {
  switch (comparison) {
    case 'at_least':
      if (span.low >= bound.high) return MET;
      return span.high < bound.low || (span.high === bound.low && span.highOpen) ? FAILED : OPEN;
    case 'more_than':
      if (span.low > bound.high || (span.low === bound.high && span.lowOpen)) return MET;
      return span.high <= bound.low ? FAILED : OPEN;
    case 'at_most':
      if (span.high <= bound.low) return MET;
      return span.low > bound.high || (span.low === bound.high && span.lowOpen) ? FAILED : OPEN;
    case 'less_than':
      if (span.high < bound.low || (span.high === bound.low && span.highOpen)) return MET;
      return span.low >= bound.high ? FAILED : OPEN;
  }
}

function holds(list: Extract<Possibility, { kind: 'items' }>, item: string): Outcome {
  if (list.has.includes(item)) return MET;
  return list.complete || list.lacks.includes(item) ? FAILED : OPEN;
}
