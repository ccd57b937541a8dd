// Imports mapped tables row by row in one pass, with memory for keys, hashes and the last few thousand rows. Rows that
// share a key but differ are merged as long as the first one is still held; where it is not, in a second pass over them.

import type { MappedRow, MergeableRow, RowIssue, RowKey, TableReader } from '#shared/directory/import-record.ts';
import { mergeRows } from '#shared/directory/import-record.ts';
import { flattenRow } from '#shared/directory/profile.ts';
import type { ImportApplier, RowOutcome, StagedRow } from './import-apply.ts';
import { digestOf, ImportKeys } from './import-keys.ts';
import type { ImportTally } from './import-tally.ts';
import { createApartNumber, type ImportWriter, type KnownRow } from './import-writer.ts';
import { hashRow, type HashedRow } from './import-reader.ts';
import { SharedPoints } from './shared-points.ts';

/** Few enough that what was read is soon forgotten: rows that live long cost more than reading them. */
const BATCH = 64;
/** Rows that are held before they are written: most that repeat a key stand near it. */
const HELD = 4096;
/** Keys that are merged at once: what stands of them is read in one go. */
const AGAIN = 512;

export interface FlatTable {
  reader: TableReader;
  /** Prefix of the hashes: changes with the mapping. */
  fingerprint: string;
}

/** A row as it was read. */
interface Pending {
  table: FlatTable;
  file: string;
  row: number;
  values: Record<string, unknown>;
  hash: string;
  key: RowKey | null;
}

interface DigestedRow extends StagedRow {
  digest: string;
}

/** The first row of its key, which may still be merged with later ones: it is mapped when it is written, since records take more room. */
interface HeldRow extends Pending {
  key: RowKey;
  before: KnownRow | undefined;
  /** Of all its rows so far, where they differ. */
  merged: MergeableRow | null;
}

interface Repeated {
  table: FlatTable;
  digest: string;
}

export class FlatImport {
  #applier: ImportApplier;
  #writer: ImportWriter;
  #tally: ImportTally;
  #keys = new ImportKeys();
  #pending: Pending[] = [];
  /** The batch before: its keys are being looked up while the next one is read. */
  #looking: { rows: Pending[]; known: Promise<ReadonlyMap<string, KnownRow>> } | null = null;
  /** By digest, in the order in which they came. */
  #held = new Map<string, HeldRow>();
  /** Keys of which rows differ, with the tables that they are of. */
  #repeated = new Map<string, Repeated>();
  /** Numbers of the rows of which at least one, in whichever file, has such a key: no other needs a second look. */
  #again = new Set<number>();
  #points = new SharedPoints();
  /** Keys of an earlier import that were met, and those of which a row was rejected. */
  #metKnown = 0;
  #rejected = new Set<string>();

  constructor({ applier, writer, tally }: { applier: ImportApplier; writer: ImportWriter; tally: ImportTally }) {
    this.#applier = applier;
    this.#writer = writer;
    this.#tally = tally;
  }

  /** Whether rows have to be read a second time, and which. */
  get again(): ReadonlySet<number> {
    return this.#again;
  }

  add(table: FlatTable, file: string, read: HashedRow): Promise<void> | undefined {
    this.#pending.push(pend(table, file, read));
    return this.#pending.length >= BATCH ? this.#pass() : undefined;
  }

  async #pass(): Promise<void> {
    const before = this.#looking;
    const rows = this.#pending;
    this.#pending = [];
    const known = this.#writer.findKnown(rows.flatMap(({ key }) => key?.key ?? []));
    // Whoever waits next is told; nobody is waiting yet.
    known.catch(() => {});
    this.#looking = { rows, known };
    if (before) await this.#take(before.rows, await before.known);
  }

  async #take(rows: readonly Pending[], known: ReadonlyMap<string, KnownRow>): Promise<void> {
    for (const pending of rows) {
      const { table, file, row, values, hash, key } = pending;
      const before = key ? known.get(key.key) : undefined;
      if (!key || !table.reader.isNamed(values)) {
        const { rejected, issues } = this.#tryMapping(pending);
        if (rejected || !key) {
          for (const issue of issues) this.#tally.report(file, row, issue);
          this.#tally.reject(file, row, issues);
          if (before && key) this.#rejected.add(key.key);
          continue;
        }
      }
      const digest = digestOf(key.key);
      const met = this.#keys.add(digest, hash, row);
      if (before && met === 'first') this.#metKnown++;
      // One of several rows that were merged the last time: whether all are the same is known at the end.
      if (met === 'first' && !before?.hash.includes('+')) {
        this.#held.set(digest, { ...pending, key, before, merged: null });
        continue;
      }
      const { records, issues, references } = this.#tryMapping(pending);
      // What the row hides is known by the ids that it gets in the end.
      for (const { hides: _, ...issue } of issues) this.#tally.report(file, row, issue);
      this.#points.add(records, file, row);
      if (met === 'first') {
        for (const reference of references) this.#tally.refer(file, row, reference);
        this.#repeated.set(key.key, { table, digest });
        this.#again.add(row);
        continue;
      }
      if (met === 'different') {
        this.#again.add(row).add(this.#keys.firstRow(digest));
        const held = this.#held.get(digest);
        if (held) held.merged = mergeRows(held.merged ?? { values: held.values, newest: held.key.newest }, { values, newest: key.newest });
        else this.#repeated.set(key.key, { table, digest });
      }
      this.#tally.report(file, row, repeatedIssue(key.key, met === 'same'));
    }
    await this.#release(HELD);
    this.#tally.progress(rows.length);
  }

  /** What there is to say of a row that will not be written as it stands. */
  #tryMapping({ table, values, key }: Pending): MappedRow {
    return table.reader.map(values, key ?? NO_KEY, this.#writer.nextRow);
  }

  /** Brings in the rows that came first, until only so many are held. */
  async #release(most: number): Promise<void> {
    while (this.#held.size > most) {
      const staged: DigestedRow[] = [];
      const known = new Map<string, KnownRow>();
      let next = this.#writer.nextRow;
      for (const [digest, held] of this.#held) {
        const row = this.#stage(digest, held, next);
        if (row.number === next) next++;
        staged.push(row);
        if (held.before) known.set(row.key, held.before);
        this.#held.delete(digest);
        if (staged.length === BATCH || this.#held.size === most) break;
      }
      this.#note(await this.#applier.apply(staged, known), staged);
    }
  }

  /** Maps a row, or all rows of its key together, and says what there is to say of it. */
  #stage(digest: string, { table, key, file, row, values, hash, before, merged }: HeldRow, next: number): DigestedRow {
    let number = before?.number ?? next;
    let own = table.reader.map(values, key, number);
    let whole = merged ? table.reader.map(merged.values, key, number) : own;
    if (!before && (isHidden(own) || isHidden(whole))) {
      number = createApartNumber();
      own = table.reader.map(values, key, number);
      whole = merged ? table.reader.map(merged.values, key, number) : own;
    }
    for (const issue of own.issues) this.#tally.report(file, row, issue);
    if (merged) this.#hide(whole);
    this.#points.add(own.records, file, row);
    for (const reference of own.references) this.#tally.refer(file, row, reference);
    const hashes = merged ? this.#mergedHash(table, digest) : table.fingerprint + hash;
    return { number, key: key.key, digest, hash: hashes, place: `${file}:${row}`, records: whole.records };
  }

  /** What rows say together is not told again; what it hides is hidden. */
  #hide({ issues }: MappedRow): void {
    for (const { hides } of issues) if (hides) this.#tally.hide(hides);
  }

  #note(outcomes: ReadonlyMap<string, RowOutcome>, staged: readonly DigestedRow[]): void {
    for (const { key, digest, place } of staged) {
      const result = outcomes.get(key);
      if (!result) continue;
      this.#keys.setOutcome(digest, result.outcome);
      if (result.conflict) this.#tally.conflict(place, this.#keys.count(digest), result.conflict);
    }
  }

  /** Takes in what is still held. */
  async finishReading(): Promise<void> {
    await this.#pass();
    await this.#pass();
    await this.#release(0);
  }

  /** After all rows: those keys are settled that need no second look; gives whether any is left. */
  async finishFirstPass(): Promise<boolean> {
    for (const issue of this.#points.listShared()) this.#tally.report(issue.file, issue.row, issue);
    this.#writer.expectKnownKeys();
    const known = await this.#writer.findKnown([...this.#repeated.keys()]);
    for (const [key, { table, digest }] of this.#repeated) {
      if (known.get(key)?.hash !== this.#mergedHash(table, digest)) continue;
      this.#keys.setOutcome(digest, 'unchanged');
      this.#repeated.delete(key);
    }
    return this.#repeated.size > 0;
  }

  #mergedHash({ fingerprint }: FlatTable, digest: string): string {
    return fingerprint + this.#keys.hashes(digest).sort().join('+');
  }

  /** Second pass: gives back whether the row belongs to a key that is still open. */
  readonly #open = new Map<string, { merged: MergeableRow; seen: Set<string>; file: string; row: number; key: RowKey; table: FlatTable }>();

  async addAgain(table: FlatTable, file: string, read: HashedRow): Promise<void> {
    if (!this.#again.has(read.row)) return;
    const { values, hash, key, row } = pend(table, file, read);
    const repeated = key && this.#repeated.get(key.key);
    if (!key || !repeated) return;
    const open = this.#open.get(key.key);
    if (!open) this.#open.set(key.key, { merged: { values, newest: key.newest }, seen: new Set([hash]), file, row, key, table });
    else if (!open.seen.has(hash)) {
      open.seen.add(hash);
      open.merged = mergeRows(open.merged, { values, newest: key.newest });
    }
    if (this.#open.get(key.key)?.seen.size !== this.#keys.hashes(repeated.digest).length) return;
    this.#whole.push(key.key);
    if (this.#whole.length >= AGAIN) await this.#mergeWhole();
  }

  /** Keys of which all rows have been read again. */
  #whole: string[] = [];
  #merging: Promise<void> = Promise.resolve();

  /** Merges them, once those before are; meanwhile the next ones are read. */
  async #mergeWhole(): Promise<void> {
    const keys = this.#whole;
    this.#whole = [];
    await this.#merging;
    this.#merging = this.#merge(keys);
    // Whoever waits next is told; nobody is waiting yet.
    this.#merging.catch(() => {});
  }

  async finishSecondPass(): Promise<void> {
    await this.#mergeWhole();
    await this.#merging;
  }

  async #merge(keys: readonly string[]): Promise<void> {
    const known = await this.#writer.findKnown(keys);
    let next = this.#writer.nextRow;
    const staged: DigestedRow[] = [];
    for (const key of keys) {
      const open = this.#open.get(key);
      const repeated = this.#repeated.get(key);
      if (!open || !repeated) continue;
      this.#open.delete(key);
      this.#repeated.delete(key);
      const number = known.get(key)?.number ?? next++;
      const mapped = open.table.reader.map(open.merged.values, open.key, number);
      this.#hide(mapped);
      const { table, digest } = repeated;
      const place = `${open.file}:${open.row}`;
      const { records } = mapped;
      staged.push({
        number,
        key,
        digest,
        hash: this.#mergedHash(table, digest),
        place,
        records,
        createdBefore: this.#keys.isCreated(digest),
      });
    }
    this.#note(await this.#applier.apply(staged, known), staged);
  }

  /** How many of the rows that the source gave before it gave again. */
  get metKnown(): number {
    return this.#metKnown;
  }

  /** Whether any row had this key, even one that was rejected. */
  has(key: string): boolean {
    return this.#keys.has(digestOf(key)) || this.#rejected.has(key);
  }

  /** Every row is counted with what became of its key. */
  countRows(): void {
    for (const [outcome, rows] of this.#keys.countOutcomes()) this.#tally.count(outcome, rows);
  }
}

function isHidden({ records }: MappedRow): boolean {
  return records.some(({ object, fields }) => object === 'location' && fields['hidden'] === 1);
}

function pend(table: FlatTable, file: string, read: HashedRow): Pending {
  const values = flattenRow(read.values);
  return { table, file, row: read.row, values, hash: hashRow(read), key: table.reader.keyOf(values) };
}

const NO_KEY: RowKey = { key: '', base: '', id: null, newest: null };

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
