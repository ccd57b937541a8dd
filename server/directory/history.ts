// The timeline of a record with all that belongs to it: each act with what it changed, field by field, as far as it may be
// told. And the acts of the whole directory.

import type { Kysely } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { countCreatedRows } from '../db/created-rows.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import { keyOf, parseBefore, readCreations, readRecords, type RecordKey } from './history-state.ts';
import { columnsOf, listDifferences, type StoredRecord } from './record-columns.ts';
import { getNamedRecord, readTree } from './record-tree.ts';
import { nameOf } from './undo-changed.ts';

export interface ActSummary {
  act: number;
  kind: Database['act']['kind'];
  /** Name of the account, or `local:<role>` for the command line. */
  actor: string;
  at: string;
  reason: string | null;
  /** Source of an import. */
  source: string | null;
  undoes: number | null;
  /** The undo that holds for it. */
  undoneBy: number | null;
}

export interface FieldChange {
  field: string;
  before: string | number | null;
  after: string | number | null;
  /** It tells where a hidden place is, so only that it changed is told. */
  withheld?: true;
}

export interface RecordChange extends RecordKey {
  name: string | null;
  op: Database['change']['op'];
  fields: FieldChange[];
}

export interface TimelineEntry extends ActSummary {
  /** The last change of the act: the moment to restore to. */
  seq: number;
  changes: RecordChange[];
}

export interface Timeline extends RecordKey {
  name: string | null;
  /** False: it was removed. */
  exists: boolean;
  /** The newest first. */
  entries: TimelineEntry[];
  /** Where to go on; null: this is the beginning. */
  before: number | null;
}

const PAGE = 200;

type Row = Pick<Database['change'], 'seq' | 'act_id' | 'record_id' | 'op' | 'before'> & { object: HsdsObject };

export async function readTimeline(db: Kysely<Database>, id: string, options: { before?: number | undefined } = {}): Promise<Timeline> {
  const root = await getNamedRecord(db, id);
  const tree = await readTree(db, root);
  const keys = new Set(tree.map(keyOf));
  const ids = tree.map((key) => key.id);
  let query = db
    .selectFrom('change')
    .select(['seq', 'act_id', 'object', 'record_id', 'op', 'before'])
    .where(isAmong(db, 'record_id', ids))
    .orderBy('seq', 'desc')
    .limit(PAGE);
  if (options.before !== undefined) query = query.where('seq', '<', options.before);
  const page = (await query.execute()).filter((row) => isOf(row, keys));
  const full = page.length === PAGE;
  // An act is told as a whole, so one that is cut off is left for the next page.
  const cut = full && page[0]?.act_id !== page.at(-1)?.act_id ? page.at(-1)?.act_id : undefined;
  const rows = page.filter((row) => row.act_id !== cut);
  const current = await readRecords(db, tree);
  const hidden = await readHiddenPlaces(db);
  const changes = await describe(db, rows, { current, hidden });
  if (!full) changes.push(...(await listCreations(db, tree, current)));
  const name =
    tellName(hidden, root.object, current.get(keyOf(root)) ?? null) ??
    changes.find(({ change }) => keyOf(change) === keyOf(root))?.change.name ??
    null;
  return {
    ...root,
    name: root.object === 'service_at_location' ? (nameOfService(tree, { current, hidden }) ?? name) : name,
    exists: current.has(keyOf(root)),
    entries: await group(db, changes),
    before: full ? (rows.at(-1)?.seq ?? null) : null,
  };
}

function isOf(row: { object: string; record_id: string }, keys: ReadonlySet<string>): row is Row {
  return keys.has(`${row.object} ${row.record_id}`);
}

function nameOfService(tree: readonly RecordKey[], { current, hidden }: Knowledge): string | null {
  const service = tree.find(({ object }) => object === 'service');
  return service ? tellName(hidden, 'service', current.get(keyOf(service)) ?? null) : null;
}

interface Told {
  act: number;
  change: RecordChange;
}

interface Knowledge {
  current: ReadonlyMap<string, StoredRecord>;
  hidden: HiddenPlaces;
}

async function describe(db: Kysely<Database>, rows: readonly Row[], { current, hidden }: Knowledge): Promise<Told[]> {
  if (rows.length === 0) return [];
  const lowest = Math.min(...rows.map(({ seq }) => seq));
  const later = await db
    .selectFrom('change')
    .select(['seq', 'object', 'record_id', 'before'])
    .where(
      isAmong(
        db,
        'record_id',
        rows.map((row) => row.record_id),
      ),
    )
    .where('seq', '>', lowest)
    .orderBy('seq')
    .execute();
  const byRecord = Map.groupBy(later, (row) => `${row.object} ${row.record_id}`);
  return rows.map((row) => {
    const key = { object: row.object, id: row.record_id };
    const next = byRecord.get(keyOf(key))?.find(({ seq }) => seq > row.seq);
    const before = parseBefore(row.before);
    const after = row.op === 'delete' ? null : next ? parseBefore(next.before) : (current.get(keyOf(key)) ?? null);
    return {
      act: row.act_id,
      change: {
        ...key,
        name: tellName(hidden, row.object, after ?? before),
        op: row.op,
        fields: compare(hidden, row.object, { before, after }),
      },
    };
  });
}

function tellName(hidden: HiddenPlaces, object: HsdsObject, record: StoredRecord | null): string | null {
  return record && nameOf(object, hidden.withhold(object, record));
}

/** The fields in which two states of a record differ, as far as they may be told. */
export function compare(
  hidden: HiddenPlaces,
  object: HsdsObject,
  { before, after }: { before: StoredRecord | null; after: StoredRecord | null },
): FieldChange[] {
  const fields =
    before && after ? listDifferences(object, before, after) : columnsOf(object).filter((column) => isStated(before ?? after, column));
  const told = { before: before && hidden.withhold(object, before), after: after && hidden.withhold(object, after) };
  return fields
    .filter((field) => field !== 'cell')
    .map((field) => {
      const values = { before: told.before?.[field] ?? null, after: told.after?.[field] ?? null };
      const all = values.before === (before?.[field] ?? null) && values.after === (after?.[field] ?? null);
      return all ? { field, ...values } : { field, before: null, after: null, withheld: true };
    });
}

function isStated(record: StoredRecord | null, column: string): boolean {
  const value = record?.[column] ?? null;
  return value !== null && !(column === 'hidden' && value === 0);
}

/** Records that no change tells of: an import told once of all that it created. */
async function listCreations(
  db: Kysely<Database>,
  tree: readonly RecordKey[],
  current: ReadonlyMap<string, StoredRecord>,
): Promise<Told[]> {
  const first = await db
    .selectFrom('change')
    .select(['object', 'record_id', 'op', 'before'])
    .where(
      isAmong(
        db,
        'record_id',
        tree.map(({ id }) => id),
      ),
    )
    .orderBy('seq')
    .execute();
  const wanted: { key: RecordKey; row: number; name: string | null }[] = [];
  for (const key of tree) {
    const earliest = first.find((row) => `${row.object} ${row.record_id}` === keyOf(key));
    if (earliest?.op === 'create') continue;
    const record = earliest ? parseBefore(earliest.before) : current.get(keyOf(key));
    if (typeof record?.['source_row'] === 'number') wanted.push({ key, row: record['source_row'], name: null });
  }
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('source_row')
    .select(['id', 'created_by'])
    .where('id', 'in', [...new Set(wanted.map(({ row }) => row))])
    .execute();
  // The input row itself is gone where its import was undone.
  const ranges = rows.length < new Set(wanted.map(({ row }) => row)).size ? await readCreations(db, 0) : [];
  return wanted.flatMap(({ key, row, name }): Told[] => {
    const act = ranges.find((range) => range.first <= row && row <= range.last)?.actId ?? rows.find(({ id }) => id === row)?.created_by;
    return act === undefined ? [] : [{ act, change: { ...key, name, op: 'create', fields: [] } }];
  });
}

async function group(db: Kysely<Database>, told: readonly Told[]): Promise<TimelineEntry[]> {
  const byAct = Map.groupBy(told, ({ act }) => act);
  if (byAct.size === 0) return [];
  const acts = [...byAct.keys()];
  const last = await db
    .selectFrom('change')
    .select((eb) => ['act_id', eb.fn.max('seq').as('seq')])
    .where('act_id', 'in', acts)
    .groupBy('act_id')
    .execute();
  return (await readActs(db, acts)).map((act) => ({
    ...act,
    seq: Number(last.find((row) => row.act_id === act.act)?.seq ?? 0),
    changes: (byAct.get(act.act) ?? []).map(({ change }) => change),
  }));
}

/** Acts by number, the newest first. */
async function readActs(db: Kysely<Database>, ids: readonly number[]): Promise<ActSummary[]> {
  const rows = await db
    .selectFrom('act')
    .leftJoin('account', 'account.id', 'act.actor')
    .select(['act.id', 'act.kind', 'act.actor', 'account.name', 'act.at', 'act.reason', 'act.detail', 'act.undoes'])
    .where('act.id', 'in', ids)
    .orderBy('act.id', 'desc')
    .execute();
  const undos = await readUndos(db);
  return rows.map(({ id, kind, actor, name, at, reason, detail, undoes }) => ({
    act: id,
    kind,
    actor: name ?? actor,
    at,
    reason,
    source: (JSON.parse(detail ?? '{}') as { source?: string }).source ?? null,
    undoes,
    undoneBy: undos.get(id) ?? null,
  }));
}

/** For each undone act the undo that holds. */
async function readUndos(db: Kysely<Database>): Promise<Map<number, number>> {
  const rows = await db.selectFrom('act').select(['id', 'undoes']).where('undoes', 'is not', null).orderBy('id', 'desc').execute();
  const undos = new Map<number, number>();
  // From the newest: whether an undo holds is known before what it undoes is asked for.
  for (const { id, undoes } of rows) if (undoes !== null && !undos.has(id) && !undos.has(undoes)) undos.set(undoes, id);
  return undos;
}

export interface ActListing extends ActSummary {
  /** Changes of single records. */
  changes: number;
  /** Input rows whose records it created. */
  createdRows: number;
}

/** The acts of the directory, the newest first. */
export async function listActs(db: Kysely<Database>, options: { before?: number | undefined; limit: number }): Promise<ActListing[]> {
  let query = db.selectFrom('act').select('id').orderBy('id', 'desc').limit(options.limit);
  if (options.before !== undefined) query = query.where('id', '<', options.before);
  const ids = (await query.execute()).map(({ id }) => id);
  if (ids.length === 0) return [];
  const counts = await db
    .selectFrom('change')
    .select((eb) => ['act_id', eb.fn.countAll().as('count')])
    .where('act_id', 'in', ids)
    .where('object', '!=', 'source_row')
    .groupBy('act_id')
    .execute();
  const rows = await db
    .selectFrom('change')
    .select(['act_id', 'object', 'record_id'])
    .where('act_id', 'in', ids)
    .where('object', '=', 'source_row')
    .where('op', '=', 'create')
    .execute();
  return (await readActs(db, ids)).map((act) => ({
    ...act,
    changes: Number(counts.find((row) => row.act_id === act.act)?.count ?? 0),
    createdRows: countCreatedRows(rows.filter((row) => row.act_id === act.act)),
  }));
}
