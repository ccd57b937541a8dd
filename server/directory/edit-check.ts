// Checks edits by the same rules as the form, and what only the database knows: that records and references are there.

import type { Kysely } from 'kysely';
import { findIssue, listEditFields, type EditField, type EditIssue, type EditRequest, type RecordEdit } from '#shared/directory/edit.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { REFERENCES_FROM, WHOLES } from '#shared/directory/references.ts';
import { listTypeFields } from '#shared/directory/type-fields.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { ResourceType } from '#shared/plugin-api/points.ts';
import type { Database } from '../db/schema.ts';
import { keyOf, readRecords } from './history-state.ts';
import type { StoredRecord } from './record-columns.ts';

/** The fields that kinds of resources add. */
export interface TypeFields {
  of(type: string | null): readonly EditField[];
  /** Every kind's: what one kind's service had before it became another kind stays editable. */
  all(): readonly EditField[];
  isType(type: string): boolean;
}

/** `visitor`: only those that every kind which has them shows to visitors. */
export function createTypeFields(registry: ContributionRegistry, { visitor = false } = {}): TypeFields {
  const types = () =>
    registry
      .getPoint<ResourceType>('resourceTypes')
      .all()
      .map(({ value }) => value);
  function fieldsOf(kinds: readonly ResourceType[]): EditField[] {
    const fields = kinds.flatMap(({ schema }) => listTypeFields(schema));
    if (!visitor) return fields;
    const kept = new Set(
      types().flatMap(({ schema, publicFields = [] }) =>
        listTypeFields(schema).flatMap(({ name }) => (publicFields.some((open) => name === `extra.${open}`) ? [] : [name])),
      ),
    );
    return fields.filter(({ name }) => !kept.has(name));
  }
  return {
    of: (type) => fieldsOf(types().filter(({ id }) => id === type)),
    all: () => fieldsOf(types()),
    isType: (type) => types().some(({ id }) => id === type),
  };
}

export async function checkEdits(db: Kysely<Database>, { edits, reason }: EditRequest, typeFields: TypeFields): Promise<EditIssue[]> {
  const issues: EditIssue[] = [];
  const seen = new Set<string>();
  const current = await readRecords(db, edits);
  for (const edit of edits) {
    const report = (field: string, code: EditIssue['code']) => issues.push({ object: edit.object, id: edit.id, field, code });
    if (seen.has(keyOf(edit))) report('id', 'repeated');
    seen.add(keyOf(edit));
    if (edit.op === 'delete') {
      // Services, places and organizations are closed, not removed.
      if (WHOLES.has(edit.object)) report('id', 'reference');
      continue;
    }
    const now = current.get(keyOf(edit));
    for (const [name, code] of checkFields(edit, typeFields)) report(name, code);
    for (const name of checkOrder({ ...now, ...edit.set } as StoredRecord)) if (name in edit.set) report(name, 'order');
    const hides = 'hidden' in edit.set && Boolean(edit.set['hidden']) !== Boolean(now?.['hidden']);
    if (hides && !reason) report('hidden', 'reason');
  }
  return [...issues, ...(await checkReferences(db, edits))];
}

function* checkFields(edit: Exclude<RecordEdit, { op: 'delete' }>, typeFields: TypeFields): Iterable<[string, EditIssue['code']]> {
  const { object, set } = edit;
  const fields = new Map(listEditFields(object).map((field) => [field.name, field]));
  if (object === 'service') for (const field of typeFields.all()) fields.set(field.name, field);
  const references = edit.op === 'create' ? (REFERENCES_FROM.get(object) ?? []).map(({ column }) => column) : [];
  for (const [name, value] of Object.entries(set)) {
    if (references.includes(name)) continue;
    const field = fields.get(name);
    if (!field) yield [name, 'unknown_field'];
    else if (name === 'resource_type' && typeof value === 'string' && value !== '' && !typeFields.isType(value)) yield [name, 'choice'];
    else {
      const code = findIssue(field, value);
      if (code) yield [name, code];
    }
  }
  if (edit.op !== 'create') return;
  for (const field of fields.values()) {
    // A place and a switch have what they are by default.
    if (field.required && !(field.name in set) && field.kind !== 'switch') yield [field.name, 'required'];
  }
}

const ORDERED = [
  ['minimum_age', 'maximum_age'],
  ['valid_from', 'valid_to'],
  ['dtstart', 'until'],
] as const;

/** Fields of which the first must not lie after the second. */
function* checkOrder(record: StoredRecord): Iterable<string> {
  for (const [from, to] of ORDERED) {
    const [a, b] = [record[from] ?? null, record[to] ?? null];
    if (a !== null && b !== null && a !== '' && b !== '' && a > b) yield* [from, to];
  }
}

/** What a new record refers to is there, or is new itself. */
async function checkReferences(db: Kysely<Database>, edits: readonly RecordEdit[]): Promise<EditIssue[]> {
  const created = new Set(edits.filter(({ op }) => op === 'create').map(keyOf));
  const wanted = edits.flatMap((edit) => {
    if (edit.op !== 'create') return [];
    const { object, id, set } = edit;
    return (REFERENCES_FROM.get(object) ?? []).flatMap(({ column, to }) => {
      const value = set[column];
      return typeof value === 'string' && !created.has(keyOf({ object: to, id: value })) ? [{ object, id, field: column, to, value }] : [];
    });
  });
  const there = await readRecords(
    db,
    wanted.map(({ to, value }): { object: HsdsObject; id: string } => ({ object: to, id: value })),
  );
  return wanted
    .filter(({ to, value }) => !there.has(keyOf({ object: to, id: value })))
    .map(({ object, id, field }) => ({ object, id, field, code: 'reference' }));
}
