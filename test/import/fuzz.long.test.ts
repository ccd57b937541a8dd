// A million broken files through every reader, those of real directories among them where they are there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from '../support/data.ts';
import { fuzz, SEEDS, type Seed } from './fuzz.ts';

const folder = dataFolder();
const REAL: [reader: string, path: string][] = [
  ['ndjson', 'food-pantries-us/raw_records.ndjson'],
  ['delimited', 'pittsburgh-food/merged_datasets.csv'],
  ['delimited', 'legal-aid-illinois/locations.csv'],
  ['delimited', 'legal-aid-florida/services.csv'],
  ['delimited', 'san-mateo-sample/sample-csv/services.csv'],
  ['json', 'hsds/examples-3.2.3/service_full.json'],
];

it('reads a million broken files without a crash, a hang or a silent loss', { timeout: 7_200_000 }, async () => {
  const real = REAL.flatMap(([reader, path]): Seed[] => {
    const file = folder === null ? '' : join(folder, path);
    return existsSync(file) ? [{ reader, path, bytes: readFileSync(file).subarray(0, 4096) }] : [];
  });
  expect(await fuzz([...SEEDS, ...real], { from: 1_000_000, runs: 1_000_000, mapEvery: 20 })).toBe(50_000);
});
