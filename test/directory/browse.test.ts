// The list of the directory as the server gives it: of the directory as it is now, nearest first, the same ids when chosen.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runImport } from '#server/directory/import-run.ts';
import { haversine } from '#shared/geo/distance.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

test('is of the directory as it is, also right after an import that was larger than it', async () => {
  await using app = await testApp();
  const caller = app.caller('steward');
  expect(await caller.directory.browse({})).toMatchObject({ total: 0, hits: [] });
  const file = join(mkdtempSync(join(tmpdir(), 'waypost-browse-')), 'sites.csv');
  const rows = Array.from({ length: 1500 }, (_, i) => `${i},Pantry ${i},${i} Long Street,${(44 + i / 1e4).toFixed(4)},-93`);
  writeFileSync(file, ['id,name,address,latitude,longitude', ...rows].join('\n'));
  await runImport(app.deps, { paths: [file], format: 'auto', source: 'sites', dryRun: false, actor: 'test' });
  await app.deps.feed.poll();
  await expect.poll(() => app.deps.directory.current().size, { timeout: 20_000 }).toBe(1500);
  expect((await caller.directory.browse({})).total).toBe(1500);
});

describe('in the demo town', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ demo: true });
    await app.deps.directory.ready;
  });
  afterAll(() => app[Symbol.asyncDispose]());
  const browse = (request: Parameters<ReturnType<TestApp['caller']>['directory']['browse']>[0]) =>
    app.caller('viewer').directory.browse(request);
  const index = () => app.deps.directory.current();
  const position = (id: string) => {
    const row = index().findRow(id)!;
    return { lon: index().lon(row), lat: index().lat(row) };
  };

  test('the nearest to the middle of the map come first, and hidden places are not on it', async () => {
    const [west, south, east, north] = index().bounds()!;
    const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
    const { hits, total, counts } = await browse({ bounds: [west, south, east, north], limit: 200 });
    expect(total).toBe(index().within([west, south, east, north]).length);
    expect(counts.hidden).toBe(0);
    const meters = hits.map(({ id }) => position(id)).map(({ lon, lat }) => haversine(middle.lon, middle.lat, lon, lat));
    expect(meters).toEqual(meters.toSorted((a, b) => a - b));
    // Everywhere they come last, since nobody may know how near they are.
    const everywhere = await browse({ near: middle, limit: 200, offset: index().size - 3 });
    expect(everywhere.total).toBe(index().size);
    expect(everywhere.hits.map(({ hidden }) => hidden)).toContain(true);
    expect((await browse({ filters: { hidden: true } })).total).toBe(everywhere.counts.hidden);
  });

  test('pages follow one another, and what is chosen is all of them', async () => {
    const asked = { text: 'food', filters: { open: true } };
    const { total } = await browse({ ...asked, limit: 1 });
    expect(total).toBeGreaterThan(3);
    const pages = [];
    for (let offset = 0; offset < total; offset += 2) pages.push(...(await browse({ ...asked, limit: 2, offset })).hits);
    expect(pages.map(({ id }) => id)).toEqual((await browse({ ...asked, limit: 200 })).hits.map(({ id }) => id));
    expect(await app.caller('viewer').directory.chosen(asked)).toEqual(pages.map(({ id }) => id).toSorted());
    for (const { hours } of pages) expect(hours.now.state).toBe('open');
  });

  test('problems are counted where someone asks, without those that are left as they are', async () => {
    expect((await browse({})).counts.problem).toBeNull();
    const { counts } = await browse({ problems: true });
    const steward = app.caller('steward');
    const { kinds, problems } = await steward.problems.list({ code: 'no_languages' });
    const open = kinds.find(({ code }) => code === 'no_languages')!.open;
    expect(open).toBeGreaterThan(1);
    expect(counts.problem?.['no_languages']).toBe(open);
    const [{ code, id, other }] = problems as [(typeof problems)[number]];
    await steward.problems.ignore({ problems: [{ code, id, other }], reason: 'The guests say so themselves' });
    const after = await browse({ filters: { problems: ['no_languages'] }, limit: 200 });
    expect(after.total).toBe(open - 1);
    expect(after.hits.map((hit) => hit.id)).not.toContain(id);
  });

  test('fields of a kind stand on its rows, and narrow the list where the kind is chosen', async () => {
    const shelters = await browse({ filters: { types: ['shelter'] }, limit: 200 });
    const stated = shelters.hits.find(({ name }) => name === 'Warm Nights Shelter');
    expect(stated?.fields).toEqual([
      { name: 'for_whom', value: 'anyone' },
      { name: 'pets', value: 'yes' },
      { name: 'check_in_until', value: '22:00' },
    ]);
    const pets = shelters.counts.field['shelter:pets']!;
    expect(Object.keys(pets).toSorted()).toEqual(['no', 'service_animals', 'yes']);
    expect(Object.keys((await browse({})).counts.field)).toEqual([]);

    const welcome = { 'shelter:pets': ['yes'] };
    const { total, counts } = await browse({ filters: { types: ['shelter'], fields: welcome } });
    expect(total).toBe(pets['yes']);
    // What choosing another value too would show.
    expect(counts.field['shelter:pets']).toEqual(pets);
    const coupled = { ...welcome, 'shelter:couples': ['true'] };
    expect((await browse({ filters: { fields: coupled } })).total).toBe(counts.field['shelter:couples']!['true']);
    expect((await browse({ filters: { fields: { 'weather:pets': ['yes'] } } })).hits.map(({ type }) => type)).toContain('weather');
    expect(await app.caller('viewer').directory.chosen({ filters: { fields: coupled } })).toHaveLength(
      counts.field['shelter:couples']!['true']!,
    );
  });

  test('a need is met by what meets one below it', async () => {
    const { counts } = await browse({});
    expect(counts.need['food']).toBeGreaterThan(counts.need['food.groceries']!);
    expect((await browse({ filters: { needs: ['food'] } })).total).toBe(counts.need['food']);
  });
});
