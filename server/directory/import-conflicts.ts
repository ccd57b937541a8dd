// What people changed here and no import has changed since: the base for comparing three ways. Followed field by field
// through the history of a record: an import that changes one field does not make the edit of another one forgotten.

import type { Kysely } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';
import { keyOf, parseBefore, readRecords } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';

export interface LocalEdit {
  /** The record as the imports left it: what stands there differs in what was edited here. */
  base: StoredRecord;
  deleted: boolean;
}

interface Step {
  op: Database['change']['op'];
  before: StoredRecord | null;
  /** The act, and the one that it takes back. */
  act: number;
  undoes: number | null;
  /** An import did it, or took it back. */
  imported: boolean;
}

const PIECE = 2000;

/** Local edits by record id; a record that stands as the imports left it has none. */
export async function findLocalEdits(db: Kysely<Database>, records: readonly { id: string }[]): Promise<Map<string, LocalEdit>> {
  const edits = new Map<string, LocalEdit>();
  let kinds: Map<number, ActKind> | undefined;
  for (const ids of inPieces([...new Set(records.map(({ id }) => id))], PIECE)) {
    const changes = await db
      .selectFrom('change')
      .innerJoin('act', 'act.id', 'change.act_id')
      .select(['change.object', 'change.record_id', 'change.op', 'change.before', 'change.act_id', 'act.kind'])
      .where(isAmong(db, 'change.record_id', ids))
      .orderBy('change.seq')
      .execute();
    const byRecord = Map.groupBy(changes, (change) => keyOf({ object: change.object as HsdsObject, id: change.record_id }));
    // Most records were only ever imported.
    const edited = [...byRecord.values()].filter((list) => list.some(({ kind }) => kind !== 'import' && kind !== 'demo'));
    if (edited.length === 0) continue;
    kinds ??= await readActKinds(db);
    const keys = edited.flatMap(([first]) => (first ? [{ object: first.object as HsdsObject, id: first.record_id }] : []));
    const current = await readRecords(db, keys);
    for (const [i, key] of keys.entries()) {
      const steps = (edited[i] ?? []).map(({ op, before, act_id: act }): Step => {
        const kind = kinds?.get(act);
        return { op, before: parseBefore(before), act, undoes: kind?.undoes ?? null, imported: kind?.imported ?? false };
      });
      const edit = followEdit(key.object, steps, current.get(keyOf(key)) ?? null);
      if (edit) edits.set(key.id, edit);
    }
  }
  return edits;
}

interface ActKind {
  undoes: number | null;
  imported: boolean;
}

/** Undos, and what kind of act stands at the end of each one's chain; an act that is not listed speaks for itself. */
async function readActKinds(db: Kysely<Database>): Promise<Map<number, ActKind>> {
  const acts = await db.selectFrom('act').select(['id', 'kind', 'undoes']).orderBy('id').execute();
  const kinds = new Map<number, ActKind>();
  // What is undone comes before its undo.
  for (const { id, kind, undoes } of acts) {
    kinds.set(id, { undoes, imported: undoes === null ? kind === 'import' || kind === 'demo' : (kinds.get(undoes)?.imported ?? false) });
  }
  return kinds;
}

/**
 * Goes through the changes of one record with what it would be had nobody edited it here. That is told apart from the
 * record with the first edit; from there on imports change it, and undos of imports take their part back.
 */
function followEdit(object: HsdsObject, steps: readonly Step[], current: StoredRecord | null): LocalEdit | undefined {
  let base: StoredRecord | null | undefined;
  const imported = new Map<number, { before: StoredRecord | null; after: StoredRecord | null }>();
  for (const [i, step] of steps.entries()) {
    const after = step.op === 'delete' ? null : i + 1 < steps.length ? (steps[i + 1]?.before ?? null) : current;
    if (!step.imported) {
      if (base === undefined) base = step.before;
      continue;
    }
    const undone = step.undoes === null ? undefined : imported.get(step.undoes);
    const part = undone ? { before: undone.after, after: undone.before } : { before: step.before, after };
    imported.set(step.act, part);
    if (base !== undefined) base = applyPart(object, base, part);
  }
  if (!base) return undefined;
  if (current === null) return steps.at(-1)?.imported ? undefined : { base, deleted: true };
  return listDifferences(object, base, current).length > 0 ? { base, deleted: false } : undefined;
}

function applyPart(
  object: HsdsObject,
  base: StoredRecord | null,
  { before, after }: { before: StoredRecord | null; after: StoredRecord | null },
): StoredRecord | null {
  // What an undo left standing because it was edited is still compared with what the import had made of it.
  if (after === null || base === null || before === null) return after ?? base;
  const changed = listDifferences(object, before, after);
  return { ...base, ...Object.fromEntries(changed.map((field) => [field, after[field] ?? null])) };
}
