// What the directory can be filtered by, as groups of choices in words with their counts; and what choosing one makes of
// the filters.

import type { Outputs } from '#client/api.ts';
import { readFieldKey } from '#shared/directory/search-facets.ts';
import type { SearchFilters } from '#shared/directory/search-filters.ts';

export type Counts = Outputs['directory']['browse']['counts'];
export const FACETS = ['needs', 'types', 'traits', 'languages', 'areas', 'costs', 'checked', 'problems'] as const;
/** A field of a kind, by its key in filters: `field shelter:pets`. */
const FIELD = 'field ';
export type FacetId = (typeof FACETS)[number] | `${typeof FIELD}${string}`;

export interface FacetOption {
  value: string;
  label: string;
  count: number;
  /** 'part': something below it is chosen. */
  chosen: boolean | 'part';
  /** How deep it stands below others. */
  depth: number;
}

export interface Facet {
  id: FacetId;
  title: string;
  options: FacetOption[];
}

/** A filter that is set, as a chip that can be taken off. */
export interface ActiveFilter {
  facet: FacetId;
  value: string;
  label: string;
}

/** What is needed to say ids in words. */
export interface FacetWords {
  label(facet: FacetId, value: string): string;
  /** The head of a facet; with the kind where fields of several kinds stand beside each other. */
  title(facet: FacetId, options: { withKind: boolean }): string;
  /** For the order of equal counts. */
  compare(a: string, b: string): number;
  parentOf(need: string): string | undefined;
}

const TRAITS = ['open', 'accessible', 'hidden'] as const;
const COSTS = ['free', 'paid', 'unknown'] as const;
/** Checked within so many days; "not" before it: not so. */
const CHECKED = ['30', '180', '365', 'not180', 'not365'] as const;
/** Values that stand in the filters as a list. */
const LISTS = { needs: 'need', types: 'type', languages: 'language', areas: 'area', problems: 'problem' } as const;
type ListFacet = keyof typeof LISTS;
const isList = (facet: FacetId): facet is ListFacet => facet in LISTS;

/** The facets that have anything to choose, or have something chosen. */
export function listFacets(counts: Counts, filters: SearchFilters, words: FacetWords): Facet[] {
  const ids = listFacetIds(counts, filters);
  const title = createTitles(ids, words);
  return ids
    .map((id) => ({ id, title: title(id), options: listOptions(id, { counts, filters, words }) }))
    .filter(({ options }) => options.some(({ count, chosen }) => count > 0 || chosen !== false));
}

/** Fields of a kind stand behind the kinds. */
function listFacetIds(counts: Counts | null, { fields = {} }: SearchFilters): FacetId[] {
  const keys = new Set([...Object.keys(counts?.field ?? {}), ...Object.keys(fields)]);
  return FACETS.flatMap((id): FacetId[] => (id === 'types' ? [id, ...[...keys].map((key) => `${FIELD}${key}` as const)] : [id]));
}

function createTitles(ids: readonly FacetId[], words: FacetWords): (id: FacetId) => string {
  const kinds = new Set(ids.flatMap((id) => fieldOf(id)?.type ?? []));
  return (id) => words.title(id, { withKind: kinds.size > 1 });
}

/** Of which kind a facet is a field, and its name; undefined of any other facet. */
export function fieldOf(id: FacetId): { type: string; name: string } | undefined {
  const key = fieldKey(id);
  return key === undefined ? undefined : readFieldKey(key);
}

const fieldKey = (id: FacetId): string | undefined => (id.startsWith(FIELD) ? id.slice(FIELD.length) : undefined);

interface Given {
  counts: Counts;
  filters: SearchFilters;
  words: FacetWords;
}

function listOptions(id: FacetId, given: Given): FacetOption[] {
  const { counts, filters, words } = given;
  if (id === 'needs') return listNeeds(given);
  const chosen = listChosen(id, filters);
  const option = (value: string, count: number): FacetOption => ({
    value,
    label: words.label(id, value),
    count,
    chosen: chosen.includes(value),
    depth: 0,
  });
  if (id === 'traits') return [option('open', counts.open.open), option('accessible', counts.accessible), option('hidden', counts.hidden)];
  if (id === 'costs') return COSTS.map((cost) => option(cost, counts.cost[cost]));
  if (id === 'checked') return CHECKED.map((value) => option(value, countChecked(counts, value)));
  const counted = isList(id) ? counts[LISTS[id]] : counts.field[fieldKey(id) ?? ''];
  const found = new Map([...chosen.map((value) => [value, 0] as const), ...Object.entries(counted ?? {})]);
  return [...found].map(([value, count]) => option(value, count)).sort((a, b) => b.count - a.count || words.compare(a.label, b.label));
}

function countChecked(counts: Counts, value: (typeof CHECKED)[number]): number {
  if (value === 'not180') return counts.notVerifiedWithin['180'];
  return value === 'not365' ? counts.notVerifiedWithin['365'] : counts.verifiedWithin[value];
}

/** Heads first; what stands below one is shown once it, or something below it, is chosen. */
function listNeeds({ counts, filters, words }: Given): FacetOption[] {
  const chosen = new Set(filters.needs);
  const open = new Set([...chosen].flatMap((term) => [term, ...listAbove(term, words)]));
  const terms = new Set([...Object.keys(counts.need), ...open]);
  const below = Map.groupBy(terms, (term) => words.parentOf(term));
  const list = (parent: string | undefined, depth: number): FacetOption[] =>
    (below.get(parent) ?? [])
      .map((value) => ({ value, label: words.label('needs', value), count: counts.need[value] ?? 0 }))
      .sort((a, b) => b.count - a.count || words.compare(a.label, b.label))
      .flatMap((term) => [
        { ...term, depth, chosen: chosen.has(term.value) || (open.has(term.value) ? ('part' as const) : false) },
        ...(open.has(term.value) ? list(term.value, depth + 1) : []),
      ]);
  return list(undefined, 0);
}

function listAbove(term: string, { parentOf }: Pick<FacetWords, 'parentOf'>): string[] {
  const above: string[] = [];
  for (let at = parentOf(term); at !== undefined && !above.includes(at); at = parentOf(at)) above.push(at);
  return above;
}

/** Values of a facet that are set. */
function listChosen(id: FacetId, filters: SearchFilters): readonly string[] {
  if (isList(id)) return filters[id] ?? [];
  const key = fieldKey(id);
  if (key !== undefined) return filters.fields?.[key] ?? [];
  if (id === 'costs') return filters.costs ?? [];
  if (id === 'traits') return TRAITS.filter((trait) => filters[trait] === true);
  const { verifiedWithin, notVerifiedWithin } = filters;
  return [...(verifiedWithin ? [String(verifiedWithin)] : []), ...(notVerifiedWithin ? [`not${notVerifiedWithin}`] : [])];
}

export function listActive(filters: SearchFilters, words: FacetWords): ActiveFilter[] {
  const ids = listFacetIds(null, filters);
  const title = createTitles(ids, words);
  return ids.flatMap((facet) =>
    listChosen(facet, filters).map((value) => {
      const label = words.label(facet, value);
      return { facet, value, label: fieldOf(facet) ? `${title(facet)}: ${label}` : label };
    }),
  );
}

/** The filters with a choice made, or taken back where it was made. Nothing empty is left in them. */
export function toggleFilter(
  filters: SearchFilters,
  { facet, value }: Pick<ActiveFilter, 'facet' | 'value'>,
  words: Pick<FacetWords, 'parentOf'>,
): SearchFilters {
  const isChosen = listChosen(facet, filters).includes(value);
  const key = fieldKey(facet);
  if (key !== undefined) return toggleField(filters, key, value);
  if (isList(facet) || facet === 'costs') {
    const before = listChosen(facet, filters).filter((one) => one !== value);
    const after = isChosen ? before : [...(facet === 'needs' ? withoutLine(before, value, words) : before), value];
    const { [facet]: _, ...rest } = filters;
    const others = facet === 'types' && isChosen ? withoutFieldsOf(rest, value) : rest;
    return after.length === 0 ? others : { ...others, [facet]: after };
  }
  if (facet === 'traits') {
    const { [value as (typeof TRAITS)[number]]: _, ...others } = filters;
    return isChosen ? others : { ...others, [value]: true };
  }
  const { verifiedWithin: _, notVerifiedWithin: __, ...others } = filters;
  if (isChosen) return others;
  return value.startsWith('not')
    ? { ...others, notVerifiedWithin: Number(value.slice('not'.length)) }
    : { ...others, verifiedWithin: Number(value) };
}

/** Fields of a kind that is no longer asked for would leave nothing. */
function withoutFieldsOf({ fields, ...filters }: SearchFilters, type: string): SearchFilters {
  const left = Object.entries(fields ?? {}).filter(([key]) => readFieldKey(key).type !== type);
  return left.length > 0 ? { ...filters, fields: Object.fromEntries(left) } : filters;
}

function toggleField(filters: SearchFilters, key: string, value: string): SearchFilters {
  const before = filters.fields?.[key] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const { fields, ...others } = filters;
  const { [key]: _, ...rest } = fields ?? {};
  const chosen = after.length > 0 ? { ...rest, [key]: after } : rest;
  return Object.keys(chosen).length > 0 ? { ...others, fields: chosen } : others;
}

/** Any of several terms is enough, so one that stands above or below another would make that mean nothing. */
function withoutLine(terms: readonly string[], term: string, words: Pick<FacetWords, 'parentOf'>): string[] {
  const above = listAbove(term, words);
  return terms.filter((other) => !above.includes(other) && !listAbove(other, words).includes(term));
}
