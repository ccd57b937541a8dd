// Imports mapped tables row by row in one pass, with memory for keys and hashes only. Rows that share a key but differ
// are merged in a second pass over those rows alone.

import type { MappedRecord, MergeableRow, RowIssue, RowKey, TableReader } from '#shared/directory/import-record.ts';
import { mergeRows } from '#shared/directory/import-record.ts';
import { flattenRow } from '#shared/directory/profile.ts';
import type { ReadRow } from '#shared/plugin-api/functions.ts';
import type { ImportApplier, Outcome, RowOutcome, StagedRow } from './import-apply.ts';
import type { ImportTally } from './import-tally.ts';
import { hashText } from './import-plan.ts';
import { SharedPoints } from './shared-points.ts';

const BATCH = 4000;
const HASH_DIGITS = 16;

/** What is remembered of a key while the input is read. */
interface KeyState {
  hashes: string[];
  count: number;
  outcome: Outcome | null;
}

export interface FlatTable {
  reader: TableReader;
  /** Prefix of the hashes: changes with the mapping. */
  fingerprint: string;
}

interface Pending {
  key: RowKey;
  hash: string;
  file: string;
  row: number;
  values: Record<string, unknown>;
  records: MappedRecord[];
}

export class FlatImport {
  #applier: ImportApplier;
  #tally: ImportTally;
  #keys = new Map<string, KeyState>();
  #pending: Pending[] = [];
  #writing: Promise<void> = Promise.resolve();
  /** Keys of which rows differ: first the rows that came later, with the tables that they are of. */
  #repeated = new Map<string, FlatTable>();
  #points = new SharedPoints();

  constructor(applier: ImportApplier, tally: ImportTally) {
    this.#applier = applier;
    this.#tally = tally;
  }

  /** Keys whose differing rows have to be read a second time. */
  get repeated(): ReadonlyMap<string, FlatTable> {
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
    const state = this.#keys.get(key.key);
    if (state) {
      this.#repeat(state, { key, hash, file, row, table });
      return;
    }
    this.#keys.set(key.key, { hashes: [hash], count: 1, outcome: null });
    for (const reference of mapped.references) this.#tally.refer(file, row, reference);
    this.#pending.push({ key, hash, file, row, values, records: mapped.records });
    if (this.#pending.length >= BATCH) await this.#flush();
  }

  #repeat(
    state: KeyState,
    { key, hash, file, row, table }: { key: RowKey; hash: string; file: string; row: number; table: FlatTable },
  ): void {
    state.count++;
    const same = state.hashes.includes(hash);
    if (!same) {
      state.hashes.push(hash);
      this.#repeated.set(key.key, table);
    }
    this.#tally.report(file, row, repeatedIssue(key.key, same));
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
    const known = await this.#applier.findKnown(pending.map(({ key }) => key.key));
    const staged: StagedRow[] = [];
    for (const item of pending) {
      const before = known.get(item.key.key);
      // One of several rows that were merged the last time: whether all are the same is known at the end.
      if (before?.hash.includes('+')) {
        this.#repeated.set(item.key.key, this.#repeated.get(item.key.key) ?? NO_TABLE);
        continue;
      }
      staged.push({ key: item.key.key, hash: item.hash, place: `${item.file}:${item.row}`, records: item.records });
    }
    this.#note(await this.#applier.apply(staged, known), staged);
    this.#tally.progress(pending.length);
  }

  #note(outcomes: ReadonlyMap<string, RowOutcome>, staged: readonly StagedRow[]): void {
    for (const { key, place } of staged) {
      const state = this.#keys.get(key);
      const result = outcomes.get(key);
      if (!state || !result) continue;
      // A row that was created in this import stays created, whatever is merged into it.
      if (state.outcome !== 'created') state.outcome = result.outcome;
      if (result.conflict) this.#tally.conflict(place, state.count, result.conflict);
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
    for (const [key] of this.#repeated) {
      const state = this.#keys.get(key);
      if (state && known.get(key)?.hash === [...state.hashes].sort().join('+')) {
        state.outcome = 'unchanged';
        this.#repeated.delete(key);
      }
    }
  }

  /** Second pass: gives back whether the row belongs to a key that is still open. */
  readonly #open = new Map<string, { merged: MergeableRow; seen: Set<string>; file: string; row: number; key: RowKey; table: FlatTable }>();

  async addAgain(table: FlatTable, file: string, read: ReadRow): Promise<void> {
    const values = flattenRow(read.values);
    const key = table.reader.keyOf(values);
    if (!key || !this.#repeated.has(key.key)) return;
    const hash = hashText(table.fingerprint + JSON.stringify(read.values)).slice(0, HASH_DIGITS);
    const open = this.#open.get(key.key);
    if (!open) this.#open.set(key.key, { merged: { values, newest: key.newest }, seen: new Set([hash]), file, row: read.row, key, table });
    else if (!open.seen.has(hash)) {
      open.seen.add(hash);
      open.merged = mergeRows(open.merged, { values, newest: key.newest });
    }
    const state = this.#keys.get(key.key);
    if (state && this.#open.get(key.key)?.seen.size === state.hashes.length) await this.#settle(key.key);
  }

  #settled: StagedRow[] = [];

  async #settle(key: string): Promise<void> {
    const open = this.#open.get(key);
    const state = this.#keys.get(key);
    if (!open || !state) return;
    this.#open.delete(key);
    this.#repeated.delete(key);
    const mapped = open.table.reader.map(open.merged.values, open.key);
    this.#settled.push({ key, hash: [...state.hashes].sort().join('+'), place: `${open.file}:${open.row}`, records: mapped.records });
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
    for (const { outcome, count } of this.#keys.values()) this.#tally.count(outcome ?? 'unchanged', count);
  }
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
