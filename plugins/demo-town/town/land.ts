// The land as it was before the town: an island, its river, harbour, hills, and the places that streets go around.
// Drawn by hand in metres around the crossing of Mill Street and Union Avenue; x is east, y is north.

import { beside, curveThrough, rectangle, type Point } from './geometry.ts';
import { Random, smoothNoise } from './random.ts';

const km = (...points: [number, number][]): Point[] => points.map(([x, y]) => [x * 1000, y * 1000]);

/** The coast, clockwise from the north; the harbour's quays are straight. */
const COAST = km(
  [-1.5, 7.2],
  [0.8, 6.9],
  [2.2, 5.9],
  [3.3, 4.8],
  [3.9, 3.4],
  [4.15, 2.3],
  [3.85, 1.5],
  [3.72, 0.9],
  [3.45, 0.42],
  [3.2, 0.1],
  [3.0, -0.32],
  [2.94, -0.75],
  [2.98, -1.0],
  [3.3, -1.12],
  [3.55, -1.35],
  [3.5, -1.9],
  [3.1, -2.6],
  [2.5, -3.3],
  [2.2, -4.3],
  [1.2, -5.6],
  [-0.8, -6.4],
  [-3.0, -6.1],
  [-5.2, -6.6],
  [-7.2, -5.2],
  [-8.6, -3.0],
  [-8.1, -0.8],
  [-9.2, 1.2],
  [-8.6, 3.6],
  [-6.9, 5.3],
  [-5.0, 5.4],
  [-3.4, 6.8],
);

const RIVER = km(
  [-7.2, 2.7],
  [-6.3, 1.9],
  [-5.2, 1.75],
  [-4.2, 1.1],
  [-3.1, 1.15],
  [-2.1, 0.72],
  [-1.1, 0.8],
  [-0.2, 0.95],
  [0.55, 0.9],
  [1.3, 0.64],
  [1.9, 0.25],
  [2.5, -0.05],
  [3.1, -0.2],
  [4.2, -0.4],
);

/** Width of the river in metres, by share of its way to the sea. */
const RIVER_WIDTH: [number, number][] = [
  [0, 6],
  [0.25, 40],
  [0.45, 100],
  [0.6, 160],
  [0.75, 195],
  [0.85, 220],
  [0.93, 290],
  [1, 700],
];

const BROOK = km([-3.0, 5.2], [-2.55, 4.4], [-2.15, 3.4], [-2.05, 2.7], [-1.95, 2.05], [-1.84, 1.4], [-1.78, 0.62]);

export interface Place {
  name: string | null;
  /** `kind` of the Protomaps schema. */
  kind: string;
  ring: Point[];
  /** Ordinary streets end at its edge. */
  closed: boolean;
  /** A path leads round and through it. */
  paths?: boolean;
}

/** A soft round shape. */
function blob(center: [number, number], width: number, height: number, seed: number, turn = 0): Point[] {
  const ring: Point[] = [];
  for (let i = 0; i < 14; i++) {
    const angle = (i / 14) * 2 * Math.PI;
    const swell = 1 + 0.22 * smoothNoise(Math.cos(angle) * 1.3 + seed, Math.sin(angle) * 1.3, seed);
    const x = Math.cos(angle) * width * 500 * swell;
    const y = Math.sin(angle) * height * 500 * swell;
    const tilt = (turn * Math.PI) / 180;
    ring.push([center[0] * 1000 + x * Math.cos(tilt) - y * Math.sin(tilt), center[1] * 1000 + x * Math.sin(tilt) + y * Math.cos(tilt)]);
  }
  return curveThrough(ring, 40, true);
}

const box = (center: [number, number], width: number, height: number, turn = 0) =>
  rectangle([center[0] * 1000, center[1] * 1000], width, height, turn);

export interface Land {
  coast: Point[];
  river: { ring: Point[]; line: Point[]; widthAt(share: number): number };
  brook: Point[];
  /** The strips of grass along the river's banks. */
  banks: Point[][];
  places: Place[];
}

/** Draws the land. */
export function drawLand(): Land {
  const line = curveThrough(RIVER, 60);
  const widthAt = (share: number) => widthOf(RIVER_WIDTH, share);
  const left = beside(line, (share) => widthAt(share) / 2 + bankNoise(share, 1));
  const right = beside(line, (share) => -widthAt(share) / 2 + bankNoise(share, 2));
  const inTown = (edge: Point[], offset: Point[]) => {
    const from = edge.findIndex(([x]) => x > -3300);
    const to = edge.findIndex(([x]) => x > 2350);
    return [...edge.slice(from, to), ...offset.slice(from, to).reverse()];
  };
  return {
    coast: roughCoast(),
    river: { ring: [...left, ...right.toReversed()], line, widthAt },
    brook: curveThrough(BROOK, 50),
    banks: [
      inTown(
        left,
        beside(line, (share) => widthAt(share) / 2 + 48 + 22 * smoothNoise(share * 30, 5, 5)),
      ),
      inTown(
        right,
        beside(line, (share) => -widthAt(share) / 2 - 44 - 22 * smoothNoise(share * 30, 9, 6)),
      ),
    ],
    places: [...PLACES, ...countryside()],
  };
}

const bankNoise = (share: number, seed: number) => 9 * smoothNoise(share * 60, seed, seed);

function widthOf(table: [number, number][], share: number): number {
  const next = table.findIndex(([s]) => s >= share);
  if (next <= 0) return (table[0] as [number, number])[1];
  const [s1, w1] = table[next - 1] as [number, number];
  const [s2, w2] = table[next] as [number, number];
  return w1 + ((w2 - w1) * (share - s1)) / (s2 - s1);
}

/** The drawn coast, with bays and rocks; calm at the harbour. */
function roughCoast(): Point[] {
  return curveThrough(COAST, 45, true).map(([x, y]) => {
    const harbour = Math.sqrt((x - 3100) ** 2 + (y + 500) ** 2) < 1100;
    const wild = harbour ? 6 : 90;
    return [
      x + wild * smoothNoise(x / 420, y / 420, 11) + (wild / 3) * smoothNoise(x / 130, y / 130, 12),
      y + wild * smoothNoise(x / 420, y / 420, 13) + (wild / 3) * smoothNoise(x / 130, y / 130, 14),
    ];
  });
}

/** Woods and fields of the open country, around what was drawn by hand. */
function countryside(): Place[] {
  const random = new Random('countryside');
  const places: Place[] = [];
  const taken = (
    [
      [-4.75, 0.85],
      [-7.2, -1.25],
      [-4.45, 3.6],
      [0.75, -3.85],
    ] as [number, number][]
  ).map((center) => ({ center, size: 1.2 }));
  for (let tries = 0; tries < 400 && places.length < 46; tries++) {
    const center: [number, number] = [random.between(-8.2, 3.4), random.between(-5.8, 6.6)];
    const size = random.between(0.35, 1.1);
    const inTown = center[0] > -3.9 - size / 2 && center[0] < 4 && center[1] > -3.0 - size / 2 && center[1] < 3.6 + size / 2;
    if (inTown || taken.some((other) => Math.hypot(other.center[0] - center[0], other.center[1] - center[1]) < (other.size + size) / 2))
      continue;
    taken.push({ center, size });
    const kind = random.pick(['wood', 'wood', 'farmland', 'farmland', 'farmland', 'grass', 'scrub']);
    places.push({
      name: null,
      kind,
      ring: blob(center, size, size * random.between(0.5, 0.85), 70 + tries, random.between(0, 180)),
      closed: false,
    });
  }
  return places;
}

const PLACES: Place[] = [
  { name: 'Founders Park', kind: 'park', ring: blob([0.98, 1.72], 0.86, 0.78, 21, 10), closed: true, paths: true },
  { name: 'Mill Meadow', kind: 'park', ring: blob([-0.86, 0.36], 0.62, 0.46, 22, -8), closed: true, paths: true },
  { name: 'Ropewalk Green', kind: 'park', ring: blob([2.18, 0.47], 0.62, 0.22, 23, -12), closed: true, paths: true },
  { name: 'Southfield Park', kind: 'park', ring: blob([0.98, -1.66], 0.72, 0.5, 24, 5), closed: true, paths: true },
  { name: 'Orchard Common', kind: 'park', ring: blob([-1.75, -0.28], 0.34, 0.26, 25, 12), closed: true, paths: true },
  { name: 'Cliff Top', kind: 'park', ring: blob([3.45, 1.28], 0.32, 0.86, 26, 8), closed: true, paths: true },
  { name: 'Harbor Garden', kind: 'park', ring: blob([2.62, -0.36], 0.2, 0.14, 27), closed: true },
  { name: 'Lantern Park', kind: 'park', ring: blob([-0.55, -1.62], 0.3, 0.24, 28), closed: true, paths: true },
  { name: 'Northgate Gardens', kind: 'park', ring: blob([-0.35, 2.02], 0.24, 0.2, 29), closed: true },
  { name: 'Beacon Wood', kind: 'wood', ring: blob([-0.55, 3.35], 1.5, 0.95, 30, 20), closed: true, paths: true },
  { name: 'Quarry Wood', kind: 'wood', ring: blob([-4.5, -0.9], 1.7, 1.2, 31, -20), closed: true, paths: true },
  { name: 'Alder Wood', kind: 'wood', ring: blob([-5.9, 3.1], 2.3, 1.5, 32, 30), closed: true },
  { name: 'Fern Hills', kind: 'wood', ring: blob([-6.2, -2.6], 2.2, 2.0, 33, 10), closed: true },
  { name: 'South Wood', kind: 'wood', ring: blob([-1.9, -4.8], 2.2, 1.3, 34, -15), closed: true },
  { name: 'North Moor', kind: 'grass', ring: blob([-1.6, 5.6], 2.6, 1.4, 35, -10), closed: true },
  { name: 'Cliff Wood', kind: 'wood', ring: blob([2.95, 3.6], 0.9, 1.1, 36, 25), closed: true },
  { name: 'Marsh Side Fields', kind: 'farmland', ring: blob([1.05, -3.1], 1.4, 0.8, 37, 15), closed: true },
  { name: null, kind: 'farmland', ring: blob([-4.7, 2.4], 1.3, 0.8, 38, -20), closed: true },
  { name: null, kind: 'farmland', ring: blob([-2.9, -3.1], 1.5, 1.1, 39, 30), closed: true },
  { name: null, kind: 'farmland', ring: blob([1.7, 3.5], 0.7, 0.9, 40, 10), closed: true },
  { name: "St. Brennan's Cemetery", kind: 'cemetery', ring: box([-1.12, 1.3], 300, 190, 6), closed: true },
  { name: 'Southfield Cemetery', kind: 'cemetery', ring: box([1.72, -2.42], 240, 170, -14), closed: true },
  { name: 'Alder College', kind: 'university', ring: box([-0.52, -0.52], 560, 470, -8), closed: true, paths: true },
  { name: 'Port Alder General Hospital', kind: 'hospital', ring: box([-0.42, 1.58], 280, 200, 8), closed: true },
  {
    name: 'Harbor Works',
    kind: 'industrial',
    ring: km([2.15, -1.42], [2.5, -1.2], [2.86, -1.06], [3.2, -1.24], [3.38, -1.5], [3.3, -1.95], [2.95, -2.3], [2.45, -1.95]),
    closed: false,
  },
  {
    name: 'Ropewalk Yard',
    kind: 'railway',
    ring: km([-1.62, -1.86], [-1.15, -1.46], [-0.72, -1.28], [-0.78, -1.4], [-1.3, -1.75]),
    closed: true,
  },
  { name: 'Tannery Mills', kind: 'industrial', ring: box([1.58, 0.1], 190, 300, -18), closed: false },
  { name: 'Northgate School', kind: 'school', ring: box([0.08, 2.08], 170, 120, 4), closed: true },
  { name: 'Southfield School', kind: 'school', ring: box([0.02, -2.12], 190, 130, -5), closed: true },
  { name: 'Orchard School', kind: 'school', ring: box([-1.95, 0.28], 160, 120, 6), closed: true },
  { name: 'East Cliff School', kind: 'school', ring: box([2.56, 1.9], 160, 120, 14), closed: true },
  { name: 'Union Market', kind: 'commercial', ring: box([-1.42, 0.14], 260, 150, 2), closed: false },
  { name: 'Quarry', kind: 'quarry', ring: blob([-5.3, 0.35], 0.42, 0.34, 41), closed: true },
  { name: 'Alder Playing Fields', kind: 'pitch', ring: box([-2.75, 0.32], 260, 180, 5), closed: true },
];
