// One row of a foreign table into HSDS records, by its mapping. A row is linked to what it names and to nothing else;
// every cell ends in a field, in `extra`, or in an issue that says what became of it.

import { decodeEntities, isTrueWord, toText } from './cells.ts';
import { COORDINATE_WORDS, readPositionCells, readPositionText, type CoordinateCode } from './coordinates.ts';
import { hsdsDefinition, type HsdsObject } from './hsds.ts';
import type { MappedRecord, RowIssue, TableReader } from './import-record.ts';
import { linkRecords, PARENT_FIELDS } from './map-links.ts';
import { listParts, readValue, type ReadValue } from './map-values.ts';
import type { MappedValue, RecordMapping, TableMapping } from './mapping.ts';
import { tidyPlace } from './map-place.ts';
import { addPhones, addSchedules } from './map-lists.ts';
import { createIsNamed, createKeyOf, type MapContext } from './row-key.ts';
import { convert, newRecord, type RowMapping } from './row-mapping.ts';

export function createTableReader(mapping: TableMapping, context: MapContext): TableReader {
  const main = (mapping.records[0] as RecordMapping).object;
  const plain = mapping.records
    .filter((record) => record.object !== 'service_at_location' || Object.keys(record.fields).length > 0)
    .map((record): RecordPlan => ({ mapping: record, fields: Object.entries(record.fields), context, empty: emptyFields(record) }));
  const links = plain.length < mapping.records.length;
  const ignored = new Set(mapping.ignore);
  const keys = new Set([mapping.key.column ?? []].flat());
  return {
    keyOf: createKeyOf(mapping, main, context),
    isNamed: createIsNamed(mapping, main),
    map(values, key, number) {
      const row: RowMapping = {
        values,
        used: new Set(ignored),
        base: key.base || context.ids.row(number),
        ids: context.ids,
        records: [],
        issues: [],
        references: [],
        counts: new Map(),
      };
      row.values = decodeRow(row);
      for (const record of plain) mapRecord(record, row);
      const mainRecord = row.records.find((record) => record.object === main);
      if (mainRecord && key.id !== null) mainRecord.id = key.id;
      const problem = tooLittle(mainRecord, main, mapping);
      if (problem || !mainRecord) return { records: [], references: [], issues: [problem ?? nameMissing(main, mapping)], rejected: true };
      tidyPlace(row);
      linkRecords(row, links);
      keepOthers(row, mainRecord, keys);
      return { records: row.records, references: row.references, issues: row.issues, rejected: false };
    },
  };
}

/** HTML entities are replaced everywhere and reported for each column. */
function decodeRow(row: RowMapping): Record<string, unknown> {
  let copy: Record<string, unknown> | null = null;
  for (const column in row.values) {
    const value = row.values[column];
    if (typeof value !== 'string' || !value.includes('&')) continue;
    const decoded = decodeEntities(value);
    if (decoded === value) continue;
    copy ??= { ...row.values };
    copy[column] = decoded;
    row.issues.push({
      column,
      code: 'html_entities',
      severity: 'info',
      message: `"${column}" held HTML codes, which were replaced by the signs they stand for. Nothing needs to be done.`,
      value,
    });
  }
  return copy ?? row.values;
}

interface RecordPlan {
  mapping: RecordMapping;
  fields: [field: string, mapped: MappedValue][];
  context: MapContext;
  /** Every field that the record may get, with nothing in it: what is filled in later keeps its shape. */
  empty: MappedRecord['fields'];
}

function emptyFields({ object, fields }: RecordMapping): MappedRecord['fields'] {
  const names = Object.keys(fields).map((field) => OWN_FIELDS[field] ?? field);
  const links = [...(PARENT_FIELDS.get(object) ?? []), ...(object === 'location' ? ['location_type'] : [])];
  const empty = [...names, ...links].filter((name) => name !== 'id' && !name.startsWith('waypost:')).map((name) => [name, null]);
  // Read from text its shape is a quick one to copy.
  return JSON.parse(JSON.stringify(Object.fromEntries(empty))) as MappedRecord['fields'];
}

function mapRecord(plan: RecordPlan, row: RowMapping): void {
  const { each } = plan.mapping;
  if (!each) return mapOne(plan, row);
  for (const part of listParts(each, row)) mapOne(plan, { ...row, part });
}

function mapOne({ mapping, fields, context, empty }: RecordPlan, row: RowMapping): void {
  if (mapping.object === 'phone') return addPhones(mapping, row);
  if (mapping.object === 'schedule') return addSchedules(mapping, row);
  const record = newRecord(mapping.object, row);
  record.fields = { ...empty };
  for (const [field, mapped] of fields) {
    const read = readValue(mapped, row);
    if (typeof mapped === 'object' && 'refersTo' in mapped)
      setReference(record, field, { read, table: mapped.refersTo.table, context, row });
    else setField(record, field, read, row);
    if (field === 'waypost:type' && record.fields['resource_type'] === null) reportType(mapped, row);
  }
  if (mapping.object === 'location') readPosition(record, mapping, row);
  if (mapping.object === 'organization' && row.records.length > 0) {
    if (!record.fields['name']) {
      const column = readValue(mapping.fields['name'] ?? { constant: '' }, row).column;
      row.issues.push({
        column,
        code: 'organization_missing',
        severity: 'info',
        message: `"${column ?? ''}" is empty, so the service has no organization. Fill it in the source, or link it later.`,
        value: null,
      });
      return;
    }
    record.shared = true;
    const own = record.fields['id'];
    record.id = context.ids.of('organization', '', own ? String(own) : String(record.fields['name']).toLowerCase().replace(/\s+/g, ' '));
  }
  if ('id' in record.fields) delete record.fields['id'];
  if (holdsAnything(record.fields) || mapping.object === 'service_at_location') {
    row.records.push(record);
    row.counts.set(mapping.object, (row.counts.get(mapping.object) ?? 0) + 1);
  }
}

function holdsAnything(fields: MappedRecord['fields']): boolean {
  for (const field in fields) if (fields[field] !== null) return true;
  return false;
}

interface ReferenceInput {
  read: ReadValue;
  table: string;
  context: MapContext;
  row: RowMapping;
}

function setReference(record: MappedRecord, field: string, { read, table, context, row }: ReferenceInput): void {
  const value = toText(read.value);
  const object = context.mainObjectOf(table);
  if (value === null || !object) return;
  const id = context.ids.of(object, '', value);
  record.fields[field] = id;
  row.references.push({ object, id, column: read.column, value });
  // The reference as it was written stays too: it is what the source calls the other record.
  if (read.column && id !== value) row.used.delete(read.column);
}

const OWN_FIELDS: Record<string, string> = { 'waypost:type': 'resource_type', 'waypost:rule': 'rule', 'waypost:timezone': 'timezone' };

function setField(record: MappedRecord, field: string, read: ReadValue, row: RowMapping): void {
  if (field === 'waypost:hidden') {
    const text = toText(read.value);
    if (text !== null && isTrueWord(text)) record.fields['hidden'] = 1;
    return;
  }
  if (field in OWN_FIELDS) {
    record.fields[OWN_FIELDS[field] as string] = toText(read.value);
    return;
  }
  if (field.startsWith('waypost:')) {
    const text = toText(read.value);
    if (text !== null) record.extra = { ...record.extra, [field]: text };
    return;
  }
  if (record.object === 'location' && (field === 'latitude' || field === 'longitude')) return;
  record.fields[field] = convert(record.object, field, read, row);
}

/** A row that says nothing of its kind is told; one that says something that stands for no kind of help is not. */
function reportType(mapped: MappedValue, row: RowMapping): void {
  const columns = typeof mapped === 'object' && 'lookup' in mapped ? [mapped.column].flat() : [];
  const [column] = columns;
  if (column === undefined || columns.some((name) => toText(row.values[name]) !== null || Array.isArray(row.values[name]))) return;
  const message = `"${column}" is empty, so it is not known what kind of help this is. Fill it in the source, or on the record's page.`;
  row.issues.push({ column, code: 'type_missing', severity: 'info', message, value: null });
}

function readPosition(record: MappedRecord, mapping: RecordMapping, row: RowMapping): void {
  const { latitude, longitude } = mapping.fields;
  if (!latitude || !longitude) return;
  const lat = readValue(latitude, row);
  const lon = readValue(longitude, row);
  const read = lat.column === lon.column ? readPositionText(lat.value) : readPositionCells(lat.value, lon.value);
  if (read.code) row.issues.push(positionIssue(read.code, lat, lon));
  if (!read.position && !read.kept) {
    for (const { column, value } of [lat, lon]) if (column && toText(value) !== null) row.used.delete(column);
    return;
  }
  const position = read.position ?? read.kept;
  record.fields['latitude'] = position?.lat ?? null;
  record.fields['longitude'] = position?.lon ?? null;
}

function positionIssue(code: CoordinateCode, lat: ReadValue, lon: ReadValue): RowIssue {
  const [severity, message] = COORDINATE_WORDS[code];
  const value = lat.column === lon.column ? toText(lat.value) : `${toText(lat.value) ?? ''}, ${toText(lon.value) ?? ''}`;
  return { column: lat.column, code, severity, message, value };
}

function tooLittle(record: MappedRecord | undefined, main: HsdsObject, mapping: TableMapping): RowIssue | null {
  const required = 'name' in hsdsDefinition(main).fields && main !== 'location';
  return record && (!required || record.fields['name']) ? null : nameMissing(main, mapping);
}

function nameMissing(main: HsdsObject, mapping: TableMapping): RowIssue {
  const name = mapping.records[0]?.fields['name'];
  const column = typeof name === 'string' ? name : name && 'first' in name ? (name.first[0] ?? null) : null;
  return {
    column,
    code: 'name_missing',
    severity: 'error',
    message: `The row has no name, so no ${main} can be made of it. Fill in ${column ? `"${column}"` : 'a name'}, or leave the row out.`,
    value: null,
  };
}

function keepOthers(row: RowMapping, main: MappedRecord, keys: ReadonlySet<string>): void {
  let extra: Record<string, unknown> | null = main.extra;
  for (const column in row.values) {
    const value = row.values[column];
    if (row.used.has(column) || value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      continue;
    if (keys.has(column)) continue;
    extra = extra ?? {};
    extra[column] = value;
  }
  main.extra = extra;
}
