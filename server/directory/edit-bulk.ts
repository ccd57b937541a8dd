// One change for many services as one act: looked at first, done only if nothing was changed in between, undone like any
// other act. Read and written set by set; requests get their turn between the pieces.

import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { findIssue, listEditFields, type EditValue } from '#shared/directory/edit.ts';
import { BULK_LISTS, isForMany, type BulkChange, type BulkFilter, type BulkRequest } from '#shared/directory/edit-bulk.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { NewChange } from '../db/acts.ts';
import type { Database } from '../db/schema.ts';
import type { ServerDeps } from '../deps.ts';
import { getActorName, type Actor } from '../identity/actor.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { createTypeFields } from './edit-check.ts';
import { readField, withFields } from './edit.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { compare, type RecordChange } from './history.ts';
import { keyOf, readRecords, type RecordKey } from './history-state.ts';
import { listDifferences, type StoredRecord } from './record-columns.ts';
import { getTextSearch } from './text-search.ts';
import { nameOf } from './undo-changed.ts';

export interface BulkPreview {
  /** Services that were chosen, and records that would change. */
  selected: number;
  changed: number;
  unchanged: number;
  /** The first of them. */
  changes: RecordChange[];
  digest: string;
}

const SHOWN = 50;
const PIECE = 500;

type Deps = Pick<ServerDeps, 'db' | 'directory' | 'registry'>;

interface Planned extends RecordKey {
  now: StoredRecord | null;
  then: StoredRecord;
}

interface Plan {
  selected: number;
  unchanged: number;
  steps: Planned[];
  digest: string;
}

export async function previewBulkEdit(deps: Deps, request: BulkRequest): Promise<BulkPreview> {
  const plan = await planBulk(deps, deps.db, request);
  const hidden = await readHiddenPlaces(deps.db);
  return {
    selected: plan.selected,
    changed: plan.steps.length,
    unchanged: plan.unchanged,
    changes: plan.steps.slice(0, SHOWN).map(({ object, id, now, then }) => ({
      object,
      id,
      name: nameOf(object, hidden.withhold(object, then)),
      op: now ? 'update' : 'create',
      fields: compare(hidden, object, { before: now, after: then }),
    })),
    digest: plan.digest,
  };
}

export async function applyBulkEdit(
  deps: Deps & Pick<ServerDeps, 'clock'>,
  request: BulkRequest,
  { digest, reason, actor, at }: { digest: string; reason: string | null; actor: Actor; at: number },
): Promise<{ act: number; records: number }> {
  const selected = await selectServices(deps, request);
  const act = {
    kind: 'edit',
    actor: getActorName(actor),
    at: new Date(at).toISOString(),
    reason,
    detail: { bulk: request.change },
  } as const;
  return writeDirectoryAct(deps.db, act, async (trx, writer) => {
    const plan = await planFor(deps, trx, { change: request.change, selected });
    if (plan.digest !== digest)
      throw new Problem('conflict', 'The directory was changed since you looked. Look at the changes again before you apply them.');
    if (plan.steps.length === 0) throw new Problem('unprocessable', 'Nothing would change: every record says that already.');
    for (const piece of inPieces(plan.steps, PIECE)) {
      await writer.record(await writePiece(trx, piece));
      await pause();
    }
    return { act: writer.id, records: plan.steps.length };
  });
}

async function planBulk(deps: Deps, db: Kysely<Database>, request: BulkRequest): Promise<Plan> {
  return planFor(deps, db, { change: request.change, selected: await selectServices(deps, request) });
}

interface Selected {
  serviceIds: string[];
  locationIds: string[];
  organizationIds: string[];
}

/** The services that ids of pages or a filter stand for, with the places that are meant. */
async function selectServices(deps: Deps, { select }: BulkRequest): Promise<Selected> {
  await deps.directory.ready;
  const index = deps.directory.current();
  const rows = 'ids' in select ? select.ids.flatMap((id) => index.findRow(id) ?? []) : await filterRows(deps, select.filter);
  if ('ids' in select && rows.length < select.ids.length)
    throw new Problem(
      'not_found',
      `${select.ids.length - rows.length} of the chosen services are no longer in the directory. Choose again.`,
    );
  const unique = (ids: (string | undefined)[]) => [...new Set(ids.filter((id) => id !== undefined))].sort();
  return {
    serviceIds: unique(rows.map((row) => index.service(row).id)),
    locationIds: unique(rows.map((row) => index.location(row)?.id)),
    organizationIds: unique(rows.map((row) => index.organization(row)?.id)),
  };
}

async function filterRows(deps: Deps, filter: BulkFilter): Promise<number[]> {
  const index = deps.directory.current();
  let rows: number[];
  if (filter.text) {
    const search = await getTextSearch(deps as ServerDeps).current();
    rows = search.find(filter.text, { limit: index.size, asTyped: true }).flatMap(({ row }) => index.findRow(search.index.id(row)) ?? []);
  } else rows = [...index.rowsAll().toArray()];
  return rows.filter(
    (row) =>
      (filter.type === undefined || index.type(row) === filter.type) &&
      (filter.organization === undefined || index.organization(row)?.id === filter.organization) &&
      (filter.verifiedBefore === undefined || (index.verified(row) ?? '') < filter.verifiedBefore),
  );
}

async function planFor(
  { registry }: Pick<Deps, 'registry'>,
  db: Kysely<Database>,
  { change, selected }: { change: BulkChange; selected: Selected },
): Promise<Plan> {
  const planned =
    change.action === 'add' ? await planAdditions(db, change, selected) : await planValues(db, change, { selected, registry });
  const hash = createHash('sha256').update(JSON.stringify(change));
  for (const { object, id, now, then } of planned.steps) hash.update(`${object} ${now ? id : ''} ${JSON.stringify(now ?? then)}\n`);
  return { ...planned, selected: selected.serviceIds.length, digest: hash.digest('hex') };
}

type Steps = Pick<Plan, 'steps' | 'unchanged'>;

async function planValues(
  db: Kysely<Database>,
  change: Extract<BulkChange, { action: 'set' | 'clear' }>,
  { selected, registry }: { selected: Selected; registry: Deps['registry'] },
): Promise<Steps> {
  const { object } = change;
  const value: EditValue = change.action === 'set' ? change.value : null;
  checkValue(change, value, registry);
  const steps: Planned[] = [];
  let unchanged = 0;
  for (const ids of inPieces(await listTargets(db, object, selected), PIECE)) {
    const records = await readRecords(
      db,
      ids.map((id) => ({ object, id })),
    );
    for (const id of ids) {
      const now = records.get(keyOf({ object, id }));
      if (!now) continue;
      const then = withFields(now, { [change.field]: value });
      if (readField(now, change.field) !== readField(then, change.field)) steps.push({ object, id, now, then });
      else unchanged++;
    }
    await pause();
  }
  return { steps, unchanged };
}

function checkValue({ object, field: name }: { object: HsdsObject; field: string }, value: EditValue, registry: Deps['registry']): void {
  const typeFields = createTypeFields(registry);
  const field = [...listEditFields(object), ...(object === 'service' ? typeFields.all() : [])].find((known) => known.name === name);
  if (!field || !isForMany(object, field)) throw new Problem('unprocessable', `"${name}" cannot be given to many records at once.`);
  const issue = findIssue(field, value);
  const fitsType = name !== 'resource_type' || value === null || typeFields.isType(String(value));
  if (issue || !fitsType) throw new Problem('unprocessable', `"${String(value ?? '')}" does not fit "${name}" (${issue ?? 'choice'}).`);
}

async function listTargets(db: Kysely<Database>, object: HsdsObject, selected: Selected): Promise<string[]> {
  if (object === 'service') return selected.serviceIds;
  if (object === 'organization') return selected.organizationIds;
  if (object === 'location') return selected.locationIds;
  const ids: string[] = [];
  const hidden = await readHiddenPlaces(db);
  for (const piece of inPieces(selected.locationIds.filter((id) => !hidden.isLocation(id)))) {
    const rows = await db
      .selectFrom('address')
      .select('id')
      .where(isAmong(db, 'location_id', piece))
      .orderBy('id')
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

async function planAdditions(
  db: Kysely<Database>,
  { list, value }: Extract<BulkChange, { action: 'add' }>,
  { serviceIds }: Selected,
): Promise<Steps> {
  const column = BULK_LISTS[list];
  const steps: Planned[] = [];
  for (const ids of inPieces(serviceIds, PIECE)) {
    const rows = await db
      .selectFrom(list)
      .select('service_id')
      .where(isAmong(db, 'service_id', ids))
      .where(column as never, '=', value as never)
      .execute();
    const have = new Set(rows.map((row) => row.service_id));
    for (const id of ids)
      if (!have.has(id)) steps.push({ object: list, id: randomUUID(), now: null, then: { service_id: id, [column]: value } });
    await pause();
  }
  return { steps, unchanged: serviceIds.length - steps.length };
}

async function writePiece(trx: Transaction<Database>, steps: readonly Planned[]): Promise<NewChange[]> {
  const changes: NewChange[] = [];
  for (const { object, id, now, then } of steps) {
    if (now === null) {
      await trx
        .insertInto(object)
        .values({ ...then, id } as never)
        .execute();
      changes.push({ object, recordId: id, op: 'create', before: null });
      continue;
    }
    const fields = listDifferences(object, now, then);
    const set = Object.fromEntries(fields.map((field) => [field, then[field] ?? null]));
    await trx
      .updateTable(object)
      .set(set as never)
      .where('id', '=', id)
      .execute();
    changes.push({ object, recordId: id, op: 'update', before: now });
  }
  return changes;
}
