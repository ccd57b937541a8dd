// A plugin from its package to its use: installed, granted, switched on, importing in the cage, on record, quarantined, gone.

import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImporterContribution } from '#shared/plugin-api/points.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { disablePlugin, enablePlugin, installPlugin, removePlugin, revertPlugin } from '#server/plugins/administer.ts';
import { readPluginHealth } from '#server/plugins/calls.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { packFolder } from '#server/plugins/pack.ts';
import { PACKAGE_LIMITS } from '#server/plugins/package-file.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { packageOf, tarballOf } from './packages.ts';

const partners = join(import.meta.dirname, '../fixtures/vcard/partners.vcf');
const actor = createLocalActor('admin');
const shipped = mkdtempSync(join(tmpdir(), 'waypost-plugins-'));
let app: TestApp;
beforeAll(async () => {
  // All that is shipped but the one that is installed here.
  for (const name of readdirSync(PLUGINS_FOLDER)) if (name !== 'vcard') symlinkSync(join(PLUGINS_FOLDER, name), join(shipped, name));
  app = await testApp({ pluginsFolder: shipped });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  rmSync(shipped, { recursive: true });
});

const importerIds = () =>
  app.deps.registry
    .getPoint<ImporterContribution>('importers')
    .all()
    .map(({ value }) => value.id);

async function importFile(path: string) {
  const imports = app.caller('steward').imports;
  const { upload } = await imports.begin();
  await writeFile(`${app.dataFolder}/uploads/${upload}/partners.vcf`, readFileSync(path));
  const suggested = await imports.suggest({ upload, source: 'partners' });
  const preview = await imports.preview({ upload, source: 'partners' });
  for await (const state of await imports.progress(preview)) if (state.state === 'failed') throw new Error(state.say);
  return { imports, upload, suggested, preview };
}

it('is off until it is switched on, and reads what the core has never seen, every row accounted for', async () => {
  const packed = await packFolder(join(PLUGINS_FOLDER, 'vcard'));
  if (!packed.ok) throw new Error(packed.issues[0]?.message);
  const { pluginShelf } = app.deps;
  expect(await installPlugin(pluginShelf, { content: packed.value, source: 'vcard.tgz' }, { actor })).toMatchObject({ enabled: false });
  expect(importerIds()).not.toContain('vcard');
  await enablePlugin(pluginShelf, 'waypost-vcard', { actor });
  expect(importerIds()).toContain('vcard');

  const { imports, suggested, preview } = await importFile(partners);
  expect(suggested.tables).toMatchObject([{ table: 'cards', rows: 4 }]);
  const staged = await imports.staged({ id: preview.job, filter: {} });
  const report = await imports.report({ ...preview });
  // Five cards: four rows that are staged and one that is told of.
  expect(staged.counts).toMatchObject({ created: 4 });
  expect(report.issues.filter(({ code }) => code.startsWith('card_')).map(({ row, code }) => [row, code])).toEqual([
    [3, 'card_unnamed'],
    [4, 'card_cut_off'],
    [5, 'card_cut_off'],
  ]);
  expect(await app.deps.db.selectFrom('service').select('id').execute()).toEqual([]);

  await pluginShelf.calls.flush();
  const health = await readPluginHealth(app.deps.db, 'waypost-vcard');
  expect(health.calls).toBeGreaterThanOrEqual(2);
  expect(health.failures).toEqual({});
  const calls = await app.deps.db.selectFrom('plugin_call').select(['kind', 'name', 'fields', 'hash', 'outcome']).execute();
  for (const call of calls) expect(call).toMatchObject({ kind: 'importers', name: 'vcard', hash: packed.value.hash });
  expect(JSON.parse(calls[0]!.fields)).toEqual(['path', 'bytes']);
});

it('leaves nothing behind when it is switched off, or removed', async () => {
  const { pluginShelf, plugins } = app.deps;
  await disablePlugin(pluginShelf, 'waypost-vcard', actor);
  expect(importerIds()).not.toContain('vcard');
  await enablePlugin(pluginShelf, 'waypost-vcard', { actor });
  expect(importerIds()).toContain('vcard');
  await removePlugin(pluginShelf, 'waypost-vcard', actor);
  expect(importerIds()).not.toContain('vcard');
  expect(plugins.list.some(({ installed }) => installed)).toBe(false);
  expect(readdirSync(join(app.dataFolder, 'plugins/packages'))).toEqual([]);
  const audit = await app.deps.db.selectFrom('audit').select('action').where('object', '=', 'plugin').orderBy('seq').execute();
  expect(audit.map(({ action }) => action)).toEqual(['install', 'enable', 'disable', 'enable', 'remove'].map((act) => `plugin.${act}`));
});

it('is in quarantine after it had to be ended three times, with its name and why; what it says as data stays', async () => {
  const { pluginShelf } = app.deps;
  const main = `export default { views: { stuck: async () => { const s = 'a'.repeat(1e7); for (;;) s.indexOf('b'); } } };`;
  const views = [{ id: 'stuck', title: 'Stuck', icon: 'map', run: 'stuck' }];
  const dusk = { id: 'dusk', label: 'Dusk', base: 'dark' };
  const content = await packageOf({ name: 'stuck', contributes: { views, themes: [dusk] }, main });
  const themes = () => app.deps.registry.getPoint<{ id: string }>('themes').all().map(({ value }) => value.id); // prettier-ignore
  await installPlugin(pluginShelf, { content, source: 'stuck.tgz' }, { actor });
  await enablePlugin(pluginShelf, 'stuck', { actor });
  const open = () => app.caller('viewer').plugins.view({ plugin: 'stuck', id: 'stuck', language: 'en' });
  for (let i = 0; i < 3; i++) await expect(open()).rejects.toThrow('The plugin "stuck" could not make the view');
  await expect.poll(() => pluginShelf.store.find('stuck')?.quarantine?.why).toContain('computed for more than 250 ms');
  await expect(open()).rejects.toThrow('There is no view');
  expect(themes()).toContain('dusk');
  await enablePlugin(pluginShelf, 'stuck', { actor });
  expect(pluginShelf.store.find('stuck')?.quarantine).toBeUndefined();
  await expect(open()).rejects.toThrow('could not make the view');
  await removePlugin(pluginShelf, 'stuck', actor);
  expect(themes()).not.toContain('dusk');
});

it('is installed from the browser: sent, looked at, agreed to, listed with how it fares, and only by who may', async () => {
  const permissions = { network: { 'a.example.org': 'Finds addresses in the county' } };
  const files = { 'README.md': '# Tools' };
  const manifest = { description: 'Tools of an agency', license: 'MIT' };
  const themes = [{ id: 'dusk', label: 'Dusk', base: 'dark' }];
  const body = await tarballOf({ name: 'tools', permissions, contributes: { themes }, files, manifest: { ...manifest } });
  const [steward, admin] = [await app.signIn('steward'), await app.signIn('admin')];
  const send = (who: typeof admin, bytes: Uint8Array) =>
    who.fetch('/api/plugins/package?name=tools.tgz', {
      method: 'POST',
      headers: { 'content-type': 'application/gzip' },
      body: new Uint8Array(bytes),
    });
  expect((await send(steward, body)).status).toBe(403);
  expect((await send(admin, Buffer.alloc(PACKAGE_LIMITS.bytes + 10))).status).toBe(413);
  const noise = await send(admin, Buffer.from('noise'));
  expect([noise.status, await noise.text()]).toEqual([422, expect.stringContaining('This is no plugin package')]);

  const inspected = (await (await send(admin, body)).json()) as { package: string };
  expect(inspected).toMatchObject({ name: 'tools', ok: true, adds: { themes: 1 }, growth: { network: ['a.example.org'] }, issues: [] });
  const call = async (path: string, input: unknown) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
    const answer = (await (await admin.fetch(`/api/trpc/plugins.${path}`, init)).json()) as {
      result?: { data: unknown };
      error?: { message: string };
    };
    if (answer.error) throw new Error(answer.error.message);
    return answer.result?.data as Record<string, unknown>[];
  };
  await expect(call('install', { package: inspected.package, grant: false, enable: true })).rejects.toThrow(
    'wants to talk to a.example.org',
  );
  await call('install', { package: inspected.package, grant: true, enable: true });
  const listed = async () => (await call('installed', {})).find(({ name }) => name === 'tools');
  expect(await listed()).toMatchObject({
    state: 'on',
    adds: { themes: 1 },
    asks: { network: [{ host: 'a.example.org', reason: 'Finds addresses in the county' }] },
    granted: { network: ['a.example.org'] },
    health: { calls: 0 },
    readme: '# Tools',
  });
  await call('disable', { name: 'tools' });
  expect(await listed()).toMatchObject({ state: 'off' });
  await call('remove', { name: 'tools' });
  expect(await listed()).toBeUndefined();
});

describe('permissions', () => {
  const asking = (version: string, permissions: object) =>
    packageOf({ name: 'asking', version, permissions, contributes: {}, main: 'export default {};' });
  const install = async (content: Awaited<ReturnType<typeof asking>>, consent: object = {}) =>
    installPlugin(app.deps.pluginShelf, { content, source: 'asking.tgz' }, { actor, ...consent });
  const network = (...hosts: string[]) => Object.fromEntries(hosts.map((host) => [host, 'Finds addresses in the county']));

  it('are asked and granted, the narrower holds, and growth asks again', async () => {
    const { pluginShelf } = app.deps;
    await install(await asking('1.0.0', { network: network('a.example.org') }));
    await expect(enablePlugin(pluginShelf, 'asking', { actor })).rejects.toThrow('"asking" wants to talk to a.example.org');
    await enablePlugin(pluginShelf, 'asking', { actor, grant: true });
    expect(pluginShelf.store.find('asking')?.granted).toEqual({ reads: [], network: ['a.example.org'] });

    const more = await asking('1.1.0', { network: network('a.example.org', 'b.example.org') });
    await expect(install(more)).rejects.toThrow('Version 1.1.0 of "asking" asks for more than was granted: to talk to b.example.org');
    expect(pluginShelf.store.find('asking')).toMatchObject({ version: '1.0.0', enabled: true });
    await install(more, { grant: true });
    expect(pluginShelf.store.find('asking')).toMatchObject({ version: '1.1.0', enabled: true, before: { version: '1.0.0' } });

    await install(await asking('1.2.0', { network: network('b.example.org') }));
    expect(pluginShelf.store.find('asking')?.granted).toEqual({ reads: [], network: ['b.example.org'] });

    // The way back asks again too: what had been given up meanwhile.
    await expect(revertPlugin(pluginShelf, 'asking', { actor })).rejects.toThrow(
      'asks for more than was granted: to talk to a.example.org',
    );
    expect(await revertPlugin(pluginShelf, 'asking', { actor, grant: true })).toMatchObject({
      version: '1.1.0',
      before: '1.2.0',
      enabled: true,
    });
    expect(pluginShelf.store.find('asking')?.granted.network).toEqual(['a.example.org', 'b.example.org']);
    await removePlugin(pluginShelf, 'asking', actor);
  });

  it('are never both: what is known of people, and a network', async () => {
    const both = await asking('1.0.0', { reads: { 'household.size': 'Needed for the table' }, network: network('a.example.org') });
    await expect(install(both, { grant: true })).rejects.toThrow('A plugin may do one of them only');
    expect(app.deps.pluginShelf.store.find('asking')).toBeUndefined();
    await install(both, { grant: true, overrideFlowRule: true });
    expect(app.deps.pluginShelf.store.find('asking')?.consent).toMatchObject({ by: 'local:admin', overridesFlowRule: true });
    await removePlugin(app.deps.pluginShelf, 'asking', actor);
  });
});

it('cannot take the name of a plugin that is shipped', async () => {
  const content = await packageOf({ name: 'waypost-formats', contributes: {}, main: 'export default {};' });
  await expect(installPlugin(app.deps.pluginShelf, { content, source: 'x.tgz' }, { actor })).rejects.toThrow('shipped with Waypost');
});
