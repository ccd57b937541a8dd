// The measures by name, with what a reader of a report must know of each: formula, unit, reference.

import { balancedCatchment, modifiedCatchment, threeStepCatchment, twoStepCatchment, type Catchment } from './catchments.ts';
import type { Decay } from './decay.ts';
import type { TravelPairs } from './pairs.ts';
import { countWithin, covered, nearestCost } from './reach.ts';

export const MEASURE_NAMES = ['nearest', 'count', 'coverage', '2sfca', 'e2sfca', '3sfca', 'm2sfca', 'bfca'] as const;
export type MeasureName = (typeof MEASURE_NAMES)[number];

/** What a measure is worked out from. */
export interface MeasureInput {
  pairs: TravelPairs;
  /** People (or whatever needs the help) of each cell. */
  demand: Float64Array;
  /** Capacity of each site, 1 where none is known. */
  supply: Float64Array;
  /** Cost up to which a site counts as within reach; none: any that can be travelled to. */
  threshold?: number | undefined;
  decay: Decay;
}

export interface Measure {
  formula: string;
  /** What one value counts. */
  unit: string;
  /** One sentence for whoever reads the map. */
  say: string;
  reference: string;
  /** Whether it weighs sites by a decay. */
  decays: boolean;
  /** One value for each cell. Only `nearest` gives Infinity: no site can be reached. */
  values(input: MeasureInput): Float64Array;
  /** Whether a cell of this value is reached by help at all. */
  isReached(value: number, threshold: number | undefined): boolean;
}

export const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  nearest: {
    formula: 'min_j c_ij',
    unit: 'travel cost',
    say: 'How far it is to the nearest place.',
    reference: 'Guagliardo 2004, International Journal of Health Geographics 3:3',
    decays: false,
    values: ({ pairs, supply }) => nearestCost(pairs, supply),
    isReached: (value, threshold = Number.MAX_VALUE) => value <= threshold,
  },
  count: {
    formula: 'Σ_j S_j f(c_ij)',
    unit: 'supply (places, where no capacity is known)',
    say: 'How much there is to choose from within reach.',
    reference: 'Hansen 1959, Journal of the American Institute of Planners 25; Wachs and Kumagai 1973, Socio-Economic Planning Sciences 7',
    decays: true,
    values: ({ pairs, supply, decay }) => countWithin(pairs, supply, decay),
    isReached: isPositive,
  },
  coverage: {
    formula: '1 where min_j c_ij ≤ threshold, else 0',
    unit: '1: within reach, 0: not',
    say: 'Whether a place is within reach.',
    reference: 'Church and ReVelle 1974, Papers of the Regional Science Association 32',
    decays: false,
    values: ({ pairs, supply, threshold = Number.MAX_VALUE }) => covered(pairs, supply, threshold),
    isReached: isPositive,
  },
  '2sfca': {
    formula: 'Σ_j f_ij S_j / Σ_k f_kj P_k',
    unit: 'supply for each unit of demand',
    say: 'How much of the places within reach is left for each person, when all who reach a place share it.',
    reference: 'Luo and Wang 2003, Environment and Planning B 30',
    ...ofCatchment(twoStepCatchment),
  },
  e2sfca: {
    formula: 'Σ_j f_ij S_j / Σ_k f_kj P_k, f falling with the cost',
    unit: 'supply for each unit of demand',
    say: 'As the two-step measure, but what is near counts for more.',
    reference: 'Luo and Qi 2009, Health & Place 15',
    ...ofCatchment(twoStepCatchment),
  },
  '3sfca': {
    formula: 'Σ_j G_ij f_ij S_j / Σ_k G_kj f_kj P_k, G_ij = f_ij / Σ_j f_ij',
    unit: 'supply for each unit of demand',
    say: 'As the enhanced measure, but people who have several places to go to ask less of each.',
    reference: 'Wan, Zou and Sternberg 2012, International Journal of Geographical Information Science 26',
    ...ofCatchment(threeStepCatchment),
  },
  m2sfca: {
    formula: 'Σ_j f_ij² S_j / Σ_k f_kj P_k',
    unit: 'supply for each unit of demand',
    say: 'As the enhanced measure, but places that everyone has far to go to give less than they have.',
    reference: 'Delamater 2013, Health & Place 24',
    ...ofCatchment(modifiedCatchment),
  },
  bfca: {
    formula: 'Σ_j b_ij S_j / Σ_k a_kj P_k, a_ij = f_ij / Σ_j f_ij, b_ij = f_ij / Σ_i f_ij',
    unit: 'supply for each unit of demand, shared out among the cells of a place',
    say: 'As the enhanced measure, with neither people nor places counted twice.',
    reference: 'Páez, Higgins and Vivona 2019, PLoS ONE 14(6): e0218773',
    ...ofCatchment(balancedCatchment),
  },
};

function ofCatchment(catchment: (input: Catchment) => Float64Array): Pick<Measure, 'decays' | 'values' | 'isReached'> {
  return {
    decays: true,
    values: catchment,
    isReached: isPositive,
  };
}

function isPositive(value: number): boolean {
  return value > 0;
}
