// One analysis on columns: where the sites that stand leave a gap, where more would help most, and what is left then.

import { nearestCost } from './reach.ts';
import { MEASURES, type MeasureInput, type MeasureName } from './measures.ts';
import { withSites, type TravelPairs } from './pairs.ts';
import { placeSites, type Objective } from './placement/place.ts';
import type { Placement } from './placement/problem.ts';
import { summarize, type GapSummary } from './summary.ts';

export interface GapProblem extends MeasureInput {
  measure: MeasureName;
  place?: {
    objective: Objective;
    sites: number;
    threshold: number;
    /** What each candidate costs, and all that are placed at most. */
    prices?: Float64Array | undefined;
    budget?: number | undefined;
    /** What a site holds at each candidate. */
    capacities?: Float64Array | undefined;
    /** From the same cells to the candidates. */
    candidates: TravelPairs;
  };
}

export interface GapResult {
  /** One for each cell, placed sites included. Not finite: no site can be reached. */
  values: Float64Array;
  summary: GapSummary;
  /** With placement: as it is without the placed sites, and what was placed. */
  before?: GapSummary;
  placement?: Placement;
}

export function analyzeGaps(problem: GapProblem): GapResult {
  const now = measure(problem);
  if (!problem.place) return now;
  const { objective, sites, threshold, candidates, prices, budget, capacities } = problem.place;
  const existing = nearestCost(problem.pairs, problem.supply);
  const placement = placeSites(objective, { sites, prices, budget, demand: problem.demand, existing, candidates, threshold });
  const then = measure({
    ...problem,
    pairs: withSites(problem.pairs, candidates, placement.chosen),
    // Where nobody says what a new site will hold, it counts as one.
    supply: Float64Array.from([...problem.supply, ...placement.chosen.map((j) => capacities?.[j] ?? 1)]),
  });
  return { ...then, before: now.summary, placement };
}

function measure(problem: GapProblem): { values: Float64Array; summary: GapSummary } {
  const { values: work, isReached } = MEASURES[problem.measure];
  const values = work(problem);
  return { values, summary: summarize(problem.demand, values, (value) => isReached(value, problem.threshold)) };
}
