// What people changed here since a record was last imported: the base for comparing three ways.

import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { inPieces } from './bulk-write.ts';
import type { FoundRecord } from './import-apply.ts';
import type { StoredRecord } from './record-columns.ts';

export interface LocalEdit {
  /** The record as the last import left it. */
  base: StoredRecord;
  deleted: boolean;
}

/** Local edits by record id: those after the last act of an import, of which the first one's `before` is the base. */
export async function findLocalEdits(db: Kysely<Database>, records: readonly Pick<FoundRecord, 'id'>[]): Promise<Map<string, LocalEdit>> {
  const edits = new Map<string, LocalEdit>();
  for (const ids of inPieces([...new Set(records.map(({ id }) => id))])) {
    const changes = await db
      .selectFrom('change')
      .innerJoin('act', 'act.id', 'change.act_id')
      .select(['change.record_id', 'change.op', 'change.before', 'act.kind'])
      .where('change.record_id', 'in', ids)
      .orderBy('change.seq')
      .execute();
    for (const change of changes) {
      if (change.kind === 'import' || change.kind === 'demo') edits.delete(change.record_id);
      else if (change.before !== null && !edits.has(change.record_id)) {
        edits.set(change.record_id, { base: JSON.parse(change.before) as StoredRecord, deleted: change.op === 'delete' });
      }
    }
  }
  return edits;
}
