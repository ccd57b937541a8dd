// Where next: the candidates that serve people best, beside the sites that stand already.

import { placeForCoverage } from './coverage.ts';
import { placeByCenter, placeToCoverAll } from './cover.ts';
import { placeForMedian } from './median.ts';
import type { Placement, PlacementProblem } from './problem.ts';

export const OBJECTIVES = ['coverage', 'p-median', 'p-center', 'lscp'] as const;
export type Objective = (typeof OBJECTIVES)[number];

const BY_OBJECTIVE: Record<Objective, (problem: PlacementProblem) => Placement> = {
  coverage: placeForCoverage,
  'p-median': placeForMedian,
  'p-center': placeByCenter,
  lscp: placeToCoverAll,
};

/**
 * Places sites: exactly where a complete search ends within a fixed number of steps, else by greedy choice and exchanges;
 * `bound` tells in any case how far from the best it can be. The same problem always has the same answer.
 * Throws a RangeError where the columns do not fit together.
 */
export function placeSites(objective: Objective, problem: PlacementProblem): Placement {
  const { demand, existing, candidates } = problem;
  if (demand.length !== candidates.cells || existing.length !== candidates.cells) {
    throw new RangeError(
      `Demand, existing costs and candidates speak of ${demand.length}, ${existing.length} and ${candidates.cells} cells`,
    );
  }
  return BY_OBJECTIVE[objective](problem);
}
