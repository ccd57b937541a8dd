// Floating catchments: supply divided by the people who can reach it, then added up for each cell.
// All of them are  A_i = Σ_j a_ij S_j / Σ_k b_kj P_k  and differ in how cells share a site (b) and sites share a cell (a).
// S: supply, P: demand, w_ij = f(c_ij): the decay. Unit of every A: supply for each unit of demand (doctors a person).
// Sites with a supply of 0 are none; a site that no demand reaches gives nothing to anyone.

import type { Decay } from './decay.ts';
import type { TravelPairs } from './pairs.ts';
import { visitWeighed, type WeighedBlock } from './weighed-pairs.ts';

export interface Catchment {
  pairs: TravelPairs;
  /** P: one for each cell. */
  demand: ArrayLike<number>;
  /** S: one for each site. */
  supply: ArrayLike<number>;
  /** f */
  decay: Decay;
}

/** Makes of the weights w of a block what a method takes for them. */
type Shape = (catchment: Catchment, block: WeighedBlock) => void;

/**
 * Two-step floating catchment, a = b = w. With binary w: Luo and Wang, "Measures of spatial accessibility to health care
 * in a GIS environment", Environment and Planning B 30 (2003). With w by zones or gaussian it is the enhanced one (E2SFCA):
 * Luo and Qi, "An enhanced two-step floating catchment area (E2SFCA) method", Health & Place 15 (2009).
 * Conserves: Σ_i A_i P_i is the supply that demand reaches.
 */
export function twoStepCatchment(catchment: Catchment): Float64Array {
  return gather(catchment, serviceOf(catchment));
}

/**
 * Three-step: a = b = G w with G_ij = w_ij / Σ_j w_ij, the chance that cell i turns to site j. Wan, Zou and Sternberg,
 * "A three-step floating catchment area method for analyzing spatial access to health services", International Journal of
 * Geographical Information Science 26 (2012). Conserves as {@link twoStepCatchment}.
 */
export function threeStepCatchment(catchment: Catchment): Float64Array {
  return gather(catchment, serviceOf(catchment, weighByChance), weighByChance);
}

/**
 * Modified: b = w, a = w². What is far is also of less use, so a place that all must travel far to gives less than it has.
 * Delamater, "Spatial accessibility in suboptimally configured health care systems: a modified two-step floating catchment
 * area (M2SFCA) metric", Health & Place 24 (2013). Σ_i A_i P_i is at most the supply that demand reaches, and equals it
 * where every weight is 0 or 1.
 */
export function modifiedCatchment(catchment: Catchment): Float64Array {
  return gather(catchment, serviceOf(catchment), square);
}

/**
 * Balanced: b_ij = w_ij / Σ_j w_ij, a_ij = w_ij / Σ_i w_ij, so that neither people nor supply are counted twice. Páez,
 * Higgins and Vivona, "Demand and level of service inflation in Floating Catchment Area (FCA) methods", PLoS ONE 14 (2019).
 * Conserves demand, Σ_j Σ_i b_ij P_i being the people who reach a site, and service: Σ_i A_i = Σ_j S_j / Σ_i b_ij P_i.
 * It does not promise that Σ_i A_i P_i is the supply.
 */
export function balancedCatchment(catchment: Catchment): Float64Array {
  const reaching = sumBySite(catchment, () => 1);
  const service = serviceOf(catchment, shareByCell);
  for (let j = 0; j < service.length; j++) service[j] = reaching[j]! > 0 ? service[j]! / reaching[j]! : 0;
  return gather(catchment, service);
}

/** R_j = S_j / Σ_i P_i b_ij for each site; 0 where nobody reaches it. */
function serviceOf(catchment: Catchment, shape?: Shape): Float64Array {
  const { demand, supply } = catchment;
  const service = sumBySite(catchment, (cell) => demand[cell]!, shape);
  for (let j = 0; j < service.length; j++) service[j] = service[j]! > 0 ? supply[j]! / service[j]! : 0;
  return service;
}

/** Σ_i amount_i b_ij for each site. */
function sumBySite(catchment: Catchment, amountOf: (cell: number) => number, shape?: Shape): Float64Array {
  const { firstPair, site, sites } = catchment.pairs;
  const sums = new Float64Array(sites);
  visitWeighed(catchment.pairs, catchment.decay, (block) => {
    shape?.(catchment, block);
    const { weights, offset } = block;
    for (let i = block.firstCell; i < block.endCell; i++) {
      const amount = amountOf(i);
      if (amount === 0) continue;
      const end = firstPair[i + 1]!;
      for (let p = firstPair[i]!; p < end; p++) sums[site[p]!]! += amount * weights[p - offset]!;
    }
  });
  return sums;
}

/** Σ_j R_j a_ij for each cell. */
function gather(catchment: Catchment, service: Float64Array, shape?: Shape): Float64Array {
  const { firstPair, site, cells } = catchment.pairs;
  const access = new Float64Array(cells);
  visitWeighed(catchment.pairs, catchment.decay, (block) => {
    shape?.(catchment, block);
    const { weights, offset } = block;
    for (let i = block.firstCell; i < block.endCell; i++) {
      let sum = 0;
      const end = firstPair[i + 1]!;
      for (let p = firstPair[i]!; p < end; p++) sum += service[site[p]!]! * weights[p - offset]!;
      access[i] = sum;
    }
  });
  return access;
}

/** w_ij / Σ_j w_ij over the sites that there are; 0 for the others. */
function shareByCell({ pairs: { firstPair, site }, supply }: Catchment, { firstCell, endCell, offset, weights }: WeighedBlock): void {
  for (let i = firstCell; i < endCell; i++) {
    const [from, end] = [firstPair[i]!, firstPair[i + 1]!];
    let sum = 0;
    for (let p = from; p < end; p++) {
      if (supply[site[p]!]! > 0) sum += weights[p - offset]!;
      else weights[p - offset] = 0;
    }
    if (sum === 0) continue;
    for (let p = from; p < end; p++) weights[p - offset]! /= sum;
  }
}

/** G_ij w_ij: the weight times the share of the cell that it is. */
function weighByChance({ pairs: { firstPair, site }, supply }: Catchment, { firstCell, endCell, offset, weights }: WeighedBlock): void {
  for (let i = firstCell; i < endCell; i++) {
    const [from, end] = [firstPair[i]!, firstPair[i + 1]!];
    let sum = 0;
    for (let p = from; p < end; p++) if (supply[site[p]!]! > 0) sum += weights[p - offset]!;
    if (sum === 0) continue;
    for (let p = from; p < end; p++) weights[p - offset] = supply[site[p]!]! > 0 ? weights[p - offset]! ** 2 / sum : 0;
  }
}

function square({ pairs: { firstPair } }: Catchment, { firstCell, endCell, weights }: WeighedBlock): void {
  const count = firstPair[endCell]! - firstPair[firstCell]!;
  for (let k = 0; k < count; k++) weights[k] = weights[k]! ** 2;
}
