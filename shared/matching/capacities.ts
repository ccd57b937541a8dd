// When each distinct capacity of an index was told, read from its text once and not with every request.

import type { DirectoryIndex } from '../directory/index.ts';

const known = new WeakMap<object, Float64Array>();

/** By capacity number: milliseconds since 1970; NaN where there is none or it cannot be read. */
export function updatedTimes(capacities: DirectoryIndex['capacities']): Float64Array {
  const before = known.get(capacities);
  if (before && before.length >= capacities.length) return before;
  // The list only grows: an index that came from another by a change shares it.
  const times = new Float64Array(capacities.length);
  times.set(before ?? []);
  for (let i = before?.length ?? 0; i < times.length; i++) times[i] = Date.parse(capacities[i]?.updated ?? '');
  known.set(capacities, times);
  return times;
}
