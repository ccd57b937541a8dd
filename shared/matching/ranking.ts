// One look at each row in reach: which meet a need, how many there are of each kind, and the best of them. Nothing is kept of a
// row that is not among the best, and none is scored that cannot come to be.

import type { DirectoryIndex } from '../directory/index.ts';
import type { RowTravel } from './reach.ts';
import { BLOCK_ROWS, RowBlock } from './row-block.ts';
import { ASSUMED_WAY, type Scorer } from './scorer.ts';
import { TopRows } from './top-rows.ts';

/** What may be answered with: ways to rows, and rows in reach to which no way is known. */
export interface Reached {
  travel: RowTravel;
  byArea: readonly number[];
  maxSeconds: number;
  maxMeters: number;
}

export interface RankingOptions {
  /** So many of the best. */
  limit: number;
  /** Rows that may be given, beside what the scorer says; null: all. */
  accepts: ((row: number) => boolean) | null;
}

/** A row among the best. `way`: its place in the travel arrays; -1: no way is known. */
export interface RankedRow {
  row: number;
  way: number;
}

export interface Ranking {
  total: number;
  /** In order. */
  best: RankedRow[];
  /** By what rows of one verdict share ({@link Scorer.kind}): how many. */
  kinds: Uint32Array;
  // By number of the index: how many.
  timetables: Uint32Array;
  types: Uint32Array;
  languageSets: Uint32Array;
}

/** Of so many rows the first few are looked at before all others, so that it is soon known what the best come to at least. */
const FIRST_OF_BLOCK = BLOCK_ROWS / 16;

export function rankRows(index: DirectoryIndex, scorer: Scorer, reached: Reached, { limit, accepts }: RankingOptions): Ranking {
  const { travel, byArea, maxSeconds, maxMeters } = reached;
  const { rows } = travel;
  const rowAt = (place: number): number => (place < rows.length ? rows[place]! : byArea[place - rows.length]!);
  const top = new TopRows(limit, (a, b) => index.id(rowAt(a)) < index.id(rowAt(b)));
  const isWhole = index.size === index.length;
  const isWanted = isWhole ? accepts : (row: number) => index.isLive(row) && (accepts === null || accepts(row));
  const tally = new Tally(index, { scorer, top, isWanted });
  // Beyond the limit of the travel itself a way is endless.
  tally.look({ ...travel, firstPlace: 0, maxSeconds: Math.min(maxSeconds, Number.MAX_VALUE), maxMeters });
  tally.look(assumedWays(byArea, rows.length));
  return { ...tally.finish(), best: top.take().map((place) => ({ row: rowAt(place), way: place < rows.length ? place : -1 })) };
}

/** Rows with their ways; place i of each array belongs to one row. */
interface Ways {
  rows: Uint32Array;
  seconds: Float32Array;
  meters: Float32Array;
  /** What the best know the first of them by; the others follow. */
  firstPlace: number;
  maxSeconds: number;
  maxMeters: number;
}

/** Of rows to which no way is known. */
function assumedWays(rows: readonly number[], firstPlace: number): Ways {
  const seconds = new Float32Array(rows.length).fill(ASSUMED_WAY / 1000);
  const meters = new Float32Array(rows.length);
  return { rows: Uint32Array.from(rows), seconds, meters, firstPlace, maxSeconds: Infinity, maxMeters: Infinity };
}

interface TallyOptions {
  scorer: Scorer;
  top: TopRows;
  /** Rows that may be given, beside what the scorer says; null: all. */
  isWanted: ((row: number) => boolean) | null;
}

/** Counts rows and offers them to the best. */
class Tally {
  readonly #scorer: Scorer;
  readonly #top: TopRows;
  readonly #isWanted: TallyOptions['isWanted'];
  readonly #block = new RowBlock();
  readonly #numbers: DirectoryIndex['numbers'];
  readonly #timetables: Uint32Array;
  readonly #types: Uint32Array;
  readonly #languageSets: Uint32Array;
  readonly #kinds: Uint32Array;
  #total = 0;

  constructor(index: DirectoryIndex, { scorer, top, isWanted }: TallyOptions) {
    this.#scorer = scorer;
    this.#top = top;
    this.#isWanted = isWanted;
    this.#numbers = index.numbers;
    this.#timetables = new Uint32Array(index.timetables.length);
    this.#types = new Uint32Array(index.types.length);
    this.#languageSets = new Uint32Array(index.languageSets.length);
    this.#kinds = new Uint32Array(scorer.verdicts.length);
  }

  look(ways: Ways): void {
    for (let from = 0; from < ways.rows.length; from += BLOCK_ROWS) this.#lookAt(ways, from, from + FIRST_OF_BLOCK);
    for (let from = 0; from < ways.rows.length; from += BLOCK_ROWS) this.#lookAt(ways, from + FIRST_OF_BLOCK, from + BLOCK_ROWS);
  }

  /** Counts the rows of a stretch that are asked for, and scores those that may be among the best. */
  #lookAt(ways: Ways, from: number, to: number): void {
    const block = this.#block;
    this.#fill(ways, from, Math.min(to, ways.rows.length));
    if (this.#isWanted !== null) block.keep(this.#isWanted);
    this.#scorer.classify(block);
    this.#count(block);
    this.#scorer.keepAbove(block, this.#top.least);
    this.#scorer.score(block);
    const { length, places, keys } = block;
    for (let i = 0; i < length; i++) this.#top.offer(places[i]!, keys[i]!);
  }

  /** Takes up the rows within reach that meet a need. Every row passes here: one that is not taken is written over by the next. */
  #fill({ rows, seconds, meters, firstPlace, maxSeconds, maxMeters }: Ways, from: number, to: number): void {
    const { needs } = this.#scorer;
    const needSetOf = this.#numbers.needs;
    const block = this.#block;
    const { rows: blockRows, places, ways } = block;
    let length = 0;
    for (let place = from; place < to; place++) {
      const row = rows[place]!;
      const time = seconds[place]!;
      blockRows[length] = row;
      places[length] = firstPlace + place;
      ways[length] = time * 1000;
      length += time > maxSeconds || meters[place]! > maxMeters || needs[needSetOf[row]!] === 0 ? 0 : 1;
    }
    block.length = length;
  }

  #count({ length, rows, kinds }: RowBlock): void {
    for (let i = 0; i < length; i++) this.#kinds[kinds[i]!]!++;
    const { timetable, type, languages } = this.#numbers;
    count(rows, length, timetable, this.#timetables);
    count(rows, length, type, this.#types);
    count(rows, length, languages, this.#languageSets);
    this.#total += length;
  }

  finish(): Omit<Ranking, 'best'> {
    return {
      total: this.#total,
      kinds: this.#kinds,
      timetables: this.#timetables,
      types: this.#types,
      languageSets: this.#languageSets,
    };
  }
}

function count(rows: Uint32Array, length: number, column: ArrayLike<number>, into: Uint32Array): void {
  for (let i = 0; i < length; i++) into[column[rows[i]!]!]!++;
}
