// What an edit form is filled with: the records of a page as they are, without what tells where a hidden place is.

import type { Kysely } from 'kysely';
import { EDITABLE, listEditFields, type EditValue } from '#shared/directory/edit.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { REFERENCES_FROM } from '#shared/directory/references.ts';
import type { Database } from '../db/schema.ts';
import { readField } from './edit.ts';
import type { TypeFields } from './edit-check.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { keyOf, readRecords, type RecordKey } from './history-state.ts';
import { getNamedRecord, readTree } from './record-tree.ts';

export interface FormRecord extends RecordKey {
  values: Record<string, EditValue>;
  /** What it belongs to, by column. */
  references: Record<string, string>;
  /** Fields that are kept back: the place is hidden. */
  withheld: string[];
}

export interface EditForm extends RecordKey {
  records: FormRecord[];
  /** How many other services share the place and the organization: a change of them is a change for all. */
  shared: { location: number; organization: number };
}

/** What tells where a place is: only these are shown to those who may know, texts of others stay as they are told. */
const WHERE: ReadonlySet<HsdsObject> = new Set(['location', 'address']);

/** `exact`: with where its hidden places are, for {@link readExactForm} alone. */
export async function readEditForm(db: Kysely<Database>, id: string, typeFields: TypeFields, { exact = false } = {}): Promise<EditForm> {
  const root = await getNamedRecord(db, id);
  const tree = (await readTree(db, root)).filter(({ object }) => EDITABLE.has(object));
  const current = await readRecords(db, tree);
  const hidden = await readHiddenPlaces(db);
  const records: FormRecord[] = [];
  for (const key of tree) {
    const record = current.get(keyOf(key));
    const told = record && (exact && WHERE.has(key.object) ? record : hidden.withhold(key.object, record));
    // Of the address of a hidden place not even that there is one.
    if (!record || !told) continue;
    const own =
      key.object === 'service' ? typeFields.all().filter(({ name }, i, all) => all.findIndex((field) => field.name === name) === i) : [];
    const fields = [...listEditFields(key.object), ...own].map(({ name }) => name);
    const references = (REFERENCES_FROM.get(key.object) ?? []).flatMap(({ column }) => {
      const value = record[column];
      return typeof value === 'string' ? [[column, value] as const] : [];
    });
    records.push({
      ...key,
      values: Object.fromEntries(fields.map((name) => [name, readField(told, name)])),
      references: Object.fromEntries(references),
      withheld: fields.filter((name) => readField(told, name) !== readField(record, name)),
    });
  }
  return { ...root, records, shared: await countSharing(db, records) };
}

async function countSharing(db: Kysely<Database>, records: readonly FormRecord[]): Promise<EditForm['shared']> {
  const location = records.find(({ object }) => object === 'location')?.id ?? '';
  const organization = records.find(({ object }) => object === 'organization')?.id ?? '';
  const count = async (table: 'service_at_location' | 'service', column: 'location_id' | 'organization_id', id: string) => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('count'))
      .where(column as never, '=', id as never)
      .executeTakeFirstOrThrow();
    return Math.max(0, Number(row.count) - 1);
  };
  return {
    location: await count('service_at_location', 'location_id', location),
    organization: await count('service', 'organization_id', organization),
  };
}
