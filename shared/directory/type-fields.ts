// The fields that a kind of resource adds to its services, as its contributor writes them in JSON Schema. They are kept with
// what HSDS has no field for. What is not stated stays apart from "no".

import { z } from 'zod';
import { Localized } from '../platform/localized.ts';
import { LINE, type EditField, type EditKind } from './edit-field.ts';

const Choice = z.strictObject({ const: z.string(), title: Localized });
const Property = z.looseObject({
  type: z.enum(['string', 'number', 'integer', 'boolean']),
  title: Localized.optional().describe('What the field is called'),
  description: Localized.optional().describe('What to write there'),
  enum: z.array(z.string()).optional(),
  oneOf: z.array(Choice).min(1).optional().describe('Its choices with their words'),
  format: z.string().optional().describe('"date", "time", "email" or "uri"'),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional().describe('Beyond 500 it is a text of several lines'),
});
type Property = z.infer<typeof Property>;

/** The part of JSON Schema that fields are made of. */
export const TypeSchema = z.looseObject({
  type: z.literal('object').optional(),
  properties: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and "_"'), Property)
    .default({})
    .describe('Fields by name'),
  required: z.array(z.string()).default([]),
});

/** Those fields as the form has them. A schema that cannot be read has none. */
export function listTypeFields(schema: unknown): EditField[] {
  const parsed = TypeSchema.safeParse(schema ?? {});
  if (!parsed.success) return [];
  return Object.entries(parsed.data.properties).map(([name, property]) => {
    const values = property.oneOf?.map(({ const: value }) => value) ?? property.enum;
    return {
      name: `extra.${name}`,
      kind: kindOf(property),
      required: parsed.data.required.includes(name),
      ...(values ? { values } : {}),
      ...(property.oneOf ? { choices: property.oneOf.map(({ const: value, title }) => ({ value, label: title })) } : {}),
      ...(property.minimum === undefined ? {} : { min: property.minimum }),
      ...(property.maximum === undefined ? {} : { max: property.maximum }),
      label: property.title ?? name.replaceAll('_', ' '),
      ...(property.description === undefined ? {} : { hint: property.description }),
    };
  });
}

function kindOf({ type, oneOf, enum: values, format, maxLength = 0 }: Property): EditKind {
  if (type === 'boolean') return 'yes_no';
  if (type !== 'string') return 'number';
  if (oneOf ?? values) return 'choice';
  if (format === 'date' || format === 'time' || format === 'email' || format === 'uri') return format;
  return maxLength > LINE ? 'prose' : 'line';
}

/** What is stated in a field, by its name. */
export interface StatedField {
  name: string;
  value: string | number | boolean;
}

/** What is stated of some fields, in their order, from what a service keeps beside HSDS. Answers of other shapes are left out. */
export function listStatedFields(extra: Readonly<Record<string, unknown>>, names: readonly string[]): StatedField[] {
  return names.flatMap((name) => {
    const value = extra[name];
    const isStated = typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.trim() !== '');
    return isStated ? [{ name, value }] : [];
  });
}
