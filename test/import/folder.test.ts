// Scheduled imports from a folder: off by default, one import for each change, nothing from elsewhere.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FOLDER_ACTOR, watchImportFolder } from '#server/directory/import-folder.ts';
import { testApp } from '../support/test-app.ts';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'waypost-folder-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(root, name), text);

it('imports what is new in the folder once it is whole, as an act', async () => {
  await using app = await testApp();
  const { settings, db } = app.deps;
  mkdirSync(join(root, 'county'));
  write('county/sites.csv', 'id,name\n1,One\n');
  const watch = watchImportFolder(app.deps, root);
  expect(await watch.look()).toBe('off');
  await settings.set('deployment', '', { key: 'imports.folderSource', value: 'county' });
  await settings.set('deployment', '', { key: 'imports.folder', value: 'county' });
  expect(await watch.look()).toBe('waiting');
  write('county/sites.csv', 'id,name\n1,One\n2,Two\n');
  expect([await watch.look(), await watch.look(), await watch.look()]).toEqual(['waiting', 'imported', 'unchanged']);
  expect(await db.selectFrom('service').select('name').orderBy('name').execute()).toEqual([{ name: 'One' }, { name: 'Two' }]);
  expect(await db.selectFrom('act').select(['kind', 'actor']).execute()).toEqual([{ kind: 'import', actor: FOLDER_ACTOR }]);
  // Another process, such as this server after a restart, knows it too.
  const next = watchImportFolder(app.deps, root);
  expect(await next.look()).toBe('unchanged');
  next.dispose();
  watch.dispose();
});

it('reads nothing outside of the operator’s folder, and does not try again what it cannot read', async () => {
  await using app = await testApp();
  const { settings } = app.deps;
  await settings.set('deployment', '', { key: 'imports.folderSource', value: 'x' });
  const outside = mkdtempSync(join(tmpdir(), 'waypost-outside-'));
  writeFileSync(join(outside, 'sites.csv'), 'id,name\n1,One\n');
  symlinkSync(outside, join(root, 'link'));
  const watch = watchImportFolder(app.deps, root);
  for (const folder of ['..', 'link', outside, 'missing']) {
    await settings.set('deployment', '', { key: 'imports.folder', value: folder });
    expect([folder, await watch.look(), await watch.look()]).toEqual([folder, 'refused', 'refused']);
  }
  await settings.set('deployment', '', { key: 'imports.folder', value: '' });
  write('readme.txt', 'nothing here');
  expect([await watch.look(), await watch.look(), await watch.look()]).toEqual(['waiting', 'refused', 'unchanged']);
  expect(await app.deps.db.selectFrom('service').select('id').execute()).toEqual([]);
  watch.dispose();
  rmSync(outside, { recursive: true });
});
