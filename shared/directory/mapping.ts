// How a foreign table becomes HSDS records: which table gives which objects, which columns give which fields.

import { z } from 'zod';
import { HSDS_OBJECTS, type HsdsObject } from './hsds.ts';
import { isLegacyName } from './legacy-hsds.ts';

const Column = z.string().min(1);
const Columns = z.union([Column, z.array(Column).min(1)]);
const ObjectName = z.enum(HSDS_OBJECTS as [HsdsObject, ...HsdsObject[]]);

/** Where a field's value comes from. A column inside a nested object is written with dots: `address.city`. */
export const MappedValue = z.union([
  Column.describe('A column'),
  z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) }),
  z.strictObject({ first: z.array(Column).min(1) }).describe('The first of these columns that is not empty'),
  z.strictObject({ join: z.array(Column).min(1), with: z.string().default(' ') }),
  z.strictObject({ column: Column, split: z.string(), part: z.number().int().min(0) }).describe('One part of a cell'),
  z
    .strictObject({ column: Columns, lookup: z.record(z.string(), z.string()), otherwise: z.string().optional() })
    .describe('What stands for the value of a cell, or for one of the values of a list; upper and lower case are the same'),
  z
    .strictObject({ column: Column, refersTo: z.strictObject({ table: z.string(), column: z.string().default('id') }) })
    .describe('The id of a record that another table gives'),
]);
export type MappedValue = z.infer<typeof MappedValue>;

export const RecordMapping = z.strictObject({
  object: ObjectName,
  /** One record for each part of this cell, or each item of a list; the part is the column `$part`, a field of it `$part.name`. */
  each: z.strictObject({ column: Column, split: z.string().optional() }).optional(),
  /** Fields of HSDS, and ours: `waypost:type`, `waypost:rule`, `waypost:need`, `waypost:hidden`, `waypost:timezone`. */
  fields: z.record(z.string(), MappedValue),
});
export type RecordMapping = z.infer<typeof RecordMapping>;

const TableName = z.string().describe('Name of the table; "*" stands for any run of characters');

const Join = z
  .strictObject({ table: Column, on: Column, matches: Column, columns: z.array(Column).min(1) })
  .describe('Columns of another table, found by `on` of this table in `matches` of that one, as columns `table.column` of this one');

export const TableMapping = z.strictObject({
  table: TableName,
  key: z
    .strictObject({ column: Columns.optional(), scope: Column.optional() })
    .describe('The id column (or several: the first that is not empty), and the column within which ids are unique'),
  join: z.array(Join).optional(),
  newest: Column.optional().describe('Column with the date by which the newest of two rows with one key wins'),
  records: z.array(RecordMapping).min(1),
  ignore: z.array(Column).default([]).describe('Columns that are left out; every other column is kept as an attribute'),
});
export type TableMapping = z.infer<typeof TableMapping>;

export const HsdsTable = z
  .strictObject({
    table: TableName,
    hsds: ObjectName.describe('The HSDS object that each row or record is'),
    legacy: z
      .string()
      .refine(isLegacyName)
      .optional()
      .describe('Layout of HSDS 1 or 2 that the table has: its rows are brought to version 3'),
    join: z.array(Join).optional(),
  })
  .describe('A table that speaks HSDS already: its columns are the fields of one object, nested ones included');
export type HsdsTable = z.infer<typeof HsdsTable>;

export const ImportMapping = z
  .strictObject({
    mapping: z.string().describe('Its name'),
    match: z
      .strictObject({ columns: z.array(Column).min(1).describe('Names of columns') })
      .optional()
      .describe('Offered for tables that have all these columns'),
    source: z.string().optional().describe('Under which the records are kept, where nobody says another'),
    tables: z
      .array(z.union([TableMapping, HsdsTable]))
      .min(1)
      .describe('Tables, each with what its columns mean'),
  })
  .describe('An import mapping');
export type ImportMapping = z.infer<typeof ImportMapping>;

/** The part of a mapping that is for this table, if any: the first whose name fits. */
export function findTable(mapping: ImportMapping, table: string): TableMapping | HsdsTable | undefined {
  return mapping.tables.find((candidate) => fitsName(candidate.table, table));
}

function fitsName(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return parts.length > 1 && new RegExp(`^${parts.join('.*')}$`, 'i').test(name);
}
