// Real directory data that is no part of the product. Tests that read it are skipped, loudly, where it is missing.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let warned = false;

/** The folder of real data (WAYPOST_TEST_DATA, else ../shared/data beside the project); null where there is none. */
export function dataFolder(): string | null {
  const folder = resolve(ROOT, process.env['WAYPOST_TEST_DATA'] ?? '../shared/data');
  if (existsSync(folder)) return folder;
  if (!warned) console.warn(`\n  SKIPPED: tests on real data. ${folder} is not there; name it with WAYPOST_TEST_DATA.\n`);
  warned = true;
  return null;
}

/** A path inside the folder of real data; null where it is missing. */
export function dataPath(...parts: string[]): string | null {
  const folder = dataFolder();
  const path = folder && join(folder, ...parts);
  return path && existsSync(path) ? path : null;
}
