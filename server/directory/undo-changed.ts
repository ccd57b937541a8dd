// The part of an undo that sets fields back: each change of the act is inverted against the record as it is now, the last
// change first. A field that has another value by now was changed since: it stays.

import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { NewChange } from '../db/acts.ts';
import { isAmong } from './among.ts';
import { keyOf, parseBefore, readRecords, type RecordKey } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';
import type { UndoConflict, Undoing } from './undoing.ts';

const PAGE = 500;

interface Update extends RecordKey {
  seq: number;
  before: StoredRecord;
}

/** Gives how many records were set back. */
export async function setBackChanged(undoing: Undoing): Promise<number> {
  const { trx, act } = undoing;
  const touched = new Set<string>();
  const inputRows = new Set<number>();
  let below = act.last + 1;
  for (;;) {
    const rows = await trx
      .selectFrom('change')
      .select(['seq', 'object', 'record_id', 'before'])
      .where('act_id', '=', act.id)
      .where('op', '=', 'update')
      .where('seq', '<', below)
      .orderBy('seq', 'desc')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) break;
    below = rows.at(-1)?.seq ?? 0;
    const updates = rows.map((row): Update => ({
      seq: row.seq,
      object: row.object as HsdsObject,
      id: row.record_id,
      before: parseBefore(row.before) ?? {},
    }));
    for (const record of await invert(undoing, updates)) {
      touched.add(keyOf(record));
      if (typeof record.before['source_row'] === 'number') inputRows.add(record.before['source_row']);
    }
  }
  await forgetInput(undoing, inputRows);
  return touched.size;
}

async function invert(undoing: Undoing, updates: readonly Update[]): Promise<Update[]> {
  const { trx, writer, position } = undoing;
  // What was created by the act goes as a whole.
  const own = await listCreatedInAct(undoing, updates);
  const current = await readRecords(trx, updates);
  const next = new Map<number, StoredRecord | null>();
  // The same record may come several times in one page, the latest change first: each is followed by the one met before it.
  const met = new Map<string, Update>();
  for (const update of updates) {
    const later = met.get(keyOf(update));
    if (later) next.set(update.seq, later.before);
    met.set(keyOf(update), update);
  }
  const following = await readFollowing(
    undoing,
    updates.filter(({ seq }) => !next.has(seq)),
  );
  const changes: NewChange[] = [];
  const done: Update[] = [];
  for (const update of updates) {
    const key = keyOf(update);
    if (own.has(key)) continue;
    const now = current.get(key);
    if (!now) {
      undoing.conflict(conflictOf(update, 'gone', []));
      continue;
    }
    const after = next.get(update.seq) ?? following.get(update.seq) ?? now;
    const fields = listDifferences(update.object, update.before, after);
    const { set, conflicts } = settle(undoing, update, { fields, after, now });
    for (const conflict of conflicts) undoing.conflict(conflict);
    if (Object.keys(set).length === 0) continue;
    await trx
      .updateTable(update.object)
      .set(set as never)
      .where('id', '=', update.id)
      .execute();
    changes.push({ object: update.object, recordId: update.id, op: 'update', before: now });
    current.set(key, { ...now, ...set });
    done.push(update);
  }
  await writer.record(changes);
  return done.filter(({ seq }) => seq <= position);
}

interface Values {
  fields: readonly string[];
  /** The record as the change left it. */
  after: StoredRecord;
  now: StoredRecord;
}

/** Which fields go back, and which stay as someone left them since. */
function settle(undoing: Undoing, update: Update, { fields, after, now }: Values): { set: StoredRecord; conflicts: UndoConflict[] } {
  const { object, before } = update;
  const changedSince = new Set(listDifferences(object, after, now));
  const alreadyBack = listDifferences(object, before, now);
  const set: StoredRecord = {};
  const stay: string[] = [];
  let shown = false;
  for (const field of fields) {
    if (!alreadyBack.includes(field)) continue;
    if (changedSince.has(field)) stay.push(field);
    else if (field === 'hidden' && !undoing.unhide && now['hidden'] !== 0) shown = true;
    else set[field] = before[field] ?? null;
  }
  // The coarse cell of a hidden place belongs to its being hidden.
  if (shown) delete set['cell'];
  const wanted = (field: string) => ({ field, wanted: before[field] ?? null, current: now[field] ?? null });
  return {
    set,
    conflicts: [
      ...(stay.length > 0 ? [conflictOf({ ...update, before: now }, 'changed', stay.map(wanted))] : []),
      ...(shown ? [conflictOf(update, 'hidden', [wanted('hidden')])] : []),
    ],
  };
}

function conflictOf(
  record: RecordKey & { before: StoredRecord },
  kind: UndoConflict['kind'],
  fields: UndoConflict['fields'],
): UndoConflict {
  return { object: record.object, id: record.id, kind, name: nameOf(record.object, record.before), fields };
}

/** By what a record is recognised in a list. */
export function nameOf(object: HsdsObject, record: StoredRecord | null | undefined): string | null {
  const column =
    { phone: 'number', address: 'address_1', required_document: 'document', url: 'url', schedule: 'description' }[object as string] ??
    'name';
  const value = record?.[column] ?? null;
  return value === null || value === '' ? null : String(value);
}

/** For each update the record as the next change after it found it; absent: there was none. */
async function readFollowing({ trx }: Undoing, updates: readonly Update[]): Promise<Map<number, StoredRecord | null>> {
  const found = new Map<number, StoredRecord | null>();
  if (updates.length === 0) return found;
  const lowest = Math.min(...updates.map(({ seq }) => seq));
  const rows = await trx
    .selectFrom('change')
    .select(['seq', 'object', 'record_id', 'before'])
    .where(
      isAmong(
        trx,
        'record_id',
        updates.map(({ id }) => id),
      ),
    )
    .where('seq', '>', lowest)
    .orderBy('seq')
    .execute();
  const byRecord = Map.groupBy(rows, (row) => keyOf({ object: row.object as HsdsObject, id: row.record_id }));
  for (const update of updates) {
    const later = byRecord.get(keyOf(update))?.find((row) => row.seq > update.seq);
    if (later) found.set(update.seq, parseBefore(later.before));
  }
  return found;
}

async function listCreatedInAct({ trx, act, created }: Undoing, updates: readonly Update[]): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('change')
    .select(['object', 'record_id'])
    .where('act_id', '=', act.id)
    .where('op', '=', 'create')
    .where(
      isAmong(
        trx,
        'record_id',
        updates.map(({ id }) => id),
      ),
    )
    .execute();
  const own = new Set(rows.map((row) => keyOf({ object: row.object as HsdsObject, id: row.record_id })));
  for (const update of updates) {
    const row = update.before['source_row'];
    if (typeof row === 'number' && created.some((range) => range.first <= row && row <= range.last)) own.add(keyOf(update));
  }
  return own;
}

/** What the input said no longer stands: the next import compares these rows again, whatever their hash was. */
async function forgetInput({ trx, act }: Undoing, inputRows: ReadonlySet<number>): Promise<void> {
  await trx.updateTable('source_row').set({ hash: '' }).where('act_id', '=', act.id).where('created_by', '!=', act.id).execute();
  const ids = [...inputRows];
  for (let at = 0; at < ids.length; at += PAGE) {
    await trx
      .updateTable('source_row')
      .set({ hash: '' })
      .where('id', 'in', ids.slice(at, at + PAGE))
      .execute();
  }
}
