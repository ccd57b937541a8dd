// Fields of a kind of resource as a person reads them: in the contributor's words, numbers, days and hours as written here.

import { localize } from '../platform/localized.ts';
import type { EditField } from './edit-field.ts';
import type { KindWithFields } from './listed-fields.ts';
import { listTypeFields, type StatedField } from './type-fields.ts';

/** Whoever reads: their language, and how numbers and days are written there. */
export interface FieldReader {
  readonly language: string;
  readonly locale: string;
  t(id: 'directory.fields.yes' | 'directory.fields.no'): string;
}

export interface FieldInWords {
  name: string;
  label: string;
  text: string;
  /** Visitors do not see it. */
  staffOnly: boolean;
}

/** Those that the kind declares, in the order of its form. */
export function describeFields(type: KindWithFields, stated: readonly StatedField[], reader: FieldReader): FieldInWords[] {
  const values = new Map(stated.map(({ name, value }) => [`extra.${name}`, value]));
  return listTypeFields(type.schema).flatMap((field) => {
    const value = values.get(field.name);
    if (value === undefined) return [];
    const name = field.name.slice('extra.'.length);
    const label = localize(field.label ?? name, reader.language);
    return [{ name, label, text: sayField(field, value, reader), staffOnly: !type.publicFields?.includes(name) }];
  });
}

/** The same in few words, for a row of a list: a yes is said by the field's name alone. */
export function describeCard(type: KindWithFields, stated: readonly StatedField[], reader: FieldReader): string[] {
  const yes = reader.t('directory.fields.yes');
  const shown = stated.filter(({ name }) => type.cardFields?.includes(name));
  return describeFields(type, shown, reader).map(({ label, text }) => (text === yes ? label : `${label}: ${text}`));
}

/** A value that does not fit its field is said as it stands. */
export function sayField(field: EditField, value: StatedField['value'], reader: FieldReader): string {
  const { locale, language } = reader;
  // What came from a table is text.
  if (field.kind === 'yes_no' && typeof value === 'string' && /^(true|false|yes|no|1|0)$/i.test(value))
    return sayField(field, /^(true|yes|1)$/i.test(value), reader);
  if (field.kind === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return sayField(field, Number(value), reader);
  if (typeof value === 'boolean') return reader.t(value ? 'directory.fields.yes' : 'directory.fields.no');
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  const choice = field.choices?.find((one) => one.value === value);
  if (choice) return localize(choice.label, language);
  if (field.kind === 'time' && /^([01]\d|2[0-3]):[0-5]\d/.test(value))
    return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`1970-01-01T${value.slice(0, 5)}:00Z`));
  if (field.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));
  return value;
}
