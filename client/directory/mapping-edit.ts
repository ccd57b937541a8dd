// Corrects a suggested mapping, one column at a time: what a column becomes, and what the table then says.

import { HSDS, type HsdsObject } from '#shared/directory/hsds.ts';
import type { MappedValue, TableMapping } from '#shared/directory/mapping.ts';

/** "service.name"; 'keep': stays an attribute; 'ignore': left out. */
export type ColumnTarget = `${string}.${string}` | 'keep' | 'ignore';

const OWN_FIELDS: Partial<Record<HsdsObject, readonly string[]>> = {
  service: ['waypost:type', 'waypost:rule', 'waypost:need'],
  location: ['waypost:hidden', 'waypost:timezone'],
};
/** Objects that a flat table usually holds, the most common first. */
const OFFERED: readonly HsdsObject[] = [
  'service',
  'organization',
  'location',
  'address',
  'phone',
  'schedule',
  'language',
  'required_document',
  'cost_option',
  'accessibility',
  'service_area',
  'contact',
  'service_capacity',
  'url',
];

/** Targets to choose from, by object. */
export function listTargets(): { object: HsdsObject; fields: string[] }[] {
  return OFFERED.map((object) => ({
    object,
    fields: [
      ...Object.entries(HSDS[object].fields).flatMap(([name, field]) => (field.kind === 'id' || field.kind === 'ref' ? [] : [name])),
      ...(OWN_FIELDS[object] ?? []),
    ],
  }));
}

/** What a column becomes; of several the first. `whole`: it alone makes the value, so that it can be chosen anew. */
export function targetOf(table: TableMapping, column: string): { target: ColumnTarget; whole: boolean } {
  for (const { object, fields } of table.records) {
    for (const [field, value] of Object.entries(fields)) if (value === column) return { target: `${object}.${field}`, whole: true };
  }
  for (const { object, fields, each } of table.records) {
    if (each?.column === column) return { target: `${object}.*`, whole: false };
    for (const [field, value] of Object.entries(fields))
      if (columnsOf(value).includes(column)) return { target: `${object}.${field}`, whole: false };
  }
  return { target: table.ignore.includes(column) ? 'ignore' : 'keep', whole: true };
}

/** The mapping with this column as `target`; the column has no part any more in what it made before. */
export function setTarget(table: TableMapping, column: string, target: ColumnTarget): TableMapping {
  const cleared = table.records
    .filter((record) => record.each?.column !== column)
    .map((record) => ({ ...record, fields: withoutColumn(record.fields, column) }))
    .filter((record) => Object.keys(record.fields).length > 0 || record.each !== undefined);
  const ignore = table.ignore.filter((name) => name !== column);
  if (target === 'ignore') return { ...table, records: orLeast(cleared, table), ignore: [...ignore, column] };
  if (target === 'keep') return { ...table, records: orLeast(cleared, table), ignore };
  const [object, field] = target.split(/\.(.*)/) as [HsdsObject, string];
  const at = cleared.findIndex((record) => record.object === object && record.each === undefined);
  const records =
    at < 0
      ? [...cleared, { object, fields: { [field]: column } }]
      : cleared.map((record, i) => (i === at ? { ...record, fields: { ...record.fields, [field]: column } } : record));
  return { ...table, records, ignore };
}

/** A table must give at least one record: taking the last field away changes nothing. */
function orLeast(records: TableMapping['records'], table: TableMapping): TableMapping['records'] {
  return records.length > 0 ? records : table.records;
}

function withoutColumn(fields: Readonly<Record<string, MappedValue>>, column: string): Record<string, MappedValue> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const left = valueWithout(value, column);
      return left === null ? [] : [[field, left]];
    }),
  );
}

/** The value made of its other columns; null where there are none. */
function valueWithout(value: MappedValue, column: string): MappedValue | null {
  if (typeof value === 'string') return value === column ? null : value;
  if ('constant' in value) return value;
  const others = columnsOf(value).filter((name) => name !== column);
  if (others.length === 0) return null;
  if ('first' in value) return { first: others };
  if ('join' in value) return { ...value, join: others };
  return 'lookup' in value ? { ...value, column: others } : value;
}

function columnsOf(value: MappedValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if ('constant' in value) return [];
  if ('first' in value) return value.first;
  if ('join' in value) return value.join;
  return [value.column].flat();
}
