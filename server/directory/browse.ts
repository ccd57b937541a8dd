// The directory as one box with filters: what a text finds, narrowed, counted and in order, for screens and command line.

import { z } from 'zod';
import { BitSet, type DirectoryIndex } from '#shared/directory/index.ts';
import { readFieldText } from '#shared/directory/listed-fields.ts';
import type { StatedField } from '#shared/directory/type-fields.ts';
import { MOST_CHOSEN } from '#shared/directory/edit-bulk.ts';
import type { DirectorySearch, TextMatch } from '#shared/directory/search.ts';
import { filterMatch, SearchFilters, type FilterCounts, type Filtered } from '#shared/directory/search-filters.ts';
import type { Opening } from '#shared/directory/timetable.ts';
import { opening } from '#shared/directory/timetable.ts';
import { middleOf, type Bounds } from '#shared/geo/bounds.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ResourceType, Taxonomy } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';
import { findRowProblems } from './row-problems.ts';
import { getTextSearch } from './text-search.ts';

const LIMIT = 200;
const OFFSET = 100_000;

const Longitude = z.number().min(-180).max(180);
const Latitude = z.number().min(-90).max(90);
export const Position = z.strictObject({ lon: Longitude, lat: Latitude });

/** Which services are asked for. */
export const BrowseSelection = z.strictObject({
  text: z.string().max(200).default('').describe('Empty: everything that the filters leave'),
  filters: SearchFilters.default({}),
  bounds: z.tuple([Longitude, Latitude, Longitude, Latitude]).optional().describe('West, south, east, north. A hidden place is in no box'),
});
export type BrowseSelection = z.infer<typeof BrowseSelection>;

export const BrowseRequest = BrowseSelection.extend({
  near: Position.optional().describe('Of equally good ones the nearer first; default the middle of the bounds'),
  limit: z.number().int().min(1).max(LIMIT).default(50),
  offset: z.number().int().min(0).max(OFFSET).default(0),
  problems: z.boolean().default(false).describe('Count problems too; whoever asks first waits until all are found'),
});
export type BrowseRequest = z.infer<typeof BrowseRequest>;

/** One line in a list: what it is called, and beside it who runs it and where. */
export interface DirectoryHit {
  id: string;
  name: string;
  /** Resource type; null: none is known. */
  type: string | null;
  detail: string;
  hidden: boolean;
}

export interface BrowseHit extends DirectoryHit {
  /** Now, at the place; `zone` is that of its clocks. */
  hours: { now: Opening; zone: string | null };
  /** Day of the last check. */
  verified: string | null;
  /** What its kind shows on a row of a list. */
  fields: StatedField[];
}

export interface BrowseAnswer {
  total: number;
  hits: BrowseHit[];
  counts: FilterCounts;
}

/** Best first, as `shared/directory/search-rank.ts` says; without a text the nearest first, or by name. */
export async function browse(deps: ServerDeps, request: BrowseRequest): Promise<BrowseAnswer> {
  const { limit, offset, bounds, near = bounds && middleOf(bounds) } = request;
  const { search, match, filtered } = await select(deps, request, { withProblems: request.problems });
  const first = search.listFirst(match, { limit, offset, filter: filtered.rows, ...(near && { near }) });
  const now = deps.clock();
  const kinds = listKinds(deps);
  return { total: filtered.total, hits: first.map((row) => toBrowseHit(search.index, row, { now, kinds })), counts: filtered.counts };
}

/** The ids of all that is asked for, in an order that says nothing of where they are. */
export async function listChosen(deps: ServerDeps, selection: BrowseSelection): Promise<string[]> {
  const { search, filtered } = await select(deps, selection, { withProblems: false });
  if (filtered.total > MOST_CHOSEN)
    throw new Problem(
      'unprocessable',
      `${filtered.total} services are too many to choose at once; ${MOST_CHOSEN} can be. Narrow them with a filter.`,
    );
  return [...filtered.rows.toArray()].map((row) => search.index.id(row)).sort();
}

async function select(
  deps: ServerDeps,
  { text, filters, bounds }: BrowseSelection,
  { withProblems }: { withProblems: boolean },
): Promise<{ search: DirectorySearch; match: TextMatch; filtered: Filtered }> {
  const search = await getTextSearch(deps).latest();
  const { index, traits } = search;
  const needsProblems = withProblems || (filters.problems?.length ?? 0) > 0;
  const problems = needsProblems ? await findRowProblems(deps, index) : undefined;
  const found = search.match(text);
  const match = bounds ? { ...found, rows: within(index, found.rows, bounds) } : found;
  const kinds = listKinds(deps);
  const filterFieldsOf = (type: string) => kinds.get(type)?.filterFields ?? [];
  const context = { index, traits, now: deps.clock(), lineOfNeed: createLineOfNeed(deps), problems, filterFieldsOf };
  return { search, match, filtered: filterMatch(context, match, filters) };
}

function within(index: DirectoryIndex, rows: Uint32Array, bounds: Bounds): Uint32Array {
  const inside = new BitSet(index.length);
  index.visitWithin(bounds, (row) => inside.add(row));
  return rows.filter((row) => inside.has(row));
}

type Kinds = ReadonlyMap<string, ResourceType>;

function listKinds({ registry }: ServerDeps): Kinds {
  return new Map(
    registry
      .getPoint<ResourceType>('resourceTypes')
      .all()
      .map(({ value }) => [value.id, value]),
  );
}

/** A term with all that it stands below in the contributed taxonomies. */
function createLineOfNeed({ registry }: ServerDeps): (term: string) => readonly string[] {
  const parents = new Map<string, string | undefined>();
  for (const { value } of registry.getPoint<Taxonomy>('taxonomies').all())
    for (const { id, parent } of value.terms) parents.set(id, parent);
  return (term) => {
    const line = new Set<string>();
    for (let at: string | undefined = term; at !== undefined && !line.has(at); at = parents.get(at)) line.add(at);
    return [...line];
  };
}

export function toHit(index: DirectoryIndex, row: number): DirectoryHit {
  const parts = [index.organization(row)?.name, index.address(row) ?? index.location(row)?.name];
  return {
    id: index.id(row),
    name: index.serviceName(row),
    type: index.type(row),
    detail: [...new Set(parts.filter((part) => part))].join(' · '),
    hidden: index.isHidden(row),
  };
}

function toBrowseHit(index: DirectoryIndex, row: number, { now, kinds }: { now: number; kinds: Kinds }): BrowseHit {
  const timetable = index.timetable(row);
  const cardFields = kinds.get(index.type(row) ?? '')?.cardFields ?? [];
  const stated = new Map(
    index
      .fields(row)
      .map(readFieldText)
      .map((field) => [field.name, field]),
  );
  return {
    ...toHit(index, row),
    hours: { now: timetable ? opening(timetable, now) : { state: 'unknown' }, zone: timetable?.zone ?? null },
    verified: index.verified(row),
    fields: cardFields.flatMap((name) => stated.get(name) ?? []),
  };
}
