// The fields of a kind of place as the JSON Schema that the edit form reads (listTypeFields), and back.

import type { ResourceType } from '../points.ts';
import { parseAmount } from './amounts.ts';
import type { MadeField } from './draft.ts';
import { firstText } from './ids.ts';
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

export function toSchema(fields: readonly MadeField[], path: string, context: Context): ResourceType['schema'] {
  const properties: Record<string, Property> = {};
  for (const field of fields) {
    const at = `${path}.fields.${field.key}`;
    const name = context.ids.ofField(field);
    if (!/^[a-z][a-z0-9_]*$/.test(name)) context.report(`${at}.label`, 'id');
    if (Object.hasOwn(properties, name)) context.report(`${at}.label`, 'repeated');
    const hint = firstText(field.hint, []) === '' ? {} : { description: context.say(field.hint) };
    const title = context.say(field.label, `${at}.label`);
    properties[name] = { ...field.rest, ...PROPERTY_OF[field.kind], title, ...hint, ...limits(field, at, context) };
  }
  const required = fields.filter((field) => field.required).map(context.ids.ofField);
  return { type: 'object', properties, ...(required.length > 0 && { required }) } as ResourceType['schema'];
}

function limits(field: MadeField, at: string, context: Context): Property {
  if (field.kind === 'choice') {
    checkChoices(field.choices, { path: at, min: 2 }, context);
    return { oneOf: field.choices.map((choice) => ({ const: context.ids.ofChoice(choice), title: context.say(choice.label) })) };
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
  const whole = field.rest?.['type'] === 'integer' && { type: 'integer' };
  return { ...whole, ...(least !== undefined && { minimum: least }), ...(most !== undefined && { maximum: most }) };
}

/** Fields that stand in lists, and by which the directory is filtered: only open ones, and only of kinds that can be. */
export function listShownFields(fields: readonly MadeField[], nameOf: (field: MadeField) => string) {
  const open = fields.filter((field) => field.open);
  const names = (list: readonly MadeField[]) => list.map(nameOf);
  const [cards, filters] = [open.filter(({ card }) => card), open.filter((field) => field.filter && canFilter(field))];
  return {
    ...(open.length > 0 && { publicFields: names(open) }),
    ...(cards.length > 0 && { cardFields: names(cards) }),
    ...(filters.length > 0 && { filterFields: names(filters) }),
  };
}

export function canFilter({ kind }: Pick<MadeField, 'kind'>): boolean {
  return kind === 'switch' || kind === 'choice';
}

/** Rows of lists have room for so many. */
export const MOST_CARDS = 3;
