// What can be filtered by: each facet gives every row a small number, and says which numbers may stay.

import type { DirectoryIndex } from './index.ts';
import { readFieldText } from './listed-fields.ts';
import type { SearchFilters } from './search-filters.ts';
import { COSTS, type RowTraits } from './search-traits.ts';
import { opening } from './timetable.ts';

const OPEN_STATES = ['open', 'closed', 'unknown'] as const;
/** Days since the last check that are told apart. */
export const VERIFIED_WITHIN = [30, 180, 365] as const;
/** Areas that are counted, the most frequent first; a directory of a country has thousands. */
export const AREAS_COUNTED = 200;
const DAY_MS = 86_400_000;

export interface FilterCounts {
  /** By taxonomy term: what meets it or a term below it. */
  need: Record<string, number>;
  /** By resource type; those without one under 'unknown'. */
  type: Record<string, number>;
  open: Record<(typeof OPEN_STATES)[number], number>;
  /** By language code. */
  language: Record<string, number>;
  /** By name of a service area: the most frequent, and those that are asked for. Hidden places are in none. */
  area: Record<string, number>;
  accessible: number;
  cost: Record<(typeof COSTS)[number], number>;
  /** Checked within 30, 180 and 365 days: each holds those before it. */
  verifiedWithin: Record<`${(typeof VERIFIED_WITHIN)[number]}`, number>;
  /** Not checked within 30, 180 and 365 days, or never. */
  notVerifiedWithin: Record<`${(typeof VERIFIED_WITHIN)[number]}`, number>;
  hidden: number;
  /** By field of a kind ("shelter:pets"), then by value: of the kinds that are asked for. */
  field: Record<string, Record<string, number>>;
  /** By code; null where nobody asked. */
  problem: Record<string, number> | null;
}

/** Which problems rows have: each combination once, and its number by row. */
export interface RowProblems {
  sets: readonly (readonly string[])[];
  numberOf: (row: number) => number;
}

export interface FacetContext {
  index: DirectoryIndex;
  traits: RowTraits;
  /** Milliseconds since 1970. */
  now: number;
  /** A term with all that it stands below; absent: itself alone. */
  lineOfNeed?: (term: string) => readonly string[];
  problems?: RowProblems | undefined;
  /** Fields that a kind can be filtered by; absent: none. */
  filterFieldsOf?: (type: string) => readonly string[];
}

interface Facet {
  numberOf: (row: number) => number;
  /** By number; null: all. */
  keeps: Uint8Array | null;
  counts: Uint32Array;
}

export type Facets = ReturnType<typeof createFacets>;

/** All facets of one question. */
export function createFacets(context: FacetContext, filters: SearchFilters) {
  const { index, traits, now } = context;
  const facet = (size: number, numberOf: (row: number) => number, keeps?: (number: number) => boolean): Facet => ({
    numberOf,
    keeps: keeps ? Uint8Array.from({ length: size }, (_, number) => (keeps(number) ? 1 : 0)) : null,
    counts: new Uint32Array(size),
  });
  const given = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? new Set<T>(list) : undefined);
  /** Rows share sets of values; a set stays where it has any that is wanted. */
  const setFacet = (sets: readonly (readonly string[])[], numberOf: (row: number) => number, wanted: readonly string[] | undefined) => {
    const any = given(wanted);
    return facet(sets.length, numberOf, any && ((number) => sets[number]!.some((value) => any.has(value))));
  };
  const [types, costs] = [given(filters.types), given(filters.costs)];
  const problems = context.problems ?? { sets: [[]], numberOf: () => 0 };
  return {
    need: setFacet(needLines(context), (row) => index.needSetNumber(row), filters.needs),
    type: facet(index.types.length, (row) => index.typeNumber(row), types && ((number) => types.has(index.types[number] || 'unknown'))),
    open: facet(OPEN_STATES.length, openStates(index, now), filters.open === true ? (number) => OPEN_STATES[number] === 'open' : undefined),
    language: setFacet(index.languageSets, (row) => index.languageSetNumber(row), filters.languages),
    // The first set is the empty one.
    area: setFacet(index.areaSets, (row) => (index.isHidden(row) ? 0 : index.areaSetNumber(row)), filters.areas),
    accessible: facet(2, (row) => (traits.isAccessible(row) ? 1 : 0), filters.accessible === true ? (number) => number === 1 : undefined),
    cost: facet(COSTS.length, (row) => traits.costNumber(row), costs && ((number) => costs.has(COSTS[number]!))),
    verified: verifiedFacet(context, filters, facet),
    hidden: facet(
      2,
      (row) => (index.isHidden(row) ? 1 : 0),
      filters.hidden === undefined ? undefined : (number) => (number === 1) === filters.hidden,
    ),
    problem: setFacet(problems.sets, problems.numberOf, filters.problems),
    fields: new Map(listFieldKeys(context, filters).map((key) => [key, setFacet(...valuesOfField(index, key), filters.fields?.[key])])),
  };
}

/** Fields of the kinds that are asked for, and those that are asked for themselves. */
function listFieldKeys({ filterFieldsOf = () => [] }: FacetContext, { types = [], fields = {} }: SearchFilters): string[] {
  const offered = types.flatMap((type) => filterFieldsOf(type).map((name) => toFieldKey(type, name)));
  return [...new Set([...offered, ...Object.keys(fields)])];
}

/** By which a field of a kind goes in filters and counts: other kinds may have one of the same name. */
export function toFieldKey(type: string, name: string): string {
  return `${type}:${name}`;
}

export function readFieldKey(key: string): { type: string; name: string } {
  const at = key.lastIndexOf(':');
  return { type: key.slice(0, at), name: key.slice(at + 1) };
}

/** The value of a field by set of fields, and the set of a row where it is of the kind. The first set is the empty one. */
function valuesOfField(index: DirectoryIndex, key: string): [sets: string[][], numberOf: (row: number) => number] {
  const { type, name } = readFieldKey(key);
  const number = index.types.indexOf(type);
  const sets = index.fieldSets.map((texts) =>
    texts.map(readFieldText).flatMap((field) => (field.name === name ? [String(field.value)] : [])),
  );
  return [sets, (row) => (index.typeNumber(row) === number ? index.fieldSetNumber(row) : 0)];
}

function verifiedFacet(
  { index, now }: FacetContext,
  filters: SearchFilters,
  facet: (size: number, numberOf: (row: number) => number, keeps?: (number: number) => boolean) => Facet,
): Facet {
  const { verifiedWithin: within, notVerifiedWithin: notWithin } = filters;
  const today = Math.floor(now / DAY_MS);
  const steps = verifiedSteps(filters);
  const isWithin = (number: number, days: number) => number < steps.length && steps[number]! <= days;
  return facet(
    steps.length + 1,
    (row) => {
      const day = index.verifiedDay(row);
      const step = day === 0 ? -1 : steps.findIndex((days) => today - day <= days);
      return step < 0 ? steps.length : step;
    },
    within === undefined && notWithin === undefined
      ? undefined
      : (number) => (within === undefined || isWithin(number, within)) && (notWithin === undefined || !isWithin(number, notWithin)),
  );
}

/** The ages in days that rows are told apart by, those that are asked for among them. */
function verifiedSteps({ verifiedWithin, notVerifiedWithin }: SearchFilters): number[] {
  const asked = [verifiedWithin, notVerifiedWithin].filter((days) => days !== undefined);
  return [...new Set([...VERIFIED_WITHIN, ...asked])].sort((a, b) => a - b);
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

/** By set of needs: its terms and all that they stand below. */
function needLines({ index, lineOfNeed = (term) => [term] }: FacetContext): string[][] {
  return index.needSets.map((needs) => [...new Set(needs.flatMap(lineOfNeed))]);
}

/** The counts by name. */
export function toCounts(context: FacetContext, facets: Facets, filters: SearchFilters): FilterCounts {
  const { index } = context;
  const steps = verifiedSteps(filters);
  const { counts: verified } = facets.verified;
  const all = verified.reduce((sum, count) => sum + count, 0);
  const within = (days: number) => verified.reduce((sum, count, i) => (i < steps.length && steps[i]! <= days ? sum + count : sum), 0);
  const byDays = (count: (days: number) => number) =>
    Object.fromEntries(VERIFIED_WITHIN.map((days) => [String(days), count(days)])) as FilterCounts['verifiedWithin'];
  return {
    need: countValues(needLines(context), facets.need.counts),
    type: Object.fromEntries([...facets.type.counts].flatMap((count, i) => (count > 0 ? [[index.types[i] || 'unknown', count]] : []))),
    open: named(OPEN_STATES, facets.open.counts),
    language: countValues(index.languageSets, facets.language.counts),
    area: mostFrequent(countValues(index.areaSets, facets.area.counts), filters.areas ?? []),
    accessible: facets.accessible.counts[1]!,
    cost: named(COSTS, facets.cost.counts),
    verifiedWithin: byDays(within),
    notVerifiedWithin: byDays((days) => all - within(days)),
    hidden: facets.hidden.counts[1]!,
    field: Object.fromEntries([...facets.fields].map(([key, { counts }]) => [key, countValues(valuesOfField(index, key)[0], counts)])),
    problem: context.problems ? countValues(context.problems.sets, facets.problem.counts) : null,
  };
}

function named<K extends string>(names: readonly K[], counts: Uint32Array): Record<K, number> {
  return Object.fromEntries(names.map((name, i) => [name, counts[i]!])) as Record<K, number>;
}

/** How many rows have each value, from how many have each set of them. */
function countValues(sets: readonly (readonly string[])[], counts: Uint32Array): Record<string, number> {
  const found = new Map<string, number>();
  counts.forEach((count, set) => {
    if (count > 0) for (const value of sets[set]!) found.set(value, (found.get(value) ?? 0) + count);
  });
  return Object.fromEntries(found);
}

function mostFrequent(counts: Record<string, number>, wanted: readonly string[]): Record<string, number> {
  const all = Object.entries(counts);
  if (all.length <= AREAS_COUNTED) return counts;
  const first = all.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, AREAS_COUNTED);
  return { ...Object.fromEntries(first), ...Object.fromEntries(wanted.flatMap((name) => (counts[name] ? [[name, counts[name]]] : []))) };
}
