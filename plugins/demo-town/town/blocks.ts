// The blocks between the streets: the faces of the street network.

import { polygonContains, type Point } from './geometry.ts';
import type { Network, Piece } from './network.ts';

/** Square metres between which a face is a block of houses. */
const BLOCK = { smallest: 900, largest: 90_000 };

interface HalfEdge {
  from: number;
  to: number;
  line: Point[];
  angle: number;
  used: boolean;
}

/** Outlines of the blocks, counter-clockwise and not closed. Paths and the railway do not divide blocks. */
export function findBlocks(network: Network): Point[][] {
  const around: HalfEdge[][] = network.nodes.map(() => []);
  for (const piece of network.pieces) {
    const roadClass = network.streets[piece.street]?.class;
    if (roadClass === 'path' || roadClass === 'rail') continue;
    for (const half of [halfOf(piece, false), halfOf(piece, true)]) around[half.from]?.push(half);
  }
  for (const halves of around) halves.sort((a, b) => a.angle - b.angle);
  const blocks: Point[][] = [];
  for (const start of around.flat()) {
    if (start.used) continue;
    const ring: Point[] = [];
    for (let half = start; !half.used; half = nextAround(half, around)) {
      half.used = true;
      ring.push(...half.line.slice(0, -1));
    }
    const area = areaOf(ring);
    if (area >= BLOCK.smallest && area <= BLOCK.largest) blocks.push(ring);
  }
  return blocks;
}

function halfOf(piece: Piece, backward: boolean): HalfEdge {
  const line = backward ? piece.line.toReversed() : piece.line;
  const [a, b] = line as [Point, Point];
  const [from, to] = backward ? [piece.to, piece.from] : [piece.from, piece.to];
  return { from, to, line, angle: Math.atan2(b[1] - a[1], b[0] - a[0]), used: false };
}

/** The next side of the face on the left: at the end, the way just clockwise of the one back. */
function nextAround(half: HalfEdge, around: HalfEdge[][]): HalfEdge {
  const ways = around[half.to] as HalfEdge[];
  const [last, before] = [half.line.at(-1) as Point, half.line.at(-2) as Point];
  const back = ways.findIndex(
    (way) => way.to === half.from && way.line[1]?.[0] === before[0] && way.line[1][1] === before[1] && way.line[0]?.[0] === last[0],
  );
  return ways[(back - 1 + ways.length) % ways.length] as HalfEdge;
}

/** Signed area of a ring in square metres; positive counter-clockwise. */
export function areaOf(ring: readonly Point[]): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    twice += (ring[j] as Point)[0] * (ring[i] as Point)[1] - (ring[i] as Point)[0] * (ring[j] as Point)[1];
  }
  return twice / 2;
}

/** A point well inside a ring: the mean of its corners, or where that lies outside, the middle of a chord through it. */
export function insideOf(ring: readonly Point[]): Point {
  const mean = ring.reduce<[number, number]>(([x, y], p) => [x + p[0] / ring.length, y + p[1] / ring.length], [0, 0]);
  if (polygonContains(ring, mean)) return mean;
  const crossings = ring
    .flatMap(([x1, y1], i) => {
      const [x2, y2] = ring[(i + 1) % ring.length] as Point;
      return y1 > mean[1] !== y2 > mean[1] ? [((x2 - x1) * (mean[1] - y1)) / (y2 - y1) + x1] : [];
    })
    .sort((a, b) => a - b);
  return [((crossings[0] ?? mean[0]) + (crossings[1] ?? mean[0])) / 2, mean[1]];
}
