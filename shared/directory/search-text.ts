// A text index over rows: which words occur in which rows, and how much a word says there. Rows and words are numbers in
// flat arrays, words stand sorted, so that all that begin alike are one stretch of them.

import { Spelling } from './search-spelling.ts';

/** Row × 16 + weight of the word in that row (1 … 15). */
export const WEIGHT_BITS = 4;
export const WEIGHT_MASK = 15;
/** Words of a vocabulary that one typed word may stand for in `findWords`. */
const CANDIDATES = 400;
/** What a string takes beside its letters. */
const STRING_BYTES = 16;

/** How good a word of the index is for a typed one: 1 is the word itself. */
export interface WordMatch {
  word: number;
  quality: number;
}

/** Collects words of rows; `finish` makes the index. */
export class TextIndexBuilder {
  #words = new Map<string, number>();
  #counts: number[] = [];
  #pairs = new Uint32Array(1 << 12);
  #wordOf = new Uint32Array(1 << 12);
  #length = 0;
  #inRow = new Map<number, number>();

  /** `words` folded, each with its weight; of a repeated word the greatest weight counts. */
  add(row: number, words: Iterable<readonly [word: string, weight: number]>): void {
    this.#inRow.clear();
    for (const [word, weight] of words) {
      let number = this.#words.get(word);
      if (number === undefined) {
        number = this.#counts.length;
        this.#words.set(word, number);
        this.#counts.push(0);
      }
      if ((this.#inRow.get(number) ?? 0) < weight) this.#inRow.set(number, weight);
    }
    for (const [number, weight] of this.#inRow) this.#push(number, row * (WEIGHT_MASK + 1) + weight);
  }

  finish(): TextIndex {
    const words = [...this.#words.keys()].sort();
    const rank = new Uint32Array(words.length);
    words.forEach((word, i) => (rank[this.#words.get(word)!] = i));
    const first = new Uint32Array(words.length + 1);
    this.#counts.forEach((count, number) => (first[rank[number]! + 1] = count));
    for (let i = 0; i < words.length; i++) first[i + 1]! += first[i]!;
    const postings = new Uint32Array(this.#length);
    const next = first.slice();
    for (let i = 0; i < this.#length; i++) postings[next[rank[this.#wordOf[i]!]!]!++] = this.#pairs[i]!;
    return new TextIndex(words, first, postings);
  }

  #push(number: number, pair: number): void {
    if (this.#length === this.#pairs.length) {
      this.#pairs = grown(this.#pairs);
      this.#wordOf = grown(this.#wordOf);
    }
    this.#pairs[this.#length] = pair;
    this.#wordOf[this.#length++] = number;
    this.#counts[number]!++;
  }
}

/** Words by number, in the order of their letters. */
export class TextIndex {
  readonly words: readonly string[];
  #first: Uint32Array;
  #postings: Uint32Array;
  #spelling: Spelling | null = null;

  constructor(words: readonly string[], first: Uint32Array, postings: Uint32Array) {
    this.words = words;
    this.#first = first;
    this.#postings = postings;
  }

  get byteLength(): number {
    const text = this.words.reduce((sum, word) => sum + word.length + STRING_BYTES, 0);
    return this.#first.byteLength + this.#postings.byteLength + text + (this.#spelling?.byteLength ?? 0);
  }

  get spelling(): Spelling {
    return (this.#spelling ??= new Spelling(this.words));
  }

  /** Makes what mistyped words are looked up in, which the first of them would wait for. */
  prepareSpelling(): void {
    this.#spelling ??= new Spelling(this.words);
  }

  /** In how many rows a word occurs. */
  frequency(word: number): number {
    return this.#first[word + 1]! - this.#first[word]!;
  }

  /** Rows of a word with its weight in each: row × 16 + weight. */
  postingsOf(word: number): Uint32Array {
    return this.#postings.subarray(this.#first[word]!, this.#first[word + 1]!);
  }

  visitRows(word: number, visit: (row: number, weight: number) => void): void {
    for (let i = this.#first[word]!; i < this.#first[word + 1]!; i++) {
      const posting = this.#postings[i]!;
      visit(posting >>> WEIGHT_BITS, posting & WEIGHT_MASK);
    }
  }

  /** The number of the word itself; −1 where there is none. */
  findWord(typed: string): number {
    const at = this.#lowerBound(typed);
    return this.words[at] === typed ? at : -1;
  }

  /** The word itself and those that begin with it: the first of them, and the one behind the last. */
  findBegun(typed: string): [from: number, to: number] {
    const from = this.#lowerBound(typed);
    let to = from;
    while (to < this.words.length && this.words[to]!.startsWith(typed)) to++;
    return [from, to];
  }

  /** The word itself and those that begin with it; where there is neither, those that are near in spelling. Best first. */
  findWords(typed: string): WordMatch[] {
    const [from, to] = this.findBegun(typed);
    const matches = Array.from({ length: to - from }, (_, i): WordMatch => {
      const { length } = this.words[from + i]!;
      return { word: from + i, quality: length === typed.length ? 1 : 0.5 + 0.4 * (typed.length / length) };
    });
    if (matches.length === 0)
      this.spelling.visitSimilar(typed, ({ word, edits, begun }) =>
        matches.push({ word, quality: begun ? 0.4 - 0.1 * edits : 0.6 - 0.15 * edits }),
      );
    return matches.sort((a, b) => b.quality - a.quality || a.word - b.word).slice(0, CANDIDATES);
  }

  #lowerBound(text: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle]! < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
