// Brings rows of a source into the directory: new ones are created, changed ones updated, equal ones left alone, and a
// record that someone edited here since the last import keeps the edit. Every write has its change beside it.

import { DELETED_HERE, findDecision, NOT_IN_INPUT, type ConflictDecisions } from '#shared/directory/conflict-decisions.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';
import { compareRecord } from './import-compare.ts';
import { findLocalEdits, type LocalEdit } from './import-conflicts.ts';
import { readKeptHere } from './kept-here.ts';
import { describeCreation, describeRemoval, describeUpdate, linksOf, mainOf, type ImportStage, type StagedItem } from './import-stage.ts';
import type { FoundRecord, ImportWriter, InputRow, KnownRow } from './import-writer.ts';
import type { StoredRecord } from './record-columns.ts';

export interface StagedRow extends InputRow {
  records: MappedRecord[];
  /** This import created it from one of its rows; now it is told by all of them. */
  createdBefore?: boolean;
}

export type Outcome = 'created' | 'updated' | 'unchanged';

export interface RowOutcome {
  outcome: Outcome;
  /** Fields that someone edited here and that the input gives differently. */
  conflict: { object: HsdsObject; fields: string[] } | null;
}

export interface ApplierOptions {
  /** Nothing of this source is in the directory yet. */
  isNew: boolean;
  /** Whether this import gives the record in any of its rows; absent: only the row itself counts. */
  gives?: (object: HsdsObject, id: string) => boolean;
  /** Told of everything that is decided, where someone wants to see it. */
  stage?: ImportStage | undefined;
  /** What to do with values that were edited here. */
  decisions?: ConflictDecisions | undefined;
}

/** What the directory has of rows that are applied together. */
export interface FoundTogether {
  known: ReadonlyMap<string, KnownRow>;
  existing: ReadonlyMap<string, FoundRecord>;
  /** Records of changed rows that the import gives nowhere any more. */
  gone: readonly FoundRecord[];
  edits: ReadonlyMap<string, LocalEdit>;
  /** Values that stay here against those of the source. */
  kept: ReadonlyMap<string, string>;
}

const CREATED: RowOutcome = { outcome: 'created', conflict: null };
const UNCHANGED: RowOutcome = { outcome: 'unchanged', conflict: null };

export class ImportApplier {
  #writer: ImportWriter;
  #options: ApplierOptions;
  /** Shared records that are known to be there. */
  #shared = new Set<string>();
  /** Of the rows under way, by key; null where nobody wants to see them. */
  #items: Map<string, StagedItem> | null = null;
  #hasWrittenTogether = false;

  constructor(writer: ImportWriter, options: ApplierOptions) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Applies rows of different keys. `known` is what the writer found for them; a new row takes the next number. */
  async apply(rows: readonly StagedRow[], known: ReadonlyMap<string, KnownRow>): Promise<Map<string, RowOutcome>> {
    const outcomes = new Map<string, RowOutcome>();
    const changed: StagedRow[] = [];
    const shared: NumberedRecord[] = [];
    this.#openItems(rows);
    for (const row of rows) {
      const before = known.get(row.key);
      if (!before) {
        this.#create(row, shared);
        outcomes.set(row.key, CREATED);
      } else if (before.hash !== row.hash) changed.push(row);
      else outcomes.set(row.key, UNCHANGED);
    }
    if (shared.length > 0) await this.#addShared(shared);
    if (changed.length > 0) {
      this.#writer.recordCreations();
      await this.#update(changed, outcomes);
    }
    this.#closeItems(outcomes);
    await this.#writer.keepUp();
    return outcomes;
  }

  #openItems(rows: readonly StagedRow[]): void {
    if (!this.#options.stage) return;
    this.#items = new Map(
      rows.map(({ key, place, records, createdBefore: again = false }): [string, StagedItem] => [
        key,
        { outcome: 'unchanged', place, key, again, main: mainOf(records[0]), changes: [], contests: [], reasons: [] },
      ]),
    );
  }

  #closeItems(outcomes: ReadonlyMap<string, RowOutcome>): void {
    for (const [key, item] of this.#items ?? []) {
      if (item.contests.length > 0) item.outcome = 'conflict';
      else if (item.again || outcomes.get(key)?.outcome === 'created') item.outcome = 'created';
      else if (item.changes.length > 0) item.outcome = 'updated';
      this.#options.stage?.add(item);
    }
    this.#items = null;
  }

  #create(row: StagedRow, shared: NumberedRecord[]): void {
    this.#writer.addRow(row);
    for (const record of row.records) {
      if (record.shared) shared.push({ record, number: row.number, key: row.key });
      else {
        this.#writer.create(record, row.number);
        this.#items?.get(row.key)?.changes.push(describeCreation(record));
      }
    }
  }

  /** Records that other rows may have given already are written once; those of an earlier import are brought up to date. */
  async #addShared(found: readonly NumberedRecord[]): Promise<void> {
    const wanted = new Map<string, NumberedRecord>();
    for (const item of found) {
      const key = `${item.record.object} ${item.record.id}`;
      if (this.#shared.has(key)) continue;
      this.#shared.add(key);
      wanted.set(key, item);
    }
    const existing = await this.#writer.findByIds([...wanted.values()].map(({ record }) => record));
    const edits = await findLocalEdits(this.#writer.trx, [...existing.values()]);
    for (const [key, { record, number, key: row }] of wanted) {
      const stored = existing.get(key);
      const changes = this.#items?.get(row)?.changes;
      if (!stored) {
        this.#writer.create(record, number);
        changes?.push(describeCreation(record));
      } else {
        // A record that several rows give is only ever added to here: what one of them lacks another one tells.
        const { after, fields } = compareRecord(record, stored, { edit: edits.get(stored.id), onlyAdd: true });
        if (fields.length === 0) continue;
        this.#writer.update(stored, after, fields);
        changes?.push(describeUpdate(stored, after, { fields, shared: true }));
      }
    }
  }

  async #update(rows: readonly StagedRow[], outcomes: Map<string, RowOutcome>): Promise<void> {
    const stored = await this.#writer.findByRows(rows.map(({ number }) => number));
    const given = rows.flatMap(({ records }) => records);
    const edits = await findLocalEdits(this.#writer.trx, [...[...stored.values()].flat(), ...given]);
    const kept = edits.size > 0 ? await readKeptHere(this.#writer.trx, [...edits.keys()]) : NOTHING_KEPT;
    const shared: NumberedRecord[] = [];
    for (const row of rows) {
      const step = this.#planRow(row, { stored: stored.get(row.number) ?? [], edits, kept });
      if (step.conflict) {
        outcomes.set(row.key, { outcome: 'unchanged', conflict: step.conflict });
        continue;
      }
      for (const write of step.writes) write();
      shared.push(...step.shared);
      this.#writer.noteRow(row);
      // The input differs, but nothing of it that is kept: a column that is left out, or another mapping with the same result.
      outcomes.set(row.key, { outcome: step.writes.length > 0 ? 'updated' : 'unchanged', conflict: null });
    }
    await this.#addShared(shared);
  }

  /** What the directory has of rows whose records are told by several rows together, as in JSON trees. */
  async findTogether(rows: readonly StagedRow[]): Promise<FoundTogether> {
    const writer = this.#writer;
    const known = await writer.findKnown(rows.map(({ key }) => key));
    const numbers = rows.flatMap(({ key, hash }) => {
      const before = known.get(key);
      return before && before.hash !== hash ? [before.number] : [];
    });
    const records = rows.flatMap((row) => row.records);
    const [existing, stored] = await Promise.all([writer.findByIds(records), writer.findByRows(numbers)]);
    const gone = [...stored.values()].flat().filter((record) => !this.#options.gives?.(record.object, record.id));
    const edits = await findLocalEdits(writer.trx, this.#options.isNew ? [...existing.values()] : [...records, ...gone]);
    const kept = edits.size > 0 ? await readKeptHere(writer.trx, [...edits.keys()]) : NOTHING_KEPT;
    return { known, existing, gone, edits, kept };
  }

  /**
   * Applies such rows; no record may be of two batches of them. Where any row of the import changed, every record is
   * compared, because what it says is put together from unchanged rows too.
   * @param found what the directory has of them; null: nothing changed, and nothing is compared
   * @returns what became of each row; a changed one counts as updated if `hasWrittenTogether` in the end
   */
  async applyTogether(rows: readonly StagedRow[], found: FoundTogether | null): Promise<Map<string, RowOutcome>> {
    const outcomes = new Map<string, RowOutcome>();
    this.#openItems(rows);
    for (const row of rows) {
      const before = found?.known.get(row.key);
      outcomes.set(row.key, !found || before?.hash === row.hash ? UNCHANGED : before ? { outcome: 'updated', conflict: null } : CREATED);
    }
    if (found) await this.#writeTogether(rows, found, outcomes);
    this.#closeItems(outcomes);
    return outcomes;
  }

  async #writeTogether(rows: readonly StagedRow[], found: FoundTogether, outcomes: Map<string, RowOutcome>): Promise<void> {
    const writer = this.#writer;
    const { known, existing, gone, edits, kept } = found;
    for (const row of rows) if (!known.has(row.key)) writer.addRow(row);
    // Each record is told of by a change of its own, because it may belong to no one row.
    writer.skipCreations();
    for (const row of rows) {
      for (const record of row.records) {
        const before = existing.get(`${record.object} ${record.id}`);
        const step = this.#planRecord(row, record, { before, edit: edits.get(record.id), kept });
        if (step.open.length > 0) outcomes.set(row.key, { outcome: 'unchanged', conflict: { object: record.object, fields: step.open } });
        else if (step.write) {
          step.write();
          this.#hasWrittenTogether = true;
        }
      }
      await writer.keepUp();
    }
    const changed = rows.filter((row) => known.has(row.key) && known.get(row.key)?.hash !== row.hash);
    const rowOf = new Map(changed.map(({ number, key }) => [number, key]));
    for (const record of gone) {
      if (edits.has(record.id)) continue;
      writer.remove(record);
      this.#items?.get(rowOf.get(Number(record.values['source_row'])) ?? '')?.changes.push(describeRemoval(record));
      this.#hasWrittenTogether = true;
    }
    for (const row of changed) if (!outcomes.get(row.key)?.conflict) writer.noteRow(row);
  }

  /** Whether `applyTogether` came to write anything so far. */
  get hasWrittenTogether(): boolean {
    return this.#hasWrittenTogether;
  }

  /** What becomes of one record of a row: what to write, and what is contested and not decided. */
  #planRecord(
    row: StagedRow,
    record: MappedRecord,
    { before, edit, kept }: { before: FoundRecord | undefined; edit: LocalEdit | undefined; kept: ReadonlyMap<string, string> },
  ): { open: string[]; write: (() => void) | null } {
    const { object, id } = record;
    const changes = this.#items?.get(row.key)?.changes;
    if (!before) {
      const create = (): void => {
        this.#writer.create(record, row.number);
      };
      if (!edit?.deleted) {
        changes?.push(describeCreation(record));
        return { open: [], write: create };
      }
      const taken = this.#decide(row, { object, id, values: edit.base }, { after: {}, fields: [DELETED_HERE], kept });
      return { open: taken.open, write: taken.theirs.length > 0 ? create : null };
    }
    const { after, fields, contested } = compareRecord(record, before, { edit, onlyAdd: false });
    const { open, theirs } = this.#decide(row, before, { after, fields: contested, kept });
    const set = [...fields, ...theirs];
    if (fields.length > 0) changes?.push(describeUpdate(before, after, { fields, shared: false }));
    return { open, write: set.length > 0 ? () => this.#writer.update(before, after, set) : null };
  }

  /** Of contested fields those that nobody has decided, and those in which the source is right. */
  #decide(
    row: StagedRow,
    record: FoundRecord,
    { after, fields, kept }: { after: StoredRecord; fields: readonly string[]; kept: ReadonlyMap<string, string> },
  ): { open: string[]; theirs: string[] } {
    const open: string[] = [];
    const theirs: string[] = [];
    for (const field of fields) {
      const { object, id, values } = record;
      const given = after[field] ?? null;
      const value = JSON.stringify(given);
      if (kept.get(`${id} ${field}`) === value) continue;
      this.#items?.get(row.key)?.contests.push({ object, id, links: linksOf(values), field, ours: values[field] ?? null, theirs: given });
      const choice = findDecision(this.#options.decisions, { object, id, field });
      if (choice === undefined) open.push(field);
      else if (choice === 'theirs') theirs.push(field);
      else this.#writer.keepHere({ id, field, value });
    }
    return { open, theirs };
  }

  #planRow(row: StagedRow, known: { stored: FoundRecord[]; edits: ReadonlyMap<string, LocalEdit>; kept: ReadonlyMap<string, string> }) {
    const { edits, kept } = known;
    const writes: (() => void)[] = [];
    const shared: NumberedRecord[] = [];
    const mine = new Map(known.stored.map((record) => [`${record.object} ${record.id}`, record]));
    let conflict: RowOutcome['conflict'] = null;
    for (const record of row.records) {
      const key = `${record.object} ${record.id}`;
      const before = mine.get(key);
      mine.delete(key);
      const edit = edits.get(record.id);
      if (!before && record.shared && !edit?.deleted) {
        shared.push({ record, number: row.number, key: row.key });
        continue;
      }
      const step = this.#planRecord(row, record, { before, edit, kept });
      if (step.open.length > 0) conflict ??= { object: record.object, fields: step.open };
      if (step.write) writes.push(step.write);
    }
    for (const before of mine.values()) {
      if (this.#options.gives?.(before.object, before.id) || SHARED_OBJECTS.has(before.object)) continue;
      if (edits.has(before.id)) {
        const { open, theirs } = this.#decide(row, before, { after: {}, fields: [NOT_IN_INPUT], kept });
        if (open.length > 0) conflict ??= { object: before.object, fields: open };
        if (theirs.length === 0) continue;
      } else this.#items?.get(row.key)?.changes.push(describeRemoval(before));
      writes.push(() => this.#writer.remove(before));
    }
    if (row.createdBefore) this.#describeWhole(row);
    return { writes, shared, conflict };
  }

  /** What was told of one of its rows is told anew of all of them. */
  #describeWhole(row: StagedRow): void {
    const item = this.#items?.get(row.key);
    if (item) item.changes = row.records.filter(({ shared }) => !shared).map(describeCreation);
  }
}

/** One row that gives them may go while others stay. */
const SHARED_OBJECTS: ReadonlySet<HsdsObject> = new Set(['organization', 'taxonomy', 'taxonomy_term', 'unit', 'program']);

interface NumberedRecord {
  record: MappedRecord;
  number: number;
  /** Key of its row. */
  key: string;
}

const NOTHING_KEPT: ReadonlyMap<string, string> = new Map();
