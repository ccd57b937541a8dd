// Consent: nothing without it, nothing after it.

import { describe, expect, test } from 'vitest';
import { disclosableClasses, isLive, liveUntil, mayDisclose, partnerId, type Consent } from '#shared/casework/consent.ts';
import { checkConsentModel } from './consent-model.ts';

const CONSENT: Consent = {
  id: 'c1',
  purpose: 'referral',
  recipient: 'agency-b',
  classes: ['needs', 'contact'],
  from: '2026-03-01T10:00:00.000Z',
  until: '2026-04-01T10:00:00.000Z',
  withdrawnAt: null,
};
const DURING = { purpose: 'referral', recipient: 'agency-b', class: 'needs', at: '2026-03-10T10:00:00.000Z' } as const;

describe('one consent', () => {
  test.for([
    ['during it', {}, true],
    ['for another purpose', { purpose: 'coordination' }, false],
    ['to another recipient', { recipient: 'agency-c' }, false],
    ['of another class', { class: 'health' }, false],
    ['a millisecond before it', { at: '2026-03-01T09:59:59.999Z' }, false],
    ['from its first instant on', { at: CONSENT.from }, true],
    ['at its end', { at: CONSENT.until }, false],
  ] as const)('%s', ([, other, allowed]) => expect(mayDisclose([CONSENT], { ...DURING, ...other })).toBe(allowed));

  test('a withdrawal holds at its own instant, and not before', () => {
    const withdrawn = { ...CONSENT, withdrawnAt: DURING.at };
    expect(mayDisclose([withdrawn], DURING)).toBe(false);
    expect(isLive(withdrawn, '2026-03-10T09:59:59.999Z')).toBe(true);
  });
});

test('nothing is allowed where nobody consented', () => expect(mayDisclose([], DURING)).toBe(false));

test('two halves of a permission are no permission', () => {
  const others = [
    { ...CONSENT, purpose: 'counting' as const },
    { ...CONSENT, recipient: 'agency-c' },
    { ...CONSENT, classes: ['contact' as const] },
  ];
  expect(mayDisclose(others, DURING)).toBe(false);
});

test('classes of several consents add up, and the last end is told', () => {
  const other: Consent = { ...CONSENT, id: 'c2', classes: ['money'], until: '2026-05-01T10:00:00.000Z' };
  expect(disclosableClasses([CONSENT, other], DURING)).toEqual(['contact', 'needs', 'money']);
  expect(liveUntil([CONSENT, other], DURING)).toBe(other.until);
  expect(liveUntil([CONSENT, { ...other, withdrawnAt: DURING.at }], DURING)).toBe(CONSENT.until);
  expect(liveUntil([], DURING)).toBeUndefined();
});

test('random lives of consents agree with a calendar', () => checkConsentModel(2_000));

test('partners without an account have ids of their own in any script, and one name has one', () => {
  expect(partnerId('St. Brigid’s Kitchen')).toBe('st-brigid-s-kitchen');
  expect(partnerId('  st brigid s KITCHEN ')).toBe('st-brigid-s-kitchen');
  const names = [
    'مركز الأمل',
    'مركز السلام',
    'Центр',
    'Центры',
    'Café Zoé',
    'Cafe Zoe',
    '希望',
    `${'م'.repeat(70)} أ`,
    `${'م'.repeat(70)} ب`,
  ];
  const ids = names.map(partnerId);
  expect(new Set(ids).size).toBe(names.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_.-]{1,80}$/);
  expect(partnerId(' – ')).toBe('');
});
