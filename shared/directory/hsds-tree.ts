// HSDS rows and JSON trees into flat records: a child becomes a record of its own that names its parent.
// The same child may stand under several parents; whoever reads the records unites them by object and id.

import { coarseCell } from '../geo/cells.ts';
import { decodeEntities, findNumber, isTrueWord } from './cells.ts';
import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from './hsds.ts';
import type { MappedRecord, MappedRow, RowIssue, RowKey, RowReference, TableReader } from './import-record.ts';
import { isPlainObject } from './profile.ts';
import { isUuid, type RecordIds } from './record-ids.ts';
import { findHidingText, hiddenIssue } from './withheld.ts';

/** Kind of link of our own attributes: a column that HSDS has no field for, as text, or as JSON where it is no text. */
export const EXTRA_LINK = 'waypost:extra';
export const EXTRA_JSON_LINK = 'waypost:extra-json';
/** Kind of link of a table that version 3 made a field of another one: the label is the field's name. */
export const FIELD_LINK = 'waypost:field';
/** Taxonomy of the terms that only name such columns. */
export const EXTRA_TAXONOMY = 'waypost:extra';

/** In `extra`: the id that came along, where the record is kept under another one; and references as they were written. */
export const GIVEN_ID = 'waypost:id';
export const GIVEN_REFERENCE = 'waypost:ref:';

/** Columns of ours that travel as attributes, by table. */
export const OWN_COLUMNS: Partial<Record<HsdsObject, Record<string, string>>> = {
  service: { resource_type: 'waypost:type', rule: 'waypost:rule', rule_status: 'waypost:rule_status' },
  location: { timezone: 'waypost:timezone', hidden: 'waypost:hidden' },
};

export interface TreeContext {
  ids: RecordIds;
  hash(text: string): string;
  /** The id under which a record is kept where the one it came with belongs to another source. */
  replaceId(object: HsdsObject, id: string): string;
}

/** An attribute that carries a column of another record: its place is in that record's `extra`. */
export interface CarriedValue {
  object: HsdsObject;
  id: string;
  label: string;
  value: unknown;
  /** The label is a field of HSDS: what several rows say of it is joined. */
  isField?: boolean;
  /** The attribute that carried it, to be kept as one where there is no such record. */
  attribute: MappedRecord | null;
}

export interface TreeRow extends MappedRow {
  carried: CarriedValue[];
}

export interface TreeReader extends TableReader {
  map(row: Record<string, unknown>, key: RowKey): TreeRow;
}

interface Walk {
  context: TreeContext;
  records: MappedRecord[];
  issues: RowIssue[];
  carried: CarriedValue[];
  references: RowReference[];
  base: string;
  /** Records without an id of their own, numbered. */
  made: number;
}

export function createTreeReader(object: HsdsObject, context: TreeContext): TreeReader {
  return {
    keyOf(values) {
      const id = scalarText(values['id']);
      const key = id ?? `#${context.hash(JSON.stringify(values)).slice(0, 24)}`;
      const modified = scalarText(values['last_modified']) ?? scalarText(values['assured_date']);
      const base = context.ids.base(object, '', key);
      return { key: `${object}:${key}`, base, id: null, newest: modified };
    },
    isNamed: (values) => scalarText(values['name']) !== null,
    map(values, key) {
      const walk: Walk = { context, records: [], issues: [], carried: [], references: [], base: key.base, made: 0 };
      if (scalarText(values['id']) === null) {
        walk.issues.push({
          column: 'id',
          code: 'id_missing',
          severity: 'warning',
          message: `This ${object} has no id; one was made from its content. Give it an id, so that a later import knows it again.`,
          value: null,
        });
      }
      addTree(object, values, {}, walk);
      // What was noticed is said, and not what stood there.
      if (walk.issues.some((issue) => issue.code === 'location_hidden')) for (const issue of walk.issues) issue.value = null;
      const missing = Object.entries(hsdsDefinition(object).fields).find(
        ([name, field]) => field.required && name === 'name' && scalarText(values[name]) === null,
      );
      if (missing && (object === 'service' || object === 'organization')) {
        const issue: RowIssue = {
          column: 'name',
          code: 'name_missing',
          severity: 'error',
          message: `This ${object} has no name. Fill in "name", or leave the row out.`,
          value: null,
        };
        return { records: [], references: [], issues: [issue], carried: [], rejected: true };
      }
      return { records: walk.records, references: walk.references, issues: walk.issues, carried: walk.carried, rejected: false };
    },
  };
}

function addTree(object: HsdsObject, values: Record<string, unknown>, parents: Record<string, string>, walk: Walk): string {
  const definition = hsdsDefinition(object);
  const given = scalarText(values['id']);
  const id =
    given === null
      ? walk.context.ids.part(walk.base, object, walk.made++)
      : walk.context.replaceId(object, walk.context.ids.of(object, '', given));
  const record: MappedRecord = { object, id, fields: {}, extra: null, shared: true };
  walk.records.push(record);
  if (given !== null && given !== id) keep(record, GIVEN_ID, given);
  for (const [key, raw] of Object.entries(values)) {
    if (key === 'id' || raw === null || raw === undefined || raw === '') continue;
    const nested = Object.hasOwn(definition.nested, key) ? definition.nested[key] : undefined;
    if (nested && typeof raw === 'object') {
      const items = Array.isArray(raw) ? raw : [raw];
      for (const item of items) {
        if (!isPlainObject(item)) {
          keep(record, key, item);
          continue;
        }
        if (nested.kind === 'one') record.fields[nested.key] = addTree(nested.object, item, {}, walk);
        else if (nested.kind === 'many') addTree(nested.object, item, { [nested.key]: id }, walk);
        else addTree(nested.object, item, { [nested.idKey]: id, [`parent:${nested.typeKey}`]: object }, walk);
      }
      continue;
    }
    setField(record, key, raw, walk);
  }
  for (const [field, parent] of Object.entries(parents)) {
    if (!field.startsWith('parent:')) record.fields[field] = parent;
    else record.fields[field.slice(7)] ??= parent;
  }
  const referred = walk.references.length;
  resolveReferences(record, values, walk);
  // A row of its own may name a record that is nowhere, and that is told; what an export carried cannot.
  if (object === 'attribute' && takeCarried(record, walk) && record.fields['link_type'] !== FIELD_LINK) walk.references.length = referred;
  if (object === 'taxonomy_term' && record.fields['taxonomy'] === EXTRA_TAXONOMY)
    walk.records = walk.records.filter((other) => other !== record);
  readHidden(record, walk);
  return id;
}

function setField(record: MappedRecord, key: string, raw: unknown, walk: Walk): void {
  const { fields } = hsdsDefinition(record.object);
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (!field || typeof raw === 'object') return keep(record, key, raw);
  if (field.kind === 'number') {
    const number = findNumber(raw);
    if (number !== undefined) {
      record.fields[key] = number;
      return;
    }
    walk.issues.push({
      column: key,
      code: 'number_expected',
      severity: 'warning',
      message: `A number is expected for ${record.object}.${key}. The value was kept as it is among the other columns; correct it in the source.`,
      value: String(raw),
    });
    return keep(record, key, raw);
  }
  const text = String(raw);
  const decoded = decodeEntities(text);
  if (decoded !== text) {
    walk.issues.push({
      column: key,
      code: 'html_entities',
      severity: 'info',
      message: `"${key}" held HTML codes, which were replaced by the signs they stand for. Nothing needs to be done.`,
      value: text,
    });
  }
  if (field.kind === 'one_of' && !field.values?.includes(decoded)) {
    walk.issues.push({
      column: key,
      code: 'value_unknown',
      severity: 'warning',
      message: `The field ${record.object}.${key} is one of ${field.values?.join(', ')}. The value was kept; correct it in the source.`,
      value: decoded,
    });
  }
  record.fields[key] = decoded;
}

function keep(record: MappedRecord, key: string, value: unknown): void {
  record.extra = { ...record.extra, [key]: value };
}

/** References become the ids under which their records are, or would be, kept. */
function resolveReferences(record: MappedRecord, values: Record<string, unknown>, walk: Walk): void {
  const { fields } = hsdsDefinition(record.object);
  const resolve = (field: string, object: HsdsObject): void => {
    const raw = scalarText(values[field]);
    if (raw === null || record.fields[field] !== raw) return;
    const id = walk.context.replaceId(object, walk.context.ids.of(object, '', raw));
    record.fields[field] = id;
    if (id !== raw) keep(record, GIVEN_REFERENCE + field, raw);
    walk.references.push({ object, id, column: field, value: raw });
  };
  for (const [name, field] of Object.entries(fields)) if (field.kind === 'ref' && field.to) resolve(name, field.to as HsdsObject);
  if (record.object === 'attribute') resolveLink(record, 'link_id', 'link_entity', resolve);
  if (record.object === 'metadata') resolveLink(record, 'resource_id', 'resource_type', resolve);
}

function resolveLink(record: MappedRecord, idField: string, typeField: string, resolve: (field: string, object: HsdsObject) => void): void {
  const type = record.fields[typeField];
  if (typeof type === 'string' && (HSDS_OBJECTS as string[]).includes(type)) resolve(idField, type as HsdsObject);
}

/** An attribute of ours carries a column of another record: it is put back there and is no attribute. */
function takeCarried(record: MappedRecord, walk: Walk): boolean {
  const { link_type, link_entity, link_id, label, value } = record.fields;
  const isField = link_type === FIELD_LINK;
  if ((link_type !== EXTRA_LINK && link_type !== EXTRA_JSON_LINK && !isField) || typeof link_id !== 'string' || typeof label !== 'string')
    return false;
  if (!(HSDS_OBJECTS as unknown[]).includes(link_entity)) return false;
  walk.records = walk.records.filter((other) => other !== record);
  walk.carried.push({
    object: link_entity as HsdsObject,
    id: link_id,
    label,
    value: link_type === EXTRA_JSON_LINK ? parseJson(value) : (value ?? ''),
    isField,
    attribute: record,
  });
  return true;
}

/** Puts carried values into the records they belong to; gives those whose record is not among them. */
export function applyCarried(record: MappedRecord, values: readonly CarriedValue[]): void {
  const own = OWN_COLUMNS[record.object] ?? {};
  for (const { label, value, isField } of values) {
    if (isField && label in hsdsDefinition(record.object).fields) {
      joinField(record, label, String(value));
      continue;
    }
    const column = Object.keys(own).find((name) => own[name] === label);
    if (!column) keep(record, label, value);
    else if (column === 'hidden') record.fields['hidden'] = isTrueWord(String(value)) ? 1 : 0;
    else record.fields[column] = String(value);
  }
  if (record.object === 'location' && record.fields['hidden'] === 1) setCell(record);
}

function joinField(record: MappedRecord, field: string, value: string): void {
  const own = record.fields[field];
  const told = typeof own === 'string' ? own.split('; ') : [];
  if (!told.includes(value)) record.fields[field] = [...told, value].join('; ');
}

/** What a text says of the place is kept for it, wherever the place stands. */
function readHidden(record: MappedRecord, walk: Walk): void {
  if (findHidingText(record.object, record.fields) === undefined) return;
  const { object, id, fields } = record;
  if (object === 'location') {
    fields['hidden'] = 1;
    setCell(record);
    walk.issues.push(hiddenIssue());
  } else if (object !== 'address') walk.issues.push({ ...hiddenIssue(), hides: { object, id } });
  else if (typeof fields['location_id'] === 'string') {
    walk.carried.push({ object: 'location', id: fields['location_id'], label: 'waypost:hidden', value: '1', attribute: null });
    walk.issues.push(hiddenIssue());
  }
}

function setCell(record: MappedRecord): void {
  const { latitude, longitude } = record.fields;
  if (typeof latitude === 'number' && typeof longitude === 'number' && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
    record.fields['cell'] = coarseCell({ lon: longitude, lat: latitude });
  }
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return value;
  }
}

/** Ids that rows bring along and that another source may own already. */
export function listGivenIds(object: HsdsObject, values: Record<string, unknown>, found: (object: HsdsObject, id: string) => void): void {
  const id = scalarText(values['id']);
  if (id !== null && isUuid(id)) found(object, id.toLowerCase());
  for (const [key, nested] of Object.entries(hsdsDefinition(object).nested)) {
    const raw = values[key];
    for (const item of Array.isArray(raw) ? raw : [raw]) if (isPlainObject(item)) listGivenIds(nested.object, item, found);
  }
}
