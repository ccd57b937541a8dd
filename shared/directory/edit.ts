// What of the directory is edited by hand, and what each field takes: one list of fields and one check for the form, the
// API and bulk edits. A kind of resource adds fields of its own by its schema.

import { z } from 'zod';
import { LINE, type EditField, type EditKind } from './edit-field.ts';
import { HSDS_OBJECTS, hsdsDefinition, type Field, type HsdsObject } from './hsds.ts';

export type { EditField } from './edit-field.ts';

export type EditValue = string | number | boolean | null;

/** Why a value is refused. The form and the server say it in words. */
export type EditIssueCode =
  | 'required'
  | 'number'
  | 'range'
  | 'date'
  | 'time'
  | 'uri'
  | 'email'
  | 'choice'
  | 'long'
  | 'reason'
  | 'unknown_field'
  | 'order'
  | 'reference'
  | 'repeated';

const PROSE = 20_000;
const PROSE_FIELDS: ReadonlySet<string> = new Set(
  'description eligibility_description application_process fees_description alert transportation interpretation_services accreditations licenses details notes amount_description document note'.split(
    ' ',
  ),
);
/** Fields that a machine keeps, or that say nothing to a steward. */
const NOT_BY_HAND: ReadonlySet<string> = new Set([
  'last_modified',
  'logo',
  'uri',
  'external_identifier',
  'external_identifier_type',
  'fees',
]);

/** Objects whose records are edited by hand. */
export const EDITABLE: ReadonlySet<HsdsObject> = new Set<HsdsObject>(
  HSDS_OBJECTS.filter(
    (object) => !['metadata', 'meta_table_description', 'taxonomy', 'taxonomy_term', 'attribute', 'unit'].includes(object),
  ),
);

/** Records of one listing alone: a quick fix changes no other. */
export const EDITABLE_BY_FIX = ['service', 'location'] as const satisfies HsdsObject[];

const RANGES: Readonly<Record<string, { min: number; max: number }>> = {
  latitude: { min: -90, max: 90 },
  longitude: { min: -180, max: 180 },
  minimum_age: { min: 0, max: 130 },
  maximum_age: { min: 0, max: 130 },
  year_incorporated: { min: 1000, max: 2200 },
  available: { min: 0, max: 1_000_000 },
  maximum: { min: 0, max: 1_000_000 },
  amount: { min: 0, max: 1_000_000_000 },
};

const OWN: Partial<Record<HsdsObject, readonly EditField[]>> = {
  service: [{ name: 'resource_type', kind: 'line', required: false }],
  location: [
    { name: 'timezone', kind: 'line', required: false },
    { name: 'hidden', kind: 'switch', required: true },
  ],
};

const cache = new Map<HsdsObject, readonly EditField[]>();

/** The fields of an object in the order of the specification. References are not edited, except where a record is added. */
export function listEditFields(object: HsdsObject): readonly EditField[] {
  let fields = cache.get(object);
  if (!fields) {
    const stated = Object.entries(hsdsDefinition(object).fields).flatMap(([name, field]) =>
      field.kind === 'id' || field.kind === 'ref' || NOT_BY_HAND.has(name) ? [] : [toEditField(name, field)],
    );
    cache.set(object, (fields = [...stated, ...(OWN[object] ?? [])]));
  }
  return fields;
}

function toEditField(name: string, { kind, required, values }: Field): EditField {
  const drawn: Record<Field['kind'], EditKind> = {
    id: 'line',
    ref: 'line',
    text: PROSE_FIELDS.has(name) ? 'prose' : 'line',
    number: 'number',
    date: 'date',
    time: 'time',
    datetime: 'datetime',
    uri: 'uri',
    email: 'email',
    one_of: 'choice',
  };
  return { name, kind: drawn[kind], required: required === true, ...(values ? { values } : {}), ...RANGES[name] };
}

const DATE = z.iso.date();
const TIME = /^([01]\d|2[0-4]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?$/;

/** The check of one field. Its issues' messages are codes. */
export function fieldSchema(field: EditField): z.ZodType<EditValue> {
  const text = (code: EditIssueCode, fits: (value: string) => boolean) => z.string('required').trim().max(LINE, 'long').refine(fits, code);
  const checks: Record<EditKind, () => z.ZodType<EditValue>> = {
    line: () => z.string('required').trim().max(LINE, 'long'),
    prose: () => z.string('required').trim().max(PROSE, 'long'),
    number: () =>
      z
        .number('number')
        .min(field.min ?? -Infinity, 'range')
        .max(field.max ?? Infinity, 'range'),
    date: () => text('date', (value) => DATE.safeParse(value).success),
    time: () => text('time', (value) => TIME.test(value)),
    datetime: () => text('date', (value) => !Number.isNaN(Date.parse(value))),
    uri: () => text('uri', (value) => /^(https?|mailto|tel):/i.test(value) && URL.canParse(value)),
    email: () => text('email', (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)),
    choice: () => z.string('choice').refine((value) => field.values?.includes(value) ?? false, 'choice'),
    switch: () => z.union([z.boolean(), z.literal(0), z.literal(1)], 'choice'),
    yes_no: () => z.boolean('choice'),
  };
  return checks[field.kind]();
}

/** What is wrong with a value for a field; undefined: nothing. Nothing stated is null. */
export function findIssue(field: EditField, value: EditValue): EditIssueCode | undefined {
  if (value === null || value === '') return field.required ? 'required' : undefined;
  const parsed = fieldSchema(field).safeParse(value);
  return parsed.success ? undefined : (parsed.error.issues[0]?.message as EditIssueCode);
}

/** What a person typed as the value that is kept: trimmed, numbers as numbers, nothing as null. */
export function toEditValue(field: EditField, typed: string): EditValue {
  const text = typed.trim();
  if (text === '') return null;
  if (field.kind === 'yes_no') return text === 'true' ? true : text === 'false' ? false : text;
  if (field.kind !== 'number') return field.kind === 'prose' ? typed.trim() : text;
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}

const Value = z.union([z.string().max(PROSE), z.number(), z.boolean(), z.null()]);
const Values = z.record(z.string().max(100), Value);
const Id = z.string().min(1).max(200);
const Editable = z.enum([...EDITABLE] as [HsdsObject, ...HsdsObject[]]);

export const RecordEdit = z.discriminatedUnion('op', [
  /** `base`: the values that were on screen, for each field that is set. */
  z.strictObject({ op: z.literal('update'), object: Editable, id: Id, base: Values, set: Values }),
  /** `id` is a name of the caller's own, by which other new records of the request refer to this one. */
  z.strictObject({ op: z.literal('create'), object: Editable, id: Id, set: Values }),
  z.strictObject({ op: z.literal('delete'), object: Editable, id: Id }),
]);
export type RecordEdit = z.infer<typeof RecordEdit>;

export const EditRequest = z.strictObject({
  edits: z.array(RecordEdit).min(1).max(300),
  /** Why; must be given where a place is hidden, or shown again. */
  reason: z.string().trim().max(500).optional(),
});
export type EditRequest = z.infer<typeof EditRequest>;

export interface EditIssue {
  object: HsdsObject;
  id: string;
  field: string;
  code: EditIssueCode;
}
