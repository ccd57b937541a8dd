// Before a plugin is on: whose eligibility changes, those who lose first, over made-up households that know the plugin's own facts;
// and whose names it takes. Nothing of it is installed or switched on by looking.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalActor } from '#server/identity/actor.ts';
import { installPlugin, removePlugin } from '#server/plugins/administer.ts';
import { inspect, inspectInstalled } from '#server/plugins/inspect.ts';
import { importFiles } from '../import/support.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { packageOf } from './packages.ts';

const actor = createLocalActor('admin');
let app: TestApp;
beforeAll(async () => {
  app = await testApp();
  await importFiles(app.deps.db, { 'sites.csv': 'id,name,waypost:need\n1,Pantry,food\n2,Kitchen,food' });
  await app.deps.db.updateTable('service').set({ rule: 'grove/pantry' }).where('name', '=', 'Pantry').execute();
});
afterAll(() => app[Symbol.asyncDispose]());

const condition = (id: string, test: object) => ({ id, say: { en: id }, ...test });
const rule = (version: number, tests: object[]) => ({
  rule: 'grove/pantry',
  version,
  title: 'Pantry',
  eligible_when: { all: tests },
  tests: [],
});
const ADULT = condition('adult', { fact: 'person.age', at_least: 18 });
const MEMBER = condition('member', { fact: 'household.grove_member', is: true });
const FACT = { id: 'household.grove_member', type: 'boolean', label: 'Member', share: 0.25 };
const versionOf = (version: string, contributes: object) => packageOf({ name: 'grove', version, contributes });

describe('a package', () => {
  it('that is new: all who can use it gain, by facts of its own as often as they are said to hold', async () => {
    const { impacts, ok } = await inspect(
      app.deps,
      await versionOf('1.0.0', { facts: [FACT], eligibilityRules: [rule(1, [ADULT, MEMBER])] }),
    );
    expect(ok).toBe(true);
    expect(impacts).toMatchObject([{ rule: 'grove/pantry', services: 1, lose: 0, open: 0, gone: false }]);
    expect(impacts[0]!.gain).toBeGreaterThan(210);
    expect(impacts[0]!.gain).toBeLessThan(290);
    expect(app.deps.pluginShelf.store.find('grove')).toBeUndefined();
  });

  it('that is an update: who loses is told first, and a figure that changed under a rule by its name', async () => {
    const table = (low: number) => ({ table: 'grove_limit', title: 'Limit', per: 'month', versions: [{ from: '2026-01-01', source: { title: 's', url: 'https://a.example.org' }, regions: { all: { values: [low] } } }] }); // prettier-ignore
    const money = condition('income', { fact: 'household.income', at_most: { percent: 100, of: 'grove_limit' } });
    const other = { rule: 'grove/kitchen', version: 1, title: 'Kitchen', eligible_when: { all: [money] }, tests: [] };
    const first = await versionOf('1.0.0', { facts: [FACT], ruleTables: [table(3000)], eligibilityRules: [rule(1, [ADULT]), other] });
    await installPlugin(app.deps.pluginShelf, { content: first, source: 'a' }, { actor });
    await app.caller('admin').plugins.enable({ name: 'grove', grant: true });
    const next = await versionOf('1.1.0', {
      facts: [FACT],
      ruleTables: [table(1000)],
      eligibilityRules: [rule(2, [ADULT, MEMBER]), other],
    });
    const { impacts, before } = await inspect(app.deps, next);
    expect(before).toBe('1.0.0');
    expect(impacts.map(({ rule: id, gain, by }) => [id, gain, by])).toEqual([
      ['grove/pantry', 0, []],
      ['grove/kitchen', 0, ['grove_limit']],
    ]);
    expect(impacts[0]!.lose).toBeGreaterThan(impacts[1]!.lose);
    expect(impacts[1]!.lose).toBeGreaterThan(50);
    // A rule that goes leaves its services without one.
    expect((await inspect(app.deps, await versionOf('2.0.0', { eligibilityRules: [other] }))).impacts).toContainEqual(
      expect.objectContaining({ rule: 'grove/pantry', gone: true, services: 1 }),
    );
    await removePlugin(app.deps.pluginShelf, 'grove', actor);
  });

  it('that takes names which others have is told so, by name', async () => {
    const theme = { id: 'dark', label: 'Dark', base: 'dark' };
    const { issues } = await inspect(
      app.deps,
      await versionOf('1.0.0', { themes: [theme], facts: [{ ...FACT, id: 'person.age', type: 'age' }] }),
    );
    expect(issues.filter(({ code }) => code === 'conflict').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^facts: "person\.age" is contributed by "[^"]+" already/),
      expect.stringMatching(/^themes: "dark" is contributed by "[^"]+" already/),
    ]);
  });
});

it('one that is shipped and off says what switching it on would mean, to who may', async () => {
  const { impacts, growth, package: waits } = await app.caller('admin').plugins.inspect({ name: 'waypost-united-kingdom' });
  expect([waits, growth]).toEqual([null, { reads: [], network: [] }]);
  const meals = impacts.find(({ rule: id }) => id === 'gb/free-school-meals');
  expect(meals).toMatchObject({ lose: 0, gone: false });
  expect(meals!.gain).toBeGreaterThan(50);
  expect(meals!.gain + meals!.open).toBeLessThan(600);
  await expect(app.caller('steward').plugins.inspect({ name: 'waypost-united-kingdom' })).rejects.toThrow();
  await expect(inspectInstalled(app.deps, 'nobody')).rejects.toThrow('There is no plugin "nobody"');
});
