// What an import remembers of every key that it has met, in a few bytes each: a million rows are some 80 MB.

import { hash } from 'node:crypto';
import type { Outcome } from './import-apply.ts';

/** Whole numbers of 32 bits for each key: four of its digest, two of the first row's hash, rows, outcome, first row. */
const WIDTH = 9;
const HASH = 4;
const COUNT = 6;
const OUTCOME = 7;
const ROW = 8;
const OUTCOMES: readonly (Outcome | null)[] = [null, 'created', 'updated', 'unchanged'];
const FIRST_SLOTS = 1 << 12;
/** Fuller than this, looking up takes long. */
const MOST_FILLED = 0.6;

/** What stands for a key here: sixteen signs of eight bits each. */
export function digestOf(key: string): string {
  return hash('sha1', key, 'binary').slice(0, 16);
}

/** Four signs of a digest as one number. */
function wordOf(digest: string, word: number): number {
  const at = word * 4;
  return (
    ((digest.charCodeAt(at) << 24) | (digest.charCodeAt(at + 1) << 16) | (digest.charCodeAt(at + 2) << 8) | digest.charCodeAt(at + 3)) >>> 0
  );
}

/** A table with open addressing, by digests; hashes of rows are of 16 hexadecimal digits. */
export class ImportKeys {
  #slots = FIRST_SLOTS;
  #cells = new Uint32Array(FIRST_SLOTS * WIDTH);
  #size = 0;
  /** Hashes of later rows that differ from the first one, by digest. */
  #others = new Map<string, string[]>();

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** Notes one more row; gives what it is to the rows before it with this key. */
  add(digest: string, rowHash: string, row: number): 'first' | 'same' | 'different' {
    if (this.#size > this.#slots * MOST_FILLED) this.#grow();
    const at = this.#find(digest);
    const cells = this.#cells;
    if (cells[at + COUNT] === 0) {
      for (let i = 0; i < 4; i++) cells[at + i] = wordOf(digest, i);
      for (let i = 0; i < 2; i++) cells[at + HASH + i] = parseInt(rowHash.slice(i * 8, i * 8 + 8), 16);
      cells[at + COUNT] = 1;
      cells[at + ROW] = row;
      this.#size++;
      return 'first';
    }
    cells[at + COUNT] = (cells[at + COUNT] as number) + 1;
    if (this.#firstHash(at) === rowHash) return 'same';
    const others = this.#others.get(digest);
    if (others?.includes(rowHash)) return 'same';
    if (others) others.push(rowHash);
    else this.#others.set(digest, [rowHash]);
    return 'different';
  }

  /** Whether any row had this key. */
  has(digest: string): boolean {
    return this.#cells[this.#find(digest) + COUNT] !== 0;
  }

  isCreated(digest: string): boolean {
    return OUTCOMES[this.#cells[this.#find(digest) + OUTCOME] as number] === 'created';
  }

  /** Hashes of the different rows with this key, in the order of the input. */
  hashes(digest: string): string[] {
    return [this.#firstHash(this.#find(digest)), ...(this.#others.get(digest) ?? [])];
  }

  /** Number of the first row with this key in its file. */
  firstRow(digest: string): number {
    return this.#cells[this.#find(digest) + ROW] as number;
  }

  /** How many rows had this key. */
  count(digest: string): number {
    return this.#cells[this.#find(digest) + COUNT] as number;
  }

  /** What was created in this import stays created, whatever is merged into it. */
  setOutcome(digest: string, outcome: Outcome): void {
    const at = this.#find(digest) + OUTCOME;
    if (OUTCOMES[this.#cells[at] as number] !== 'created') this.#cells[at] = OUTCOMES.indexOf(outcome);
  }

  /** Rows by outcome; keys of which nothing was noted are unchanged. */
  countOutcomes(): Map<Outcome, number> {
    const counts = new Map<Outcome, number>();
    for (let at = 0; at < this.#cells.length; at += WIDTH) {
      const rows = this.#cells[at + COUNT] as number;
      if (rows === 0) continue;
      const outcome = OUTCOMES[this.#cells[at + OUTCOME] as number] ?? 'unchanged';
      counts.set(outcome, (counts.get(outcome) ?? 0) + rows);
    }
    return counts;
  }

  #firstHash(at: number): string {
    return [0, 1].map((i) => (this.#cells[at + HASH + i] as number).toString(16).padStart(8, '0')).join('');
  }

  /** Where the key's cells begin, or where they would. */
  #find(digest: string): number {
    const cells = this.#cells;
    const [a, b, c, d] = [wordOf(digest, 0), wordOf(digest, 1), wordOf(digest, 2), wordOf(digest, 3)];
    let slot = a & (this.#slots - 1);
    for (;;) {
      const at = slot * WIDTH;
      if (cells[at + COUNT] === 0) return at;
      if (cells[at] === a && cells[at + 1] === b && cells[at + 2] === c && cells[at + 3] === d) return at;
      slot = (slot + 1) & (this.#slots - 1);
    }
  }

  #grow(): void {
    const before = this.#cells;
    this.#slots *= 2;
    this.#cells = new Uint32Array(this.#slots * WIDTH);
    for (let at = 0; at < before.length; at += WIDTH) {
      if (before[at + COUNT] === 0) continue;
      let slot = (before[at] as number) & (this.#slots - 1);
      while (this.#cells[slot * WIDTH + COUNT] !== 0) slot = (slot + 1) & (this.#slots - 1);
      this.#cells.set(before.subarray(at, at + WIDTH), slot * WIDTH);
    }
  }
}
