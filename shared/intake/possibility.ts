// What a fact may be. A fact is seldom just a value: it is an interval, a set of possibilities, or unknown.
// Comparisons (eligibility/compare.ts) answer on these; nothing here guesses.

import type { FactType, FactValue } from './facts.ts';
import type { Judged } from './judged.ts';

export type Possibility =
  | { kind: 'unknown' }
  /** Numbers, ages (years), money (a year), dates (day numbers). Infinite ends are allowed. */
  | { kind: 'interval'; low: number; high: number; lowOpen: boolean; highOpen: boolean }
  /** One of these numbers. */
  | { kind: 'numbers'; values: readonly number[] }
  /** One of these words: choices, yes or no, ids of areas. */
  | { kind: 'words'; values: readonly (string | boolean)[] }
  /** Several at once: these are in it, those are not; `complete`: nothing else is in it. */
  | { kind: 'items'; has: readonly string[]; lacks: readonly string[]; complete: boolean }
  | { kind: 'point'; lon: number; lat: number }
  /** `complete`: there are no other members. */
  | { kind: 'members'; members: readonly KnownFacts[]; complete: boolean };

/** One fact as it was told, and what it may be on the day of the decision. */
export interface KnownFact {
  possible: Possibility;
  /** As it was given. */
  json: FactValue;
  /** The person prefers not to say: unknown, and never asked again. */
  declined?: true;
  /** Told so long ago that it no longer counts. */
  stale?: true;
  /** Fact whose value this was worked out from, such as the date of birth for the age. */
  from?: string;
  /** Worked out from other facts (computed.ts), and worked out anew when one of them changes. */
  computed?: true;
  /** What a function said of it (judged.ts). */
  judged?: Judged;
}

/** Facts by id. What is absent is unknown. */
export type KnownFacts = ReadonlyMap<string, KnownFact>;

export const UNKNOWN: Possibility = { kind: 'unknown' };
const NOT_NEGATIVE: Possibility = { kind: 'interval', low: 0, high: Infinity, lowOpen: false, highOpen: false };

export function interval(low: number, high: number, open?: { low?: boolean; high?: boolean }): Possibility {
  return { kind: 'interval', low, high, lowOpen: open?.low ?? false, highOpen: open?.high ?? false };
}

/** What a fact of this type may be where nothing is known of it: ages and counts are never below zero. */
export function unknownOf(type: FactType | undefined): Possibility {
  return type === 'age' || type === 'number' ? NOT_NEGATIVE : UNKNOWN;
}

/** True where only one value is possible. */
export function isExact(possible: Possibility): boolean {
  switch (possible.kind) {
    case 'interval':
      return possible.low === possible.high;
    case 'numbers':
    case 'words':
      return possible.values.length === 1;
    case 'items':
    case 'members':
      return possible.complete;
    case 'point':
      return true;
    case 'unknown':
      return false;
  }
}
