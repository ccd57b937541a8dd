// What a referral carries: of each class exactly its own, by an allow-list, for any record.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldRecord } from '#shared/casework/record.ts';
import { composeSnapshot, needsRedisclosureNotice, SentPart } from '#shared/casework/snapshot.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { EXAMPLE_KINDS, exampleOf, personEntries } from './entries.ts';

const whole = () => {
  const { entries, add } = personEntries();
  for (const fieldClass of FIELD_CLASSES) {
    for (const kind of EXAMPLE_KINDS) {
      const only = { identity: 'identity', contact: 'contact', household: 'supports' } as Partial<Record<string, FieldClass>>;
      const own = kind in only ? only[kind] : fieldClass;
      if (own === fieldClass)
        add({ ...exampleOf(kind, `${kind}-of-${fieldClass}`), ...(kind === 'fact' && { fact: `x.${fieldClass}` }) }, { class: fieldClass });
    }
  }
  return entries;
};

test('any choice of classes carries those and no other; notes, plans, assessments and consents never leave', () => {
  const record = foldRecord(whole());
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...FIELD_CLASSES)), (classes) => {
      const parts = composeSnapshot(record, classes);
      const text = JSON.stringify(parts);
      for (const fieldClass of FIELD_CLASSES) {
        expect(text.includes(`fact-of-${fieldClass}`)).toBe(classes.includes(fieldClass));
        if (!classes.includes(fieldClass)) expect(text).not.toContain(`-of-${fieldClass}`);
      }
      for (const kind of EXAMPLE_KINDS.filter((each) => !['identity', 'contact', 'needs', 'fact'].includes(each)))
        expect(text).not.toContain(`${kind}-of-`);
      expect(SentPart.array().parse(parts)).toEqual(parts);
      expect(needsRedisclosureNotice(parts)).toBe(classes.includes('substance_use'));
    }),
  );
});

describe('who it is', () => {
  const identity = {
    kind: 'identity',
    givenName: { value: 'Given' },
    familyName: { value: 'Family' },
    alias: { value: 'Bluebird' },
    birthDate: { value: '1990-01-01' },
  };
  const who = (mode: string) => {
    const { entries, add } = personEntries();
    add({ ...identity, mode }, { class: 'identity' });
    return composeSnapshot(foldRecord(entries), ['identity'])[0]?.who;
  };
  test('under an alias only the alias leaves, and of someone anonymous no name', () => {
    expect(who('named')).toMatchObject({ name: 'Given', familyName: 'Family', birthDate: '1990-01-01' });
    expect(who('alias')).toEqual({ name: 'Bluebird', familyName: null, pronouns: null, birthDate: null });
    expect(who('anonymous')).toEqual({ name: null, familyName: null, pronouns: null, birthDate: null });
  });

  test('ways that are not safe do not leave, and neither does what a household sees', () => {
    const { entries, add } = personEntries();
    const method = { way: 'phone', safe: 'yes' };
    add(
      {
        kind: 'contact',
        methods: [
          { ...method, id: 'a', value: '555-0100' },
          { ...method, id: 'b', value: '555-0199', safe: 'no' },
        ],
      },
      { class: 'contact' },
    );
    add(
      {
        kind: 'household',
        members: [{ id: 'h', name: { value: 'Him' }, relation: 'partner', personId: 'per_him', sees: ['identity'], notes: 'careful' }],
      },
      { class: 'supports' },
    );
    const text = JSON.stringify(composeSnapshot(foldRecord(entries), ['contact', 'supports']));
    expect(text).toContain('555-0100');
    expect(text).not.toMatch(/555-0199|Him|per_him|careful|identity/);
  });
});
