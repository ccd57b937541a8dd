// One pass over all rows in reach: which meet a need, the best of them, and how many there are of each kind. Nothing is
// kept of a row that is not among the best.

import type { DirectoryIndex } from '../directory/index.ts';
import type { RowTravel } from './reach.ts';
import { RowBlock } from './row-block.ts';
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
  /** By what rows of one verdict share ({@link Scorer.kind}): how many, and the sum of what they meet of the needs. */
  kinds: { counts: Uint32Array; needs: Float64Array };
  // By number of the index: how many.
  timetables: Uint32Array;
  types: Uint32Array;
  languageSets: Uint32Array;
}

export function rankRows(index: DirectoryIndex, scorer: Scorer, reached: Reached, { limit, accepts }: RankingOptions): Ranking {
  const { travel, byArea, maxSeconds, maxMeters } = reached;
  const { rows, seconds, meters } = travel;
  const rowAt = (place: number): number => (place < rows.length ? rows[place]! : byArea[place - rows.length]!);
  const top = new TopRows(limit, (a, b) => index.id(rowAt(a)) < index.id(rowAt(b)));
  const tally = new Tally(index, scorer, top);
  const isWanted = (row: number): boolean => index.isLive(row) && (accepts === null || accepts(row));
  const block = new RowBlock();
  for (let place = 0; place < rows.length; place++) {
    const time = seconds[place]!;
    const row = rows[place]!;
    if (time > maxSeconds || meters[place]! > maxMeters || time === Infinity || scorer.need(row) === 0 || !isWanted(row)) continue;
    block.add(row, place, time * 1000);
    if (block.isFull) tally.take(block);
  }
  for (const [i, row] of byArea.entries()) {
    if (scorer.need(row) === 0 || !isWanted(row)) continue;
    block.add(row, rows.length + i, ASSUMED_WAY);
    if (block.isFull) tally.take(block);
  }
  tally.take(block);
  return { ...tally.finish(), best: top.take().map((place) => ({ row: rowAt(place), way: place < rows.length ? place : -1 })) };
}

/** Counts rows and offers them to the best. */
class Tally {
  readonly #scorer: Scorer;
  readonly #top: TopRows;
  readonly #numbers: DirectoryIndex['numbers'];
  readonly #timetables: Uint32Array;
  readonly #types: Uint32Array;
  readonly #languageSets: Uint32Array;
  readonly #kindCounts: Uint32Array;
  readonly #kindNeeds: Float64Array;
  #total = 0;

  constructor(index: DirectoryIndex, scorer: Scorer, top: TopRows) {
    this.#scorer = scorer;
    this.#top = top;
    this.#numbers = index.numbers;
    this.#timetables = new Uint32Array(index.timetables.length);
    this.#types = new Uint32Array(index.types.length);
    this.#languageSets = new Uint32Array(index.languageSets.length);
    this.#kindCounts = new Uint32Array(scorer.verdicts.length);
    this.#kindNeeds = new Float64Array(scorer.verdicts.length);
  }

  /** Scores and counts the rows of a block, and empties it. */
  take(block: RowBlock): void {
    this.#scorer.score(block);
    const { length, rows, places, kinds, keys } = block;
    for (let i = 0; i < length; i++) {
      this.#kindCounts[kinds[i]!]!++;
      this.#kindNeeds[kinds[i]!]! += this.#scorer.need(rows[i]!);
    }
    const { timetable, type, languages } = this.#numbers;
    count(rows, length, timetable, this.#timetables);
    count(rows, length, type, this.#types);
    count(rows, length, languages, this.#languageSets);
    for (let i = 0; i < length; i++) this.#top.offer(places[i]!, keys[i]!);
    this.#total += length;
    block.length = 0;
  }

  finish(): Omit<Ranking, 'best'> {
    return {
      total: this.#total,
      kinds: { counts: this.#kindCounts, needs: this.#kindNeeds },
      timetables: this.#timetables,
      types: this.#types,
      languageSets: this.#languageSets,
    };
  }
}

function count(rows: Uint32Array, length: number, column: ArrayLike<number>, into: Uint32Array): void {
  for (let i = 0; i < length; i++) into[column[rows[i]!]!]!++;
}
