// What sources gave and was decided against in favour of an edit here: the same difference is not asked about again.

import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';

/** As JSON by record and field; what an import that was undone decided is forgotten. */
export async function readKeptHere(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const piece of inPieces(ids, 2000)) {
    const rows = await db
      .selectFrom('kept_here')
      .select(['record_id', 'field', 'value'])
      .where(isAmong(db, 'record_id', piece))
      .where(sql<boolean>`not exists (select 1 from act where act.undoes = kept_here.act_id)`)
      .execute();
    for (const { record_id, field, value } of rows) kept.set(`${record_id} ${field}`, value);
  }
  return kept;
}
