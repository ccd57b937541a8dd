// All rows within a circle, in rising order, with their distances: for answers of thousands, where a heap would only cost.
// The tree gives stretches of rows that may lie in it; each stretch is one plain loop, near the place without trigonometry.

import { arcMeters, cosNear, EARTH_RADIUS, hav, haversine, NEAR_ANGLE } from '../geo/distance.ts';
import type { BitSet } from './bit-set.ts';
import { UNITS_PER_DEGREE } from './index-columns.ts';
import { NODE_SIZE, type KdPoints } from './index-nearest.ts';

const RADIANS = Math.PI / 180 / UNITS_PER_DEGREE;
const HALF_TURN = 180 * UNITS_PER_DEGREE;

export interface WithinOptions {
  maxMeters: number;
  /** Rows that may be given. */
  allowed: BitSet | null;
  /** Rows that are no longer valid. */
  dead: BitSet | null;
  /** Rows behind the tree that have a position but no place in it yet. */
  tail: readonly number[];
}

/** Place i of `meters` belongs to row `rows[i]`. */
export interface Within {
  rows: Uint32Array;
  meters: Float64Array;
}

/** All rows within `maxMeters` of a position in degrees, its edge included. */
export function findWithin(points: KdPoints, lon: number, lat: number, options: WithinOptions): Within {
  const { maxMeters, allowed, dead, tail } = options;
  const box = boxAround(lon, lat, maxMeters);
  const stretches = stretchesIn(points, box);
  let most = tail.length;
  for (let i = 0; i < stretches.length; i += 2) most += stretches[i + 1]! - stretches[i]!;
  const rows = new Uint32Array(allowed ? Math.min(most, allowed.size + tail.length) : most);
  let length = 0;
  for (let i = 0; i < stretches.length; i += 2) {
    length = allowed
      ? writeMembers(allowed, stretches[i]!, stretches[i + 1]!, rows, length)
      : writeStretch(stretches[i]!, stretches[i + 1]!, rows, length);
  }
  for (const row of tail) if (allowed === null || allowed.has(row)) rows[length++] = row;
  if (dead !== null) length = dropDead(rows, length, dead);
  return keepWithin(points.positions, rows.subarray(0, length), { lon, lat, maxMeters, box });
}

interface CircleBox {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** The box around a circle in units; all longitudes where it holds a pole or crosses the antimeridian. */
function boxAround(lon: number, lat: number, maxMeters: number): CircleBox {
  // A hair more than exact, so that rounding never drops a row at the edge.
  const angle = Math.min(Math.PI, maxMeters / EARTH_RADIUS) * (1 + 1e-9);
  const [x, y] = [lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE];
  const south = y - angle / RADIANS - 1;
  const north = y + angle / RADIANS + 1;
  const sine = Math.sin(Math.min(angle, Math.PI / 2)) / Math.cos(y * RADIANS);
  const across = sine < 1 && Math.abs(y * RADIANS) + angle < Math.PI / 2 ? Math.asin(sine) * (1 + 1e-9) : Math.PI;
  const west = x - across / RADIANS - 1;
  const east = x + across / RADIANS + 1;
  if (west < -HALF_TURN || east > HALF_TURN) return { west: -HALF_TURN, south, east: HALF_TURN, north };
  return { west, south, east, north };
}

/** Stretches of rows, from and to in turn, that hold all sorted rows in the box; rising, touching ones joined. */
function stretchesIn({ positions, sorted }: KdPoints, { west, south, east, north }: CircleBox): number[] {
  const stretches: number[] = [];
  const push = (from: number, to: number): void => {
    if (stretches.length > 0 && stretches[stretches.length - 1] === from) stretches[stretches.length - 1] = to;
    else stretches.push(from, to);
  };
  const visit = (left: number, right: number, axis: 0 | 1): void => {
    if (right - left <= NODE_SIZE) {
      if (right >= left) push(left, right + 1);
      return;
    }
    const middle = (left + right) >> 1;
    const split = positions[middle * 2 + axis]!;
    const next = axis === 0 ? 1 : 0;
    if ((axis === 0 ? west : south) <= split) visit(left, middle - 1, next);
    push(middle, middle + 1);
    if ((axis === 0 ? east : north) >= split) visit(middle + 1, right, next);
  };
  visit(0, sorted - 1, 0);
  return stretches;
}

function writeStretch(from: number, to: number, rows: Uint32Array, length: number): number {
  for (let row = from; row < to; row++) rows[length++] = row;
  return length;
}

function writeMembers({ words }: BitSet, from: number, to: number, rows: Uint32Array, length: number): number {
  for (let index = from >>> 5; index <= (to - 1) >>> 5; index++) {
    let word = words[index]!;
    const base = index << 5;
    if (base < from) word &= 0xffffffff << (from - base);
    if (base + 32 > to) word &= 0xffffffff >>> (base + 32 - to);
    while (word !== 0) {
      rows[length++] = base + 31 - Math.clz32(word & -word);
      word &= word - 1;
    }
  }
  return length;
}

function dropDead(rows: Uint32Array, length: number, dead: BitSet): number {
  let kept = 0;
  for (let i = 0; i < length; i++) if (!dead.has(rows[i]!)) rows[kept++] = rows[i]!;
  return kept;
}

/** Those of the rows that lie in the circle. One plain loop over what may be all rows: nothing in it but loads and arithmetic. */
function keepWithin(
  positions: Int32Array,
  rows: Uint32Array,
  circle: { lon: number; lat: number; maxMeters: number; box: CircleBox },
): Within {
  const { lon, lat, maxMeters } = circle;
  const { west, south, east, north } = circle.box;
  const [x, y] = [lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE];
  const [sine, cosine] = [Math.sin(y * RADIANS), Math.cos(y * RADIANS)];
  const meters = new Float64Array(rows.length);
  const count = rows.length;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const rowX = positions[row * 2]!;
    const rowY = positions[row * 2 + 1]!;
    if (rowY < south || rowY > north || rowX < west || rowX > east) continue;
    const northward = (rowY - y) * RADIANS;
    const eastward = (rowX - x) * RADIANS;
    let far: number;
    if (Math.abs(northward) > NEAR_ANGLE || Math.abs(eastward) > NEAR_ANGLE) {
      far = haversine(lon, lat, rowX / UNITS_PER_DEGREE, rowY / UNITS_PER_DEGREE);
    } else {
      const havNorth = hav(northward);
      far = arcMeters(havNorth + cosine * cosNear(northward, havNorth, sine, cosine) * hav(eastward));
    }
    if (far > maxMeters) continue;
    rows[kept] = row;
    meters[kept++] = far;
  }
  return kept === count ? { rows, meters } : { rows: rows.slice(0, kept), meters: meters.slice(0, kept) };
}
