// Writes what an import has decided, each write with its change beside it, in the order in which it is told. Rows wait
// until a statement is full of them; whoever reads through this finds them written.

import { randomInt } from 'node:crypto';
import type { Transaction } from 'kysely';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';
import { ownerOf, reserve } from '../db/acts.ts';
import { CREATED_ROWS, formatCreatedRows } from '../db/created-rows.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { createBulkInserter, type BulkInserter, type BulkRow, type Execute } from './bulk-write.ts';
import { columnNames, storedValue, type StoredRecord } from './record-columns.ts';

/** A row of input as the directory remembers it. */
export interface InputRow {
  /** Its number in the directory: for a new one `nextRow`, or one of `createApartNumber`. */
  number: number;
  key: string;
  /** Hashes of the input rows that it was merged from, joined by "+". */
  hash: string;
  /** Where it was read, such as `services.csv:12`. */
  place: string;
}

export interface KnownRow {
  number: number;
  hash: string;
}

/** What the source gave before. */
export interface RememberedRow extends KnownRow {
  key: string;
  place: string;
}

/** Rows that are listed at once. */
const LISTED = 2000;

export interface FoundRecord {
  object: HsdsObject;
  id: string;
  values: StoredRecord;
}

export interface ImportWriterOptions {
  sourceId: number;
  actId: number;
  /** Nothing of this source is in the directory yet, so that no key needs to be looked up. */
  isNew: boolean;
  /** A quicker way to write into the transaction than through it. */
  execute?: Execute | undefined;
}

/** Numbers of rows that stand apart begin here; those of the counter stay far below. */
const APART = 2 ** 47;

/**
 * A number for a row with a hidden site: its records' ids, which are made of it, must not tell beside which other rows it
 * stood in a file that may be in the order of streets.
 */
export function createApartNumber(): number {
  return APART + randomInt(APART);
}

/** Of `source_row`: what changes when a row is read again. */
const ROW_SET = ['hash', 'place', 'act_id'];

export class ImportWriter {
  readonly trx: Transaction<Database>;
  #options: ImportWriterOptions;
  #bulk: BulkInserter;
  #rows: Counter;
  #changes: Counter;
  /** Objects of which there may be records that came from a row of input. */
  #objects: Set<HsdsObject>;
  /** The first new input row of whose records no change has been noted yet. */
  #unrecorded: number;
  /** The first of those new input rows whose records are, or will be, told of together as created. */
  #told: number;

  private constructor(trx: Transaction<Database>, options: ImportWriterOptions, { rows, changes, objects }: Opened) {
    this.trx = trx;
    this.#options = options;
    this.#bulk = createBulkInserter(trx, options.execute);
    this.#rows = rows;
    this.#changes = changes;
    this.#objects = objects;
    this.#unrecorded = rows.next;
    this.#told = rows.next;
  }

  static async open(trx: Transaction<Database>, options: ImportWriterOptions): Promise<ImportWriter> {
    return new ImportWriter(trx, options, {
      rows: await openCounter(trx, 'source_row'),
      changes: await openCounter(trx, 'change'),
      objects: options.isNew ? new Set() : await listImportedObjects(trx),
    });
  }

  /** Number of the next new input row. */
  get nextRow(): number {
    return this.#rows.next;
  }

  /** Keys may come again from now on: what this import itself wrote is looked up too. */
  expectKnownKeys(): void {
    this.#bulk.push();
    this.#options = { ...this.#options, isNew: false };
  }

  /** What the source gave for these keys the last time. */
  async findKnown(keys: readonly string[]): Promise<Map<string, KnownRow>> {
    const known = new Map<string, KnownRow>();
    if (this.#options.isNew || keys.length === 0) return known;
    const rows = await this.trx
      .selectFrom('source_row')
      .select(['id', 'key', 'hash'])
      .where('source_id', '=', this.#options.sourceId)
      .where(isAmong(this.trx, 'key', keys))
      .execute();
    for (const { id, key, hash } of rows) known.set(key, { number: id, hash });
    return known;
  }

  /** All that the source gave the last time, in the order of keys. */
  async *listKnown(): AsyncIterable<RememberedRow[]> {
    this.#bulk.push();
    let last = '';
    for (;;) {
      const rows: RememberedRow[] = await this.trx
        .selectFrom('source_row')
        .select(['id as number', 'key', 'hash', 'place'])
        .where('source_id', '=', this.#options.sourceId)
        .where('key', '>', last)
        .orderBy('key')
        .limit(LISTED)
        .execute();
      yield rows;
      if (rows.length < LISTED) return;
      last = rows.at(-1)?.key ?? '';
    }
  }

  /** Adds an input row that is new. */
  addRow(row: InputRow): void {
    if (row.number === this.#rows.next) this.#rows.take();
    this.#bulk.add('source_row', this.#valuesOf(row));
  }

  /** Notes what a known input row says now. */
  noteRow(row: InputRow): void {
    this.#bulk.update('source_row', this.#valuesOf(row), ROW_SET);
  }

  #valuesOf({ number, key, hash, place }: InputRow): BulkRow {
    const { sourceId, actId } = this.#options;
    return { id: number, source_id: sourceId, key, hash, place, act_id: actId, created_by: actId };
  }

  create(record: MappedRecord, number: number): void {
    this.#insert(record, number);
    if (!this.#isToldTogether(number)) this.#change('create', record, null);
  }

  /**
   * Whether one change tells of all that this row and its neighbours created. Whatever this import does to a record of
   * such a row, it was created so.
   */
  #isToldTogether(number: number | string | null | undefined): boolean {
    return typeof number === 'number' && number >= this.#told && number < APART;
  }

  #insert(record: MappedRecord, number: number): void {
    const { object, id, fields } = record;
    this.#objects.add(object);
    const row: BulkRow = { id, source_row: number, extra: storedValue(record, 'extra') };
    // Its flag is never null.
    if (object === 'location') row['hidden'] = storedValue(record, 'hidden');
    this.#bulk.add(object, row, { fields, columns: columnNames(object) });
  }

  update(before: FoundRecord, after: StoredRecord, fields: readonly string[]): void {
    const row: BulkRow = { id: before.id };
    for (const field of fields) row[field] = after[field] ?? null;
    this.#bulk.update(before.object, row, fields);
    if (!this.#isToldTogether(before.values['source_row'])) this.#change('update', before, before.values);
  }

  remove(before: FoundRecord): void {
    this.#bulk.run(this.trx.deleteFrom(before.object).where('id', '=', before.id));
    if (!this.#isToldTogether(before.values['source_row'])) this.#change('delete', before, before.values);
  }

  /** Notes that a value that was edited here stays, against this one of the source. */
  keepHere({ id, field, value }: { id: string; field: string; value: string }): void {
    const row = { record_id: id, field, value, act_id: this.#options.actId };
    const insert = this.trx.insertInto('kept_here').values(row);
    this.#bulk.run(insert.onConflict((conflict) => conflict.columns(['record_id', 'field']).doUpdateSet({ value, act_id: row.act_id })));
  }

  #change(op: Database['change']['op'], { object, id }: { object: HsdsObject; id: string }, before: StoredRecord | null): void {
    this.#bulk.add('change', {
      seq: this.#changes.take(),
      act_id: this.#options.actId,
      object,
      record_id: id,
      op,
      before: before && JSON.stringify(before),
      owner_id: before && ownerOf(before),
    });
  }

  /** Notes the records of all new input rows since the last call as created, in one change: it comes before what is done to them. */
  recordCreations(): void {
    const [first, last] = [this.#unrecorded, this.#rows.next - 1];
    if (last < first) return;
    this.#unrecorded = last + 1;
    this.#bulk.add('change', {
      seq: this.#changes.take(),
      act_id: this.#options.actId,
      object: CREATED_ROWS,
      record_id: formatCreatedRows({ first, last }),
      op: 'create',
    });
  }

  /** Leaves out that new input rows have records: their creations were told one by one. */
  skipCreations(): void {
    this.#unrecorded = this.#rows.next;
    this.#told = this.#rows.next;
  }

  async findByRows(numbers: readonly number[]): Promise<Map<number, FoundRecord[]>> {
    this.#bulk.push();
    const found = new Map<number, FoundRecord[]>();
    if (numbers.length === 0) return found;
    const read = async (object: HsdsObject): Promise<void> => {
      const query = this.trx
        .selectFrom(object)
        .selectAll()
        .where(isAmong(this.trx, 'source_row', numbers));
      for (const row of await query.execute()) {
        const number = row.source_row as number;
        const record = { object, id: row.id, values: row as unknown as StoredRecord };
        const list = found.get(number);
        if (list) list.push(record);
        else found.set(number, [record]);
      }
    };
    await Promise.all([...this.#objects].map(read));
    return found;
  }

  /** By object and id, such as `service 7d…`. */
  async findByIds(records: readonly Pick<MappedRecord, 'object' | 'id'>[]): Promise<Map<string, FoundRecord>> {
    const found = new Map<string, FoundRecord>();
    if (records.length === 0) return found;
    this.#bulk.push();
    const read = async (object: HsdsObject, list: typeof records): Promise<void> => {
      const ids = [...new Set(list.map(({ id }) => id))];
      const query = this.trx
        .selectFrom(object)
        .selectAll()
        .where(isAmong(this.trx, 'id', ids));
      for (const row of await query.execute())
        found.set(`${object} ${row.id}`, { object, id: row.id, values: row as unknown as StoredRecord });
    };
    await Promise.all([...Map.groupBy(records, ({ object }) => object)].map(([object, list]) => read(object, list)));
    return found;
  }

  /** Waits while the database is behind. */
  keepUp(): Promise<void> {
    return this.#bulk.keepUp();
  }

  /** Writes all that is left; nothing can be written through this afterwards. */
  async close(): Promise<void> {
    this.recordCreations();
    await this.#bulk.flush();
    await this.#rows.close();
    await this.#changes.close();
  }

  /** Waits for what is on its way, whether that went well or not: the transaction must not end before. */
  async settle(): Promise<void> {
    await this.#bulk.flush().catch(() => {});
  }
}

interface Opened {
  rows: Counter;
  changes: Counter;
  objects: Set<HsdsObject>;
}

async function listImportedObjects(trx: Transaction<Database>): Promise<Set<HsdsObject>> {
  const objects = new Set<HsdsObject>();
  const look = async (object: HsdsObject): Promise<void> => {
    if (await trx.selectFrom(object).select('id').where('source_row', 'is not', null).limit(1).executeTakeFirst()) objects.add(object);
  };
  await Promise.all(HSDS_OBJECTS.map(look));
  return objects;
}

interface Counter {
  readonly next: number;
  take(): number;
  close(): Promise<void>;
}

/** A counter of the feed, locked from here on by this transaction, and counted on in memory until it is closed. */
async function openCounter(trx: Transaction<Database>, name: Database['feed']['name']): Promise<Counter> {
  const first = await reserve(trx, name, 0);
  let next = first;
  return {
    get next() {
      return next;
    },
    take: () => next++,
    async close() {
      await reserve(trx, name, next - first);
    },
  };
}
