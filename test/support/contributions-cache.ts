// What was read of the shipped plugins' files, once for all tests of a run: parsing them takes longer than most tests.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';

/** In the worker that runs a test; absent where the run began without it. */
export const contributionsCache: string | undefined = process.env['WAYPOST_TEST_CONTRIBUTIONS'];

export function readContributions(cacheFile: string): void {
  loadPlugins(PLUGINS_FOLDER, createRegistry(), { cacheFile }).dispose();
  process.env['WAYPOST_TEST_CONTRIBUTIONS'] = cacheFile;
}

/** As if a server had been started on this data folder before. */
export function copyContributions(dataFolder: string): void {
  if (!contributionsCache) return;
  mkdirSync(join(dataFolder, 'cache'), { recursive: true });
  copyFileSync(contributionsCache, join(dataFolder, 'cache', 'contributions.json'));
}
