// Directories that go out and come in again.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { exportDirectory } from '#server/directory/export.ts';
import type { Database } from '#server/db/schema.ts';
import { importDeps, temporaryFolder } from '../import/support.ts';

/** The files of an export by name. */
export async function exportFiles(db: Kysely<Database>, format: string, source?: string): Promise<Record<string, string>> {
  using folder = temporaryFolder();
  await exportDirectory(importDeps(db), { format, out: folder.path, source });
  return Object.fromEntries(readdirSync(folder.path).map((name) => [name, readFileSync(join(folder.path, name), 'utf8')]));
}

/** JSON with lists as sets: the order of records says nothing. */
export function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, unordered(inner)]),
  );
}
