// The nearest rows on the sphere. Rows stand in the order of a kd-tree (kdbush's layout: the middle of a range is its
// node, axes in turn), so that a stretch of rows is a subtree and a bit set of rows prunes it without a look at a point.

import { EARTH_RADIUS } from '../geo/distance.ts';
import type { BitSet } from './bit-set.ts';
import { UNITS_PER_DEGREE } from './index-columns.ts';

/** Ranges of at most this many rows (plus one) are searched row by row. */
export const NODE_SIZE = 64;

const RADIANS = Math.PI / 180 / UNITS_PER_DEGREE;
const HALF_TURN = 180 * UNITS_PER_DEGREE;

export interface KdPoints {
  /** Longitude and latitude in turn, in units of UNITS_PER_DEGREE; the first `sorted` rows in kd order. */
  positions: Int32Array;
  sorted: number;
}

export interface NearestOptions {
  /** At most so many; Infinity: all within reach. */
  count: number;
  maxMeters: number;
  /** Rows that may be given. */
  allowed: BitSet | null;
  predicate: ((row: number) => boolean) | null;
  /** Rows that are no longer valid. */
  dead: BitSet | null;
  /** Rows behind the tree that have a position but no place in it yet. */
  tail: readonly number[];
}

export interface Nearest {
  /** Nearest first, of equally near ones the lower row first. */
  rows: Uint32Array;
  meters: Float64Array;
}

/** The nearest rows to a position in degrees. */
export function findNearest(points: KdPoints, lon: number, lat: number, options: NearestOptions): Nearest {
  const search = new NearestSearch(points, lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE, options);
  search.visitRange(0, points.sorted - 1, 0, -HALF_TURN, -HALF_TURN / 2, HALF_TURN, HALF_TURN / 2);
  for (const row of options.tail) search.offer(row);
  return search.sorted();
}

/** `h` below is the haversine of an angle: sin²(angle / 2). It rises with the distance and needs no arcsine. */
class NearestSearch {
  #positions: Int32Array;
  #allowed: BitSet | null;
  #dead: BitSet | null;
  #predicate: ((row: number) => boolean) | null;
  #lon: number;
  #lat: number;
  #cosLat: number;
  /** From the place to the nearer pole. */
  #poleAngle: number;
  #tanLat: number;
  #count: number;
  /** Nothing at or beyond this is wanted. */
  #limit: number;
  /** No wanted row is farther in latitude, or in longitude, than this, in units: most are refused by these alone. */
  #latReach = Infinity;
  #lonReach = Infinity;
  #tightenedAt = 1;
  // With a count: a heap with the farthest on top. Without: a plain list.
  #rows: number[] = [];
  #h: number[] = [];

  constructor(points: KdPoints, lon: number, lat: number, options: NearestOptions) {
    this.#positions = points.positions;
    this.#allowed = options.allowed;
    this.#dead = options.dead;
    this.#predicate = options.predicate;
    this.#lon = lon;
    this.#lat = lat;
    this.#cosLat = Math.cos(lat * RADIANS);
    this.#poleAngle = Math.PI / 2 - Math.abs(lat * RADIANS);
    this.#tanLat = Math.tan(lat * RADIANS);
    this.#count = options.count;
    const angle = options.maxMeters / EARTH_RADIUS;
    this.#limit = angle >= Math.PI ? 1 : Math.sin(angle / 2) ** 2;
    this.#tighten();
  }

  visitRange(left: number, right: number, axis: 0 | 1, west: number, south: number, east: number, north: number): void {
    if (right < left || this.#count <= 0) return;
    if (this.#allowed !== null && !this.#allowed.anyIn(left, right + 1)) return;
    if (right - left <= NODE_SIZE) {
      this.#visitLeaf(left, right);
      return;
    }
    const middle = (left + right) >> 1;
    this.offer(middle);
    const split = this.#positions[middle * 2 + axis]!;
    const next = axis === 0 ? 1 : 0;
    // The side that holds the place first, so that the limit is tight before the other side is looked at.
    const low = axis === 0 ? this.#lon <= split : this.#lat <= split;
    for (const lower of low ? LOWER_FIRST : UPPER_FIRST) {
      const w = axis === 0 && !lower ? split : west;
      const e = axis === 0 && lower ? split : east;
      const s = axis === 1 && !lower ? split : south;
      const n = axis === 1 && lower ? split : north;
      if (!(this.#boxH(w, s, e, n) <= this.#limit)) continue;
      if (lower) this.visitRange(left, middle - 1, next, w, s, e, n);
      else this.visitRange(middle + 1, right, next, w, s, e, n);
    }
  }

  offer(row: number): void {
    if (this.#allowed !== null && !this.#allowed.has(row)) return;
    this.#offerAllowed(row);
  }

  sorted(): Nearest {
    const order = this.#rows.map((_, i) => i).sort((a, b) => this.#h[a]! - this.#h[b]! || this.#rows[a]! - this.#rows[b]!);
    return {
      rows: Uint32Array.from(order, (i) => this.#rows[i]!),
      meters: Float64Array.from(order, (i) => metersOf(this.#h[i]!)),
    };
  }

  #visitLeaf(left: number, right: number): void {
    const allowed = this.#allowed;
    if (allowed === null) {
      for (let row = left; row <= right; row++) this.#offerAllowed(row);
      return;
    }
    const words = allowed.words;
    for (let index = left >>> 5; index <= right >>> 5; index++) {
      let word = words[index]!;
      const base = index << 5;
      if (base < left) word &= 0xffffffff << (left - base);
      if (base + 31 > right) word &= 0xffffffff >>> (31 - (right - base));
      while (word !== 0) {
        this.#offerAllowed(base + 31 - Math.clz32(word & -word));
        word &= word - 1;
      }
    }
  }

  #offerAllowed(row: number): void {
    const lat = this.#positions[row * 2 + 1]!;
    if (Math.abs(lat - this.#lat) > this.#latReach) return;
    const across = Math.abs(this.#positions[row * 2]! - this.#lon);
    if (across > this.#lonReach && 2 * HALF_TURN - across > this.#lonReach) return;
    const halfLat = Math.sin((lat - this.#lat) * RADIANS * 0.5);
    const halfLon = Math.sin(across * RADIANS * 0.5);
    const h = halfLat * halfLat + this.#cosLat * Math.cos(lat * RADIANS) * halfLon * halfLon;
    if (h > this.#limit) return;
    if (this.#dead !== null && this.#dead.has(row)) return;
    if (this.#predicate !== null && !this.#predicate(row)) return;
    if (this.#rows.length < this.#count) {
      this.#rows.push(row);
      this.#h.push(h);
      if (this.#rows.length === this.#count) this.#startHeap();
    } else if (h < this.#h[0]! || (h === this.#h[0]! && row < this.#rows[0]!)) {
      this.#sink(0, row, h);
      this.#lower(this.#h[0]!);
    }
  }

  #startHeap(): void {
    for (let i = (this.#rows.length >> 1) - 1; i >= 0; i--) this.#sink(i, this.#rows[i]!, this.#h[i]!);
    this.#lower(this.#h[0]!);
  }

  #lower(limit: number): void {
    this.#limit = Math.min(this.#limit, limit);
    // The reaches cost three times what a distance does: they follow in steps.
    if (this.#limit < this.#tightenedAt * 0.7) this.#tighten();
  }

  #tighten(): void {
    const h = this.#limit;
    if (h >= 0.5) return;
    this.#tightenedAt = h;
    // A hair more than exact, so that rounding never drops a row at the limit.
    const angle = 2 * Math.asin(Math.sqrt(h));
    this.#latReach = (angle / RADIANS) * (1 + 1e-9) + 1;
    // The circle's widest meridian; a circle that holds a pole touches them all.
    const sine = (2 * Math.sqrt(h * (1 - h))) / this.#cosLat;
    if (angle < this.#poleAngle && sine < 1) this.#lonReach = (Math.asin(sine) / RADIANS) * (1 + 1e-9) + 1;
  }

  #sink(at: number, row: number, h: number): void {
    const rows = this.#rows;
    const hs = this.#h;
    const length = rows.length;
    for (let child = at * 2 + 1; child < length; child = at * 2 + 1) {
      if (child + 1 < length && this.#farther(child + 1, child)) child++;
      if (hs[child]! < h || (hs[child] === h && rows[child]! < row)) break;
      rows[at] = rows[child]!;
      hs[at] = hs[child]!;
      at = child;
    }
    rows[at] = row;
    hs[at] = h;
  }

  #farther(a: number, b: number): boolean {
    return this.#h[a]! > this.#h[b]! || (this.#h[a] === this.#h[b] && this.#rows[a]! > this.#rows[b]!);
  }

  /** A lower bound of `h` to any position in the box; BEYOND where no wanted row can be in it. */
  #boxH(west: number, south: number, east: number, north: number): number {
    const lat = this.#lat;
    const outside = lat < south ? south - lat : lat > north ? lat - north : 0;
    if (outside > this.#latReach) return BEYOND;
    if (this.#lon >= west && this.#lon <= east) return Math.sin(outside * RADIANS * 0.5) ** 2;
    // The nearest position is on the meridian of the nearer edge, over the antimeridian where that is shorter.
    const across = Math.min(turn(west - this.#lon), turn(this.#lon - east));
    if (across > this.#lonReach) return BEYOND;
    const dLon = across * RADIANS;
    const cosLon = Math.cos(dLon);
    const acrossH = this.#cosLat * Math.sin(dLon * 0.5) ** 2;
    // Beyond a quarter turn the way leads over a pole: one of the edge's ends is nearest.
    if (cosLon <= 0) return Math.min(this.#meridianH(south, acrossH), this.#meridianH(north, acrossH)) * SAFE;
    // Else the nearest is where the great circle through the place meets that meridian at a right angle.
    const foot = Math.atan(this.#tanLat / cosLon) / RADIANS;
    return this.#meridianH(Math.min(north, Math.max(south, foot)), acrossH) * SAFE;
  }

  #meridianH(lat: number, acrossH: number): number {
    const halfLat = Math.sin((lat - this.#lat) * RADIANS * 0.5);
    return halfLat * halfLat + Math.cos(lat * RADIANS) * acrossH;
  }
}

/** More than the haversine of any angle. */
const BEYOND = 2;
/** Keeps a bound a bound in spite of rounding. */
const SAFE = 1 - 1e-12;
const LOWER_FIRST = [true, false] as const;
const UPPER_FIRST = [false, true] as const;

/** The angle brought into 0 … 360°, in units. */
function turn(units: number): number {
  return units < 0 ? units + 2 * HALF_TURN : units;
}

function metersOf(h: number): number {
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}
