// The canary table: every door by which something of the directory leaves, and behind none of them where the shelter is.

import { createIntl } from '@formatjs/intl';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { unzipSync } from 'fflate';
import { gridDisk } from 'h3-js';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { positionOf, toHandoutSource, type DirectoryRecord } from '#client/handout/source.ts';
import { composeHandout } from '#shared/handout/compose.ts';
import { HandoutTemplate } from '#shared/handout/template.ts';
import { cellAt } from '#shared/geo/cells.ts';
import { messages } from '#client/handout/messages.ts';
import { exportDirectory } from '#server/directory/export.ts';
import { runImport } from '#server/directory/import-run.ts';
import { worldX, worldY } from '#shared/geo/tile-math.ts';
import { gapsCommand } from '#server/gaps/command.ts';
import { addPopulation } from '#server/gaps/population/store.ts';
import { findCommand } from '#server/matching/command.ts';
import { exportCommand } from '#server/directory/command.ts';
import { problemsCommand } from '#server/directory/problems-command.ts';
import { searchCommand } from '#server/directory/search-command.ts';
import { hiddenCommand } from '#server/directory/hidden-command.ts';
import { auditCommand } from '#server/audit/command.ts';
import type { CliIo, Command } from '#server/command.ts';
import { sayFailure } from '#server/cli-failure.ts';
import { toText } from '../export/support.ts';
import { findPostgres } from '../support/postgres-server.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { CANARY, HOTLINE, SECRET, shelterTown, write } from './shelter.ts';

const NEAR = { lon: -93.11, lat: 44.98 };
const REQUEST = { near: NEAR, travel: { mode: 'drive' as const, minutes: 60 }, needs: [{ term: 'safety' }, { term: 'food' }] };

/** The shelter's own cell and those around it. */
function aroundTheShelter() {
  const cells = gridDisk(cellAt(SECRET, 9), 3).sort();
  const people = new Float64Array(cells.length).fill(10);
  return { resolution: 9, cells, groups: [{ id: 'all', people }], areas: null, notes: [] };
}

const GAPS = {
  demand: { cells: 'stored' },
  supply: { needs: ['safety', 'food'] },
  travel: { mode: 'drive' },
  measure: { name: 'coverage', threshold: 30 },
};

describe.each(['sqlite', 'postgres'] as const)('the canary table on %s', (engine) => {
  if (engine === 'postgres' && !findPostgres()) return it.skip('PostgreSQL is not installed');
  let app: TestApp;
  let log = '';

  beforeAll(async () => {
    const stream = new PassThrough();
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
    app = await testApp({ engine, log: pino({ level: 'trace' }, stream) });
    await app.deps.settings.setDemo({ 'access.findWithoutAccount': true });
    await app.deps.directory.ready;
    const changed = new Promise<void>((resolve) => {
      app.deps.directory.onDidChange((index) => index.findRow('refuge-house') !== undefined && resolve());
    });
    await write(app.deps.db, shelterTown());
    await app.deps.feed.poll();
    await changed;
  });
  afterAll(() => app[Symbol.asyncDispose]());

  const viewer = () => app.caller('viewer');
  const steward = () => app.caller('steward');

  /** What HTTP gives, whoever asks. */
  async function http(path: string, body?: unknown): Promise<string> {
    const response = await fetch(`${app.url}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', origin: app.url },
    });
    return `${response.status} ${response.headers.get('location') ?? ''} ${Buffer.from(await response.arrayBuffer()).toString('latin1')}`;
  }

  async function cli(command: Command, args: string[], stdin = ''): Promise<string> {
    const [input, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    input.end(stdin);
    const deps = Object.create(app.deps, { [Symbol.asyncDispose]: { value: async () => undefined } }) as Awaited<
      ReturnType<CliIo['openApp']>
    >;
    const io: CliIo = {
      stdin: input,
      stdout,
      stderr,
      data: app.dataFolder,
      openApp: () => Promise.resolve(deps),
      openRegistry: () => Promise.resolve(app.deps.registry),
    };
    const failure = await command.run(args, io).then(
      () => '',
      (error: unknown) => sayFailure(error, command).text,
    );
    return [stdout, stderr].map((stream) => String(stream.read() ?? '')).join('') + failure;
  }

  async function files(format: string): Promise<string> {
    const out = join(app.dataFolder, `out-${format}`);
    await exportDirectory(app.deps, { format, out });
    return readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => toText(entry.name, readFileSync(join(entry.parentPath, entry.name))))
      .join('\n');
  }

  /** Each gives all that comes out of it; `has` is there, so that no door is thought shut because it is empty. */
  const DOORS: { door: string; out: () => Promise<unknown>; has: RegExp }[] = [
    {
      door: 'the index',
      out: async () => {
        const index = app.deps.directory.current();
        return [...index.rowsAll().toArray()].map((row) => index.resource(row));
      },
      has: /Night refuge/,
    },
    {
      door: 'tiles of every zoom, at the place and around it',
      out: async () => {
        const { version } = app.deps.directory.current();
        const addresses = Array.from({ length: 17 }, (_, z) => {
          const [x, y] = [Math.floor(worldX(SECRET.lon) * 2 ** z), Math.floor(worldY(SECRET.lat) * 2 ** z)];
          return `/tiles/resources/${version}/${z}/${x}/${y}.mvt`;
        });
        const tiles = await Promise.all(addresses.map((address) => http(address)));
        expect(tiles.join('')).not.toMatch(/refuge/);
        expect(tiles[16]).toMatch(/^204/);
        return tiles;
      },
      has: /Lakeside Pantry/,
    },
    { door: 'status and bounds', out: () => http('/api/trpc/directory.status'), has: /"bounds":\[-93\.2,/ },
    {
      door: 'a box that holds it, with what is counted in it',
      out: async () => {
        const around = await viewer().directory.browse({ bounds: [-93.13, 44.98, -93.12, 44.99], problems: true });
        expect(around).toMatchObject({ total: 0, hits: [], counts: { type: {}, hidden: 0, area: {}, problem: {} } });
        const all = await viewer().directory.browse({ bounds: [-94, 44, -92, 46] });
        expect(all.total).toBe(3);
        expect(await viewer().directory.chosen({ bounds: [-94, 44, -92, 46] })).not.toContain('refuge-house');
        return all;
      },
      has: /Soup kitchen/,
    },
    {
      door: 'find, over HTTP',
      out: () => http('/api/trpc/find.match', REQUEST),
      has: /Night refuge.*"meters":null,"minutes":null|"meters":null,"minutes":null.*Night refuge/,
    },
    {
      door: 'find in other words and languages',
      out: () => viewer().find.match({ ...REQUEST, text: 'night', language: 'es' }),
      has: /refuge-house/,
    },
    {
      door: 'the slice of a browser',
      out: () => http('/api/trpc/find.slice', { near: NEAR, travel: REQUEST.travel }),
      has: /Night refuge.*555-010-0142|555-010-0142.*Night refuge/,
    },
    {
      door: 'search',
      out: async () => {
        for (const text of ['secret', 'heron', 'mill', '55199', 'whispering', 'q9zx7']) {
          const hits = await viewer().directory.search({ text, limit: 50, near: SECRET });
          expect(
            hits.map(({ id }) => id),
            text,
          ).not.toContain('refuge-house');
        }
        return [
          await viewer().directory.search({ text: 'night refuge', limit: 50, near: SECRET }),
          await viewer().directory.search({ text: HOTLINE, limit: 50 }),
        ];
      },
      has: /refuge-house.*refuge-house/,
    },
    {
      door: 'the directory by words and filters, also mistyped and in quotes',
      out: async () => {
        const texts = ['secret', 'heron', 'mill', '55199', 'whispering', 'q9zx7', 'whisperng pines', '"secret lane"', 'secert lane'];
        for (const text of texts) {
          const { hits } = await viewer().directory.browse({ text, near: SECRET, limit: 200 });
          expect(
            hits.map(({ id }) => id),
            text,
          ).not.toContain('refuge-house');
        }
        return [
          await viewer().directory.browse({ near: SECRET, problems: true }),
          await viewer().directory.browse({ text: HOTLINE, filters: { hidden: true, needs: ['safety'] } }),
          await cli(searchCommand, ['refuge']),
          await cli(searchCommand, ['--json']),
        ];
      },
      has: /Night refuge.*Night refuge.*Night refuge/,
    },
    {
      door: 'the ids of what was chosen in the directory, which no area has it among',
      out: async () => {
        const { counts } = await viewer().directory.browse({ filters: { hidden: true } });
        expect(counts).toMatchObject({ hidden: 1, area: {} });
        expect(await viewer().directory.chosen({ filters: { areas: ['Lakeside County'] } })).not.toContain('refuge-house');
        return viewer().directory.chosen({ text: 'refuge' });
      },
      has: /refuge-house/,
    },
    {
      door: 'pages of all its records',
      out: () => Promise.all(['refuge-house', 'office-main', 'refuge', 'pantry-hall'].map((id) => viewer().directory.resource({ id }))),
      has: /555-010-0142/,
    },
    {
      door: 'places by name',
      out: async () => {
        const texts = ['77 secret lane', 'secret lane', 'heron mill', '55199', '55199-4321', 'whispering pines', 'suite q9zx7'];
        const found = await Promise.all(texts.map((text) => viewer().places.search({ text, language: 'en', limit: 20 })));
        return [...found, await viewer().places.search({ text: '12 quay street', language: 'en', limit: 5 })];
      },
      has: /12 Quay Street/,
    },
    {
      door: 'what stands at a position',
      out: async () => {
        const at = await viewer().places.reverse(SECRET);
        return [at && { ...at, ...{ lon: null, lat: null } }, await viewer().places.reverse({ lon: -93.15, lat: 44.96 })];
      },
      has: /Quay/,
    },
    ...['hsds', 'hsds-json', 'csv', 'xlsx', 'geojson', 'meal-calendar'].map((format) => ({
      door: `export as ${format}`,
      out: () => files(format),
      has: /Night refuge[\s\S]*555-010-0142|555-010-0142[\s\S]*Night refuge/,
    })),
    {
      door: 'export on the command line',
      out: () =>
        cli(exportCommand, ['--format', 'csv', '--out', join(app.dataFolder, 'cli.csv')]).then(() =>
          readFileSync(join(app.dataFolder, 'cli.csv'), 'utf8'),
        ),
      has: /Night refuge/,
    },
    {
      door: 'find on the command line, as JSON',
      out: () => cli(findCommand, ['--request', '-', '--json'], JSON.stringify(REQUEST)),
      has: /Night refuge/,
    },
    {
      door: 'find on the command line, in words',
      out: () => cli(findCommand, ['--request', '-'], JSON.stringify(REQUEST)),
      has: /Night refuge/,
    },
    {
      door: 'handout, its code and its link',
      out: async () => {
        // As it arrives in the browser.
        const record = JSON.parse(JSON.stringify(await viewer().directory.resource({ id: 'refuge-house' }))) as DirectoryRecord;
        expect(positionOf(record)).toBeNull();
        const source = toHandoutSource(record, {
          language: 'es',
          now: new Date('2026-11-22T10:00:00Z'),
          mode: 'walk',
          travel: { minutes: 7, estimated: false },
        });
        const content = composeHandout([source], handoutOptions());
        const { token } = await app.caller('intake').handout.create({ content });
        return [content, await http(`/api/trpc/handout.get`, { token }), await http(`/h/${token}`)];
      },
      has: /Night refuge[\s\S]*555-010-0142/,
    },
    {
      door: 'rows beyond the slice',
      out: () => viewer().find.rows({ ids: ['refuge-house', 'pantry-hall'] }),
      has: /Night refuge/,
    },
    {
      door: 'problems of the directory, over HTTP',
      out: () => http('/api/trpc/problems.list', { limit: 200 }),
      has: /"code":"not_verified"/,
    },
    { door: 'problems on the command line', out: () => cli(problemsCommand, ['--limit', '200']), has: /not_verified.*Lakeside Pantry/ },
    {
      door: 'history, what an undo would do, and the form of a page, for those who may edit',
      out: async () => {
        const of = await Promise.all(['refuge', 'house', 'a1', 'refuge-house', 'org'].map((id) => steward().history.of({ id })));
        const acts = await steward().history.acts();
        const undo = await Promise.all(acts.map(({ act }) => steward().history.undoPreview({ act })));
        const forms = await Promise.all(['refuge-house', 'refuge', 'office-main'].map((id) => steward().edit.form({ id })));
        return [of, acts, undo, forms];
      },
      has: /Night refuge/,
    },
    {
      door: 'the form by which a change is suggested, what is suggested, and what became of it',
      out: async () => {
        const forms = await Promise.all(
          ['refuge-house', 'refuge', 'office-main', 'house', 'a1', 'org'].map((id) => viewer().suggestions.form({ id })),
        );
        const description = 'The door of the Night refuge at 77 Secret Lane';
        const set = { service_id: 'refuge', number: '555-010-0301', description };
        const edits = [{ op: 'create' as const, object: 'phone' as const, id: 'new-1', set }];
        const sent = await viewer().suggestions.send({ page: 'refuge-house', edits, comment: 'I went to 77 Secret Lane, 55199.' });
        const id = (await steward().suggestions.list()).suggestions[0]!.id;
        const open = await steward().suggestions.list();
        await steward().suggestions.decline({ id, reason: 'Nobody may know of 77 Secret Lane' });
        const person = await app.signIn('viewer');
        return [forms, sent, open, await (await person.fetch('/api/trpc/suggestions.mine')).text()];
      },
      has: /Night refuge[\s\S]*withheld/,
    },
    {
      door: 'an export package over HTTP',
      out: async () => {
        const person = await app.signIn('coordinator');
        const headers = { 'content-type': 'application/json' };
        const made = await person.fetch('/api/trpc/exports.make', { method: 'POST', headers, body: JSON.stringify({ format: 'hsds' }) });
        const { id } = ((await made.json()) as { result: { data: { id: string } } }).result.data;
        const file = await person.fetch(`/api/exports/${id}`);
        const bytes = new Uint8Array(await file.arrayBuffer());
        return Object.values(unzipSync(bytes)).map((content) => Buffer.from(content).toString());
      },
      has: /Night refuge/,
    },
    {
      door: 'gaps: supply of the world, and places that a new one could be at',
      out: async () => {
        const coordinator = app.caller('coordinator');
        const { id } = await addPopulation(app.deps.db, aroundTheShelter(), {
          origin: { name: 'Around', source: 'x', vintage: 'x' },
          actor: 'x',
          at: 'x',
        });
        const request = { population: id, mode: 'drive' as const, minutes: 30 };
        const answers = [
          await coordinator.gaps.world({
            ...request,
            supply: { needs: ['safety'], usableBy: { 'person.age': 30 }, openAt: '2026-11-23T12:00:00Z' },
          }),
          await coordinator.gaps.world({ ...request, supply: {} }),
          await coordinator.gaps.candidates({ population: id, kind: 'need', type: 'safety' }),
          await cli(gapsCommand, ['--request', '-', '--json'], JSON.stringify(GAPS)),
        ];
        // Cells are where people live, whoever is hidden among them; only what hangs on the directory is looked at.
        return answers.map((answer) =>
          typeof answer === 'string' ? answer : { ...answer, ...('cells' in answer && { cells: 0, people: 0 }) },
        );
      },
      has: /"hidden":1.*Lakeside Pantry/,
    },
    { door: 'the list of hidden places', out: () => steward().hidden.list(), has: /Night refuge/ },
    { door: 'the list of hidden places on the command line', out: () => cli(hiddenCommand, ['list']), has: /Night refuge/ },
    {
      door: 'error texts',
      out: async () => {
        const failed = (call: Promise<unknown>) =>
          call.then(
            () => 'nothing failed',
            (error: unknown) => String(error),
          );
        return [
          await failed(viewer().directory.resource({ id: 'a1' })),
          await failed(viewer().directory.resource({ id: 'house' })),
          await failed(viewer().hidden.exact({ id: 'house', reason: 'to see it' })),
          await failed(steward().hidden.exact({ id: 'hall', reason: 'to see it' })),
          await failed(steward().hidden.hide({ id: 'nothing', reason: 'to see it' })),
          await http('/api/trpc/directory.resource', { id: 7 }),
          await http('/api/trpc/find.match', { near: { place: 'house' } }),
        ];
      },
      has: /no such service/,
    },
    {
      door: 'the report of an import',
      out: async () => {
        const folder = join(app.dataFolder, 'in');
        mkdirSync(folder, { recursive: true });
        const rows = [
          'id,name,organization,address,city,state,zip,lat,lon,phone,hours,beds',
          '1,Night house &amp; more,Lakes,"Confidential, 77 Secret Lane",Whispering Pines,MN,55199,44.987654,nowhere near -93.12,"555-010-0142 or 77 Secret Lane",whenever at 77 Secret Lane,many',
          '2,Open house,Lakes,9 Other Road,Lakeside,MN,55101,44.9,-93.2,555-010-0001,Mon-Fri 9am-5pm,3',
        ];
        writeFileSync(join(folder, 'sites.csv'), rows.join('\n'));
        const tree = {
          id: 'o1',
          name: 'Trees',
          description: '',
          services: [
            {
              id: 's1',
              name: 'Safe nights',
              description: 'At a confidential location.',
              status: 'active',
              service_at_locations: [
                {
                  id: 'l1',
                  location: {
                    id: 'p1',
                    location_type: 'physical',
                    latitude: 'at 44.987654',
                    longitude: SECRET.lon,
                    addresses: [
                      {
                        id: 'd1',
                        address_1: '77 Secret Lane &amp; Co',
                        city: 'Whispering Pines',
                        address_type: 'physical at 77 Secret Lane',
                      },
                    ],
                  },
                },
              ],
            },
          ],
        };
        writeFileSync(join(folder, 'organizations.json'), JSON.stringify([tree]));
        const reports = [];
        for (const file of ['sites.csv', 'organizations.json'])
          reports.push(
            await runImport(app.deps, { paths: [join(folder, file)], format: 'auto', source: file, dryRun: true, actor: 'test' }),
          );
        return reports;
      },
      has: /location_hidden[\s\S]*location_hidden/,
    },
    {
      door: 'the audit',
      out: async () => {
        const place = await steward().hidden.exact({ id: 'refuge-house', reason: 'a delivery of beds' });
        expect(place).toMatchObject({ ...SECRET, addresses: [{ address_1: '77 Secret Lane' }] });
        return cli(auditCommand, []);
      },
      has: /hidden\.read {2}location house {2}a delivery of beds[\s\S]*local:steward \(steward\) {2}directory\.export {2}source \* {2}csv, 4 services/,
    },
    { door: 'the log, of all that was done so far', out: async () => log, has: /directory index built/ },
  ];

  it.each(DOORS)('$door', async ({ out, has }) => {
    const told = await out();
    const text = typeof told === 'string' ? told : JSON.stringify(told);
    expect(text).toMatch(has);
    const at = text.search(CANARY);
    expect(at < 0 ? null : text.slice(Math.max(0, at - 200), at + 60)).toBeNull();
  });
});

const intl = createIntl({ locale: 'en', messages });

function handoutOptions(): Parameters<typeof composeHandout>[1] {
  const template = HandoutTemplate.parse({
    id: 'all',
    label: 'All',
    parts: ['heading', 'services', 'map', 'qr', 'crisis', 'footer'],
    serviceParts: ['summary', 'hours', 'address', 'travel', 'phone', 'bring', 'languages', 'accessibility', 'cost'],
  });
  const say = (id: string, values?: Record<string, unknown>) => intl.formatMessage({ id }, values as never) as string;
  return { language: 'es', direction: 'ltr', template, at: new Date('2026-11-22T10:00:00Z'), needs: [], from: null, map: null, say };
}
