// p-median: the least sum of people × cost to their nearest site. As many people as possible are served first, since
// leaving some out would otherwise look like a saving.

import { allowanceOf } from './allowance.ts';
import { createGains, inOrder, tolerance, type GainTable } from './gain-table.ts';
import { maximize } from './maximize.ts';
import type { Placement, PlacementProblem } from './problem.ts';
import { costsWith } from './served.ts';

/** Hakimi, "Optimum locations of switching centers and the absolute centers and medians of a graph", Operations Research 12 (1964). */
export function placeForMedian(problem: PlacementProblem): Placement {
  const { demand } = problem;
  const { table, instead } = savingsOf(problem);
  const best = maximize(table, allowanceOf(problem));
  const costs = costsWith(problem, best.chosen);
  let [objective, served, leftOut, possible, atMost] = [0, 0, 0, 0, 0];
  for (let i = 0; i < demand.length; i++) {
    const people = demand[i]!;
    if (people === 0) continue;
    if (instead[i]! < Infinity) {
      possible += people;
      atMost += people * instead[i]!;
    }
    if (costs[i] === Infinity) leftOut += people;
    else {
      served += people;
      objective += people * costs[i]!;
    }
  }
  if (served === 0) return { ...inOrder(table, demand, best.chosen), objective: null, bound: null, leftOut };
  const isProven = best.bound <= best.value + tolerance(best.value);
  // Where somebody is left out, the bound on savings speaks of people and costs in one number and tells nothing of either.
  const bound = isProven ? objective : possible - served <= tolerance(possible) ? Math.max(0, atMost - best.bound) : null;
  return { ...inOrder(table, demand, best.chosen), objective, bound, leftOut };
}

/** People × cost that each candidate saves, beside what cells cost as long as no candidate serves them. */
export function savingsOf(problem: PlacementProblem): { table: GainTable; instead: Float64Array } {
  const instead = costsInstead(problem);
  return { instead, table: createGains(problem.candidates, (i, cost) => problem.demand[i]! * (instead[i]! - cost)) };
}

/**
 * A cell's way to an existing site. Without one it is more than the longest way to any candidate, and where not all candidates
 * reach the cell so much more that no saving for others outweighs one person left out. Infinity for whom nothing can reach.
 */
function costsInstead({ demand, existing, candidates }: PlacementProblem): Float64Array {
  const { cells, sites, firstPair, cost } = candidates;
  const instead = Float64Array.from(existing);
  const partly: number[] = [];
  let [all, fewest] = [0, Infinity];
  for (let i = 0; i < cells; i++) {
    const [from, to] = [firstPair[i]!, firstPair[i + 1]!];
    let longest = existing[i]! < Infinity ? existing[i]! : 0;
    for (let p = from; p < to; p++) longest = Math.max(longest, cost[p]!);
    all += demand[i]! * (2 * longest + 1);
    if (demand[i]! > 0) fewest = Math.min(fewest, demand[i]!);
    if (existing[i]! < Infinity || from === to) continue;
    // More than the longest way: even whoever serves the cell from there is a gain.
    instead[i] = 2 * longest + 1;
    if (to - from < sites) partly.push(i);
  }
  const more = (all + 1) / fewest;
  for (const i of partly) instead[i]! += more;
  return instead;
}
