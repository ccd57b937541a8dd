// One import from files to the directory: plan, read, apply in one transaction. Runs in a worker (server/import-worker.ts);
// killed at any moment it leaves nothing behind, and can be run again.

import type { Transaction } from 'kysely';
import type { ConflictDecisions } from '#shared/directory/conflict-decisions.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { listGivenIds } from '#shared/directory/hsds-tree.ts';
import type { RowIssue } from '#shared/directory/import-record.ts';
import { createTableReader } from '#shared/directory/map-row.ts';
import type { ImportMapping, TableMapping } from '#shared/directory/mapping.ts';
import { flattenRow } from '#shared/directory/profile.ts';
import { Problem } from '#shared/platform/problems.ts';
import { reserve } from '../db/acts.ts';
import { getSecret } from '../db/secrets.ts';
import type { Database } from '../db/schema.ts';
import type { ServerDeps } from '../deps.ts';
import { ImportApplier } from './import-apply.ts';
import type { HashedBatch, ImportReader } from './import-reader.ts';
import type { Execute } from './bulk-write.ts';
import { writeDirectoryAct, type DirectoryActWriter } from './directory-act.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import { listInputFiles, nameSource } from './import-files.ts';
import { FlatImport, type FlatTable } from './import-flat.ts';
import { reportMissingReferences, reportPlan, reportSaved } from './import-told.ts';
import { hashText } from './hash-text.ts';
import { planMapping, profileFiles, TablePlans } from './import-plan.ts';
import { reportGone } from './import-gone.ts';
import { completeMapping, findSavedMapping } from './import-mappings.ts';
import { findReaders, type FoundReaders, type ReadableFile } from './import-reading.ts';
import { ImportStage, type StageDigests } from './import-stage.ts';
import { keepStage } from './import-staged.ts';
import { createReplaceableIds, replaceTakenIds, type ReplaceableIds } from './import-taken-ids.ts';
import { prepareTables } from './import-tables.ts';
import { ImportTally, type ImportHooks, type ImportReport } from './import-tally.ts';
import { TreeImport } from './import-trees.ts';
import { ImportWriter } from './import-writer.ts';

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
      const run = new ImportRun(trx, {
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
      await run.run();
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

interface RunOptions {
  act: DirectoryActWriter;
  source: string;
  mapping: ImportMapping;
  readers: FoundReaders;
  tally: ImportTally;
  tables: string[];
  at: string;
  /** What ids are made with. */
  secret: string;
  execute: Execute | undefined;
  decisions: ConflictDecisions | undefined;
  closeGone: boolean;
  /** Whether the next import of the source uses this mapping. */
  savesMapping: boolean;
}

class ImportRun {
  #trx: Transaction<Database>;
  #options: RunOptions;
  #plans: TablePlans;
  #ids: ReplaceableIds;
  #flatTables = new Map<string, FlatTable>();

  constructor(trx: Transaction<Database>, options: RunOptions) {
    this.#trx = trx;
    this.#options = options;
    this.#plans = new TablePlans(options.mapping);
    this.#ids = createReplaceableIds({ source: options.source, hash: hashText, secret: options.secret });
  }

  async run(): Promise<void> {
    const { tally, act, execute } = this.#options;
    const source = await this.#findSource();
    await replaceTakenIds(this.#trx, source.id, {
      ids: this.#ids,
      readGiven: (found) =>
        this.#readAll((batch) => this.#listGivenIds(batch, (object, id, row) => found(object, id, { file: batch.file, row }))),
      report: ({ file, row }, issue) => tally.report(file, row, issue),
    });
    const trees = new TreeImport({ ids: this.#ids, hash: hashText, replaceId: (object, id) => this.#ids.replaced(object, id) }, tally);
    const writer = await ImportWriter.open(this.#trx, { sourceId: source.id, actId: act.id, isNew: source.isNew, execute });
    const options = { isNew: source.isNew, stage: tally.stage, decisions: this.#options.decisions };
    const remembered = source.isNew ? 0 : await this.#countRows(source.id);
    const applier = new ImportApplier(writer, options);
    const flat = new FlatImport({ applier, writer, tally });
    tally.begin('reading');
    try {
      const treeFiles = new Set<ReadableFile>();
      await this.#readAll(async (batch, { file, first }) => {
        this.#reportReading(batch);
        const plan = this.#plans.find(batch.table);
        if (!plan) return this.#rejectTable(batch, first);
        if ('hsds' in plan) treeFiles.add(file);
        for (const row of batch.rows) {
          if ('hsds' in plan) trees.count(plan.hsds, row);
          else await flat.add(this.#flatTable(batch.table, plan), batch.file, row);
        }
      });
      await flat.finishReading();
      if (await flat.finishFirstPass()) await this.#readAgain(flat);
      flat.countRows();
      if (treeFiles.size > 0) {
        writer.recordCreations();
        await trees.finishCounting(writer, new ImportApplier(writer, { ...options, gives: (object, id) => trees.gives(object, id) }));
        await this.#readTrees(trees, treeFiles);
      }
      tally.begin('settling');
      if (flat.metKnown + trees.metKnown < remembered) await this.#reportGone(writer, (key) => flat.has(key) || trees.has(key));
      await writer.close();
    } catch (error) {
      await writer.settle();
      throw error;
    }
    await reportMissingReferences(this.#trx, tally, (object, id) => trees.gives(object, id));
    await this.#hide();
  }

  /** What texts of other rows say of a place, and whatever would give a hidden one away, is hidden before anyone sees it. */
  async #hide(): Promise<void> {
    const { act, tally } = this.#options;
    for (const place of await act.settle({ hides: tally.hides })) tally.reportTwin(place);
  }

  async #countRows(sourceId: number): Promise<number> {
    const query = this.#trx.selectFrom('source_row').select((eb) => eb.fn.countAll<number>().as('rows'));
    return Number((await query.where('source_id', '=', sourceId).executeTakeFirstOrThrow()).rows);
  }

  async #reportGone(writer: ImportWriter, isGiven: (key: string) => boolean): Promise<void> {
    const { tables, tally, closeGone } = this.#options;
    const objects = new Set(tables.flatMap((table) => this.#plans.mainObjectOf(table) ?? []));
    await reportGone(writer, tally, { objects, isGiven, close: closeGone });
  }

  async #readAgain(flat: FlatImport): Promise<void> {
    this.#options.tally.begin('merging');
    await this.#readAll(
      async (batch) => {
        const plan = this.#plans.find(batch.table);
        if (!plan || 'hsds' in plan) return;
        for (const row of batch.rows) await flat.addAgain(this.#flatTable(batch.table, plan), batch.file, row);
      },
      { rows: flat.again },
    );
    await flat.finishSecondPass();
  }

  async #readTrees(trees: TreeImport, files: ReadonlySet<ReadableFile>): Promise<void> {
    this.#options.tally.begin('merging');
    await this.#readAll(
      async (batch) => {
        const plan = this.#plans.find(batch.table);
        if (!plan || !('hsds' in plan)) return;
        for (const row of batch.rows) await trees.add(plan.hsds, batch.file, row);
      },
      { files },
    );
    await trees.finish();
  }

  /** @param only rows with these numbers, of these files; absent: all */
  async #readAll(
    onBatch: (batch: HashedBatch, at: { file: ReadableFile; first: boolean }) => Promise<void> | void,
    only: { rows?: ReadonlySet<number>; files?: ReadonlySet<ReadableFile> } = {},
  ): Promise<void> {
    for (const file of this.#options.readers.files) {
      if (only.files?.has(file) === false) continue;
      let first = true;
      for await (const batch of file.read(only.rows)) {
        await onBatch(batch, { file, first });
        first = false;
      }
    }
  }

  /** A row that could not be read at all is there as an error only: it is rejected. */
  #reportReading(batch: HashedBatch): void {
    const read = new Set(batch.rows.map(({ row }) => row));
    const lost = new Map<number, RowIssue[]>();
    for (const { file, row, ...issue } of batch.issues) {
      this.#options.tally.report(file, row, issue);
      if (issue.severity === 'error' && row !== null && !read.has(row)) lost.set(row, [...(lost.get(row) ?? []), issue]);
    }
    for (const [row, issues] of lost) this.#options.tally.reject(batch.file, row, issues);
  }

  #rejectTable(batch: HashedBatch, first: boolean): void {
    const { tally } = this.#options;
    const message = `The mapping does not say what the table "${batch.table}" is, so its rows were left out. Add it to the mapping.`;
    const issue: RowIssue = { column: null, code: 'table_unmapped', severity: 'error', message, value: batch.table };
    for (const { row } of batch.rows) tally.reject(batch.file, row, [issue]);
    if (!first || batch.rows.length === 0) return;
    tally.report(batch.file, null, issue);
  }

  #flatTable(table: string, plan: TableMapping): FlatTable {
    let flat = this.#flatTables.get(table);
    if (!flat) {
      const tableScope = this.#plans.scopeOf(table, this.#options.tables);
      const reader = createTableReader(plan, {
        ids: this.#ids,
        hash: hashText,
        mainObjectOf: (other) => this.#plans.mainObjectOf(other),
        isReferredTo: this.#plans.isReferredTo(table),
        ...(tableScope ? { tableScope } : {}),
      });
      this.#flatTables.set(table, (flat = { reader, fingerprint: this.#plans.fingerprintOf(table) }));
    }
    return flat;
  }

  async #findSource(): Promise<{ id: number; isNew: boolean }> {
    const { source, readers, at, savesMapping } = this.#options;
    const mapping = JSON.stringify(this.#options.mapping);
    const found = await this.#trx.selectFrom('source').select('id').where('name', '=', source).executeTakeFirst();
    if (found) {
      await this.#trx
        .updateTable('source')
        .set({ mapping, ...(savesMapping && { saved_mapping: mapping }) })
        .where('id', '=', found.id)
        .execute();
      return { id: found.id, isNew: false };
    }
    const id = await reserve(this.#trx, 'source');
    await this.#trx
      .insertInto('source')
      .values({
        id,
        name: source,
        format: readers.files[0]?.format ?? 'auto',
        mapping,
        saved_mapping: savesMapping ? mapping : null,
        created_at: at,
      })
      .execute();
    return { id, isNew: true };
  }

  /** Ids that rows bring along, with where they stand; of a mapped table those of the records that it mainly gives. */
  #listGivenIds(batch: HashedBatch, found: (object: HsdsObject, id: string, row: number) => void): void {
    const plan = this.#plans.find(batch.table);
    const object = this.#plans.mainObjectOf(batch.table);
    if (!plan || !object) return;
    for (const { row, values } of batch.rows) {
      if ('hsds' in plan) listGivenIds(plan.hsds, values, (given, id) => found(given, id, row));
      else {
        const id = this.#flatTable(batch.table, plan).reader.keyOf(flattenRow(values))?.id;
        if (id) found(object, id, row);
      }
    }
  }
}
