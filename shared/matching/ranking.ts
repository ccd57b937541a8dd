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

/** One row in so many is looked at before the others, so that it is soon known what the best come to at least. */
const FIRST_OF = 16;

export function rankRows(index: DirectoryIndex, scorer: Scorer, reached: Reached, { limit, accepts }: RankingOptions): Ranking {
  const { travel, byArea } = reached;
  const { rows } = travel;
  const rowAt = (place: number): number => (place < rows.length ? rows[place]! : byArea[place - rows.length]!);
  const top = new TopRows(limit, (a, b) => index.id(rowAt(a)) < index.id(rowAt(b)));
  const tally = new Tally(index, scorer, top);
  const isWhole = index.size === index.length;
  const isWanted = isWhole ? accepts : (row: number) => index.isLive(row) && (accepts === null || accepts(row));
  const looking = { reached, needs: scorer.needs, needSetOf: index.numbers.needs, isWanted, tally };
  lookAtWays(looking, { isFirst: true });
  lookAtWays(looking, { isFirst: false });
  lookAtAreas(looking);
  return { ...tally.finish(), best: top.take().map((place) => ({ row: rowAt(place), way: place < rows.length ? place : -1 })) };
}

interface Looking {
  reached: Reached;
  /** By need set: how much of what is needed it meets. */
  needs: ArrayLike<number>;
  needSetOf: ArrayLike<number>;
  isWanted: ((row: number) => boolean) | null;
  tally: Tally;
}

/** Rows to which a way is known: one in so many, or all others. Columns are held in locals, since this loop sees every row. */
function lookAtWays({ reached, needs, needSetOf, isWanted, tally }: Looking, { isFirst }: { isFirst: boolean }): void {
  const { rows, seconds, meters } = reached.travel;
  const { maxMeters } = reached;
  // Beyond the limit of the travel itself a way is endless.
  const maxSeconds = Math.min(reached.maxSeconds, Number.MAX_VALUE);
  const block = new RowBlock();
  const { rows: blockRows, places, ways } = block;
  const step = isFirst ? FIRST_OF : 1;
  const count = rows.length;
  let length = 0;
  for (let place = 0; place < count; place += step) {
    if (!isFirst && place % FIRST_OF === 0) continue;
    const time = seconds[place]!;
    const row = rows[place]!;
    if (time > maxSeconds || meters[place]! > maxMeters || needs[needSetOf[row]!] === 0 || (isWanted !== null && !isWanted(row))) continue;
    blockRows[length] = row;
    places[length] = place;
    ways[length++] = time * 1000;
    if (length === BLOCK_ROWS) {
      tally.take(block, length);
      length = 0;
    }
  }
  tally.take(block, length);
}

/** Rows to which no way is known. */
function lookAtAreas({ reached: { byArea, travel }, needs, needSetOf, isWanted, tally }: Looking): void {
  const block = new RowBlock();
  let length = 0;
  for (const [i, row] of byArea.entries()) {
    if (needs[needSetOf[row]!] === 0 || (isWanted !== null && !isWanted(row))) continue;
    block.rows[length] = row;
    block.places[length] = travel.rows.length + i;
    block.ways[length++] = ASSUMED_WAY;
    if (length === BLOCK_ROWS) {
      tally.take(block, length);
      length = 0;
    }
  }
  tally.take(block, length);
}

/** Counts rows and offers them to the best. */
class Tally {
  readonly #scorer: Scorer;
  readonly #top: TopRows;
  readonly #numbers: DirectoryIndex['numbers'];
  readonly #timetables: Uint32Array;
  readonly #types: Uint32Array;
  readonly #languageSets: Uint32Array;
  readonly #kinds: Uint32Array;
  #total = 0;

  constructor(index: DirectoryIndex, scorer: Scorer, top: TopRows) {
    this.#scorer = scorer;
    this.#top = top;
    this.#numbers = index.numbers;
    this.#timetables = new Uint32Array(index.timetables.length);
    this.#types = new Uint32Array(index.types.length);
    this.#languageSets = new Uint32Array(index.languageSets.length);
    this.#kinds = new Uint32Array(scorer.verdicts.length);
  }

  /** Counts the first rows of a block and scores those that may be among the best. */
  take(block: RowBlock, rows: number): void {
    block.length = rows;
    this.#scorer.classify(block);
    this.#count(block);
    this.#scorer.keepAbove(block, this.#top.least);
    this.#scorer.score(block);
    const { length, places, keys } = block;
    for (let i = 0; i < length; i++) this.#top.offer(places[i]!, keys[i]!);
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
