// Small inputs written to a temporary folder, and imports of them in this process.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { HSDS_OBJECTS } from '#shared/directory/hsds.ts';
import type { Database } from '#server/db/schema.ts';
import { runImport, type ImportDeps, type ImportRequest } from '#server/directory/import-run.ts';
import type { ImportReport } from '#server/directory/import-tally.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { contributionsCache } from '../support/contributions-cache.ts';

export const PLUGINS = fileURLToPath(new URL('../../plugins', import.meta.url));

const registry = createRegistry();
const plugins = loadPlugins(PLUGINS, registry, { cacheFile: contributionsCache });

export function importDeps(db: Kysely<Database>): ImportDeps {
  return { db, registry, plugins, clock: () => Date.parse('2026-11-22T10:00:00Z') };
}

export interface Folder extends Disposable {
  path: string;
  write(files: Record<string, string | Uint8Array>): string;
}

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'waypost-import-'));
  return {
    path,
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), content);
      }
      return path;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Imports files by name → content as the source "test". */
export async function importFiles(
  db: Kysely<Database>,
  files: Record<string, string | Uint8Array>,
  options: Partial<ImportRequest> = {},
): Promise<ImportReport> {
  using folder = temporaryFolder();
  return await runImport(importDeps(db), {
    paths: [folder.write(files)],
    format: 'auto',
    source: 'test',
    dryRun: false,
    actor: 'test',
    ...options,
  });
}

export async function importPaths(db: Kysely<Database>, paths: string[], options: Partial<ImportRequest> = {}): Promise<ImportReport> {
  return runImport(importDeps(db), { paths, format: 'auto', dryRun: false, actor: 'test', ...options });
}

/** Counts without the issues. */
export function counts({ rows, created, updated, unchanged, rejected, conflicts }: ImportReport) {
  return { rows, created, updated, unchanged, rejected, conflicts };
}

export function codes(report: ImportReport): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(report.issues, (issue) => issue.code)].map(([code, issues]) => [code, issues.length]).sort());
}

/** Every record of the directory by object, without what only says where it came from. */
export async function dump(db: Kysely<Database>): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const object of HSDS_OBJECTS) {
    const rows = await db.selectFrom(object).selectAll().orderBy('id').execute();
    if (rows.length > 0) {
      all[object] = rows.map(({ source_row: _, extra, ...row }) => ({
        ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
        ...(extra ? { extra: JSON.parse(extra) as unknown } : {}),
      }));
    }
  }
  return all;
}
