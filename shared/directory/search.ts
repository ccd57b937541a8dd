// Forgiving search over a directory index: names, organizations, places, summaries, telephone numbers, and the words for
// the needs that a resource meets. It knows only what the index knows, so nothing of where a hidden site is.

import type { Localized } from '../platform/localized.ts';
import type { BitSet } from './bit-set.ts';
import type { DirectoryIndex } from './index.ts';
import { TextIndexBuilder, type TextIndex } from './search-text.ts';
import { digitsOf, foldWords } from './words.ts';

export interface SearchHit {
  row: number;
  score: number;
}

/** Words by which a need is known, in any language: labels and synonyms. */
export interface NeedWords {
  term: string;
  words: readonly string[];
}

export interface SearchOptions {
  limit: number;
  /** Only these rows. */
  filter?: BitSet;
}

// How much a word says, by where it stands; the greatest that fits is 15.
const WEIGHTS = { service: 12, organization: 6, location: 5, address: 4, summary: 3, phone: 15 } as const;
const NEED_WEIGHT = 5;
/** Marks a telephone number among the words, so that "24" does not find each number that begins with it. */
const PHONE = '#';
const PHONE_LIKE = /^[\d\s()+./-]+$/;
const PHONE_DIGITS = 5;
const LOCAL_DIGITS = 7;
const QUERY_WORDS = 12;
/** Scripts without spaces between words: pairs of letters take the place of words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]{2,}/u;
const BATCH = 1000;

/** Needs with their words, from taxonomies and synonyms as plugins contribute them. */
export function collectNeedWords(
  taxonomies: readonly { terms: readonly { id: string; label: Localized }[] }[],
  synonyms: readonly { terms: Readonly<Record<string, readonly string[]>> }[],
): NeedWords[] {
  const words = new Map<string, string[]>();
  const add = (term: string, more: readonly string[]) => words.set(term, [...(words.get(term) ?? []), ...more]);
  for (const { terms } of taxonomies)
    for (const { id, label } of terms) add(id, typeof label === 'string' ? [label] : Object.values(label));
  for (const set of synonyms) for (const [term, more] of Object.entries(set.terms)) add(term, more);
  return [...words].map(([term, all]) => ({ term, words: all }));
}

/** The search over one index. Made by `build`; `extend` follows an index that had rows added. */
export class DirectorySearch {
  readonly index: DirectoryIndex;
  /** Each over its own stretch of rows. */
  readonly #segments: readonly TextIndex[];
  readonly #needs: readonly NeedWords[];
  readonly #needIndex: TextIndex;
  /** Rows below this are in the segments. */
  readonly #covered: number;

  private constructor(
    index: DirectoryIndex,
    segments: readonly TextIndex[],
    needs: readonly NeedWords[],
    needIndex: TextIndex,
    covered: number,
  ) {
    this.index = index;
    this.#segments = segments;
    this.#needs = needs;
    this.#needIndex = needIndex;
    this.#covered = covered;
  }

  /** Reads all rows; calls `pause` after each batch. */
  static async build(index: DirectoryIndex, needs: readonly NeedWords[], pause: () => Promise<void>): Promise<DirectorySearch> {
    const builder = new TextIndexBuilder();
    for (let row = 0; row < index.length; row++) {
      if (index.isLive(row)) builder.add(row, wordsOf(index, row));
      if (row % BATCH === BATCH - 1) await pause();
    }
    const needBuilder = new TextIndexBuilder();
    needs.forEach(({ words }, i) =>
      needBuilder.add(
        i,
        words.flatMap(splitWords).map((word) => [word, NEED_WEIGHT] as const),
      ),
    );
    return new DirectorySearch(index, [builder.finish()], needs, needBuilder.finish(), index.length);
  }

  /** The search over a later version of the same base; null where the base is another one. */
  extend(later: DirectoryIndex): DirectorySearch | null {
    if (!later.extends(this.index)) return null;
    if (later.length === this.#covered) return new DirectorySearch(later, this.#segments, this.#needs, this.#needIndex, this.#covered);
    const builder = new TextIndexBuilder();
    for (let row = this.#covered; row < later.length; row++) if (later.isLive(row)) builder.add(row, wordsOf(later, row));
    return new DirectorySearch(later, [...this.#segments, builder.finish()], this.#needs, this.#needIndex, later.length);
  }

  /** The best rows for what was typed, best first. Every word must fit; where no row has all, those with the most do. */
  find(text: string, { limit, filter }: SearchOptions): SearchHit[] {
    const words = queryWords(text);
    if (words.length === 0 || limit <= 0) return [];
    const scores = new Float32Array(this.index.length);
    const matched = new Uint8Array(this.index.length);
    const stamps = new Uint8Array(this.index.length);
    words.forEach((word, i) => this.#scoreWord(word, { scores, matched, stamps, stamp: i + 1 }));

    let most = 0;
    const wanted = (row: number) => matched[row]! > 0 && this.index.isLive(row) && (filter === undefined || filter.has(row));
    for (let row = 0; row < matched.length; row++) if (matched[row]! > most && wanted(row)) most = matched[row]!;
    // Half of the words is a guess worth showing; less is noise.
    if (most === 0 || most * 2 < words.length) return [];
    const top = new TopHits(limit * 4);
    for (let row = 0; row < matched.length; row++) if (matched[row] === most && wanted(row)) top.offer(row, scores[row]!);
    const phrase = foldWords(text);
    const hits = top.hits.map(({ row, score }) => ({ row, score: score * this.#phraseBonus(row, phrase) }));
    return hits.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, limit);
  }

  get byteLength(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.byteLength, this.#needIndex.byteLength);
  }

  #scoreWord(word: string, into: { scores: Float32Array; matched: Uint8Array; stamps: Uint8Array; stamp: number }): void {
    const { scores, matched, stamps, stamp } = into;
    const add = (row: number, score: number) => {
      // The best fitting word comes first and counts alone.
      if (stamps[row] === stamp) return;
      stamps[row] = stamp;
      scores[row]! += score;
      matched[row]!++;
    };
    const rows = this.index.length;
    for (const segment of this.#segments) {
      for (const { word: known, quality } of segment.findWords(word)) {
        const rarity = Math.log1p(rows / segment.frequency(known));
        segment.visitRows(known, (row, weight) => add(row, rarity * quality * weight));
      }
    }
    if (word.startsWith(PHONE)) return;
    const needs = new Map<string, number>();
    for (const { word: known, quality } of this.#needIndex.findWords(word)) {
      this.#needIndex.visitRows(known, (need) => {
        const { term } = this.#needs[need]!;
        needs.set(term, Math.max(needs.get(term) ?? 0, quality));
      });
    }
    for (const [term, quality] of needs) {
      const meeting = this.index.rowsWithNeed(term);
      const rarity = Math.log1p(rows / Math.max(1, meeting.size));
      meeting.forEach((row) => add(row, rarity * quality * NEED_WEIGHT));
    }
  }

  /** What is called just so stands above what only has the same words. */
  #phraseBonus(row: number, phrase: string): number {
    const name = foldWords(this.index.serviceName(row));
    if (name === phrase) return 3;
    if (name.startsWith(phrase)) return 2;
    return name.includes(phrase) ? 1.5 : 1;
  }
}

/** The hits with the greatest scores: a heap with the least on top. */
class TopHits {
  readonly hits: SearchHit[] = [];
  #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(row: number, score: number): void {
    if (this.hits.length < this.#limit) {
      this.hits.push({ row, score });
      if (this.hits.length === this.#limit) for (let i = this.#limit >> 1; i >= 0; i--) this.#sink(i);
    } else if (score > this.hits[0]!.score) {
      this.hits[0] = { row, score };
      this.#sink(0);
    }
  }

  #sink(at: number): void {
    const { hits } = this;
    for (let child = at * 2 + 1; child < hits.length; child = at * 2 + 1) {
      if (child + 1 < hits.length && hits[child + 1]!.score < hits[child]!.score) child++;
      if (hits[at]!.score <= hits[child]!.score) return;
      [hits[at], hits[child]] = [hits[child]!, hits[at]!];
      at = child;
    }
  }
}

function* wordsOf(index: DirectoryIndex, row: number): Generator<readonly [string, number]> {
  const texts = [
    [index.serviceName(row), WEIGHTS.service],
    [index.organization(row)?.name, WEIGHTS.organization],
    [index.location(row)?.name, WEIGHTS.location],
    [index.address(row), WEIGHTS.address],
    [index.summary(row), WEIGHTS.summary],
  ] as const;
  for (const [text, weight] of texts) if (text) for (const word of splitWords(text)) yield [word, weight];
  const phone = digitsOf(index.phone(row) ?? '');
  if (phone.length < PHONE_DIGITS) return;
  // By its whole, and by the local part that people say.
  yield [PHONE + phone, WEIGHTS.phone];
  if (phone.length > LOCAL_DIGITS) yield [PHONE + phone.slice(-LOCAL_DIGITS), WEIGHTS.phone];
  if (phone.length === 11 && phone.startsWith('1')) yield [PHONE + phone.slice(1), WEIGHTS.phone];
}

function queryWords(text: string): string[] {
  const digits = digitsOf(text);
  if (digits.length >= PHONE_DIGITS && PHONE_LIKE.test(text.normalize('NFKD').trim())) return [PHONE + digits];
  return [...new Set(splitWords(text))].slice(0, QUERY_WORDS);
}

function splitWords(text: string): string[] {
  const words = foldWords(text)
    .split(' ')
    .filter((word) => word !== '');
  return words.some((word) => UNSPACED.test(word)) ? words.flatMap((word) => (UNSPACED.test(word) ? pairs(word) : [word])) : words;
}

function pairs(word: string): string[] {
  const letters = [...word];
  return letters.slice(1).map((letter, i) => letters[i]! + letter);
}
