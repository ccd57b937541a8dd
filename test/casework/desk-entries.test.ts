// What a worker's changes become: entries of the classes that changed, and nothing that the reader could not see.

import { describe, expect, test } from 'vitest';
import { findEntries, moved, needEntries, toldFacts } from '#client/casework/entries.ts';
import { groupByDue } from '#client/casework/people-list.ts';
import { isSafeNow, orderMethods, sayHours } from '#client/casework/safe-contact.ts';
import type { ContactMethod } from '#shared/casework/entry-person.ts';
import type { CodedNeed } from '#shared/casework/record.ts';

const need = (id: string, rank: number, fieldClass: CodedNeed['class'] = 'needs'): CodedNeed => ({
  need: id,
  rank,
  state: 'open',
  urgent: false,
  class: fieldClass,
});

describe('needs in their order', () => {
  const before = [need('food', 1), need('legal.advice', 2, 'legal'), need('shelter', 4)];

  test('an order that is the same writes nothing', () => {
    expect(needEntries(before, before)).toEqual([]);
  });

  test('moving writes the lists that changed with the ranks there were, so that room for what is not seen is kept', () => {
    const written = needEntries(before, moved(before, 2, 0));
    expect(written.map((entry) => entry.class).sort()).toEqual(['legal', 'needs']);
    const ranks = written.flatMap(({ payload }) => (payload.kind === 'needs' ? payload.needs : [])).map((each) => [each.need, each.rank]);
    expect(Object.fromEntries(ranks)).toEqual({ shelter: 1, food: 2, 'legal.advice': 4 });
  });

  test('a class whose last need is gone is written as empty', () => {
    const written = needEntries(before, [before[0]!, before[2]!]);
    expect(written.find((entry) => entry.class === 'legal')?.payload).toEqual({ kind: 'needs', needs: [] });
  });
});

test('a search is kept without where it began; declined and unknown stay what they are', () => {
  const facts = toldFacts({ facts: { 'person.age': 34, 'household.income': { declined: true } }, notKnown: ['person.insured'] });
  expect(facts).toEqual([
    { fact: 'person.age', told: { value: 34 } },
    { fact: 'household.income', told: 'declined' },
    { fact: 'person.insured', told: 'unknown' },
  ]);
  const terms: Record<string, { class?: 'legal' }> = { food: {}, 'legal.advice': { class: 'legal' } };
  const entries = findEntries({ needs: ['food', 'legal.advice'], languages: ['es'] }, facts, {
    record: null,
    day: '2026-11-19',
    findTerm: (id) => terms[id],
  });
  expect(entries.map(({ payload, class: fieldClass }) => [payload.kind, fieldClass])).toEqual([
    ['needs', 'needs'],
    ['needs', 'legal'],
    ['contact', undefined],
    ['fact', undefined],
    ['fact', undefined],
    ['fact', undefined],
  ]);
});

describe('safe contact', () => {
  const method = (fields: Partial<ContactMethod>): ContactMethod => ({
    id: 'way',
    way: 'phone',
    value: '555 0100',
    safe: 'yes',
    mayLeaveMessage: false,
    maySayWho: false,
    hours: [],
    ...fields,
  });
  const workdays = method({ hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] });

  test.each([
    ['2026-11-19T16:59', workdays, 'yes'],
    ['2026-11-19T17:00', workdays, 'not_now'],
    ['2026-11-21T12:00', workdays, 'not_now'],
    ['2026-11-21T12:00', method({}), 'yes'],
    ['2026-11-19T12:00', method({ safe: 'no' }), 'no'],
    ['2026-11-19T12:00', method({ safe: 'ask_first' }), 'ask_first'],
  ] as const)('at %s', (at, given, expected) => {
    expect(isSafeNow(given, new Date(at))).toBe(expected);
  });

  test('the way that is safe now comes first, and days are said as a range', () => {
    const never = method({ id: 'never', safe: 'no' });
    expect(orderMethods([never, workdays], new Date('2026-11-21T12:00')).map(({ id }) => id)).toEqual(['way', 'never']);
    expect(sayHours(workdays.hours, 'en')).toMatch(/^Mon–Fri 9:00\sAM–5:00\sPM$/);
  });
});

test('who has something late comes first, who has nothing due last', () => {
  const people = [
    { id: 'none', due: [] },
    { id: 'later', due: [{ on: '2027-01-01' }] },
    { id: 'late', due: [{ on: '2026-12-24' }, { on: '2026-11-18' }] },
    { id: 'today', due: [{ on: '2026-11-19' }] },
    { id: 'week', due: [{ on: '2026-11-26' }] },
  ];
  const groups = groupByDue(people, '2026-11-19');
  expect([...groups].map(([group, all]) => [group, all.map(({ id }) => id)])).toEqual([
    ['late', ['late']],
    ['today', ['today']],
    ['week', ['week']],
    ['later', ['later']],
    ['none', ['none']],
  ]);
});
