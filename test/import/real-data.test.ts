// Real directories, each by one command with the suggested mapping: every row accounted for, every code held against what
// the files themselves hold, and nothing to do the second time.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../support/data.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importPaths } from './support.ts';

const folder = dataFolder();

interface RealSet {
  path: string;
  rows: number;
  rejected: number;
  /** All codes that the import gives. */
  codes: Record<string, number>;
}

const SETS: RealSet[] = [
  {
    path: 'food-pantries-us',
    rows: 3172,
    rejected: 8,
    codes: {
      coordinate_projected: 338,
      coordinate_shared: 144,
      coordinate_zero: 278,
      file_skipped: 1,
      hours_as_text: 226,
      html_entities: 124,
      id_repeated_merged: 312,
      name_missing: 8,
      organization_missing: 2710,
      phone_in_address: 151,
      phone_in_hours: 19,
      phone_unreadable: 23,
      phones_split: 7,
      type_assumed: 1,
    },
  },
  {
    path: 'pittsburgh-food/merged_datasets.csv',
    rows: 1327,
    rejected: 0,
    codes: { html_entities: 7, organization_missing: 1, phones_split: 4, type_missing: 303 },
  },
  {
    path: 'pittsburgh-food/test_id_duplicates.csv',
    rows: 1560,
    rejected: 0,
    codes: { coordinate_zero: 5, html_entities: 7, organization_missing: 1, phones_split: 4, type_missing: 399 },
  },
  {
    path: 'pittsburgh-food',
    rows: 2887,
    rejected: 0,
    codes: { coordinate_zero: 5, file_skipped: 1, html_entities: 14, organization_missing: 2, phones_split: 8, type_missing: 702 },
  },
  {
    path: 'legal-aid-illinois',
    rows: 983,
    rejected: 1,
    codes: {
      coordinate_shared: 20,
      file_skipped: 1,
      hours_as_text: 69,
      name_missing: 1,
      phone_unreadable: 8,
      phones_split: 6,
      reference_missing: 788,
      type_assumed: 1,
    },
  },
  {
    path: 'legal-aid-florida',
    rows: 533,
    rejected: 0,
    codes: { column_unnamed: 2, file_skipped: 1, number_expected: 1, phones_split: 16, type_assumed: 1 },
  },
  {
    path: 'san-mateo-sample',
    rows: 487,
    rejected: 1,
    codes: { date_without_year: 6, file_skipped: 1, hours_implausible: 1, hsds_upgraded: 9, table_unmapped: 1 },
  },
  { path: 'hsds/examples-3.2.3/csv', rows: 24, rejected: 0, codes: { file_skipped: 1, reference_missing: 7 } },
  {
    path: 'hsds/examples-3.2.3',
    rows: 56,
    rejected: 0,
    codes: { contradiction: 24, file_skipped: 2, id_repeated_merged: 32, reference_missing: 25 },
  },
  {
    path: 'hsds/legacy-2.0-datapackage/all_resources',
    rows: 71,
    rejected: 0,
    codes: { file_skipped: 1, hsds_upgraded: 13, reference_missing: 1 },
  },
  { path: 'hsds/legacy-2.0-datapackage/simple', rows: 182, rejected: 0, codes: { file_skipped: 1, hsds_upgraded: 3 } },
  {
    path: 'hsds/legacy-2.0-datapackage',
    rows: 253,
    rejected: 0,
    codes: { contradiction: 3, file_skipped: 3, hsds_upgraded: 16, id_repeated_merged: 52, reference_missing: 1 },
  },
];

type Row = Record<string, string>;

function csv(path: string): Row[] {
  return Papa.parse<Row>(readFileSync(join(folder!, path), 'utf8').replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data;
}

function pantries(): Record<string, unknown>[] {
  const lines = readFileSync(join(folder!, 'food-pantries-us/raw_records.ndjson'), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Rows whose key came before. */
function countRepeats(keys: readonly (string | null)[]): number {
  const known = keys.filter((key) => key !== null);
  return known.length - new Set(known).size;
}

function countDangling(rows: readonly Row[], column: string, ids: ReadonlySet<string | undefined>): number {
  return rows.filter((row) => row[column] && !ids.has(row[column])).length;
}

interface Claim {
  set: string;
  code: string;
  /** What the description of the data says, where it states a figure. */
  described: number | null;
  /** The same counted in the files, by no code of the product. */
  counted: () => number;
  /** Why the import says more or less, and by how much. */
  difference?: [number, string];
}

/** A tax number; and the link of an attribute that does not say to what kind of record. */
const NO_REFERENCES = new Set(['tax_id', 'link_id']);
const far = (value: unknown): boolean => Math.abs(Number(value)) > 180;
const illinois = (): [Row[], Row[], Set<string | undefined>] => [
  csv('legal-aid-illinois/services.csv'),
  csv('legal-aid-illinois/locations.csv'),
  new Set(csv('legal-aid-illinois/organizations.csv').map((row) => row['Organization ID'])),
];

const CLAIMS: Claim[] = [
  {
    set: 'food-pantries-us',
    code: 'coordinate_projected',
    described: 338,
    counted: () => pantries().filter((row) => [row['latitude'], row['lat']].some(far)).length,
  },
  {
    set: 'food-pantries-us',
    code: 'coordinate_zero',
    described: 278,
    counted: () =>
      pantries().filter((row) =>
        [row['latitude'] ?? row['lat'], row['longitude'] ?? row['lng']].every(
          (value) => value !== '' && value !== null && Number(value) === 0,
        ),
      ).length,
  },
  {
    set: 'food-pantries-us',
    code: 'id_repeated_merged',
    described: 311,
    counted: () =>
      countRepeats(pantries().map((row) => ((row['id'] ?? '') === '' ? null : `${String(row['_scraper'])} ${String(row['id'])}`))),
    difference: [1, 'a row without an id is there twice'],
  },
  {
    set: 'pittsburgh-food/merged_datasets.csv',
    code: 'type_missing',
    described: 303,
    counted: () => csv('pittsburgh-food/merged_datasets.csv').filter((row) => !row['type']).length,
  },
  {
    set: 'pittsburgh-food/test_id_duplicates.csv',
    code: 'type_missing',
    described: null,
    counted: () => csv('pittsburgh-food/test_id_duplicates.csv').filter((row) => !row['type']).length,
  },
  {
    set: 'legal-aid-illinois',
    code: 'reference_missing',
    described: 341 + 448,
    counted: () => {
      const [services, locations, ids] = illinois();
      return countDangling(services, 'Organization ID', ids) + countDangling(locations, 'Organization ID', ids);
    },
    difference: [-1, 'one of these rows has no name and is rejected'],
  },
  {
    set: 'hsds/examples-3.2.3/csv',
    code: 'reference_missing',
    described: 7,
    counted: () => {
      const path = 'hsds/examples-3.2.3/csv';
      const tables = readdirSync(join(folder!, path)).filter((name) => name.endsWith('.csv'));
      const all = tables.flatMap((name) => csv(`${path}/${name}`));
      const ids = new Set(all.map((row) => row['id']));
      return all.flatMap((row) =>
        Object.entries(row).filter(([column, value]) => /_id$/.test(column) && !NO_REFERENCES.has(column) && value && !ids.has(value)),
      ).length;
    },
  },
  {
    set: 'san-mateo-sample',
    code: 'date_without_year',
    described: null,
    counted: () =>
      csv('san-mateo-sample/sample-csv/holiday_schedules.csv')
        .flatMap((row) => [row['start_date'], row['end_date']])
        .filter((day) => /0001$/.test(day ?? '')).length,
  },
];

describe.skipIf(!folder)('real directories', () => {
  eachDatabase('imported', (open, engine) => {
    it.each(SETS)('$path', async ({ path, rows, rejected, codes: expected }) => {
      await using database = await open();
      const first = await importPaths(database.db, [join(folder!, path)]);
      expect(counts(first)).toEqual({ rows, created: rows - rejected, updated: 0, unchanged: 0, rejected, conflicts: 0 });
      expect(codes(first)).toEqual(expected);
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
      const linksOf = async (source: string): Promise<number> => {
        await importPaths(database.db, [join(folder!, source)]);
        const links = await database.db
          .selectFrom('service_at_location')
          .innerJoin('source_row', 'source_row.id', 'service_at_location.source_row')
          .innerJoin('source', 'source.id', 'source_row.source_id')
          .select('service_at_location.id')
          .where('source.name', '=', source)
          .execute();
        return links.length;
      };
      expect(await linksOf('legal-aid-florida')).toBe(0);
      expect(await linksOf('legal-aid-illinois')).toBe(illinois()[0].filter((row) => row['Location ID'] && row['Title']).length);
      expect(await linksOf('san-mateo-sample')).toBe(csv('san-mateo-sample/sample-csv/services.csv').length);
    });

    it('puts the places of Illinois where its services say that they are, and knows which are closed', async () => {
      await using database = await open();
      await importPaths(database.db, [join(folder!, 'legal-aid-illinois')]);
      const [services] = illinois();
      const placed = new Set(services.filter((row) => row['Geolocation'] && row['Location ID']).map((row) => row['Location ID']));
      const { db } = database;
      const counted = db.selectFrom('location').select((eb) => eb.fn.countAll<number>().as('places'));
      expect(Number((await counted.where('latitude', 'is not', null).executeTakeFirstOrThrow()).places)).toBe(placed.size);
      expect(await db.selectFrom('service').select('id').where('status', '=', 'inactive').execute()).toHaveLength(43);
    });
  });

  it('are told as their description counts them', () => {
    const lines = CLAIMS.map(({ set, code, described, counted, difference: [more, why] = [0, ''] }) => {
      const found = SETS.find(({ path }) => path === set)?.codes[code] ?? 0;
      const count = counted();
      if (described !== null) expect([set, code, count]).toEqual([set, code, described]);
      expect([set, code, found]).toEqual([set, code, count + more]);
      return `${set.padEnd(40)} ${code.padEnd(22)} ${String(described ?? '').padStart(9)} ${String(count).padStart(7)} ${String(found).padStart(5)} ${why}`;
    });
    console.info(`${'set'.padEnd(40)} ${'code'.padEnd(22)} described counted  told\n${lines.join('\n')}`);
  });
});
