// Brings rows of a source into the directory: new ones are created, changed ones updated, equal ones left alone, and a
// record that someone edited here since the last import keeps the edit. Every write has its change beside it.

import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';
import { findLocalEdits, type LocalEdit } from './import-conflicts.ts';
import type { FoundRecord, ImportWriter, InputRow, KnownRow } from './import-writer.ts';
import { columnsOf, listDifferences, storedValue, type StoredRecord } from './record-columns.ts';

export interface StagedRow extends InputRow {
  records: MappedRecord[];
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
}

const CREATED: RowOutcome = { outcome: 'created', conflict: null };
const UNCHANGED: RowOutcome = { outcome: 'unchanged', conflict: null };

export class ImportApplier {
  #writer: ImportWriter;
  #options: ApplierOptions;
  /** Shared records that are known to be there. */
  #shared = new Set<string>();

  constructor(writer: ImportWriter, options: ApplierOptions) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Applies rows of different keys. `known` is what the writer found for them; a new row takes the next number. */
  async apply(rows: readonly StagedRow[], known: ReadonlyMap<string, KnownRow>): Promise<Map<string, RowOutcome>> {
    const outcomes = new Map<string, RowOutcome>();
    const changed: StagedRow[] = [];
    const shared: NumberedRecord[] = [];
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
    await this.#writer.keepUp();
    return outcomes;
  }

  #create(row: StagedRow, shared: NumberedRecord[]): void {
    this.#writer.addRow(row);
    for (const record of row.records) {
      if (record.shared) shared.push({ record, number: row.number });
      else this.#writer.create(record, row.number);
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
    for (const [key, { record, number }] of wanted) {
      const stored = existing.get(key);
      if (!stored) this.#writer.create(record, number);
      else {
        // A record that several rows give is only ever added to here: what one of them lacks another one tells.
        const step = compare(record, stored, edits.get(stored.id), true);
        if (step.fields.length > 0) this.#writer.update(stored, step.after, step.fields);
      }
    }
  }

  async #update(rows: readonly StagedRow[], outcomes: Map<string, RowOutcome>): Promise<void> {
    const stored = await this.#writer.findByRows(rows.map(({ number }) => number));
    const given = rows.flatMap(({ records }) => records);
    const edits = await findLocalEdits(this.#writer.trx, [...[...stored.values()].flat(), ...given]);
    const shared: NumberedRecord[] = [];
    for (const row of rows) {
      const step = this.#planRow(row, { stored: stored.get(row.number) ?? [], edits });
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

  /**
   * Applies all rows of an import whose records are told by several rows together, as in JSON trees. Where any row
   * changed, every record is compared, because what it says is put together from unchanged rows too.
   */
  async applyTogether(rows: readonly StagedRow[], known: ReadonlyMap<string, KnownRow>): Promise<Map<string, RowOutcome>> {
    const writer = this.#writer;
    const outcomes = new Map<string, RowOutcome>();
    for (const row of rows) {
      const before = known.get(row.key);
      outcomes.set(row.key, !before ? CREATED : before.hash === row.hash ? UNCHANGED : { outcome: 'updated', conflict: null });
    }
    const changed = rows.filter((row) => outcomes.get(row.key)?.outcome === 'updated');
    for (const row of rows) if (!known.has(row.key)) writer.addRow(row);
    // Each record is told of by a change of its own, because it may belong to no one row.
    writer.skipCreations();
    if (rows.every((row) => outcomes.get(row.key)?.outcome === 'unchanged')) return outcomes;

    const records = rows.flatMap((row) => row.records);
    const existing = await writer.findByIds(records);
    const gone = [...(await writer.findByRows(changed.map(({ number }) => number))).values()]
      .flat()
      .filter((record) => !this.#options.gives?.(record.object, record.id));
    const edits = await findLocalEdits(writer.trx, this.#options.isNew ? [...existing.values()] : [...records, ...gone]);
    let written = false;
    for (const row of rows) {
      for (const record of row.records) {
        const before = existing.get(`${record.object} ${record.id}`);
        const step = before && compare(record, before, edits.get(record.id), false);
        if (step && step.contested.length > 0)
          outcomes.set(row.key, { outcome: 'unchanged', conflict: { object: record.object, fields: step.contested } });
        else if (!before && edits.get(record.id)?.deleted)
          outcomes.set(row.key, { outcome: 'unchanged', conflict: { object: record.object, fields: ['(deleted here)'] } });
        else if (!before || (step && step.fields.length > 0)) {
          if (before && step) writer.update(before, step.after, step.fields);
          else writer.create(record, row.number);
          written = true;
        }
      }
      await writer.keepUp();
    }
    for (const record of gone) {
      if (edits.has(record.id)) continue;
      writer.remove(record);
      written = true;
    }
    for (const row of changed) {
      const conflict = outcomes.get(row.key)?.conflict ?? null;
      if (!written) outcomes.set(row.key, { outcome: 'unchanged', conflict });
      if (!conflict) writer.noteRow(row);
    }
    return outcomes;
  }

  #planRow(row: StagedRow, known: { stored: FoundRecord[]; edits: ReadonlyMap<string, LocalEdit> }) {
    const writes: (() => void)[] = [];
    const shared: NumberedRecord[] = [];
    const mine = new Map(known.stored.map((record) => [`${record.object} ${record.id}`, record]));
    let conflict: RowOutcome['conflict'] = null;
    for (const record of row.records) {
      const key = `${record.object} ${record.id}`;
      const before = mine.get(key);
      mine.delete(key);
      if (!before) {
        const edit = known.edits.get(record.id);
        if (edit?.deleted) conflict ??= { object: record.object, fields: ['(deleted here)'] };
        else if (record.shared) shared.push({ record, number: row.number });
        else writes.push(() => this.#writer.create(record, row.number));
        continue;
      }
      const step = compare(record, before, known.edits.get(before.id), false);
      if (step.contested.length > 0) conflict ??= { object: record.object, fields: step.contested };
      if (step.fields.length > 0) writes.push(() => this.#writer.update(before, step.after, step.fields));
    }
    for (const before of mine.values()) {
      if (this.#options.gives?.(before.object, before.id) || SHARED_OBJECTS.has(before.object)) continue;
      if (known.edits.has(before.id)) conflict ??= { object: before.object, fields: ['(no longer in the input)'] };
      writes.push(() => this.#writer.remove(before));
    }
    return { writes, shared, conflict };
  }
}

/** One row that gives them may go while others stay. */
const SHARED_OBJECTS: ReadonlySet<HsdsObject> = new Set(['organization', 'taxonomy', 'taxonomy_term', 'unit', 'program']);

interface NumberedRecord {
  record: MappedRecord;
  number: number;
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
