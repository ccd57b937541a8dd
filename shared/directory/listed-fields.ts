// Fields of a kind of resource that lists show and filter by, as the directory index carries them: a text `name=value` for
// each that is stated. What visitors may not see is in none.

import type { EditField } from './edit-field.ts';
import { listStatedFields, listTypeFields, type StatedField } from './type-fields.ts';

/** What of a kind says which they are. */
export interface KindWithFields {
  schema?: unknown;
  publicFields?: readonly string[] | undefined;
  cardFields?: readonly string[] | undefined;
  filterFields?: readonly string[] | undefined;
}

/** A value beyond this is no word for a row. */
const LONGEST = 120;

/** In the order of the kind's form. */
export function listListedFields({ schema, publicFields = [], cardFields = [], filterFields = [] }: KindWithFields): EditField[] {
  const listed = new Set([...cardFields, ...filterFields].filter((name) => publicFields.includes(name)));
  return listTypeFields(schema).filter(({ name }) => listed.has(nameOf(name)));
}

/** What a service states of some fields, from what it keeps beside HSDS. A yes is written as `true`, a no as `false`. */
export function toFieldTexts(extra: Readonly<Record<string, unknown>>, fields: readonly EditField[]): string[] {
  return fields.flatMap((field) => {
    const [stated] = listStatedFields(extra, [nameOf(field.name)]);
    const text = stated === undefined ? '' : toText(field, stated.value);
    return text === '' || text.length > LONGEST ? [] : [`${nameOf(field.name)}=${text}`];
  });
}

export function readFieldText(text: string): StatedField {
  const at = text.indexOf('=');
  return { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** The same with its value changed. */
export function mapFieldText(text: string, change: (value: string) => string): string {
  const { name, value } = readFieldText(text);
  return `${name}=${change(String(value))}`;
}

function toText({ kind }: EditField, value: StatedField['value']): string {
  const text = String(value).trim();
  if (kind !== 'yes_no') return text;
  return /^(true|yes|1)$/i.test(text) ? 'true' : /^(false|no|0)$/i.test(text) ? 'false' : '';
}

function nameOf(field: string): string {
  return field.slice('extra.'.length);
}
