// Directories that go out and come in again.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Kysely } from 'kysely';
import { exportDirectory } from '#server/directory/export.ts';
import type { Database } from '#server/db/schema.ts';
import { importDeps, temporaryFolder } from '../import/support.ts';

/** The files of an export by name. */
export async function exportBytes(db: Kysely<Database>, format: string, source?: string): Promise<Record<string, Uint8Array>> {
  using folder = temporaryFolder();
  await exportDirectory(importDeps(db), { format, out: folder.path, source });
  return Object.fromEntries(readdirSync(folder.path).map((name) => [name, readFileSync(join(folder.path, name))]));
}

/** The same as text. */
export async function exportFiles(db: Kysely<Database>, format: string, source?: string): Promise<Record<string, string>> {
  const files = await exportBytes(db, format, source);
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, toText(name, content)]));
}

/** What a file says; of a workbook its parts, a row of a sheet on each line. */
export function toText(name: string, content: Uint8Array): string {
  if (!name.endsWith('.xlsx')) return strFromU8(content);
  const parts = Object.entries(content.length === 0 ? {} : unzipSync(content));
  return parts.map(([part, text]) => `${part}\n${strFromU8(text).replaceAll('<row', '\n<row')}`).join('\n');
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
