// Filters over what a search found, each with how many it would leave: a count heeds the text and every other filter, so
// that it says what choosing it would show.

import { z } from 'zod';
import { BitSet } from './bit-set.ts';
import type { DirectoryIndex } from './index.ts';
import type { TextMatch } from './search.ts';
import { COSTS, type RowTraits } from './search-traits.ts';
import { opening } from './timetable.ts';

const OPEN_STATES = ['open', 'closed', 'unknown'] as const;
/** Days since the last check that are told apart. */
export const VERIFIED_WITHIN = [30, 180, 365] as const;
const DAY_MS = 86_400_000;

const oneOf = z.string().max(100).array().max(50).describe('Any of these; empty: all');

/** All that is given must hold. */
export const SearchFilters = z.strictObject({
  types: oneOf.optional(),
  open: z.boolean().optional().describe('Open now'),
  languages: oneOf.optional(),
  accessible: z.boolean().optional().describe('A way in without steps is stated'),
  costs: z.enum(COSTS).array().max(COSTS.length).optional(),
  verifiedWithin: z.number().int().min(1).max(10_000).optional().describe('Checked within so many days'),
});
export type SearchFilters = z.infer<typeof SearchFilters>;

export interface FilterCounts {
  /** By resource type; those without one under 'unknown'. */
  type: Record<string, number>;
  open: Record<(typeof OPEN_STATES)[number], number>;
  /** By language code. */
  language: Record<string, number>;
  accessible: number;
  cost: Record<(typeof COSTS)[number], number>;
  /** Checked within 30, 180 and 365 days: each holds those before it. */
  verifiedWithin: Record<`${(typeof VERIFIED_WITHIN)[number]}`, number>;
}

export interface Filtered {
  /** What all filters leave. */
  rows: BitSet;
  total: number;
  counts: FilterCounts;
}

export interface FilterContext {
  index: DirectoryIndex;
  traits: RowTraits;
  /** Milliseconds since 1970. */
  now: number;
}

/** One thing to filter by: a small number for each row, and which numbers may stay. */
interface Facet {
  numberOf: (row: number) => number;
  /** By number; null: all. */
  keeps: Uint8Array | null;
  counts: Uint32Array;
}

/** Narrows what a text found, and counts what each choice would leave. */
export function filterMatch(context: FilterContext, { rows }: TextMatch, filters: SearchFilters): Filtered {
  const { index } = context;
  const facets = createFacets(context, filters);
  const all = Object.values(facets);
  const kept = new BitSet(index.length);
  let total = 0;
  const numbers = new Uint32Array(all.length);
  for (const row of rows) {
    let failed = -1;
    let failures = 0;
    for (let f = 0; f < all.length && failures < 2; f++) {
      const { numberOf, keeps } = all[f]!;
      numbers[f] = numberOf(row);
      if (keeps === null || keeps[numbers[f]!] === 1) continue;
      failed = f;
      failures++;
    }
    if (failures === 0) {
      kept.words[row >>> 5]! |= 1 << (row & 31);
      total++;
      for (let f = 0; f < all.length; f++) all[f]!.counts[numbers[f]!]!++;
    } else if (failures === 1) all[failed]!.counts[numbers[failed]!]!++;
  }
  return { rows: kept, total, counts: toCounts(index, facets, verifiedSteps(filters)) };
}

type Facets = ReturnType<typeof createFacets>;

function createFacets({ index, traits, now }: FilterContext, filters: SearchFilters) {
  const facet = (size: number, numberOf: (row: number) => number, keeps?: (number: number) => boolean): Facet => ({
    numberOf,
    keeps: keeps ? Uint8Array.from({ length: size }, (_, number) => (keeps(number) ? 1 : 0)) : null,
    counts: new Uint32Array(size),
  });
  const given = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? new Set<T>(list) : undefined);
  const [types, languages, costs] = [given(filters.types), given(filters.languages), given(filters.costs)];
  const today = Math.floor(now / DAY_MS);
  const within = filters.verifiedWithin;
  const steps = verifiedSteps(filters);
  return {
    type: facet(index.types.length, (row) => index.typeNumber(row), types && ((number) => types.has(index.types[number] || 'unknown'))),
    open: facet(OPEN_STATES.length, openStates(index, now), filters.open === true ? (number) => OPEN_STATES[number] === 'open' : undefined),
    language: facet(
      index.languageSets.length,
      (row) => index.languageSetNumber(row),
      languages && ((number) => index.languageSets[number]!.some((code) => languages.has(code))),
    ),
    accessible: facet(2, (row) => (traits.isAccessible(row) ? 1 : 0), filters.accessible === true ? (number) => number === 1 : undefined),
    cost: facet(COSTS.length, (row) => traits.costNumber(row), costs && ((number) => costs.has(COSTS[number]!))),
    verified: facet(
      steps.length + 1,
      (row) => {
        const day = index.verifiedDay(row);
        const step = day === 0 ? -1 : steps.findIndex((days) => today - day <= days);
        return step < 0 ? steps.length : step;
      },
      within === undefined ? undefined : (number) => number < steps.length && steps[number]! <= within,
    ),
  };
}

/** The ages in days that rows are told apart by, the one that is asked for among them. */
function verifiedSteps({ verifiedWithin }: SearchFilters): number[] {
  const steps: number[] = [...VERIFIED_WITHIN, ...(verifiedWithin === undefined ? [] : [verifiedWithin])];
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** The state of each timetable, looked at once and only where a row has it. */
function openStates(index: DirectoryIndex, now: number): (row: number) => number {
  const states = new Uint8Array(index.timetables.length);
  return (row) => {
    const number = index.timetableNumber(row);
    if (states[number] === 0) {
      const timetable = index.timetables[number];
      states[number] = 1 + OPEN_STATES.indexOf(timetable ? opening(timetable, now).state : 'unknown');
    }
    return states[number]! - 1;
  };
}

function toCounts(index: DirectoryIndex, facets: Facets, steps: readonly number[]): FilterCounts {
  const named = <K extends string>(names: readonly K[], counts: Uint32Array) =>
    Object.fromEntries(names.map((name, i) => [name, counts[i]!])) as Record<K, number>;
  const language: Record<string, number> = {};
  facets.language.counts.forEach((count, set) => {
    if (count > 0) for (const code of index.languageSets[set]!) language[code] = (language[code] ?? 0) + count;
  });
  const within = (days: number) => facets.verified.counts.reduce((sum, count, i) => (steps[i]! <= days ? sum + count : sum), 0);
  return {
    type: Object.fromEntries([...facets.type.counts].flatMap((count, i) => (count > 0 ? [[index.types[i] || 'unknown', count]] : []))),
    open: named(OPEN_STATES, facets.open.counts),
    language,
    accessible: facets.accessible.counts[1]!,
    cost: named(COSTS, facets.cost.counts),
    verifiedWithin: Object.fromEntries(VERIFIED_WITHIN.map((days) => [String(days), within(days)])) as FilterCounts['verifiedWithin'],
  };
}
