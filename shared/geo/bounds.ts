// Boxes of degrees as [west, south, east, north]. None crosses the antimeridian, except where it is said.

import { METERS_PER_DEGREE } from './distance.ts';
import type { LonLat } from './travel.ts';

/** [west, south, east, north] in degrees. */
export type Bounds = [number, number, number, number];

/** Whether a position lies in the box, its edges included; false for NaN. */
export function boundsContain(bounds: Bounds, lon: number, lat: number): boolean {
  return lon >= bounds[0] && lon <= bounds[2] && lat >= bounds[1] && lat <= bounds[3];
}

/** Whether two boxes share at least a point. */
export function boundsIntersect(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** The smallest box around all finite positions; null where there is none. */
export function boundsOf(points: { lon: ArrayLike<number>; lat: ArrayLike<number> }): Bounds | null {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.lon.length; i++) {
    const lon = points.lon[i] as number;
    const lat = points.lat[i] as number;
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) continue;
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds[0] === Infinity ? null : bounds;
}

/** A box that holds every position within `meters` of `center`; it stays within the poles and the antimeridian. */
export function boundsAround(center: LonLat, meters: number): Bounds {
  const dLat = (meters / METERS_PER_DEGREE) * 1.001;
  const widest = Math.max(Math.abs(center.lat - dLat), Math.abs(center.lat + dLat));
  const dLon = widest >= 89.9 ? 360 : dLat / Math.cos((widest * Math.PI) / 180);
  return [
    Math.max(-180, center.lon - dLon),
    Math.max(-90, center.lat - dLat),
    Math.min(180, center.lon + dLon),
    Math.min(90, center.lat + dLat),
  ];
}

/** A longitude from −180 to 180, whatever times the world was gone around. */
export function wrapLongitude(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}

/** The middle of a box, also of one that crosses the antimeridian. */
export function middleOf([west, south, east, north]: Readonly<Bounds>): LonLat {
  return { lon: wrapLongitude((west + (west > east ? east + 360 : east)) / 2), lat: (south + north) / 2 };
}
