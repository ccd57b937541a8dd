// A text index over rows: which words occur in which rows, and how much a word says there. Words are folded, may be
// begun only, and may be mistyped. Rows and words are numbers in flat arrays: some 70 bytes a resource.

import { editDistance } from '../platform/suggest.ts';

/** Row × 16 + weight of the word in that row (1 … 15). */
const WEIGHT_BITS = 4;
const WEIGHT_MASK = 15;
/** Words of a vocabulary that one typed word may stand for. */
const CANDIDATES = 400;

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

export class TextIndex {
  /** Sorted. */
  #words: readonly string[];
  #first: Uint32Array;
  #postings: Uint32Array;
  #letters: Uint32Array | null = null;

  constructor(words: readonly string[], first: Uint32Array, postings: Uint32Array) {
    this.#words = words;
    this.#first = first;
    this.#postings = postings;
  }

  get byteLength(): number {
    return this.#first.byteLength + this.#postings.byteLength + this.#words.reduce((sum, word) => sum + word.length + 16, 0);
  }

  /** In how many rows a word occurs. */
  frequency(word: number): number {
    return this.#first[word + 1]! - this.#first[word]!;
  }

  visitRows(word: number, visit: (row: number, weight: number) => void): void {
    for (let i = this.#first[word]!; i < this.#first[word + 1]!; i++) {
      const posting = this.#postings[i]!;
      visit(posting >>> WEIGHT_BITS, posting & WEIGHT_MASK);
    }
  }

  /** The word itself and those that begin with it; where there is neither, those that are near in spelling. Best first. */
  findWords(typed: string): WordMatch[] {
    const begins = this.#findPrefix(typed);
    return begins.length > 0 ? begins : this.#findSimilar(typed);
  }

  #findPrefix(typed: string): WordMatch[] {
    const matches: WordMatch[] = [];
    for (let word = this.#lowerBound(typed); word < this.#words.length && this.#words[word]!.startsWith(typed); word++) {
      const length = this.#words[word]!.length;
      matches.push({ word, quality: length === typed.length ? 1 : 0.5 + 0.4 * (typed.length / length) });
    }
    // Sorted already where all fit: a shorter word stands before those that it begins.
    return best(matches);
  }

  #findSimilar(typed: string): WordMatch[] {
    const allowed = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
    if (allowed === 0) return [];
    const matches: WordMatch[] = [];
    const letters = (this.#letters ??= Uint32Array.from(this.#words, lettersOf));
    const wanted = lettersOf(typed);
    for (let word = 0; word < letters.length; word++) {
      const difference = this.#words[word]!.length - typed.length;
      if (difference > allowed || difference < -allowed || bits(letters[word]! ^ wanted) > 2 * allowed) continue;
      const distance = editDistance(typed, this.#words[word]!);
      if (distance <= allowed) matches.push({ word, quality: 0.6 - 0.15 * distance });
    }
    if (matches.length > 0) return best(matches);
    // The beginning of a longer word, mistyped; the first letter is seldom wrong.
    const initial = typed.slice(0, 1);
    for (let word = this.#lowerBound(initial); word < this.#words.length && this.#words[word]!.startsWith(initial); word++) {
      const text = this.#words[word]!;
      if (text.length <= typed.length) continue;
      const distance = Math.min(editDistance(typed, text.slice(0, typed.length)), editDistance(typed, text.slice(0, typed.length + 1)));
      if (distance <= allowed) matches.push({ word, quality: 0.4 - 0.1 * distance });
    }
    return best(matches);
  }

  #lowerBound(text: string): number {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[middle]! < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function best(matches: WordMatch[]): WordMatch[] {
  return matches.sort((a, b) => b.quality - a.quality || a.word - b.word).slice(0, CANDIDATES);
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Which letters occur, hashed to 32 bits: each mistake changes at most two of them. */
function lettersOf(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31);
  return mask >>> 0;
}

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}
