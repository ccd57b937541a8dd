// The outline of where a field on a grid is below a level: marching squares with linear interpolation.

/** Values on a grid of `columns` × `rows`, row by row; all finite. */
export interface GridField {
  columns: number;
  rows: number;
  values: Float32Array;
}

type Ring = [number, number][];

/**
 * Closed rings around all cells below `level`, in grid coordinates (x: column, y: row). Outer rings run counter-clockwise
 * with y upwards, holes clockwise. The field must be at or above the level along its border, so that every ring closes.
 */
export function contourBelow(field: GridField, level: number): Ring[] {
  const next = new Map<number, number>();
  const at = new Map<number, [number, number]>();
  const { columns, rows, values } = field;
  const value = (x: number, y: number) => values[y * columns + x] as number;
  // A crossing is named by the edge of the grid that it lies on: 2 × node for the edge to the right, + 1 for the one upwards.
  const crossing = (x1: number, y1: number, x2: number, y2: number): number => {
    const x = Math.min(x1, x2);
    const y = Math.min(y1, y2);
    const id = (y * columns + x) * 2 + (x1 === x2 ? 1 : 0);
    if (!at.has(id)) {
      const from = value(x, y);
      const to = x1 === x2 ? value(x, y + 1) : value(x + 1, y);
      const share = (level - from) / (to - from);
      at.set(id, x1 === x2 ? [x, y + share] : [x + share, y]);
    }
    return id;
  };
  for (let y = 0; y < rows - 1; y++) {
    for (let x = 0; x < columns - 1; x++) {
      const corners: [number, number][] = [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
      ];
      const inside = corners.map(([cx, cy]) => value(cx, cy) < level);
      if (inside.every((i) => i === inside[0])) continue;
      for (const [enter, leave] of sidesCrossed(inside)) {
        const side = (s: number) => crossing(...(corners[s] as [number, number]), ...(corners[(s + 1) % 4] as [number, number]));
        next.set(side(enter), side(leave));
      }
    }
  }
  return collectRings(next, at);
}

/** Pairs of a square's sides (0: bottom, 1: right, 2: top, 3: left) between which the outline runs, the inside on its left. */
function sidesCrossed(inside: boolean[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let s = 0; s < 4; s++) {
    // Along side s from an inside corner to an outside one the outline leaves the inside: it starts here …
    if (!inside[s] || inside[(s + 1) % 4]) continue;
    // … and ends at the nearest side behind it where the outside ends, which keeps two opposite inside corners apart.
    let back = s;
    while (inside[back]) back = (back + 3) % 4;
    pairs.push([s, back]);
  }
  return pairs;
}

function collectRings(next: Map<number, number>, at: Map<number, [number, number]>): Ring[] {
  const rings: Ring[] = [];
  while (next.size > 0) {
    const [first] = next.keys() as unknown as Iterable<number>;
    const ring: Ring = [];
    for (let id = first; id !== undefined;) {
      ring.push(at.get(id) as [number, number]);
      const following = next.get(id);
      next.delete(id);
      id = following;
    }
    rings.push(ring);
  }
  return rings;
}

/** The signed area of a ring; positive counter-clockwise with y upwards. */
export function ringArea(ring: readonly (readonly [number, number])[]): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[j] as [number, number];
    const [x2, y2] = ring[i] as [number, number];
    twice += x1 * y2 - x2 * y1;
  }
  return twice / 2;
}

/** Whether a position lies in a polygon of rings, by even and odd crossings. */
export function ringsContain(rings: readonly (readonly (readonly [number, number])[])[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i] as [number, number];
      const [x2, y2] = ring[j] as [number, number];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

/** Closed rings as polygons, each with the holes in it: outer rings run counter-clockwise, holes clockwise. */
export function ringsToPolygons(rings: readonly Ring[]): Ring[][] {
  const outer = rings.filter((ring) => ringArea(ring) > 0).sort((a, b) => ringArea(a) - ringArea(b));
  const polygons = outer.map((ring) => [ring]);
  for (const hole of rings.filter((ring) => ringArea(ring) < 0)) {
    // The smallest around it: an island in a lake has holes of its own.
    polygons.find(([around]) => ringsContain([around!], ...hole[0]!))?.push(hole);
  }
  return polygons;
}

/** A closed ring made rounder: each corner cut at a quarter of its sides, `times` times (Chaikin). */
export function smoothRing(ring: Ring, times: number): Ring {
  let points = ring;
  for (let t = 0; t < times; t++) {
    points = points.flatMap(([x1, y1], i) => {
      const [x2, y2] = points[(i + 1) % points.length] as [number, number];
      return [
        [0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2],
        [0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2],
      ] as Ring;
    });
  }
  return points;
}
