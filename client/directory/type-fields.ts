// Fields of a kind of resource as a person reads them: in the contributor's words, numbers, days and hours as written here.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import type { EditField } from '#shared/directory/edit.ts';
import { listTypeFields, type StatedField } from '#shared/directory/type-fields.ts';
import { localize } from '#shared/platform/localized.ts';
import type { ResourceType } from '#shared/plugin-api/points.ts';

export interface FieldInWords {
  name: string;
  label: string;
  text: string;
  /** Visitors do not see it. */
  staffOnly: boolean;
}

/** Those that the kind declares, in the order of its form. */
export function describeFields(
  type: Pick<ResourceType, 'schema' | 'publicFields'>,
  stated: readonly StatedField[],
  workbench: WorkbenchApi,
): FieldInWords[] {
  const values = new Map(stated.map(({ name, value }) => [`extra.${name}`, value]));
  return listTypeFields(type.schema).flatMap((field) => {
    const value = values.get(field.name);
    if (value === undefined) return [];
    const name = field.name.slice('extra.'.length);
    const label = localize(field.label ?? name, workbench.language);
    return [{ name, label, text: sayField(field, value, workbench), staffOnly: !type.publicFields?.includes(name) }];
  });
}

/** A value that does not fit its field is said as it stands. */
export function sayField(field: EditField, value: StatedField['value'], workbench: WorkbenchApi): string {
  const { locale, language, t } = workbench;
  // What came from a table is text.
  if (field.kind === 'yes_no' && typeof value === 'string' && /^(true|false|yes|no|1|0)$/i.test(value))
    return sayField(field, /^(true|yes|1)$/i.test(value), workbench);
  if (typeof value === 'boolean') return t.call(workbench, value ? 'directory.fields.yes' : 'directory.fields.no');
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  const choice = field.choices?.find((one) => one.value === value);
  if (choice) return localize(choice.label, language);
  if (field.kind === 'time' && /^([01]\d|2[0-3]):[0-5]\d/.test(value))
    return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`1970-01-01T${value.slice(0, 5)}:00Z`));
  if (field.kind === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));
  return value;
}
