// Export and import are each other's inverse: whatever the directory holds comes back.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HSDS, HSDS_OBJECTS, hsdsDefinition, type Field, type HsdsObject } from '#shared/directory/hsds.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importFiles } from '../import/support.ts';
import { exportFiles, unordered } from './support.ts';

const id = fc.uuid({ version: 4 });
const text = fc
  .oneof(fc.string({ minLength: 1, maxLength: 10 }), fc.constantFrom('=1+1', '"quoted", twice', 'Ünïcode ✓', 'two\nlines', '0012', 'null'))
  .filter((value) => value.trim() === value && value !== '' && !/&\w+;/.test(value));

/** Records that refer to one another, and now and then to nothing. */
const packages = fc.array(id, { minLength: 3, maxLength: 6 }).chain((ids) => {
  const value = (field: Field): fc.Arbitrary<unknown> => {
    if (field.kind === 'number')
      return fc.oneof(
        fc.integer({ min: -1000, max: 1000 }),
        fc.double({ min: -90, max: 90, noNaN: true }).map((number) => Math.round(number * 1e6) / 1e6),
      );
    if (field.kind === 'ref') return fc.constantFrom(...ids);
    if (field.kind === 'one_of') return fc.constantFrom(...(field.values as string[]));
    return text;
  };
  const record = (object: HsdsObject) =>
    fc.record(
      Object.fromEntries(
        Object.entries(hsdsDefinition(object).fields).map(([name, field]) => {
          if (name === 'id') return [name, fc.constantFrom(...ids)];
          if (name === 'name') return [name, text];
          if (['link_id', 'resource_id'].includes(name)) return [name, fc.constantFrom(...ids)];
          if (['link_entity', 'resource_type'].includes(name)) return [name, fc.constantFrom('service', 'location', 'phone', 'something')];
          return [name, fc.option(value(field), { nil: undefined })];
        }),
      ),
    );
  return fc.tuple(
    ...HSDS_OBJECTS.map((object) =>
      fc
        .uniqueArray(record(object), { maxLength: 3, selector: (one) => (one as { id: string }).id })
        .map((rows) => [object, rows] as const),
    ),
  );
});

function clean(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

eachDatabase('export and import', (open, engine) => {
  it.each(['hsds', 'hsds-json'])(
    'give back any HSDS data: %s',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(packages, async (tables) => {
          await using first = await open();
          await using second = await open();
          const tabular = Object.fromEntries(tables.map(([object, rows]) => [HSDS[object].file, clean(rows)]));
          const report = await importFiles(first.db, { 'tabular.json': JSON.stringify(tabular) });
          expect(report.rejected).toBe(0);
          const before = await dump(first.db);
          const files = await exportFiles(first.db, format);
          await importFiles(second.db, files, { source: 'another' });
          expect(unordered(await dump(second.db))).toEqual(unordered(before));
        }),
        // To make a case smaller takes a pair of databases a try: on SQLite that is soon done.
        { numRuns: engine === 'sqlite' ? 6 : 2, endOnFailure: engine === 'postgres' },
      );
    },
    240_000,
  );

  it('keep other columns and those of ours as attributes, and read them back', async () => {
    await using first = await open();
    await using second = await open();
    await importFiles(first.db, {
      'food-pantries.ndjson': JSON.stringify({
        id: 1,
        name: 'One',
        organization: 'Helpers',
        lat: 40.1,
        lon: -82.5,
        tags: ['a', 'b'],
        note2: '=x',
      }),
    });
    const files = await exportFiles(first.db, 'hsds');
    expect(files['attributes.csv']).toContain('waypost:type');
    expect(files['attributes.csv']).toContain(',=x,');
    const report = await importFiles(second.db, files, { source: 'another' });
    expect(codes(report)).toEqual({ file_skipped: 1 });
    expect(await dump(second.db)).toEqual(await dump(first.db));
    expect(await exportFiles(second.db, 'hsds')).toEqual(files);
    expect(counts(await importFiles(second.db, files, { source: 'another' }))).toMatchObject({ created: 0, updated: 0 });
  });

  it('do not take what says no type for an older version', async () => {
    await using first = await open();
    await using second = await open();
    const id = (n: number) => `7d444840-9dc0-41d1-b245-5ffdce74fad${n}`;
    await importFiles(first.db, {
      'locations.csv': `id,name,location_type\n${id(1)},Old mill,`,
      'addresses.csv': `id,location_id,address_1,city,address_type\n${id(2)},${id(1)},1 Mill Lane,Oakdale,\n${id(3)},${id(4)},2 Mill Lane,Oakdale,`,
    });
    const before = await dump(first.db);
    const report = await importFiles(second.db, await exportFiles(first.db, 'hsds-json'), { source: 'another' });
    expect(codes(report)).toEqual({ reference_missing: 1 });
    expect(unordered(await dump(second.db))).toEqual(unordered(before));
  });

  it('give back ids that are no UUIDs, dangling ones too', async () => {
    await using database = await open();
    const files = {
      'organizations.csv': 'id,name,description\n7,Helpers,We help',
      'services.csv': 'id,organization_id,name,status\n1,7,One,active\n2,8,Two,active',
    };
    await importFiles(database.db, files);
    const written = await exportFiles(database.db, 'hsds');
    expect(written['organizations.csv']).toContain('\r\n7,Helpers');
    expect(
      written['services.csv']
        ?.split('\r\n')
        .slice(1, 3)
        .map((line) => line.split(',').slice(0, 2)),
    ).toEqual([
      ['1', '7'],
      ['2', '8'],
    ]);
    const trees = JSON.parse((await exportFiles(database.db, 'hsds-json'))['organization_full.json'] ?? '') as {
      id: string;
      services: { id: string }[];
    }[];
    expect(trees).toMatchObject([{ id: '7', services: [{ id: '1' }] }]);
  });

  it('export one source alone', async () => {
    await using database = await open();
    await importFiles(database.db, { 'a.csv': 'id,name\n1,One' }, { source: 'a' });
    await importFiles(database.db, { 'b.csv': 'id,name\n1,Two' }, { source: 'b' });
    expect((await exportFiles(database.db, 'csv', 'b'))['resources.csv']).toMatch(/Two/);
    expect((await exportFiles(database.db, 'csv', 'b'))['resources.csv']).not.toMatch(/One/);
    await expect(exportFiles(database.db, 'csv', 'c')).rejects.toThrow('There is no source "c"');
    await expect(exportFiles(database.db, 'pdf')).rejects.toThrow('There is no export format "pdf"');
  });

  it('never tell where a hidden site is', async () => {
    await using database = await open();
    const secret = {
      id: 1,
      name: 'Safe house',
      organization: 'Helpers',
      address: 'Confidential, 99 Secret Lane',
      city: 'Elmville',
      state: 'OH',
      zip: '43999',
      lat: 40.123456,
      lon: -82.654321,
      phone: '555-010-0001',
      full_address: '99 Secret Lane, Elmville',
    };
    const open1 = {
      ...secret,
      id: 2,
      name: 'Open house',
      address: '1 Main St',
      city: 'Oakdale',
      zip: '43201',
      lat: 41.5,
      lon: -81.5,
      full_address: '1 Main St',
    };
    await importFiles(database.db, { 'sites.ndjson': [secret, open1].map((row) => JSON.stringify(row)).join('\n') });
    for (const format of ['hsds', 'hsds-json', 'csv', 'geojson']) {
      const all = Object.values(await exportFiles(database.db, format)).join('\n');
      expect(all).toContain('Safe house');
      expect(all).toContain('555-010-0001');
      expect(all).toContain('1 Main St');
      expect(all).not.toMatch(/Secret|Elmville|43999|40\.12|-82\.65|872[0-9a-f]{12}/);
    }
  });

  it('defuse formulas in tables for spreadsheets', async () => {
    await using database = await open();
    await importFiles(database.db, { 'sites.csv': 'id,name,description\n1,"=HYPERLINK(""x"")",@sum' });
    expect((await exportFiles(database.db, 'csv'))['resources.csv']).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
