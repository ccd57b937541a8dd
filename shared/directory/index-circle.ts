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
  const found = new Found(points.positions, { lon, lat, maxMeters, box }, allowed ? Math.min(most, allowed.size + tail.length) : most);
  for (let i = 0; i < stretches.length; i += 2) {
    if (allowed === null) found.addAll(stretches[i]!, stretches[i + 1]!, dead);
    else found.addFrom(allowed, stretches[i]!, stretches[i + 1]!, dead);
  }
  for (const row of tail) if (allowed === null || allowed.has(row)) found.add(row);
  return found.finish();
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

/** Collects the rows that lie within. */
class Found {
  readonly #positions: Int32Array;
  readonly #lon: number;
  readonly #lat: number;
  readonly #sine: number;
  readonly #cosine: number;
  readonly #maxMeters: number;
  readonly #box: CircleBox;
  readonly #rows: Uint32Array;
  readonly #meters: Float64Array;
  #length = 0;

  constructor(positions: Int32Array, circle: { lon: number; lat: number; maxMeters: number; box: CircleBox }, most: number) {
    this.#positions = positions;
    this.#lon = circle.lon * UNITS_PER_DEGREE;
    this.#lat = circle.lat * UNITS_PER_DEGREE;
    this.#sine = Math.sin(this.#lat * RADIANS);
    this.#cosine = Math.cos(this.#lat * RADIANS);
    this.#maxMeters = circle.maxMeters;
    this.#box = circle.box;
    this.#rows = new Uint32Array(most);
    this.#meters = new Float64Array(most);
  }

  addAll(from: number, to: number, dead: BitSet | null): void {
    for (let row = from; row < to; row++) if (dead === null || !dead.has(row)) this.add(row);
  }

  addFrom({ words }: BitSet, from: number, to: number, dead: BitSet | null): void {
    for (let index = from >>> 5; index <= (to - 1) >>> 5; index++) {
      let word = words[index]!;
      const base = index << 5;
      if (base < from) word &= 0xffffffff << (from - base);
      if (base + 32 > to) word &= 0xffffffff >>> (base + 32 - to);
      while (word !== 0) {
        const row = base + 31 - Math.clz32(word & -word);
        if (dead === null || !dead.has(row)) this.add(row);
        word &= word - 1;
      }
    }
  }

  add(row: number): void {
    const { west, south, east, north } = this.#box;
    const lon = this.#positions[row * 2]!;
    const lat = this.#positions[row * 2 + 1]!;
    if (lat < south || lat > north || lon < west || lon > east) return;
    const meters = this.#metersTo(lon, lat);
    if (meters > this.#maxMeters) return;
    const i = this.#length++;
    this.#rows[i] = row;
    this.#meters[i] = meters;
  }

  finish(): Within {
    if (this.#length === this.#rows.length) return { rows: this.#rows, meters: this.#meters };
    return { rows: this.#rows.slice(0, this.#length), meters: this.#meters.slice(0, this.#length) };
  }

  #metersTo(lon: number, lat: number): number {
    const north = (lat - this.#lat) * RADIANS;
    const east = (lon - this.#lon) * RADIANS;
    if (Math.abs(north) > NEAR_ANGLE || Math.abs(east) > NEAR_ANGLE) {
      return haversine(this.#lon / UNITS_PER_DEGREE, this.#lat / UNITS_PER_DEGREE, lon / UNITS_PER_DEGREE, lat / UNITS_PER_DEGREE);
    }
    const havNorth = hav(north);
    return arcMeters(havNorth + this.#cosine * cosNear(north, havNorth, this.#sine, this.#cosine) * hav(east));
  }
}
