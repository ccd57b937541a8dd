// Reading in a thread of its own: the same rows as here, whatever happens to the file or to whoever asked.

import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hashRow, openImportReader, type HashedRow } from '#server/directory/import-reader.ts';
import formats from '../../plugins/formats/index.ts';

const reader = openImportReader({ pluginsFolder: join(import.meta.dirname, '../../plugins') });
afterAll(() => reader.close());

const PLUGIN = 'waypost-formats';
const request = { plugin: PLUGIN, run: 'delimited', path: 'sites.csv' };
const table = [
  'id,name,notes',
  ...Array.from({ length: 3000 }, (_, i) => `${i},Site ${i},"quoted ""${i}"",\nin two lines – ¿sí?"`),
  '3000,short',
].join('\n');

async function* bytesOf(text: string, piece = 10_000): AsyncIterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

async function readAll(text = table, rows?: ReadonlySet<number>): Promise<{ rows: HashedRow[]; codes: string[] }> {
  const all: HashedRow[] = [];
  const codes: string[] = [];
  for await (const batch of reader.read({ ...request, ...(rows && { rows }) }, bytesOf(text))) {
    all.push(...batch.rows);
    codes.push(...batch.issues.map(({ code }) => code));
  }
  return { rows: all, codes };
}

it('gives the rows and issues that the importer gives, each row with the hash of what it says', async () => {
  const here: HashedRow[] = [];
  for await (const batch of formats.importers!['delimited']!({ path: 'sites.csv', bytes: bytesOf(table) })) here.push(...batch.rows);
  const { rows, codes } = await readAll();
  expect(rows.map(({ row, values }) => ({ row, values }))).toEqual(here);
  expect(rows.map(({ hash }) => hash)).toEqual(here.map(hashRow));
  expect(new Set(rows.map(({ hash }) => hash)).size).toBe(3001);
  expect(codes).toEqual(['short_row']);
});

it('gives only rows that are asked for a second time', async () => {
  expect((await readAll(table, new Set([7, 2999]))).rows.map(({ row }) => row)).toEqual([7, 2999]);
});

it('reads the next file when nobody wants the rest of one', async () => {
  for await (const { rows } of reader.read(request, bytesOf(table))) {
    expect(rows.length).toBeGreaterThan(0);
    break;
  }
  expect((await readAll('id,name\n1,One\n')).rows.map(({ values }) => values)).toEqual([{ id: '1', name: 'One' }]);
});

it('passes on what goes wrong with the file, and reads on', async () => {
  async function* broken(): AsyncIterable<Uint8Array> {
    yield new TextEncoder().encode(table.slice(0, 100_000));
    throw new Error('the disk is gone');
  }
  const reading = async (): Promise<void> => {
    for await (const { rows } of reader.read(request, broken())) expect(rows).toBeDefined();
  };
  await expect(reading()).rejects.toThrow('the disk is gone');
  expect((await readAll('id,name\n1,One\n')).rows).toHaveLength(1);
});

it('says which function a plugin does not have', async () => {
  const reading = async (): Promise<void> => {
    for await (const { rows } of reader.read({ ...request, run: 'nonsense' }, bytesOf('a'))) expect(rows).toBeDefined();
  };
  await expect(reading()).rejects.toThrow('has no function "nonsense"');
});
