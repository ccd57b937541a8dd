// What is asked when sites are placed, and what is answered.

import type { TravelPairs } from '../pairs.ts';

export interface PlacementProblem {
  /** How many are placed at most; `lscp` finds that out itself. */
  sites: number;
  /** What each candidate costs, and all that are placed together at most. Absent: only their number counts. */
  prices?: Float64Array | undefined;
  budget?: number | undefined;
  /** People of each cell. A cell without people asks for nothing. */
  demand: Float64Array;
  /** Cost of each cell to the nearest site that stands already; Infinity where there is none. */
  existing: Float64Array;
  /** From cells to candidates. */
  candidates: TravelPairs;
  /** Cost up to which a cell is covered (coverage, lscp). */
  threshold: number;
}

export interface Placement {
  /** Candidates, the one that gives most first. */
  chosen: number[];
  /** People whom each of them helps more than the sites that stand and those before it: newly covered, or with a shorter way. */
  gains: number[];
  /** People covered (coverage), people × cost (p-median), largest cost (p-center), sites placed (lscp). Null: nobody is served. */
  objective: number | null;
  /** No choice has a better objective than this; it equals the objective where the choice is proven to be best. Null: not known. */
  bound: number | null;
  /** People whom neither an existing nor a chosen site serves: the objective does not speak of them. */
  leftOut: number;
}
