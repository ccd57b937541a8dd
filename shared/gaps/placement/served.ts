// What people's nearest site costs once some candidates are chosen.

import { nearestCost } from '../reach.ts';
import type { PlacementProblem } from './problem.ts';

/** Cost of each cell to the nearest existing or chosen site; Infinity where there is none. */
export function costsWith(
  { existing, candidates }: Pick<PlacementProblem, 'existing' | 'candidates'>,
  chosen: readonly number[],
): Float64Array {
  const isChosen = new Uint8Array(candidates.sites);
  for (const j of chosen) isChosen[j] = 1;
  return nearestCost(candidates, isChosen).map((cost, i) => Math.min(cost, existing[i]!));
}
