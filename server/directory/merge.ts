// Two listings of one service become one, field by field, as one act that can be undone. Nothing is deleted: what is not
// kept stays with the other listing, which is closed and says what it was merged into. Hidden places are not merged.

import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { listEditFields, type EditValue } from '#shared/directory/edit.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { PARTS_OF } from '#shared/directory/references.ts';
import { digitsOf } from '#shared/directory/words.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { NewChange } from '#server/db/acts.ts';
import type { Database } from '#server/db/schema.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';
import { isAmong } from './among.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { readField, withFields } from './edit.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { columnsOf, listDifferences, type StoredRecord } from './record-columns.ts';

/** Whose value stays. */
export type FieldChoice = 'keep' | 'other';
/** Whose records stay: telephones, hours, places … */
export type PartsChoice = FieldChoice | 'both';

export interface MergePair {
  /** Ids of resources: the listing that stays, and the one that is closed. */
  keep: string;
  other: string;
}

export interface MergePreview {
  /** Goes with the merge, so that only what was seen is merged. */
  digest: string;
  names: { keep: string; other: string };
  /** Where the two differ, with what is suggested. */
  fields: { name: string; keep: EditValue; other: EditValue; choice: FieldChoice }[];
  /** Records by their object, each as a line. */
  parts: { object: HsdsObject; keep: string[]; other: string[]; choice: PartsChoice }[];
}

export interface MergeRequest extends MergePair {
  digest: string;
  /** What differs from the suggestion. */
  fields: Readonly<Record<string, FieldChoice>>;
  parts: Readonly<Record<string, PartsChoice>>;
  reason: string | null;
}

const STATUS_OF_MERGED = 'inactive';
const MERGED_INTO = 'extra.waypost:merged_into';

interface Part {
  object: HsdsObject;
  /** By which column they belong to the service. */
  column: string;
  keep: StoredRecord[];
  other: StoredRecord[];
  /** Whether the listing that stays has such records at its places instead, which go before those of the service. */
  isAtPlaces: boolean;
}

interface Pair {
  keep: StoredRecord;
  other: StoredRecord;
  parts: Part[];
  preview: MergePreview;
}

export async function previewMerge(db: Kysely<Database>, ids: MergePair): Promise<MergePreview> {
  return (await readPair(db, ids)).preview;
}

/** Merges, and gives the act. */
export async function mergeListings(
  db: Kysely<Database>,
  request: MergeRequest,
  { actor, at }: { actor: Actor; at: number },
): Promise<{ act: number; records: number }> {
  const act = {
    kind: 'edit',
    actor: getActorName(actor),
    at: new Date(at).toISOString(),
    reason: request.reason ?? 'Merged duplicates',
  } as const;
  return writeDirectoryAct(db, act, async (trx, writer) => {
    const { keep, other, parts, preview } = await readPair(trx, request);
    if (preview.digest !== request.digest) throw new Problem('conflict', 'One of the two was changed meanwhile. Look at both again.');
    const changes: NewChange[] = [];
    const set = Object.fromEntries(
      preview.fields.flatMap(({ name, choice }) => ((request.fields[name] ?? choice) === 'other' ? [[name, readField(other, name)]] : [])),
    );
    changes.push(...(await update(trx, 'service', keep, withFields(keep, set))));
    const closed = withFields(other, { status: STATUS_OF_MERGED, [MERGED_INTO]: String(keep['id']) });
    changes.push(...(await update(trx, 'service', other, closed)));
    for (const part of parts) {
      const suggested = preview.parts.find(({ object }) => object === part.object)!.choice;
      const choice = request.parts[part.object] ?? suggested;
      for (const [record, owner] of listMoves(part, choice, [keep['id']!, other['id']!])) {
        changes.push(...(await update(trx, part.object, record, { ...record, [part.column]: owner })));
      }
    }
    await writer.record(changes);
    return { act: writer.id, records: changes.length };
  });
}

/** Records that change hands. */
function* listMoves(
  { object, keep, other }: Part,
  choice: PartsChoice,
  [kept, closed]: [string | number, string | number],
): Iterable<[StoredRecord, string | number]> {
  if (choice === 'keep') return;
  const there = new Set(keep.map((record) => lineOf(object, record)));
  for (const record of other) if (choice === 'other' || !there.has(lineOf(object, record))) yield [record, kept];
  if (choice === 'other') for (const record of keep) yield [record, closed];
}

async function update(trx: Transaction<Database>, object: HsdsObject, before: StoredRecord, after: StoredRecord): Promise<NewChange[]> {
  const fields = listDifferences(object, before, after);
  if (fields.length === 0) return [];
  await trx
    .updateTable(object)
    .set(Object.fromEntries(fields.map((field) => [field, after[field] ?? null])) as never)
    .where('id', '=', String(before['id']))
    .execute();
  return [{ object, recordId: String(before['id']), op: 'update', before }];
}

async function readPair(db: Kysely<Database>, ids: MergePair): Promise<Pair> {
  const [keep, other] = [await getService(db, ids.keep), await getService(db, ids.other)];
  if (keep['id'] === other['id']) throw new Problem('bad_request', 'Both are places of one service: there is nothing to merge.');
  const hidden = await readHiddenPlaces(db);
  for (const { id } of [keep, other]) {
    if (hidden.findRedactor('service', String(id)))
      throw new Problem('bad_request', 'One of the two is at a hidden place. Merging could tell where that is; edit them by hand.');
  }
  // Texts of others of the same organization may still name a hidden place.
  const told = (record: StoredRecord, object: HsdsObject = 'service') => hidden.withhold(object, record) ?? {};
  const parts = await readParts(db, String(keep['id']), String(other['id']));
  const fields = listEditFields('service').flatMap(({ name }): MergePreview['fields'] => {
    const [a, b] = [readField(keep, name), readField(other, name)];
    if (name === 'status' || a === b || b === null || b === '') return [];
    const choice = a === null || a === '' ? 'other' : 'keep';
    return [{ name, keep: readField(told(keep), name), other: readField(told(other), name), choice }];
  });
  const digest = createHash('sha256')
    .update(JSON.stringify([keep, other, parts]))
    .digest('hex');
  const preview: MergePreview = {
    digest,
    names: { keep: String(told(keep)['name'] ?? ''), other: String(told(other)['name'] ?? '') },
    fields,
    parts: parts.map(({ object, keep: mine, other: theirs, isAtPlaces }) => ({
      object,
      keep: mine.map((record) => lineOf(object, told(record, object))),
      other: theirs.map((record) => lineOf(object, told(record, object))),
      choice: mine.length > 0 || isAtPlaces ? 'keep' : 'other',
    })),
  };
  return { keep, other, parts, preview };
}

/** The service of a resource: a page is of a service at a place, or of the service itself. */
async function getService(db: Kysely<Database>, id: string): Promise<StoredRecord> {
  const link = await db.selectFrom('service_at_location').select('service_id').where('id', '=', id).executeTakeFirst();
  const service = await db
    .selectFrom('service')
    .selectAll()
    .where('id', '=', link?.service_id ?? id)
    .executeTakeFirst();
  if (!service) throw new Problem('not_found', 'There is no such service in this directory. It may have been removed.');
  return service as unknown as StoredRecord;
}

/** What both have; only objects of which the other one has any. */
async function readParts(db: Kysely<Database>, keep: string, other: string): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { from: object, column, entity } of PARTS_OF.get('service') ?? []) {
    let query = db
      .selectFrom(object)
      .selectAll()
      .where(isAmong(db, column, [keep, other]))
      .orderBy('id');
    if (entity) query = query.where(entity as never, '=', 'service' as never);
    const rows = (await query.execute()) as unknown as StoredRecord[];
    const [mine, theirs] = [keep, other].map((id) => rows.filter((row) => row[column] === id)) as [StoredRecord[], StoredRecord[]];
    if (theirs.length > 0) parts.push({ object, column, keep: mine, other: theirs, isAtPlaces: await hasAtPlaces(db, object, keep) });
  }
  return parts;
}

async function hasAtPlaces(db: Kysely<Database>, object: HsdsObject, service: string): Promise<boolean> {
  if (object === 'service_at_location' || !columnsOf(object).includes('service_at_location_id')) return false;
  const places = db.selectFrom('service_at_location').select('id').where('service_id', '=', service);
  const found = await db
    .selectFrom(object as 'schedule')
    .select('id')
    .where('service_at_location_id', 'in', places)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** What a record states, in one line: for showing, and for telling whether two state the same. */
function lineOf(object: HsdsObject, record: StoredRecord): string {
  if (object === 'phone')
    return [digitsOf(String(record['number'] ?? '')), record['extension'], record['type']].filter((part) => part).join(' ');
  return columnsOf(object)
    .filter((column) => column !== 'extra' && column !== 'service_id' && column !== 'link_id')
    .flatMap((column) => record[column] ?? [])
    .join(' · ');
}
