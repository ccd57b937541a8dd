// Records as they are, and as they were at a moment: what stood before the first change after it.

import { sql, type Kysely } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { CREATED_ROWS, findCreatedRows } from '../db/created-rows.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';
import type { StoredRecord } from './record-columns.ts';

export interface RecordKey {
  object: HsdsObject;
  id: string;
}

export function keyOf({ object, id }: RecordKey): string {
  return `${object} ${id}`;
}

/** Records as they stand now, by `keyOf`; those that are not there are left out. */
export async function readRecords(db: Kysely<Database>, keys: Iterable<RecordKey>): Promise<Map<string, StoredRecord>> {
  const found = new Map<string, StoredRecord>();
  for (const [object, list] of Map.groupBy(keys, (key) => key.object)) {
    for (const ids of inPieces([...new Set(list.map(({ id }) => id))])) {
      const rows = await db
        .selectFrom(object)
        .selectAll()
        .where(isAmong(db, 'id', ids))
        .execute();
      for (const row of rows) found.set(keyOf({ object, id: row.id }), row as unknown as StoredRecord);
    }
  }
  return found;
}

export interface NextChange {
  seq: number;
  op: Database['change']['op'];
  before: StoredRecord | null;
}

/** The first change after `seq` of each record, by `keyOf`. */
export async function readNextChanges(db: Kysely<Database>, keys: Iterable<RecordKey>, seq: number): Promise<Map<string, NextChange>> {
  const found = new Map<string, NextChange>();
  for (const [object, list] of Map.groupBy(keys, (key) => key.object)) {
    for (const ids of inPieces([...new Set(list.map(({ id }) => id))])) {
      const rows = await db
        .selectFrom('change')
        .select(['seq', 'record_id', 'op', 'before'])
        .where(isAmong(db, 'record_id', ids))
        .where('object', '=', object)
        .where('seq', '>', seq)
        .orderBy('seq')
        .execute();
      for (const row of rows) {
        const key = keyOf({ object, id: row.record_id });
        if (!found.has(key)) found.set(key, { seq: row.seq, op: row.op, before: parseBefore(row.before) });
      }
    }
  }
  return found;
}

export function parseBefore(before: string | null): StoredRecord | null {
  return before === null ? null : (JSON.parse(before) as StoredRecord);
}

/** Input rows whose records were created by one change for all of them, after `seq`. */
export async function readCreations(
  db: Kysely<Database>,
  seq: number,
): Promise<{ seq: number; actId: number; first: number; last: number }[]> {
  const rows = await db
    .selectFrom('change')
    .select(['seq', 'act_id', 'object', 'record_id'])
    // Written out, so that the engine sees that its partial index serves.
    .where(sql<boolean>`object = ${sql.lit(CREATED_ROWS)}`)
    .where('op', '=', 'create')
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute();
  return rows.flatMap((row) => {
    const range = findCreatedRows(row);
    return range ? [{ seq: row.seq, actId: row.act_id, ...range }] : [];
  });
}

/** What records were just after change `seq`, by `keyOf`; null: they were not there. */
export async function readStatesAt(
  db: Kysely<Database>,
  keys: readonly RecordKey[],
  seq: number,
): Promise<Map<string, StoredRecord | null>> {
  const [now, next, creations] = [await readRecords(db, keys), await readNextChanges(db, keys, seq), await readCreations(db, seq)];
  const states = new Map<string, StoredRecord | null>();
  for (const key of keys.map(keyOf)) {
    const change = next.get(key);
    const state = change ? change.before : (now.get(key) ?? null);
    const row = state?.['source_row'];
    const createdLater =
      typeof row === 'number' &&
      creations.some((range) => range.first <= row && row <= range.last && range.seq < (change?.seq ?? Infinity));
    states.set(key, createdLater ? null : state);
  }
  return states;
}
