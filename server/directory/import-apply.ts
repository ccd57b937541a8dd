// Brings rows of a source into the directory: new ones are created, changed ones updated, equal ones left alone, and a
// record that someone edited here since the last import keeps the edit. Every write has its change beside it.

import type { Transaction } from 'kysely';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';
import { reserve } from '../db/acts.ts';
import type { Database } from '../db/schema.ts';
import { CREATED_ROWS, formatCreatedRows } from '../db/created-rows.ts';
import { inPieces, insertInto, type InsertRows } from './bulk-write.ts';
import { findLocalEdits, type LocalEdit } from './import-conflicts.ts';
import { columnsOf, listDifferences, storedValue, type StoredRecord } from './record-columns.ts';

export interface StagedRow {
  key: string;
  /** Hashes of the input rows that it was merged from, joined by "+". */
  hash: string;
  /** Where it was read, such as `services.csv:12`. */
  place: string;
  records: MappedRecord[];
}

export type Outcome = 'created' | 'updated' | 'unchanged';

export interface RowOutcome {
  outcome: Outcome;
  /** Fields that someone edited here and that the input gives differently. */
  conflict: { object: HsdsObject; fields: string[] } | null;
}

interface Known {
  id: number;
  hash: string;
}

export interface ApplierOptions {
  sourceId: number;
  actId: number;
  /** Nothing of this source is in the directory yet: nothing needs to be looked up. */
  isNew: boolean;
  /** Whether this import gives the record in any of its rows; absent: only the row itself counts. */
  gives?: (object: HsdsObject, id: string) => boolean;
  /** A quicker way to insert than statements through the transaction. */
  insertRows?: InsertRows | undefined;
}

export class ImportApplier {
  #trx: Transaction<Database>;
  #options: ApplierOptions;
  #insertRows: InsertRows;
  /** Shared records that are known to be there. */
  #shared = new Set<string>();
  /** Input rows of whose records no change has been noted yet: numbers from the one counter, without gaps. */
  #unrecorded = { from: Infinity, to: -Infinity };

  constructor(trx: Transaction<Database>, options: ApplierOptions) {
    this.#trx = trx;
    this.#options = options;
    this.#insertRows = options.insertRows ?? insertInto(trx);
  }

  /** Keys may come again from now on: what this import itself wrote is looked up too. */
  expectKnownKeys(): void {
    this.#options = { ...this.#options, isNew: false };
  }

  /** What the source gave for these keys the last time. */
  async findKnown(keys: readonly string[]): Promise<Map<string, Known>> {
    const known = new Map<string, Known>();
    if (this.#options.isNew) return known;
    for (const piece of inPieces(keys)) {
      const rows = await this.#trx
        .selectFrom('source_row')
        .select(['id', 'key', 'hash'])
        .where('source_id', '=', this.#options.sourceId)
        .where('key', 'in', piece)
        .execute();
      for (const { id, key, hash } of rows) known.set(key, { id, hash });
    }
    return known;
  }

  /** Applies rows of different keys. `known` is what `findKnown` gave for them. */
  async apply(rows: readonly StagedRow[], known: ReadonlyMap<string, Known>): Promise<Map<string, RowOutcome>> {
    const outcomes = new Map<string, RowOutcome>();
    const fresh: StagedRow[] = [];
    const changed: { row: StagedRow; id: number }[] = [];
    for (const row of rows) {
      const before = known.get(row.key);
      if (!before) fresh.push(row);
      else if (before.hash !== row.hash) changed.push({ row, id: before.id });
      else outcomes.set(row.key, { outcome: 'unchanged', conflict: null });
    }
    if (fresh.length > 0) await this.#create(fresh, outcomes);
    if (changed.length > 0) {
      // What was created comes before what is done to it.
      await this.recordCreations();
      await this.#update(changed, outcomes);
    }
    return outcomes;
  }

  async #create(rows: readonly StagedRow[], outcomes: Map<string, RowOutcome>): Promise<void> {
    const sourceRows = new Map<string, number>();
    const { from, to } = await this.#addSourceRows(rows, sourceRows);
    // In the order of ids, which all records of a row begin alike, so that neighbours in the indexes are written together.
    const inOrder = [...rows].sort((a, b) => ((a.records[0]?.id ?? '') < (b.records[0]?.id ?? '') ? -1 : 1));
    this.#unrecorded = { from: Math.min(from, this.#unrecorded.from), to: Math.max(to, this.#unrecorded.to) };
    const own = new WritePlan();
    const shared: { record: MappedRecord; sourceRow: number }[] = [];
    for (const row of inOrder) {
      const sourceRow = sourceRows.get(row.key) as number;
      for (const record of row.records) {
        if (record.shared) shared.push({ record, sourceRow });
        else own.create(record, sourceRow);
      }
      outcomes.set(row.key, { outcome: 'created', conflict: null });
    }
    await this.#insert(own);
    const plan = new WritePlan();
    await this.#addShared(shared, plan);
    await this.#write(plan);
  }

  /** Records that other rows may have given already are written once; those of an earlier import are brought up to date. */
  async #addShared(found: readonly { record: MappedRecord; sourceRow: number }[], plan: WritePlan): Promise<void> {
    const wanted = new Map<string, { record: MappedRecord; sourceRow: number }>();
    for (const item of found) {
      const key = `${item.record.object} ${item.record.id}`;
      if (this.#shared.has(key)) continue;
      this.#shared.add(key);
      wanted.set(key, item);
    }
    const existing = await this.#findByIds([...wanted.values()].map(({ record }) => record));
    const edits = await findLocalEdits(this.#trx, [...existing.values()]);
    for (const [key, { record, sourceRow }] of wanted) {
      const stored = existing.get(key);
      if (!stored) plan.create(record, sourceRow);
      else {
        // A record that several rows give is only ever added to here: what one of them lacks another one tells.
        const step = compare(record, stored, edits.get(stored.id), true);
        if (step.fields.length > 0) plan.update(stored, step.after, step.fields);
      }
    }
  }

  async #update(rows: readonly { row: StagedRow; id: number }[], outcomes: Map<string, RowOutcome>): Promise<void> {
    const stored = await this.#findByRows(rows.map(({ id }) => id));
    const foreign = await this.#findByIds(rows.flatMap(({ row }) => row.records.filter((record) => record.shared)));
    const all = [...[...stored.values()].flat(), ...foreign.values(), ...rows.flatMap(({ row }) => row.records)];
    const edits = await findLocalEdits(this.#trx, all);
    const plan = new WritePlan();
    const shared: { record: MappedRecord; sourceRow: number }[] = [];
    const applied: { row: StagedRow; id: number }[] = [];
    for (const { row, id } of rows) {
      const step = this.#planRow(row, { sourceRow: id, stored: stored.get(id) ?? [], edits });
      if (step.conflict) {
        outcomes.set(row.key, { outcome: 'unchanged', conflict: step.conflict });
        continue;
      }
      for (const write of step.writes) write(plan);
      shared.push(...step.shared);
      applied.push({ row, id });
      // The input differs, but nothing of it that is kept: a column that is left out, or another mapping with the same result.
      outcomes.set(row.key, { outcome: step.writes.length > 0 ? 'updated' : 'unchanged', conflict: null });
    }
    await this.#addShared(shared, plan);
    await this.#write(plan);
    for (const { row, id } of applied) await this.#noteRow(row, id);
  }

  /**
   * Applies all rows of an import whose records are told by several rows together, as in JSON trees. Where any row
   * changed, every record is compared, because what it says is put together from unchanged rows too.
   */
  async applyTogether(rows: readonly StagedRow[], known: ReadonlyMap<string, Known>): Promise<Map<string, RowOutcome>> {
    const outcomes = new Map<string, RowOutcome>();
    for (const row of rows) {
      const before = known.get(row.key);
      outcomes.set(row.key, { outcome: !before ? 'created' : before.hash === row.hash ? 'unchanged' : 'updated', conflict: null });
    }
    const fresh = rows.filter((row) => !known.has(row.key));
    const changed = rows.filter((row) => outcomes.get(row.key)?.outcome === 'updated');
    if (fresh.length + changed.length === 0) return outcomes;
    const sourceRows = new Map([...known].map(([key, { id }]) => [key, id]));
    await this.#addSourceRows(fresh, sourceRows);

    const records = rows.flatMap((row) => row.records);
    const existing = await this.#findByIds(records);
    const gone = [...(await this.#findByRows(changed.map((row) => sourceRows.get(row.key) as number))).values()]
      .flat()
      .filter((record) => !this.#options.gives?.(record.object, record.id));
    const edits = await findLocalEdits(this.#trx, this.#options.isNew ? [...existing.values()] : [...records, ...gone]);
    const plan = new WritePlan();
    for (const row of rows) {
      for (const record of row.records) {
        const before = existing.get(`${record.object} ${record.id}`);
        const step = before && compare(record, before, edits.get(record.id), false);
        if (step && step.contested.length > 0)
          outcomes.set(row.key, { outcome: 'unchanged', conflict: { object: record.object, fields: step.contested } });
        else if (before && step && step.fields.length > 0) plan.update(before, step.after, step.fields);
        else if (!before && edits.get(record.id)?.deleted)
          outcomes.set(row.key, { outcome: 'unchanged', conflict: { object: record.object, fields: ['(deleted here)'] } });
        else if (!before) plan.create(record, sourceRows.get(row.key) as number);
      }
    }
    for (const record of gone) if (!edits.has(record.id)) plan.remove(record);
    if (plan.isEmpty)
      for (const row of changed) outcomes.set(row.key, { outcome: 'unchanged', conflict: outcomes.get(row.key)?.conflict ?? null });
    await this.#write(plan);
    for (const row of changed) {
      if (outcomes.get(row.key)?.conflict) continue;
      await this.#noteRow(row, sourceRows.get(row.key) as number);
    }
    return outcomes;
  }

  async #addSourceRows(rows: readonly StagedRow[], ids: Map<string, number>): Promise<{ from: number; to: number }> {
    if (rows.length === 0) return { from: Infinity, to: -Infinity };
    const { sourceId, actId } = this.#options;
    const first = await reserve(this.#trx, 'source_row', rows.length);
    const columns = ['id', 'source_id', 'key', 'hash', 'place', 'act_id', 'created_by'];
    const values: (string | number)[] = [];
    rows.forEach((row, i) => {
      ids.set(row.key, first + i);
      values.push(first + i, sourceId, row.key, row.hash, row.place, actId, actId);
    });
    await this.#insertRows({ table: 'source_row', columns, values });
    return { from: first, to: first + rows.length - 1 };
  }

  /** Notes the records of all new input rows since the last call as created, in one change. */
  async recordCreations(): Promise<void> {
    const { from, to } = this.#unrecorded;
    if (to < from) return;
    this.#unrecorded = { from: Infinity, to: -Infinity };
    const seq = await reserve(this.#trx, 'change');
    await this.#trx
      .insertInto('change')
      .values({
        seq,
        act_id: this.#options.actId,
        object: CREATED_ROWS,
        record_id: formatCreatedRows({ first: from, last: to }),
        op: 'create',
        before: null,
      })
      .execute();
  }

  async #noteRow(row: StagedRow, id: number): Promise<void> {
    await this.#trx
      .updateTable('source_row')
      .set({ hash: row.hash, place: row.place, act_id: this.#options.actId })
      .where('id', '=', id)
      .execute();
  }

  #planRow(row: StagedRow, known: { sourceRow: number; stored: FoundRecord[]; edits: ReadonlyMap<string, LocalEdit> }) {
    const writes: ((plan: WritePlan) => void)[] = [];
    const shared: { record: MappedRecord; sourceRow: number }[] = [];
    const mine = new Map(known.stored.map((record) => [`${record.object} ${record.id}`, record]));
    let conflict: RowOutcome['conflict'] = null;
    for (const record of row.records) {
      const key = `${record.object} ${record.id}`;
      const before = mine.get(key);
      mine.delete(key);
      if (!before) {
        const edit = known.edits.get(record.id);
        if (edit?.deleted) conflict ??= { object: record.object, fields: ['(deleted here)'] };
        else if (record.shared) shared.push({ record, sourceRow: known.sourceRow });
        else writes.push((plan) => plan.create(record, known.sourceRow));
        continue;
      }
      const step = compare(record, before, known.edits.get(before.id), false);
      if (step.contested.length > 0) conflict ??= { object: record.object, fields: step.contested };
      if (step.fields.length > 0) writes.push((plan) => plan.update(before, step.after, step.fields));
    }
    for (const before of mine.values()) {
      if (this.#options.gives?.(before.object, before.id) || SHARED_OBJECTS.has(before.object)) continue;
      if (known.edits.has(before.id)) conflict ??= { object: before.object, fields: ['(no longer in the input)'] };
      writes.push((plan) => plan.remove(before));
    }
    return { writes, shared, conflict };
  }

  async #findByRows(rowIds: readonly number[]): Promise<Map<number, FoundRecord[]>> {
    const found = new Map<number, FoundRecord[]>();
    for (const object of HSDS_OBJECTS) {
      for (const piece of inPieces(rowIds)) {
        for (const record of await this.#trx.selectFrom(object).selectAll().where('source_row', 'in', piece).execute()) {
          const list = found.get(record.source_row as number) ?? [];
          list.push({ object, id: record.id, values: record as unknown as StoredRecord });
          found.set(record.source_row as number, list);
        }
      }
    }
    return found;
  }

  async #findByIds(records: readonly MappedRecord[]): Promise<Map<string, FoundRecord>> {
    const found = new Map<string, FoundRecord>();
    for (const [object, list] of Map.groupBy(records, (record) => record.object)) {
      for (const piece of inPieces([...new Set(list.map(({ id }) => id))])) {
        for (const record of await this.#trx.selectFrom(object).selectAll().where('id', 'in', piece).execute()) {
          found.set(`${object} ${record.id}`, { object, id: record.id, values: record as unknown as StoredRecord });
        }
      }
    }
    return found;
  }

  async #insert(plan: WritePlan): Promise<void> {
    for (const [object, rows] of plan.created) {
      const present = new Set<string>();
      for (const { record } of rows) {
        for (const field in record.fields) if (record.fields[field] !== null) present.add(field);
        if (record.extra) present.add('extra');
      }
      const used = columnsOf(object).filter((column) => present.has(column));
      const values: (string | number | null)[] = [];
      for (const { record, sourceRow } of rows) {
        values.push(record.id, sourceRow);
        for (const column of used) values.push(storedValue(record, column));
      }
      await this.#insertRows({ table: object, columns: ['id', 'source_row', ...used], values });
    }
  }

  async #write(plan: WritePlan): Promise<void> {
    const changes: [object: HsdsObject, id: string, op: Database['change']['op'], before: StoredRecord | null][] = [];
    await this.#insert(plan);
    for (const [object, rows] of plan.created) for (const { record } of rows) changes.push([object, record.id, 'create', null]);
    for (const { before, after, fields } of plan.updated) {
      const set = Object.fromEntries(fields.map((field) => [field, after[field] ?? null]));
      await this.#trx
        .updateTable(before.object)
        .set(set as never)
        .where('id', '=', before.id)
        .execute();
      changes.push([before.object, before.id, 'update', before.values]);
    }
    for (const before of plan.removed) {
      await this.#trx.deleteFrom(before.object).where('id', '=', before.id).execute();
      changes.push([before.object, before.id, 'delete', before.values]);
    }
    if (changes.length === 0) return;
    const first = await reserve(this.#trx, 'change', changes.length);
    await this.#insertRows({
      table: 'change',
      columns: ['seq', 'act_id', 'object', 'record_id', 'op', 'before'],
      values: changes.flatMap(([object, id, op, before], i) => [
        first + i,
        this.#options.actId,
        object,
        id,
        op,
        before && JSON.stringify(before),
      ]),
    });
  }
}

/** One row that gives them may go while others stay. */
const SHARED_OBJECTS: ReadonlySet<HsdsObject> = new Set(['organization', 'taxonomy', 'taxonomy_term', 'unit', 'program']);

export interface FoundRecord {
  object: HsdsObject;
  id: string;
  values: StoredRecord;
}

class WritePlan {
  readonly created = new Map<HsdsObject, { record: MappedRecord; sourceRow: number }[]>();
  readonly updated: { before: FoundRecord; after: StoredRecord; fields: string[] }[] = [];
  readonly removed: FoundRecord[] = [];

  get isEmpty(): boolean {
    return this.created.size + this.updated.length + this.removed.length === 0;
  }

  create(record: MappedRecord, sourceRow: number): void {
    const list = this.created.get(record.object);
    if (list) list.push({ record, sourceRow });
    else this.created.set(record.object, [{ record, sourceRow }]);
  }

  update(before: FoundRecord, after: StoredRecord, fields: string[]): void {
    this.updated.push({ before, after, fields });
  }

  remove(before: FoundRecord): void {
    this.removed.push(before);
  }
}

/**
 * What the input changes in a stored record. Without local edits that is every difference; with them only what the input
 * changed since the last import, and a field that both changed differently is contested.
 */
function compare(
  record: MappedRecord,
  stored: FoundRecord,
  edit: LocalEdit | undefined,
  onlyAdd: boolean,
): { after: StoredRecord; fields: string[]; contested: string[] } {
  const after: StoredRecord = {};
  for (const column of columnsOf(record.object)) after[column] = storedValue(record, column);
  // What was hidden once stays hidden until someone says otherwise here: a source may only have forgotten to say so.
  const staysHidden = record.object === 'location' && Number(stored.values['hidden'] ?? 0) !== 0;
  const different = listDifferences(record.object, stored.values, after)
    .filter((column) => !onlyAdd || (after[column] ?? null) !== null)
    .filter((column) => !(staysHidden && column === 'hidden'));
  if (!edit) return { after, fields: different, contested: [] };
  const byInput = new Set(listDifferences(record.object, edit.base, after));
  const byHand = new Set(listDifferences(record.object, edit.base, stored.values));
  return {
    after,
    fields: different.filter((column) => byInput.has(column) && !byHand.has(column)),
    contested: different.filter((column) => byInput.has(column) && byHand.has(column)),
  };
}
