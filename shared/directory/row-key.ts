// What identifies a row of a foreign table: its id within the source, else its name and address. And whether it says enough
// to be a record at all.

import { findDay, toText } from './cells.ts';
import { hsdsDefinition, type HsdsObject } from './hsds.ts';
import type { TableReader } from './import-record.ts';
import { readValue, type ValueRow } from './map-values.ts';
import type { MappedValue, TableMapping } from './mapping.ts';
import { isUuid, type RecordIds } from './record-ids.ts';

export interface MapContext {
  ids: RecordIds;
  /** The object that the rows of another table mainly are, for references to it. */
  mainObjectOf(table: string): HsdsObject | undefined;
  hash(text: string): string;
  /** Rows of another table name rows of this one by their key, so that their ids are made of it. */
  isReferredTo: boolean;
  /** Set where several tables of the source give the same object: their ids are their own. */
  tableScope?: string;
}

export function createKeyOf(mapping: TableMapping, main: HsdsObject, context: MapContext): TableReader['keyOf'] {
  const columns = mapping.key.column === undefined ? [] : [mapping.key.column].flat();
  const scopeColumn = mapping.key.scope;
  const identifying = identifyingValues(mapping);
  return (values) => {
    const within = scopeColumn ? (toText(values[scopeColumn]) ?? '') : '';
    const scope = context.tableScope ? `${context.tableScope}/${within}` : within;
    const id = columns.map((column) => toText(values[column])).find((text) => text !== null) ?? null;
    const newest = mapping.newest ? newestDay(values[mapping.newest]) : null;
    if (id !== null) {
      // A UUID is one wherever it stands; any other id only within its source, object and scope.
      return {
        key: `${main}:${scope ? `${scope}/` : ''}${id}`,
        base: context.isReferredTo ? context.ids.base(main, scope, id) : '',
        id: isUuid(id) ? context.ids.of(main, scope, id) : null,
        newest,
      };
    }
    const row: ValueRow = { values, used: new Set() };
    const parts = identifying.map((value) => toText(readValue(value, row).value)?.toLowerCase().replace(/\s+/g, ' ') ?? '');
    if (parts.every((part) => part === '')) return null;
    const hash = context.hash(parts.join('\u0000')).slice(0, 24);
    return { key: `${main}:${scope ? `${scope}/` : ''}#${hash}`, base: '', id: null, newest };
  };
}

/** A name makes a row enough, wherever plain columns of one record give it. */
export function createIsNamed({ records: [first] }: TableMapping, main: HsdsObject): TableReader['isNamed'] {
  const name = first?.fields['name'];
  const columns = typeof name === 'string' ? [name] : name && 'first' in name ? name.first : [];
  if (first?.each || columns.some((column) => column.startsWith('$part')) || !('name' in hsdsDefinition(main).fields)) return () => false;
  return (values) => {
    const value = columns
      .map((column) => values[column])
      .find((one) => (typeof one !== 'string' ? one !== undefined && one !== null : one.trim() !== ''));
    // HTML codes may stand for nothing but space.
    return typeof value === 'string' && !value.includes('&');
  };
}

/** Name and address: what identifies a row that has no id. */
function identifyingValues(mapping: TableMapping): MappedValue[] {
  const address = mapping.records.find((record) => record.object === 'address')?.fields ?? {};
  const name = mapping.records[0]?.fields['name'];
  return [name, ...['address_1', 'address_2', 'city', 'state_province', 'postal_code'].map((field) => address[field])].filter(
    (value) => value !== undefined,
  );
}

function newestDay(value: unknown): string | null {
  const text = toText(value);
  return text === null ? null : findDay(text) ? `${findDay(text)} ${text}` : null;
}
