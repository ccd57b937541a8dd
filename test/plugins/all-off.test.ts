// Without any plugin the core starts, signs in and shows an empty directory; with all of them on and off again nothing is left.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { testApp } from '../support/test-app.ts';

it('starts without any plugin, signs in and shows an empty directory', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'waypost-no-plugins-'));
  try {
    await using app = await testApp({ pluginsFolder: empty });
    const admin = await app.signIn('admin');
    const call = async (path: string, input: unknown = {}) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
      return (await admin.fetch(`/api/trpc/${path}`, init)).json() as Promise<{
        result?: { data: Record<string, unknown> };
        error?: unknown;
      }>;
    };
    expect((await call('session.me')).result?.data).toMatchObject({ role: 'admin' });
    expect((await call('directory.search', { text: 'food', limit: 5 })).error).toBeUndefined();
    expect((await call('plugins.installed')).result?.data).toEqual([]);
    const contributions = (await call('plugins.contributions', { language: 'en' })).result?.data ?? {};
    expect(Object.values(contributions).flat()).toEqual([]);
  } finally {
    rmSync(empty, { recursive: true });
  }
});

it('leaves nothing behind when everything is switched off, and is the same when it is on again', () => {
  const registry = createRegistry();
  const count = () => registry.pointIds().map((id) => [id, registry.getPoint(id).all().length]);
  const heard = new Map<string, number>();
  for (const id of registry.pointIds())
    registry.getPoint(id).onDidChange(({ added, removed }) => heard.set(id, (heard.get(id) ?? 0) + added.length - removed.length));
  const plugins = loadPlugins(PLUGINS_FOLDER, registry);
  const on = count();
  expect(on.filter(([, contributions]) => contributions !== 0).length).toBeGreaterThan(15);
  plugins.dispose();
  expect(count().every(([, contributions]) => contributions === 0)).toBe(true);
  expect([...heard.values()].every((balance) => balance === 0)).toBe(true);
  loadPlugins(PLUGINS_FOLDER, registry);
  expect(count()).toEqual(on);
});
