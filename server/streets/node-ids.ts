// The nodes that ways refer to, each once, by rising id: two columns are all that is kept of where they lie.

import type { OsmTags } from './osm-file.ts';
import { readOsmFile } from './osm-file.ts';
import { findSorted } from './sorted.ts';

export interface PlacedNodes {
  /** Ids, rising. */
  ids: Float64Array;
  /** Degrees; NaN where the file does not say. */
  lon: Float64Array;
  lat: Float64Array;
}

/**
 * Reads where the nodes of ways lie.
 * @param visit called for every node of the file, with its place in the columns or -1
 */
export async function placeNodes(
  file: string,
  refLists: readonly Float64Array[],
  visit: (at: number, position: { lon: number; lat: number }, tags: OsmTags) => void,
): Promise<PlacedNodes> {
  const all = new Float64Array(refLists.reduce((sum, refs) => sum + refs.length, 0));
  let used = 0;
  for (const refs of refLists) {
    all.set(refs, used);
    used += refs.length;
  }
  all.sort();
  let count = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i]!;
  const ids = all.slice(0, count);
  const nodes = { ids, lon: new Float64Array(count).fill(NaN), lat: new Float64Array(count).fill(NaN) };
  await readOsmFile(file, {
    node(id, position, tags) {
      const at = findSorted(ids, id);
      if (at >= 0) {
        nodes.lon[at] = position.lon;
        nodes.lat[at] = position.lat;
      }
      visit(at, position, tags);
    },
  });
  return nodes;
}
