// Distances on the ground between two positions, and a local flat projection for work within a county.

import type { LonLat } from './travel.ts';

/** Mean radius of the Earth in metres (IUGG R1). */
export const EARTH_RADIUS = 6_371_008.8;

const RADIANS = Math.PI / 180;

/** Metres of one degree of latitude on the sphere of {@link EARTH_RADIUS}. */
export const METERS_PER_DEGREE = EARTH_RADIUS * RADIANS;

/** A coordinate to six decimals: 0.1 m, finer than any source, and the same text on every machine. */
export function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** Great-circle distance in metres (haversine, good to 0.5 %). NaN in any coordinate gives NaN. */
export function metersBetween(a: LonLat, b: LonLat): number {
  return haversine(a.lon, a.lat, b.lon, b.lat);
}

/** {@link metersBetween} on bare numbers, for loops over columns. */
export function haversine(lonA: number, latA: number, lonB: number, latB: number): number {
  const halfLat = Math.sin(((latB - latA) * RADIANS) / 2);
  const halfLon = Math.sin(((lonB - lonA) * RADIANS) / 2);
  const h = halfLat * halfLat + Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * halfLon * halfLon;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Angles below this are worked out by {@link hav}, {@link cosNear} and {@link arcMeters}: 127 km. They multiply by constants and
 * never divide, which would take most of the time of a loop over all rows.
 */
export const NEAR_ANGLE = 0.02;

/** Haversine sin²(x / 2) of an angle of at most {@link NEAR_ANGLE} radians: the first terms of its series, exact to 14 digits. */
export function hav(x: number): number {
  const square = x * x;
  return square * (1 / 4) * (1 - square * (1 / 12) * (1 - square * (1 / 30)));
}

/** Cosine of a latitude `x` radians north of one whose sine and cosine are known; `x` at most {@link NEAR_ANGLE}, `havX` its haversine. */
export function cosNear(x: number, havX: number, sine: number, cosine: number): number {
  const square = x * x;
  return cosine * (1 - 2 * havX) - sine * x * (1 - square * (1 / 6) * (1 - square * (1 / 20)));
}

/** Metres of the arc whose haversine is `h`, for arcs of at most {@link NEAR_ANGLE}. */
export function arcMeters(h: number): number {
  return 2 * EARTH_RADIUS * Math.sqrt(h) * (1 + h * (1 / 6 + h * (3 / 40 + h * (15 / 336))));
}

/** Flat metres east (`x`) and north (`y`) of an origin: an equirectangular projection, good to 0.1 % within 50 km of it. */
export interface FlatProjection {
  x(lon: number): number;
  y(lat: number): number;
  lon(x: number): number;
  lat(y: number): number;
}

/** The flat projection around `origin`. */
export function createFlatProjection(origin: LonLat): FlatProjection {
  const perLon = METERS_PER_DEGREE * Math.cos(origin.lat * RADIANS);
  return {
    x: (lon) => (lon - origin.lon) * perLon,
    y: (lat) => (lat - origin.lat) * METERS_PER_DEGREE,
    lon: (x) => origin.lon + x / perLon,
    lat: (y) => origin.lat + y / METERS_PER_DEGREE,
  };
}
