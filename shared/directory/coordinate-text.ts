// Positions written as text: degrees, minutes and seconds, UTM, and pairs of degrees inside prose.

import { fromUtm } from './projections.ts';

/** How a text gave its position: plain degrees, another notation of degrees, or metres of UTM. */
export interface TextPosition {
  lon: number;
  lat: number;
  notation: 'degrees' | 'minutes' | 'utm';
}

// 41°52'55.2"N, N 41 52.92, 41d52m55s; signs of many keyboards.
const DEGREE = '[°ºd]';
const MINUTE = "['′’‘´m]";
const SECOND = "(?:[\"″”“s]|''|′′|’’)";
const ANGLE = new RegExp(
  `([NSEWO])?\\s*([-+−]?\\d{1,3}(?:[.,]\\d+)?)\\s*(?:${DEGREE}|(?=\\s\\d))\\s*` +
    `(?:(\\d{1,2}(?:[.,]\\d+)?)\\s*(?:${MINUTE}|(?=\\s|[NSEWO]|$))\\s*(?:(\\d{1,2}(?:[.,]\\d+)?)\\s*(?:${SECOND})?)?)?\\s*([NSEWO](?![a-z]))?`,
  'giu',
);
const UTM =
  /\b(\d{1,2})\s*([C-HJ-NP-X]|north|south)\b[\s,:]*(?:E(?:asting)?\s*:?\s*)?(\d{6}(?:\.\d+)?)\s*(?:m?E)?[\s,;]+(?:N(?:orthing)?\s*:?\s*)?(\d{1,8}(?:\.\d+)?)\s*(?:m?N)?/i;

/** One position inside a text of any kind; undefined where there is none, or where it is not on earth. */
export function findPosition(text: string): TextPosition | undefined {
  if (!/\d/.test(text) || text.length > 2000) return undefined;
  const plain = findCoordinatesInText(text);
  if (plain) return { ...plain, notation: 'degrees' };
  return findUtm(text) ?? findAngles(text);
}

/** A pair of degrees inside text, such as "Geolocation is 42.1085, -87.9747" or "POINT(-87.9 42.1)"; undefined where there is none. */
export function findCoordinatesInText(text: string): { lon: number; lat: number } | undefined {
  const point = /POINT\s*Z?\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)/i.exec(text);
  if (point) return onEarthOnly(Number(point[1]), Number(point[2]));
  const named = /lat(?:itude)?["'\s:=]*(-?\d{1,2}(?:\.\d+)?)\D{1,8}?(?:lon|lng|long)(?:gitude)?["'\s:=]*(-?\d{1,3}(?:\.\d+)?)/i.exec(text);
  if (named) return onEarthOnly(Number(named[2]), Number(named[1]));
  const pair =
    /(?<![\d.$])(-?\d{1,2}\.\d+)°?\s*[,;]\s*(-?\d{1,3}\.\d+)(?![\d.])/.exec(text) ??
    /(?<![\d.])(-?\d{1,2}\.\d{3,})°?\s+(-?\d{1,3}\.\d{3,})(?![\d.])/.exec(text);
  if (pair) return onEarthOnly(Number(pair[2]), Number(pair[1]));
  const bare = /^\s*[([]?\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*[)\]]?\s*$/.exec(text);
  if (bare) return onEarthOnly(Number(bare[2]), Number(bare[1]));
  return undefined;
}

/** One angle in degrees, minutes and seconds, or with a letter for its half of the earth: `41°52'55"N`, `87.62 W`. */
export function readAngle(text: string): { degrees: number; axis: 'lat' | 'lon' | null } | undefined {
  const plain = /^\s*([NSEWO])?\s*([-+−]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEWO])?\s*$/i.exec(text);
  if (plain && (plain[1] || plain[3] || text.includes('°'))) return toAngle(plain[2] as string, undefined, undefined, plain[1] ?? plain[3]);
  const found = listAngles(text);
  const [only] = found;
  return found.length === 1 && only && only.length >= text.trim().length ? only : undefined;
}

function findAngles(text: string): TextPosition | undefined {
  const [first, second, ...more] = listAngles(text);
  if (!first || !second || more.length > 0) return undefined;
  const swapped = first.axis === 'lon' || second.axis === 'lat';
  if (first.axis !== null && first.axis === second.axis) return undefined;
  const [lat, lon] = swapped ? [second.degrees, first.degrees] : [first.degrees, second.degrees];
  const position = onEarthOnly(lon, lat);
  return position && { ...position, notation: 'minutes' };
}

function listAngles(text: string): { degrees: number; axis: 'lat' | 'lon' | null; length: number }[] {
  const angles: { degrees: number; axis: 'lat' | 'lon' | null; length: number }[] = [];
  for (const [whole, before, degrees = '', minutes, seconds, after] of text.matchAll(ANGLE)) {
    // Numbers side by side are an angle only where something says so.
    if (!before && !after && !/[°ºd]/iu.test(whole)) continue;
    const angle = toAngle(degrees, minutes, seconds, before ?? after);
    if (angle) angles.push({ ...angle, length: whole.trim().length });
  }
  return angles;
}

function toAngle(
  degrees: string,
  minutes: string | undefined,
  seconds: string | undefined,
  half: string | undefined,
): { degrees: number; axis: 'lat' | 'lon' | null } | undefined {
  const [whole, min, sec] = [degrees, minutes ?? '0', seconds ?? '0'].map((part) => Number(part.replace(',', '.').replace('−', '-')));
  if (whole === undefined || min === undefined || sec === undefined || min >= 60 || sec >= 60) return undefined;
  const letter = half?.toUpperCase() ?? '';
  const sign = whole < 0 || degrees.startsWith('-') || degrees.startsWith('−') || /[SWO]/.test(letter) ? -1 : 1;
  const value = sign * (Math.abs(whole) + min / 60 + sec / 3600);
  const axis = letter === '' ? null : /[NS]/.test(letter) ? 'lat' : 'lon';
  return Math.abs(value) <= (axis === 'lat' ? 90 : 180) ? { degrees: Math.round(value * 1e6) / 1e6, axis } : undefined;
}

function findUtm(text: string): TextPosition | undefined {
  const match = UTM.exec(text);
  if (!match) return undefined;
  const zone = Number(match[1]);
  const band = (match[2] as string).toUpperCase();
  const south = band === 'SOUTH' || (band.length === 1 && band < 'N');
  const [easting, northing] = [Number(match[3]), Number(match[4])];
  if (zone < 1 || zone > 60 || !isEasting(easting) || northing > 10_000_000) return undefined;
  return { ...fromUtm({ zone, south, easting, northing }), notation: 'utm' };
}

/** Metres that lie within a zone of UTM. */
export function isEasting(metres: number): boolean {
  return metres >= 166_000 && metres <= 834_000;
}

function onEarthOnly(lon: number, lat: number): { lon: number; lat: number } | undefined {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : undefined;
}
