// The plugins that are shipped and some of test/fixtures/plugins beside them, as one folder.

import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/plugins');

/** Taken away when it is disposed of; the plugins themselves stay. */
export function pluginsFolderWith(...fixtures: string[]): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'waypost-plugins-'));
  for (const name of readdirSync(PLUGINS_FOLDER)) symlinkSync(join(PLUGINS_FOLDER, name), join(path, name));
  for (const name of fixtures) symlinkSync(join(FIXTURES, name), join(path, name));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}
