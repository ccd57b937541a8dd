// Maximal covering: the most people within the threshold of some site.

import { allowanceOf } from './allowance.ts';
import { createGains, inOrder } from './gain-table.ts';
import { maximize } from './maximize.ts';
import type { Placement, PlacementProblem } from './problem.ts';

/** Church and ReVelle, "The maximal covering location problem", Papers of the Regional Science Association 32 (1974). */
export function placeForCoverage(problem: PlacementProblem): Placement {
  const { demand, existing, candidates, threshold } = problem;
  const total = demand.reduce((sum, people) => sum + people, 0);
  const before = demand.reduce((sum, people, i) => sum + (existing[i]! <= threshold ? people : 0), 0);
  const table = createGains(candidates, (i, cost) => (existing[i]! > threshold && cost <= threshold ? demand[i]! : 0));
  const { chosen, value, bound } = maximize(table, allowanceOf(problem));
  const objective = before + value;
  return { ...inOrder(table, demand, chosen), objective, bound: before + bound, leftOut: total - objective };
}
