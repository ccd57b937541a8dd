// Whole records as JSON inside the database, and back: what is removed by the thousand never passes through this process.

import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { Database } from '../db/schema.ts';
import { isPostgres } from './bulk-write.ts';
import { columnsOf } from './record-columns.ts';

/** Every column of an object's table. */
export function tableColumns(object: HsdsObject): readonly string[] {
  return ['id', ...columnsOf(object), 'source_row'];
}

/** The row of `alias` as JSON without its empty columns, as `change.before` keeps it. */
export function rowAsJson(db: Kysely<Database>, object: HsdsObject, alias: string): RawBuilder<string> {
  if (isPostgres(db)) return sql`json_strip_nulls(to_json(${sql.ref(alias)}))::text`;
  const pairs = tableColumns(object).map((column) => sql`${sql.lit(column)}, ${sql.ref(`${alias}.${column}`)}`);
  return sql`json_patch('{}', json_object(${sql.join(pairs)}))`;
}

/** `from` and the columns to select, for reading records of an object back out of a JSON column. */
export function jsonAsRow(
  db: Kysely<Database>,
  object: HsdsObject,
  json: string,
): { join: RawBuilder<unknown>; values: RawBuilder<unknown>[] } {
  const columns = tableColumns(object);
  const read = (column: string) =>
    isPostgres(db) ? sql`${sql.ref(`kept.${column}`)}` : sql`json_extract(${sql.ref(json)}, ${sql.lit(`$.${column}`)})`;
  return {
    join: isPostgres(db) ? sql`cross join lateral json_populate_record(null::${sql.table(object)}, ${sql.ref(json)}::json) as kept` : sql``,
    // The one column that is never empty.
    values: columns.map((column) => (column === 'hidden' ? sql`coalesce(${read(column)}, 0)` : read(column))),
  };
}

/** The first column of a JSON array of arrays as rows, for `in (…)` and `from`. */
export function notAmong(db: Kysely<Database>, column: string, ids: Iterable<string>): RawBuilder<boolean> {
  const list = [...ids];
  if (list.length === 0) return sql<boolean>`1 = 1`;
  if (isPostgres(db))
    return sql<boolean>`not exists (select 1 from unnest(${list}::text[]) as other(id) where other.id = ${sql.ref(column)})`;
  return sql<boolean>`${sql.ref(column)} not in (select value from json_each(${JSON.stringify(list)}))`;
}
