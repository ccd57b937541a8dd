// Writes the directory to files through the exporters that plugins contribute.

import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { ExporterContribution } from '#shared/plugin-api/points.ts';
import type { ExportFile } from '#shared/plugin-api/functions.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { createExportSource, type ExportOptions } from './export-source.ts';

export interface ExportRequest extends ExportOptions {
  format: string;
  /** A folder; for formats of one file also that file's name. */
  out: string;
}

/** Files written, relative to `out`. They appear when all of them are whole, or not at all. */
export async function exportDirectory(deps: Pick<ServerDeps, 'db' | 'registry' | 'plugins'>, request: ExportRequest): Promise<string[]> {
  const exporters = deps.registry.getPoint<ExporterContribution>('exporters').all();
  const exporter = exporters.find(({ value }) => value.id === request.format);
  if (!exporter) {
    const ids = exporters.map(({ value }) => value.id);
    throw new Problem('bad_request', `There is no export format "${request.format}". Formats: ${ids.join(', ')}.`, ids);
  }
  if (request.source !== undefined) await assertSource(deps, request.source);
  const run = await deps.plugins.getFunction(exporter.plugin, 'exporters', exporter.value.run);
  const files: WrittenFile[] = [];
  try {
    await deps.db
      .transaction()
      .setAccessMode('read only')
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        const source = await createExportSource(trx, request);
        for await (const file of run(source)) files.push(await writePart(await findTarget(request.out, file.path), file));
      });
    for (const { part, target } of files) await rename(part, target);
  } catch (error) {
    for (const { part, made } of files) await rm(made ?? part, { recursive: true, force: true });
    throw error;
  }
  return files.map(({ path }) => path);
}

async function assertSource(deps: Pick<ServerDeps, 'db'>, name: string): Promise<void> {
  const names = (await deps.db.selectFrom('source').select('name').orderBy('name').execute()).map((source) => source.name);
  if (!names.includes(name))
    throw new Problem('bad_request', `There is no source "${name}". Sources: ${names.join(', ') || '(none yet)'}.`, names);
}

/** `--out places.geojson` names the file itself; anything else is a folder. */
async function findTarget(out: string, path: string): Promise<string> {
  const whole = resolve(out);
  const isFolder = await stat(whole).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!isFolder && extname(whole) !== '' && extname(whole) === extname(path)) return whole;
  const target = join(whole, path);
  if (!target.startsWith(whole)) throw new Error(`The exporter wants to write outside of ${out}: ${path}`);
  return target;
}

interface WrittenFile {
  path: string;
  target: string;
  /** Where it lies until all are whole. */
  part: string;
  /** The outermost folder that had to be made for it. */
  made: string | undefined;
}

async function writePart(target: string, { path, chunks }: ExportFile): Promise<WrittenFile> {
  const made = await mkdir(dirname(target), { recursive: true });
  const part = join(dirname(target), `.${basename(target)}.part`);
  const file = await open(part, 'w').catch(async (error: unknown) => {
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  });
  try {
    for await (const chunk of chunks) await file.write(chunk);
    await file.close();
  } catch (error) {
    await file.close().catch(() => {});
    await rm(made ?? part, { recursive: true, force: true });
    throw error;
  }
  return { path, target, part, made };
}
