// Edits by hand: checked as the form checks them, and kept only where what was on screen still stands. Where someone
// else changed the same field meanwhile, nothing is written and both values are told.

import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { EditIssue, EditRequest, EditValue, RecordEdit } from '#shared/directory/edit.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { PARTS_OF } from '#shared/directory/references.ts';
import { coarseCell } from '#shared/geo/cells.ts';
import type { NewChange } from '../db/acts.ts';
import type { Database } from '../db/schema.ts';
import { getActorName, type Actor } from '../identity/actor.ts';
import { isAmong } from './among.ts';
import { checkEdits, type TypeFields } from './edit-check.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import { keyOf, readRecords, type RecordKey } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';

/** A field that someone else changed since it was read. */
export interface EditConflict extends RecordKey {
  /** Null: the record as a whole is gone. */
  field: string | null;
  base: EditValue;
  yours: EditValue;
  /** What stands there now; null where it may not be told. */
  theirs: EditValue;
  by: string;
  at: string;
}

export type EditOutcome =
  | { saved: true; act: number | null; records: number; ids: Record<string, string> }
  | { saved: false; issues: EditIssue[]; conflicts: EditConflict[] };

export interface EditContext {
  actor: Actor;
  /** Milliseconds since 1970. */
  at: number;
  typeFields: TypeFields;
  /** Anything more to keep with the act. */
  detail?: unknown;
  /** Written with the edit, or neither is. */
  beside?: (trx: Transaction<Database>, act: number) => Promise<void>;
}

/** Thrown to leave nothing of an edit that cannot be kept. */
class NotSaved extends Error {
  readonly outcome: EditOutcome;
  constructor(outcome: EditOutcome) {
    super('not saved');
    this.outcome = outcome;
  }
}

export async function applyEdits(db: Kysely<Database>, request: EditRequest, context: EditContext): Promise<EditOutcome> {
  const act = {
    kind: 'edit',
    actor: getActorName(context.actor),
    at: new Date(context.at).toISOString(),
    reason: request.reason || null,
    detail: context.detail,
  } as const;
  try {
    return await writeDirectoryAct(db, act, async (trx, writer) => {
      const issues = await checkEdits(trx, request, context.typeFields);
      if (issues.length > 0) throw new NotSaved({ saved: false, issues, conflicts: [] });
      const current = await readRecords(trx, request.edits);
      const hidden = await readHiddenPlaces(trx);
      const unseen = context.actor.permissions.has('hidden.read') ? [] : listUnseen(hidden, request.edits, current);
      if (unseen.length > 0) throw new NotSaved({ saved: false, issues: unseen, conflicts: [] });
      const conflicts = await findConflicts(trx, request.edits, { current, hidden });
      if (conflicts.length > 0) throw new NotSaved({ saved: false, issues: [], conflicts });
      const ids = new Map<string, string>();
      for (const { op, id } of request.edits) if (op === 'create') ids.set(id, randomUUID());
      const changes: NewChange[] = [];
      for (const edit of request.edits) changes.push(...(await write(trx, edit, { now: current.get(keyOf(edit)), ids })));
      if (changes.length === 0) throw new NotSaved({ saved: true, act: null, records: 0, ids: {} });
      await writer.record(changes);
      await context.beside?.(trx, writer.id);
      return { saved: true, act: writer.id, records: changes.length, ids: Object.fromEntries(ids) };
    });
  } catch (error) {
    if (error instanceof NotSaved) return error.outcome;
    throw error;
  }
}

/** What a field holds now; those of a kind's own stand in `extra`. */
export function readField(record: StoredRecord, name: string): EditValue {
  if (!name.startsWith('extra.')) return record[name] ?? null;
  const extra = JSON.parse(String(record['extra'] ?? '{}')) as Record<string, unknown>;
  const value = extra[name.slice('extra.'.length)] ?? null;
  return typeof value === 'object' ? (value === null ? null : JSON.stringify(value)) : (value as EditValue);
}

/** The record with the values in their columns. */
export function withFields(record: StoredRecord, set: Readonly<Record<string, EditValue>>): StoredRecord {
  const after: StoredRecord = { ...record };
  for (const [name, value] of Object.entries(set)) {
    const kept = value === '' ? null : value;
    if (name.startsWith('extra.')) {
      const extra = JSON.parse(String(after['extra'] ?? '{}')) as Record<string, unknown>;
      if (kept === null) delete extra[name.slice('extra.'.length)];
      else extra[name.slice('extra.'.length)] = kept;
      after['extra'] = Object.keys(extra).length > 0 ? JSON.stringify(extra) : null;
    } else after[name] = typeof kept === 'boolean' ? Number(kept) : kept;
  }
  return after;
}

async function findConflicts(
  trx: Transaction<Database>,
  edits: readonly RecordEdit[],
  { current, hidden }: { current: ReadonlyMap<string, StoredRecord>; hidden: HiddenPlaces },
): Promise<EditConflict[]> {
  const found: Omit<EditConflict, 'by' | 'at'>[] = [];
  for (const edit of edits) {
    const { object, id } = edit;
    const now = current.get(keyOf(edit));
    if (edit.op === 'create') continue;
    if (!now) {
      if (edit.op === 'update') found.push({ object, id, field: null, base: null, yours: null, theirs: null });
      continue;
    }
    if (edit.op !== 'update') continue;
    const told = hidden.withhold(object, now);
    for (const [field, yours] of Object.entries(edit.set)) {
      const [stands, base] = [readField(now, field), edit.base[field] ?? null];
      if (isSame(stands, base) || isSame(stands, yours)) continue;
      found.push({ object, id, field, base, yours, theirs: told && readField(told, field) });
    }
  }
  const who = await readLastActors(trx, found);
  return found.map((conflict) => ({ ...conflict, ...(who.get(keyOf(conflict)) ?? { by: '', at: '' }) }));
}

/** What says where a hidden place is, is edited by those who may see it, and they alone show it again. */
function listUnseen(hidden: HiddenPlaces, edits: readonly RecordEdit[], current: ReadonlyMap<string, StoredRecord>): EditIssue[] {
  return edits.flatMap((edit): EditIssue[] => {
    const { object, id } = edit;
    const record = edit.op === 'create' ? withFields({}, edit.set) : current.get(keyOf(edit));
    if (!record) return [];
    const told = hidden.withhold(object, record);
    if (told === null) return [{ object, id, field: 'id', code: 'unknown_field' }];
    if (edit.op !== 'update') return [];
    if (object === 'location' && record['hidden'] && 'hidden' in edit.set && !edit.set['hidden'])
      return [{ object, id, field: 'hidden', code: 'unknown_field' }];
    return Object.keys(edit.set)
      .filter((field) => readField(told, field) !== readField(record, field))
      .map((field) => ({ object, id, field, code: 'unknown_field' }));
  });
}

/** Flags are 0 and 1 in the table; what is not stated is null, false for a flag. */
export function isSame(a: EditValue, b: EditValue): boolean {
  const plain = (value: EditValue) =>
    value === '' || value === false || value === 0 ? (value === '' ? null : 0) : value === true ? 1 : value;
  return plain(a) === plain(b);
}

async function readLastActors(trx: Transaction<Database>, keys: readonly RecordKey[]): Promise<Map<string, { by: string; at: string }>> {
  const found = new Map<string, { by: string; at: string }>();
  for (const { object, id } of keys) {
    const row = await trx
      .selectFrom('change')
      .innerJoin('act', 'act.id', 'change.act_id')
      .leftJoin('account', 'account.id', 'act.actor')
      .select(['act.actor', 'account.name', 'act.at'])
      .where('change.record_id', '=', id)
      .where('change.object', '=', object)
      .orderBy('change.seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row) found.set(keyOf({ object, id }), { by: row.name ?? row.actor, at: row.at });
  }
  return found;
}

interface Known {
  now: StoredRecord | undefined;
  /** Ids of new records by the names that the caller gave them. */
  ids: ReadonlyMap<string, string>;
}

async function write(trx: Transaction<Database>, edit: RecordEdit, { now, ids }: Known): Promise<NewChange[]> {
  const { object } = edit;
  if (edit.op === 'delete') return now ? removeWithParts(trx, { object, id: edit.id }, now) : [];
  if (edit.op === 'create') {
    const id = ids.get(edit.id) as string;
    const named = Object.fromEntries(
      Object.entries(edit.set).map(([name, value]) => [name, typeof value === 'string' ? (ids.get(value) ?? value) : value]),
    );
    const record = withCell(object, withFields({}, named));
    await trx
      .insertInto(object)
      .values({ ...record, id } as never)
      .execute();
    return [{ object, recordId: id, op: 'create', before: null }];
  }
  if (!now) return [];
  const after = withCell(object, withFields(now, edit.set));
  const fields = listDifferences(object, now, after);
  if (fields.length === 0) return [];
  const set = Object.fromEntries(fields.map((field) => [field, after[field] ?? null]));
  await trx
    .updateTable(object)
    .set(set as never)
    .where('id', '=', edit.id)
    .execute();
  return [{ object, recordId: edit.id, op: 'update', before: now }];
}

/** A hidden place is known by its coarse cell, which goes with its position and with its being hidden. */
export function withCell(object: HsdsObject, record: StoredRecord): StoredRecord {
  if (object !== 'location') return record;
  const { latitude: lat, longitude: lon, hidden } = record;
  const known = typeof lat === 'number' && typeof lon === 'number';
  return { ...record, hidden: hidden ?? 0, cell: hidden ? (known ? coarseCell({ lon, lat }) : (record['cell'] ?? null)) : null };
}

/** A record and its parts: no telephone stays without what it belonged to. */
async function removeWithParts(trx: Transaction<Database>, key: RecordKey, record: StoredRecord): Promise<NewChange[]> {
  const changes: NewChange[] = [];
  for (const { from, column, entity } of PARTS_OF.get(key.object) ?? []) {
    let query = trx
      .selectFrom(from)
      .selectAll()
      .where(isAmong(trx, column, [key.id]));
    if (entity) query = query.where(entity as never, '=', key.object as never);
    for (const part of await query.execute()) {
      const values = part as unknown as StoredRecord;
      changes.push(...(await removeWithParts(trx, { object: from, id: part.id }, values)));
    }
  }
  await trx.deleteFrom(key.object).where('id', '=', key.id).execute();
  return [...changes, { object: key.object, recordId: key.id, op: 'delete', before: record }];
}
