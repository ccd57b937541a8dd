// A directory that goes out, into an empty one, and out again.

import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { expect } from 'vitest';
import type { Database } from '#server/db/schema.ts';
import { addDemos } from '#server/directory/demo.ts';
import { createSettings } from '#server/settings.ts';
import { importDeps, importFiles, importPaths } from '../import/support.ts';
import { dataPath } from '../support/data.ts';
import type { OpenTestDatabase } from '../support/databases.ts';
import { exportBytes, toText } from './support.ts';

/** Formats that hold everything. */
export const WHOLE_FORMATS = ['hsds', 'hsds-json'] as const;
/** One row a resource: what a row has no room for stays behind. */
export const FLAT_FORMATS = ['csv', 'xlsx', 'geojson'] as const;

/** Directories of the real data that are soon through. */
export const SMALL_SETS = [
  'legal-aid-florida',
  'san-mateo-sample',
  'hsds/examples-3.2.3/csv',
  'hsds/examples-3.2.3',
  'hsds/legacy-2.0-datapackage/all_resources',
  'hsds/legacy-2.0-datapackage/simple',
  'hsds/legacy-2.0-datapackage',
];

/** More than the heads of all tables of the least. */
const MIN_CHARACTERS = 400;

/** Puts something into an empty directory. */
export type Fill = (db: Kysely<Database>) => Promise<unknown>;

export const fillWithDemo: Fill = (db) => {
  const deps = importDeps(db);
  return addDemos({ ...deps, settings: createSettings(db, deps.registry) }, 'test');
};

/** A directory of the real data; `dataPath(set)` is null where it is not there. */
export function fillWithSet(set: string): Fill {
  return (db) => importPaths(db, [dataPath(set) ?? join('(missing)', set)]);
}

/** Every file comes back byte for byte. */
export async function expectSameAfterReturn(open: OpenTestDatabase, fill: Fill, format: string): Promise<void> {
  await using first = await open();
  await fill(first.db);
  const files = await exportBytes(first.db, format);
  expectFilled(files);
  await expectSame(open, files, format);
}

/** What comes back is what every later return gives too. */
export async function expectSettledAfterReturn(open: OpenTestDatabase, fill: Fill, format: string): Promise<void> {
  await using first = await open();
  await using second = await open();
  await fill(first.db);
  const files = await exportBytes(first.db, format);
  const { rows, created } = await importFiles(second.db, files, { source: 'return' });
  expect(created).toBe(rows);
  const again = await exportBytes(second.db, format);
  expectFilled(again);
  await expectSame(open, again, format);
}

async function expectSame(open: OpenTestDatabase, files: Record<string, Uint8Array>, format: string): Promise<void> {
  await using empty = await open();
  const { rows, created } = await importFiles(empty.db, files, { source: 'return' });
  expect(created).toBe(rows);
  const back = await exportBytes(empty.db, format);
  expect(Object.keys(back)).toEqual(Object.keys(files));
  const different = Object.entries(files).flatMap(([name, content]) => {
    const returned = back[name] ?? new Uint8Array();
    if (Buffer.compare(content, returned) === 0) return [];
    const [before, after] = [toText(name, content).split('\n'), toText(name, returned).split('\n')];
    const line = before.findIndex((text, i) => text !== after[i]);
    return [{ name, line, before: before[line], after: after[line] }];
  });
  expect(different).toEqual([]);
}

function expectFilled(files: Record<string, Uint8Array>): void {
  expect(Object.values(files).reduce((sum, content) => sum + content.length, 0)).toBeGreaterThan(MIN_CHARACTERS);
}
