// Records of a file of anybody, CSV or GeoJSON, with what they are called there, so that faults name the place.

import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { PolygonRings } from '#shared/geo/polygon-cells.ts';
import { Problem } from '#shared/platform/problems.ts';
import { readCsvRows } from '../csv-rows.ts';
import { Faults } from '../faults.ts';

export interface FileRecord {
  /** From 1, without the header. */
  row: number;
  texts: readonly (string | undefined)[];
  /** Of a feature: its polygons; empty where it has none. */
  polygons?: PolygonRings[];
}

export interface FileRecords {
  file: string;
  kind: 'table' | 'features';
  columns: string[];
  records: FileRecord[];
}

/** GeoJSON is read as a whole. */
const MOST_BYTES = 256 * 1024 * 1024;

export function isGeoJsonName(file: string): boolean {
  return /\.(geo)?json$/i.test(file);
}

/** Throws a Problem in words on a file that cannot be read. */
export async function readRecords(file: string): Promise<FileRecords> {
  if (/\.(shp|dbf|shx|gpkg|kml|kmz|zip|xlsx?)$/i.test(file))
    throw refuse(`${file} is of a kind that is not read here. Export it as CSV, or as GeoJSON in WGS 84 (EPSG:4326).`);
  return isGeoJsonName(file) ? readFeatures(file) : readTable(file);
}

async function readTable(file: string): Promise<FileRecords> {
  let columns: string[] = [];
  const records: FileRecord[] = [];
  await readCsvRows(file, {
    header: (header) => (columns = header),
    rows(rows, first) {
      for (const [i, texts] of rows.entries()) records.push({ row: first + i, texts });
    },
  });
  if (records.length === 0) throw refuse(`${file} has a header and no rows.`);
  return { file, kind: 'table', columns, records };
}

const Position = z.array(z.number()).min(2);
const Rings = z.array(z.array(Position).min(3)).min(1);
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: Rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(Rings) }),
]);
const Feature = z.object({
  type: z.literal('Feature'),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.unknown(),
});
const Collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()).min(1), crs: z.unknown().optional() });

async function readFeatures(file: string): Promise<FileRecords> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`);
  });
  if (size > MOST_BYTES)
    throw new Problem('too_large', `${file} is larger than 256 MB. Keep only the areas that are needed, or simplify their outlines.`);
  const collection = Collection.safeParse(parseJson(file, await readFile(file, 'utf8')));
  if (!collection.success) throw refuse(`${file} is no GeoJSON FeatureCollection with features in it.`);
  refuseProjection(file, collection.data.crs);
  const faults = new Faults(file, 'features');
  const columns: string[] = [];
  const placeOf = new Map<string, number>();
  const records: FileRecord[] = [];
  for (const [i, one] of collection.data.features.entries()) {
    const feature = Feature.safeParse(one);
    if (!feature.success) {
      faults.add(i + 1, 'type', 'this is no GeoJSON feature.');
      continue;
    }
    const texts: (string | undefined)[] = [];
    for (const [name, value] of Object.entries(feature.data.properties ?? {})) {
      let place = placeOf.get(name);
      if (place === undefined) placeOf.set(name, (place = columns.push(name) - 1));
      texts[place] = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    }
    records.push({ row: i + 1, texts, polygons: readPolygons(feature.data.geometry, i + 1, faults) });
  }
  faults.throwIfAny();
  return { file, kind: 'features', columns, records };
}

function readPolygons(geometry: unknown, row: number, faults: Faults): PolygonRings[] {
  if (geometry === null || geometry === undefined) return [];
  const read = Geometry.safeParse(geometry);
  if (!read.success) {
    const type = (geometry as { type?: unknown }).type;
    faults.add(row, 'geometry', `${typeof type === 'string' ? `a ${type}` : 'this'} has no area. Boundaries are polygons.`);
    return [];
  }
  const polygons = read.data.type === 'Polygon' ? [read.data.coordinates] : read.data.coordinates;
  for (const [lon, lat] of polygons.flat(2) as [number, number][]) {
    if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) continue;
    const isTurned = Math.abs(lat) <= 180 && Math.abs(lon) <= 90;
    faults.add(
      row,
      'geometry',
      isTurned
        ? `${lon}, ${lat}: latitude seems to stand before longitude. In GeoJSON longitude comes first.`
        : `${lon}, ${lat} are no degrees; they seem to be metres of a projection. Export the boundaries in WGS 84 (EPSG:4326).`,
    );
    return [];
  }
  return polygons;
}

/** An older GeoJSON may name its coordinate system; only degrees of WGS 84, or what is the same on a map, are read. */
function refuseProjection(file: string, crs: unknown): void {
  const name = (crs as { properties?: { name?: unknown } } | undefined)?.properties?.name;
  if (typeof name !== 'string' || /CRS84|EPSG:+(\d*:)?(4326|4269|4258)$/i.test(name)) return;
  throw refuse(`${file} is in ${name}, not in degrees. Export it in WGS 84 (EPSG:4326).`);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw refuse(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuse(message: string): Problem {
  return new Problem('bad_request', message);
}
