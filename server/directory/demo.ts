// Made-up data to try the product on: what plugins contribute as `demos` goes in by the same way as an import, as a
// source of its own, and comes out again without a trace in the directory.

import type { DemoContribution } from '#shared/plugin-api/points.ts';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import { createRecordIds } from '#shared/directory/record-ids.ts';
import { Problem } from '#shared/platform/problems.ts';
import { reserve, type NewChange } from '../db/acts.ts';
import type { ServerDeps } from '../deps.ts';
import { addDemoPopulation, removeDemoPopulations } from '../gaps/queries.ts';
import { inPieces } from './bulk-write.ts';
import { writeDirectoryAct } from './directory-act.ts';
import { ImportApplier } from './import-apply.ts';
import { hashText } from './hash-text.ts';
import { ImportTally, type ImportReport } from './import-tally.ts';
import { TreeImport } from './import-trees.ts';
import { ImportWriter } from './import-writer.ts';

type DemoDeps = Pick<ServerDeps, 'db' | 'registry' | 'plugins' | 'settings' | 'clock'>;

/** How sources of demos are known. */
const DEMO_FORMAT = 'demo';

/** Called when the server starts: a directory with nothing in it gets the demo. */
export async function loadDemoIfEmpty(deps: DemoDeps): Promise<void> {
  if (listDemos(deps).length === 0) return;
  const any = await deps.db.selectFrom('act').select('id').limit(1).executeTakeFirst();
  const service = await deps.db.selectFrom('service').select('id').limit(1).executeTakeFirst();
  // Someone who removed the demo, or emptied the directory, does not want it back.
  if (!any && !service) await addDemos(deps, 'local:start');
}

function listDemos({ registry }: Pick<DemoDeps, 'registry'>) {
  return registry.getPoint<DemoContribution>('demos').all();
}

/** Adds every contributed demo, or brings it up to date. */
export async function addDemos(deps: DemoDeps, actor: string): Promise<ImportReport[]> {
  const demos = listDemos(deps);
  if (demos.length === 0) throw new Problem('not_available', 'No plugin brings a demo.');
  const reports: ImportReport[] = [];
  for (const { plugin, value } of demos) {
    const run = await deps.plugins.getFunction(plugin, 'demos', value.run);
    const data = await run();
    const tally = new ImportTally({});
    const at = new Date(deps.clock()).toISOString();
    await writeDirectoryAct(deps.db, { kind: 'demo', actor, at, detail: { demo: value.id } }, async (trx, { id: actId }) => {
      const found = await trx.selectFrom('source').select('id').where('name', '=', data.source).executeTakeFirst();
      const sourceId = found?.id ?? (await reserve(trx, 'source'));
      if (!found)
        await trx
          .insertInto('source')
          .values({ id: sourceId, name: data.source, format: DEMO_FORMAT, mapping: null, created_at: at })
          .execute();
      const trees = new TreeImport(
        { ids: createRecordIds({ source: data.source, hash: hashText }), hash: hashText, replaceId: (_, recordId) => recordId },
        tally,
      );
      const rows = HSDS_OBJECTS.flatMap((object) =>
        (data.records[object] ?? []).map(({ extra, ...values }, i) => ({ object, read: { row: i + 1, values }, own: extra ?? {} })),
      );
      for (const { object, read, own } of rows) trees.count(object, read, own);
      const writer = await ImportWriter.open(trx, { sourceId, actId, isNew: !found });
      const gives = (object: HsdsObject, recordId: string): boolean => trees.gives(object, recordId);
      await trees.finishCounting(writer, new ImportApplier(writer, { isNew: !found, gives }));
      for (const { object, read, own } of rows) await trees.add(object, object, read, own);
      await trees.finish();
      await writer.close();
    });
    if (data.population) await addDemoPopulation(deps.db, data.population, { demo: value.id, actor, at });
    reports.push(tally.toReport(data.source));
  }
  await deps.settings.setDemo(Object.assign({}, ...demos.map(({ value }) => value.settings)) as Record<string, unknown>);
  return reports;
}

/** Takes every demo out, with its settings; gives how many records that were. */
export async function removeDemos(deps: DemoDeps, actor: string): Promise<number> {
  let removed = 0;
  const sources = await deps.db.selectFrom('source').select(['id', 'name']).where('format', '=', DEMO_FORMAT).execute();
  for (const source of sources) removed += await removeSource(deps, { sourceId: source.id, actor, name: source.name });
  await removeDemoPopulations(deps.db);
  await deps.settings.setDemo(null);
  return removed;
}

async function removeSource(deps: DemoDeps, { sourceId, actor, name }: { sourceId: number; actor: string; name: string }): Promise<number> {
  let removed = 0;
  const at = new Date(deps.clock()).toISOString();
  await writeDirectoryAct(deps.db, { kind: 'demo', actor, at, detail: { removed: name } }, async (trx, act) => {
    const rows = (await trx.selectFrom('source_row').select('id').where('source_id', '=', sourceId).execute()).map(({ id }) => id);
    for (const object of HSDS_OBJECTS) {
      for (const piece of inPieces(rows)) {
        const records = await trx.selectFrom(object).selectAll().where('source_row', 'in', piece).execute();
        if (records.length === 0) continue;
        await act.record(
          records.map((record): NewChange => ({
            object,
            recordId: record.id,
            op: 'delete',
            before: record as unknown as Record<string, unknown>,
          })),
        );
        await trx.deleteFrom(object).where('source_row', 'in', piece).execute();
        removed += records.length;
      }
    }
    await trx.deleteFrom('source_row').where('source_id', '=', sourceId).execute();
    await trx.deleteFrom('source').where('id', '=', sourceId).execute();
  });
  return removed;
}
