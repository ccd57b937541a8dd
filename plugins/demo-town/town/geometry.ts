// Plane geometry in metres for drawing the town: curves, polygons, offsets. x is east, y is north.

export type Point = readonly [number, number];

/** A smooth curve through the points (Catmull-Rom), with a point about every `step` metres. */
export function curveThrough(points: readonly Point[], step: number, closed = false): Point[] {
  const count = points.length;
  const at = (i: number): Point => points[closed ? (i + count) % count : Math.max(0, Math.min(count - 1, i))] as Point;
  const curve: Point[] = [];
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const pieces = Math.max(1, Math.round(distance(p1, p2) / step));
    for (let k = 0; k < pieces; k++) {
      const t = k / pieces;
      curve.push([spline(p0[0], p1[0], p2[0], p3[0], t), spline(p0[1], p1[1], p2[1], p3[1], t)]);
    }
  }
  if (!closed) curve.push(at(count - 1));
  return curve;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

export function distance(a: Point, b: Point): number {
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);
}

export function lengthOf(line: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < line.length; i++) length += distance(line[i - 1] as Point, line[i] as Point);
  return length;
}

export function mixPoints(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** The point `meters` along a line, and the direction there as a unit vector. */
export function pointAlong(line: readonly Point[], meters: number): { point: Point; direction: Point } {
  let left = meters;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Point, line[i] as Point];
    const length = distance(a, b);
    if ((left <= length || i === line.length - 1) && length > 0) {
      return { point: mixPoints(a, b, Math.min(1, left / length)), direction: [(b[0] - a[0]) / length, (b[1] - a[1]) / length] };
    }
    left -= length;
  }
  return { point: line[0] as Point, direction: [1, 0] };
}

export function rotate([x, y]: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
}

/** A rectangle of `width` × `height` around a centre, turned counter-clockwise. */
export function rectangle(center: Point, width: number, height: number, degrees: number): Point[] {
  const corners: Point[] = [
    [-width / 2, -height / 2],
    [width / 2, -height / 2],
    [width / 2, height / 2],
    [-width / 2, height / 2],
  ];
  return corners.map((corner) => {
    const [x, y] = rotate(corner, degrees);
    return [center[0] + x, center[1] + y];
  });
}

/** A line beside a line: `meters(share)` to its left (negative: right), the share of the way from 0 to 1. */
export function beside(line: readonly Point[], meters: (share: number) => number): Point[] {
  return line.map((point, i) => {
    const before = line[Math.max(0, i - 1)] as Point;
    const after = line[Math.min(line.length - 1, i + 1)] as Point;
    const length = distance(before, after) || 1;
    const away = meters(i / (line.length - 1));
    return [point[0] - ((after[1] - before[1]) / length) * away, point[1] + ((after[0] - before[0]) / length) * away];
  });
}

export function polygonContains(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [x1, y1] = polygon[i] as Point;
    const [x2, y2] = polygon[j] as Point;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** The nearest point of a segment, and its share of the way from a to b. */
export function nearestOnSegment(p: Point, a: Point, b: Point): { point: Point; share: number; distance: number } {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square));
  const point: Point = [a[0] + dx * share, a[1] + dy * share];
  return { point, share, distance: distance(p, point) };
}

/** Where segment a–b meets c–d, as shares of both; null where it does not. Parallel segments do not meet. */
export function crossing(a: Point, b: Point, c: Point, d: Point): { first: number; second: number } | null {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-9) return null;
  const first = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const second = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  return first < 0 || first > 1 || second < 0 || second > 1 ? null : { first, second };
}

/** The line without the points that lie within `tolerance` of the rest (Douglas and Peucker). */
export function simplified(line: readonly Point[], tolerance: number): Point[] {
  if (line.length < 3) return [...line];
  const first = line[0] as Point;
  const last = line.at(-1) as Point;
  let farthest = 0;
  let split = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const away = nearestOnSegment(line[i] as Point, first, last).distance;
    if (away > farthest) [farthest, split] = [away, i];
  }
  if (farthest <= tolerance) return [first, last];
  return [...simplified(line.slice(0, split + 1), tolerance).slice(0, -1), ...simplified(line.slice(split), tolerance)];
}

/** Items by square of a coarse grid, to find what lies near. */
export class NearGrid<T> {
  #squares = new Map<number, T[]>();
  #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** Adds an item to every square that its box touches. */
  add(item: T, west: number, south: number, east: number, north: number): void {
    this.#eachSquare(west, south, east, north, (key) => {
      const items = this.#squares.get(key);
      if (items) items.push(item);
      else this.#squares.set(key, [item]);
    });
  }

  /** Every item whose square the box touches, each once. */
  near(west: number, south: number, east: number, north: number): Iterable<T> {
    const lists: T[][] = [];
    this.#eachSquare(west, south, east, north, (key) => {
      const items = this.#squares.get(key);
      if (items) lists.push(items);
    });
    return lists.length < 2 ? (lists[0] ?? []) : new Set(lists.flat());
  }

  #eachSquare(west: number, south: number, east: number, north: number, visit: (key: number) => void): void {
    for (let column = Math.floor(west / this.#size); column <= Math.floor(east / this.#size); column++) {
      for (let row = Math.floor(south / this.#size); row <= Math.floor(north / this.#size); row++) visit(column * 65_536 + row + 32_768);
    }
  }
}
