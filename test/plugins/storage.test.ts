// What plugins keep: each for itself and within limits; and what becomes of it in an update, in one that fails, and on the way back.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalActor } from '#server/identity/actor.ts';
import { disablePlugin, enablePlugin, installPlugin, removePlugin, revertPlugin } from '#server/plugins/administer.ts';
import { checkCode } from '#server/plugins/check-code.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { createKeeper, STORAGE_LIMITS } from '#server/plugins/storage.ts';
import { createPluginStore } from '#server/plugins/store.ts';
import { eachDatabase, type TestDatabase } from '../support/databases.ts';
import { testCage } from './caged.ts';
import { packageOf } from './packages.ts';

const actor = createLocalActor('admin');
const at = Date.parse('2026-11-23T10:00:00Z');

/** A plugin that writes and reads what its view is asked for, in the words of the query. */
const MAIN = `async v({ language }, { storage }) {
  const { act, key, value } = JSON.parse(language);
  const result = act === 'keys' ? await storage.keys(key) : await storage[act](key, value);
  return [{ kind: 'text', text: JSON.stringify(result ?? null) }];
}`;

interface Version {
  name?: string;
  version: string;
  /** Of its data; absent: it keeps none. */
  data?: { version: number; migrations?: Record<string, string> };
  migrations?: string;
  permissions?: object;
}

const versionOf = ({ name = 'keeper', version, data, migrations = '', permissions = {} }: Version) =>
  packageOf({
    name,
    version,
    main: `export default { views: { ${MAIN} }, migrations: { ${migrations} } };`,
    manifest: {
      waypost: { permissions, ...(data && { data }), contributes: { views: [{ id: 'v', title: 'V', icon: 'map', run: 'v' }] } },
    },
  });

/** Plugins installed over a database, without the rest of a server. */
function openShelf(database: TestDatabase) {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-storage-'));
  const cage = testCage();
  const store = createPluginStore(folder);
  const keepFor = (owner: Parameters<typeof createKeeper>[1]) => createKeeper(database.db, owner);
  const plugins = loadPlugins(join(folder, 'none'), createRegistry(), { installed: { store, cage }, keepFor });
  const shelf = { db: database.db, store, plugins, cage, clock: () => at };
  return {
    ...shelf,
    async put(version: Version) {
      const content = await versionOf(version);
      await installPlugin(shelf, { content, source: 'keeper.tgz' }, { actor, grant: true, overrideFlowRule: true });
      await enablePlugin(shelf, version.name ?? 'keeper', { actor });
    },
    async ask(act: string, key?: string, value?: unknown, name = 'keeper') {
      const run = await plugins.getFunction(name, 'views', 'v');
      const [node] = await run({ language: JSON.stringify({ act, key, value }) });
      return JSON.parse((node as { text: string }).text) as unknown;
    },
    [Symbol.dispose]() {
      plugins.dispose();
      cage.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Migrations to version 2 that fail, and why. */
const FAILING: [what: string, migrations: string, why: string][] = [
  ['throws', `up: () => { throw new Error('cannot read "visits"'); }`, 'failed: cannot read "visits"'],
  ['never ends', `up: () => { for (;;); }`, 'computed for more than 100 ms'],
  ['waits for ever', `up: () => new Promise(() => {})`, 'waits for something that never comes'],
  ['gives no data', `up: () => 7`, 'it gave something that cannot be kept'],
  ['gives too much', `up: () => Object.fromEntries([...Array(12).keys()].map((i) => ['k' + i, 'x'.repeat(60000)]))`, '500000 are allowed'],
  ['gives names that lead out', `up: (data) => ({ '../other': data.visits })`, 'it gave something that cannot be kept'],
  ['is not there', `down: () => ({})`, 'has no function "up" among its migrations'],
  ['reaches for the network', `up: (data, host) => host.fetch({ url: 'https://a.example' })`, 'failed: '],
];

const REFUSED: [what: string, request: unknown][] = [
  ['another plugin by name', { act: 'get', key: 'a', plugin: 'other' }],
  ['a path', { act: 'get', key: '../other/a' }],
  ['no text', { act: 'get', key: ['a'] }],
  ['a wildcard', { act: 'get', key: '%' }],
  ['SQL', { act: 'get', key: "a' or '1'='1" }],
  ['no act of storage', { act: 'query', key: 'a' }],
  ['what is no JSON', { act: 'set', key: 'a', value: undefined }],
  ['a very long key', { act: 'set', key: 'k'.repeat(201), value: 1 }],
  ['nothing at all', null],
];

eachDatabase('storage of plugins', (open) => {
  it('keeps JSON under keys, for its own plugin alone, and is gone with it', async () => {
    await using database = await open();
    using shelf = openShelf(database);
    const data = { version: 1 };
    await shelf.put({ version: '1.0.0', data });
    await shelf.put({ name: 'other', version: '1.0.0', data });
    expect(await shelf.ask('get', 'a')).toBeNull();
    await shelf.ask('set', 'a', { list: [1, 'two', null], text: 'é"\u2028' });
    await shelf.ask('set', 'b/c', 7);
    expect(await shelf.ask('get', 'a')).toEqual({ list: [1, 'two', null], text: 'é"\u2028' });
    expect([await shelf.ask('keys'), await shelf.ask('keys', 'b/')]).toEqual([['a', 'b/c'], ['b/c']]);
    expect(await shelf.ask('keys', undefined, undefined, 'other')).toEqual([]);
    await shelf.ask('set', 'a', 'of the other', 'other');
    await shelf.ask('delete', 'b/c');
    expect([await shelf.ask('get', 'a'), await shelf.ask('keys')]).toEqual([{ list: [1, 'two', null], text: 'é"\u2028' }, ['a']]);
    await removePlugin(shelf, 'keeper', actor);
    expect(await database.db.selectFrom('plugin_value').select(['plugin', 'key']).execute()).toEqual([{ plugin: 'other', key: 'a' }]);
  });

  it('holds its limits, whatever is written at the same time', async () => {
    await using database = await open();
    const keep = createKeeper(database.db, { plugin: 'greedy', version: 1 });
    const set = (key: string, value: unknown) => keep({ act: 'set', key, value });
    await expect(set('a', 'x'.repeat(STORAGE_LIMITS.valueLength))).rejects.toThrow('"a" would hold 64002 characters; 64000 are allowed.');
    const big = 'x'.repeat(60_000);
    const all = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => set(`key-${i}`, big)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect(String(all.find((one) => one.status === 'rejected')?.reason)).toContain('500000 are allowed');
    const kept = (await keep({ act: 'keys' })) as string[];
    // What is replaced counts no longer, and what is deleted makes room.
    await set(kept[0]!, big);
    await keep({ act: 'delete', key: kept[0] });
    await set('another', big);
    const { characters } = await database.db.selectFrom('plugin_store').selectAll().executeTakeFirstOrThrow();
    const rows = await database.db.selectFrom('plugin_value').selectAll().execute();
    expect(characters).toBe(rows.reduce((sum, { key, value }) => sum + key.length + value.length, 0));
  });

  it('counts its keys', async () => {
    await using database = await open();
    await database.db.insertInto('plugin_store').values({ plugin: 'many', version: 1, revision: 1, characters: 0 }).execute();
    const rows = Array.from({ length: STORAGE_LIMITS.keys }, (_, i) => ({ plugin: 'many', key: `k${i}`, value: '1' }));
    for (let i = 0; i < rows.length; i += 200)
      await database.db
        .insertInto('plugin_value')
        .values(rows.slice(i, i + 200))
        .execute();
    const keep = createKeeper(database.db, { plugin: 'many', version: 1 });
    await keep({ act: 'set', key: 'k1', value: 2 });
    await expect(keep({ act: 'set', key: 'one-more', value: 1 })).rejects.toThrow('more than 1000 keys');
  });

  it('is brought along by the migrations of an update, and comes back as it was with the version before', async () => {
    await using database = await open();
    using shelf = openShelf(database);
    await shelf.put({ version: '1.0.0', data: { version: 1 } });
    await shelf.ask('set', 'visits', 3);
    const migrations = `
      count: (data) => ({ ...data, visits: { count: data.visits } }),
      since: async (data) => { await null; return { visits: { ...data.visits, since: '2026' }, moved: true }; }`;
    const second = { version: '2.0.0', data: { version: 3, migrations: { 2: 'count', 3: 'since' } }, migrations };
    await shelf.put(second);
    expect(await shelf.ask('get', 'visits')).toEqual({ count: 3, since: '2026' });
    await shelf.ask('set', 'later', 1);

    expect(await revertPlugin(shelf, 'keeper', { actor })).toMatchObject({ version: '1.0.0', before: '2.0.0', enabled: true });
    expect([await shelf.ask('keys'), await shelf.ask('get', 'visits')]).toEqual([['visits'], 3]);
    // And there again.
    await revertPlugin(shelf, 'keeper', { actor });
    expect([await shelf.ask('keys'), await shelf.ask('get', 'visits')]).toEqual([
      ['later', 'moved', 'visits'],
      { count: 3, since: '2026' },
    ]);
    const records = shelf.cage.records.filter(({ kind }) => kind === 'migrations');
    expect(records.map(({ name, fields, outcome }) => [name, fields, outcome])).toEqual([
      ['count', ['data'], 'ok'],
      ['since', ['data'], 'ok'],
    ]);
  });

  it('stays as it is, with its version, where a migration fails', async () => {
    await using database = await open();
    using shelf = openShelf(database);
    await shelf.put({ version: '1.0.0', data: { version: 1 } });
    await shelf.ask('set', 'visits', 3);
    for (const [what, migrations, why] of FAILING) {
      const next = await versionOf({ version: '2.0.0', data: { version: 2, migrations: { 2: 'up' } }, migrations });
      const failed = installPlugin(shelf, { content: next, source: 'keeper.tgz' }, { actor });
      await expect(failed, what).rejects.toThrow(why);
      await expect(failed, what).rejects.toThrow('Version 1.0.0 and what it keeps stay as they were.');
      expect(shelf.store.find('keeper')).toMatchObject({ version: '1.0.0', enabled: true });
      expect([await shelf.ask('get', 'visits'), await shelf.ask('keys')]).toEqual([3, ['visits']]);
    }
    expect(await database.db.selectFrom('plugin_kept').selectAll().execute()).toEqual([]);
  });

  it('is written in one layout only: by the version that holds', async () => {
    await using database = await open();
    using shelf = openShelf(database);
    await shelf.put({ version: '1.0.0', data: { version: 1 } });
    await shelf.ask('set', 'visits', 3);
    const old = createKeeper(database.db, { plugin: 'keeper', version: 1 });
    await shelf.put({ version: '2.0.0', data: { version: 2, migrations: { 2: 'up' } }, migrations: 'up: (data) => data' });
    for (const request of [{ act: 'set', key: 'visits', value: 4 }, { act: 'get', key: 'visits' }, { act: 'keys' }])
      await expect(old(request)).rejects.toThrow('What is kept is of version 2, and this is a plugin of version 1');
    // An older package is no way back.
    const older = await versionOf({ version: '1.0.1', data: { version: 1 } });
    await expect(installPlugin(shelf, { content: older, source: 'keeper.tgz' }, { actor })).rejects.toThrow('"waypost plugin back keeper"');
    expect(await shelf.ask('get', 'visits')).toBe(3);
  });

  it('is empty on the way back where nothing was kept then', async () => {
    await using database = await open();
    using shelf = openShelf(database);
    await shelf.put({ version: '1.0.0', data: { version: 1 } });
    await shelf.put({ version: '2.0.0', data: { version: 2, migrations: { 2: 'up' } }, migrations: 'up: (data) => data' });
    await shelf.ask('set', 'visits', 1);
    await revertPlugin(shelf, 'keeper', { actor });
    expect(await shelf.ask('keys')).toEqual([]);
    await shelf.ask('set', 'visits', 'old');
    await disablePlugin(shelf, 'keeper', actor);
    await revertPlugin(shelf, 'keeper', { actor });
    await enablePlugin(shelf, 'keeper', { actor });
    expect(await shelf.ask('get', 'visits')).toBe(1);
  });

  it('is not for those who read facts of people, nor for those who did not say that they keep anything', async () => {
    await using database = await open();
    using shelf = openShelf(database);
    const reads = { 'household.size': 'Needed for the table' };
    await shelf.put({ version: '1.0.0', data: { version: 1 }, permissions: { reads } });
    await expect(shelf.ask('set', 'a', 1)).rejects.toThrow('A plugin that reads facts of people keeps nothing.');
    await shelf.put({ name: 'plain', version: '1.0.0' });
    await expect(shelf.ask('set', 'a', 1, 'plain')).rejects.toThrow('its manifest has no "waypost.data"');
    expect(await database.db.selectFrom('plugin_store').selectAll().execute()).toEqual([]);
  });

  it('refuses in words what leads out of its own place', async () => {
    await using database = await open();
    await createKeeper(database.db, { plugin: 'other', version: 1 })({ act: 'set', key: 'a', value: 'secret' });
    const mine = createKeeper(database.db, { plugin: 'mine', version: 1 });
    for (const [what, request] of REFUSED) await expect(mine(request), what).rejects.toThrow('This cannot be kept');
  });
});

describe('the check of a plugin', () => {
  it.each<[string, Omit<Version, 'version'>, string[]]>([
    [
      'has nothing against migrations that are there',
      { data: { version: 2, migrations: { 2: 'up' } }, migrations: 'up: (data) => data' },
      [],
    ],
    ['misses one', { data: { version: 3, migrations: { 3: 'up' } }, migrations: 'up: (data) => data' }, ['migration_missing']],
    ['names one that is no function', { data: { version: 2, migrations: { 2: 'up' } } }, ['failed']],
    ['names one that gives something else each time', { data: { version: 2, migrations: { 2: 'up' } }, migrations: 'n: 0, up() { return { n: globalThis.n = (globalThis.n ?? 0) + 1 }; }' }, ['function_misbehaves']], // prettier-ignore
  ])('%s', async (_, version, codes) => {
    const issues = await checkCode(
      await versionOf({ version: '2.0.0', ...version }),
      {},
      { against: { facts: [], tables: [], on: '2026-01-15' } },
    );
    expect(issues.map(({ code }) => code)).toEqual(codes);
  });
});
