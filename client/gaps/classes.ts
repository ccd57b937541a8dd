// From values to at most five classes that a map can be read by: the strongest colour is where the need is greatest.

import type { CellFill } from '#client/map/types.ts';
import type { GapQuestion } from './question.ts';

export const NO_CLASS = 255;

/** One class: values from `from` (with it) up to `to` (without it). */
export interface ValueClass {
  from: number;
  to: number;
  fill: CellFill;
}

const STEPS = [1, 2, 3, 4, 5] as const;
/** So that streets and names stay readable where nothing is wrong, and the need stands out. */
const OPACITY = [0.5, 0.56, 0.62, 0.68, 0.72] as const;

const fill = (step: number): CellFill => ({ colour: `--g-${step + 1}`, opacity: OPACITY[step] ?? 0.72 });

/**
 * The classes of a measure, from the least value to the largest. Minutes are cut at halves and multiples of the limit, so
 * that it is an edge; counts at whole numbers; supply for each person at fifths of the people who have any.
 */
export function classesOf(
  { measure, minutes }: Pick<GapQuestion, 'measure' | 'minutes'>,
  values: Float64Array,
  demand: Float64Array,
): ValueClass[] {
  if (measure === 'nearest') {
    const edges = [0, Math.round(minutes / 2), minutes, Math.round(minutes * 1.5), minutes * 2, Infinity];
    return STEPS.map((_, i) => ({ from: edges[i]!, to: edges[i + 1]!, fill: fill(i) }));
  }
  const edges = measure === 'count' ? [0, 1, 2, 3, 5, Infinity] : [0, ...quantiles(values, demand), Infinity];
  return edges.slice(1).map((to, i) => ({ from: edges[i]!, to, fill: fill(edges.length - 2 - i) }));
}

/** Edges between the fifths of the people who have some supply: the least value above nothing first. */
function quantiles(values: Float64Array, demand: Float64Array): number[] {
  const order = [...values.keys()].filter((i) => values[i]! > 0 && demand[i]! > 0).sort((a, b) => values[a]! - values[b]!);
  const all = order.reduce((sum, i) => sum + demand[i]!, 0);
  const edges: number[] = order.length > 0 ? [Number.MIN_VALUE] : [];
  let below = 0;
  for (const i of order) {
    below += demand[i]!;
    if (edges.length <= 3 && below >= (all * edges.length) / 4 && values[i]! > edges.at(-1)!) edges.push(values[i]!);
  }
  return edges;
}

/**
 * Class of each cell. A cell where nobody lives or whose figure is held back has none: there is nobody to lack anything.
 * A way that does not exist is in the worst class.
 */
export function classify(values: Float64Array, people: Float64Array, classes: readonly ValueClass[]): Uint8Array {
  const out = new Uint8Array(values.length).fill(NO_CLASS);
  for (let i = 0; i < values.length; i++) {
    if (!(people[i]! > 0)) continue;
    const value = values[i]!;
    for (let k = classes.length - 1; k >= 0; k--) {
      if (!(value >= classes[k]!.from)) continue;
      out[i] = k;
      break;
    }
  }
  return out;
}
