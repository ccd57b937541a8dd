// File formats: what reads them and what writes them.

import { definePlugin } from '../../shared/plugin-api/index.ts';
import { readDelimited } from './delimited.ts';
import { exportCsv, exportGeoJson } from './export-flat.ts';
import { exportHsdsJson } from './export-hsds-json.ts';
import { exportHsdsTabular } from './export-hsds-tabular.ts';
import { exportXlsx } from './export-xlsx.ts';
import { readGeoJson } from './geojson.ts';
import { readJson } from './json.ts';
import { readNdjson } from './ndjson.ts';
import { readXlsx } from './xlsx.ts';

export default definePlugin({
  importers: { delimited: readDelimited, xlsx: readXlsx, ndjson: readNdjson, geojson: readGeoJson, json: readJson },
  exporters: { hsdsTabular: exportHsdsTabular, hsdsJson: exportHsdsJson, csv: exportCsv, xlsx: exportXlsx, geojson: exportGeoJson },
});
