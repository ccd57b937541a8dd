// Reaching everyone: with the fewest sites (set covering), or with a given number as near as possible (p-center).
// Both ask one question many times: can so many sites cover all of these cells? The answer is yes with the sites, no with
// a proof, or not known within the effort.

import { allowanceOf, type Allowance } from './allowance.ts';
import { placeForCoverage } from './coverage.ts';
import { createGains, inOrder, type GainTable } from './gain-table.ts';
import { maximize } from './maximize.ts';
import { savingsOf } from './median.ts';
import type { Placement, PlacementProblem } from './problem.ts';
import { costsWith } from './served.ts';

/** Share of the usual effort for one such question, of which there are a dozen or two. */
const SHARE = 0.1;

type Cover = { chosen: number[] } | 'impossible' | 'unknown';

/**
 * Location set covering: the fewest sites with which everyone who can be is within the threshold. Toregas, Swain, ReVelle
 * and Bergman, "The location of emergency service facilities", Operations Research 19 (1971).
 */
export function placeToCoverAll(problem: PlacementProblem): Placement {
  const { demand, existing, candidates, threshold } = problem;
  const table = createGains(candidates, (i, cost) => (demand[i]! > 0 && existing[i]! > threshold && cost <= threshold ? 1 : 0));
  const asked = new Set(table.cell).size;
  const most = Math.min(asked, candidates.sites);
  const { cover, least } = findLeast(most, (sites) => coverAll(table, { allowance: { count: sites }, asked }));
  const costs = costsWith(problem, cover.chosen);
  const leftOut = demand.reduce((sum, people, i) => sum + (costs[i]! > threshold ? people : 0), 0);
  return { ...inOrder(table, demand, cover.chosen), objective: cover.chosen.length, bound: least, leftOut };
}

/**
 * p-center: the least cost within which everyone who can be reached is. Hakimi, Operations Research 12 (1964); found by covers
 * of rising radius as by Minieka, "The m-center problem", SIAM Review 12 (1970).
 */
export function placeByCenter(problem: PlacementProblem): Placement {
  const { sites, demand, existing, candidates } = problem;
  const radii = possibleRadii(problem);
  const farthest = radii.at(-1);
  if (farthest === undefined || typeof coverWithin(problem, farthest) === 'string') return reachMost(problem, farthest ?? 0);
  const { cover, least } = findLeast(radii.length - 1, (k) => coverWithin(problem, radii[k]!));
  const costs = costsWith({ existing, candidates }, cover.chosen);
  let [objective, leftOut] = [0, 0];
  for (let i = 0; i < demand.length; i++) {
    if (demand[i] === 0) continue;
    if (costs[i] === Infinity) leftOut += demand[i]!;
    else objective = Math.max(objective, costs[i]!);
  }
  const chosen = cover.chosen.slice(0, sites);
  return { ...inOrder(savingsOf(problem).table, demand, chosen), objective, bound: Math.min(objective, radii[least]!), leftOut };
}

/** Too few sites to reach everyone, however far: those that reach most people. The largest cost is then no number. */
function reachMost(problem: PlacementProblem, threshold: number): Placement {
  return { ...placeForCoverage({ ...problem, threshold }), objective: null, bound: null };
}

function coverWithin(problem: PlacementProblem, radius: number): Cover {
  const { demand, existing, candidates } = problem;
  const isAsking = (i: number): boolean => demand[i]! > 0 && existing[i]! > radius;
  const table = createGains(candidates, (i, cost) => (isAsking(i) && cost <= radius ? 1 : 0));
  let asked = 0;
  for (let i = 0; i < demand.length; i++) {
    const canBeServed = existing[i]! < Infinity || candidates.firstPair[i + 1]! > candidates.firstPair[i]!;
    if (isAsking(i) && canBeServed) asked++;
  }
  return coverAll(table, { allowance: allowanceOf(problem), asked });
}

/** Whether so many candidates cover all cells that ask, each of which counts as one in the table. */
function coverAll(table: GainTable, { allowance, asked }: { allowance: Allowance; asked: number }): Cover {
  const target = asked - 0.5;
  const { chosen, value, bound } = maximize(table, allowance, { target, share: SHARE });
  if (value > target) return { chosen };
  return bound <= target ? 'impossible' : 'unknown';
}

/** Costs that can be the largest one: not below what the worst placed cell needs at best. Rising, each once. */
function possibleRadii({ demand, existing, candidates: { cells, firstPair, cost } }: PlacementProblem): Float64Array {
  const all: number[] = [];
  let atBest = 0;
  for (let i = 0; i < cells; i++) {
    if (demand[i] === 0) continue;
    let nearest = existing[i]!;
    for (let p = firstPair[i]!; p < firstPair[i + 1]!; p++) {
      nearest = Math.min(nearest, cost[p]!);
      all.push(cost[p]!);
    }
    if (existing[i]! < Infinity) all.push(existing[i]!);
    if (nearest < Infinity) atBest = Math.max(atBest, nearest);
  }
  return Float64Array.from(new Set(all.filter((radius) => radius >= atBest))).sort();
}

/**
 * The least k for which a cover is found, and the least that is not proven impossible; they differ where some k stays unknown.
 * The last k must have a cover.
 */
function findLeast(last: number, coverAt: (k: number) => Cover): { cover: { chosen: number[] }; least: number } {
  const tried = new Map<number, Cover>();
  const at = (k: number): Cover => {
    const cover = tried.get(k) ?? coverAt(k);
    tried.set(k, cover);
    return cover;
  };
  const found = leastWhere(last, (k) => typeof at(k) !== 'string');
  const cover = at(found);
  if (typeof cover === 'string') throw new Error('Everything together covers nothing');
  return { cover, least: leastWhere(found, (k) => at(k) !== 'impossible') };
}

/** By halving: a k from 0 to `last` that holds while k − 1 does not. */
function leastWhere(last: number, holds: (k: number) => boolean): number {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}
