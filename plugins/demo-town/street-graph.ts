// The streets of the map as a graph for walking and driving: what is drawn is what is walked.

import type { StreetGraphData } from '../../shared/plugin-api/index.ts';
import { distance, type Point } from './town/geometry.ts';
import type { RoadClass } from './town/main-roads.ts';
import { toLonLat } from './town/projection.ts';
import { getTown } from './town/town.ts';

/** Kilometres an hour: on foot, and by car with its stops at crossings. Zero: not allowed. */
const SPEED: Record<RoadClass, { walk: number; drive: number }> = {
  highway: { walk: 0, drive: 75 },
  major: { walk: 4.8, drive: 38 },
  medium: { walk: 4.8, drive: 34 },
  minor: { walk: 4.8, drive: 24 },
  path: { walk: 4.8, drive: 0 },
  rail: { walk: 0, drive: 0 },
};

interface Edge {
  from: number;
  to: number;
  meters: number;
  walk: number;
  drive: number;
}

/** The street graph of Port Alder, made on first use. */
export async function portAlderStreets(): Promise<StreetGraphData> {
  return (graph ??= makeGraph());
}
let graph: StreetGraphData | undefined;

function makeGraph(): StreetGraphData {
  const { network } = getTown();
  const points: Point[] = [];
  const nodeOf = new Map<number, number>();
  const edges: Edge[] = [];
  const nodeAt = (crossing: number): number => {
    const known = nodeOf.get(crossing);
    if (known !== undefined) return known;
    nodeOf.set(crossing, points.push(network.nodes[crossing] as Point) - 1);
    return points.length - 1;
  };
  for (const piece of network.pieces) {
    const street = network.streets[piece.street];
    if (!street || street.class === 'rail') continue;
    let from = nodeAt(piece.from);
    for (let i = 1; i < piece.line.length; i++) {
      const last = i === piece.line.length - 1;
      const to = last ? nodeAt(piece.to) : points.push(piece.line[i] as Point) - 1;
      const meters = Math.round(distance(piece.line[i - 1] as Point, piece.line[i] as Point) * 10) / 10;
      const { walk, drive } = SPEED[street.class];
      const seconds = (speed: number) => (speed === 0 ? Infinity : meters / (speed / 3.6));
      edges.push({ from, to, meters, walk: seconds(walk), drive: seconds(drive) });
      edges.push({ from: to, to: from, meters, walk: seconds(walk), drive: street.oneWay ? Infinity : seconds(drive) });
      from = to;
    }
  }
  return toRows(points, edges);
}

/** Compressed sparse rows, in the order of the nodes. */
function toRows(points: readonly Point[], edges: Edge[]): StreetGraphData {
  edges.sort((a, b) => a.from - b.from || a.to - b.to);
  const firstEdge = new Uint32Array(points.length + 1);
  for (const { from } of edges) firstEdge[from + 1] = (firstEdge[from + 1] as number) + 1;
  for (let n = 0; n < points.length; n++) firstEdge[n + 1] = (firstEdge[n + 1] as number) + (firstEdge[n] as number);
  const positions = points.map(toLonLat);
  return {
    lon: Float64Array.from(positions, ([lon]) => lon),
    lat: Float64Array.from(positions, ([, lat]) => lat),
    firstEdge,
    target: Uint32Array.from(edges, ({ to }) => to),
    meters: Float32Array.from(edges, ({ meters }) => meters),
    walkSeconds: Float32Array.from(edges, ({ walk }) => walk),
    driveSeconds: Float32Array.from(edges, ({ drive }) => drive),
  };
}
