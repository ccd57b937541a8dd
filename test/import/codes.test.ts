// A small input for every code that an import may report, and what becomes of its rows.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { importCodes } from '#client/directory/import-codes.ts';
import { sayNoticed } from '#client/directory/import-place.ts';
import { importSays } from '#client/directory/import-says.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { TranslationContribution } from '#shared/plugin-api/points.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importFiles } from './support.ts';

interface Case {
  name: string;
  files: Record<string, string | Uint8Array>;
  /** Code → how often; others may be there too unless `only`. */
  codes: Record<string, number>;
  counts: Partial<ReturnType<typeof counts>>;
}

const SITES = 'id,name,organization,address,city,state,zip,lat,lon,phone,hours';
const site = (id: string, cells: Partial<Record<'name' | 'organization' | 'address' | 'lat' | 'lon' | 'phone' | 'hours', string>> = {}) =>
  [
    id,
    cells.name ?? `Site ${id}`,
    cells.organization ?? 'Helpers',
    cells.address ?? `${id} Main St`,
    'Oakdale',
    'OH',
    '43201',
    cells.lat ?? '40.1',
    cells.lon ?? '-82.5',
    cells.phone ?? '555-010-0001',
    cells.hours ?? 'Mon-Fri 9am-5pm',
  ].join(',');
const sites = (...rows: string[]) => ({ 'sites.csv': [SITES, ...rows].join('\n') });

const CASES: Case[] = [
  { name: 'nothing is wrong', files: sites(site('1'), site('2')), codes: {}, counts: { rows: 2, created: 2, rejected: 0 } },
  {
    name: 'no name',
    files: sites(site('1'), site('2', { name: ' ' })),
    codes: { name_missing: 1 },
    counts: { rows: 2, created: 1, rejected: 1 },
  },
  {
    name: 'a character that a database cannot hold, in a cell and in an id',
    files: sites(site('1', { name: 'Pan\u0000try' }), site('2\u0000'), site('2')),
    codes: { nul_removed: 2, id_repeated_merged: 1 },
    counts: { rows: 3, rejected: 0 },
  },
  {
    name: 'such a character within JSON, and letters that only look like one',
    files: {
      'sites.ndjson': [
        '{"id":"1","name":"Pan\\u0000try","organization":"Helpers","labels":["a\\u0000"]}',
        '{"id":"2","name":"\\\\u0000","organization":"Helpers"}',
      ].join('\n'),
    },
    codes: { nul_removed: 1 },
    counts: { rows: 2, created: 2 },
  },
  {
    name: 'metres',
    files: sites(site('1', { lat: '4714515.12', lon: '-8572408.0' })),
    codes: { coordinate_projected: 1 },
    counts: { created: 1 },
  },
  { name: 'zeros', files: sites(site('1', { lat: '0', lon: '0.0' })), codes: { coordinate_zero: 1 }, counts: { created: 1 } },
  {
    name: 'not on earth',
    files: sites(site('1', { lat: '100', lon: '101' })),
    codes: { coordinate_out_of_range: 1 },
    counts: { created: 1 },
  },
  {
    name: 'half a position',
    files: sites(site('1'), site('2', { lon: ' ' })),
    codes: { coordinate_incomplete: 1 },
    counts: { created: 2 },
  },
  {
    name: 'a position in words',
    files: sites(site('1'), site('2'), site('3', { lat: 'north', lon: 'west' })),
    codes: { coordinate_unreadable: 1 },
    counts: { created: 3 },
  },
  {
    name: 'many places on one point',
    files: sites(...Array.from({ length: 12 }, (_, i) => site(String(i), { address: `${i} Elm St` }))),
    codes: { coordinate_shared: 12 },
    counts: { created: 12 },
  },
  { name: 'HTML', files: sites(site('1', { name: 'St. Mary&#8217;s' })), codes: { html_entities: 1 }, counts: { created: 1 } },
  {
    name: 'several telephones',
    files: sites(site('1', { phone: '555-010-0001 / 555-010-0002' })),
    codes: { phones_split: 1 },
    counts: { created: 1 },
  },
  {
    name: 'no telephone',
    files: sites(site('1'), site('2'), site('3', { phone: 'ask inside' })),
    codes: { phone_unreadable: 1 },
    counts: { created: 3 },
  },
  {
    name: 'telephone as address',
    files: sites(site('1', { address: 'Phone: 555-010-0009' })),
    codes: { phone_in_address: 1 },
    counts: { created: 1 },
  },
  { name: 'telephone as hours', files: sites(site('1', { hours: '555-010-0009' })), codes: { phone_in_hours: 1 }, counts: { created: 1 } },
  {
    name: 'hours in prose',
    files: sites(site('1', { hours: '2nd Tuesday of the month' })),
    codes: { hours_as_text: 1 },
    counts: { created: 1 },
  },
  {
    name: 'organization empty',
    files: sites(site('1'), site('2', { organization: ' ' })),
    codes: { organization_missing: 1 },
    counts: { created: 2 },
  },
  {
    name: 'no organization column',
    files: { 'sites.csv': 'id,name,lat,lon\n1,One,40.1,-82.5\n2,Two,40.2,-82.5' },
    codes: { organization_missing: 1 },
    counts: { created: 2 },
  },
  { name: 'the same row twice', files: sites(site('1'), site('1')), codes: { id_repeated_merged: 1 }, counts: { rows: 2, created: 2 } },
  {
    name: 'two rows with one id',
    files: sites(site('1'), site('2'), site('3'), site('1', { phone: '555-010-0002' })),
    codes: { id_repeated_merged: 1 },
    counts: { rows: 4, created: 4 },
  },
  { name: 'confidential', files: sites(site('1', { address: 'Confidential' })), codes: { location_hidden: 1 }, counts: { created: 1 } },
  {
    name: 'files that are no tables',
    files: { ...sites(site('1')), LICENSE: 'text', 'picture.png': 'x' },
    codes: { file_skipped: 2 },
    counts: { rows: 1 },
  },
  {
    name: 'a broken line',
    files: { 'sites.ndjson': '{"id":1,"name":"One","organization":"Helpers"}\n{"id":2,' },
    codes: { line_unreadable: 1 },
    counts: { rows: 2, created: 1, rejected: 1 },
  },
  {
    name: 'short and long rows',
    files: { 'sites.csv': 'id,name,organization\n1\n2,Two,Helpers,more' },
    codes: { short_row: 1, long_row: 1, name_missing: 1 },
    counts: { rows: 2, created: 1, rejected: 1 },
  },
  {
    name: 'byte order mark',
    files: { 'sites.csv': '\ufeffid,name,organization\n1,One,Helpers' },
    codes: { bom: 1 },
    counts: { created: 1 },
  },
  {
    name: 'another encoding',
    files: { 'sites.csv': Buffer.from('id,organization,name\n1,Helpers,Caf\xe9', 'latin1') },
    codes: { encoding: 1 },
    counts: { created: 1 },
  },
  {
    name: 'a quote left open',
    files: { 'sites.csv': 'id,name,organization\n1,"One,Helpers\n2,Two,Helpers' },
    codes: { quote: 1 },
    counts: { rows: 2, created: 2 },
  },
  {
    name: 'type by the file',
    files: { 'food-pantries.csv': 'id,name,organization\n1,One,Helpers' },
    codes: { type_assumed: 1 },
    counts: { created: 1 },
  },
  {
    name: 'references to nothing',
    files: {
      'organizations.csv': 'Organization ID,Title\n7,Helpers',
      'services.csv': 'Service ID,Title,Organization ID\n1,One,7\n2,Two,8',
    },
    codes: { reference_missing: 1 },
    counts: { rows: 3, created: 3 },
  },
  {
    name: 'HSDS without an id',
    files: { 'units.csv': 'id,name,scheme,identifier\n,Beds,x,y' },
    codes: { id_missing: 1 },
    counts: { created: 1 },
  },
  {
    name: 'HSDS, not a number',
    files: { 'phones.csv': 'id,number,extension,type\n1,555-010-0001,x9,voice' },
    codes: { number_expected: 1 },
    counts: { created: 1 },
  },
  {
    name: 'HSDS, not in the list',
    files: { 'services.csv': 'id,organization_id,name,status\n1,,One,shut' },
    codes: { value_unknown: 1 },
    counts: { created: 1 },
  },
  {
    name: 'HSDS that contradicts itself',
    files: {
      'location.json': '{"id":"a","location_type":"physical","name":"Hall"}',
      'location_list.json': '{"contents":[{"id":"a","location_type":"physical","name":"House"}]}',
    },
    codes: { id_repeated_merged: 1, contradiction: 1 },
    counts: { rows: 2, created: 2 },
  },
];

eachDatabase('codes of an import', (open) => {
  it.each(CASES)('$name', async ({ files, codes: expected, counts: expectedCounts }) => {
    await using database = await open();
    const report = await importFiles(database.db, files);
    expect({
      ...codes(report),
      type_assumed: 0,
      ...(expected['type_assumed'] ? { type_assumed: codes(report)['type_assumed'] } : {}),
    }).toEqual({ type_assumed: 0, ...expected });
    expect(counts(report)).toMatchObject(expectedCounts);
    expect(report.rows).toBe(report.created + report.updated + report.unchanged + report.rejected);
    for (const issue of report.issues) {
      expect(issue.message).toMatch(/^["A-Z0-9].{20,}\.$/s);
      if (issue.code !== 'issues_left_out') expect(issue.file).not.toBe('');
    }
    const again = await importFiles(database.db, files);
    expect(counts(again)).toMatchObject({ created: 0, updated: 0, unchanged: report.rows - report.rejected, rejected: report.rejected });
    expect(codes(again)).toEqual(codes(report));
  });
});

eachDatabase('what a row becomes', (open) => {
  it('is a service at the place of the row, with what the row says of it and nothing else', async () => {
    await using database = await open();
    await importFiles(database.db, { 'sites.csv': `${SITES},snack\n${site('1')},soup` });
    const all = await dump(database.db);
    expect(Object.fromEntries(Object.entries(all).map(([object, rows]) => [object, rows.length]))).toEqual({
      organization: 1,
      service: 1,
      location: 1,
      service_at_location: 1,
      address: 1,
      phone: 1,
      schedule: 1,
    });
    expect(all['service']?.[0]).toMatchObject({ name: 'Site 1', status: 'active', extra: { snack: 'soup' } });
    expect(all['location']?.[0]).toMatchObject({ latitude: 40.1, longitude: -82.5, hidden: 0 });
    expect(all['address']?.[0]).toMatchObject({
      address_1: '1 Main St',
      city: 'Oakdale',
      state_province: 'OH',
      postal_code: '43201',
      country: 'US',
    });
    expect(all['schedule']?.[0]).toMatchObject({
      byday: 'MO,TU,WE,TH,FR',
      opens_at: '09:00',
      closes_at: '17:00',
      description: 'Mon-Fri 9am-5pm',
    });
  });

  it('keeps the newest of two rows with one id, and unites their lists', async () => {
    await using database = await open();
    const row = (date: string, name: string, tags: string[]) => JSON.stringify({ id: 1, name, tags, updated: date });
    const lines = [row('2025-01-01', 'Old', ['a', 'b']), row('2025-03-01', 'New', ['b', 'c']), row('2025-02-01', 'Middle', ['d'])];
    for (const order of [lines, [lines[2], lines[0], lines[1]]]) {
      const others = Array.from({ length: 8 }, (_, i) =>
        JSON.stringify({ id: i + 2, name: `Other ${i}`, tags: [], updated: '2025-01-01' }),
      );
      await importFiles(database.db, { 'sites.ndjson': [...order, ...others].join('\n') });
      const services = (await dump(database.db))['service'] as { name: string; extra: { tags: string[] } }[];
      const service = services.find(({ name }) => !name.startsWith('Other'))!;
      expect(service.name).toBe('New');
      expect(service.extra.tags.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  it('hides a confidential place and knows only its coarse cell', async () => {
    await using database = await open();
    await importFiles(database.db, sites(site('1', { address: 'Undisclosed location' }), site('2')));
    const places = (await dump(database.db))['location'] as { name: string; hidden: number; cell?: string }[];
    expect(places.map(({ name, hidden, cell }) => [name, hidden, cell?.length ?? 0]).sort()).toEqual([
      ['Site 1', 1, 15],
      ['Site 2', 0, 0],
    ]);
  });
});

describe('codes', () => {
  it('each have a name for who reads the report', () => {
    const met = new Set(CASES.flatMap((one) => Object.keys(one.codes)));
    expect([...met].filter((code) => !(`directory.import.code.${code}` in importCodes))).toEqual([]);
    const named = Object.keys(importCodes).map((id) => id.replace('.code.', '.say.'));
    expect(Object.keys(importSays).sort()).toEqual(named.sort());
  });

  it('are said in the language of the reader, with column and value, and in the words of a plugin that nobody else knows', () => {
    const spanish = TranslationContribution.parse(parse(readFileSync('plugins/languages/es/directory.yaml', 'utf8')));
    const messages = createMessages({
      language: 'es',
      bundles: [
        ['en', importSays],
        ['es', spanish.messages],
      ],
    });
    const workbench = { locale: 'es', t: messages.format };
    const issue = { column: 'Phone', value: 'none', message: 'English.', row: 1 };
    const said = sayNoticed(workbench, { ...issue, code: 'phone_unreadable' });
    expect(said.replaceAll(/[\u2066-\u2069]/g, '')).toBe(
      '«Phone» no contiene ningún teléfono. La celda se conservó como está entre las otras columnas.',
    );
    expect(sayNoticed(workbench, { ...issue, code: 'of_a_plugin' })).toBe('English.');
    expect(sayNoticed({ ...workbench, locale: 'en-GB' }, { ...issue, code: 'phone_unreadable' })).toBe('English.');
  });

  it('each have a case', () => {
    // Those of conflicts and ids between sources have tests of their own.
    expect(new Set(CASES.flatMap((one) => Object.keys(one.codes))).size).toBeGreaterThan(25);
  });
});
