// What a measure comes to over all cells, counted in people: half of them, not half of the map.

export interface GapSummary {
  /** All demand. */
  demand: number;
  /** Demand in cells that help reaches, and in those that it does not. */
  reached: number;
  unreached: number;
  /** Mean and median of the values over the demand that has one; null where none has. */
  mean: number | null;
  median: number | null;
}

/** @param isReached whether a cell's value means that help reaches it. A value that is not finite is none. */
export function summarize(demand: Float64Array, values: Float64Array, isReached: (value: number) => boolean): GapSummary {
  let [all, reached, valued, weighted] = [0, 0, 0, 0];
  for (let i = 0; i < demand.length; i++) {
    const people = demand[i]!;
    const value = values[i]!;
    all += people;
    if (isReached(value)) reached += people;
    if (!Number.isFinite(value)) continue;
    valued += people;
    weighted += people * value;
  }
  return {
    demand: all,
    reached,
    unreached: all - reached,
    mean: valued > 0 ? weighted / valued : null,
    median: medianOf(demand, values, valued),
  };
}

/** The least value that at least half of the demand does not exceed. */
function medianOf(demand: Float64Array, values: Float64Array, valued: number): number | null {
  if (valued === 0) return null;
  const order = [...values.keys()].filter((i) => demand[i]! > 0 && Number.isFinite(values[i]!)).sort((a, b) => values[a]! - values[b]!);
  let below = 0;
  for (const i of order) {
    below += demand[i]!;
    if (below >= valued / 2) return values[i]!;
  }
  return values[order.at(-1)!]!;
}
