// Imports HSDS packages and JSON trees. One record may be told in several places, so all of them are put together before it
// is written: what one lacks another one fills in; where they contradict each other the newest, else the first, is right.
// The input is read twice: first to count the tellings, then to write each row as soon as all of it has been told.

import { applyCarried, createTreeReader, type CarriedValue, type TreeContext, type TreeRow } from '#shared/directory/hsds-tree.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord, RowKey } from '#shared/directory/import-record.ts';
import type { FoundTogether, ImportApplier, StagedRow } from './import-apply.ts';
import { digestOf, ImportKeys } from './import-keys.ts';
import { hashText } from './hash-text.ts';
import { hashRow, type HashedRow } from './import-reader.ts';
import type { ImportTally } from './import-tally.ts';
import { Tellings } from './import-tellings.ts';
import type { ImportWriter } from './import-writer.ts';

/** Records that are compared and written at once. */
const BATCH = 2000;

/** A row of which something is still to come. */
interface OpenRow {
  key: string;
  hashes: Set<string>;
  count: number;
  place: string;
  records: MappedRecord[];
  /** Its own tellings, and its records, that are not complete. */
  open: number;
}

/** A row of which all has been told. */
interface TreeRowStaged extends StagedRow {
  /** How often it came. */
  count: number;
}

/** Where the second pass goes. */
interface Target {
  writer: ImportWriter;
  applier: ImportApplier;
  /** Whether any row changed since the last import. */
  changes: boolean;
}

interface Told {
  record: MappedRecord;
  row: OpenRow;
  newest: string | null;
}

/** A record of which more is to come. */
interface OpenRecord {
  /** Tellings and carried values. */
  left: number;
  told: Told | null;
  carried: CarriedValue[];
}

interface Telling {
  row: OpenRow;
  newest: string | null;
  file: string;
  line: number;
}

export class TreeImport {
  #context: TreeContext;
  #tally: ImportTally;
  #keys = new ImportKeys();
  #tellings = new Tellings();
  #rejected = new Set<string>();
  #metKnown = 0;
  /** Second pass. */
  #target: Target | null = null;
  #rows = new Map<string, OpenRow>();
  #records = new Map<string, OpenRecord>();
  #ready: OpenRow[] = [];
  #readyRecords = 0;
  /** The batch before: what the directory has of it is being looked up while the next one is read. */
  #looking: { rows: TreeRowStaged[]; found: Promise<FoundTogether | null> } | null = null;
  /** Input rows that changed: whether that came to anything is known at the end. */
  #updated = 0;

  constructor(context: TreeContext, tally: ImportTally) {
    this.#context = context;
    this.#tally = tally;
  }

  /**
   * First pass: counts what the row tells.
   * @param own columns of ours that the record brings along, such as `waypost:type`
   */
  count(object: HsdsObject, read: HashedRow, own: Record<string, unknown> = {}): void {
    const { key, mapped } = this.#map(object, read);
    if (!mapped || mapped.rejected || !key) return;
    this.#keys.add(digestOf(key.key), hashOf(read, own), read.row);
    for (const record of mapped.records) this.#tellings.tell(record);
    for (const value of mapped.carried) this.#tellings.carry(value);
  }

  #map(object: HsdsObject, { values }: HashedRow): { key: RowKey | null; mapped: TreeRow | null } {
    const reader = createTreeReader(object, this.#context);
    const key = reader.keyOf(values);
    return { key, mapped: key && reader.map(values, key) };
  }

  /** Between the passes. Where no row changed nothing will be compared, else every record: what it says comes from unchanged rows too. */
  async finishCounting(writer: ImportWriter, applier: ImportApplier): Promise<void> {
    this.#tellings.finish();
    this.#target = { writer, applier, changes: await this.#isAnyChanged(writer) };
  }

  async #isAnyChanged(writer: ImportWriter): Promise<boolean> {
    let same = 0;
    for await (const rows of writer.listKnown()) {
      for (const { key, hash } of rows) {
        const digest = digestOf(key);
        if (!this.#keys.has(digest)) continue;
        if (hash !== this.#keys.hashes(digest).sort().join('+')) return true;
        same++;
      }
    }
    return same < this.#keys.size;
  }

  /** Second pass, over the same rows. */
  add(object: HsdsObject, file: string, read: HashedRow, own: Record<string, unknown> = {}): Promise<void> | undefined {
    const { key, mapped } = this.#map(object, read);
    for (const issue of mapped?.issues ?? []) this.#tally.report(file, read.row, issue);
    if (!mapped || mapped.rejected || !key) {
      this.#tally.reject(file, read.row, mapped?.issues ?? []);
      if (key) this.#rejected.add(key.key);
      return undefined;
    }
    const main = mapped.records[0];
    if (main)
      applyCarried(
        main,
        Object.entries(own).map(([label, value]) => ({ object, id: main.id, label, value, attribute: null })),
      );
    const row = this.#openRow(object, key.key, file, read);
    row.hashes.add(hashOf(read, own));
    // Whatever the input has not got is looked for in the directory.
    for (const reference of mapped.references)
      if (!this.gives(reference.object, reference.id)) this.#tally.refer(file, read.row, reference);
    const telling = { row, newest: key.newest, file, line: read.row };
    for (const record of mapped.records) this.#tell(record, telling);
    for (const value of mapped.carried) this.#carry(value, telling);
    this.#close(row);
    return this.#readyRecords + this.#ready.length >= BATCH ? this.#pass() : undefined;
  }

  #openRow(object: HsdsObject, key: string, file: string, { row: number }: HashedRow): OpenRow {
    const before = this.#rows.get(key);
    if (before) {
      before.count++;
      const id = key.slice(key.indexOf(':') + 1);
      this.#tally.report(file, number, {
        column: 'id',
        code: 'id_repeated_merged',
        severity: 'info',
        message: `This ${object} came before in this import (${before.place}). They were put together.`,
        value: id,
      });
      return before;
    }
    const open = this.#keys.count(digestOf(key));
    const row: OpenRow = { key, hashes: new Set(), count: 1, place: `${file}:${number}`, records: [], open };
    if (open > 1) this.#rows.set(key, row);
    return row;
  }

  /** One thing less is to come of the row. */
  #close(row: OpenRow): void {
    row.open--;
    if (row.open > 0) return;
    this.#rows.delete(row.key);
    this.#ready.push(row);
    this.#readyRecords += row.records.length;
  }

  #tell(record: MappedRecord, telling: Telling): void {
    const expected = this.#tellings.expected(record);
    if (expected === 0) return;
    if (expected === 1) {
      telling.row.records.push(record);
      return;
    }
    const open = this.#openRecord(record, expected);
    if (open.told) this.#merge(open.told, record, telling);
    else {
      open.told = { record, row: telling.row, newest: telling.newest };
      telling.row.records.push(record);
      telling.row.open++;
    }
    this.#hear(record, open);
  }

  #carry(value: CarriedValue, telling: Telling): void {
    if (value.attribute && !this.#tellings.isPutBack(value.attribute)) return this.#tell(value.attribute, telling);
    const expected = this.#tellings.expected(value);
    if (expected === 0) return;
    const open = this.#openRecord(value, expected);
    open.carried.push(value);
    this.#hear(value, open);
  }

  #openRecord({ object, id }: { object: HsdsObject; id: string }, expected: number): OpenRecord {
    const name = `${object} ${id}`;
    let open = this.#records.get(name);
    if (!open) this.#records.set(name, (open = { left: expected, told: null, carried: [] }));
    return open;
  }

  #hear({ object, id }: { object: HsdsObject; id: string }, open: OpenRecord): void {
    open.left--;
    if (open.left > 0) return;
    this.#records.delete(`${object} ${id}`);
    this.#complete(open);
  }

  #complete({ told, carried }: OpenRecord): void {
    if (!told) return;
    applyCarried(told.record, carried);
    this.#close(told.row);
  }

  #merge(told: Told, record: MappedRecord, telling: Telling): void {
    const newer = telling.newest !== null && told.newest !== null && telling.newest > told.newest;
    for (const [field, value] of Object.entries(record.fields)) {
      const own = told.record.fields[field] ?? null;
      if (value === null || own === value) continue;
      if (own !== null) this.#contradict(record, field, { ...telling, own, value, newer });
      if (own === null || newer) told.record.fields[field] = value;
    }
    if (record.extra) told.record.extra = newer ? { ...told.record.extra, ...record.extra } : { ...record.extra, ...told.record.extra };
    if (newer) told.newest = telling.newest;
  }

  #contradict(
    record: MappedRecord,
    field: string,
    { file, line, own, value, newer }: Telling & { own: unknown; value: unknown; newer: boolean },
  ): void {
    const kept = newer ? value : own;
    const message = `The ${record.object.replaceAll('_', ' ')} ${record.id} contradicts itself: "${field}" is given as "${String(own)}" and as "${String(value)}". "${String(kept)}" was kept, ${newer ? 'because it is newer' : 'because it came first'}. Correct one of them in the source.`;
    this.#tally.report(file, line, { column: field, code: 'contradiction', severity: 'warning', message, value: String(value) });
  }

  async #pass(): Promise<void> {
    const before = this.#looking;
    const rows = this.#ready.map(({ key, hashes, place, records, count }): TreeRowStaged => {
      return { number: 0, key, hash: [...hashes].sort().join('+'), place, records, count };
    });
    this.#ready = [];
    this.#readyRecords = 0;
    const { applier, changes } = this.#getTarget();
    const found = changes ? applier.findTogether(rows) : Promise.resolve(null);
    // Whoever waits next is told; nobody is waiting yet.
    found.catch(() => {});
    this.#looking = { rows, found };
    if (before) await this.#apply(before.rows, await before.found);
  }

  async #apply(rows: readonly TreeRowStaged[], found: FoundTogether | null): Promise<void> {
    const { writer, applier } = this.#getTarget();
    this.#metKnown += found ? found.known.size : rows.length;
    let next = writer.nextRow;
    for (const row of rows) row.number = found?.known.get(row.key)?.number ?? next++;
    const outcomes = await applier.applyTogether(rows, found);
    let count = 0;
    for (const row of rows) {
      count += row.count;
      const result = outcomes.get(row.key);
      if (!result) continue;
      if (result.outcome === 'updated') this.#updated += row.count;
      else this.#tally.count(result.outcome, row.count);
      if (result.conflict) this.#tally.conflict(row.place, row.count, result.conflict);
    }
    this.#tally.progress(count);
  }

  #getTarget(): Target {
    if (!this.#target) throw new Error('The tellings have not been counted yet.');
    return this.#target;
  }

  /** After all rows. */
  async finish(): Promise<void> {
    // Nothing is open, unless the files changed between the passes.
    for (const open of this.#records.values()) this.#complete(open);
    for (const row of this.#rows.values()) this.#ready.push(row);
    await this.#pass();
    await this.#pass();
    // Other input may come to the same records.
    this.#tally.count(this.#getTarget().applier.hasWrittenTogether ? 'updated' : 'unchanged', this.#updated);
  }

  /** How many of the rows that the source gave before it gave again. */
  get metKnown(): number {
    return this.#metKnown;
  }

  /** Whether any row had this key, even one that was rejected. */
  has(key: string): boolean {
    return this.#keys.has(digestOf(key)) || this.#rejected.has(key);
  }

  /** Whether the input has this record; known after the first pass. */
  gives(object: HsdsObject, id: string): boolean {
    return this.#tellings.expected({ object, id }) > 0;
  }
}

function hashOf(read: HashedRow, own: Record<string, unknown>): string {
  const hash = hashRow(read);
  for (const _ in own) return hashText(hash + JSON.stringify(own)).slice(0, hash.length);
  return hash;
}
