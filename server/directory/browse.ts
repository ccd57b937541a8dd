// The directory as one box with filters: what a text finds, narrowed, counted and in order, for screens and command line.

import { z } from 'zod';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import { filterMatch, SearchFilters, type FilterCounts } from '#shared/directory/search-filters.ts';
import type { ServerDeps } from '#server/deps.ts';
import { getTextSearch } from './text-search.ts';

const LIMIT = 200;
const OFFSET = 100_000;

export const BrowseRequest = z.strictObject({
  text: z.string().max(200).default('').describe('Empty: everything that the filters leave'),
  filters: SearchFilters.default({}),
  near: z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }).optional(),
  limit: z.number().int().min(1).max(LIMIT).default(50),
  offset: z.number().int().min(0).max(OFFSET).default(0),
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

export interface BrowseAnswer {
  total: number;
  hits: DirectoryHit[];
  counts: FilterCounts;
}

/** Best first, as `shared/directory/search-rank.ts` says; without a text the nearest first, or by name. */
export async function browse(deps: ServerDeps, { text, filters, near, limit, offset }: BrowseRequest): Promise<BrowseAnswer> {
  const search = await getTextSearch(deps).current();
  const { index, traits } = search;
  const match = search.match(text);
  const { rows, total, counts } = filterMatch({ index, traits, now: deps.clock() }, match, filters);
  const first = search.listFirst(match, { limit, offset, filter: rows, ...(near && { near }) });
  return { total, hits: first.map((row) => toHit(index, row)), counts };
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
