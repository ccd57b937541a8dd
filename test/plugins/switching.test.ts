// Plugins while the server runs: those that hold for some agencies only, those that are shipped and switched, and folders that
// are being written.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLocalActor } from '#server/identity/actor.ts';
import { createFinder } from '#server/matching/finder.ts';
import { compileContributedRules } from '#server/matching/queries.ts';
import { disablePlugin, enablePlugin, installPlugin, removePlugin, setPluginAgencies } from '#server/plugins/administer.ts';
import { listElsewhere } from '#server/plugins/for-agency.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { writeTemplate } from '#server/plugins/template.ts';
import { createAppRouter } from '#server/router.ts';
import { createCallerFactory } from '#server/trpc.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { packageOf } from './packages.ts';

const actor = createLocalActor('admin');
let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-writing-'));
  app = await testApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Somebody of an agency, or of none. */
const callerOf = (agency: { id: string; name: string } | null) =>
  createCallerFactory(createAppRouter(app.deps))({
    actor: { ...createLocalActor('intake'), agency: agency && { ...agency, team: null } },
    address: '127.0.0.1',
  });

it('holds for the agencies that were named: questions, rules, kinds and views, in the browser and on the server', async () => {
  const { pluginShelf, plugins, db } = app.deps;
  for (const agency of ['Harbor Light', 'Kite House']) await app.signIn('intake', { agency });
  const agencies = await app.caller('admin').plugins.agencies();
  const [harbor, kite] = [agencies.find(({ name }) => name === 'Harbor Light')!, agencies.find(({ name }) => name === 'Kite House')!];
  const home = join(folder, 'their-own');
  writeTemplate(home, { code: false });
  const packed = await packFolder(home);
  if (!packed.ok) throw new Error(packed.issues[0]?.message);
  await installPlugin(pluginShelf, { content: packed.value, source: 'their-own' }, { actor });
  await enablePlugin(pluginShelf, 'their-own', { actor });

  const seenBy = async (who: typeof harbor | null) => {
    const found = await callerOf(who).plugins.contributions({ language: 'es' });
    const own = (point: 'intakeQuestions' | 'eligibilityRules' | 'resourceTypes' | 'facts' | 'ruleTables' | 'dataChecks') =>
      found[point].filter(({ plugin }) => plugin === 'their-own').length;
    return [own('intakeQuestions'), own('eligibilityRules'), own('resourceTypes'), own('dataChecks')];
  };
  const all = [3, 1, 1, 1];
  expect([await seenBy(harbor), await seenBy(kite), await seenBy(null)]).toEqual([all, all, all]);

  await app.caller('admin').plugins.setAgencies({ name: 'their-own', agencies: [harbor.id] });
  // A check of listings is of the whole server: there is one list of problems.
  const none = [0, 0, 0, 1];
  expect([await seenBy(harbor), await seenBy(kite), await seenBy(null)]).toEqual([all, none, none]);
  const rulesOf = (agency: string | null | undefined) =>
    compileContributedRules(app.deps, listElsewhere(plugins, agency)).ids.filter((id) => id.startsWith('their'));
  expect([rulesOf(harbor.id), rulesOf(kite.id), rulesOf(null), rulesOf(undefined)].map((ids) => ids.length)).toEqual([1, 0, 0, 1]);
  const finder = createFinder(app.deps);
  const request = { near: { lon: 0, lat: 0 }, needs: [], facts: {}, travel: { mode: 'walk', minutes: 30 } } as never;
  await expect(finder.find(request, kite.id)).resolves.toBeDefined();
  await expect(callerOf(kite).plugins.view({ plugin: 'their-own', id: 'x', language: 'en' })).rejects.toThrow(
    'There is no plugin "their-own".',
  );
  await expect(callerOf(harbor).plugins.view({ plugin: 'their-own', id: 'x', language: 'en' })).rejects.toThrow('There is no view "x"');

  // It stays so through an update, until all may again.
  await installPlugin(pluginShelf, { content: await packageOf({ name: 'their-own', version: '2.0.0' }), source: 'x' }, { actor });
  expect(pluginShelf.store.find('their-own')?.agencies).toEqual([harbor.id]);
  await expect(setPluginAgencies(pluginShelf, 'their-own', { actor, agencies: ['nobody'] })).rejects.toThrow('There is no agency "nobody"');
  await setPluginAgencies(pluginShelf, 'their-own', { actor, agencies: null });
  expect(pluginShelf.store.find('their-own')?.agencies).toBeUndefined();
  const audit = await db.selectFrom('audit').select('reason').where('action', '=', 'plugin.agencies').orderBy('seq').execute();
  expect(audit.map(({ reason }) => reason)).toEqual(['Harbor Light', 'all agencies']);
  await removePlugin(pluginShelf, 'their-own', actor);
});

it('one that is shipped is switched too, stays so at the next start, and tells the browsers', async () => {
  const { pluginShelf, plugins, registry } = app.deps;
  const tables = () =>
    registry
      .getPoint('ruleTables')
      .all()
      .filter(({ plugin }) => plugin === 'waypost-us-poverty-guidelines').length;
  const before = plugins.version;
  let told = 0;
  const listener = plugins.onDidChange(() => (told += 1));
  expect(tables()).toBeGreaterThan(0);
  await disablePlugin(pluginShelf, 'waypost-us-poverty-guidelines', actor);
  expect([tables(), told, plugins.version]).toEqual([0, 1, before + 1]);
  const next = createRegistry();
  const again = loadPlugins(plugins.home, next, {
    installed: { store: pluginShelf.store, cage: pluginShelf.cage },
    points: ['ruleTables'],
  });
  expect(again.list.some(({ name }) => name === 'waypost-us-poverty-guidelines')).toBe(false);
  const listed = (await app.caller('admin').plugins.installed()).find(({ name }) => name === 'waypost-us-poverty-guidelines');
  expect(listed).toMatchObject({ shipped: true, state: 'off', adds: { ruleTables: 1 } });
  await enablePlugin(pluginShelf, 'waypost-us-poverty-guidelines', { actor });
  expect(tables()).toBeGreaterThan(0);
  listener.dispose();
});

it('one that is shipped may start off', () => {
  const home = mkdtempSync(join(folder, 'shipped-'));
  const manifest = { name: 'later', version: '1.0.0', engines: { waypost: '^1' }, waypost: { startsOff: true, contributes: {} } };
  writeTemplate(join(home, 'later'), { code: false });
  writeFileSync(join(home, 'later/package.json'), JSON.stringify(manifest));
  const plugins = loadPlugins(home, createRegistry());
  expect([plugins.list.length, plugins.shipped.map(({ name }) => name), plugins.faults]).toEqual([0, ['later'], []]);
});

it('a folder that is being written is taken as it changes; what has a fault is said, and the last good one goes on', async () => {
  const { pluginShelf, plugins, registry } = app.deps;
  const { links } = pluginShelf;
  const home = join(folder, 'half-written');
  writeTemplate(home, { code: false });
  const packed = await packFolder(home);
  if (!packed.ok) throw new Error(packed.issues[0]?.message);
  await installPlugin(pluginShelf, { content: packed.value, source: 'half-written', link: home }, { actor });
  await enablePlugin(pluginShelf, 'half-written', { actor });
  const label = () =>
    registry
      .getPoint<{ label: unknown }>('resourceTypes')
      .all()
      .find(({ plugin }) => plugin === 'half-written')?.value.label;
  const write = (text: string) => writeFileSync(join(home, 'resource-type.yaml'), text);
  const good = (name: string) =>
    `id: half_written\nlabel: ${name}\nplural: ${name}\nshape: circle\nicon: utensils\ncolour: "--c-pantry"\nneeds: []\nwords: {}\n`;
  const listed = async () => (await app.caller('admin').plugins.installed()).find(({ name }) => name === 'half-written');

  await links.look();
  expect(links.faultsOf('half-written')).toEqual([]);
  write(good('Library'));
  const version = plugins.version;
  await links.look();
  expect([label(), links.faultsOf('half-written')]).toEqual(['Library', []]);
  expect(plugins.version).toBeGreaterThan(version);

  write('id: half_written\nlabel: [');
  await links.look();
  expect([label(), (await listed())?.faults]).toEqual(['Library', [expect.stringMatching(/^resource-type\.yaml:2: /)]]);
  write(good('Library').replace('circle', 'star'));
  await links.look();
  expect([label(), (await listed())?.faults]).toEqual([
    'Library',
    ['resource-type.yaml:4: "shape" is "star". Allowed: circle, square, hexagon, diamond, pentagon, octagon.'],
  ]);
  write(good('Reading room'));
  await links.look();
  expect([label(), (await listed())?.faults, (await listed())?.link, (await listed())?.before]).toEqual(['Reading room', [], home, null]);

  // What asks for more waits for an administrator; a folder that is gone costs nothing.
  const manifest = { name: 'half-written', version: '1.0.0', engines: { waypost: '^1' } };
  const waypost = { permissions: { network: { 'a.example.org': 'Finds addresses' } }, contributes: {} };
  writeFileSync(join(home, 'package.json'), JSON.stringify({ ...manifest, waypost }));
  await links.look();
  expect([label(), links.faultsOf('half-written')[0]]).toEqual(['Reading room', expect.stringContaining('asks for more than was granted')]);
  rmSync(home, { recursive: true });
  await links.look();
  expect([label(), links.faultsOf('half-written').length]).toEqual(['Reading room', 1]);
  await removePlugin(pluginShelf, 'half-written', actor);
});
