// What is asked of the map, as a value that is only ever replaced: who, what, how far, by which measure. It travels in a
// link, all but the facts of the described group: those might be somebody's.

import type { MeasureName } from '#shared/gaps/measures.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { TravelMode } from '#shared/geo/travel.ts';

/** Measures as they are offered, the plainest first. */
export const OFFERED_MEASURES = [
  'nearest',
  'count',
  'e2sfca',
  '2sfca',
  '3sfca',
  'm2sfca',
  'bfca',
] as const satisfies readonly MeasureName[];
export type OfferedMeasure = (typeof OFFERED_MEASURES)[number];

export const MINUTES = [5, 10, 15, 20, 30, 45, 60] as const;

export interface GapQuestion {
  population: string | null;
  /** Of the population; "all" is everybody. */
  group: string;
  needs: readonly string[];
  mode: TravelMode;
  minutes: number;
  measure: OfferedMeasure;
  /** Local time as an <input type="datetime-local"> gives it; null: whenever. */
  openAt: string | null;
  /** Who must be able to use it. */
  usableBy: Facts;
}

export const FIRST_QUESTION: GapQuestion = {
  population: null,
  group: 'all',
  needs: [],
  mode: 'walk',
  minutes: 15,
  measure: 'nearest',
  openAt: null,
  usableBy: {},
};

/** What a call to the server hangs on; alike: the world that is there will do. */
export function worldKey({ population, needs, mode, openAt, usableBy, ...rest }: GapQuestion): string {
  return JSON.stringify([population, [...needs].sort(), mode, openAt, usableBy, rest.measure === 'nearest' ? 0 : rest.minutes]);
}
