// Quick fixes: what can be done about a problem without asking more. Each is an edit like any other, one act for all that
// were chosen, with its history and its undo. What is no longer a problem is left alone.

import type { RecordEdit } from '#shared/directory/edit.ts';
import type { QuickFix } from '#shared/directory/quick-fix.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { Actor } from '#server/identity/actor.ts';
import { createTypeFields } from './edit-check.ts';
import { applyEdits, readField } from './edit.ts';
import { keyOf, readRecords, type RecordKey } from './history-state.ts';
import { getProblems } from './problems.ts';

export interface FixRequest {
  code: string;
  /** Resources that have the problem. */
  ids: readonly string[];
  reason: string | null;
  actor: Actor;
  /** Tells what would be done, and does nothing. */
  dryRun?: boolean;
}

export interface FixReport {
  /** The act, for its undo; null where there was nothing to do. */
  act: number | null;
  fixed: number;
  /** What has the problem no longer, or cannot be fixed this way. */
  skipped: string[];
}

type Values = Extract<RecordEdit, { op: 'update' }>['set'];

/** What the record's fields become; what asks for somebody's address is left out where nobody has one. */
function valuesOf({ set }: QuickFix, { today, actor }: { today: string; actor: Actor }): Values {
  return Object.fromEntries(
    Object.entries(set).flatMap(([field, value]): [string, Values[string]][] => {
      if (typeof value !== 'object' || value === null) return [[field, value]];
      if (value.is === 'today') return [[field, today]];
      return actor.user ? [[field, actor.user.email]] : [];
    }),
  );
}

export async function fixProblems(deps: ServerDeps, { code, ids, reason, actor, dryRun }: FixRequest): Promise<FixReport> {
  const live = getProblems(deps);
  const wanted = live.kinds().find((kind) => kind.code === code)?.fix;
  const fix = deps.registry
    .getPoint<QuickFix>('fixes')
    .all()
    .find(({ value }) => value.id === wanted)?.value;
  if (!fix) throw new Problem('bad_request', `There is no quick fix for "${code}": open the listing and mend it there.`);
  const problems = await live.current();
  const { object } = fix;
  const keys = new Map<string, RecordKey>();
  const skipped: string[] = [];
  for (const id of new Set(ids)) {
    const row = problems.find(code, id) && problems.index.findRow(id);
    const record = row === undefined ? undefined : object === 'service' ? problems.index.serviceId(row) : problems.index.location(row)?.id;
    if (record === undefined) skipped.push(id);
    else keys.set(record, { object, id: record });
  }
  if (keys.size === 0) return { act: null, fixed: 0, skipped };
  const values = valuesOf(fix, { today: new Date(deps.clock()).toISOString().slice(0, 10), actor });
  const now = await readRecords(deps.db, keys.values());
  const edits = [...keys.values()].flatMap((key): RecordEdit[] => {
    const record = now.get(keyOf(key));
    if (!record) return [];
    const base = Object.fromEntries(Object.keys(values).map((name) => [name, readField(record, name)]));
    return [{ op: 'update', object, id: key.id, base, set: values }];
  });
  if (dryRun) return { act: null, fixed: edits.length, skipped };
  const outcome = await applyEdits(
    deps.db,
    { edits, reason: reason ?? `Quick fix: ${code}` },
    { actor, at: deps.clock(), typeFields: createTypeFields(deps.registry) },
  );
  if (!outcome.saved) throw new Problem('conflict', 'Someone else changed one of these just now. Nothing was fixed; look again.');
  return { act: outcome.act, fixed: outcome.records, skipped };
}
