// Where the made-up county lies on the globe: in the open Pacific, far from every real place.

import type { Point } from './geometry.ts';

/** The crossing of Mill Street and Union Avenue. */
const ORIGIN = { lon: -128, lat: 44 };

const METERS_PER_LAT = 111_195.08;
/** At 44° north. */
const METERS_PER_LON = 79_987.05;

/** [west, south, east, north] of all that the demo's map draws, sea included. */
export const COUNTY_BOUNDS: [number, number, number, number] = [-128.16, 43.91, -127.92, 44.09];

/** Degrees with six decimals (0.1 m), the same on every machine. */
export function toLonLat([x, y]: Point): [number, number] {
  return [sixDecimals(ORIGIN.lon + x / METERS_PER_LON), sixDecimals(ORIGIN.lat + y / METERS_PER_LAT)];
}

export function fromLonLat({ lon, lat }: { lon: number; lat: number }): Point {
  return [(lon - ORIGIN.lon) * METERS_PER_LON, (lat - ORIGIN.lat) * METERS_PER_LAT];
}

const sixDecimals = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
