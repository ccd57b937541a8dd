// One change for many services: which ones, and what is set, emptied, or added to a list.

import { z } from 'zod';
import { EDITABLE, type EditField } from './edit.ts';
import type { HsdsObject } from './hsds.ts';

/** Lists that one value can be added to, with the column that holds it. */
export const BULK_LISTS = {
  language: 'code',
  required_document: 'document',
  service_area: 'name',
} as const satisfies Partial<Record<HsdsObject, string>>;
export type BulkList = keyof typeof BULK_LISTS;

/** What of a page one change for many may reach. */
export const BULK_OBJECTS = ['service', 'organization', 'location', 'address'] as const satisfies HsdsObject[];

/** Services that can be chosen one by one for one change. */
export const MOST_CHOSEN = 50_000;

/** All that is given must hold. */
export const BulkFilter = z.strictObject({
  text: z.string().trim().min(1).max(200).optional(),
  type: z.string().max(100).optional(),
  organization: z.string().max(200).optional().describe('Id of an organization'),
  verifiedBefore: z.iso.date().optional().describe('Last checked before this day, or never'),
});
export type BulkFilter = z.infer<typeof BulkFilter>;

const Value = z.union([z.string().max(20_000), z.number(), z.boolean()]);

export const BulkChange = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('set'), object: z.enum(BULK_OBJECTS), field: z.string().max(100), value: Value }),
  z.strictObject({ action: z.literal('clear'), object: z.enum(BULK_OBJECTS), field: z.string().max(100) }),
  z.strictObject({
    action: z.literal('add'),
    list: z.enum(Object.keys(BULK_LISTS) as [BulkList, ...BulkList[]]),
    value: z.string().trim().min(1).max(500),
  }),
]);
export type BulkChange = z.infer<typeof BulkChange>;

export const BulkRequest = z.strictObject({
  select: z.union([z.strictObject({ ids: z.array(z.string().max(200)).min(1).max(MOST_CHOSEN) }), z.strictObject({ filter: BulkFilter })]),
  change: BulkChange,
});
export type BulkRequest = z.infer<typeof BulkRequest>;

/** Whether one value may be given to many: a position, a name or a secret is each one's own. */
export function isForMany(object: HsdsObject, { name }: EditField): boolean {
  return EDITABLE.has(object) && !['latitude', 'longitude', 'hidden', 'name', 'alternate_name', 'tax_id'].includes(name);
}
