// The first look at files before an import: what tables there are, what they would become, and why.

import { createTreeReader } from '#shared/directory/hsds-tree.ts';
import type { MappedRecord, RowIssue, TableReader } from '#shared/directory/import-record.ts';
import type { ImportMapping } from '#shared/directory/mapping.ts';
import { upgradeRow } from '#shared/directory/legacy-hsds.ts';
import { createTableReader } from '#shared/directory/map-row.ts';
import { nestRow, type TableProfile } from '#shared/directory/profile.ts';
import { createRecordIds } from '#shared/directory/record-ids.ts';
import type { ServerDeps } from '../deps.ts';
import { listInputFiles } from './import-files.ts';
import { hashText } from './hash-text.ts';
import { planMapping, profileFiles, TablePlans } from './import-plan.ts';
import { findReaders } from './import-reading.ts';

const ROWS_SHOWN = 8;
const EXAMPLES_SHOWN = 5;

export interface SuggestedTable {
  table: string;
  file: string;
  rows: number;
  columns: { name: string; filled: number; examples: string[] }[];
  sample: { values: Record<string, unknown>; records: Pick<MappedRecord, 'object' | 'fields' | 'extra'>[]; issues: RowIssue[] }[];
}

export interface SuggestedImport {
  mapping: ImportMapping;
  tables: SuggestedTable[];
  /** Files that are not read. */
  skipped: string[];
}

export async function suggestImport(
  deps: Pick<ServerDeps, 'registry' | 'plugins'>,
  folder: string,
  options: { format: string; mapping?: ImportMapping | undefined; source?: string | undefined },
): Promise<SuggestedImport> {
  const readers = await findReaders(await listInputFiles([folder]), options.format, deps);
  const profiles = await profileFiles(readers.files);
  const source = options.source ?? options.mapping?.source ?? readers.files[0]?.file.path.replace(/\.[^.]+$/, '') ?? 'upload';
  const mapping = planMapping(profiles, { source, format: options.format, registry: deps.registry, mapping: options.mapping });
  const plans = new TablePlans(mapping);
  return {
    mapping,
    tables: profiles.map((profile) =>
      describeTable(profile, readerOf(profile.table, plans, source), 'hsds' in (plans.find(profile.table) ?? {})),
    ),
    skipped: readers.skipped.map(({ path }) => path),
  };
}

function readerOf(table: string, plans: TablePlans, source: string): TableReader | undefined {
  const plan = plans.find(table);
  const ids = createRecordIds({ source, hash: hashText });
  if (!plan) return undefined;
  if ('hsds' in plan) {
    const reader = createTreeReader(plan.hsds, { ids, hash: hashText, replaceId: (_, id) => id });
    return plan.legacy ? readUpgraded(reader, plan.legacy) : reader;
  }
  return createTableReader(plan, { ids, hash: hashText, mainObjectOf: (other) => plans.mainObjectOf(other), isReferredTo: false });
}

function readUpgraded(reader: TableReader, legacy: string): TableReader {
  return {
    keyOf: (values) => reader.keyOf(upgradeRow(legacy, values).values),
    isNamed: (values) => reader.isNamed(upgradeRow(legacy, values).values),
    map: (values, ...rest) => reader.map(upgradeRow(legacy, values).values, ...rest),
  };
}

function describeTable(profile: TableProfile, reader: TableReader | undefined, isTree: boolean): SuggestedTable {
  return {
    table: profile.table,
    file: profile.file,
    rows: profile.rows,
    columns: [...profile.columns.values()].map(({ name, filled, values }) => ({
      name,
      filled,
      examples: [...values.keys()].slice(0, EXAMPLES_SHOWN).map((value) => value.slice(0, 200)),
    })),
    sample: profile.sample.slice(0, ROWS_SHOWN).map((flat) => {
      const values = isTree ? nestRow(flat) : flat;
      const key = reader?.keyOf(values);
      const mapped = key && reader ? reader.map(values, key, 0) : undefined;
      return {
        values,
        records: (mapped?.records ?? []).map(({ object, fields, extra }) => ({ object, fields, extra })),
        issues: mapped?.issues ?? [],
      };
    }),
  };
}
