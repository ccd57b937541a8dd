// Two analyses over cells: what one has that the other has not.

import type { LabelPart } from './label.ts';
import type { Outcome } from './outcome.ts';
import type { ValueClass } from './classes.ts';
import type { GapQuestion } from './question.ts';
import type { PlannedPlace } from './scenarios.ts';
import type { World } from './world.ts';

/** One outcome kept to be set beside another: of another scenario, need, group, time, way of travelling or population. */
export interface Pinned {
  /** What it is of, in words. */
  label: readonly LabelPart[];
  question: GapQuestion;
  world: World;
  outcome: Outcome;
  demand: Float64Array;
  sites: readonly PlannedPlace[];
}

/** Figures of `from`'s cells in the order of `to`'s cells; NaN where it has none. */
export function alignFigures(figures: Float64Array, { from, to }: { from: World; to: World }): Float64Array {
  if (from.cells === to.cells || from.population.id === to.population.id) return figures;
  return Float64Array.from(to.cells, (cell) => {
    const place = from.indexOf.get(cell);
    return place === undefined ? NaN : figures[place]!;
  });
}

/** Whether two worlds have cells in common. */
export function haveCommonCells(a: World, b: World): boolean {
  return a.population.id === b.population.id || a.cells.some((cell) => b.indexOf.has(cell));
}

/** Minutes that a way is longer now than it was, by cell; 0 where neither is one. A way that is no more is endless, one that is new the opposite. */
export function differences(now: Float64Array, then: Float64Array): Float64Array {
  return now.map((minutes, i) => (minutes === then[i] ? 0 : minutes - then[i]!));
}

/** Shorter ways in blue, longer ones in orange, the same in neither: the two hues that all eyes tell apart. */
export const DIFFERENCE_CLASSES: readonly ValueClass[] = [
  { from: -Infinity, to: -5, fill: { colour: '--chart-2', opacity: 0.72 } },
  { from: -5, to: -0.5, fill: { colour: '--chart-2', opacity: 0.34 } },
  { from: -0.5, to: 0.5, fill: { colour: '--map-land', opacity: 0.6 } },
  { from: 0.5, to: 5, fill: { colour: '--chart-3', opacity: 0.34 } },
  { from: 5, to: Infinity, fill: { colour: '--chart-3', opacity: 0.72 } },
];
