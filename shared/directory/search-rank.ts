// In which order search shows what it finds, the same whatever order the services came in.
//
//   score = Σ over the typed words: rarity × weight × quality      (+ EXACT_NAME where the whole text is the name)
//
// `weight` says where the word stands, `quality` how well it fits; of several fits in one service the best counts alone.
// `rarity` is ln(1 + services / services that fit the word), so that common words say less. The weights are far enough
// apart that for one word a name goes before a need, a need before a place, and a place before a description.
// Equal scores: the nearer first where a place is given (what has no position, or a hidden one, last), then the name with
// fewer words, then by name, then by id.

import { haversine } from '../geo/distance.ts';
import type { LonLat } from '../geo/travel.ts';
import type { DirectoryIndex } from './index.ts';
import { foldWords } from './words.ts';

/** How much a word says, by where it stands; the greatest that fits is 15. */
export const WEIGHTS = {
  phone: 15,
  name: 15,
  need: 9,
  organization: 8,
  location: 6,
  address: 5,
  area: 4,
  summary: 3,
  description: 2,
} as const;

/** In hundredths. A word that is begun lies between `begun` and `begun + begunMore`, the nearer its end the higher. */
export const QUALITY = { word: 100, form: 96, begun: 65, begunMore: 25, edits: [0, 45, 25], begunEdits: [0, 30, 15] } as const;

/** More than all words of a query can give together. */
export const EXACT_NAME = 1e6;

const KEY_LETTERS = 3;

/** What of each row its place in the order needs, so that few names are read while thousands are compared. */
export class RowKeys {
  #hashes: Uint32Array;
  #words: Uint8Array;
  /** The first letters of the folded name as a number. */
  #letters: Float64Array;

  constructor(rows: number) {
    this.#hashes = new Uint32Array(rows);
    this.#words = new Uint8Array(rows);
    this.#letters = new Float64Array(rows);
  }

  get byteLength(): number {
    return this.#hashes.byteLength + this.#words.byteLength + this.#letters.byteLength;
  }

  /** With room for so many rows. */
  grown(rows: number): RowKeys {
    if (rows <= this.#hashes.length) return this;
    const larger = new RowKeys(Math.max(rows, Math.ceil(this.#hashes.length * 1.1)));
    larger.#hashes.set(this.#hashes);
    larger.#words.set(this.#words);
    larger.#letters.set(this.#letters);
    return larger;
  }

  set(row: number, name: string): void {
    const folded = foldWords(name);
    this.#hashes[row] = hashOf(folded);
    this.#words[row] = Math.min(255, folded.split(' ').length);
    let letters = 0;
    for (let i = 0; i < KEY_LETTERS; i++) letters = letters * 0x10000 + (i < folded.length ? folded.charCodeAt(i) : 0);
    this.#letters[row] = letters;
  }

  /** Whether a row may have this folded name; `hash` is its `hashOf`. */
  mayBeNamed(row: number, hash: number): boolean {
    return this.#hashes[row] === hash;
  }

  /** Below 0 where `a` goes first, by its name alone. */
  compare(a: number, b: number): number {
    return this.#words[a]! - this.#words[b]! || this.#letters[a]! - this.#letters[b]!;
  }
}

/** FNV-1a over code units. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Compares rows as the head of this file says; below 0: `a` goes first. */
export class RowOrder {
  readonly #index: DirectoryIndex;
  readonly #keys: RowKeys;
  readonly #near: LonLat | undefined;
  /** Texts of rows that tied, since the same ones are compared again and again. */
  readonly #texts = new Map<number, readonly [name: string, id: string]>();

  readonly #metersOf = new Map<number, number>();

  constructor(index: DirectoryIndex, keys: RowKeys, near?: LonLat) {
    this.#index = index;
    this.#keys = keys;
    this.#near = near;
  }

  compare(a: number, b: number, scores: Float64Array | null): number {
    const score = scores === null ? 0 : scores[b]! - scores[a]!;
    if (score !== 0) return score;
    if (this.#near !== undefined) {
      const [first, second] = [this.#meters(a), this.#meters(b)];
      if (first !== second) return first < second ? -1 : 1;
    }
    return this.#keys.compare(a, b) || this.#compareTexts(a, b);
  }

  #compareTexts(a: number, b: number): number {
    const [[nameA, idA], [nameB, idB]] = [this.#textsOf(a), this.#textsOf(b)];
    if (nameA !== nameB) return nameA < nameB ? -1 : 1;
    return idA < idB ? -1 : idA > idB ? 1 : 0;
  }

  #textsOf(row: number): readonly [string, string] {
    let texts = this.#texts.get(row);
    if (!texts) this.#texts.set(row, (texts = [foldWords(this.#index.serviceName(row)), this.#index.id(row)]));
    return texts;
  }

  #meters(row: number): number {
    // The one on top of the heap is compared again and again.
    let meters = this.#metersOf.get(row);
    if (meters === undefined) this.#metersOf.set(row, (meters = this.#measure(row)));
    return meters;
  }

  #measure(row: number): number {
    if (!this.#index.hasPosition(row)) return Infinity;
    return haversine(this.#near!.lon, this.#near!.lat, this.#index.lon(row), this.#index.lat(row));
  }
}

/** The first `limit` rows of an order, in order: a heap with the last of them on top. */
export function firstRows(rows: Iterable<number>, limit: number, compare: (a: number, b: number) => number): number[] {
  const heap: number[] = [];
  const sink = (from: number) => {
    for (let at = from, child = at * 2 + 1; child < heap.length; child = at * 2 + 1) {
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child++;
      if (compare(heap[at]!, heap[child]!) >= 0) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  };
  for (const row of rows) {
    if (heap.length < limit) {
      heap.push(row);
      if (heap.length === limit) for (let i = limit >> 1; i >= 0; i--) sink(i);
    } else if (limit > 0 && compare(row, heap[0]!) < 0) {
      heap[0] = row;
      sink(0);
    }
  }
  return heap.sort(compare);
}
