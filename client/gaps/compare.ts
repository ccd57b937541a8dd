// One outcome kept to be set beside another: of another scenario, need, group or way of travelling, over the same cells.

import type { Outcome } from './outcome.ts';
import type { ValueClass } from './classes.ts';

export interface Pinned {
  /** What it is of, in words. */
  label: string;
  population: string;
  outcome: Outcome;
  demand: Float64Array;
}

/** Minutes that a way is longer now than it was, by cell; 0 where neither is one. A way that is no more is endless, one that is new the opposite. */
export function differences(now: Float64Array, then: Float64Array): Float64Array {
  return now.map((minutes, i) => (minutes === then[i] ? 0 : minutes - then[i]!));
}

/** Shorter ways in one hue, longer ones in the other, the same in neither: readable without telling red from green. */
export const DIFFERENCE_CLASSES: readonly ValueClass[] = [
  { from: -Infinity, to: -5, fill: { colour: '--chart-2', opacity: 0.72 } },
  { from: -5, to: -0.5, fill: { colour: '--chart-2', opacity: 0.34 } },
  { from: -0.5, to: 0.5, fill: { colour: '--map-land', opacity: 0.6 } },
  { from: 0.5, to: 5, fill: { colour: '--chart-1', opacity: 0.34 } },
  { from: 5, to: Infinity, fill: { colour: '--chart-1', opacity: 0.72 } },
];
