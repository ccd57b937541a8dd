// One import from files to the directory: plan, read and apply in one transaction (import-passes.ts), keep what was tried. Runs in
// a worker (server/import-worker.ts); killed at any moment it leaves nothing behind, and can be run again.

import type { ConflictDecisions } from '#shared/directory/conflict-decisions.ts';
import type { ImportMapping } from '#shared/directory/mapping.ts';
import { Problem } from '#shared/platform/problems.ts';
import { reserve } from '../db/acts.ts';
import { getSecret } from '../db/secrets.ts';
import type { ServerDeps } from '../deps.ts';
import { ImportPasses } from './import-passes.ts';
import type { ImportReader } from './import-reader.ts';
import type { Execute } from './bulk-write.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import { listInputFiles, nameSource } from './import-files.ts';
import { reportPlan, reportSaved } from './import-told.ts';
import { planMapping, profileFiles } from './import-plan.ts';
import { completeMapping, findSavedMapping } from './import-mappings.ts';
import { findReaders } from './import-reading.ts';
import { ImportStage, type StageDigests } from './import-stage.ts';
import { keepStage } from './import-staged.ts';
import { prepareTables } from './import-tables.ts';
import { ImportTally, type ImportHooks, type ImportReport } from './import-tally.ts';

export interface ImportRequest {
  paths: string[];
  /** Id of an importer, or `auto`. */
  format: string;
  mapping?: ImportMapping | undefined;
  source?: string | undefined;
  /** Everything is tried, and nothing is kept. */
  dryRun: boolean;
  /** Who: written into the history. */
  actor: string;
  /** Under which id to keep what would be done, for looking at it; for a dry run. */
  stage?: string | undefined;
  /** What was shown: the import does exactly that, or says that it cannot. */
  shown?: ShownStage | undefined;
  /** What to do with values that were edited here; those not decided stay, and are told. */
  decisions?: ConflictDecisions | undefined;
  /** Services that the source no longer gives are closed. */
  closeGone?: boolean | undefined;
  /** What the watched folder was like, kept with the act. */
  signature?: string | undefined;
  /** A mapping that was given is kept for the next import of the source anyway; this keeps a suggested one too. */
  saveMapping?: boolean | undefined;
}

export interface ShownStage extends StageDigests {
  position: number;
}

export interface ImportDeps extends Pick<ServerDeps, 'db' | 'registry' | 'plugins' | 'clock'> {
  /** A quicker way to write into a transaction of `db` than through it. */
  execute?: Execute | undefined;
  /** A thread that reads the input; absent: it is read here. */
  reader?: ImportReader | undefined;
}

const ID_SECRET = 'record-ids';

/** Thrown to undo a dry run. */
class DryRunOver extends Error {}

export async function runImport(deps: ImportDeps, request: ImportRequest, hooks: ImportHooks = {}): Promise<ImportReport> {
  const stage = request.stage !== undefined || request.shown ? new ImportStage({ keeps: request.stage !== undefined }) : undefined;
  const tally = new ImportTally(hooks, stage);
  tally.begin('looking');
  const files = await listInputFiles(request.paths);
  tally.expect(files.reduce((sum, { size }) => sum + size, 0));
  const readers = await findReaders(
    files.map((file) => ({ ...file, open: () => countBytes(file.open(), tally) })),
    request.format,
    deps,
  );
  if (readers.files.length === 0)
    throw new Problem('unprocessable', `Nothing to import: no file under ${request.paths.join(', ')} has a format that is known.`);
  const profiles = await profileFiles(readers.files);
  const source = request.source ?? request.mapping?.source ?? nameSource(request.paths);
  const tableNames = profiles.map(({ table }) => table);
  const saved = request.mapping ? undefined : await findSavedMapping(deps.db, source, tableNames);
  const planned = planMapping(profiles, { source, format: request.format, registry: deps.registry, mapping: request.mapping });
  const mapping = saved ? completeMapping(saved, planned) : planned;
  readers.files = await prepareTables(readers.files, mapping);
  const tables = profiles.map(({ table, file }) => ({ table, file }));
  // The rows that were looked at are no longer needed.
  profiles.length = 0;
  reportPlan(tally, { readers, mapping, files: tables });
  if (saved) reportSaved(tally, source);
  const act = {
    kind: 'import',
    actor: request.actor,
    at: new Date(deps.clock()).toISOString(),
    detail: { source, paths: request.paths.length, ...(request.signature && { signature: request.signature }) },
  } as const;
  const tries: { position: number; hidden: HiddenPlaces }[] = [];
  try {
    await writeDirectoryAct(deps.db, act, async (trx, writer) => {
      const passes = new ImportPasses(trx, {
        act: writer,
        source,
        mapping,
        readers,
        tally,
        tables: tables.map(({ table }) => table),
        at: act.at,
        secret: await getSecret(trx, ID_SECRET),
        execute: deps.execute,
        decisions: request.decisions,
        closeGone: request.closeGone === true,
        savesMapping: request.mapping !== undefined || request.saveMapping === true,
      });
      const position = await reserve(trx, 'change', 0);
      await passes.run();
      if (stage && request.shown) assertShown(request.shown, { ...stage.finish(), position });
      if (stage && request.stage !== undefined) tries.push({ position, hidden: await readHiddenPlaces(trx) });
      if (request.dryRun) throw new DryRunOver();
    });
  } catch (error) {
    if (!(error instanceof DryRunOver)) throw error;
  }
  for (const { position, hidden } of tries) {
    if (!stage || request.stage === undefined) break;
    tally.begin('staging');
    const kept = { id: request.stage, source, actor: request.actor, at: act.at, position };
    await keepStage(deps.db, kept, { items: stage, digests: stage.finish(), hidden, execute: deps.execute });
  }
  hooks.onCodes?.(tally.codes);
  return tally.toReport(source);
}

/** Records that several rows tell may differ with a decision; while nothing else was written they are the same too. */
function assertShown(shown: ShownStage, now: ShownStage): void {
  if (now.digest === shown.digest && (now.position === shown.position || now.shared === shown.shared)) return;
  throw new Problem(
    'conflict',
    'The directory or the files changed since this was looked at, and the import would now do something else. Nothing was written: look at it again.',
  );
}

async function* countBytes(bytes: AsyncIterable<Uint8Array>, tally: ImportTally): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) {
    tally.read(chunk.length);
    yield chunk;
  }
}
