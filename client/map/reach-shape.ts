// What can be reached, as shapes to fill: the area itself with its holes, and everything else, which fades.

import type { MultiPolygon, Polygon, Position } from 'geojson';

type Ring = readonly (readonly [number, number])[];

/** The whole world in Web Mercator; the map repeats it to either side by itself. */
// prettier-ignore
const WORLD: Position[] = [[-180, -85.06], [180, -85.06], [180, 85.06], [-180, 85.06], [-180, -85.06]];

function ringContains(ring: Ring, [x, y]: readonly [number, number]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as readonly [number, number];
    const b = ring[j] as readonly [number, number];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

function toClosed(ring: Ring): Position[] {
  const positions = ring.map(([lon, lat]) => [lon, lat]);
  const [first] = positions;
  const last = positions.at(-1);
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) positions.push([...first]);
  return positions;
}

interface Nested {
  ring: Ring;
  /** Rings around it: even is area, odd is a hole. */
  depth: number;
  parent: number;
}

function nest(rings: readonly Ring[]): Nested[] {
  const around = rings.map((ring, i) =>
    rings.flatMap((other, k) => (k !== i && ring[0] !== undefined && ringContains(other, ring[0]) ? [k] : [])),
  );
  return rings.map((ring, i) => {
    const outside = around[i] ?? [];
    // The innermost ring around it has the most rings around itself.
    const parent = outside.reduce((best, k) => (best < 0 || (around[k]?.length ?? 0) > (around[best]?.length ?? 0) ? k : best), -1);
    return { ring, depth: outside.length, parent };
  });
}

function withHoles(nested: readonly Nested[], odd: 0 | 1): Position[][][] {
  return nested.flatMap((outer, i) =>
    outer.depth % 2 === odd
      ? [[toClosed(outer.ring), ...nested.filter((hole) => hole.parent === i).map((hole) => toClosed(hole.ring))]]
      : [],
  );
}

/**
 * The area within the rings and the world outside of it. Rings may come in any order and winding; one inside another is a hole,
 * one inside a hole an island. Rings of fewer than three points are left out.
 */
export function reachShapes(rings: readonly Ring[]): { inside: MultiPolygon; outside: MultiPolygon } | null {
  const usable = rings.filter((ring) => ring.length >= 3);
  if (usable.length === 0) return null;
  const nested = nest(usable);
  const world = [WORLD, ...nested.filter((outer) => outer.depth === 0).map((outer) => toClosed(outer.ring))];
  return {
    inside: { type: 'MultiPolygon', coordinates: withHoles(nested, 0) },
    outside: { type: 'MultiPolygon', coordinates: [world, ...withHoles(nested, 1)] },
  };
}

/** A circle of `meters` around a place, as a polygon. */
export function circleAround(lon: number, lat: number, meters: number, corners = 64): Polygon {
  const dLat = meters / 111_195;
  const dLon = dLat / Math.cos((lat * Math.PI) / 180);
  const ring: Position[] = Array.from({ length: corners + 1 }, (_, i) => {
    const angle = ((i % corners) / corners) * 2 * Math.PI;
    return [lon + dLon * Math.cos(angle), lat + dLat * Math.sin(angle)];
  });
  return { type: 'Polygon', coordinates: [ring] };
}
