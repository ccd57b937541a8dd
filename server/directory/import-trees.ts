// Imports HSDS packages and JSON trees. One record may be told in several places, so all of them are put together
// first: what one lacks another one fills in; where they contradict each other the newest, else the first, is right.

import { applyCarried, createTreeReader, type CarriedValue, type TreeContext } from '#shared/directory/hsds-tree.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';
import type { ReadRow } from '#shared/plugin-api/functions.ts';
import type { ImportApplier, StagedRow } from './import-apply.ts';
import { hashText } from './import-plan.ts';
import type { ImportTally } from './import-tally.ts';
import type { ImportWriter } from './import-writer.ts';

interface TreeRow {
  key: string;
  hashes: Set<string>;
  count: number;
  place: string;
  records: MappedRecord[];
}

interface Told {
  record: MappedRecord;
  row: TreeRow;
  newest: string | null;
}

interface Telling {
  row: TreeRow;
  newest: string | null;
  file: string;
  line: number;
}

export class TreeImport {
  #context: TreeContext;
  #tally: ImportTally;
  #rows = new Map<string, TreeRow>();
  #metKnown = 0;
  #told = new Map<string, Told>();
  #carried = new Map<string, CarriedValue[]>();
  #rejected = new Set<string>();

  constructor(context: TreeContext, tally: ImportTally) {
    this.#context = context;
    this.#tally = tally;
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** @param own columns of ours that the record brings along, such as `waypost:type` */
  add(object: HsdsObject, file: string, read: ReadRow, own: Record<string, unknown> = {}): void {
    const reader = createTreeReader(object, this.#context);
    const key = reader.keyOf(read.values);
    const mapped = key && reader.map(read.values, key);
    for (const issue of mapped?.issues ?? []) this.#tally.report(file, read.row, issue);
    if (!mapped || mapped.rejected || !key) {
      this.#tally.reject(file, read.row, mapped?.issues ?? []);
      if (key) this.#rejected.add(key.key);
      return;
    }
    const main = mapped.records[0];
    if (main)
      applyCarried(
        main,
        Object.entries(own).map(([label, value]) => ({ object, id: main.id, label, value, attribute: null })),
      );
    const hash = hashText(JSON.stringify([read.values, own])).slice(0, 16);
    let row = this.#rows.get(key.key);
    if (!row)
      this.#rows.set(key.key, (row = { key: key.key, hashes: new Set([hash]), count: 1, place: `${file}:${read.row}`, records: [] }));
    else {
      row.count++;
      row.hashes.add(hash);
      const id = key.key.slice(key.key.indexOf(':') + 1);
      this.#tally.report(file, read.row, {
        column: 'id',
        code: 'id_repeated_merged',
        severity: 'info',
        message: `This ${object} came before in this import (${row.place}). They were put together.`,
        value: id,
      });
    }
    for (const reference of mapped.references) this.#tally.refer(file, read.row, reference);
    for (const record of mapped.records) this.#tell(record, { row, newest: key.newest, file, line: read.row });
    for (const value of mapped.carried) {
      const target = `${value.object} ${value.id}`;
      this.#carried.set(target, [...(this.#carried.get(target) ?? []), value]);
      if (!value.attribute) continue;
      // Until its record is found it is an attribute like any other.
      this.#tell(value.attribute, { row, newest: key.newest, file, line: read.row });
    }
    this.#tally.progress(1);
  }

  #tell(record: MappedRecord, telling: Telling): void {
    const key = `${record.object} ${record.id}`;
    const told = this.#told.get(key);
    if (!told) {
      this.#told.set(key, { record, row: telling.row, newest: telling.newest });
      telling.row.records.push(record);
      return;
    }
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

  #putBackCarried(): void {
    for (const [target, values] of this.#carried) {
      const told = this.#told.get(target);
      if (!told) continue;
      applyCarried(told.record, values);
      for (const { attribute } of values) {
        if (!attribute) continue;
        const key = `attribute ${attribute.id}`;
        const carrier = this.#told.get(key);
        if (!carrier) continue;
        this.#told.delete(key);
        carrier.row.records = carrier.row.records.filter((record) => record !== carrier.record);
      }
    }
  }

  /** How many of the rows that the source gave before it gave again. */
  get metKnown(): number {
    return this.#metKnown;
  }

  /** Whether any row had this key, even one that was rejected. */
  has(key: string): boolean {
    return this.#rows.has(key) || this.#rejected.has(key);
  }

  gives(object: HsdsObject, id: string): boolean {
    return this.#told.has(`${object} ${id}`);
  }

  async apply(writer: ImportWriter, applier: ImportApplier): Promise<void> {
    this.#putBackCarried();
    const rows = [...this.#rows.values()];
    const known = await writer.findKnown(rows.map(({ key }) => key));
    this.#metKnown = known.size;
    let next = writer.nextRow;
    const staged = rows.map((row): StagedRow => ({
      number: known.get(row.key)?.number ?? next++,
      key: row.key,
      hash: [...row.hashes].sort().join('+'),
      place: row.place,
      records: row.records,
    }));
    const outcomes = await applier.applyTogether(staged, known);
    for (const row of rows) {
      const result = outcomes.get(row.key);
      if (!result) continue;
      this.#tally.count(result.outcome, row.count);
      if (result.conflict) this.#tally.conflict(row.place, row.count, result.conflict);
    }
  }
}
