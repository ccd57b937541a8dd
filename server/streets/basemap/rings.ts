// Rings out of pieces: ways of OpenStreetMap that make an area together, joined end to end.

export type Position = [lon: number, lat: number];

/** Node ids of a way in its direction. */
export type Refs = ArrayLike<number>;

/**
 * Joins ways at their ends to rings of node ids, the first again at the end. `directed`: ways are only joined in their own direction.
 * What comes to no ring is given as open lines.
 */
export function joinWays(ways: readonly Refs[], directed = false): { rings: number[][]; open: number[][] } {
  const rings: number[][] = [];
  const open: number[][] = [];
  const rest = new Set(ways.keys());
  const ends = new Map<number, number[]>();
  const remember = (node: number, way: number): void => void ends.set(node, [...(ends.get(node) ?? []), way]);
  for (const [w, way] of ways.entries()) {
    remember(way[0]!, w);
    remember(way[way.length - 1]!, w);
  }
  const takeAt = (node: number, wantsStart: boolean): { way: Refs; isForward: boolean } | undefined => {
    for (const w of ends.get(node) ?? []) {
      const way = ways[w]!;
      const isForward = wantsStart ? way[0] === node : way[way.length - 1] === node;
      if (!rest.has(w) || (directed && !isForward)) continue;
      rest.delete(w);
      return { way, isForward };
    }
    return undefined;
  };
  for (const w of rest) {
    rest.delete(w);
    const line = Array.from(ways[w]!);
    const isClosed = (): boolean => line.length > 3 && line[0] === line.at(-1);
    while (!isClosed()) {
      const after = takeAt(line.at(-1)!, true);
      if (!after) break;
      const refs = Array.from(after.way);
      line.push(...(after.isForward ? refs : refs.reverse()).slice(1));
    }
    while (!isClosed()) {
      const before = takeAt(line[0]!, false);
      if (!before) break;
      const refs = Array.from(before.way);
      line.unshift(...(before.isForward ? refs : refs.reverse()).slice(0, -1));
    }
    (isClosed() ? rings : open).push(line);
  }
  return { rings, open };
}

/** A point within an area, as far from its left and right border as there is room at the height of its middle. */
export function pointInside(rings: readonly (readonly Position[])[]): Position {
  const [outer] = rings as [readonly Position[]];
  const lats = outer.map(([, lat]) => lat);
  const middle = (Math.min(...lats) + Math.max(...lats)) / 2;
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!];
      if (a[1] > middle !== b[1] > middle) crossings.push(a[0] + ((middle - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
    }
  }
  crossings.sort((a, b) => a - b);
  let best: Position = outer[0]!;
  let widest = 0;
  for (let i = 1; i < crossings.length; i += 2) {
    const width = crossings[i]! - crossings[i - 1]!;
    if (width > widest) [widest, best] = [width, [crossings[i - 1]! + width / 2, middle]];
  }
  return best;
}
