// What each candidate would give to each cell: the one shape to which every objective of placing sites comes down.
// The value of a set of candidates is  Σ_i max over j in the set of g_ij: a cell takes the best that it is offered.
// Such a value never falls when a candidate is added, and each gives the less the more there are (it is submodular):
// all bounds in this folder rest on that.

import { pairsBySite, type TravelPairs } from '../pairs.ts';

/** Gains by candidate, as compressed sparse rows. */
export interface GainTable {
  readonly cells: number;
  readonly candidates: number;
  /** Pairs of candidate j are `firstPair[j] .. firstPair[j + 1]`; length = candidates + 1. */
  readonly firstPair: Uint32Array;
  readonly cell: Uint32Array;
  /** Above zero; what is not there gives nothing. */
  readonly gain: Float64Array;
}

/** @param gainOf what a candidate at this cost gives to a cell; pairs that gain nothing are left out */
export function createGains(candidates: TravelPairs, gainOf: (cell: number, cost: number) => number): GainTable {
  const pairs = pairsBySite(candidates);
  const firstPair = new Uint32Array(pairs.sites + 1);
  const cell = new Uint32Array(pairs.cell.length);
  const gain = new Float64Array(pairs.cell.length);
  let kept = 0;
  for (let j = 0; j < pairs.sites; j++) {
    for (let p = pairs.firstPair[j]!; p < pairs.firstPair[j + 1]!; p++) {
      const value = gainOf(pairs.cell[p]!, pairs.cost[p]!);
      if (!(value > 0)) continue;
      cell[kept] = pairs.cell[p]!;
      gain[kept++] = value;
    }
    firstPair[j + 1] = kept;
  }
  return { cells: pairs.cells, candidates: pairs.sites, firstPair, cell: cell.slice(0, kept), gain: gain.slice(0, kept) };
}

/** What the chosen candidates give to each cell. */
export function bestOffers({ cells, firstPair, cell, gain }: GainTable, chosen: Iterable<number>): Float64Array {
  const best = new Float64Array(cells);
  for (const j of chosen) {
    for (let p = firstPair[j]!; p < firstPair[j + 1]!; p++) best[cell[p]!] = Math.max(best[cell[p]!]!, gain[p]!);
  }
  return best;
}

/** Value of a set of candidates. */
export function valueOf(table: GainTable, chosen: Iterable<number>): number {
  return bestOffers(table, chosen).reduce((sum, offer) => sum + offer, 0);
}

/** What candidate j would add to what the cells are offered already. */
export function addedBy({ firstPair, cell, gain }: GainTable, j: number, best: Float64Array): number {
  let added = 0;
  const end = firstPair[j + 1]!;
  for (let p = firstPair[j]!; p < end; p++) {
    const more = gain[p]! - best[cell[p]!]!;
    if (more > 0) added += more;
  }
  return added;
}

/** Raises what the cells are offered to what candidate j offers. */
export function take({ firstPair, cell, gain }: GainTable, j: number, best: Float64Array): void {
  for (let p = firstPair[j]!; p < firstPair[j + 1]!; p++) if (gain[p]! > best[cell[p]!]!) best[cell[p]!] = gain[p]!;
}

/** A value that is larger by less than this is the same value: what adding up in another order may change. */
export function tolerance(value: number): number {
  return 1e-9 * Math.max(1, Math.abs(value));
}

/** The set with the one that adds most first, and the people whom each offers more than those before it. */
export function inOrder(table: GainTable, demand: Float64Array, set: readonly number[]): { chosen: number[]; gains: number[] } {
  const left = [...set];
  const chosen: number[] = [];
  const gains: number[] = [];
  const best = new Float64Array(table.cells);
  while (left.length > 0) {
    const added = left.map((j) => addedBy(table, j, best));
    const [j] = left.splice(added.indexOf(Math.max(...added)), 1) as [number];
    let people = 0;
    for (let p = table.firstPair[j]!; p < table.firstPair[j + 1]!; p++) {
      if (table.gain[p]! > best[table.cell[p]!]!) people += demand[table.cell[p]!]!;
    }
    chosen.push(j);
    gains.push(people);
    take(table, j, best);
  }
  return { chosen, gains };
}
