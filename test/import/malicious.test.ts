// Files made to do harm: what they are named, what they unpack to, what they say that they are. None may write outside
// its folder, fill the memory, hang or be taken for what it is not.

import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { listInputFiles, unzip } from '#server/directory/import-files.ts';
import { Uploads } from '#server/directory/import-uploads.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importFiles, temporaryFolder } from './support.ts';
import { sheetRows, workbook } from './workbook.ts';

const ZEROS = new Uint8Array(64 << 20);

/** @param level 1 makes zeros as small as 9 does, in a fraction of the time; 0 only puts files together */
function zip(files: Record<string, Uint8Array>, level: 0 | 1 = 1): Uint8Array {
  return zipSync(files as Zippable, { level });
}

const BOMB = zip({ 'bomb.csv': ZEROS });

describe('a package', () => {
  it.each<[string, () => Uint8Array]>([
    ['that unpacks to far more than itself', () => BOMB],
    [
      'of many files that do so together',
      () => zip(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.csv`, ZEROS.subarray(0, 4 << 20)]))),
    ],
    [
      'of more files than any directory has',
      () => zip(Object.fromEntries(Array.from({ length: 10_050 }, (_, i) => [`${i}.csv`, new Uint8Array(1)])), 0),
    ],
  ])('%s is refused', (_, packed) => {
    expect(() => unzip(packed(), 'x.zip')).toThrow(/unpacks to far more|more than 10000 files/);
  });

  it('inside a package stays packed, and is told', async () => {
    using folder = temporaryFolder();
    folder.write({ 'outer.zip': zip({ 'inner.zip': BOMB, 'sites.csv': strToU8('id,name\n1,One') }) });
    expect((await listInputFiles([folder.path])).map(({ path, size }) => [path, size < 1_000_000])).toEqual([
      ['outer.zip/inner.zip', true],
      ['outer.zip/sites.csv', true],
    ]);
  });

  it('writes nothing, wherever its names lead', async () => {
    using folder = temporaryFolder();
    folder.write({
      'x.zip': zip({ '../../evil.csv': strToU8('id,name\n1,One'), '/etc/evil.csv': strToU8('id\n1'), 'C:\\evil.csv': strToU8('id\n1') }),
    });
    const files = await listInputFiles([join(folder.path, 'x.zip')]);
    for (const file of files) for await (const piece of file.open()) expect(piece.length).toBeGreaterThan(0);
    expect(files).toHaveLength(3);
    expect(readdirSync(folder.path)).toEqual(['x.zip']);
  });
});

describe('a folder', () => {
  it('is not left through a link', async () => {
    using folder = temporaryFolder();
    using elsewhere = temporaryFolder();
    elsewhere.write({ 'secret.csv': 'id,name\n1,Secret' });
    folder.write({ 'sites.csv': 'id,name\n1,One' });
    symlinkSync(elsewhere.path, join(folder.path, 'link'));
    symlinkSync(join(elsewhere.path, 'secret.csv'), join(folder.path, 'link.csv'));
    expect((await listInputFiles([folder.path])).map(({ path }) => path)).toEqual(['sites.csv']);
  });
});

describe('an upload', () => {
  const NAMES = [
    '../evil.csv',
    '/evil.csv',
    'a/../../evil.csv',
    '..\\evil.csv',
    'C:\\evil.csv',
    '.evil',
    'a/.evil',
    'evil\0.csv',
    'con:evil.csv',
    '',
    'a//b.csv',
    `${'a'.repeat(400)}.csv`,
  ];

  it.each(NAMES)('named %j is refused, and nothing is written', async (name) => {
    using folder = temporaryFolder();
    const uploads = new Uploads(folder.path);
    const id = await uploads.begin('steward');
    await expect(uploads.write({ id, owner: 'steward' }, name, Readable.from(['x']))).rejects.toThrow('cannot be the name');
    expect(readdirSync(uploads.get(id, 'steward').folder)).toEqual([]);
    expect(readdirSync(folder.path)).toEqual(['uploads']);
  });

  it('belongs to whoever began it', async () => {
    using folder = temporaryFolder();
    const uploads = new Uploads(folder.path);
    const id = await uploads.begin('steward');
    await expect(uploads.write({ id, owner: 'other' }, 'a.csv', Readable.from(['x']))).rejects.toThrow('gone');
    expect(() => uploads.get('../uploads', 'steward')).toThrow('gone');
  });
});

const CASES: [name: string, files: Record<string, string | Uint8Array>, code: string][] = [
  ['a PDF named CSV', { 'sites.csv': '%PDF-1.7\n%binary' }, 'not_text'],
  ['a package named CSV', { 'sites.csv': BOMB }, 'not_text'],
  ['a program named JSON', { 'sites.json': Buffer.from('\x7fELF\x02\x01\x01\0\0\0', 'latin1') }, 'not_text'],
  ['a picture named NDJSON', { 'sites.ndjson': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') }, 'not_text'],
  ['text named XLSX', { 'sites.xlsx': 'id,name\n1,One' }, 'package_damaged'],
  ['a package of something else named XLSX', { 'sites.xlsx': zip({ 'a.txt': strToU8('x') }) }, 'workbook_unreadable'],
  ['an old workbook', { 'sites.xls': new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]) }, 'workbook_unreadable'],
  [
    'a workbook that is a bomb',
    { 'sites.xlsx': workbook({ sheets: [{ name: 'a', rows: '' }], parts: { 'xl/worksheets/sheet1.xml': ZEROS } }) },
    'package_too_large',
  ],
  [
    'a workbook with entities that grow',
    {
      'sites.xlsx': workbook({
        sheets: [{ name: 'a', rows: '' }],
        parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>' },
      }),
    },
    'package_damaged',
  ],
  [
    'a workbook that refers to a file of the machine',
    {
      'sites.xlsx': workbook({
        sheets: [{ name: 'a', rows: '' }],
        parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>' },
      }),
    },
    'package_damaged',
  ],
  ['JSON nested without end', { 'sites.json': '['.repeat(200_000) }, 'json_unreadable'],
  ['a picture with a script in it', { 'picture.svg': '<svg onload="alert(1)"/>' }, 'file_skipped'],
];

eachDatabase('an import', (open) => {
  it.each(CASES)('of %s says what it is, and harms nothing', async (_, files, code) => {
    await using database = await open();
    const report = await importFiles(database.db, { ...files, 'good.csv': 'id,name,organization\n1,Good,Helpers' });
    expect(codes(report)[code]).toBeGreaterThan(0);
    expect((await dump(database.db))['service']).toMatchObject([{ name: 'Good' }]);
  });

  it('keeps names that mean something to a program as names', async () => {
    await using database = await open();
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const report = await importFiles(database.db, {
      'list.csv': `id,name,${names.join(',')}\n1,"'; DROP TABLE service; --",a,b,c,d`,
      'more.ndjson': '{"id":"2","name":"<script>","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      'book.xlsx': workbook({
        sheets: [
          {
            name: '__proto__',
            rows: sheetRows([
              ['id', 'name', '__proto__'],
              [3, '=1+1', 'x'],
            ]),
          },
        ],
      }),
    });
    expect(counts(report)).toMatchObject({ created: 3, rejected: 0 });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const services = (await dump(database.db))['service'] as { name: string }[];
    expect(services.map(({ name }) => name).sort()).toEqual(["'; DROP TABLE service; --", '<script>', '=1+1']);
  });
});

it('reads a file of one endless line without holding more than it must', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'a'));
  writeFileSync(join(folder.path, 'a', 'line.ndjson'), `{"name":"${'x'.repeat(8 << 20)}"`);
  const [file] = await listInputFiles([folder.path]);
  const { default: formats } = await import('../../plugins/formats/index.ts');
  const issues = [];
  for await (const batch of formats.importers!['ndjson']!({ path: file!.path, bytes: file!.open() })) issues.push(...batch.issues);
  expect(issues.map(({ code, value }) => [code, value?.length])).toEqual([['line_unreadable', 200]]);
});
