import { describe, expect, test } from 'vitest';
import type { Facts } from '#shared/intake/facts.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { verdict, when } from './given.ts';

const yes = 'eligible';
const no = 'ineligible';
const open = 'unknown';

/** Every word of the rule format, on values, intervals and sets. */
describe('a comparison', () => {
  test.each<[rule: string, facts: Facts, verdict: string]>([
    ['{ fact: person.age, at_least: 18 }', { 'person.age': 18 }, yes],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': 17 }, no],
    ['{ fact: person.age, at_least: 18 }', {}, open],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { declined: true } }, open],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { atLeast: 60 } }, yes],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { between: [16, 20] } }, open],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { between: [16, 17] } }, no],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { between: [18, 20] } }, yes],
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { oneOf: [17, 18] } }, open],
    // Everyone: an age is never below zero.
    ['{ fact: person.age, at_least: 0 }', {}, yes],
    ['{ fact: household.size, less_than: 0 }', { 'household.size': { declined: true } }, no],
    ['{ fact: person.age, at_most: 17 }', { 'person.age': { atLeast: 17 } }, open],
    ['{ fact: person.age, at_most: 17 }', { 'person.age': { atLeast: 18 } }, no],
    ['{ fact: person.age, less_than: 5 }', { 'person.age': 4 }, yes],
    ['{ fact: person.age, less_than: 5 }', { 'person.age': 5 }, no],
    ['{ fact: person.age, less_than: 5 }', { 'person.age': { atLeast: 5 } }, no],
    ['{ fact: person.age, more_than: 5 }', { 'person.age': 5 }, no],
    ['{ fact: person.age, more_than: 5 }', { 'person.age': { between: [5, 9] } }, open],
    ['{ fact: person.age, more_than: 5 }', { 'person.age': { between: [6, 9] } }, yes],
    ['{ fact: person.age, between: [18, 24] }', { 'person.age': 18 }, yes],
    ['{ fact: person.age, between: [18, 24] }', { 'person.age': 24 }, yes],
    ['{ fact: person.age, between: [18, 24] }', { 'person.age': 25 }, no],
    ['{ fact: person.age, between: [18, 24] }', { 'person.age': { between: [20, 30] } }, open],
    ['{ fact: person.age, between: [18, 24] }', { 'person.age': { atLeast: 25 } }, no],
    ['{ fact: person.age, is: 30 }', { 'person.age': { between: [29, 31] } }, open],
    ['{ fact: person.age, is: 30 }', { 'person.age': { atLeast: 31 } }, no],
    ['{ fact: household.size, is_one_of: [1, 2] }', { 'household.size': 2 }, yes],
    ['{ fact: household.size, is_one_of: [1, 2] }', { 'household.size': { oneOf: [1, 2] } }, yes],
    ['{ fact: household.size, is_one_of: [1, 2] }', { 'household.size': { oneOf: [2, 3] } }, open],
    ['{ fact: household.size, is_one_of: [1, 2] }', { 'household.size': { atLeast: 3 } }, no],
    ['{ fact: person.veteran, is: true }', { 'person.veteran': true }, yes],
    ['{ fact: person.veteran, is: true }', { 'person.veteran': false }, no],
    ['{ fact: person.veteran, is: false }', { 'person.veteran': false }, yes],
    ['{ fact: household.housing_status, is: outside }', { 'household.housing_status': 'outside' }, yes],
    ['{ fact: household.housing_status, is: outside }', { 'household.housing_status': { oneOf: ['outside', 'shelter'] } }, open],
    [
      '{ fact: household.housing_status, is_one_of: [outside, shelter] }',
      { 'household.housing_status': { oneOf: ['outside', 'shelter'] } },
      yes,
    ],
    ['{ fact: household.housing_status, is_one_of: [outside, shelter] }', { 'household.housing_status': 'renting' }, no],
    ['{ fact: household.benefits, includes: snap }', { 'household.benefits': ['snap', 'wic'] }, yes],
    ['{ fact: household.benefits, includes: snap }', { 'household.benefits': [] }, no],
    ['{ fact: household.benefits, includes: snap }', { 'household.benefits': { includes: ['wic'] } }, open],
    ['{ fact: household.benefits, includes: snap }', { 'household.benefits': { excludes: ['snap'] } }, no],
    ['{ fact: household.benefits, includes: [snap, wic] }', { 'household.benefits': ['snap'] }, no],
    ['{ fact: household.benefits, is_one_of: [snap, wic] }', { 'household.benefits': ['wic'] }, yes],
    ['{ fact: household.income, at_most: { value: 2000, per: month } }', { 'household.income': { value: 24_000, per: 'year' } }, yes],
    ['{ fact: household.income, at_most: { value: 2000, per: month } }', { 'household.income': { value: 461.54, per: 'week' } }, no],
    [
      '{ fact: household.income, at_most: { value: 2000, per: month } }',
      { 'household.income': { between: [1900, 2100], per: 'month' } },
      open,
    ],
    ['{ fact: person.birth_date, before: 1990-01-01 }', { 'person.birth_date': '1989-12-31' }, yes],
    ['{ fact: person.birth_date, before: 1990-01-01 }', { 'person.birth_date': '1990-01-01' }, no],
    ['{ fact: person.birth_date, after: 1990-01-01 }', { 'person.birth_date': '1990-01-01' }, no],
    ['{ fact: person.birth_date, after: 1990-01-01 }', { 'person.birth_date': '1990' }, open],
    ['{ fact: person.birth_date, at_least: 1990-01-01 }', { 'person.birth_date': '1990-01-01' }, yes],
    ['{ fact: person.birth_date, at_most: 1990-01-01 }', { 'person.birth_date': '1990-01-02' }, no],
    ['{ fact: person.birth_date, between: [1990-01-01, 1990-12-31] }', { 'person.birth_date': '1990' }, yes],
    ['{ fact: household.place, within: oakland }', { 'household.place': 'oakland' }, yes],
    ['{ fact: household.place, within: [oakland, alameda] }', { 'household.place': 'Alameda' }, yes],
    ['{ fact: household.place, within: oakland }', { 'household.place': 'berkeley' }, open],
    ['{ fact: household.place, within: Oakland }', { 'household.place': 'us/ca/oakland' }, open],
    ['{ fact: household.place, within: us/ca/oakland }', { 'household.place': 'us/ca/berkeley' }, no],
    ['{ fact: household.place, within: us/ca/oakland }', { 'household.place': 'us/ca' }, open],
    ['{ fact: household.place, within: us/ca/oakland }', { 'household.place': 'usa/ca/berkeley' }, open],
    ['{ fact: household.place, within: [us/ca/oakland, Oakland] }', { 'household.place': 'us/ca/berkeley' }, open],
    ['{ fact: household.place, within: us/ca/oakland }', { 'household.place': { oneOf: ['us/ca/berkeley', 'us/or'] } }, no],
    ['{ fact: household.place, within: us/ca/oakland }', { 'household.place': { oneOf: ['us/ca/berkeley', 'Berkeley'] } }, open],
    ['{ fact: household.place, within: us/ca }', { 'household.place': 'us/ca/oakland' }, yes],
    ['{ fact: household.place, within: oakland }', { 'household.place': { oneOf: ['oakland', 'berkeley'] } }, open],
    ['{ fact: household.place, within: oakland }', { 'household.place': { lon: -122.27, lat: 37.8 } }, open],
  ])('%s of %j is %s', (yaml, facts, expected) => {
    expect(verdict(when(yaml), facts)).toBe(expected);
  });

  test('within an area whose extent is known', () => {
    const areas = createAreas([
      {
        id: 'oakland',
        rings: [
          [
            [-122.3, 37.7],
            [-122.2, 37.7],
            [-122.2, 37.9],
            [-122.3, 37.9],
            [-122.3, 37.7],
          ],
        ],
      },
    ]);
    const inOakland = when('{ fact: household.place, within: oakland }');
    expect(verdict(inOakland, { 'household.place': { lon: -122.27, lat: 37.8 } }, { areas })).toBe(yes);
    expect(verdict(inOakland, { 'household.place': { lon: -122.1, lat: 37.8 } }, { areas })).toBe(no);
  });

  test.each([
    [AREA.inside, yes],
    [AREA.outside, no],
    [AREA.unknown, open],
  ] as const)('the service area in state %i: %s', (area, expected) => {
    expect(verdict(when('{ fact: household.place, within: service_area }'), {}, { area })).toBe(expected);
  });
});

describe('a percentage of a dated table', () => {
  const limit = when('{ fact: household.income, at_most: { percent: 200, of: us_fpl, by: household.size } }');
  test.each<[string, Facts, string, string]>([
    // 27,320 a year for three in 2026: twice that is 4,553.33 a month.
    ['just under', { 'household.size': 3, 'household.income': { value: 4553, per: 'month' } }, '2026-05-01', yes],
    ['just over', { 'household.size': 3, 'household.income': { value: 4554, per: 'month' } }, '2026-05-01', no],
    ['last year: 26,650 for three', { 'household.size': 3, 'household.income': { value: 4553, per: 'month' } }, '2025-05-01', no],
    ['before the notice took effect', { 'household.size': 3, 'household.income': { value: 4553, per: 'month' } }, '2026-01-12', no],
    ['nine people: 61,400', { 'household.size': 9, 'household.income': { value: 122_800, per: 'year' } }, '2026-05-01', yes],
    ['poor for a household of any size', { 'household.income': { value: 2660, per: 'month' } }, '2026-05-01', yes],
    ['the size decides', { 'household.income': { value: 2700, per: 'month' } }, '2026-05-01', open],
    ['a size between', { 'household.size': { between: [1, 2] }, 'household.income': { value: 2700, per: 'month' } }, '2026-05-01', open],
    [
      'rich at any of these sizes',
      { 'household.size': { atMost: 2 }, 'household.income': { value: 9000, per: 'month' } },
      '2026-05-01',
      no,
    ],
    ['before any table', { 'household.size': 3, 'household.income': { value: 10, per: 'month' } }, '2017-12-31', open],
  ])('%s', (_, facts, on, expected) => {
    expect(verdict(limit, facts, { on })).toBe(expected);
  });

  test('Alaska has its own figures', () => {
    const given: Facts = { 'household.size': 1, 'household.income': { value: 39_000, per: 'year' } };
    expect(verdict(limit, given)).toBe(no);
    expect(verdict(limit, given, { region: 'alaska' })).toBe(yes);
  });
});

describe('groups', () => {
  const a = '{ fact: person.veteran, is: true }';
  const b = '{ fact: person.pregnant, is: true }';
  const c = '{ fact: person.student, is: true }';
  const facts = (veteran?: boolean, pregnant?: boolean, student?: boolean): Facts =>
    Object.fromEntries(
      Object.entries({ 'person.veteran': veteran, 'person.pregnant': pregnant, 'person.student': student }).filter(
        ([, v]) => v !== undefined,
      ),
    ) as Facts;

  test.each<[string, Facts, string]>([
    [`{ all: [${a}, ${b}] }`, facts(true, true), yes],
    [`{ all: [${a}, ${b}] }`, facts(true), open],
    [`{ all: [${a}, ${b}] }`, facts(false), no],
    [`{ any: [${a}, ${b}] }`, facts(true), yes],
    [`{ any: [${a}, ${b}] }`, facts(false), open],
    [`{ any: [${a}, ${b}] }`, facts(false, false), no],
    [`{ none: [${a}, ${b}] }`, facts(false, false), yes],
    [`{ none: [${a}, ${b}] }`, facts(true), no],
    [`{ none: [${a}, ${b}] }`, facts(false), open],
    [`{ at_least_n: 2, of: [${a}, ${b}, ${c}] }`, facts(true, true), yes],
    [`{ at_least_n: 2, of: [${a}, ${b}, ${c}] }`, facts(true), open],
    [`{ at_least_n: 2, of: [${a}, ${b}, ${c}] }`, facts(true, false), open],
    [`{ at_least_n: 2, of: [${a}, ${b}, ${c}] }`, facts(false, false), no],
    [`{ none: [{ none: [${a}] }] }`, facts(true), yes],
    [`{ staff_decides: "asked at the door" }`, {}, 'likely'],
    [`{ all: [${a}, { staff_decides: x }] }`, facts(true), 'likely'],
    [`{ all: [${a}, { staff_decides: x }] }`, facts(), open],
    [`{ all: [${a}, { staff_decides: x }] }`, facts(false), no],
    [`{ any: [${a}, { staff_decides: x }] }`, facts(true), yes],
    [`{ any: [${a}, { staff_decides: x }] }`, facts(false), 'likely'],
    [`{ any: [${a}, { staff_decides: x }] }`, facts(), open],
    [`{ none: [{ staff_decides: x }] }`, {}, 'likely'],
    [`{ none: [${a}, { staff_decides: x }] }`, facts(true), no],
  ])('%s of %j is %s', (yaml, given, expected) => {
    expect(verdict(when(yaml), given)).toBe(expected);
  });
});

describe('members', () => {
  const child = '{ some: household.members, where: { fact: age, less_than: 5 } }';
  const adults = '{ every: household.members, where: { fact: age, at_least: 18 } }';
  const two = '{ at_least_n: 2, of: household.members, where: { all: [{ fact: age, less_than: 18 }] } }';
  const members = (ages: (number | null)[], complete = true): Facts => ({
    'household.members': { items: ages.map((age) => (age === null ? {} : { age })), complete },
  });

  test.each<[string, Facts, string]>([
    [child, members([4]), yes],
    [child, members([30, 4], false), yes],
    [child, members([30]), no],
    [child, members([30], false), open],
    [child, members([30, null]), open],
    [child, members([]), no],
    [child, {}, open],
    [adults, members([30, 40]), yes],
    [adults, members([30, 40], false), open],
    [adults, members([30, 4], false), no],
    [adults, members([]), yes],
    [two, members([3, 9, 40]), yes],
    [two, members([3, 40]), no],
    [two, members([3], false), open],
    // A name with a dot is a fact of the person or the household, inside "where" too.
    [
      '{ some: household.members, where: { all: [{ fact: age, less_than: 5 }, { fact: person.age, at_least: 18 }] } }',
      { ...members([4]), 'person.age': 20 },
      yes,
    ],
    [
      '{ some: household.members, where: { all: [{ fact: age, less_than: 5 }, { fact: person.age, at_least: 18 }] } }',
      { ...members([4]), 'person.age': 16 },
      no,
    ],
    [
      '{ some: household.members, where: { none: [{ fact: veteran, is: true }] } }',
      { 'household.members': { items: [{ veteran: false }] } },
      yes,
    ],
  ])('%s of %j is %s', (yaml, given, expected) => {
    expect(verdict(when(yaml), given)).toBe(expected);
  });
});
