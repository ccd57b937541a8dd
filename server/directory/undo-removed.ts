// The part of an undo that brings back what an act removed, out of its history and set by set inside the database.
// What was made again since stays as it is, and nothing comes back to something that is gone itself.

import { sql, type RawBuilder } from 'kysely';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import { REFERENCES_FROM } from '#shared/directory/references.ts';
import { reserve } from '../db/acts.ts';
import { CREATED_ROWS, formatCreatedRows } from '../db/created-rows.ts';
import { inPieces } from './bulk-write.ts';
import { keyOf, parseBefore } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';
import { jsonAsRow, notAmong, tableColumns } from './record-json.ts';
import { nameOf } from './undo-changed.ts';
import type { Database } from '../db/schema.ts';
import type { Undoing } from './undoing.ts';

const LISTED = 1000;

/** Gives how many records came back. */
export async function bringBackRemoved(undoing: Undoing): Promise<number> {
  const { trx, act } = undoing;
  const rows = await trx.selectFrom('change').select('object').distinct().where('act_id', '=', act.id).where('op', '=', 'delete').execute();
  const objects = HSDS_OBJECTS.filter((object) => rows.some((row) => row.object === object));
  if (objects.length === 0) return 0;
  const inputRows = await bringBackInputRows(undoing);
  const orphans = await findOrphans(undoing, objects);
  let count = 0;
  for (const object of objects) {
    await tellExisting(undoing, object);
    count += await bringBack(undoing, object, { left: orphans.get(object) ?? new Set(), inputRows });
  }
  return count;
}

type Range = { first: number; last: number };

/** The act's removals of an object's records as `c`, but for those that are there again. */
function removals({ act }: Undoing, object: HsdsObject): RawBuilder<unknown> {
  return sql`c.act_id = ${sql.lit(act.id)} and c.object = ${sql.lit(object)} and c.op = 'delete'
    and not exists (select 1 from ${sql.table(object)} as there where there.id = c.record_id)`;
}

async function bringBack(
  undoing: Undoing,
  object: HsdsObject,
  { left, inputRows }: { left: ReadonlySet<string>; inputRows: readonly Range[] },
): Promise<number> {
  const { trx, writer } = undoing;
  const wanted = sql`${removals(undoing, object)} and ${notAmong(trx, 'c.record_id', left)}`;
  const { join, values } = jsonAsRow(trx, object, 'c.before');
  const columns = tableColumns(object);
  const row = values[columns.indexOf('source_row')];
  // What came with an input row that is back is told with that row.
  const told = inputRows.map(({ first, last }) => sql`(${row} is not null and ${row} between ${sql.lit(first)} and ${sql.lit(last)})`);
  const first = await reserve(trx, 'change', 0);
  const { numAffectedRows = 0n } = await sql`
    insert into change (seq, act_id, object, record_id, op, before, owner_id)
    select ${sql.lit(first - 1)} + row_number() over (order by c.seq), ${sql.lit(writer.id)}, ${sql.lit(object)}, c.record_id, 'create', null, null
    from change as c ${join} where ${wanted} ${told.length > 0 ? sql`and not (${sql.join(told, sql` or `)})` : sql``}`.execute(trx);
  if (numAffectedRows > 0n) await reserve(trx, 'change', Number(numAffectedRows));
  const inserted = await sql`
    insert into ${sql.table(object)} (${sql.join(columns.map((column) => sql.ref(column)))})
    select ${sql.join(values)} from change as c ${join} where ${wanted}`.execute(trx);
  return Number(inserted.numAffectedRows ?? 0n);
}

/** Records that were made again since: a difference to what was removed is told, and stays. */
async function tellExisting(undoing: Undoing, object: HsdsObject): Promise<void> {
  const { trx, act, position } = undoing;
  if (position === act.last) return;
  const { rows } = await sql<{ id: string; before: string }>`
    select c.record_id as id, c.before from change as c join ${sql.table(object)} as t on t.id = c.record_id
    where c.act_id = ${act.id} and c.object = ${object} and c.op = 'delete' limit ${LISTED}`.execute(trx);
  for (const piece of inPieces(rows)) {
    const ids = piece.map(({ id }) => id);
    const current = await trx.selectFrom(object).selectAll().where('id', 'in', ids).execute();
    for (const { id, before } of piece) {
      const wanted = parseBefore(before) ?? {};
      const now = current.find((row) => row.id === id) as unknown as StoredRecord;
      const fields = listDifferences(object, wanted, now);
      if (fields.length === 0) continue;
      const told = fields.map((field) => ({ field, wanted: wanted[field] ?? null, current: now[field] ?? null }));
      undoing.conflict({ object, id, kind: 'exists', name: nameOf(object, now), fields: told });
    }
  }
}

/** Removed records that belonged to something which others removed since: they stay away, and what belongs to them. */
async function findOrphans(undoing: Undoing, objects: readonly HsdsObject[]): Promise<Map<HsdsObject, Set<string>>> {
  const { trx, act, position } = undoing;
  const orphans = new Map<HsdsObject, Set<string>>();
  const later = await trx
    .selectFrom('change')
    .select(['object', 'record_id as id'])
    .where('seq', '>', act.last)
    .where('seq', '<=', position)
    .where('op', '=', 'delete')
    .execute();
  if (later.length === 0) return orphans;
  const gone = new Set(later.map(({ object, id }) => keyOf({ object: object as HsdsObject, id })));
  for (const key of await listThere(undoing, later)) gone.delete(key);
  for (let before = -1; gone.size !== before;) {
    before = gone.size;
    for (const object of objects) {
      const rows = await trx
        .selectFrom('change')
        .select(['record_id as id', 'before'])
        .where('act_id', '=', act.id)
        .where('object', '=', object)
        .where('op', '=', 'delete')
        .execute();
      for (const { id, before: json } of rows) {
        const record = parseBefore(json) ?? {};
        if (gone.has(keyOf({ object, id })) || !hangsOn(object, record, gone)) continue;
        gone.add(keyOf({ object, id }));
        orphans.set(object, (orphans.get(object) ?? new Set()).add(id));
        undoing.conflict({ object, id, kind: 'gone', name: nameOf(object, record), fields: [] });
      }
    }
  }
  return orphans;
}

async function listThere({ trx }: Undoing, records: readonly { object: Database['change']['object']; id: string }[]): Promise<string[]> {
  const there: string[] = [];
  for (const [object, list] of Map.groupBy(records, (record) => record.object)) {
    if (object === CREATED_ROWS) continue;
    for (const piece of inPieces(list.map(({ id }) => id))) {
      const rows = await trx.selectFrom(object).select('id').where('id', 'in', piece).execute();
      there.push(...rows.map(({ id }) => keyOf({ object, id })));
    }
  }
  return there;
}

function hangsOn(object: HsdsObject, record: StoredRecord, gone: ReadonlySet<string>): boolean {
  return (REFERENCES_FROM.get(object) ?? []).some(({ column, to, entity }) => {
    const id = record[column];
    return typeof id === 'string' && (!entity || record[entity] === to) && gone.has(keyOf({ object: to, id }));
  });
}

/** Input rows that the act forgot are known again, but for those that were read anew. */
async function bringBackInputRows({ trx, act, writer }: Undoing): Promise<Range[]> {
  const back: Range[] = [];
  const changes = await trx
    .selectFrom('change')
    .select('before')
    .where('act_id', '=', act.id)
    .where('op', '=', 'delete')
    .where(sql<boolean>`object = ${sql.lit(CREATED_ROWS)}`)
    .orderBy('seq')
    .execute();
  for (const { before } of changes) {
    const rows = JSON.parse(before ?? '[]') as Database['source_row'][];
    const taken = new Set<string>();
    for (const piece of inPieces(rows)) {
      const keys = piece.map(({ key }) => key);
      const known = await trx.selectFrom('source_row').select(['source_id', 'key']).where('key', 'in', keys).execute();
      for (const { source_id: source, key } of known) taken.add(`${source} ${key}`);
    }
    const free = rows.filter(({ source_id: source, key }) => !taken.has(`${source} ${key}`));
    for (const piece of inPieces(free)) await trx.insertInto('source_row').values(piece).execute();
    for (const { id } of free) {
      const range = back.at(-1);
      if (range && range.last === id - 1) range.last = id;
      else back.push({ first: id, last: id });
    }
  }
  for (const range of back) {
    await trx
      .insertInto('change')
      .values({
        seq: await reserve(trx, 'change'),
        act_id: writer.id,
        object: CREATED_ROWS,
        record_id: formatCreatedRows(range),
        op: 'create',
        before: null,
        owner_id: null,
      })
      .execute();
  }
  return back;
}
