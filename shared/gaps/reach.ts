// Measures of how near help is and how much of it: nearest, count, coverage. They ask nothing of other people's demand.

import type { Decay } from './decay.ts';
import type { TravelPairs } from './pairs.ts';
import { visitWeighed } from './weighed-pairs.ts';

/**
 * Cost to the nearest site: min over j of c_ij. Unit: that of the costs. Infinity where no site is reached.
 * A site with a supply of 0 is none. Reference: Guagliardo, "Spatial accessibility of primary care",
 * International Journal of Health Geographics 3:3 (2004).
 */
export function nearestCost(pairs: TravelPairs, supply: ArrayLike<number>): Float64Array {
  const { cells, firstPair, site, cost } = pairs;
  const nearest = new Float64Array(cells).fill(Infinity);
  for (let i = 0; i < cells; i++) {
    let least = Infinity;
    for (let p = firstPair[i]!; p < firstPair[i + 1]!; p++) {
      if (cost[p]! < least && supply[site[p]!]! > 0) least = cost[p]!;
    }
    nearest[i] = least;
  }
  return nearest;
}

/**
 * What can be chosen from: sum over j of S_j f(c_ij), with binary decay the supply within the threshold. Unit: that of
 * the supply (sites, where each is 1). Reference: Hansen, "How accessibility shapes land use", Journal of the American
 * Institute of Planners 25 (1959); with binary decay the isochronic definition of Wachs and Kumagai, "Physical
 * accessibility as a social indicator", Socio-Economic Planning Sciences 7 (1973).
 */
export function countWithin(pairs: TravelPairs, supply: ArrayLike<number>, decay: Decay): Float64Array {
  const { cells, firstPair, site } = pairs;
  const count = new Float64Array(cells);
  visitWeighed(pairs, decay, ({ firstCell, endCell, offset, weights }) => {
    for (let i = firstCell; i < endCell; i++) {
      let sum = 0;
      for (let p = firstPair[i]!; p < firstPair[i + 1]!; p++) sum += supply[site[p]!]! * weights[p - offset]!;
      count[i] = sum;
    }
  });
  return count;
}

/**
 * Whether a site is within the threshold: 1 where min c_ij ≤ threshold, else 0. Unit: none; times people it is people covered.
 * Reference: Church and ReVelle, "The maximal covering location problem", Papers of the Regional Science Association 32 (1974).
 */
export function covered(pairs: TravelPairs, supply: ArrayLike<number>, threshold: number): Float64Array {
  return nearestCost(pairs, supply).map((cost) => (cost <= threshold ? 1 : 0));
}
