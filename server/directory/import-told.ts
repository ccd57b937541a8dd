// What an import tells beside its rows: how the files are taken, and which records are named that are nowhere.

import type { Transaction } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { ImportMapping } from '#shared/directory/mapping.ts';
import type { Database } from '../db/schema.ts';
import { inPieces } from './bulk-write.ts';
import { TablePlans } from './import-plan.ts';
import type { FoundReaders } from './import-reading.ts';
import type { ImportTally } from './import-tally.ts';

export function reportSaved(tally: ImportTally, source: string): void {
  const message = `The mapping that was kept for "${source}" was used. Give another one to change it.`;
  tally.report('', null, { column: null, code: 'mapping_saved', severity: 'info', message, value: source });
}

export function reportPlan(
  tally: ImportTally,
  { readers, mapping, files }: { readers: FoundReaders; mapping: ImportMapping; files: { table: string; file: string }[] },
): void {
  for (const { path } of readers.skipped) {
    tally.report(path, null, {
      column: null,
      code: 'file_skipped',
      severity: 'info',
      message: 'No table is expected in this file, so it was not read.',
      value: null,
    });
  }
  const plans = new TablePlans(mapping);
  for (const { table, file } of files) {
    const plan = plans.find(table);
    if (!plan || 'hsds' in plan) continue;
    if (
      plan.records[0]?.object === 'service' &&
      !plan.records.some((record) => record.object === 'organization' || 'organization_id' in record.fields)
    ) {
      tally.report(file, null, {
        column: null,
        code: 'organization_missing',
        severity: 'info',
        message: 'No column names an organization, so the services have none. Map a column to it if there is one.',
        value: null,
      });
    }
    const type = plan.records[0]?.fields['waypost:type'];
    const assumed =
      typeof type === 'object' && 'constant' in type
        ? String(type.constant)
        : typeof type === 'object' && 'lookup' in type
          ? type.otherwise
          : undefined;
    if (assumed) {
      tally.report(file, null, {
        column: null,
        code: 'type_assumed',
        severity: 'info',
        message: `Rows that name no kind of help are taken for "${assumed}", by the name of the file. Change it in the mapping if it is wrong.`,
        value: assumed,
      });
    }
  }
}

/** References to records that neither the input nor the directory has. */
export async function reportMissingReferences(
  trx: Transaction<Database>,
  tally: ImportTally,
  isGiven: (object: HsdsObject, id: string) => boolean,
): Promise<void> {
  const open = tally.references.filter(({ reference }) => !isGiven(reference.object, reference.id));
  const found = new Set<string>();
  for (const [object, list] of Map.groupBy(open, ({ reference }) => reference.object)) {
    for (const piece of inPieces([...new Set(list.map(({ reference }) => reference.id))])) {
      for (const { id } of await trx.selectFrom(object).select('id').where('id', 'in', piece).execute()) found.add(`${object} ${id}`);
    }
  }
  for (const { file, row, reference } of open)
    if (!found.has(`${reference.object} ${reference.id}`)) tally.reportMissing(file, row, reference);
}
