// One GeoJSON feature as a row of its properties, with the position of its geometry beside them.

import type { ReadIssue } from '../../shared/plugin-api/index.ts';

type JsonObject = Record<string, unknown>;

/** One feature as a row; null where it is none. */
export function featureRow(feature: unknown, at: { file: string; row: number }): { values: JsonObject; issues: ReadIssue[] } | null {
  if (!isObject(feature) || feature['type'] !== 'Feature') return null;
  const values: JsonObject = { ...(isObject(feature['properties']) ? feature['properties'] : {}) };
  const issues: ReadIssue[] = [];
  if (values['id'] === undefined && (typeof feature['id'] === 'string' || typeof feature['id'] === 'number')) values['id'] = feature['id'];
  const geometry = feature['geometry'];
  if (!isObject(geometry)) return { values, issues };
  const positions = listPositions(geometry);
  const first = positions[0];
  if (first) {
    const center = geometry['type'] === 'Point' ? first : boxCenter(positions);
    values['longitude'] ??= center[0];
    values['latitude'] ??= center[1];
    if (geometry['type'] !== 'Point') {
      const message = `The shape is a ${String(geometry['type'])}; the middle of its box was taken as the position. Give a Point where that is wrong.`;
      issues.push({ ...at, column: 'geometry', code: 'geometry_not_point', severity: 'warning', message, value: String(geometry['type']) });
    }
  }
  return { values, issues };
}

function listPositions(geometry: JsonObject): [number, number][] {
  if (Array.isArray(geometry['geometries'])) return geometry['geometries'].filter(isObject).flatMap(listPositions);
  const found: [number, number][] = [];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'number' && typeof value[1] === 'number') found.push([value[0], value[1]]);
    else for (const part of value) walk(part);
  };
  walk(geometry['coordinates']);
  return found;
}

function boxCenter(positions: [number, number][]): [number, number] {
  let [west, south] = positions[0] as [number, number];
  let [east, north] = [west, south];
  for (const [x, y] of positions) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  }
  return [(west + east) / 2, (south + north) / 2];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
