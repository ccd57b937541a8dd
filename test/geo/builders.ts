// Street graphs for tests: from a list of ways, and a random connected town.

import type { StreetGraphData } from '#shared/geo/street-graph.ts';

export interface Way {
  from: number;
  to: number;
  meters: number;
  walk?: number;
  drive?: number;
  oneWay?: boolean;
}

/** A graph from positions and ways; walking 1 m/s and driving 10 m/s unless a way says otherwise. */
export function graphOf(positions: { lon: number; lat: number }[], ways: Way[]): StreetGraphData {
  const edges = ways.flatMap((way) => {
    const edge = { ...way, walk: way.walk ?? way.meters, drive: way.drive ?? way.meters / 10 };
    return way.oneWay ? [edge] : [edge, { ...edge, from: way.to, to: way.from }];
  });
  edges.sort((a, b) => a.from - b.from);
  const firstEdge = new Uint32Array(positions.length + 1);
  for (const edge of edges) firstEdge[edge.from + 1] = (firstEdge[edge.from + 1] ?? 0) + 1;
  for (let n = 0; n < positions.length; n++) firstEdge[n + 1] = (firstEdge[n + 1] as number) + (firstEdge[n] as number);
  return {
    lon: Float64Array.from(positions, (p) => p.lon),
    lat: Float64Array.from(positions, (p) => p.lat),
    firstEdge,
    target: Uint32Array.from(edges, (e) => e.to),
    meters: Float32Array.from(edges, (e) => e.meters),
    walkSeconds: Float32Array.from(edges, (e) => e.walk),
    driveSeconds: Float32Array.from(edges, (e) => e.drive),
  };
}

/** Metres of one degree of latitude on the sphere, to lay out towns in metres near the equator. */
export const DEGREE = 111_195.08;

/** A grid town of `size` × `size` crossings, 100 m apart, at 0°, 0°. Crossing (column, row) has the number row × size + column. */
export function gridTown(size: number, change: (way: Way) => Way | null = (way) => way): StreetGraphData {
  const positions = Array.from({ length: size * size }, (_, n) => ({
    lon: ((n % size) * 100) / DEGREE,
    lat: (Math.floor(n / size) * 100) / DEGREE,
  }));
  const ways: Way[] = [];
  for (let n = 0; n < size * size; n++) {
    if (n % size < size - 1) ways.push({ from: n, to: n + 1, meters: 100 });
    if (n < size * (size - 1)) ways.push({ from: n, to: n + size, meters: 100 });
  }
  return graphOf(
    positions,
    ways.map(change).filter((way) => way !== null),
  );
}

/** Dijkstra as in a textbook, on plain objects: seconds from one node to each. */
export function plainDijkstra(data: StreetGraphData, from: number, cost: Float32Array): number[] {
  const seconds = Array.from(data.lon, () => Infinity);
  const open = new Set(seconds.keys());
  seconds[from] = 0;
  while (open.size > 0) {
    let node = -1;
    for (const n of open) if (node < 0 || (seconds[n] as number) < (seconds[node] as number)) node = n;
    open.delete(node);
    for (let e = data.firstEdge[node] as number; e < (data.firstEdge[node + 1] as number); e++) {
      const to = data.target[e] as number;
      seconds[to] = Math.min(seconds[to] as number, (seconds[node] as number) + (cost[e] as number));
    }
  }
  return seconds;
}
