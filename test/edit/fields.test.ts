// Fields of the form: what each takes, and those that a kind of resource adds.

import { expect, it } from 'vitest';
import { findIssue, listEditFields, toEditValue, type EditField } from '#shared/directory/edit.ts';
import { listStatedFields, listTypeFields } from '#shared/directory/type-fields.ts';
import { contributed } from '../support/contributed.ts';

const field = (kind: EditField['kind'], more: Partial<EditField> = {}): EditField => ({ name: 'x', kind, required: false, ...more });

it.each([
  [field('line'), '  Food  ', 'Food', undefined],
  [field('line'), '   ', null, undefined],
  [field('line', { required: true }), '', null, 'required'],
  [field('prose'), 'a\nb', 'a\nb', undefined],
  [field('number'), '1,5', 1.5, undefined],
  [field('number', { min: 0, max: 10 }), '11', 11, 'range'],
  [field('number'), 'ten', 'ten', 'number'],
  [field('date'), '2026-02-29', '2026-02-29', 'date'],
  [field('date'), '2028-02-29', '2028-02-29', undefined],
  [field('time'), '9:00', '9:00', 'time'],
  [field('time'), '24:00', '24:00', undefined],
  [field('time'), '09:30:00Z', '09:30:00Z', undefined],
  [field('uri'), 'example.org', 'example.org', 'uri'],
  [field('uri'), 'https://example.org/a?b=c', 'https://example.org/a?b=c', undefined],
  [field('uri'), 'javascript:alert(1)', 'javascript:alert(1)', 'uri'],
  [field('email'), 'a@b', 'a@b', 'email'],
  [field('choice', { values: ['a'] }), 'b', 'b', 'choice'],
  [field('yes_no'), 'true', true, undefined],
  [field('yes_no'), 'false', false, undefined],
  [field('yes_no'), '', null, undefined],
  [field('yes_no'), 'perhaps', 'perhaps', 'choice'],
] as const)('%o of "%s"', (one, typed, value, issue) => {
  expect(toEditValue(one, typed)).toEqual(value);
  expect(findIssue(one, value)).toBe(issue);
});

it('offers neither ids nor references, and knows what is needed', () => {
  const names = listEditFields('phone').map(({ name }) => name);
  expect(names).toEqual(['number', 'extension', 'type', 'description']);
  expect(
    listEditFields('address')
      .filter(({ required }) => required)
      .map(({ name }) => name),
  ).toContain('city');
});

it('reads the fields that kinds of resources bring', () => {
  const shelter = contributed('resourceTypes').find(({ id }) => id === 'shelter');
  const fields = listTypeFields(shelter?.schema);
  const kinds = Object.fromEntries(fields.map(({ name, kind }) => [name, kind]));
  expect(kinds).toMatchObject({
    'extra.check_in_until': 'time',
    'extra.longest_stay_days': 'number',
    'extra.couples': 'yes_no',
    'extra.pets': 'choice',
    'extra.worker_line': 'line',
  });
  const find = (name: string) => fields.find((one) => one.name === `extra.${name}`);
  expect(find('longest_stay_days')).toMatchObject({ min: 1, max: 3650, label: { fr: 'Séjour maximal (jours)' } });
  expect(find('pets')).toMatchObject({
    values: ['yes', 'service_animals', 'no'],
    choices: [{ value: 'yes', label: { es: 'Sí' } }, {}, {}],
  });
  expect(find('worker_line')).toMatchObject({ hint: { en: 'Never given to visitors.' } });
  for (const type of contributed('resourceTypes')) {
    // A schema that the form could not read would show no field at all.
    const properties = Object.keys((type.schema?.['properties'] as object | undefined) ?? {});
    expect(listTypeFields(type.schema).map(({ name }) => name)).toEqual(properties.map((name) => `extra.${name}`));
  }
  expect(listTypeFields({ properties: { '__proto__ ': { type: 'string' } } })).toEqual([]);
});

it('tells what is stated, "no" and 0 too, in the order that is asked for', () => {
  const extra = { pets: 'no', couples: false, beds: 0, sober: '  ', nested: { a: 1 }, other: 'x' };
  expect(listStatedFields(extra, ['beds', 'couples', 'sober', 'nested', 'pets', 'missing'])).toEqual([
    { name: 'beds', value: 0 },
    { name: 'couples', value: false },
    { name: 'pets', value: 'no' },
  ]);
});
