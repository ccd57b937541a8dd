// One parameter for many ids, so that one prepared statement serves lists of any length on both engines.

import { PostgresAdapter, sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import type { Database } from '#server/db/schema.ts';

/** Condition that a column holds one of these ids. */
export function isAmong(db: Kysely<Database>, column: string, ids: readonly string[] | readonly number[]): Expression<SqlBool> {
  const ref = sql.ref(column);
  if (db.getExecutor().adapter instanceof PostgresAdapter)
    return sql<SqlBool>`${ref} = any(${ids}::${sql.raw(typeof ids[0] === 'number' ? 'bigint' : 'text')}[])`;
  return sql<SqlBool>`${ref} in (select value from json_each(${JSON.stringify(ids)}))`;
}
