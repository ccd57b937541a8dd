// What mapping gives: flat records ready for the database, and what was noticed on the way.

import type { Severity } from '../platform/result.ts';
import type { HsdsObject } from './hsds.ts';

export interface MappedRecord {
  object: HsdsObject;
  id: string;
  /** Columns of the table; absent is null. */
  fields: Record<string, string | number | null>;
  /** Columns that HSDS has no field for. */
  extra: Record<string, unknown> | null;
  /** Other rows may give the same record: an organization that several rows name, a taxonomy, a child told under several parents. */
  shared: boolean;
}

/** Something noticed in one row; the importer adds file and row. */
export interface RowIssue {
  column: string | null;
  code: string;
  severity: Severity;
  message: string;
  value: string | null;
  /** What the row says is hidden, where its place stands in another row. */
  hides?: { object: HsdsObject; id: string };
}

export interface RowKey {
  /** Unique within the source: object, scope and id, or a hash of name and address. */
  key: string;
  /** What the ids of its records are made of; empty: the number of the row. */
  base: string;
  /** Id of the record that the row mainly is, where it came along; null: made like the others. */
  id: string | null;
  /** The day by which the newest of several rows with one key wins. */
  newest: string | null;
}

/** A reference to a record of another table, to be looked for when all tables have been read. */
export interface RowReference {
  object: HsdsObject;
  id: string;
  column: string | null;
  /** As it was written. */
  value: string;
}

export interface MappedRow {
  records: MappedRecord[];
  references: RowReference[];
  issues: RowIssue[];
  /** The row gives nothing; an issue of severity `error` says why. */
  rejected: boolean;
}

/** How the rows of one table are read. */
export interface TableReader {
  /** The key of a row, or null where it cannot have one: it will be rejected. */
  keyOf(row: Record<string, unknown>): RowKey | null;
  /** Whether the row surely has what it must have, seen without mapping it; where not, only mapping tells. */
  isNamed(row: Record<string, unknown>): boolean;
  /** @param number of the input row in the directory, for ids */
  map(row: Record<string, unknown>, key: RowKey, number: number): MappedRow;
}

/**
 * Two rows with one key as one: the newer one's values win, the other's fill what is empty, lists are united.
 * Equal or absent days: the earlier row of the file counts as the newer one, so that the order of the file decides.
 */
export function mergeRows(first: MergeableRow, second: MergeableRow): MergeableRow {
  const secondWins = second.newest !== null && (first.newest === null || second.newest > first.newest);
  const [winner, other] = secondWins ? [second, first] : [first, second];
  const values: Record<string, unknown> = { ...winner.values };
  for (const [column, value] of Object.entries(other.values)) {
    const own = values[column];
    if (isEmpty(own)) values[column] = value;
    else if (Array.isArray(first.values[column]) && Array.isArray(second.values[column]))
      values[column] = unite(first.values[column], second.values[column]);
  }
  return { values, newest: winner.newest };
}

export interface MergeableRow {
  values: Record<string, unknown>;
  newest: string | null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function unite(first: readonly unknown[], second: readonly unknown[]): unknown[] {
  const seen = new Set(first.map((item) => JSON.stringify(item)));
  return [...first, ...second.filter((item) => !seen.has(JSON.stringify(item)))];
}
