// Duplicate candidates among listings. Only listings that share a key (telephone, door, rare word nearby) are compared, so
// that the work grows with the listings and not with their pairs; keys that too many share say nothing and are left out.

import { compareListings, type DuplicateReason } from './duplicates-compare.ts';
import { toCompared, type ComparedListing, type Listing } from './duplicates-words.ts';

export type { DuplicateReason } from './duplicates-compare.ts';
export type { Listing } from './duplicates-words.ts';

export interface DuplicateCandidate {
  /** Ids, in their order. */
  ids: readonly [string, string];
  /** {@link LEAST_SCORE} … 1. */
  score: number;
  reasons: readonly DuplicateReason[];
}

/** Below this score two listings are not told as duplicates: stewards stop reading a list that is often wrong. */
export const LEAST_SCORE = 0.6;

/** Keys of one listing: telephone, door, whole name, and two rare words in two grids each. */
const KEYS = 7;
const NO_KEY = 0;
/** More than so many listings with one key: it tells nothing. */
const LARGEST_BLOCK = 32;
/** Degrees: two kilometres and more. */
const GRID = 0.03;
/** A word is rare in comparison with at least so many listings. */
const LEAST_CORPUS = 200;
const FILLERS = new Set('the of and at for in on to an a inc llc ltd corp co de la el los las del y le les du des et في من و'.split(' '));
const FILLER_WEIGHT = 0.1;

/** Listings with their keys. Rows are appended; a changed listing is removed and added again. */
export class DuplicateIndex {
  readonly #rows: (ComparedListing | null)[] = [];
  readonly #rowOf = new Map<string, number>();
  readonly #interned = new Map<string, string>();
  readonly #words = new Map<string, number>();
  readonly #phones = new Map<string, number>();
  readonly #countOfPhone = (phone: string): number => this.#phones.get(phone) ?? 0;
  #keys = new Uint32Array(KEYS * 256);
  #settled = 0;
  get size(): number {
    return this.#rowOf.size;
  }

  /** Adds a listing; one with the same id is replaced. */
  add(listing: Listing): void {
    this.remove(listing.id);
    const compared = toCompared(listing);
    compared.words = compared.words.map((word) => this.#intern(word));
    this.#rowOf.set(listing.id, this.#rows.push(compared) - 1);
    this.#count(compared, 1);
  }

  remove(id: string): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#count(this.#rows[row]!, -1);
    this.#rows[row] = null;
    this.#rowOf.delete(id);
    if (row < this.#settled) this.#keys.fill(NO_KEY, row * KEYS, (row + 1) * KEYS);
  }

  /** Every candidate. Gives `pause` the turn after each batch of comparisons. */
  async findAll(pause?: () => Promise<void>): Promise<DuplicateCandidate[]> {
    this.#settle(0);
    // Key and row in one number: sorting brings together what shares a key. A key has 32 bits, a row 21.
    const packed: number[] = [];
    for (let i = 0; i < this.#rows.length * KEYS; i++) {
      if (this.#keys[i] !== NO_KEY) packed.push(this.#keys[i]! * 2 ** 21 + Math.floor(i / KEYS));
    }
    const sorted = Float64Array.from(packed).sort();
    const keyAt = (i: number) => Math.floor(sorted[i]! / 2 ** 21);
    const seen = new Set<number>();
    const found: DuplicateCandidate[] = [];
    let compared = 0;
    for (let start = 0, end = 0; start < sorted.length; start = end) {
      for (end = start + 1; end < sorted.length && keyAt(end) === keyAt(start); end++);
      if (end - start < 2 || end - start > LARGEST_BLOCK) continue;
      for (let i = start; i < end; i++) {
        for (let j = i + 1; j < end; j++) {
          const [a, b] = [sorted[i]! % 2 ** 21, sorted[j]! % 2 ** 21];
          const pair = a * 2 ** 21 + b;
          if (a === b || seen.has(pair)) continue;
          seen.add(pair);
          const candidate = this.#compare(a, b);
          if (candidate) found.push(candidate);
          if (pause && ++compared % 2000 === 0) await pause();
        }
      }
    }
    return found.sort(byScore);
  }

  /** The candidates of one listing. */
  findOf(id: string): DuplicateCandidate[] {
    this.#settle(this.#settled);
    const row = this.#rowOf.get(id);
    if (row === undefined) return [];
    const others = new Set<number>();
    for (let k = 0; k < KEYS; k++) {
      const key = this.#keys[row * KEYS + k]!;
      if (key === NO_KEY) continue;
      const block: number[] = [];
      for (let i = this.#keys.indexOf(key); i >= 0; i = this.#keys.indexOf(key, i + 1)) block.push(Math.floor(i / KEYS));
      if (block.length <= LARGEST_BLOCK) for (const other of block) if (other !== row) others.add(other);
    }
    return [...others].flatMap((other) => this.#compare(row, other) ?? []).sort(byScore);
  }

  /** One string for each word: equal ones are compared by being the same. */
  #intern(word: string): string {
    const known = this.#interned.get(word);
    if (known === undefined) this.#interned.set(word, word);
    return known ?? word;
  }

  #compare(rowA: number, rowB: number): DuplicateCandidate | undefined {
    const [one, other] = [this.#rows[rowA]!, this.#rows[rowB]!];
    const [a, b] = one.listing.id < other.listing.id ? [one, other] : [other, one];
    if (a.listing.group && a.listing.group === b.listing.group) return undefined;
    const result = compareListings(a, b, this.#countOfPhone);
    return result && result.score >= LEAST_SCORE ? { ids: [a.listing.id, b.listing.id], ...result } : undefined;
  }

  #count({ words, phone }: ComparedListing, by: 1 | -1): void {
    for (const word of words) this.#words.set(word, (this.#words.get(word) ?? 0) + by);
    if (phone !== '') this.#phones.set(phone, (this.#phones.get(phone) ?? 0) + by);
  }

  /** Gives keys to the rows from `first` on: which words are rare is known when all are there. */
  #settle(first: number): void {
    const weights = new Map<string, number>();
    const weightOf = (word: string): number => {
      let weight = weights.get(word);
      if (weight === undefined) weights.set(word, (weight = this.#weigh(word)));
      return weight;
    };
    if (this.#keys.length < this.#rows.length * KEYS) {
      const larger = new Uint32Array(Math.ceil(this.#rows.length * 1.25) * KEYS);
      larger.set(this.#keys);
      this.#keys = larger;
    }
    for (let row = first; row < this.#rows.length; row++) {
      const compared = this.#rows[row];
      this.#keys.fill(NO_KEY, row * KEYS, (row + 1) * KEYS);
      if (!compared) continue;
      compared.weights = compared.words.map(weightOf);
      compared.weight = compared.weights.reduce((sum, weight) => sum + weight, 0);
      keysOf(compared).forEach((key, k) => (this.#keys[row * KEYS + k] = key));
    }
    this.#settled = this.#rows.length;
  }

  /** How much a word of a name says: the rarer, the more. */
  #weigh(word: string): number {
    if (FILLERS.has(word)) return FILLER_WEIGHT;
    return Math.max(0.5, Math.log(Math.max(LEAST_CORPUS, this.#rowOf.size) / (this.#words.get(word) || 1)));
  }
}

function keysOf({ listing, words, weights, numbers, phone, address }: ComparedListing): number[] {
  const keys: number[] = [];
  if (phone !== '') keys.push(hashOf(`phone ${phone}`));
  if (address) keys.push(hashOf(`door ${address.number ?? ''} ${address.street.toSorted().join(' ')}`));
  keys.push(hashOf(`name ${words.toSorted().join(' ')} ${numbers.toSorted().join(' ')}`));
  const { lon, lat } = listing;
  if (typeof lon !== 'number' || typeof lat !== 'number') return keys;
  const rarest = words.map((_, i) => i).sort((i, j) => weights[j]! - weights[i]!);
  for (const i of rarest.slice(0, 2)) {
    for (const shift of [0, 0.5]) keys.push(hashOf(`${words[i]!} ${Math.floor(lon / GRID + shift)} ${Math.floor(lat / GRID + shift)}`));
  }
  return keys;
}

function byScore(a: DuplicateCandidate, b: DuplicateCandidate): number {
  return b.score - a.score || (a.ids[0] < b.ids[0] ? -1 : 1);
}

/** FNV-1a, 32 bits, never {@link NO_KEY}. Two keys with one hash cost a comparison and nothing else. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}
