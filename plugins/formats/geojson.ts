// GeoJSON: each feature of a collection is a row (geojson-feature.ts); features may also come as a list.

import type { ImportFile, ReadBatch } from '../../shared/plugin-api/index.ts';
import { readJson } from './json.ts';

export function readGeoJson(file: ImportFile): AsyncIterable<ReadBatch> {
  return readJson(file);
}
