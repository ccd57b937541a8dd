// From lines to a network: lines are cut where they meet, stubs and islands are taken away.

import { distance, lengthOf, mixPoints, crossing, NearGrid, nearestOnSegment, simplified, type Point } from './geometry.ts';
import type { RoadLine } from './main-roads.ts';

/** Crossings nearer than this are one. */
const MERGE = 9;

/** A piece of a street between two crossings. */
export interface Piece {
  street: number;
  from: number;
  to: number;
  /** From the node `from` to the node `to`, both included. */
  line: Point[];
  meters: number;
  /** Metres along the whole street at which the piece begins. */
  start: number;
  bridge: boolean;
}

export interface Network {
  streets: RoadLine[];
  nodes: Point[];
  pieces: Piece[];
}

interface Cut {
  at: number;
  node: number;
}

/** Cuts all lines at their crossings. The railway crosses without a node. */
export function crossLines(streets: RoadLine[], isWater: (point: Point) => boolean): Network {
  const nodes = new Nodes();
  const cuts: Cut[][] = streets.map(() => []);
  const segments = new NearGrid<Segment>(90);
  const all = streets.flatMap((street, index) => segmentsOf(street, index));
  for (const segment of all) if (streets[segment.street]?.class !== 'rail') segments.add(segment, ...boxOf(segment, 0));
  for (const [index, street] of streets.entries()) {
    if (street.class === 'rail')
      for (const end of [0, lengthOf(street.line)])
        cuts[index]?.push({ at: end, node: nodes.add(end === 0 ? (street.line[0] as Point) : (street.line.at(-1) as Point)) });
  }
  for (const segment of all) {
    if (streets[segment.street]?.class === 'rail') continue;
    for (const other of segments.near(...boxOf(segment, 0))) {
      if (other.street <= segment.street) continue;
      const met = crossing(segment.a, segment.b, other.a, other.b);
      if (!met) continue;
      const node = nodes.add(mixPoints(segment.a, segment.b, met.first));
      cuts[segment.street]?.push({ at: segment.start + segment.length * met.first, node });
      cuts[other.street]?.push({ at: other.start + other.length * met.second, node });
    }
  }
  joinEnds(streets, segments, nodes, cuts);
  const pieces = streets.flatMap((street, index) => cutLine(street, index, cuts[index] ?? [], nodes.points, isWater));
  return { streets, nodes: nodes.points, pieces };
}

class Nodes {
  readonly points: Point[] = [];
  #near = new NearGrid<number>(40);

  /** The node at a point: one that is there already, or a new one. */
  add(point: Point): number {
    const [x, y] = point;
    for (const node of this.#near.near(x - MERGE, y - MERGE, x + MERGE, y + MERGE)) {
      if (distance(this.points[node] as Point, point) < MERGE) return node;
    }
    this.#near.add(this.points.push(point) - 1, x, y, x, y);
    return this.points.length - 1;
  }
}

interface Segment {
  street: number;
  a: Point;
  b: Point;
  /** Metres along the street at `a`, and the segment's own. */
  start: number;
  length: number;
}

function segmentsOf(street: RoadLine, index: number): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (let i = 1; i < street.line.length; i++) {
    const [a, b] = [street.line[i - 1] as Point, street.line[i] as Point];
    const length = distance(a, b);
    segments.push({ street: index, a, b, start, length });
    start += length;
  }
  return segments;
}

function boxOf({ a, b }: Segment, margin: number): [number, number, number, number] {
  return [Math.min(a[0], b[0]) - margin, Math.min(a[1], b[1]) - margin, Math.max(a[0], b[0]) + margin, Math.max(a[1], b[1]) + margin];
}

/** Ends that stop just beside another street belong to it. */
function joinEnds(streets: RoadLine[], segments: NearGrid<Segment>, nodes: Nodes, cuts: Cut[][]): void {
  for (const [index, street] of streets.entries()) {
    if (street.class === 'rail') continue;
    for (const [end, at] of [
      [street.line[0] as Point, 0],
      [street.line.at(-1) as Point, lengthOf(street.line)],
    ] as const) {
      let node: number | null = null;
      for (const other of segments.near(end[0] - MERGE, end[1] - MERGE, end[0] + MERGE, end[1] + MERGE)) {
        if (other.street === index) continue;
        const nearest = nearestOnSegment(end, other.a, other.b);
        if (nearest.distance > MERGE) continue;
        node ??= nodes.add(nearest.point);
        cuts[other.street]?.push({ at: other.start + other.length * nearest.share, node });
      }
      cuts[index]?.push({ at, node: node ?? nodes.add(end) });
    }
  }
}

function cutLine(street: RoadLine, index: number, cuts: Cut[], nodes: Point[], isWater: (point: Point) => boolean): Piece[] {
  cuts.sort((a, b) => a.at - b.at);
  const along: number[] = [0];
  for (let i = 1; i < street.line.length; i++)
    along.push((along[i - 1] as number) + distance(street.line[i - 1] as Point, street.line[i] as Point));
  const pieces: Piece[] = [];
  for (let c = 1; c < cuts.length; c++) {
    const [from, to] = [cuts[c - 1] as Cut, cuts[c] as Cut];
    if (from.node === to.node) continue;
    const between = street.line.filter((_, i) => (along[i] as number) > from.at + 1 && (along[i] as number) < to.at - 1);
    const line = simplified([nodes[from.node] as Point, ...between, nodes[to.node] as Point], 0.8);
    const bridge = street.class !== 'rail' && between.some(isWater);
    pieces.push({ street: index, from: from.node, to: to.node, line, meters: lengthOf(line), start: from.at, bridge });
  }
  return pieces;
}

/** Without short stubs: pieces that end nowhere, of side streets and paths, until every end is worth walking to. */
export function withoutStubs(network: Network, shortest: number): Network {
  let { pieces } = network;
  for (let round = 0; round < 4; round++) {
    const degree = degrees(network.nodes.length, pieces);
    const kept = pieces.filter(({ street, from, to, meters }) => {
      const { class: roadClass } = network.streets[street] as RoadLine;
      if (roadClass !== 'minor' && roadClass !== 'path') return true;
      return meters >= shortest || (degree[from] !== 1 && degree[to] !== 1);
    });
    if (kept.length === pieces.length) break;
    pieces = kept;
  }
  return { ...network, pieces };
}

/** How many pieces meet at each node. */
export function degrees(nodes: number, pieces: readonly Piece[]): Uint16Array {
  const degree = new Uint16Array(nodes);
  for (const { from, to } of pieces) {
    degree[from] = (degree[from] as number) + 1;
    degree[to] = (degree[to] as number) + 1;
  }
  return degree;
}

/** Only what hangs together: streets that cannot be reached from the most are left out; the railway stays. */
export function withoutIslands(network: Network): Network {
  const parent = Array.from(network.nodes, (_, i) => i);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  const isRail = (piece: Piece) => network.streets[piece.street]?.class === 'rail';
  for (const piece of network.pieces) if (!isRail(piece)) parent[root(piece.from)] = root(piece.to);
  const size = new Map<number, number>();
  for (const piece of network.pieces) if (!isRail(piece)) size.set(root(piece.from), (size.get(root(piece.from)) ?? 0) + 1);
  const largest = [...size].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  return { ...network, pieces: network.pieces.filter((piece) => isRail(piece) || root(piece.from) === largest) };
}
