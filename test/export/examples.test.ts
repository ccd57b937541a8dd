// The official examples of HSDS through an empty directory: valid by the specification, and equal to what came in.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { dataPath } from '../support/data.ts';
import { codes, counts, importPaths } from '../import/support.ts';
import { exportFiles } from './support.ts';

const examples = dataPath('hsds', 'examples-3.2.3');
const schemas = dataPath('hsds', 'schema-3.1');
const json = (...parts: string[]): unknown => JSON.parse(readFileSync(join(...parts), 'utf8'));

const ROOTS: [string, string][] = [
  ['organization_full', 'organization.json'],
  ['service_full', 'service.json'],
  ['service_at_location_full', 'service_at_location.json'],
  ['location', 'objects/location.json'],
  ['taxonomy', 'objects/taxonomy.json'],
  ['taxonomy_term', 'objects/taxonomy_term.json'],
];

describe.skipIf(!examples || !schemas)('examples of HSDS', () => {
  eachDatabase('round trip', (open, engine) => {
    it.each(ROOTS)('%s', async (name, schema) => {
      await using database = await open();
      const report = await importPaths(database.db, [join(examples!, `${name}.json`)]);
      expect(counts(report)).toMatchObject({ rows: 1, created: 1 });
      const trees = JSON.parse((await exportFiles(database.db, 'hsds-json'))[`${name}.json`] ?? '') as unknown[];
      expect(trees).toEqual([json(examples!, `${name}.json`)]);
      if (engine === 'postgres') return;
      const ajv = new Ajv2020({ strict: false });
      (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
      for (const object of readdirSync(join(schemas!, 'objects'))) ajv.addSchema(json(schemas!, 'objects', object) as object, object);
      const validate = ajv.compile(json(schemas!, schema) as object);
      expect([validate(trees[0]), validate.errors]).toEqual([true, null]);
      expect(counts(await importPaths(database.db, [join(examples!, `${name}.json`)]))).toMatchObject({
        created: 0,
        updated: 0,
        unchanged: 1,
      });
    });

    it('the tabular package, cell by cell', async () => {
      await using database = await open();
      const report = await importPaths(database.db, [join(examples!, 'csv')]);
      expect(counts(report)).toMatchObject({ rows: 24, created: 24 });
      expect(codes(report)).toEqual({ file_skipped: 1, reference_missing: 7 });
      const files = await exportFiles(database.db, 'hsds');
      for (const name of readdirSync(join(examples!, 'csv')).filter((file) => file.endsWith('.csv'))) {
        const original = readFileSync(join(examples!, 'csv', name), 'utf8');
        expect(files[name]?.replaceAll('\r\n', '\n').trim()).toBe(original.replaceAll('\r\n', '\n').trim());
      }
      const described = json(examples!, 'csv', 'datapackage.json') as {
        resources: { path: string; schema: { fields: { name: string; constraints?: { required?: boolean } }[] } }[];
      };
      for (const { path, schema } of described.resources) {
        const [header, ...rows] = (files[path] ?? '').split('\r\n').filter(Boolean);
        expect(header?.split(',')).toEqual(schema.fields.map(({ name }) => name));
        expect(rows.length).toBe(1);
      }
    });

    it('the folder of JSON is one import whose files contradict each other', async () => {
      await using database = await open();
      const report = await importPaths(database.db, [examples!], { source: 'examples' });
      expect(report.rows).toBe(report.created + report.unchanged + report.rejected);
      expect(codes(report)).toMatchObject({
        contradiction: expect.any(Number) as number,
        id_repeated_merged: expect.any(Number) as number,
      });
      expect(report.issues.filter(({ code }) => code === 'file_skipped').map(({ file }) => file)).toContain('base.json');
      const again = await importPaths(database.db, [examples!], { source: 'examples' });
      expect(counts(again)).toMatchObject({ created: 0, updated: 0, unchanged: report.rows });
    });
  });
});
