// A table or a map layer of resources, for spreadsheets and maps: what a row has no column for stays behind (README says
// what). HSDS is for keeping everything.

import type { ExportFile, ExportSource } from '../../shared/plugin-api/index.ts';
import { toLine, toSafeCell } from './csv-text.ts';
import { FLAT_COLUMNS, listFlatResources } from './flat-resources.ts';

export async function* exportCsv(source: ExportSource): AsyncIterable<ExportFile> {
  yield { path: 'resources.csv', chunks: csvLines(source) };
}

async function* csvLines(source: ExportSource): AsyncIterable<string> {
  yield toLine([...FLAT_COLUMNS]);
  for await (const rows of listFlatResources(source))
    yield rows.map((row) => toLine(FLAT_COLUMNS.map((column) => toSafeCell(row[column])))).join('');
}

export async function* exportGeoJson(source: ExportSource): AsyncIterable<ExportFile> {
  yield { path: 'resources.geojson', chunks: features(source) };
}

/** Resources without a position have none here: their geometry is null, as RFC 7946 has it. */
async function* features(source: ExportSource): AsyncIterable<string> {
  yield '{"type":"FeatureCollection","features":[';
  let separator = '';
  for await (const rows of listFlatResources(source)) {
    let text = '';
    for (const { id, latitude, longitude, ...properties } of rows) {
      const onEarth =
        typeof latitude === 'number' && typeof longitude === 'number' && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      const told = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
      text += `${separator}\n${JSON.stringify({ type: 'Feature', id, geometry: onEarth ? { type: 'Point', coordinates: [longitude, latitude] } : null, properties: told })}`;
      separator = ',';
    }
    yield text;
  }
  yield '\n]}\n';
}
