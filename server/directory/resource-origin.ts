// Where the records behind a resource came from, and what happened to them since. Neither tells what stood there before:
// that may hold what is hidden.

import type { Kysely } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';

const HISTORY_LENGTH = 50;

interface ListedRecord {
  object: HsdsObject;
  id: string;
  sourceRow: number | null | undefined;
}

/** Where its records came from. The input itself is not told: it may hold what is hidden. */
export async function listProvenance(db: Kysely<Database>, sourceRows: Record<string, number | null | undefined>) {
  const found = new Map<string, { source: string; format: string; at: string; objects: string[] }>();
  for (const [object, sourceRow] of Object.entries(sourceRows)) {
    if (sourceRow === null || sourceRow === undefined) continue;
    const row = await db
      .selectFrom('source_row')
      .innerJoin('source', 'source.id', 'source_row.source_id')
      .innerJoin('act', 'act.id', 'source_row.act_id')
      .select(['source.name', 'source.format', 'act.at'])
      .where('source_row.id', '=', sourceRow)
      .executeTakeFirst();
    if (!row) continue;
    const key = `${row.name} ${row.at}`;
    const entry = found.get(key) ?? { source: row.name, format: row.format, at: row.at, objects: [] };
    entry.objects.push(object === 'link' ? 'service_at_location' : object);
    found.set(key, entry);
  }
  return [...found.values()];
}

/** What happened to its records, the newest first: who and when, not what stood there before. */
export async function listChanges(db: Kysely<Database>, records: readonly ListedRecord[]) {
  const changes = await db
    .selectFrom('change')
    .innerJoin('act', 'act.id', 'change.act_id')
    .select(['change.seq', 'change.object', 'change.op', 'change.record_id', 'act.kind', 'act.at', 'act.actor', 'act.reason'])
    .where(
      isAmong(
        db,
        'change.record_id',
        records.map(({ id }) => id).filter((id) => id !== ''),
      ),
    )
    .where(
      'change.object',
      'in',
      records.map(({ object }) => object),
    )
    .orderBy('change.seq', 'desc')
    .limit(HISTORY_LENGTH)
    .execute();
  const told = changes.map(({ record_id: _, ...change }) => change);
  for (const { object, id, sourceRow } of records) {
    // An import tells once of all that it created: whose creation no change tells of came with its input row.
    if (told.length >= HISTORY_LENGTH || changes.some((change) => change.op === 'create' && change.record_id === id)) continue;
    const created = await findCreation(db, sourceRow);
    if (created) told.push({ seq: 0, object, op: 'create', ...created });
  }
  return told;
}

async function findCreation(db: Kysely<Database>, sourceRow: number | null | undefined) {
  if (sourceRow === null || sourceRow === undefined) return undefined;
  return db
    .selectFrom('source_row')
    .innerJoin('act', 'act.id', 'source_row.created_by')
    .select(['act.kind', 'act.at', 'act.actor', 'act.reason'])
    .where('source_row.id', '=', sourceRow)
    .executeTakeFirst();
}
