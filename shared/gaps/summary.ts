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

/** The least value that at least half of the demand does not exceed: looked for among the sorted values, which are sorted as bare numbers. */
function medianOf(demand: Float64Array, values: Float64Array, valued: number): number | null {
  if (valued === 0) return null;
  const sorted = values.filter((value, i) => demand[i]! > 0 && Number.isFinite(value)).sort();
  const peopleUpTo = (value: number): number => {
    let people = 0;
    for (let i = 0; i < values.length; i++) if (values[i]! <= value) people += demand[i]!;
    return people;
  };
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (peopleUpTo(sorted[middle]!) >= valued / 2) high = middle;
    else low = middle + 1;
  }
  return sorted[low]!;
}
