// How a foreign table becomes HSDS records: which table gives which objects, which columns give which fields.

import { z } from 'zod';
import { HSDS_OBJECTS, type HsdsObject } from './hsds.ts';

const Column = z.string().min(1);

/** Where a field's value comes from. */
export const MappedValue = z.union([
  Column.describe('A column'),
  z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({ first: z.array(Column).min(1) }).describe('The first of these columns that is not empty'),
  z.strictObject({ join: z.array(Column).min(1), with: z.string().default(' ') }),
  z.strictObject({ column: Column, split: z.string(), part: z.number().int().min(0) }).describe('One part of a cell'),
  z.strictObject({ column: Column, lookup: z.record(z.string(), z.string()), otherwise: z.string().optional() }),
  z.strictObject({ column: Column, refersTo: z.strictObject({ table: z.string(), column: z.string().default('id') }) }).describe('The id of a record that another table gives'),
]);
export type MappedValue = z.infer<typeof MappedValue>;

export const RecordMapping = z.strictObject({
  object: z.enum(HSDS_OBJECTS as [HsdsObject, ...HsdsObject[]]),
  /** One record for each part of this cell; the part is the column `$part` in `fields`. */
  each: z.strictObject({ column: Column, split: z.string() }).optional(),
  /** Fields of HSDS, and ours: `waypost:type`, `waypost:rule`, `waypost:need`, `waypost:hidden`, `waypost:timezone`. */
  fields: z.record(z.string(), MappedValue),
});
export type RecordMapping = z.infer<typeof RecordMapping>;

export const TableMapping = z.strictObject({
  table: z.string().describe('Name of the table; "*" stands for any run of characters'),
  key: z.strictObject({ column: Column.optional(), scope: Column.optional() }).describe('The id column, and the column within which ids are unique'),
  newest: Column.optional().describe('Column with the date by which the newest of two rows with one key wins'),
  records: z.array(RecordMapping).min(1),
  ignore: z.array(Column).default([]).describe('Columns that are left out; every other column is kept as an attribute'),
});
export type TableMapping = z.infer<typeof TableMapping>;

export const ImportMapping = z
  .strictObject({
    mapping: z.string().describe('Its name'),
    match: z.strictObject({ columns: z.array(Column).min(1) }).optional().describe('Offered for tables that have all these columns'),
    source: z.string().optional(),
    tables: z.array(TableMapping).min(1),
  })
  .describe('An import mapping');
export type ImportMapping = z.infer<typeof ImportMapping>;
