// Good sets of candidates, fast: the one that adds most, again and again, then exchanges until none helps.
// The greedy set alone has at least 63 % of the best value (Nemhauser, Wolsey and Fisher, Mathematical Programming 14, 1978).

import { leftOver, priceOf, type Allowance } from './allowance.ts';
import { addedBy, bestOffers, take, tolerance, type GainTable } from './gain-table.ts';

/**
 * Candidates in the order in which they add most, or with `forMoney` most for what they cost; fewer than are allowed where there are
 * no more, and with a budget where none adds anything. Of both ways the better one has at least a third of the best value that a
 * budget pays (Khuller, Moss and Naor, Information Processing Letters 70, 1999).
 */
export function chooseGreedily(table: GainTable, allowance: Allowance, forMoney = false): number[] {
  const best = new Float64Array(table.cells);
  const worth = (j: number): number => addedBy(table, j, best) / (forMoney ? Math.max(priceOf(allowance, j), Number.MIN_VALUE) : 1);
  // What a candidate added to fewer others bounds what it adds now: it is worked out anew only when it stands in front.
  const added = Float64Array.from({ length: table.candidates }, (_, j) => worth(j));
  const asOf = new Uint32Array(table.candidates);
  const chosen: number[] = [];
  while (chosen.length < Math.min(allowance.count, table.candidates)) {
    const left = leftOver(allowance, chosen);
    let front = -1;
    for (;;) {
      front = -1;
      for (let j = 0; j < added.length; j++) {
        if (added[j]! >= 0 && (front < 0 || added[j]! > added[front]!) && priceOf(allowance, j) <= left) front = j;
      }
      if (front < 0 || asOf[front] === chosen.length) break;
      added[front] = worth(front);
      asOf[front] = chosen.length;
    }
    if (front < 0 || (allowance.purse && added[front] === 0)) break;
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
 * What an exchange leaves of a budget is spent where it adds something.
 */
export function improveBySwaps(
  table: GainTable,
  chosen: readonly number[],
  { allowance, passes }: { allowance: Allowance; passes: number },
): number[] {
  const set = [...chosen];
  for (let pass = 0; pass < passes; pass++) {
    const swap = findBestSwap(table, set, allowance);
    if (swap) set[swap.slot] = swap.candidate;
    else {
      const more = findAddition(table, set, allowance);
      if (more === undefined) break;
      set.push(more);
    }
  }
  return set;
}

/** The candidate that adds most to a set which may still have one; undefined where none adds anything. */
function findAddition(table: GainTable, set: readonly number[], allowance: Allowance): number | undefined {
  if (set.length >= allowance.count || !allowance.purse) return undefined;
  const left = leftOver(allowance, set);
  const best = bestOffers(table, set);
  let [found, most]: [number | undefined, number] = [undefined, 0];
  for (let j = 0; j < table.candidates; j++) {
    if (priceOf(allowance, j) > left || set.includes(j)) continue;
    const added = addedBy(table, j, best);
    if (added > most) [found, most] = [j, added];
  }
  return found;
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

function findBestSwap(table: GainTable, set: readonly number[], allowance: Allowance): { slot: number; candidate: number } | undefined {
  const { cells, candidates, firstPair, cell, gain } = table;
  const { first, second, slotOf } = rankOffers(table, set);
  const lost = new Float64Array(set.length);
  let value = 0;
  for (let i = 0; i < cells; i++) {
    value += first[i]!;
    if (slotOf[i]! >= 0) lost[slotOf[i]!]! += first[i]! - second[i]!;
  }
  const inside = new Set(set);
  const left = leftOver(allowance, set);
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
      if (profit > most && priceOf(allowance, j) <= left + priceOf(allowance, set[slot]!)) [best, most] = [{ slot, candidate: j }, profit];
    }
  }
  return best;
}
