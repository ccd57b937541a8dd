// Mutates the first kilobytes of files and gives them to every reader and to the mapping. What is held against each: it
// ends, it does not throw, rows are numbered once each, and no word of a text goes without a trace.

import formats from '../../plugins/formats/index.ts';
import { createTableReader } from '#shared/directory/map-row.ts';
import { createTreeReader } from '#shared/directory/hsds-tree.ts';
import { upgradeRow } from '#shared/directory/legacy-hsds.ts';
import { createProfile, flattenRow, observeRow } from '#shared/directory/profile.ts';
import { createRecordIds } from '#shared/directory/record-ids.ts';
import { suggestMapping } from '#shared/directory/suggest.ts';
import type { ReadBatch } from '#shared/plugin-api/functions.ts';
import { hashText } from '#server/directory/hash-text.ts';
import { sheetRows, workbook } from './workbook.ts';

export interface Seed {
  reader: string;
  path: string;
  bytes: Uint8Array;
}

const HEAD = 8192;
const TABLE = [
  'id,name,address,city,zip,lat,lon,phone,hours,updated,notes',
  '1,"St. Mary&#8217;s ""Pantry""",12 Main St,Oakdale,43201,41.88,-87.62,555-010-0001 x5,Mon-Fri 9am-5pm,2024-03-02,plain',
  '2,Other,"Line one\nline two",Elm,01036.0,4714515.1,-8572408.0,"555-010-0002; 555-010-0003",2nd Tuesday,02/03/2024,"a, b"',
  '3,Café,Confidential,,,"41°52\'55""N","87°37\'40""W",,closed,45353,',
  '',
].join('\n');
const RECORDS = [
  {
    id: '1',
    name: 'One',
    services: [{ id: 's', name: 'Soup', phones: [{ number: '555-010-0001' }] }],
    locations: [{ id: 'l', latitude: 1.5 }],
  },
  { id: '2', name: 'Two', tags: ['a', 'b'], nested: { deep: { deeper: [1, 2, { x: null }] } } },
];
const text = (reader: string, path: string, content: string): Seed => ({ reader, path, bytes: new TextEncoder().encode(content) });

function book(stored: boolean): Uint8Array {
  return workbook({
    sheets: [
      {
        name: 'Sites',
        rows: sheetRows([['Title'], ['id', 'name', 'day'], [1, 'One', 45353], [2, 'Two', null]]),
        merged: ['A1:C1', 'A3:A4'],
      },
      { name: 'Others', rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>1.5</v></c></row>' },
    ],
    strings: ['<si><t>shared</t></si>'],
    formats: ['m/d/yy'],
    stored,
  });
}

/** A small file of each format, as its program would write it. */
export const SEEDS: readonly Seed[] = [
  text('delimited', 'sites.csv', TABLE),
  text('delimited', 'sites.tsv', TABLE.replaceAll(',', '\t').replaceAll('\n', '\r\n')),
  text('delimited', 'services.csv', 'id,location_id,name,eligibility,fees,taxonomy_ids\n1,2,Soup,"a; b",none,"101, 102"\n'),
  text(
    'delimited',
    'holiday_schedules.csv',
    'id,location_id,start_date,end_date,closed,opens_at,closes_at\n1,2,"January 01, 0001",12/24/15,true,9am,3pm\n',
  ),
  { reader: 'delimited', path: 'wide.csv', bytes: Buffer.from(`\ufeff${TABLE}`, 'utf16le') },
  { reader: 'delimited', path: 'old.csv', bytes: Buffer.from(TABLE, 'latin1') },
  text('ndjson', 'sites.ndjson', RECORDS.map((record) => JSON.stringify(record)).join('\n')),
  text('json', 'organization.json', JSON.stringify(RECORDS, null, 1)),
  text('json', 'page.json', JSON.stringify({ total_items: 2, contents: RECORDS })),
  text('json', 'tables.json', JSON.stringify({ 'organizations.csv': RECORDS })),
  text(
    'geojson',
    'sites.geojson',
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 1,
          properties: { name: 'One' },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 1],
                [0, 0],
              ],
            ],
          },
        },
      ],
    }),
  ),
  { reader: 'xlsx', path: 'book.xlsx', bytes: book(false) },
  { reader: 'xlsx', path: 'stored.xlsx', bytes: book(true) },
];

/** A generator of numbers that a seed determines (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TOKENS = [
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\t',
  ';',
  '|',
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\\u',
  '\0',
  '\ufeff',
  'null',
  '1e999',
  '-',
  'é',
  '\ud800',
  '<',
  '&amp;',
  ']]>',
  'PK\u0003\u0004',
  '%PDF',
];

/** The seed's first kilobytes, changed in one to six places. */
export function mutate({ bytes }: Seed, random: () => number): Uint8Array {
  const pick = (below: number) => Math.floor(random() * below);
  let mutated = bytes.slice(0, HEAD);
  for (let times = 1 + pick(6); times > 0; times--) {
    const at = pick(mutated.length + 1);
    const length = pick(Math.min(40, mutated.length - at + 1));
    const kind = pick(6);
    if (kind === 0 && mutated.length > 0) mutated[Math.min(at, mutated.length - 1)] = pick(256);
    else if (kind === 1) mutated = splice(mutated, at, length);
    else if (kind === 2) mutated = splice(mutated, at, 0, mutated.slice(at, at + length));
    else if (kind === 3) mutated = splice(mutated, at, 0, new TextEncoder().encode(TOKENS[pick(TOKENS.length)]));
    else if (kind === 4)
      mutated = splice(
        mutated,
        at,
        0,
        Uint8Array.from({ length: pick(8) }, () => pick(256)),
      );
    else if (pick(4) === 0) mutated = mutated.slice(0, at);
  }
  return mutated;
}

function splice(bytes: Uint8Array, at: number, remove: number, insert = new Uint8Array()): Uint8Array<ArrayBuffer> {
  const spliced = new Uint8Array(bytes.length - Math.min(remove, bytes.length - at) + insert.length);
  spliced.set(bytes.subarray(0, at));
  spliced.set(insert, at);
  spliced.set(bytes.subarray(at + remove), at + insert.length);
  return spliced;
}

/** Reads the bytes and throws where anything of what is promised is broken. */
export async function checkRead(seed: Seed, bytes: Uint8Array, piece: number): Promise<ReadBatch[]> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  }
  // Time of the processor, not of the clock: the machine may be busy with something else.
  const started = process.cpuUsage();
  const batches: ReadBatch[] = [];
  for await (const batch of formats.importers![seed.reader]!({ path: seed.path, bytes: pieces() })) batches.push(batch);
  if (process.cpuUsage(started).user > 5_000_000) throw new Error('It took more than five seconds of work.');
  const seen = new Set<string>();
  for (const { file, table, rows } of batches) {
    for (const { row } of rows) {
      const place = `${file} ${table} ${row}`;
      if (seen.has(place) || !Number.isInteger(row)) throw new Error(`Row ${place} is there twice, or is no number.`);
      seen.add(place);
    }
  }
  const issues = batches.flatMap((batch) => batch.issues);
  for (const issue of issues) if (issue.message === '' || issue.file === '') throw new Error(`An issue says nothing: ${issue.code}.`);
  if (seed.reader === 'delimited') checkWords(bytes, batches);
  if (seed.reader === 'ndjson') checkLines(bytes, seen.size, issues);
  const isTold = seen.size > 0 || issues.length > 0 || batches.some(({ columns }) => columns.length > 0);
  if (
    !isTold &&
    new TextDecoder().decode(bytes).replace(/[\s\ufeff\0",;|]/g, '') !== '' &&
    seed.reader !== 'json' &&
    seed.reader !== 'geojson'
  )
    throw new Error('Nothing was read, and nothing was said.');
  return batches;
}

/** Every word of a table is in a row, in a column's name or in an issue. */
function checkWords(bytes: Uint8Array, batches: readonly ReadBatch[]): void {
  const codes = new Set(batches.flatMap(({ issues }) => issues.map(({ code }) => code)));
  if (codes.has('not_text') || bytes.some((byte, i) => byte === 0 && i < 2000) || bytes[0] === 0xff || bytes[0] === 0xfe) return;
  const said = JSON.stringify(batches.map(({ columns, rows, issues }) => [columns, rows, issues.map(({ value }) => value)]));
  const words = new TextDecoder('latin1').decode(bytes).match(/[A-Za-z0-9]{3,}/g) ?? [];
  for (const word of words) if (!said.includes(word)) throw new Error(`The word "${word}" is nowhere.`);
}

/** Every line is a row or an issue. */
function checkLines(bytes: Uint8Array, rows: number, issues: ReadBatch['issues']): void {
  if (issues.some(({ code }) => code === 'not_text') || bytes.some((byte) => byte === 0) || bytes[0] === 0xff || bytes[0] === 0xfe) return;
  const lines = new TextDecoder('latin1')
    .decode(bytes)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .split('\n');
  const filled = lines.filter((line) => line.trim() !== '' && line.trim() !== '\u00ef\u00bb\u00bf').length;
  const told = rows + issues.filter(({ code }) => code === 'line_unreadable').length;
  if (told < filled) throw new Error(`${filled} lines, but ${rows} rows and ${told - rows} issues.`);
}

const ids = createRecordIds({ source: 'fuzz', hash: hashText });

/** Maps what was read with the suggested mapping; every row becomes records, or an error says why it does not. */
export function checkMapping(batches: readonly ReadBatch[]): void {
  const profiles = new Map<string, ReturnType<typeof createProfile>>();
  for (const { table, file, rows } of batches) {
    const profile = profiles.get(table) ?? createProfile(table, file);
    profiles.set(table, profile);
    for (const { values } of rows) observeRow(profile, flattenRow(values));
  }
  const mapping = suggestMapping(
    [...profiles.values()].filter(({ rows }) => rows > 0),
    { name: 'fuzz', typeOfText: () => null },
  );
  for (const { table, rows } of batches) {
    const plan = mapping.tables.find((candidate) => candidate.table === table);
    if (!plan) continue;
    const isTree = 'hsds' in plan;
    const reader = isTree
      ? createTreeReader(plan.hsds, { ids, hash: hashText, replaceId: (_, id) => id })
      : createTableReader(plan, { ids, hash: hashText, mainObjectOf: () => undefined, isReferredTo: true });
    for (const { row, values } of rows) {
      const prepared = isTree ? (plan.legacy ? upgradeRow(plan.legacy, values).values : values) : flattenRow(values);
      const key = reader.keyOf(prepared);
      const mapped = reader.map(prepared, key ?? { key: '', base: '', id: null, newest: null }, row);
      if (mapped.records.length === 0 && !mapped.issues.some(({ severity }) => severity === 'error'))
        throw new Error(`Row ${row} became nothing, and nothing was said.`);
    }
  }
}

/** Runs so many mutated files; throws with what is needed to run the one that failed again. */
export async function fuzz(
  seeds: readonly Seed[],
  { from, runs, mapEvery }: { from: number; runs: number; mapEvery: number },
): Promise<number> {
  let mapped = 0;
  for (let run = from; run < from + runs; run++) {
    const random = createRandom(run);
    const seed = seeds[Math.floor(random() * seeds.length)] as Seed;
    const bytes = mutate(seed, random);
    const piece = 1 + Math.floor(random() * 3000);
    try {
      const batches = await checkRead(seed, bytes, piece);
      if (run % mapEvery === 0) {
        checkMapping(batches);
        mapped++;
      }
    } catch (error) {
      throw new Error(
        `Run ${run}, ${seed.path} in pieces of ${piece}: ${error instanceof Error ? error.stack : String(error)}\n${Buffer.from(bytes).toString('base64')}`,
      );
    }
    if (run % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return mapped;
}
