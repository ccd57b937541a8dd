// What the form shows of each object and in which order, and what fields are called.

import type { WorkbenchApi } from '#client/workbench/types.ts';
import { findText, nameLabel } from '#client/workbench/words.ts';
import { listEditFields, type EditField } from '#shared/directory/edit.ts';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import { localize } from '#shared/platform/localized.ts';

/** A part of the form: the records of one object, and where a new one hangs. */
export interface Section {
  object: HsdsObject;
  icon: string;
  fields: readonly string[];
  /** The column by which a new record belongs to what; absent: none is added by hand. */
  add?: { column: string; to: HsdsObject };
  /** Only there is one: it has no bin. */
  single?: true;
}

export const SECTIONS: readonly Section[] = [
  {
    object: 'service',
    icon: 'hand-heart',
    single: true,
    fields: [
      'name',
      'resource_type',
      'status',
      'description',
      'alert',
      'eligibility_description',
      'minimum_age',
      'maximum_age',
      'application_process',
      'fees_description',
      'wait_time',
      'email',
      'url',
      'assured_date',
      'assurer_email',
    ],
  },
  {
    object: 'schedule',
    icon: 'clock',
    add: { column: 'service_at_location_id', to: 'service_at_location' },
    fields: ['freq', 'byday', 'opens_at', 'closes_at', 'valid_from', 'valid_to', 'description'],
  },
  { object: 'phone', icon: 'phone', add: { column: 'service_id', to: 'service' }, fields: ['number', 'extension', 'type', 'description'] },
  {
    object: 'location',
    icon: 'map-pin',
    single: true,
    fields: ['name', 'description', 'transportation', 'latitude', 'longitude', 'hidden'],
  },
  {
    object: 'address',
    icon: 'mailbox',
    add: { column: 'location_id', to: 'location' },
    fields: ['address_1', 'address_2', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
  },
  { object: 'language', icon: 'languages', add: { column: 'service_id', to: 'service' }, fields: ['code', 'name', 'note'] },
  { object: 'required_document', icon: 'file-text', add: { column: 'service_id', to: 'service' }, fields: ['document'] },
  { object: 'accessibility', icon: 'accessibility', add: { column: 'location_id', to: 'location' }, fields: ['description', 'details'] },
  {
    object: 'cost_option',
    icon: 'banknote',
    add: { column: 'service_id', to: 'service' },
    fields: ['option', 'amount', 'currency', 'amount_description'],
  },
  { object: 'service_area', icon: 'map', add: { column: 'service_id', to: 'service' }, fields: ['name', 'description'] },
  { object: 'service_capacity', icon: 'bed', fields: ['available', 'maximum', 'description', 'updated'] },
  { object: 'contact', icon: 'user', add: { column: 'service_id', to: 'service' }, fields: ['name', 'title', 'department', 'email'] },
  { object: 'organization', icon: 'building-2', single: true, fields: ['name', 'description', 'email', 'website'] },
];

/** What a new record begins with. */
export const BEGINNINGS: Partial<Record<HsdsObject, Readonly<Record<string, string>>>> = {
  address: { address_type: 'physical' },
  phone: { type: 'voice' },
  schedule: { freq: 'WEEKLY' },
};

const known = new Map<string, EditField | undefined>();

export function findField(object: HsdsObject, name: string): EditField | undefined {
  const key = `${object} ${name}`;
  if (!known.has(key))
    known.set(
      key,
      listEditFields(object).find((field) => field.name === name),
    );
  return known.get(key);
}

/** What a field is called: by whoever contributes it, by us, or by its own name. */
export function fieldLabel(workbench: WorkbenchApi, name: string, field?: EditField): string {
  if (field?.label !== undefined) return localize(field.label, workbench.language);
  return nameLabel(workbench, name);
}

/** What a field can be set to, in words; undefined: it is written. */
export function listChoices(workbench: WorkbenchApi, { kind, values, choices }: EditField): { value: string; label: string }[] | undefined {
  if (kind === 'yes_no')
    return ['true', 'false'].map((value) => ({ value, label: workbench.t(value === 'true' ? 'edit.yes' : 'edit.no') }));
  if (choices) return choices.map(({ value, label }) => ({ value, label: localize(label, workbench.language) }));
  return values?.map((value) => ({ value, label: choiceLabel(workbench, value) }));
}

/** A value as a person reads it. */
export function sayValue(workbench: WorkbenchApi, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return workbench.t('edit.empty');
  if (name === 'hidden' || typeof value === 'boolean') return workbench.t(value ? 'edit.yes' : 'edit.no');
  if (CHOICES.has(name)) return choiceLabel(workbench, String(value));
  const text = String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Characters of a value that a list of changes shows. */
const LONGEST = 300;
/** Outlines and links that only a machine reads. */
const UNREADABLE: ReadonlySet<string> = new Set(['extent', 'extent_type', 'uri', 'link_entity', 'link_type']);

/** Whether a field says something in a list of changes: what a new record belongs to is seen from where it stands. */
export function isToldOf(op: string, field: string): boolean {
  return !UNREADABLE.has(field) && (op === 'update' || !field.endsWith('_id'));
}

const CHOICES: ReadonlySet<string> = new Set(['status', 'location_type', 'address_type', 'freq']);

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** The days of a schedule, where it names nothing but days ("1MO" is the first Monday of a month). */
export function parseDays(text: string): string[] | undefined {
  const days = text
    .split(',')
    .map((day) => day.trim().toUpperCase())
    .filter((day) => day !== '');
  return days.every((day) => (DAYS as readonly string[]).includes(day)) ? days : undefined;
}

/** A value of a closed list in words. */
export function choiceLabel(workbench: WorkbenchApi, value: string): string {
  return findText(workbench, `edit.choice.${value.replaceAll(' ', '_')}`) ?? value;
}
