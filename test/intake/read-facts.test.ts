import { describe, expect, test } from 'vitest';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import type { FactValue } from '#shared/intake/facts.ts';
import { fromYearly, toYearly } from '#shared/intake/money.ts';
import { interval, type KnownFact, type Possibility } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { contributed } from '../support/contributed.ts';

const catalogue = createFactCatalogue(contributed('facts'));
const on = '2026-05-01';

function read(facts: Record<string, FactValue>, fact = Object.keys(facts)[0]!): KnownFact | undefined {
  const result = readFacts(facts, { catalogue, on });
  if (!result.ok) throw new Error(result.issues.map((issue) => issue.message).join(' '));
  return result.value.get(fact);
}

describe('a fact as JSON', () => {
  test.each<[string, string, FactValue, Possibility]>([
    ['a number', 'person.age', 34, interval(34, 34)],
    ['a word', 'household.housing_status', 'renting', { kind: 'words', values: ['renting'] }],
    ['yes', 'person.veteran', true, { kind: 'words', values: [true] }],
    ['a list', 'household.benefits', ['snap', 'wic'], { kind: 'items', has: ['snap', 'wic'], lacks: [], complete: true }],
    ['an empty list', 'household.benefits', [], { kind: 'items', has: [], lacks: [], complete: true }],
    ['a part of a list', 'household.benefits', { includes: ['snap'] }, { kind: 'items', has: ['snap'], lacks: [], complete: false }],
    ['what is not in a list', 'household.benefits', { excludes: ['snap'] }, { kind: 'items', has: [], lacks: ['snap'], complete: false }],
    ['at least', 'person.age', { atLeast: 60 }, interval(60, Infinity)],
    ['at most', 'person.age', { atMost: 17 }, interval(0, 17)],
    ['money between', 'household.income', { between: [3000, 3500], per: 'month' }, interval(36_000, 42_000)],
    ['money a week', 'household.income', { value: 100, per: 'week' }, interval(5200, 5200)],
    ['money a month', 'household.income', { value: 4600, per: 'month' }, interval(55_200, 55_200)],
    ['money a year', 'household.income', { value: 50_000, per: 'year' }, interval(50_000, 50_000)],
    ['no money, in no period', 'household.income', 0, interval(0, 0)],
    [
      'one of words',
      'household.housing_status',
      { oneOf: ['renting', 'doubled_up'] },
      { kind: 'words', values: ['renting', 'doubled_up'] },
    ],
    ['one of numbers', 'household.size', { oneOf: [2, 3] }, { kind: 'numbers', values: [2, 3] }],
    ['declined', 'person.age', { declined: true }, { kind: 'unknown' }],
    ['told today', 'person.age', { value: 34, asOf: on }, interval(34, 34)],
    ['an age told four months ago: a birthday may lie between', 'person.age', { value: 34, asOf: '2026-01-05' }, interval(34, 35)],
    ['an age told three years ago', 'person.age', { value: 34, asOf: '2023-01-05' }, interval(37, 38)],
    ['income told long ago is stale', 'household.income', { value: 100, per: 'month', asOf: '2025-01-05' }, { kind: 'unknown' }],
    ['an area', 'household.place', 'oakland', { kind: 'words', values: ['oakland'] }],
    ['a position', 'household.place', { lon: -122.27, lat: 37.8 }, { kind: 'point', lon: -122.27, lat: 37.8 }],
  ])('%s', (_, fact, json, possible) => {
    expect(read({ [fact]: json })!.possible).toEqual(possible);
  });

  test.each<[string, FactValue, Possibility]>([
    ['before the birthday', '1990-05-02', interval(35, 35)],
    ['on the birthday', '1990-05-01', interval(36, 36)],
    ['born on 29 February', '2008-02-29', interval(18, 18)],
    ['only the year is known', '1990', interval(35, 36)],
    ['only the month is known', '1990-04', interval(36, 36)],
    ['one of two days', { oneOf: ['1990-05-01', '1990-05-02'] }, { kind: 'numbers', values: [36, 35] }],
  ])('age from the date of birth: %s', (_, born, possible) => {
    expect(read({ 'person.birth_date': born }, 'person.age')!.possible).toEqual(possible);
  });

  test('declined and stale are marked', () => {
    expect(read({ 'person.age': { declined: true } })).toMatchObject({ declined: true });
    expect(read({ 'household.income': { value: 1, per: 'month', asOf: '2020-01-01' } })).toMatchObject({ stale: true });
  });

  test('members have facts of their own, birth dates included', () => {
    const members = read({ 'household.members': { items: [{ age: 4 }, { birth_date: '2020-05-02' }], complete: false } })!.possible;
    expect(members).toMatchObject({ kind: 'members', complete: false });
    if (members.kind !== 'members') throw new Error('no members');
    expect(members.members.map((member) => member.get('person.age')!.possible)).toEqual([interval(4, 4), interval(5, 5)]);
  });

  test.each<[string, Record<string, FactValue>, string, RegExp]>([
    ['an unknown fact', { 'person.agee': 3 }, 'unknown_fact', /"person\.age"/],
    ['a word for a number', { 'person.age': 'old' }, 'fact_type', /"person\.age" cannot be read/],
    ['money without a period', { 'household.income': 1200 }, 'fact_period', /per/],
    ['a place off the world', { 'household.place': { lon: 200, lat: 0 } }, 'fact_place', /no such place/],
    ['ends the wrong way round', { 'person.age': { between: [30, 20] } }, 'fact_type', /between/],
    ['an age below zero', { 'person.age': -1 }, 'fact_type', /person\.age/],
    ['a day that does not exist', { 'person.birth_date': '2025-02-30' }, 'fact_type', /birth_date/],
    ['a member with a wrong fact', { 'household.members': { items: [{ age: 'x' }] } }, 'fact_type', /person\.age/],
  ])('%s is refused in words', (_, facts, code, message) => {
    const result = readFacts(facts, { catalogue, on });
    expect(result.ok).toBe(false);
    expect(result.issues[0]).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});

test('amounts of money keep their value through the year', () => {
  expect(toYearly(1234.56, 'month')).toBe(14_814.72);
  expect(fromYearly(toYearly(1234.56, 'week'), 'week')).toBe(1234.56);
});

describe('what is shipped', () => {
  const languages = ['en', 'es', 'fr', 'ar'];
  test('every question asks a fact of the catalogue, in four languages, and every answer can be read', () => {
    for (const question of contributed('intakeQuestions')) {
      expect(catalogue.find(question.fact), question.id).toBeDefined();
      expect(Object.keys(question.ask), question.id).toEqual(expect.arrayContaining(languages));
      for (const answer of question.answers ?? []) {
        expect(readFacts({ [question.fact]: answer.value }, { catalogue, on }), question.id).toMatchObject({ ok: true, issues: [] });
      }
    }
  });

  test('every fact is named in four languages; the most sensitive are never asked', () => {
    const asked = new Set(contributed('intakeQuestions').map((question) => question.fact));
    for (const fact of contributed('facts')) expect(Object.keys(fact.label), fact.id).toEqual(expect.arrayContaining(languages));
    expect(asked.has('person.immigration_status')).toBe(false);
  });
});
