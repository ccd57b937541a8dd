// A large first import into SQLite writes without indexes and builds them afterwards: sorting once is several times
// faster than inserting in no order. All inside the import's transaction, so that no reader ever sees it.

import { sql, type Transaction } from 'kysely';
import { HSDS_OBJECTS } from '#shared/directory/hsds.ts';
import type { Database } from '../db/schema.ts';
import { isPostgres } from './bulk-write.ts';

/** Smaller imports do not gain by it. */
const FEWEST_BYTES = 8 << 20;
/** Bytes of input that come to one record, roughly. */
const BYTES_A_RECORD = 200;
/** Pages of the database kept in memory while an import writes. */
const CACHE_KIB = 128 * 1024;

export interface BulkIndexes {
  /** Builds what was taken away; does nothing the second time. */
  restore(): Promise<void>;
}

/** Takes the indexes away where the input is large beside what is there already. */
export async function suspendIndexes(trx: Transaction<Database>, inputBytes: number): Promise<BulkIndexes> {
  if (isPostgres(trx)) return { restore: async () => {} };
  await sql`pragma cache_size = ${sql.lit(-CACHE_KIB)}`.execute(trx);
  const written = await trx.selectFrom('feed').select('value').where('name', '=', 'change').executeTakeFirstOrThrow();
  if (inputBytes < FEWEST_BYTES || written.value > inputBytes / BYTES_A_RECORD) return { restore: async () => {} };
  const tables = [...HSDS_OBJECTS, 'change', 'source_row'];
  const { rows } = await sql<{ name: string; text: string }>`
    select name, sql as text from sqlite_schema where type = 'index' and sql is not null and tbl_name in (${sql.join(tables)})`.execute(
    trx,
  );
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(trx);
  let taken = rows;
  return {
    async restore() {
      for (const { text } of taken) await sql.raw(text).execute(trx);
      taken = [];
    },
  };
}
