// Rows of input tables before they are mapped: columns of other tables are put beside their own, and tables of older
// versions of HSDS are brought to version 3. Tables that need neither pass through untouched.

import { upgradeRow } from '#shared/directory/legacy-hsds.ts';
import { findTable, type HsdsTable, type ImportMapping, type TableMapping } from '#shared/directory/mapping.ts';
import { toText } from '#shared/directory/cells.ts';
import { flattenRow } from '#shared/directory/profile.ts';
import type { ReadIssue } from '#shared/plugin-api/functions.ts';
import type { HashedBatch } from './import-reader.ts';
import type { ReadableFile } from './import-reading.ts';

/** What the rows of one table say of the rows of another: key → joined columns. */
type Told = Map<string, Record<string, unknown>>;
type Join = NonNullable<TableMapping['join']>[number];

/** The files with their rows as the mapping wants them. Tables that are joined are read once more, and their columns held. */
export async function prepareTables(files: readonly ReadableFile[], mapping: ImportMapping): Promise<ReadableFile[]> {
  if (!mapping.tables.some((table) => table.join || ('hsds' in table && table.legacy))) return [...files];
  const joins = new Map<Join, Told>();
  for (const { join = [] } of mapping.tables) for (const one of join) joins.set(one, new Map());
  const issues = joins.size > 0 ? await collect(files, joins) : [];
  return files.map((file, index) => ({ ...file, read: () => readPrepared(file, { mapping, joins, issues: index === 0 ? issues : [] }) }));
}

async function collect(files: readonly ReadableFile[], joins: ReadonlyMap<Join, Told>): Promise<ReadIssue[]> {
  const issues: ReadIssue[] = [];
  for (const file of files) {
    for await (const batch of file.read()) {
      for (const [join, told] of joins) {
        if (join.table !== batch.table) continue;
        for (const { row, values } of batch.rows) {
          const issue = tell(join, told, flattenRow(values));
          if (issue) issues.push({ ...issue, file: batch.file, row });
        }
      }
    }
  }
  return issues;
}

/** Notes what a row says; where an earlier one said something else, the earlier one counts. */
function tell(join: Join, told: Told, values: Record<string, unknown>): Omit<ReadIssue, 'file' | 'row'> | null {
  const key = toText(values[join.matches]);
  if (key === null) return null;
  const known = told.get(key) ?? {};
  let issue: Omit<ReadIssue, 'file' | 'row'> | null = null;
  for (const column of join.columns) {
    const text = toText(values[column]);
    if (text === null) continue;
    const name = `${join.table}.${column}`;
    const before = toText(known[name]);
    if (before === null) known[name] = text;
    else if (before !== text) {
      const message = `An earlier row for ${join.matches} ${key} says "${before}". That was kept; correct one of them in the source.`;
      issue = { column, code: 'join_ambiguous', severity: 'warning', message, value: text };
    }
  }
  told.set(key, known);
  return issue;
}

interface Preparing {
  mapping: ImportMapping;
  joins: ReadonlyMap<Join, Told>;
  issues: readonly ReadIssue[];
}

async function* readPrepared(file: ReadableFile, { mapping, joins, issues }: Preparing): AsyncIterable<HashedBatch> {
  let first = true;
  const upgraded = new Set<string>();
  for await (const batch of file.read()) {
    const plan = findTable(mapping, batch.table);
    const more: ReadIssue[] = first ? [...issues] : [];
    first = false;
    if (plan?.join) joinRows(batch, plan.join, joins);
    if (plan && 'hsds' in plan && plan.legacy) {
      if (!upgraded.has(batch.table)) more.push(upgradeIssue(batch.file, plan));
      upgraded.add(batch.table);
      upgradeRows(batch, plan.legacy, more);
    }
    yield more.length > 0 ? { ...batch, issues: [...batch.issues, ...more] } : batch;
  }
}

function joinRows(batch: HashedBatch, joins: readonly Join[], known: ReadonlyMap<Join, Told>): void {
  for (const row of batch.rows) {
    for (const join of joins) {
      const key = toText(row.values[join.on]);
      const told = key === null ? undefined : known.get(join)?.get(key);
      if (!told) continue;
      row.values = { ...row.values, ...told };
      // What stood in the file is no longer all that it says.
      delete row.hash;
    }
  }
}

function upgradeRows(batch: HashedBatch, legacy: string, issues: ReadIssue[]): void {
  for (const row of batch.rows) {
    const read = upgradeRow(legacy, row.values);
    row.values = read.values;
    delete row.hash;
    for (const issue of read.issues) issues.push({ ...issue, file: batch.file, row: row.row });
  }
}

function upgradeIssue(file: string, { legacy, hsds }: HsdsTable): ReadIssue {
  const message = `This table has the layout "${legacy ?? ''}" of an older version of HSDS. Its rows were brought to version 3, as ${hsds.replaceAll('_', ' ')}; look at a few of them.`;
  return { file, row: null, column: null, code: 'hsds_upgraded', severity: 'info', message, value: legacy ?? null };
}
