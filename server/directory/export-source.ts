// The directory as exporters see it: records in batches, in the order of the ids under which they leave, so that the same
// directory gives the same files wherever it was imported. Nothing that tells where a hidden site is gets past this file.

import { sql, type Expression, type Kysely, type SqlBool } from 'kysely';
import { hsdsDefinition, HSDS_OBJECTS, type HsdsObject, type HsdsRecord } from '#shared/directory/hsds.ts';
import { GIVEN_ID, GIVEN_REFERENCE, OWN_COLUMNS } from '#shared/directory/hsds-tree.ts';
import type { ExportRecord, ExportSource } from '#shared/plugin-api/functions.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { inPieces } from './bulk-write.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import type { StoredRecord } from './record-columns.ts';

const BATCH = 1000;

export interface ExportOptions {
  /** Name of the one source to export; absent: everything. */
  source?: string | undefined;
}

export async function createExportSource(db: Kysely<Database>, { source }: ExportOptions): Promise<ExportSource> {
  const hidden = await readHiddenPlaces(db);
  const ids = await findGivenIds(db, source);
  const toRecords = (object: HsdsObject, rows: readonly StoredRecord[]): ExportRecord[] =>
    rows.flatMap((row) => {
      const told = hidden.withhold(object, row);
      return told ? restoreIds(object, toExported(object, told), ids) : [];
    });
  return {
    async *records<O extends HsdsObject>(object: O) {
      const listed = await listIds(db, object, source);
      const leaving = listed.map((kept) => ({ kept, id: ids.given(object, kept) ?? kept })).sort(byId);
      for (const piece of inPieces(leaving, BATCH)) {
        const kept = piece.map((one) => one.kept);
        yield toRecords(object, await readByIds(db, object, kept)).sort(byId) as ExportRecord<O>[];
      }
    },
    async where<O extends HsdsObject>(object: O, field: string, values: readonly string[]) {
      const found: ExportRecord[] = [];
      const kept = values.map((value) => ids.keptAs(object, field, value));
      for (const piece of inPieces([...new Set(kept.flat())])) {
        const rows = await ofSource(db, object, source)
          .where(sql.ref(`${object}.${field}`), 'in', piece)
          .execute();
        found.push(...toRecords(object, rows as unknown as StoredRecord[]));
      }
      return found.sort(byId) as ExportRecord<O>[];
    },
  };
}

/** How many services an export holds. */
export async function countServices(db: Kysely<Database>, source: string | undefined): Promise<number> {
  const query = db.selectFrom('service').select((eb) => eb.fn.countAll().as('count'));
  const { count } = await (source === undefined ? query : query.where(isOfSource(db, 'service', source))).executeTakeFirstOrThrow();
  return Number(count);
}

/** By code units, whatever order the database has. */
function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function ofSource(db: Kysely<Database>, object: HsdsObject, source: string | undefined) {
  const query = db.selectFrom(object).selectAll(object);
  return source === undefined ? query : query.where(isOfSource(db, object, source));
}

async function listIds(db: Kysely<Database>, object: HsdsObject, source: string | undefined): Promise<string[]> {
  const query = db.selectFrom(object).select('id');
  return (await (source === undefined ? query : query.where(isOfSource(db, object, source))).execute()).map(({ id }) => id);
}

async function readByIds(db: Kysely<Database>, object: HsdsObject, ids: readonly string[]): Promise<StoredRecord[]> {
  const rows = await db
    .selectFrom(object)
    .selectAll()
    .where(isAmong(db, 'id', ids))
    .execute();
  return rows as unknown as StoredRecord[];
}

function isOfSource(db: Kysely<Database>, object: HsdsObject, source: string): Expression<SqlBool> {
  const rows = db
    .selectFrom('source_row')
    .innerJoin('source', 'source.id', 'source_row.source_id')
    .select('source_row.id')
    .where('source.name', '=', source);
  return sql<SqlBool>`${sql.ref(`${object}.source_row`)} in (${rows})`;
}

function toExported(object: HsdsObject, row: StoredRecord): ExportRecord {
  const record: Record<string, unknown> = {};
  for (const field of Object.keys(hsdsDefinition(object).fields)) record[field] = row[field] ?? null;
  const extra: Record<string, unknown> = typeof row['extra'] === 'string' ? (JSON.parse(row['extra']) as Record<string, unknown>) : {};
  for (const [column, label] of Object.entries(OWN_COLUMNS[object] ?? {})) {
    const value = row[column];
    if (value !== null && value !== undefined && value !== 0) extra[label] = String(value);
  }
  if (Object.keys(extra).length > 0) record['extra'] = extra;
  return record as ExportRecord;
}

interface GivenIds {
  /** The id that the source gave, where it is the only one of its kind. */
  given(object: HsdsObject, id: string): string | undefined;
  /** Whether a record is kept under an id that is not its source's; a reference to no record is given back as written. */
  isKept(object: HsdsObject, id: string): boolean;
  /** The ids under which records with a given id or reference are kept. */
  keptAs(object: HsdsObject, field: string, value: string): string[];
}

async function findGivenIds(db: Kysely<Database>, source: string | undefined): Promise<GivenIds> {
  const byKept = new Map<string, string>();
  const byGiven = new Map<string, string[]>();
  for (const object of HSDS_OBJECTS) {
    const rows = (await ofSource(db, object, source)
      .where(`${object}.extra` as never, 'like', `%"${GIVEN_ID}"%` as never)
      .execute()) as unknown as StoredRecord[];
    for (const row of rows) {
      const given = (JSON.parse(String(row['extra'])) as Record<string, unknown>)[GIVEN_ID];
      if (typeof given !== 'string') continue;
      byKept.set(`${object} ${String(row['id'])}`, given);
      byGiven.set(`${object} ${given}`, [...(byGiven.get(`${object} ${given}`) ?? []), String(row['id'])]);
    }
    // An id that another exported record really has is not the only one of its kind.
    const found = [...byGiven.keys()].filter((key) => key.startsWith(`${object} `)).map((key) => key.slice(object.length + 1));
    for (const piece of inPieces(found)) {
      const own = await ofSource(db, object, source)
        .where(`${object}.id` as never, 'in', piece as never)
        .execute();
      for (const { id } of own as unknown as { id: string }[]) byGiven.get(`${object} ${id}`)?.push(id);
    }
  }
  return {
    given(object, id) {
      const given = byKept.get(`${object} ${id}`);
      return given !== undefined && byGiven.get(`${object} ${given}`)?.length === 1 ? given : undefined;
    },
    isKept: (object, id) => byKept.has(`${object} ${id}`),
    keptAs(object, field, value) {
      const target = field === 'id' ? object : hsdsDefinition(object).fields[field]?.to;
      const candidates = target ? [target] : HSDS_OBJECTS;
      const kept = candidates.flatMap((candidate) =>
        byGiven.get(`${candidate} ${value}`)?.length === 1 ? (byGiven.get(`${candidate} ${value}`) ?? []) : [],
      );
      return [...kept, value];
    },
  };
}

function restoreIds(object: HsdsObject, record: ExportRecord, ids: GivenIds): ExportRecord {
  const copy: Record<string, unknown> = { ...record };
  const extra: Record<string, unknown> = { ...record.extra };
  copy['id'] = ids.given(object, record.id) ?? record.id;
  for (const [name, field] of Object.entries(hsdsDefinition(object).fields)) {
    const value = copy[name];
    const target = field.kind === 'ref' ? (field.to as HsdsObject) : linkTarget(object, name, record);
    if (typeof value !== 'string' || !target) continue;
    const told = extra[GIVEN_REFERENCE + name];
    copy[name] = ids.given(target, value) ?? (typeof told === 'string' && !ids.isKept(target, value) ? told : value);
  }
  for (const key of Object.keys(extra)) if (key === GIVEN_ID || key.startsWith(GIVEN_REFERENCE)) delete extra[key];
  if (Object.keys(extra).length > 0) copy['extra'] = extra;
  else delete copy['extra'];
  return copy as ExportRecord;
}

function linkTarget(object: HsdsObject, field: string, record: HsdsRecord): HsdsObject | undefined {
  const type =
    object === 'attribute' && field === 'link_id'
      ? (record as Record<string, unknown>)['link_entity']
      : object === 'metadata' && field === 'resource_id'
        ? (record as Record<string, unknown>)['resource_type']
        : undefined;
  return typeof type === 'string' && (HSDS_OBJECTS as string[]).includes(type) ? (type as HsdsObject) : undefined;
}
