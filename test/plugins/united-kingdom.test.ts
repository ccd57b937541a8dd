// Nothing in the core is of one country: a search in Britain, in pounds, by postal codes with letters, over rules of its own,
// on the same server with the same code.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkPackage, listAgainst } from '#server/plugins/check.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { importFiles } from '../import/support.ts';
import { testApp, type TestApp } from '../support/test-app.ts';

const SITES = [
  'id,name,address,city,county,postcode,country,latitude,longitude,waypost:need,hidden',
  '1,St Oswald Warm Hub,2 Church Lane,Ambleford,Westshire,AM1 4QZ,GB,54.1001,-2.5001,,no',
  '2,Milk and fruit cards at the library,14 Market Place,Ambleford,Westshire,AM1 2AB,GB,54.1012,-2.5013,gb.healthy_start,no',
  '3,Refuge,9 Hidden Row,Ambleford,Westshire,AM9 7XY,GB,54.1021,-2.5022,,yes',
].join('\n');

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  // It is off until somebody who runs the server wants it.
  await app.caller('admin').plugins.enable({ name: 'waypost-united-kingdom', grant: true });
  await importFiles(app.deps.db, { 'sites.csv': SITES });
  // Rules are attached in the rule builder, which writes the same column.
  await app.deps.db.updateTable('service').set({ rule: 'gb/healthy-start' }).where('name', 'like', 'Milk and fruit%').execute();
  await app.deps.feed.poll();
  await app.deps.directory.ready;
});
afterAll(() => app[Symbol.asyncDispose]());

it('has rules whose every test passes, and leaves none of their branches out', async () => {
  const packed = await packFolder(join(import.meta.dirname, '../../plugins/united-kingdom'));
  if (!packed.ok) throw new Error(packed.issues[0]?.message);
  const report = await checkPackage(packed.value, listAgainst(app.deps.registry, Date.parse('2026-11-23T12:00:00Z')));
  expect(report.issues).toEqual([]);
  expect(report.rules).toMatchObject({ rules: 5, failed: 0, uncovered: 0 });
});

it('knows a warm space by its name', async () => {
  const found = async () => (await app.caller('viewer').directory.browse({ text: 'warm hub' })).hits[0];
  await expect.poll(found).toMatchObject({ name: 'St Oswald Warm Hub', type: 'gb/warm-space', detail: '2 Church Lane, Ambleford' });
});

it.each(['AM1 2AB', 'am12ab'])('finds a postal code as it is written: %s', async (text) => {
  const [first] = await app.caller('viewer').places.search({ text, language: 'en' });
  expect(first).toMatchObject({ lat: expect.closeTo(54.1012, 3), lon: expect.closeTo(-2.5013, 3) });
});

const AMBLEFORD = { lon: -2.5005, lat: 54.1003 };

it('decides by the table of the year and says it in pounds', async () => {
  const ask = async (pounds: number) => {
    const answer = await app.caller('viewer').find.match({
      near: AMBLEFORD,
      travel: { mode: 'walk', minutes: 30 },
      needs: [{ term: 'gb.healthy_start' }],
      facts: {
        'household.gb_country': 'england',
        'household.members': { items: [{ age: 2 }] },
        'household.gb_benefits': ['universal_credit'],
        'household.gb_take_home': { value: pounds, per: 'month' },
        'person.age': 30,
      },
      at: '2026-11-23T12:00:00Z',
    });
    return answer.matches.find(({ resource }) => resource.service.name.startsWith('Milk and fruit'));
  };
  const enough = await ask(408);
  expect(enough?.verdict).toBe('eligible');
  const reason = enough?.reasons.find(({ condition }) => condition === 'take_home');
  expect(reason).toMatchObject({ outcome: 'met', say: expect.stringContaining('£408 a month') });
  expect(JSON.stringify(enough)).not.toContain('$');
  expect((await ask(409))?.verdict).toBe('likely');
});

it('keeps the postal code of a hidden place out of every text', async () => {
  const { hits } = await app.caller('viewer').directory.browse({ text: 'Refuge' });
  expect(JSON.stringify(hits)).not.toContain('AM9');
});
