// What one typed word gives to each row, gathered in flat arrays: loops over a hundred thousand rows, and nothing else.

import type { DirectoryIndex } from './index.ts';
import { WEIGHT_BITS, WEIGHT_MASK } from './search-text.ts';

/** What a query found: by row its score, and how many of the words fit. */
export interface Scored {
  scores: Float64Array;
  matched: Uint8Array;
}

/** The greatest gain that was offered to each row. Dead rows take nothing. Whole numbers, so that no sum hangs on an order. */
export class Gains {
  readonly #gains: Uint16Array;
  /** Rows that gained, in the order in which they first did. */
  readonly #rows: Uint32Array;
  readonly #live: Uint32Array;
  count = 0;

  constructor(index: DirectoryIndex) {
    this.#gains = new Uint16Array(index.length);
    this.#rows = new Uint32Array(index.length);
    this.#live = index.rowsAll().words;
  }

  offer(row: number, gain: number): void {
    const before = this.#gains[row]!;
    if (before >= gain) return;
    if (before === 0) {
      if ((this.#live[row >>> 5]! & (1 << (row & 31))) === 0) return;
      this.#rows[this.count++] = row;
    }
    this.#gains[row] = gain;
  }

  /** Offers each row of a word its weight there times `quality`. */
  offerPostings(postings: Uint32Array, quality: number): void {
    const [gains, rows, live] = [this.#gains, this.#rows, this.#live];
    let count = this.count;
    for (let i = 0; i < postings.length; i++) {
      const posting = postings[i]!;
      const row = posting >>> WEIGHT_BITS;
      const gain = (posting & WEIGHT_MASK) * quality;
      const before = gains[row]!;
      if (before >= gain) continue;
      if (before === 0) {
        if ((live[row >>> 5]! & (1 << (row & 31))) === 0) continue;
        rows[count++] = row;
      }
      gains[row] = gain;
    }
    this.count = count;
  }

  /** Adds what each row gained, times `rarity`, and forgets it. */
  addTo({ scores, matched }: Scored, rarity: number): void {
    const [gains, rows, count] = [this.#gains, this.#rows, this.count];
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      scores[row] = scores[row]! + rarity * gains[row]!;
      matched[row] = matched[row]! + 1;
      gains[row] = 0;
    }
    this.count = 0;
  }
}
