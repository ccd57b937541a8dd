// The directory as exporters see it: records in batches, in the order in which they came, with the ids of their source.
// Nothing that tells where a hidden site is gets past this file.

import { sql, type Kysely } from 'kysely';
import { hsdsDefinition, HSDS_OBJECTS, type HsdsObject, type HsdsRecord } from '#shared/directory/hsds.ts';
import { GIVEN_ID, GIVEN_REFERENCE, OWN_COLUMNS } from '#shared/directory/hsds-tree.ts';
import type { ExportRecord, ExportSource } from '#shared/plugin-api/functions.ts';
import type { Database } from '../db/schema.ts';
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
      for await (const rows of readInOrder(db, object, source)) yield toRecords(object, rows) as ExportRecord<O>[];
    },
    async where<O extends HsdsObject>(object: O, field: string, values: readonly string[]) {
      const found: ExportRecord[] = [];
      const kept = values.map((value) => ids.keptAs(object, field, value));
      for (const piece of inPieces([...new Set(kept.flat())])) {
        const rows = (await ofSource(db, object, source)
          .where(sql.ref(`${object}.${field}`), 'in', piece)
          .orderBy(`${object}.source_row` as never)
          .orderBy(`${object}.id` as never)
          .execute()) as unknown as StoredRecord[];
        found.push(...toRecords(object, rows));
      }
      return found as ExportRecord<O>[];
    },
  };
}

function ofSource(db: Kysely<Database>, object: HsdsObject, source: string | undefined) {
  const query = db.selectFrom(object).selectAll(object);
  if (source === undefined) return query;
  const rows = db
    .selectFrom('source_row')
    .innerJoin('source', 'source.id', 'source_row.source_id')
    .select('source_row.id')
    .where('source.name', '=', source);
  return query.where(sql<boolean>`${sql.ref(`${object}.source_row`)} in (${rows})`);
}

/** By input row, then by id; records that no import gave come last. */
async function* readInOrder(db: Kysely<Database>, object: HsdsObject, source: string | undefined): AsyncIterable<StoredRecord[]> {
  const row = sql.ref<number | null>(`${object}.source_row`);
  const id = sql.ref<string>(`${object}.id`);
  for (const imported of [true, false]) {
    let last: { row: number | null; id: string } | null = null;
    for (;;) {
      let query = ofSource(db, object, source).where(row, imported ? 'is not' : 'is', null);
      if (last)
        query = query.where(imported ? sql<boolean>`(${row}, ${id}) > (${last.row}, ${last.id})` : sql<boolean>`${id} > ${last.id}`);
      const rows = (await query.orderBy(row).orderBy(id).limit(BATCH).execute()) as unknown as StoredRecord[];
      const end = rows.at(-1);
      if (!end) break;
      yield rows;
      if (rows.length < BATCH) break;
      last = { row: end['source_row'] as number | null, id: String(end['id']) };
    }
  }
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
