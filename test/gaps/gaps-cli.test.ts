// `waypost gaps` as it is used from outside: files of anybody, one JSON answer, faults named by file, row and column.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GapRequest, type GapAnswer } from '#shared/gaps/request.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { ServerDeps } from '#server/deps.ts';
import { answerGaps } from '#server/gaps/answer.ts';
import { createGapSources } from '#server/gaps/sources.ts';
import { dataPath } from '../support/data.ts';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const CELLS = 'id,population\na,100\nb,50\nc,0\nd,10\n';
const SITES = 'id,beds\na,2\nb,0\n';
const MATRIX = 'from_id,to_id,travel_time\na,a,0\na,b,12\nb,a,10\nb,b,0\nc,a,30\nc,b,5\n';
const FILES: Record<string, string | Uint8Array> = {
  'cells.csv': CELLS,
  'sites.csv': SITES,
  'matrix.csv': MATRIX,
  'matrix.csv.gz': gzipSync(MATRIX),
  'matrix-excel.csv': `\ufeff${MATRIX.replaceAll(',', ';').replaceAll('\n', '\r\n')}`,
  'matrix-mixed.csv': 'travel_time,note,to_id,from_id\n\n0,"x, ""y""",a,a\n10,,a,b\n',
  'cut.csv.gz': gzipSync(MATRIX.repeat(50)).subarray(0, 60),
  'unknown.csv': `${MATRIX}d,zzz,4\nyyy,a,4\n`,
  'negative.csv': `${MATRIX}d,a,-3\n`,
  'words.csv': `${MATRIX}d,a,NA\nd,b,\n`,
  'twice.csv': `${MATRIX}a,b,13\n`,
  'other.csv': 'origin,destination,minutes\na,a,1\n',
  'unquoted.csv': 'from_id,to_id,travel_time\na,"a,1\nb,a,2\n',
  'western.csv': new Uint8Array([...Buffer.from('id,population\nM'), 0xfc, ...Buffer.from('nster,5\n')]),
  'nobody.csv': 'id,population\na,100\nb,\nc,many\nd,-1\n',
  'nowhere.csv': 'id,population\na,100\n,50\na,3\n',
  'empty.csv': '',
  'places.csv': 'id,lon,lat,population\nx,-8.61,41.15,100\ny,-8.60,41.15,20\n89392214a67ffff,,,5\nnowhere,,,7\n',
  'placed.csv': 'id,lon,lat,population\nx,-8.61,41.15,100\ny,-8.60,41.15,20\n',
  'candidates.csv': 'id\na\nb\n',
  'priced.csv': 'id,rent,beds\na,100,6\nb,40,3\n',
  'free.csv': 'id,rent\na,100\nb,\n',
  'candidate-z.csv': 'id\na\nzz\n',
  'tabs.csv': CELLS.replaceAll(',', '\t'),
  'spaced.csv': 'id , population\n a , 100\n b,50\nc,0\nd,10\n',
  'headers.csv': 'id,population\n',
  'columns.csv': 'id,population,population\na,1,2\n',
  'cut-row.csv': 'id,population\na\n',
  'far.csv': 'id,lon,lat,population\nx,-8.61,95,1\n',
  'hex.csv': `${MATRIX}d,a,0x10\n`,
  'comma.csv': 'from_id;to_id;travel_time\na;a;0,5\n',
  'nan.csv': `${MATRIX}d,a,NaN\nd,b,Infinity\n`,
  'matrix-spaced.csv': MATRIX.replaceAll(',', ' , '),
  'no-rows.csv': 'from_id,to_id,travel_time\n',
  'two.csv.gz': Buffer.concat([gzipSync(MATRIX), gzipSync('d,a,3\n')]),
  'garbage.csv.gz': Buffer.concat([gzipSync(MATRIX), Buffer.from('garbage')]),
  'capacities.csv': 'id,beds\na,many\nb,-1\n',
};
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waypost-gaps-'));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(folder, name), content);
});
afterAll(() => rm(folder, { recursive: true }));

type Written = Record<'demand' | 'supply' | 'travel' | 'measure', object> & { place?: object };

const BASE: Written = {
  demand: { cells: 'cells.csv' },
  supply: { sites: 'sites.csv', capacity: 'beds' },
  travel: { matrix: 'matrix.csv' },
  measure: { name: 'nearest', threshold: 10 },
};

/** Of what is kept here nothing is asked in this file. */
const SOURCES = createGapSources(() =>
  Promise.resolve({ travelTimes: () => Promise.resolve(createTravelTimes()) } as unknown as ServerDeps),
);

const FILE_KEYS = new Set(['cells', 'sites', 'matrix', 'candidates']);

/** A request whose files are those of this test. */
function toRequest(written: Partial<Written>): unknown {
  return JSON.parse(
    JSON.stringify({ ...BASE, ...written }, (key, value: unknown) =>
      FILE_KEYS.has(key) && typeof value === 'string' ? join(folder, value) : value,
    ),
  );
}

const ask = (written: Partial<Written>): Promise<GapAnswer> => answerGaps(GapRequest.parse(toRequest(written)), SOURCES);

async function refusal(written: Partial<Written>): Promise<string> {
  const error: unknown = await ask(written).then(
    () => new Error('was answered'),
    (thrown: unknown) => thrown,
  );
  return (error as Error).message.replaceAll(`${folder}/`, '');
}

function run(args: string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, 'gaps', ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

test('one request on standard input, one document on standard output', async () => {
  const { code, stdout, stderr } = await run(['--request', '-', '--json'], JSON.stringify(toRequest({})));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    cells: [
      { id: 'a', demand: 100, value: 0 },
      { id: 'b', demand: 50, value: 10 },
      { id: 'c', demand: 0, value: 30 },
      { id: 'd', demand: 10, value: null },
    ],
    summary: { demand: 160, reached: 150, unreached: 10, mean: 500 / 150, median: 0 },
    suppressed: 0,
    method: {
      measure: expect.objectContaining({ name: 'nearest', formula: 'min_j c_ij' }) as unknown,
      threshold: 10,
      travel: { from: 'matrix', unit: 'that of the matrix', pairs: 6, estimated: 0 },
      summary: expect.stringContaining('count people') as unknown,
      notes: ['1 cell has no travel cost to anywhere: not reached, such as d.'],
    },
  });
});

test.each([
  [['--json'], '', 2, 'Say which request'],
  [['--request', '-', '--jsn'], '{}', 2, '--jsn'],
  [['--request', '/there/is/none.json'], '', 1, 'There is no file /there/is/none.json.'],
  [['--request', '-'], '{', 1, 'The request is not JSON'],
  [
    ['--request', '-'],
    '{"demand":{"cells":"x"},"supply":{},"travel":{},"measure":{"name":"count"}}',
    1,
    'measure.threshold: say up to which travel cost',
  ],
  [
    ['--request', '-'],
    '{"demand":{"cells":"x"},"supply":{"sites":"y","usableBy":{}},"travel":{},"measure":{"name":"nearest"}}',
    1,
    'supply.needs',
  ],
  [
    ['--request', '-'],
    '{"demand":{"cells":"x","speed":3,"population":"p"},"supply":{"capacity":"beds"},"measure":{"name":"nearest"}}',
    1,
    'demand: there is nothing called "speed" here; demand.population: a population is chosen among those that are kept here',
  ],
  [['--request', '-'], '{"demand":{"cells":"x"},"supply":{},"measure":{"name":"nearest"}}', 1, 'travel: is missing. What it may hold'],
])('%j ends in words, with its exit code', async (args, input, exitCode, message) => {
  const { code, stdout, stderr } = await run(args, input);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
  expect(stderr).toContain(message);
});

test('whoever reads a terminal gets sentences', async () => {
  const place = { objective: 'coverage', sites: 1, candidates: 'candidates.csv', threshold: 5 };
  const { stdout } = await run(['--request', '-'], JSON.stringify(toRequest({ place })));
  expect(stdout).toContain('150 of 160 people are reached, 10 are not.');
  expect(stdout).toContain('Place b: helps 50 people.');
  expect(stdout).toContain('Objective 150: proven to be the best.');
});

test.each(['matrix.csv.gz', 'matrix-excel.csv', 'matrix-spaced.csv'])('%s is read as the plain matrix is', async (matrix) => {
  expect((await ask({ travel: { matrix } })).cells).toEqual((await ask({})).cells);
});

test.each(['tabs.csv', 'spaced.csv'])('cells in %s are read as the plain ones are', async (cells) => {
  expect((await ask({ demand: { cells } })).cells).toEqual((await ask({})).cells);
});

test('a packed file of two parts is read to its end', async () => {
  expect((await ask({ travel: { matrix: 'two.csv.gz' } })).cells.at(-1)).toEqual({ id: 'd', demand: 10, value: 3 });
});

test('what of a request plays no part is told', async () => {
  const place = { objective: 'coverage', sites: 5, candidates: 'candidate-z.csv', threshold: 10 };
  const travel = { matrix: 'matrix.csv', from: 'line' };
  const { method } = await ask({ travel, place, measure: { name: 'nearest', threshold: 10, decay: { kind: 'binary' } } });
  expect(method.notes).toEqual(
    expect.arrayContaining([
      '1 cell has no travel cost to anywhere: not reached, such as d.',
      'No cell has a travel cost to 1 of the candidates, such as zz.',
      'There are only 2 candidates.',
      'Travel costs are those of the matrix; travel.from was not asked.',
      'The measure nearest has no decay: the one of the request was not used.',
    ]),
  );
});

test('columns in any order, with others beside them and empty rows between', async () => {
  const { cells } = await ask({ travel: { matrix: 'matrix-mixed.csv' } });
  expect(cells.map(({ value }) => value)).toEqual([0, 10, null, null]);
});

test('only some cells are demand and supply, in the order in which they are named', async () => {
  const { cells, summary } = await ask({
    demand: { cells: 'cells.csv', only: ['c', 'b'] },
    supply: { sites: 'cells.csv' },
    measure: { name: 'count', threshold: 12 },
  });
  expect(cells).toEqual([
    { id: 'c', demand: 0, value: 1 },
    { id: 'b', demand: 50, value: 1 },
  ]);
  expect(summary.demand).toBe(50);
});

test('placed sites are part of what is answered; with no supply they are all there is', async () => {
  const place = { objective: 'p-median', sites: 1, candidates: 'candidates.csv' };
  const { placed, objective, bound, before, summary, cells } = await ask({ supply: {}, place });
  expect({ placed, objective, bound }).toEqual({ placed: [{ candidate: 'a', gain: 150 }], objective: 500, bound: 500 });
  expect(before?.reached).toBe(0);
  expect(summary.reached).toBe(150);
  expect(cells.map(({ value }) => value)).toEqual([0, 10, 30, null]);
  const nothing = await ask({ supply: {} });
  expect(nothing.summary.unreached).toBe(160);
  expect(nothing.method.notes).toContain('There is no supply: nobody is reached.');
});

test('work on files alone makes no database', async () => {
  const data = join(folder, 'none');
  const request = toRequest({ demand: { cells: 'placed.csv' }, supply: { sites: 'placed.csv' }, travel: {} });
  const { code, stderr } = await run(['--request', '-', '--json', '--data', data], JSON.stringify(request));
  expect({ code, stderr, made: existsSync(data) }).toEqual({ code: 0, stderr: '', made: false });
});

test('within a budget only what it pays is placed, and holds what its column says', async () => {
  const place = { objective: 'coverage', budget: 50, cost: 'rent', capacity: 'beds', candidates: 'priced.csv', threshold: 10 };
  const measure = { name: 'count', threshold: 10 };
  const { placed, spent, objective, bound, cells } = await ask({ supply: {}, measure, place });
  expect({ placed, spent, objective, bound }).toEqual({
    placed: [{ candidate: 'b', gain: 50, cost: 40, capacity: 3 }],
    spent: 40,
    objective: 50,
    bound: 50,
  });
  expect(cells.map(({ value }) => value)).toEqual([0, 3, 3, 0]);
  const more = await ask({ supply: {}, measure, place: { ...place, budget: 140 } });
  expect([more.placed?.map(({ candidate }) => candidate), more.spent]).toEqual([['a'], 100]);
  for (const wrong of [
    { ...place, budget: undefined },
    { ...place, cost: undefined },
    { ...place, objective: 'lscp' },
  ])
    expect(GapRequest.safeParse(toRequest({ place: wrong })).success).toBe(false);
  expect(await refusal({ place: { ...place, candidates: 'free.csv', capacity: undefined } })).toContain(
    'free.csv, row 2, column rent: An empty cell is no number. Write what a site would cost there.',
  );
});

test('without a matrix travel is an estimate, and says so', async () => {
  const { cells, method } = await ask({ demand: { cells: 'placed.csv' }, supply: { sites: 'placed.csv' }, travel: { from: 'line' } });
  expect(cells.map(({ value }) => value)).toEqual([0, 0]);
  expect(method.travel).toEqual({ from: 'line', mode: 'walk', unit: 'minutes', pairs: 4, estimated: 4 });
  expect(method.notes[0]).toContain('estimates from the straight line');
});

test.each<[string, Partial<Written>, string[]]>([
  [
    'ids that no file has',
    { travel: { matrix: 'unknown.csv' } },
    ['unknown.csv, row 7, column to_id: "zzz"', 'unknown.csv, row 8, column from_id: "yyy"'],
  ],
  ['negative minutes', { travel: { matrix: 'negative.csv' } }, ['negative.csv, row 7, column travel_time: "-3" is below zero.']],
  [
    'words for minutes',
    { travel: { matrix: 'words.csv' } },
    ['row 7, column travel_time: "NA" is no number', 'row 8, column travel_time: An empty cell'],
  ],
  ['a pair that stands twice', { travel: { matrix: 'twice.csv' } }, ['more than one row from from_id "a" to to_id "b"']],
  [
    'another table',
    { travel: { matrix: 'other.csv' } },
    ['other.csv has no column "from_id", "to_id", "travel_time". It has: origin, destination, minutes.'],
  ],
  ['a quote that is not closed', { travel: { matrix: 'unquoted.csv' } }, ['unquoted.csv, row 1: a quote is not closed']],
  ['a packed file that is cut off', { travel: { matrix: 'cut.csv.gz' } }, ['cut.csv.gz cannot be unpacked']],
  ['a missing file', { travel: { matrix: 'gone.csv' } }, ['There is no file gone.csv.']],
  ['an empty file', { demand: { cells: 'empty.csv' } }, ['empty.csv is empty']],
  ['text of an old code page', { demand: { cells: 'western.csv' } }, ['western.csv is not UTF-8']],
  [
    'cells without population',
    { demand: { cells: 'nobody.csv' } },
    [
      'row 2, column population: An empty cell is no number. Write 0 where nobody lives.',
      'row 3, column population: "many"',
      'row 4, column population: "-1" is below zero',
    ],
  ],
  [
    'population without a cell, and twice',
    { demand: { cells: 'nowhere.csv' } },
    ['row 2, column id: there is no id', 'row 3, column id: "a" stands in row 1 already'],
  ],
  [
    'population without a place',
    { demand: { cells: 'places.csv' }, travel: { from: 'line' } },
    ['places.csv, row 4, column lon, lat: nothing tells where "nowhere" is'],
  ],
  ['a table without rows', { demand: { cells: 'headers.csv' } }, ['headers.csv has no rows below its header: there are no cells.']],
  ['candidates without rows', { place: { objective: 'coverage', sites: 1, candidates: 'headers.csv' } }, ['there are no candidates']],
  ['a matrix without rows', { travel: { matrix: 'no-rows.csv' } }, ['no-rows.csv has no rows below its header']],
  [
    'a column that stands twice',
    { demand: { cells: 'columns.csv' } },
    ['columns.csv has more than one column "population". Leave one of them'],
  ],
  ['a row that is cut off', { demand: { cells: 'cut-row.csv' } }, ['row 1, column population: An empty cell is no number. Write 0']],
  [
    'degrees that there are not',
    { demand: { cells: 'far.csv' }, travel: { from: 'line' } },
    ['far.csv, row 1, column lon, lat', 'lat from -90 to 90'],
  ],
  ['sixteen as nobody writes it', { travel: { matrix: 'hex.csv' } }, ['row 7, column travel_time: "0x10" is no number']],
  [
    'decimals with a comma',
    { travel: { matrix: 'comma.csv' } },
    ['row 1, column travel_time: "0,5" is no number. Write it without separators of thousands and with a decimal point'],
  ],
  [
    'no numbers',
    { travel: { matrix: 'nan.csv' } },
    ['row 7, column travel_time: "NaN" is no number', 'row 8, column travel_time: "Infinity"'],
  ],
  ['something behind a packed file', { travel: { matrix: 'garbage.csv.gz' } }, ['garbage.csv.gz cannot be unpacked']],
  [
    'capacities that are none',
    { supply: { sites: 'capacities.csv', capacity: 'beds' } },
    ['row 1, column beds: "many" is no number', 'row 2, column beds: "-1" is below zero'],
  ],
  ['cells that there are not', { demand: { cells: 'cells.csv', only: ['a', 'q'] } }, ['cells.csv has no "q".']],
  [
    'streets that there are not',
    { demand: { cells: 'placed.csv' }, supply: { sites: 'placed.csv' }, travel: { from: 'graph' } },
    ['There are no streets for this area.'],
  ],
])('%s is refused in words', async (_, written, expected) => {
  const message = await refusal(written);
  for (const part of expected) expect(message).toContain(part);
});

const REAL = dataPath('gaps', 'belo-horizonte');
const FIVE = ['89a88cdb57bffff', '89a88cdb597ffff', '89a88cdb5b3ffff', '89a88cdb5cfffff', '89a88cd909bffff'];

test.skipIf(!REAL).each([
  ['2sfca', [0.0152, 0.1491, 0.1491, 0.1068, 0]],
  ['bfca', [0.0094, 0.1993, 0.1993, 0.1147, 0]],
])('%s of five cells of Belo Horizonte is what was published', async (name, published) => {
  const land = join(REAL!, 'land_use_data.csv');
  const request = {
    demand: { cells: land, only: FIVE },
    supply: { sites: land, capacity: 'jobs' },
    travel: { matrix: join(REAL!, 'travel_matrix.csv.gz') },
    measure: { name, threshold: 45, decay: { kind: 'binary' } },
  };
  const { code, stdout } = await run(['--request', '-', '--json'], JSON.stringify(request));
  expect(code).toBe(0);
  const { cells } = JSON.parse(stdout) as GapAnswer;
  expect(cells.map(({ id, value }) => [id, Number(value?.toFixed(4))])).toEqual(FIVE.map((id, i) => [id, published[i]]));
});
