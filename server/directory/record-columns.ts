// The columns of the directory's tables that imports write and compare: those of HSDS, and ours.

import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedRecord } from '#shared/directory/import-record.ts';

const OWN: Partial<Record<HsdsObject, readonly string[]>> = {
  service: ['resource_type', 'rule', 'rule_status'],
  location: ['timezone', 'hidden', 'cell'],
};

const COLUMNS = new Map(
  HSDS_OBJECTS.map((object) => [
    object,
    [...Object.keys(hsdsDefinition(object).fields).filter((name) => name !== 'id'), ...(OWN[object] ?? []), 'extra'],
  ]),
);

/** Every column but `id` and `source_row`. */
export function columnsOf(object: HsdsObject): readonly string[] {
  return COLUMNS.get(object) as readonly string[];
}

const NAMES = new Map([...COLUMNS].map(([object, columns]) => [object, new Set(columns)]));

export function columnNames(object: HsdsObject): ReadonlySet<string> {
  return NAMES.get(object) as ReadonlySet<string>;
}

/** One record as it stands in, or goes into, its table. */
export type StoredRecord = Record<string, string | number | null>;

/** The value of a column as it is stored: flags are never null, `extra` is JSON with its keys in order. */
export function storedValue(record: MappedRecord, column: string): string | number | null {
  if (column === 'extra') return record.extra && Object.keys(record.extra).length > 0 ? JSON.stringify(record.extra) : null;
  if (column === 'hidden') return record.fields['hidden'] ?? 0;
  return record.fields[column] ?? null;
}

/** Columns in which two stored records differ. JSON is compared by content. */
export function listDifferences(object: HsdsObject, before: StoredRecord, after: StoredRecord): string[] {
  return columnsOf(object).filter((column) => {
    const [a, b] = [before[column] ?? null, after[column] ?? null];
    if (a === b) return false;
    if (column !== 'extra' || typeof a !== 'string' || typeof b !== 'string') return true;
    // Another order of the keys does not change the length.
    return a.length !== b.length || canonical(a) !== canonical(b);
  });
}

function canonical(json: string): string {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sort);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, sort(inner)]),
    );
  };
  return JSON.stringify(sort(JSON.parse(json)));
}
