// Real directories with the suggested mapping alone: every row accounted for, and nothing to do the second time.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../support/data.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importPaths } from './support.ts';

const folder = dataFolder();

interface RealSet {
  path: string;
  rows: number;
  rejected: number;
  codes: Record<string, number>;
}

// Figures of SOURCES.md where it states them.
const SETS: RealSet[] = [
  {
    path: 'food-pantries-us',
    rows: 3172,
    rejected: 8,
    codes: { coordinate_projected: 338, coordinate_zero: 278, coordinate_shared: 144, name_missing: 8, file_skipped: 1 },
  },
  { path: 'pittsburgh-food/merged_datasets.csv', rows: 1327, rejected: 0, codes: { organization_missing: 1 } },
  { path: 'hsds/examples-3.2.3/csv', rows: 24, rejected: 0, codes: { reference_missing: 7 } },
  { path: 'legal-aid-illinois', rows: 983, rejected: 1, codes: { name_missing: 1 } },
  { path: 'legal-aid-florida', rows: 533, rejected: 0, codes: {} },
  { path: 'san-mateo-sample', rows: 487, rejected: 1, codes: {} },
];

describe.skipIf(!folder)('real directories', () => {
  eachDatabase('imported', (open, engine) => {
    it.each(SETS)('$path', async ({ path, rows, rejected, codes: expected }) => {
      await using database = await open();
      const first = await importPaths(database.db, [join(folder!, path)]);
      expect(counts(first)).toEqual({ rows, created: rows - rejected, updated: 0, unchanged: 0, rejected, conflicts: 0 });
      expect(codes(first)).toMatchObject(expected);
      if (engine === 'postgres') return;
      const before = JSON.stringify(await dump(database.db));
      const second = await importPaths(database.db, [join(folder!, path)]);
      expect(counts(second)).toEqual({ rows, created: 0, updated: 0, unchanged: rows - rejected, rejected, conflicts: 0 });
      expect(JSON.stringify(await dump(database.db))).toBe(before);
    });

    it('gives no position to what has none, and invents no link', async () => {
      await using database = await open();
      await importPaths(database.db, [join(folder!, 'food-pantries-us')]);
      const places = await database.db.selectFrom('location').select(['latitude', 'longitude']).where('latitude', 'is not', null).execute();
      expect(
        places.filter(
          ({ latitude, longitude }) => Math.abs(latitude!) > 90 || Math.abs(longitude!) > 180 || (latitude === 0 && longitude === 0),
        ),
      ).toEqual([]);
      await importPaths(database.db, [join(folder!, 'legal-aid-florida')]);
      const links = await database.db
        .selectFrom('service_at_location')
        .innerJoin('source_row', 'source_row.id', 'service_at_location.source_row')
        .innerJoin('source', 'source.id', 'source_row.source_id')
        .select('service_at_location.id')
        .where('source.name', '=', 'legal-aid-florida')
        .execute();
      expect(links).toEqual([]);
    });
  });
});
