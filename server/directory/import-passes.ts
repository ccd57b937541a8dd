// The passes of an import over its input, within the transaction of its act: which ids are given, what each row says, rows
// that share a key, trees that complete one another, what is gone, what is hidden.

import type { Transaction } from 'kysely';
import type { ConflictDecisions } from '#shared/directory/conflict-decisions.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { listGivenIds } from '#shared/directory/hsds-tree.ts';
import type { RowIssue } from '#shared/directory/import-record.ts';
import { createTableReader } from '#shared/directory/map-row.ts';
import type { ImportMapping, TableMapping } from '#shared/directory/mapping.ts';
import { flattenRow } from '#shared/directory/profile.ts';
import { reserve } from '../db/acts.ts';
import type { Database } from '../db/schema.ts';
import type { Execute } from './bulk-write.ts';
import type { DirectoryActWriter } from './directory-act.ts';
import { hashText } from './hash-text.ts';
import { ImportApplier } from './import-apply.ts';
import { FlatImport, type FlatTable } from './import-flat.ts';
import { reportGone } from './import-gone.ts';
import { TablePlans } from './import-plan.ts';
import type { HashedBatch } from './import-reader.ts';
import type { FoundReaders, ReadableFile } from './import-reading.ts';
import { createReplaceableIds, replaceTakenIds, type ReplaceableIds } from './import-taken-ids.ts';
import type { ImportTally } from './import-tally.ts';
import { reportMissingReferences } from './import-told.ts';
import { TreeImport } from './import-trees.ts';
import { ImportWriter } from './import-writer.ts';

export interface PassesOptions {
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

export class ImportPasses {
  #trx: Transaction<Database>;
  #options: PassesOptions;
  #plans: TablePlans;
  #ids: ReplaceableIds;
  #flatTables = new Map<string, FlatTable>();

  constructor(trx: Transaction<Database>, options: PassesOptions) {
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
