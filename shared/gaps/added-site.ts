// One more site, without working everything out anew. Nearest time, count, coverage and the catchments in which a site is shared
// by its own people alone add up over sites: what one gives does not hang on the others, so that a dragged pin costs one pass over
// the cells.

import { weigh, type Decay } from './decay.ts';
import type { MeasureName } from './measures.ts';

const ADDING_UP: ReadonlySet<MeasureName> = new Set(['nearest', 'coverage', 'count', '2sfca', 'e2sfca', 'm2sfca']);

/** Whether {@link addSite} knows the measure. With the others a new site changes what is left of those that stand. */
export function addsUp(measure: MeasureName): boolean {
  return ADDING_UP.has(measure);
}

export interface AddedSite {
  measure: MeasureName;
  /** Cost of each cell to the site; Infinity: none. */
  ways: Float64Array;
  /** S: its capacity. */
  supply: number;
  demand: Float64Array;
  threshold?: number | undefined;
  decay: Decay;
}

/** The measure's values with one more site, from those without it. Throws a RangeError on a measure that does not add up. */
export function addSite(
  values: Float64Array,
  { measure, ways, supply, demand, threshold = Number.MAX_VALUE, decay }: AddedSite,
): Float64Array {
  if (!addsUp(measure)) throw new RangeError(`What a new site gives by ${measure} hangs on the others`);
  if (!(supply > 0)) return values;
  if (measure === 'nearest') return values.map((value, i) => Math.min(value, ways[i]!));
  if (measure === 'coverage') return values.map((value, i) => (value > 0 || ways[i]! <= threshold ? 1 : 0));
  const weights = new Float64Array(ways.length);
  weigh(decay, { cost: ways, from: 0, to: ways.length, weights });
  // Where any cost counts, one that is none does not.
  for (let i = 0; i < ways.length; i++) if (ways[i] === Infinity) weights[i] = 0;
  if (measure === 'count') return values.map((value, i) => value + supply * weights[i]!);
  let people = 0;
  for (let i = 0; i < ways.length; i++) people += demand[i]! * weights[i]!;
  if (!(people > 0)) return values;
  const service = supply / people;
  // M2SFCA weighs twice.
  return values.map((value, i) => value + service * (measure === 'm2sfca' ? weights[i]! ** 2 : weights[i]!));
}
