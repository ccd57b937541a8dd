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
  const cleared = table.records.flatMap((record, i) => {
    if (record.each?.column === column) return [];
    const left = { ...record, fields: withoutColumn(record.fields, column) };
    // What the column alone filled goes with it; the table's main record stays, and so does what never had a column,
    // such as the link of a service to its place.
    const isEmptied = i > 0 ? !readsColumns(left) : Object.keys(left.fields).length === 0;
    return readsColumns(record) && isEmptied ? [] : [left];
  });
  const ignore = table.ignore.filter((name) => name !== column);
  if (target === 'ignore') return { ...table, records: orLeast(cleared, table), ignore: [...ignore, column] };
  if (target === 'keep') return { ...table, records: orLeast(cleared, table), ignore };
  const [object, field] = target.split(/\.(.*)/) as [HsdsObject, string];
  const at = cleared.findIndex((record) => record.object === object && record.each === undefined);
  const records =
    at < 0
      ? [...cleared, { object, fields: { [field]: column } }]
      : cleared.map((record, i) => (i === at ? { ...record, fields: { ...record.fields, [field]: column } } : record));
  return { ...table, records: linked(records), ignore };
}

function readsColumns({ fields, each }: TableMapping['records'][number]): boolean {
  return each !== undefined || Object.values(fields).some((value) => columnsOf(value).length > 0);
}

/** A service and a place in one row belong together, which a record of its own says. */
function linked(records: TableMapping['records']): TableMapping['records'] {
  const has = (object: HsdsObject) => records.some((record) => record.object === object);
  if (!has('service') || !has('location') || has('service_at_location')) return records;
  return records.flatMap((record) =>
    record.object === 'location' ? [record, { object: 'service_at_location' as const, fields: {} }] : [record],
  );
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
