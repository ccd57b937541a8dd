// Filters over what a search found, each with how many it would leave: a count heeds the text and every other filter, so
// that it says what choosing it would show.

import { z } from 'zod';
import { BitSet } from './bit-set.ts';
import type { TextMatch } from './search.ts';
import { createFacets, toCounts, type FacetContext, type FilterCounts } from './search-facets.ts';
import { COSTS } from './search-traits.ts';

export type { FacetContext, FilterCounts } from './search-facets.ts';

const oneOf = z.string().max(200).array().max(50).describe('Any of these; empty: all');

/** All that is given must hold. */
export const SearchFilters = z.strictObject({
  needs: oneOf.optional().describe('Terms of a taxonomy, each with all that stands below it'),
  types: oneOf.optional(),
  open: z.boolean().optional().describe('Open now'),
  languages: oneOf.optional(),
  areas: oneOf.optional().describe('Names of service areas. A hidden place is found by none'),
  accessible: z.boolean().optional().describe('A way in without steps is stated'),
  costs: z.enum(COSTS).array().max(COSTS.length).optional(),
  verifiedWithin: z.number().int().min(1).max(10_000).optional().describe('Checked within so many days'),
  notVerifiedWithin: z.number().int().min(1).max(10_000).optional().describe('Not checked within so many days, or never'),
  fields: z
    .record(z.string().max(200), oneOf)
    .optional()
    .describe('Fields of kinds: "shelter:pets" → any of its values. "true" and "false" are yes and no'),
  hidden: z.boolean().optional().describe('Only places whose address is hidden; false: only the others'),
  problems: oneOf.optional().describe('Codes of problems of the directory'),
});
export type SearchFilters = z.infer<typeof SearchFilters>;

export interface Filtered {
  /** What all filters leave. */
  rows: BitSet;
  total: number;
  counts: FilterCounts;
}

/** Narrows what a text found, and counts what each choice would leave. */
export function filterMatch(context: FacetContext, { rows }: TextMatch, filters: SearchFilters): Filtered {
  const { index } = context;
  const facets = createFacets(context, filters);
  const { fields, ...others } = facets;
  const all = [...Object.values(others), ...fields.values()];
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
  return { rows: kept, total, counts: toCounts(context, facets, filters) };
}
