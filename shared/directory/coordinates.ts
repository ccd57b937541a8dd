// Coordinates as foreign tables give them: two numbers, prose, metres of a map, zeros, swapped columns. What has one
// reading only is converted and told; everything else is kept as it is and told.

import { findPosition, isEasting, readAngle } from './coordinate-text.ts';
import { findNumber, toText } from './cells.ts';
import { fromMercator, MERCATOR_EDGE } from './projections.ts';

export type CoordinateCode =
  | 'coordinate_projected'
  | 'coordinate_notation'
  | 'coordinate_utm'
  | 'coordinate_swapped'
  | 'coordinate_zero'
  | 'coordinate_zone_missing'
  | 'coordinate_out_of_range'
  | 'coordinate_unreadable'
  | 'coordinate_incomplete';

export interface ReadCoordinates {
  /** Degrees; null where there is no usable position. Out of range values are handed on, see `code`. */
  position: { lon: number; lat: number } | null;
  /** Numbers to keep in the record although they are no position on earth. */
  kept: { lon: number; lat: number } | null;
  code: CoordinateCode | null;
}

/** What to say of each code. */
export const COORDINATE_WORDS: Readonly<Record<CoordinateCode, readonly [severity: 'info' | 'warning' | 'error', message: string]>> = {
  coordinate_projected: [
    'warning',
    'The position is given in metres of a web map and was converted to degrees. Check one of them on the map.',
  ],
  coordinate_notation: [
    'info',
    'The position is written in another way than as degrees with decimals, and was converted. Check one of them on the map.',
  ],
  coordinate_utm: ['warning', 'The position is given in metres of UTM and was converted to degrees. Check one of them on the map.'],
  coordinate_swapped: ['warning', 'Latitude and longitude stand in each other’s place; they were exchanged. Check it on the map.'],
  coordinate_zero: ['warning', 'The position is 0, 0, which lies in the sea: it was taken as missing. Look the address up.'],
  coordinate_zone_missing: [
    'warning',
    'The position seems to be metres of UTM, but nothing says of which zone. It was kept as text; write degrees such as 41.8781 and -87.6298.',
  ],
  coordinate_out_of_range: [
    'error',
    'The position is not on earth (latitude −90 to 90, longitude −180 to 180). It was kept, but is not shown on the map; correct it.',
  ],
  coordinate_unreadable: [
    'warning',
    'The position is no pair of numbers. It was kept as text; write degrees such as 41.8781 and -87.6298.',
  ],
  coordinate_incomplete: ['warning', 'Only one of latitude and longitude is given. It was kept as text; add the other one.'],
};

const NOTHING: ReadCoordinates = { position: null, kept: null, code: null };
/** Nobody serves the public further south: what stands there is a longitude. */
const SOUTHERNMOST = -60;
/** Degrees so near to 0, 0 that they stand for nothing. */
const NEAR_ZERO = 1e-3;

/** Reads one position from the cells of its two columns; either may hold all of it as text. */
export function readPositionCells(latitude: unknown, longitude: unknown): ReadCoordinates {
  const [lat, lon] = [toText(latitude), toText(longitude)];
  const [y, x] = [toDegrees(lat), toDegrees(lon)];
  if (x !== undefined && y !== undefined && (x === null) === (y === null)) return readCoordinates(y, x);
  const found = readPositionText(lat).position ? readPositionText(lat) : readPositionText(lon);
  return found.position ? found : readHalves(lat, lon);
}

/** Reads one position from a cell that holds all of it. */
export function readPositionText(cell: unknown): ReadCoordinates {
  const text = toText(cell);
  if (text === null) return NOTHING;
  const found = findPosition(text);
  if (!found) return { ...NOTHING, code: 'coordinate_unreadable' };
  const read = readCoordinates(found.lat, found.lon);
  if (read.code) return read;
  return { ...read, code: found.notation === 'utm' ? 'coordinate_utm' : found.notation === 'minutes' ? 'coordinate_notation' : null };
}

/** Null where the cell is empty; a decimal comma is told from a separator of thousands by the size of the number. */
function toDegrees(text: string | null): number | null | undefined {
  if (text === null) return null;
  const comma = /^([-+]?\d{1,3}),(\d+)$/.exec(text);
  return comma ? Number(`${comma[1]}.${comma[2]}`) : findNumber(text);
}

function readHalves(lat: string | null, lon: string | null): ReadCoordinates {
  if (lat === null || lon === null) return { ...NOTHING, code: 'coordinate_incomplete' };
  const [first, second] = [readHalf(lat), readHalf(lon)];
  if (!first || !second) return { ...NOTHING, code: 'coordinate_unreadable' };
  const isSwapped = first.axis === 'lon' && second.axis === 'lat';
  if (!isSwapped && (first.axis === 'lon' || second.axis === 'lat')) return { ...NOTHING, code: 'coordinate_unreadable' };
  const read = isSwapped ? readCoordinates(second.degrees, first.degrees) : readCoordinates(first.degrees, second.degrees);
  return read.position ? { ...read, code: isSwapped ? 'coordinate_swapped' : 'coordinate_notation' } : read;
}

function readHalf(text: string): { degrees: number; axis: 'lat' | 'lon' | null } | undefined {
  const number = toDegrees(text);
  return typeof number === 'number' ? { degrees: number, axis: null } : readAngle(text);
}

/**
 * Reads one position. `latitude` or `longitude` may be undefined where the number could not be read.
 * Metres of the web maps' projection are recognised only where both numbers are far outside degrees and inside the
 * projection, and are not such that UTM has them too.
 */
export function readCoordinates(latitude: number | null | undefined, longitude: number | null | undefined): ReadCoordinates {
  if (latitude === null && longitude === null) return NOTHING;
  if (latitude === undefined || longitude === undefined) return { ...NOTHING, code: 'coordinate_unreadable' };
  if (latitude === null || longitude === null) return { ...NOTHING, code: 'coordinate_incomplete' };
  if (Math.abs(latitude) < NEAR_ZERO && Math.abs(longitude) < NEAR_ZERO) return { ...NOTHING, code: 'coordinate_zero' };
  if (isSwapped(longitude, latitude)) return { position: { lon: latitude, lat: longitude }, kept: null, code: 'coordinate_swapped' };
  if (isOnEarth(longitude, latitude)) return { position: { lon: longitude, lat: latitude }, kept: null, code: null };
  if (isEasting(longitude) && latitude > 1000 && latitude <= 10_000_000) return { ...NOTHING, code: 'coordinate_zone_missing' };
  if (isMercator(longitude, latitude)) return { position: fromMercator(longitude, latitude), kept: null, code: 'coordinate_projected' };
  return { position: null, kept: { lon: longitude, lat: latitude }, code: 'coordinate_out_of_range' };
}

/** Whether two numbers are degrees of a point on earth. */
function isOnEarth(lon: number, lat: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function isSwapped(lon: number, lat: number): boolean {
  if (Math.abs(lon) > 90 || !isOnEarth(lat, lon)) return false;
  return Math.abs(lat) > 90 || (lat < SOUTHERNMOST && lon > SOUTHERNMOST);
}

function isMercator(x: number, y: number): boolean {
  return Math.abs(x) > 1000 && Math.abs(y) > 1000 && Math.abs(x) <= MERCATOR_EDGE && Math.abs(y) <= MERCATOR_EDGE;
}
