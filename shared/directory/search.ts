// Forgiving search over a directory index: names, organizations, places, descriptions, telephone numbers, and the words for
// the needs that a resource meets. It knows only what the index and its reader of details know, and those never tell where
// a hidden site is.

import type { Localized } from '../platform/localized.ts';
import type { LonLat } from '../geo/travel.ts';
import type { BitSet } from './bit-set.ts';
import type { DirectoryIndex } from './index.ts';
import { Gains, type Scored } from './search-gains.ts';
import { EXACT_NAME, firstRows, hashOf, QUALITY, RowKeys, RowOrder, WEIGHTS } from './search-rank.ts';
import { TextIndexBuilder, type TextIndex } from './search-text.ts';
import { RowTraits, type Traits } from './search-traits.ts';
import { createPhraseTest } from './search-phrase.ts';
import { indexWords, isPhoneWord, parseQuery, phoneWords, type Phrase, type QueryWord, type TextQuery } from './search-words.ts';
import { foldWords } from './words.ts';

export interface SearchHit {
  row: number;
  score: number;
}

/** Words by which a need is known, in any language: labels and synonyms, its own and those of the needs above it. */
export interface NeedWords {
  term: string;
  words: readonly string[];
}

/** What is searched and filtered by, and is not in the index. */
export interface SearchDetails extends Traits {
  /** The whole text; null: none. */
  description: string | null;
}

export interface SearchSources {
  needs: readonly NeedWords[];
  /** Details of some rows, in their order. Without it descriptions are searched as far as the index has them. */
  readDetails?: (index: DirectoryIndex, rows: readonly number[]) => Promise<readonly SearchDetails[]>;
  /** Called after each batch, so that others get their turn. */
  pause: () => Promise<void>;
}

export interface SearchOptions {
  limit: number;
  /** Passes over the first so many. */
  offset?: number;
  /** Only these rows. */
  filter?: BitSet;
  /** Of equal scores the nearer goes first. */
  near?: LonLat;
  /** Only what has every word as it was typed: no typing errors, and no half of the words. */
  asTyped?: boolean;
}

/** All that a text finds. */
export interface TextMatch {
  /** In rising order. */
  rows: Uint32Array;
  /** By row; null: there was no text, and these are all rows. */
  scores: Float64Array | null;
}

const BATCH = 250;
/** Where fewer rows fit as typed, those that fit with typing errors follow. */
const FEW = 20;
/** Rows that are read for a phrase beyond those that are wanted, before all are. */
const READ_FIRST = [100, 2000];

/** Needs with their words, from taxonomies and synonyms as plugins contribute them. */
export function collectNeedWords(
  taxonomies: readonly { terms: readonly { id: string; parent?: string | undefined; label: Localized }[] }[],
  synonyms: readonly { terms: Readonly<Record<string, readonly string[]>> }[],
): NeedWords[] {
  const words = new Map<string, string[]>();
  const parents = new Map<string, string | undefined>();
  const add = (term: string, more: readonly string[]) => words.set(term, [...(words.get(term) ?? []), ...more]);
  for (const { terms } of taxonomies)
    for (const { id, parent, label } of terms) {
      parents.set(id, parent);
      add(id, typeof label === 'string' ? [label] : Object.values(label));
    }
  for (const set of synonyms) for (const [term, more] of Object.entries(set.terms)) add(term, more);
  return [...words.keys()].map((term) => {
    const line = new Set<string>();
    for (let at: string | undefined = term; at !== undefined && !line.has(at); at = parents.get(at)) line.add(at);
    return { term, words: [...line].flatMap((one) => words.get(one) ?? []) };
  });
}

/** What all versions of a search over one base share. */
interface Needs {
  words: readonly NeedWords[];
  index: TextIndex;
}

/** The search over one index. Made by `build`; `extend` follows an index that had rows added. */
export class DirectorySearch {
  readonly index: DirectoryIndex;
  readonly traits: RowTraits;
  readonly #sources: SearchSources;
  /** Each over its own stretch of rows. */
  readonly #segments: readonly TextIndex[];
  readonly #needs: Needs;
  readonly #keys: RowKeys;

  private constructor(
    index: DirectoryIndex,
    parts: { sources: SearchSources; segments: readonly TextIndex[]; needs: Needs; keys: RowKeys; traits: RowTraits },
  ) {
    this.index = index;
    this.#sources = parts.sources;
    this.#segments = parts.segments;
    this.#needs = parts.needs;
    this.#keys = parts.keys;
    this.traits = parts.traits;
  }

  static async build(index: DirectoryIndex, sources: SearchSources): Promise<DirectorySearch> {
    const builder = new TextIndexBuilder();
    sources.needs.forEach(({ words }, i) =>
      builder.add(
        i,
        words.flatMap(indexWords).map((word) => [word, WEIGHTS.need] as const),
      ),
    );
    const needs = { words: sources.needs, index: builder.finish() };
    const [keys, traits] = [new RowKeys(index.length), new RowTraits(index.length)];
    const segment = await readSegment(index, 0, { sources, keys, traits });
    return new DirectorySearch(index, { sources, segments: [segment], needs, keys, traits });
  }

  /** The search over a later version of the same base; null where the base is another one. */
  async extend(later: DirectoryIndex): Promise<DirectorySearch | null> {
    if (!later.extends(this.index)) return null;
    const sources = this.#sources;
    const [keys, traits] = [this.#keys.grown(later.length), this.traits.grown(later.length)];
    const segments = [...this.#segments];
    if (later.length > this.index.length) segments.push(await readSegment(later, this.index.length, { sources, keys, traits }));
    return new DirectorySearch(later, { sources, segments, needs: this.#needs, keys, traits });
  }

  /** The best rows for what was typed, best first; none for no words. */
  find(text: string, options: SearchOptions): SearchHit[] {
    const query = parseQuery(text);
    const { rows, scores } = this.#fitWords(query, options);
    if (scores === null) return [];
    const { limit, offset = 0 } = options;
    const toHit = (row: number): SearchHit => ({ row, score: scores[row]! });
    if (query.phrases.length === 0) return this.listFirst({ rows, scores }, options).map(toHit);
    // Phrases are read in the texts. The best rows are read first, and more where those are not enough.
    const hasPhrases = this.#phraseTest(query.phrases);
    const wanted = offset + limit;
    for (const most of READ_FIRST.map((rows) => wanted + rows)) {
      const first = this.listFirst({ rows, scores }, { ...options, offset: 0, limit: most });
      const found = first.filter(hasPhrases);
      if (found.length >= wanted || first.length < most) return found.slice(offset, wanted).map(toHit);
    }
    return this.listFirst({ rows: rows.filter(hasPhrases), scores }, options).map(toHit);
  }

  /** All rows that a text finds. Every word must fit; where no row has all, those with the most do, if that is half. */
  match(text: string, options: Pick<SearchOptions, 'asTyped'> = {}): TextMatch {
    if (text.trim() === '') return { rows: this.index.rowsAll().toArray(), scores: null };
    const query = parseQuery(text);
    const { rows, scores } = this.#fitWords(query, options);
    return { rows: query.phrases.length > 0 ? rows.filter(this.#phraseTest(query.phrases)) : rows, scores };
  }

  /** The rows that have the words of a query, beside each other or not. */
  #fitWords(query: TextQuery, { asTyped = false }: Pick<SearchOptions, 'asTyped'>): TextMatch {
    if (query.words.length === 0) return { rows: new Uint32Array(), scores: null };
    let found = this.#score(query, { loose: false });
    let rows = this.#rowsMatching(found, query.words.length);
    if (rows.length < FEW && !asTyped) {
      found = this.#score(query, { loose: true });
      let most = query.words.length;
      rows = this.#rowsMatching(found, most);
      if (rows.length === 0) {
        most = found.matched.reduce((greatest, count) => Math.max(greatest, count), 0);
        // Half of the words is a guess worth showing; less is noise.
        if (most > 0 && most * 2 >= query.words.length) rows = this.#rowsMatching(found, most);
      }
    }
    this.#raiseExactNames(rows, found.scores, query);
    return { rows, scores: found.scores };
  }

  /** The rows of a match that stand first, in order. */
  listFirst({ rows, scores }: TextMatch, { limit, offset = 0, filter, near }: SearchOptions): number[] {
    const order = new RowOrder(this.index, this.#keys, near);
    const wanted = filter === undefined ? rows : rows.filter((row) => filter.has(row));
    return firstRows(wanted, offset + limit, (a, b) => order.compare(a, b, scores)).slice(offset);
  }

  /** Bytes beside those of the index. */
  get byteLength(): number {
    const text = this.#segments.reduce((sum, segment) => sum + segment.byteLength, this.#needs.index.byteLength);
    return text + this.#keys.byteLength + this.traits.byteLength;
  }

  #rowsMatching({ matched }: Scored, words: number): Uint32Array {
    let count = 0;
    for (let row = 0; row < matched.length; row++) if (matched[row] === words) count++;
    const rows = new Uint32Array(count);
    for (let row = 0, at = 0; at < count; row++) if (matched[row] === words) rows[at++] = row;
    return rows;
  }

  #score({ words }: TextQuery, { loose }: { loose: boolean }): Scored {
    const { length, size } = this.index;
    const scored = { scores: new Float64Array(length), matched: new Uint8Array(length) };
    const gains = new Gains(this.index);
    for (const word of words) {
      this.#gather(word, gains, loose && !word.exact);
      gains.addTo(scored, Math.log1p(size / Math.max(1, gains.count)));
    }
    return scored;
  }

  /** The best that each row has for one word. */
  #gather(word: QueryWord, gains: Gains, loose: boolean): void {
    for (const segment of this.#segments)
      visitWords(segment, word, {
        loose,
        visit: (known, quality) => gains.offerPostings(segment.postingsOf(known), quality),
      });
    if (isPhoneWord(word.word)) return;
    const byTerm = new Map<string, number>();
    visitWords(this.#needs.index, word, {
      loose,
      visit: (known, quality) =>
        this.#needs.index.visitRows(known, (need) => {
          const { term } = this.#needs.words[need]!;
          if ((byTerm.get(term) ?? 0) < quality) byTerm.set(term, quality);
        }),
    });
    if (byTerm.size === 0) return;
    const bySet = Uint16Array.from(
      this.index.needSets,
      (needs) => WEIGHTS.need * needs.reduce((best, need) => Math.max(best, byTerm.get(need) ?? 0), 0),
    );
    for (let row = 0; row < this.index.length; row++) {
      const gain = bySet[this.index.needSetNumber(row)]!;
      if (gain > 0) gains.offer(row, gain);
    }
  }

  #raiseExactNames(rows: Uint32Array, scores: Float64Array, { name }: TextQuery): void {
    const hash = hashOf(name);
    for (const row of rows)
      if (this.#keys.mayBeNamed(row, hash) && foldWords(this.index.serviceName(row)) === name) scores[row]! += EXACT_NAME;
  }

  /** Whether all phrases stand in what the index has of a row, or in the words for one of its needs. */
  #phraseTest(phrases: readonly Phrase[]): (row: number) => boolean {
    const { index } = this;
    const tests = phrases.map((phrase) => {
      const { inText, inBytes } = createPhraseTest(phrase);
      const terms = new Set(this.#needs.words.filter(({ words }) => words.some(inText)).map(({ term }) => term));
      return { inBytes, inNeeds: Uint8Array.from(index.needSets, (needs) => (needs.some((need) => terms.has(need)) ? 1 : 0)) };
    });
    return (row) => tests.every(({ inBytes, inNeeds }) => inNeeds[index.needSetNumber(row)] === 1 || index.someText(row, inBytes));
  }
}

/** Words of an index that a typed one may stand for, with how well they fit. */
function visitWords(
  text: TextIndex,
  { word, forms, exact }: QueryWord,
  { loose, visit }: { loose: boolean; visit: (known: number, quality: number) => void },
): void {
  for (const form of [...forms, ...(exact ? [word] : [])]) {
    const known = text.findWord(form);
    if (known >= 0) visit(known, form === word ? QUALITY.word : QUALITY.form);
  }
  if (exact) return;
  const [from, to] = text.findBegun(word);
  for (let known = from; known < to; known++) {
    const { length } = text.words[known]!;
    visit(known, length === word.length ? QUALITY.word : QUALITY.begun + Math.round((QUALITY.begunMore * word.length) / length));
  }
  if (!loose || isPhoneWord(word)) return;
  text.spelling.visitSimilar(word, ({ word: known, edits, begun }) => {
    const quality = (begun ? QUALITY.begunEdits : QUALITY.edits)[edits];
    if (quality) visit(known, quality);
  });
}

/** Reads the rows from `from` on, and notes keys and traits of each. */
async function readSegment(
  index: DirectoryIndex,
  from: number,
  { sources, keys, traits }: { sources: SearchSources; keys: RowKeys; traits: RowTraits },
): Promise<TextIndex> {
  const builder = new TextIndexBuilder();
  for (let at = from; at < index.length; at += BATCH) {
    const rows: number[] = [];
    for (let row = at; row < Math.min(at + BATCH, index.length); row++) if (index.isLive(row)) rows.push(row);
    const details = await sources.readDetails?.(index, rows);
    rows.forEach((row, i) => {
      const detail = details?.[i];
      builder.add(row, wordsOf(index, row, detail?.description ?? null));
      keys.set(row, index.serviceName(row));
      if (detail) traits.set(row, detail);
    });
    await sources.pause();
  }
  const text = builder.finish();
  await sources.pause();
  text.prepareSpelling();
  return text;
}

function* wordsOf(index: DirectoryIndex, row: number, description: string | null): Generator<readonly [string, number]> {
  const texts = [
    [index.serviceName(row), WEIGHTS.name],
    [index.organizationName(row), WEIGHTS.organization],
    [index.locationName(row), WEIGHTS.location],
    [index.address(row), WEIGHTS.address],
    [index.summary(row), WEIGHTS.summary],
    [description, WEIGHTS.description],
  ] as const;
  for (const [text, weight] of texts) if (text) for (const word of indexWords(text)) yield [word, weight];
  // The areas of a hidden place are published, but it is not found by any place.
  if (!index.isHidden(row)) for (const area of index.areas(row)) for (const word of indexWords(area)) yield [word, WEIGHTS.area];
  for (const word of phoneWords(index.phone(row))) yield [word, WEIGHTS.phone];
}
