// The part of an undo that removes what an act created: set by set inside the database, however many records there are.
// What was changed since stays, and so does all that belongs to it: a service keeps its place, its telephones, its hours.

import { sql, type RawBuilder } from 'kysely';
import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from '#shared/directory/hsds.ts';
import { PARTS_OF, REFERENCES, REFERENCES_FROM, type Reference } from '#shared/directory/references.ts';
import { OWNER_COLUMNS, reserve } from '../db/acts.ts';
import { CREATED_ROWS, formatCreatedRows } from '../db/created-rows.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';
import { parseBefore, type RecordKey } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';
import { notAmong, rowAsJson } from './record-json.ts';
import { nameOf } from './undo-changed.ts';
import type { Undoing } from './undoing.ts';

/** Input rows noted as removed by one change. */
const ROWS_A_CHANGE = 1000;

/** Gives how many records were removed. */
export async function removeCreated(undoing: Undoing): Promise<number> {
  const objects = await listCreatedObjects(undoing);
  if (objects.length === 0) return 0;
  const kept = new Kept();
  await keepChanged(undoing, objects, kept);
  await keepUsed(undoing, objects, kept);
  await keepWholes(undoing, kept);
  let removed = 0;
  for (const object of objects) removed += await remove(undoing, object, kept);
  if (removed > 0) await removeInputRows(undoing);
  return removed;
}

/** Records that stay, by object. */
class Kept {
  readonly #ids = new Map<HsdsObject, Set<string>>();
  /** Those whose surroundings have not been looked at yet. */
  #fresh: RecordKey[] = [];

  add(object: HsdsObject, id: string): boolean {
    const ids = this.#ids.get(object) ?? new Set();
    if (ids.has(id)) return false;
    this.#ids.set(object, ids.add(id));
    this.#fresh.push({ object, id });
    return true;
  }

  of(object: HsdsObject): ReadonlySet<string> {
    return this.#ids.get(object) ?? new Set();
  }

  takeFresh(): RecordKey[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

/** Condition that the act created the row of `alias`: told one by one, or with its input row. */
function isCreated({ act, created }: Undoing, object: HsdsObject, alias: string): RawBuilder<boolean> {
  // Never null, so that it can be negated.
  const row = sql`coalesce(${sql.ref(`${alias}.source_row`)}, 0)`;
  const byRow = created.map(({ first, last }) => sql`${row} between ${sql.lit(first)} and ${sql.lit(last)}`);
  const told = sql`exists (select 1 from change as own where own.record_id = ${sql.ref(`${alias}.id`)} and own.act_id = ${sql.lit(act.id)}
    and own.object = ${sql.lit(object)} and own.op = 'create')`;
  return sql<boolean>`(${sql.join([...byRow, told], sql` or `)})`;
}

async function listCreatedObjects({ trx, act, created }: Undoing): Promise<HsdsObject[]> {
  if (created.length > 0) return HSDS_OBJECTS;
  const rows = await trx.selectFrom('change').select('object').distinct().where('act_id', '=', act.id).where('op', '=', 'create').execute();
  return HSDS_OBJECTS.filter((object) => rows.some((row) => row.object === object));
}

/** What is no longer as the act left it. */
async function keepChanged(undoing: Undoing, objects: readonly HsdsObject[], kept: Kept): Promise<void> {
  const { trx, act, position } = undoing;
  if (position === act.last) return;
  for (const object of objects) {
    const { rows } = await sql<{ id: string; seq: number }>`
      select later.record_id as id, min(later.seq) as seq from change as later join ${sql.table(object)} as t on t.id = later.record_id
      where later.seq > ${act.last} and later.seq <= ${position} and later.object = ${object} and ${isCreated(undoing, object, 't')}
      group by later.record_id`.execute(trx);
    for (const piece of inPieces(rows)) {
      const seqs = piece.map(({ seq }) => Number(seq));
      const changes = await trx.selectFrom('change').select(['record_id', 'op', 'before']).where('seq', 'in', seqs).execute();
      const ids = piece.map(({ id }) => id);
      const current = await trx
        .selectFrom(object)
        .selectAll()
        .where(isAmong(trx, 'id', ids))
        .execute();
      const byId = new Map(current.map((row) => [row.id, row as unknown as StoredRecord]));
      for (const { record_id: id, op, before } of changes) {
        const now = byId.get(id) as StoredRecord;
        const after = parseBefore(before) ?? {};
        const fields = op === 'create' ? [] : listDifferences(object, after, now);
        if (op !== 'create' && fields.length === 0) continue;
        kept.add(object, id);
        // Created again by someone else: no part of the act.
        if (op === 'create') continue;
        const told = fields.map((field) => ({ field, wanted: after[field] ?? null, current: now[field] ?? null }));
        undoing.conflict({ object, id, kind: 'changed', name: nameOf(object, now), fields: told });
      }
    }
  }
}

/** What something hangs on that came after the act; what it created and someone changed is kept already. */
async function keepUsed(undoing: Undoing, objects: readonly HsdsObject[], kept: Kept): Promise<void> {
  const { trx, act, position, laterRows } = undoing;
  if (position === act.last) return;
  for (const reference of REFERENCES) {
    const { from, column, to } = reference;
    if (!objects.includes(to)) continue;
    const laterRow = laterRows === Infinity ? sql`` : sql`or r.source_row >= ${laterRows}`;
    const { rows } = await sql<{ used: string }>`
      select distinct t.id as used from ${sql.table(from)} as r join ${sql.table(to)} as t on t.id = ${sql.ref(`r.${column}`)} ${sayEntity(reference)}
      where (r.id in (select record_id from change where object = ${from} and seq > ${act.last} and seq <= ${position}) ${laterRow})
      and ${isCreated(undoing, to, 't')} and not ${isCreated(undoing, from, 'r')}`.execute(trx);
    for (const { used } of rows) {
      if (kept.add(to, used))
        undoing.conflict({ object: to, id: used, kind: 'in_use', name: await findName(undoing, to, used), fields: [] });
    }
  }
}

function sayEntity({ entity, to }: Reference): RawBuilder<unknown> {
  return entity ? sql`and ${sql.ref(`r.${entity}`)} = ${to}` : sql``;
}

async function findName({ trx }: Undoing, object: HsdsObject, id: string): Promise<string | null> {
  return nameOf(object, (await trx.selectFrom(object).selectAll().where('id', '=', id).executeTakeFirst()) as StoredRecord | undefined);
}

/** What kept records refer to, and their parts, stay too: no half of anything. */
async function keepWholes(undoing: Undoing, kept: Kept): Promise<void> {
  const { trx } = undoing;
  for (let fresh = kept.takeFresh(); fresh.length > 0; fresh = kept.takeFresh()) {
    for (const [object, keys] of Map.groupBy(fresh, (key) => key.object)) {
      for (const piece of inPieces(keys)) {
        const ids = piece.map(({ id }) => id);
        for (const reference of REFERENCES_FROM.get(object) ?? []) {
          const { rows } = await sql<{ id: string }>`
            select distinct t.id from ${sql.table(object)} as r join ${sql.table(reference.to)} as t
            on t.id = ${sql.ref(`r.${reference.column}`)} ${sayEntity(reference)}
            where ${isAmong(trx, 'r.id', ids)} and ${isCreated(undoing, reference.to, 't')}`.execute(trx);
          for (const { id } of rows) kept.add(reference.to, id);
        }
        for (const reference of PARTS_OF.get(object) ?? []) {
          const { rows } = await sql<{ id: string }>`
            select r.id from ${sql.table(reference.from)} as r
            where ${isAmong(trx, `r.${reference.column}`, ids)} ${sayEntity(reference)} and ${isCreated(undoing, reference.from, 'r')}`.execute(
            trx,
          );
          for (const { id } of rows) kept.add(reference.from, id);
        }
      }
    }
  }
}

async function remove(undoing: Undoing, object: HsdsObject, kept: Kept): Promise<number> {
  const { trx, writer } = undoing;
  const doomed = sql<boolean>`${isCreated(undoing, object, 't')} and ${notAmong(trx, 't.id', kept.of(object))}`;
  // Raises the counter by none: the number that comes next, and nobody else takes it meanwhile.
  const first = await reserve(trx, 'change', 0);
  const owners = OWNER_COLUMNS.filter((column) => column in hsdsDefinition(object).fields).map((column) => sql.ref(`t.${column}`));
  const owner = owners.length === 0 ? sql`null` : owners.length === 1 ? owners[0] : sql`coalesce(${sql.join(owners)})`;
  const { numAffectedRows = 0n } = await sql`
    insert into change (seq, act_id, object, record_id, op, before, owner_id)
    select ${sql.lit(first - 1)} + row_number() over (order by t.id), ${sql.lit(writer.id)}, ${sql.lit(object)}, t.id, 'delete',
      ${rowAsJson(trx, object, 't')}, ${owner}
    from ${sql.table(object)} as t where ${doomed}`.execute(trx);
  const count = Number(numAffectedRows);
  if (count === 0) return 0;
  await reserve(trx, 'change', count);
  await sql`delete from ${sql.table(object)} as t where ${doomed}`.execute(trx);
  return count;
}

/** Input rows of which nothing is left are as if they had never been read; the others are compared again next time. */
async function removeInputRows(undoing: Undoing): Promise<void> {
  const { trx, act, writer, created } = undoing;
  const span = await trx
    .selectFrom('source_row')
    .select((eb) => [eb.fn.min('id').as('first'), eb.fn.max('id').as('last')])
    .where((eb) =>
      eb.or([eb('created_by', '=', act.id), ...created.map(({ first, last }) => eb.and([eb('id', '>=', first), eb('id', '<=', last)]))]),
    )
    .executeTakeFirst();
  if (span?.first === null || span?.first === undefined || span.last === null) return;
  const [first, last] = [Number(span.first), Number(span.last)];
  const used = new Set<number>();
  for (const object of HSDS_OBJECTS) {
    const rows = await trx
      .selectFrom(object)
      .select('source_row')
      .distinct()
      .where('source_row', '>=', first)
      .where('source_row', '<=', last)
      .execute();
    for (const { source_row: row } of rows) used.add(Number(row));
  }
  for (let at = first; at <= last; at += ROWS_A_CHANGE) {
    const to = Math.min(last, at + ROWS_A_CHANGE - 1);
    const rows = await trx.selectFrom('source_row').selectAll().where('id', '>=', at).where('id', '<=', to).orderBy('id').execute();
    const gone = rows.filter(
      ({ id, created_by: by }) => !used.has(id) && (by === act.id || created.some((range) => range.first <= id && id <= range.last)),
    );
    if (gone.length > 0) {
      await trx
        .insertInto('change')
        .values({
          seq: await reserve(trx, 'change'),
          act_id: writer.id,
          object: CREATED_ROWS,
          record_id: formatCreatedRows({ first: at, last: to }),
          op: 'delete',
          before: JSON.stringify(gone),
          owner_id: null,
        })
        .execute();
    }
    const ids = gone.map(({ id }) => id);
    if (ids.length === rows.length) await trx.deleteFrom('source_row').where('id', '>=', at).where('id', '<=', to).execute();
    else {
      for (const piece of inPieces(ids)) await trx.deleteFrom('source_row').where('id', 'in', piece).execute();
      await trx
        .updateTable('source_row')
        .set({ hash: '' })
        .where('id', '>=', at)
        .where('id', '<=', to)
        .where('created_by', '=', act.id)
        .execute();
    }
  }
}
