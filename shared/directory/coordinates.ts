// Coordinates as foreign tables give them: two numbers, prose, metres of a web map, zeros, swapped columns.

/** Half the length of the equator in the web maps' projection, in metres (EPSG:3857). */
const MERCATOR_EDGE = 20_037_508.342_789_244;

export type CoordinateCode =
  'coordinate_projected' | 'coordinate_zero' | 'coordinate_out_of_range' | 'coordinate_unreadable' | 'coordinate_incomplete';

export interface ReadCoordinates {
  /** Degrees; null where there is no usable position. Out of range values are handed on, see `code`. */
  position: { lon: number; lat: number } | null;
  /** Numbers to keep in the record although they are no position on earth. */
  kept: { lon: number; lat: number } | null;
  code: CoordinateCode | null;
}

const NOTHING: ReadCoordinates = { position: null, kept: null, code: null };

/**
 * Reads one position. `latitude` or `longitude` may be undefined where the number could not be read.
 * Metres of the web maps' projection are recognised only where both numbers are far outside degrees and inside the projection.
 */
export function readCoordinates(latitude: number | null | undefined, longitude: number | null | undefined): ReadCoordinates {
  if (latitude === null && longitude === null) return NOTHING;
  if (latitude === undefined || longitude === undefined) return { ...NOTHING, code: 'coordinate_unreadable' };
  if (latitude === null || longitude === null) return { ...NOTHING, code: 'coordinate_incomplete' };
  if (latitude === 0 && longitude === 0) return { ...NOTHING, code: 'coordinate_zero' };
  if (isOnEarth(longitude, latitude)) return { position: { lon: longitude, lat: latitude }, kept: null, code: null };
  if (isMercator(longitude, latitude)) return { position: fromMercator(longitude, latitude), kept: null, code: 'coordinate_projected' };
  return { position: null, kept: { lon: longitude, lat: latitude }, code: 'coordinate_out_of_range' };
}

/** Whether two numbers are degrees of a point on earth. */
export function isOnEarth(lon: number, lat: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function isMercator(x: number, y: number): boolean {
  return Math.abs(x) > 1000 && Math.abs(y) > 1000 && Math.abs(x) <= MERCATOR_EDGE && Math.abs(y) <= MERCATOR_EDGE;
}

/** Degrees of a point in metres of the web maps' projection (spherical Mercator), rounded to a decimetre. */
export function fromMercator(x: number, y: number): { lon: number; lat: number } {
  const lon = (x / MERCATOR_EDGE) * 180;
  const lat = (Math.atan(Math.sinh((y / MERCATOR_EDGE) * Math.PI)) * 180) / Math.PI;
  return { lon: roundDegrees(lon), lat: roundDegrees(lat) };
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** A pair of degrees inside text, such as "Geolocation is 42.1085, -87.9747" or "POINT(-87.9 42.1)"; undefined where there is none. */
export function findCoordinatesInText(text: string): { lon: number; lat: number } | undefined {
  const point = /POINT\s*\(\s*(-?\d+\.\d+)\s+(-?\d+\.\d+)\s*\)/i.exec(text);
  if (point) return onEarthOnly(Number(point[1]), Number(point[2]));
  const pair = /(-?\d{1,2}\.\d{3,})\s*[,;]\s*(-?\d{1,3}\.\d{3,})/.exec(text);
  return pair ? onEarthOnly(Number(pair[2]), Number(pair[1])) : undefined;
}

function onEarthOnly(lon: number, lat: number): { lon: number; lat: number } | undefined {
  return isOnEarth(lon, lat) ? { lon, lat } : undefined;
}
