// Imports mapped tables row by row in one pass, with memory for keys and hashes only. Rows that share a key but differ
// are merged in a second pass over those rows alone.

import type { MappedRecord, MergeableRow, RowIssue, RowKey, TableReader } from '#shared/directory/import-record.ts';
import { mergeRows } from '#shared/directory/import-record.ts';
import { flattenRow } from '#shared/directory/profile.ts';
import type { ReadRow } from '#shared/plugin-api/functions.ts';
import type { ImportApplier, RowOutcome, StagedRow } from './import-apply.ts';
import { ImportKeys } from './import-keys.ts';
import type { ImportTally } from './import-tally.ts';
import { hashText } from './import-plan.ts';
import { SharedPoints } from './shared-points.ts';

const BATCH = 500;
const HASH_DIGITS = 16;

export interface FlatTable {
  reader: TableReader;
  /** Prefix of the hashes: changes with the mapping. */
  fingerprint: string;
}

interface Pending {
  key: string;
  digest: string;
  hash: string;
  file: string;
  row: number;
  records: MappedRecord[];
}

interface DigestedRow extends StagedRow {
  digest: string;
}

interface Repeated {
  table: FlatTable;
  digest: string;
}

export class FlatImport {
  #applier: ImportApplier;
  #tally: ImportTally;
  #keys = new ImportKeys();
  #pending: Pending[] = [];
  #writing: Promise<void> = Promise.resolve();
  /** Keys of which rows differ, with the tables that they are of. */
  #repeated = new Map<string, Repeated>();
  /** Numbers of the rows of which at least one, in whichever file, has such a key: no other needs a second look. */
  #again = new Set<number>();
  #points = new SharedPoints();

  constructor(applier: ImportApplier, tally: ImportTally) {
    this.#applier = applier;
    this.#tally = tally;
  }

  /** Keys whose differing rows have to be read a second time. */
  get repeated(): ReadonlyMap<string, unknown> {
    return this.#repeated;
  }

  async add(table: FlatTable, file: string, read: ReadRow): Promise<void> {
    const { row } = read;
    const values = flattenRow(read.values);
    const key = table.reader.keyOf(values);
    const mapped = table.reader.map(values, key ?? NO_KEY);
    for (const issue of mapped.issues) this.#tally.report(file, row, issue);
    if (mapped.rejected || !key) {
      this.#tally.count('rejected', 1);
      return;
    }
    const hash = hashText(table.fingerprint + JSON.stringify(read.values)).slice(0, HASH_DIGITS);
    this.#points.add(mapped.records, file, row);
    const digest = digestOf(key.key);
    const before = this.#keys.add(digest, hash, row);
    if (before !== 'first') {
      if (before === 'different') {
        this.#repeated.set(key.key, { table, digest });
        this.#again.add(row).add(this.#keys.firstRow(digest));
      }
      this.#tally.report(file, row, repeatedIssue(key.key, before === 'same'));
      return;
    }
    for (const reference of mapped.references) this.#tally.refer(file, row, reference);
    this.#pending.push({ key: key.key, digest, hash, file, row, records: mapped.records });
    if (this.#pending.length >= BATCH) await this.#flush();
  }

  /** Gives the batch to be written, once the one before it is: while it is, the next one is read. */
  async #flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    await this.#writing;
    this.#writing = this.#write(pending);
    // Whoever waits next is told; nobody is waiting yet.
    this.#writing.catch(() => {});
  }

  /** Waits until nothing is being written any more, whether that went well or not. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  async #write(pending: readonly Pending[]): Promise<void> {
    const known = await this.#applier.findKnown(pending.map(({ key }) => key));
    const staged: DigestedRow[] = [];
    for (const { key, digest, hash, file, row, records } of pending) {
      const before = known.get(key);
      // One of several rows that were merged the last time: whether all are the same is known at the end.
      if (before?.hash.includes('+')) {
        this.#repeated.set(key, this.#repeated.get(key) ?? { table: NO_TABLE, digest });
        this.#again.add(row);
        continue;
      }
      staged.push({ key, digest, hash, place: `${file}:${row}`, records });
    }
    this.#note(await this.#applier.apply(staged, known), staged);
    this.#tally.progress(pending.length);
  }

  #note(outcomes: ReadonlyMap<string, RowOutcome>, staged: readonly DigestedRow[]): void {
    for (const { key, digest, place } of staged) {
      const result = outcomes.get(key);
      if (!result) continue;
      this.#keys.setOutcome(digest, result.outcome);
      if (result.conflict) this.#tally.conflict(place, this.#keys.count(digest), result.conflict);
    }
  }

  /** Writes what is still held. */
  async finishReading(): Promise<void> {
    await this.#flush();
    await this.#writing;
  }

  /** After all rows: those keys are settled that need no second look; gives the others. */
  async finishFirstPass(): Promise<void> {
    for (const issue of this.#points.listShared()) this.#tally.report(issue.file, issue.row, issue);
    this.#applier.expectKnownKeys();
    const known = await this.#applier.findKnown([...this.#repeated.keys()]);
    for (const [key, { digest }] of this.#repeated) {
      if (known.get(key)?.hash !== this.#mergedHash(digest)) continue;
      this.#keys.setOutcome(digest, 'unchanged');
      this.#repeated.delete(key);
    }
  }

  #mergedHash(digest: string): string {
    return this.#keys.hashes(digest).sort().join('+');
  }

  /** Second pass: gives back whether the row belongs to a key that is still open. */
  readonly #open = new Map<string, { merged: MergeableRow; seen: Set<string>; file: string; row: number; key: RowKey; table: FlatTable }>();

  async addAgain(table: FlatTable, file: string, read: ReadRow): Promise<void> {
    if (!this.#again.has(read.row)) return;
    const values = flattenRow(read.values);
    const key = table.reader.keyOf(values);
    const repeated = key && this.#repeated.get(key.key);
    if (!key || !repeated) return;
    const hash = hashText(table.fingerprint + JSON.stringify(read.values)).slice(0, HASH_DIGITS);
    const open = this.#open.get(key.key);
    if (!open) this.#open.set(key.key, { merged: { values, newest: key.newest }, seen: new Set([hash]), file, row: read.row, key, table });
    else if (!open.seen.has(hash)) {
      open.seen.add(hash);
      open.merged = mergeRows(open.merged, { values, newest: key.newest });
    }
    if (this.#open.get(key.key)?.seen.size === this.#keys.hashes(repeated.digest).length) await this.#settle(key.key, repeated.digest);
  }

  #settled: DigestedRow[] = [];

  async #settle(key: string, digest: string): Promise<void> {
    const open = this.#open.get(key);
    if (!open) return;
    this.#open.delete(key);
    this.#repeated.delete(key);
    const { records } = open.table.reader.map(open.merged.values, open.key);
    this.#settled.push({ key, digest, hash: this.#mergedHash(digest), place: `${open.file}:${open.row}`, records });
    if (this.#settled.length >= BATCH) await this.finishSecondPass();
  }

  async finishSecondPass(): Promise<void> {
    const staged = this.#settled;
    this.#settled = [];
    const known = await this.#applier.findKnown(staged.map(({ key }) => key));
    this.#note(await this.#applier.apply(staged, known), staged);
  }

  /** Every row is counted with what became of its key. */
  countRows(): void {
    for (const [outcome, rows] of this.#keys.countOutcomes()) this.#tally.count(outcome, rows);
  }
}

/** As long as `ImportKeys` takes it. */
function digestOf(key: string): string {
  return hashText(key).slice(0, 32);
}

const NO_KEY: RowKey = { key: '', base: '', id: '', newest: null };
const NO_TABLE: FlatTable = {
  reader: { keyOf: () => null, map: () => ({ records: [], references: [], issues: [], rejected: true }) },
  fingerprint: '',
};

function repeatedIssue(key: string, same: boolean): RowIssue {
  const id = key.slice(key.indexOf(':') + 1);
  const what = same ? 'It says the same, so it changes nothing.' : 'The rows were merged: the newest one wins, lists are united.';
  return {
    column: null,
    code: 'id_repeated_merged',
    severity: same ? 'info' : 'warning',
    message: `"${id}" came before in this import. ${what}`,
    value: id,
  };
}
