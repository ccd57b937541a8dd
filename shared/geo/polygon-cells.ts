// Which H3 cells a polygon lies in, and how much of it in each: so that what is known of an area can be told by cell.
// Areas are those of the sphere (longitude × sine of latitude keeps them); edges are straight in that plane. Polygons over
// the antimeridian must be cut there, as GeoJSON asks.

import { POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from 'h3-js';
import { cellRing } from './cells.ts';

/** Rings of one polygon as [lon, lat], the outer one first, holes after it. */
export type PolygonRings = readonly (readonly (readonly number[])[])[];

/**
 * Cells that the polygons touch, each with its part of their whole area; the parts add up to 1.
 * Empty where the polygons have no area. What polygons share counts as often as they share it.
 */
export function splitByCells(polygons: readonly PolygonRings[], resolution: number): Map<string, number> {
  const areas = new Map<string, number>();
  for (const rings of polygons) {
    const [outer, ...holes] = rings.map(toPlane);
    if (!outer || Math.abs(areaOf(outer)) < SMALLEST) continue;
    const degrees = rings.map((ring) => ring.map(([lon, lat]) => [lon!, lat!]));
    const inside = new Set(polygonToCellsExperimental(degrees, resolution, POLYGON_TO_CELLS_FLAGS.containmentFull, true));
    for (const cell of polygonToCellsExperimental(degrees, resolution, POLYGON_TO_CELLS_FLAGS.containmentOverlapping, true)) {
      const corners = toPlane(cellRing(cell));
      const area = inside.has(cell)
        ? Math.abs(areaOf(corners))
        : Math.abs(areaOf(clip(outer, corners))) - holes.reduce((sum, hole) => sum + Math.abs(areaOf(clip(hole, corners))), 0);
      if (area > SMALLEST) areas.set(cell, (areas.get(cell) ?? 0) + area);
    }
  }
  const whole = [...areas.values()].reduce((sum, area) => sum + area, 0);
  for (const [cell, area] of areas) areas.set(cell, area / whole);
  return areas;
}

/** x, y, x, y …; the ring is not closed. */
type PlaneRing = number[];

/** Of the plane's unit: a hundredth of a square millimetre. What is smaller is rounding. */
const SMALLEST = 1e-19;

function toPlane(ring: readonly (readonly number[])[]): PlaneRing {
  const plane: number[] = [];
  const [first, last] = [ring[0], ring.at(-1)];
  const isClosed = ring.length > 1 && first![0] === last![0] && first![1] === last![1];
  const end = isClosed ? ring.length - 1 : ring.length;
  for (let i = 0; i < end; i++) plane.push((ring[i]![0]! * Math.PI) / 180, Math.sin((ring[i]![1]! * Math.PI) / 180));
  return plane;
}

/** Twice nothing is lost to large coordinates: worked out around the first corner. Counter-clockwise is positive. */
function areaOf(ring: PlaneRing): number {
  const [x0 = 0, y0 = 0] = ring;
  let sum = 0;
  for (let i = 2; i + 3 < ring.length; i += 2) {
    sum += (ring[i]! - x0) * (ring[i + 3]! - y0) - (ring[i + 2]! - x0) * (ring[i + 1]! - y0);
  }
  return sum / 2;
}

/**
 * What of a ring lies in a convex one (Sutherland and Hodgman, Communications of the ACM 17, 1974). Where that is in pieces,
 * edges along the border join them; they enclose nothing, so the area is right.
 */
function clip(ring: PlaneRing, convex: PlaneRing): PlaneRing {
  const turn = Math.sign(areaOf(convex));
  let kept = ring;
  for (let i = 0; i < convex.length && kept.length > 0; i += 2) {
    const [ax, ay] = [convex[i]!, convex[i + 1]!];
    const [bx, by] = [convex[(i + 2) % convex.length]!, convex[(i + 3) % convex.length]!];
    const side = (x: number, y: number): number => turn * ((bx - ax) * (y - ay) - (by - ay) * (x - ax));
    const next: number[] = [];
    let [px, py] = [kept[kept.length - 2]!, kept[kept.length - 1]!];
    let before = side(px, py);
    for (let k = 0; k < kept.length; k += 2) {
      const [x, y] = [kept[k]!, kept[k + 1]!];
      const now = side(x, y);
      if (now >= 0 !== before >= 0) {
        const part = before / (before - now);
        next.push(px + part * (x - px), py + part * (y - py));
      }
      if (now >= 0) next.push(x, y);
      [px, py, before] = [x, y, now];
    }
    kept = next;
  }
  return kept;
}
