// Brings a record with all that belongs to it to what it was at a moment, as an act of its own: what came since goes,
// what went comes back, fields are set back. A place that is hidden stays hidden unless that is said.

import type { Kysely, Transaction } from 'kysely';
import { WHOLES } from '#shared/directory/references.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { NewChange } from '../db/acts.ts';
import type { Database } from '../db/schema.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { compare, type RecordChange } from './history.ts';
import { keyOf, readNextChanges, readRecords, readStatesAt, type RecordKey } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';
import { tableColumns } from './record-json.ts';
import { getNamedRecord, readTree } from './record-tree.ts';
import { nameOf } from './undo-changed.ts';

export interface RestoreRequest {
  id: string;
  /** The last change that counts. */
  seq: number;
  /** A place that was hidden since may be seen again. */
  unhide?: boolean | undefined;
}

interface RestoreStep extends RecordKey {
  now: StoredRecord | null;
  then: StoredRecord | null;
}

export interface RestorePlan {
  changes: RecordChange[];
  /** Places that were not hidden then and stay hidden. */
  stayHidden: RecordKey[];
}

/** What a restore would do. */
export async function previewRestore(db: Kysely<Database>, request: RestoreRequest): Promise<RestorePlan> {
  const { steps, stayHidden } = await planSteps(db, request);
  const hidden = await readHiddenPlaces(db);
  return {
    stayHidden,
    changes: steps.map(({ object, id, now, then }) => {
      const shown = then ?? now;
      return {
        object,
        id,
        name: shown && nameOf(object, hidden.withhold(object, shown)),
        op: now === null ? 'create' : then === null ? 'delete' : 'update',
        fields: compare(hidden, object, { before: now, after: then }),
      };
    }),
  };
}

export interface RestoreAct {
  actor: string;
  at: string;
  reason?: string | null;
  /** The last change that the preview had seen: what was changed since makes it out of date. */
  position?: number | undefined;
}

/** Gives the act and how many records it changed. Throws a Problem where nothing differs, or the preview is out of date. */
export async function restore(db: Kysely<Database>, request: RestoreRequest, act: RestoreAct): Promise<{ act: number; records: number }> {
  const { position, ...who } = act;
  const detail = { record: request.id, seq: request.seq };
  return writeDirectoryAct(db, { kind: 'restore', ...who, detail }, async (trx, writer) => {
    const { steps } = await planSteps(trx, request);
    if (steps.length === 0) throw new Problem('unprocessable', 'Nothing differs from that moment: there is nothing to restore.');
    if (position !== undefined && (await readNextChanges(trx, steps, position)).size > 0)
      throw new Problem('conflict', 'Someone changed this while you looked at it. Look at the difference again.');
    const changes: NewChange[] = [];
    for (const step of steps) changes.push(await take(trx, step));
    await writer.record(changes);
    return { act: writer.id, records: changes.length };
  });
}

async function take(trx: Transaction<Database>, { object, id, now, then }: RestoreStep): Promise<NewChange> {
  if (then === null) {
    await trx.deleteFrom(object).where('id', '=', id).execute();
    return { object, recordId: id, op: 'delete', before: now };
  }
  if (now === null) {
    const values = Object.fromEntries(tableColumns(object).map((column) => [column, then[column] ?? (column === 'hidden' ? 0 : null)]));
    await trx
      .insertInto(object)
      .values(values as never)
      .execute();
    return { object, recordId: id, op: 'create', before: null };
  }
  const fields = listDifferences(object, now, then);
  const set = Object.fromEntries(fields.map((field) => [field, then[field] ?? null]));
  await trx
    .updateTable(object)
    .set(set as never)
    .where('id', '=', id)
    .execute();
  return { object, recordId: id, op: 'update', before: now };
}

async function planSteps(
  db: Kysely<Database>,
  { id, seq, unhide }: RestoreRequest,
): Promise<{ steps: RestoreStep[]; stayHidden: RecordKey[] }> {
  const root = await getNamedRecord(db, id);
  const tree = await readTree(db, root);
  const now = await readRecords(db, tree);
  const states = await readStatesAt(db, tree, seq);
  if (!states.get(keyOf(root))) throw new Problem('unprocessable', 'It was not in the directory at that moment.');
  // What it stood for then and no longer does: another place, another organization.
  const former = (await listFormerWholes(db, root, states)).filter((key) => !states.has(keyOf(key)));
  for (const [key, record] of await readRecords(db, former)) now.set(key, record);
  for (const [key, state] of await readStatesAt(db, former, seq)) states.set(key, state);

  const steps: RestoreStep[] = [];
  const stayHidden: RecordKey[] = [];
  for (const key of [...tree, ...former]) {
    const step = { ...key, now: now.get(keyOf(key)) ?? null, then: states.get(keyOf(key)) ?? null };
    // What others may hang on does not go: an organization, a place.
    if (step.then === null && (step.now === null || WHOLES.has(key.object))) continue;
    if (step.then && step.now && step.now['hidden'] && !step.then['hidden'] && !unhide) {
      step.then = { ...step.then, hidden: step.now['hidden'] ?? 1, cell: step.now['cell'] ?? null };
      stayHidden.push(key);
    }
    if (step.now && step.then && listDifferences(key.object, step.now, step.then).length === 0) continue;
    steps.push(step);
  }
  return { steps, stayHidden };
}

async function listFormerWholes(
  db: Kysely<Database>,
  root: RecordKey,
  states: ReadonlyMap<string, StoredRecord | null>,
): Promise<RecordKey[]> {
  const wholes: RecordKey[] = [];
  for (const [key, state] of states) {
    if (!state) continue;
    const add = (object: 'service' | 'location' | 'organization') => {
      const id = state[`${object}_id`];
      if (typeof id === 'string') wholes.push({ object, id });
    };
    if (key.startsWith('service_at_location ') && (key === keyOf(root) || root.object === 'service'))
      ['service' as const, 'location' as const].forEach(add);
    if (key.startsWith('service ')) add('organization');
  }
  const parts = await Promise.all(
    wholes.filter(({ object, id }) => !states.has(keyOf({ object, id }))).map((whole) => readTree(db, whole)),
  );
  return [...wholes, ...parts.flat().filter(({ object }) => !WHOLES.has(object) && object !== 'service_at_location')];
}
