// An importer for a format that the core does not know, at home in the product and in the cage: the same rows.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ImporterFunction, ReadBatch } from '#shared/plugin-api/functions.ts';
import { createCagedFunction } from '#server/plugins/caged-functions.ts';
import { listModules } from '#server/plugins/package-file.ts';
import { packFolder } from '#server/plugins/pack.ts';
import vcard from '../../plugins/vcard/main.ts';
import { NOTHING, testCage } from './caged.ts';

const ROOT = join(import.meta.dirname, '../..');
const partners = readFileSync(join(ROOT, 'test/fixtures/vcard/partners.vcf'));
const cage = testCage();
afterAll(() => cage.dispose());

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(read: ImporterFunction, bytes: Uint8Array, size: number): Promise<ReadBatch> {
  const all: ReadBatch = { file: '', table: '', columns: [], rows: [], issues: [] };
  for await (const batch of read({ path: 'partners.vcf', bytes: inPieces(bytes, size) })) {
    all.rows.push(...batch.rows);
    all.issues.push(...batch.issues);
  }
  return all;
}

const packed = await packFolder(join(ROOT, 'plugins/vcard'));
if (!packed.ok) throw new Error(packed.issues[0]?.message);
const { files, hash } = packed.value;
const code = { name: 'waypost-vcard', version: '1.0.0', hash, main: 'main.js', modules: listModules(files) };
const inCage = createCagedFunction({ cage, code, ...NOTHING }, 'importers', 'vcard');
const inProcess = vcard.importers!['vcard']!;

describe.each([
  ['in process', inProcess],
  ['in the cage', inCage],
])('address books, %s', (_name, read) => {
  it.each([1, 7, 100_000])('are read whole, in pieces of %d bytes', async (size) => {
    const { rows, issues } = await readAll(read, partners, size);
    expect(rows).toEqual([
      {
        row: 1,
        values: {
          name: 'Harbor Free Clinic',
          organization: 'Harbor Health',
          phone: '+1 555 0100',
          email: 'front.desk@harbor.example',
          street: '12 Quay Street',
          city: 'Alderport',
          region: 'OR',
          postal_code: '97000',
          country: 'USA',
          lat: '44.0102',
          lon: '-128.0312',
          note: 'Walk-in hours Monday to Friday, 9 to 5\nSpanish spoken',
        },
      },
      {
        row: 2,
        values: {
          name: 'Comedor San José – “La Mesa”',
          street: '3 Chapel Lane',
          city: 'Alderport',
          region: 'OR',
          postal_code: '97001',
          phone: '+1-555-0150',
          note: 'A long line that goes on over the fold; and ends here',
        },
      },
      { row: 4, values: { name: 'Night Shelter', phone: '555 0199' } },
      { row: 5, values: { name: 'Legal Aid', url: 'https://legal.example' } },
    ]);
    expect(issues.map(({ row, code }) => [row, code])).toEqual([
      [3, 'card_unnamed'],
      [4, 'card_cut_off'],
      [5, 'card_cut_off'],
    ]);
  });
});

it('takes an address book of many cards in the cage, every card accounted for', async () => {
  const card = (i: number): string => `BEGIN:VCARD\r\nFN:Place ${i}\r\nTEL:${i}\r\n${i % 10 === 0 ? '' : `NOTE:né ${i}\r\n`}END:VCARD\r\n`;
  const text = Array.from({ length: 20_000 }, (_, i) => card(i + 1)).join('');
  const { rows, issues } = await readAll(inCage, Buffer.from(text), 65_536);
  expect(rows.length + issues.length).toBe(20_000);
  expect(rows.at(-1)).toEqual({ row: 20_000, values: { name: 'Place 20000', phone: '20000' } });
  expect(rows[10]?.values['note']).toBe('né 11');
});
