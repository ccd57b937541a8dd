// Writes the directory to files through the exporters that plugins contribute.

import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { ExporterContribution } from '#shared/plugin-api/points.ts';
import type { ExportFile } from '#shared/plugin-api/functions.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import type { Contribution } from '#shared/platform/registry.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Actor } from '../identity/actor.ts';
import { countServices, createExportSource, type ExportOptions } from './export-source.ts';

export interface ExportRequest extends ExportOptions {
  format: string;
  /** A folder; for formats of one file also that file's name. */
  out: string;
}

type Deps = Pick<ServerDeps, 'db' | 'registry' | 'plugins'>;

/** Files written, relative to `out`. They appear when all of them are whole, or not at all. */
export async function exportDirectory(deps: Deps, { out, ...what }: ExportRequest): Promise<string[]> {
  const files: WrittenFile[] = [];
  try {
    await runExport(deps, what, async (file) => {
      files.push(await writePart(await findTarget(out, file.path), file));
    });
    for (const { part, target } of files) await rename(part, target);
  } catch (error) {
    for (const { part, made } of files) await rm(made ?? part, { recursive: true, force: true });
    throw error;
  }
  return files.map(({ path }) => path);
}

/** Hands each file to `write`, of the directory as it is at one moment. */
export async function runExport(
  deps: Deps,
  { format, source }: Omit<ExportRequest, 'out'>,
  write: (file: ExportFile) => Promise<void>,
): Promise<void> {
  const { plugin, value } = getExporter(deps, format);
  if (source !== undefined) await assertSource(deps, source);
  const run = await deps.plugins.getFunction(plugin, 'exporters', value.run);
  await deps.db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      for await (const file of run(await createExportSource(trx, { source }))) await write(file);
    });
}

/** Puts on record that the directory leaves, before it does: who takes it, in which format, and how much of it. */
export async function auditExport(
  deps: Deps & Pick<ServerDeps, 'clock'>,
  { actor, format, source }: { actor: Actor; format: string; source?: string | undefined },
): Promise<void> {
  getExporter(deps, format);
  if (source !== undefined) await assertSource(deps, source);
  await deps.db.transaction().execute(async (trx) => {
    const services = await countServices(trx, source);
    const reason = `${format}, ${services} services`;
    await recordAudit(trx, { actor, at: deps.clock(), action: 'directory.export', object: 'source', recordId: source ?? '*', reason });
  });
}

function getExporter({ registry }: Pick<ServerDeps, 'registry'>, format: string): Contribution<ExporterContribution> {
  const exporters = registry.getPoint<ExporterContribution>('exporters').all();
  const exporter = exporters.find(({ value }) => value.id === format);
  if (exporter) return exporter;
  const ids = exporters.map(({ value }) => value.id);
  throw new Problem('bad_request', `There is no export format "${format}". Formats: ${ids.join(', ')}.`, ids);
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
    for await (const chunk of chunks) await (typeof chunk === 'string' ? file.write(chunk) : file.write(chunk));
    await file.close();
  } catch (error) {
    await file.close().catch(() => {});
    await rm(made ?? part, { recursive: true, force: true });
    throw error;
  }
  return { path, target, part, made };
}
