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

/** Files written, relative to `out`. Each appears whole or not at all. */
export async function exportDirectory(deps: Pick<ServerDeps, 'db' | 'registry' | 'plugins'>, request: ExportRequest): Promise<string[]> {
  const exporters = deps.registry.getPoint<ExporterContribution>('exporters').all();
  const exporter = exporters.find(({ value }) => value.id === request.format);
  if (!exporter) {
    const ids = exporters.map(({ value }) => value.id);
    throw new Problem('bad_request', `There is no export format "${request.format}". Formats: ${ids.join(', ')}.`, ids);
  }
  if (request.source !== undefined) await assertSource(deps, request.source);
  const run = await deps.plugins.getFunction(exporter.plugin, 'exporters', exporter.value.run);
  const written: string[] = [];
  await deps.db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const source = await createExportSource(trx, request);
      for await (const file of run(source)) {
        const target = await findTarget(request.out, file.path);
        await writeWhole(target, file);
        written.push(file.path);
      }
    });
  return written;
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

async function writeWhole(target: string, { chunks }: ExportFile): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const partial = join(dirname(target), `.${basename(target)}.part`);
  const file = await open(partial, 'w');
  try {
    for await (const chunk of chunks) await file.write(chunk);
    await file.close();
    await rename(partial, target);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}
