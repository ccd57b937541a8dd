// Good sets of candidates, fast: the one that adds most, again and again, then exchanges until none helps.
// The greedy set alone has at least 63 % of the best value (Nemhauser, Wolsey and Fisher, Mathematical Programming 14, 1978).

import { addedBy, take, tolerance, type GainTable } from './gain-table.ts';

/** Candidates in the order in which they add most; fewer than `count` where there are no more candidates. */
export function chooseGreedily(table: GainTable, count: number): number[] {
  const best = new Float64Array(table.cells);
  // What a candidate added to fewer others bounds what it adds now: it is worked out anew only when it stands in front.
  const added = Float64Array.from({ length: table.candidates }, (_, j) => addedBy(table, j, best));
  const asOf = new Uint32Array(table.candidates);
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, table.candidates)) {
    let front = -1;
    for (;;) {
      front = -1;
      for (let j = 0; j < added.length; j++) if (added[j]! >= 0 && (front < 0 || added[j]! > added[front]!)) front = j;
      if (asOf[front] === chosen.length) break;
      added[front] = addedBy(table, front, best);
      asOf[front] = chosen.length;
    }
    chosen.push(front);
    added[front] = -1;
    take(table, front, best);
  }
  return chosen;
}

/**
 * Exchanges one candidate for another as long as the value rises, each time the best exchange there is
 * (Teitz and Bart, Operations Research 16, 1968; all exchanges in one pass over the table as by Resende and Werneck,
 * "A fast swap-based local search procedure for location problems", Annals of Operations Research 150, 2007).
 */
export function improveBySwaps(table: GainTable, chosen: readonly number[], passes: number): number[] {
  const set = [...chosen];
  for (let pass = 0; pass < passes; pass++) {
    const swap = findBestSwap(table, set);
    if (!swap) break;
    set[swap.slot] = swap.candidate;
  }
  return set;
}

/** The cells' best and second best offers, and which slot of the set makes the best one. */
function rankOffers({ cells, firstPair, cell, gain }: GainTable, set: readonly number[]) {
  const first = new Float64Array(cells);
  const second = new Float64Array(cells);
  const slotOf = new Int32Array(cells).fill(-1);
  for (const [slot, j] of set.entries()) {
    for (let p = firstPair[j]!; p < firstPair[j + 1]!; p++) {
      const i = cell[p]!;
      const offer = gain[p]!;
      if (offer > first[i]!) {
        second[i] = first[i]!;
        first[i] = offer;
        slotOf[i] = slot;
      } else if (offer > second[i]!) second[i] = offer;
    }
  }
  return { first, second, slotOf };
}

function findBestSwap(table: GainTable, set: readonly number[]): { slot: number; candidate: number } | undefined {
  const { cells, candidates, firstPair, cell, gain } = table;
  const { first, second, slotOf } = rankOffers(table, set);
  const lost = new Float64Array(set.length);
  let value = 0;
  for (let i = 0; i < cells; i++) {
    value += first[i]!;
    if (slotOf[i]! >= 0) lost[slotOf[i]!]! += first[i]! - second[i]!;
  }
  const inside = new Set(set);
  const kept = new Float64Array(set.length);
  let best: { slot: number; candidate: number } | undefined;
  let most = tolerance(value);
  for (let j = 0; j < candidates; j++) {
    if (inside.has(j)) continue;
    kept.fill(0);
    let added = 0;
    for (let p = firstPair[j]!; p < firstPair[j + 1]!; p++) {
      const i = cell[p]!;
      const offer = gain[p]!;
      if (offer > first[i]!) added += offer - first[i]!;
      // A cell whose best offer goes falls to its second best, unless the newcomer offers more than that.
      if (slotOf[i]! >= 0 && offer > second[i]!) kept[slotOf[i]!]! += Math.min(offer, first[i]!) - second[i]!;
    }
    for (let slot = 0; slot < set.length; slot++) {
      const profit = added + kept[slot]! - lost[slot]!;
      if (profit > most) [best, most] = [{ slot, candidate: j }, profit];
    }
  }
  return best;
}
