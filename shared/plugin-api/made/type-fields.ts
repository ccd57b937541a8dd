// The fields of a kind of place as the JSON Schema that the edit form reads (listTypeFields), and back.

import type { Localized } from '../../platform/localized.ts';
import { parseAmount } from './amounts.ts';
import type { MadeField } from './draft.ts';
import type { FieldKind } from './kinds.ts';
import { checkChoices, type Context } from './reading.ts';

type Property = Record<string, unknown>;

const PROPERTY_OF: Readonly<Record<FieldKind, Property>> = {
  line: { type: 'string' },
  prose: { type: 'string', maxLength: 20_000 },
  number: { type: 'number' },
  switch: { type: 'boolean' },
  choice: { type: 'string' },
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'time' },
  uri: { type: 'string', format: 'uri' },
  email: { type: 'string', format: 'email' },
};

export function toSchema(fields: readonly MadeField[], path: string, context: Context): Record<string, unknown> {
  const properties: Record<string, Property> = {};
  for (const field of fields) {
    const at = `${path}.fields.${field.key}`;
    const name = context.ids.ofField(field);
    if (!/^[a-z][a-z0-9_]*$/.test(name)) context.report(`${at}.label`, 'id');
    if (Object.hasOwn(properties, name)) context.report(`${at}.label`, 'repeated');
    properties[name] = {
      ...field.rest,
      ...PROPERTY_OF[field.kind],
      title: context.say(field.label, `${at}.label`),
      ...limits(field, at, context),
    };
  }
  const required = fields.filter((field) => field.required).map(context.ids.ofField);
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

function limits(field: MadeField, at: string, context: Context): Property {
  if (field.kind === 'choice') {
    checkChoices(field.choices, { path: at, min: 2 }, context);
    const labels = field.choices.map((choice): [string, Localized] => [context.ids.ofChoice(choice), context.say(choice.label)]);
    return { enum: labels.map(([value]) => value), labels: Object.fromEntries(labels) };
  }
  if (field.kind !== 'number') return {};
  const limit = (name: 'least' | 'most'): number | undefined => {
    if (field[name].trim() === '') return undefined;
    const value = parseAmount(field[name]);
    if (value === undefined) context.report(`${at}.${name}`, 'number');
    return value;
  };
  const [least, most] = [limit('least'), limit('most')];
  if (least !== undefined && most !== undefined && least > most) context.report(`${at}.most`, 'range');
  return { ...(least !== undefined && { minimum: least }), ...(most !== undefined && { maximum: most }) };
}
