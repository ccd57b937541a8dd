// Tests inside rules: what they ask, which branches they go through, which slips they would notice. And that the rules that
// are shipped set the example.

import { describe, expect, test } from 'vitest';
import { measureCoverage } from '#shared/eligibility/coverage.ts';
import { lintRule } from '#shared/eligibility/lint.ts';
import { listMutants, runMutants } from '#shared/eligibility/mutation.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { contributed } from '../support/contributed.ts';
import { facts, rule, tables } from './given.ts';

const options = { facts, tables, on: '2026-05-01' };
const withTests = (when: string, tests: string) => rule(`rule: test/one\nversion: 1\neligible_when: ${when}\ntests:\n${tests}`);
const ADULT = '{ id: adult, fact: person.age, at_least: 18 }';

describe('a test of a rule', () => {
  test.each<[string, string, string, boolean]>([
    [
      'the area that the service publishes, by default',
      '{ fact: household.place, within: service_area }',
      '{ given: { household.place: oakland }, expect: eligible }',
      true,
    ],
    [
      'outside of it',
      '{ fact: household.place, within: service_area }',
      '{ given: { household.place: oakland }, in_service_area: false, expect: ineligible }',
      true,
    ],
    [
      'no place, no area',
      '{ fact: household.place, within: service_area }',
      '{ given: {}, expect: unknown, ask: [household.place] }',
      true,
    ],
    [
      'a region',
      '{ fact: household.income, at_most: { percent: 100, of: us_fpl } }',
      '{ on: 2026-05-01, region: alaska, given: { household.size: 1, household.income: { value: 19950, per: year } }, expect: eligible }',
      true,
    ],
    [
      'without it',
      '{ fact: household.income, at_most: { percent: 100, of: us_fpl } }',
      '{ on: 2026-05-01, given: { household.size: 1, household.income: { value: 19950, per: year } }, expect: eligible }',
      false,
    ],
    [
      'its own day',
      '{ fact: person.age, at_least: 18 }',
      '{ on: 2026-03-01, given: { person.birth_date: 2008-03-02 }, expect: ineligible }',
      true,
    ],
    ['facts that cannot be read', '{ fact: person.age, at_least: 18 }', '{ given: { person.age: old }, expect: unknown }', false],
  ])('%s', (_, when, body, passes) => {
    expect(runRuleTests(withTests(when, `  - ${body.replace('{', '{ name: it,')}\n`), options)).toMatchObject([{ passed: passes }]);
  });
});

describe('branches', () => {
  const missing = (when: string, tests: string) =>
    measureCoverage(withTests(when, tests), options).missing.map(({ condition, outcome }) => `${condition} ${outcome}`);
  test.each<[string, string, string, string[]]>([
    [
      'both ways',
      ADULT,
      '  - { name: a, given: { person.age: 18 }, expect: eligible }\n  - { name: b, given: { person.age: 3 }, expect: ineligible }\n',
      [],
    ],
    ['one way', ADULT, '  - { name: a, given: { person.age: 18 }, expect: eligible }\n', ['adult failed']],
    [
      'a test that fails counts for nothing',
      ADULT,
      '  - { name: a, given: { person.age: 18 }, expect: ineligible }\n',
      ['adult met', 'adult failed'],
    ],
    ['what always holds has one', '{ id: all, fact: person.age, at_least: 0 }', '  - { name: a, given: {}, expect: eligible }\n', []],
    [
      'staff, only where it comes down to them',
      `{ all: [${ADULT}, { id: asked, staff_decides: Asked }] }`,
      '  - { name: a, given: { person.age: 3 }, expect: ineligible }\n',
      ['eligible_when met', 'adult met', 'asked staff'],
    ],
    [
      'inside "where"',
      '{ id: child, some: household.members, where: { id: young, fact: age, less_than: 5 } }',
      '  - { name: a, given: { household.members: { items: [{ age: 40 }, { age: 6 }] } }, expect: ineligible }\n',
      ['child met', 'young met'],
    ],
  ])('%s', (_, when, tests, expected) => {
    expect(missing(when, tests)).toEqual(expected);
  });
});

describe('changes of a rule', () => {
  test.each<[string, string, string[]]>([
    ['a bound', '{ fact: person.age, at_least: 18 }', ['at_least: 18 turned round', 'at_least: 18 → 17', 'at_least: 18 → 19']],
    ['at least nothing', '{ fact: person.age, at_least: 0 }', ['at_least: 0 turned round', 'at_least: 0 → 1']],
    [
      'a range',
      '{ fact: person.age, between: [6, 13] }',
      [
        'between: [6, 13] turned round',
        'between: [6, 13] → [5, 13]',
        'between: [6, 13] → [7, 13]',
        'between: [6, 13] → [6, 12]',
        'between: [6, 13] → [6, 14]',
      ],
    ],
    [
      'an amount',
      '{ fact: household.income, at_most: { value: 2000, per: month } }',
      ['at_most: 2000 a month turned round', 'at_most: 2000 a month → 1900 a month', 'at_most: 2000 a month → 2100 a month'],
    ],
    [
      'a percentage',
      '{ fact: household.income, at_most: { percent: 200, of: us_fpl } }',
      ['at_most: 200% of us_fpl turned round', 'at_most: 200% of us_fpl → 190% of us_fpl', 'at_most: 200% of us_fpl → 210% of us_fpl'],
    ],
    [
      'a day',
      '{ fact: person.birth_date, before: 1990-01-01 }',
      ['before: 1990-01-01 turned round', 'before: 1990-01-01 → 1989-12-31', 'before: 1990-01-01 → 1990-01-02'],
    ],
    ['a word', '{ fact: person.veteran, is: true }', ['is: true turned round']],
    [
      'words',
      '{ fact: household.housing_status, is_one_of: [hotel, shelter] }',
      ['is_one_of: [hotel, shelter] turned round', 'is_one_of: [hotel, shelter] → [shelter]', 'is_one_of: [hotel, shelter] → [hotel]'],
    ],
    [
      'a member',
      '{ some: household.members, where: { fact: disability, is: true } }',
      ['turned round', 'some → every', 'is: true turned round'],
    ],
    [
      'groups',
      '{ all: [{ any: [{ staff_decides: a }, { staff_decides: b }] }, { none: [{ staff_decides: c }] }] }',
      ['all → any', 'any → all', 'none → any'],
    ],
    [
      'two of three',
      '{ at_least_n: 2, of: [{ staff_decides: a }, { staff_decides: b }, { staff_decides: c }] }',
      ['at_least_n: 2 → 1', 'at_least_n: 2 → 3'],
    ],
  ])('%s', (_, when, expected) => {
    expect(listMutants(withTests(when, '  - { name: a, given: {}, expect: unknown }\n')).map(({ change }) => change)).toEqual(expected);
  });

  test('a test at each side of a bound notices them all, one further away does not', () => {
    const near =
      '  - { name: a, given: { person.age: 18 }, expect: eligible }\n  - { name: b, given: { person.age: 17 }, expect: ineligible }\n';
    expect(runMutants(withTests(ADULT, near), options)).toEqual({ mutants: 3, killed: 3, survived: [] });
    const far = near.replace('17', '12');
    expect(runMutants(withTests(ADULT, far), options)).toEqual({
      mutants: 3,
      killed: 2,
      survived: [{ condition: 'adult', at: ['eligible_when'], change: 'at_least: 18 → 17' }],
    });
  });
});

describe('the rules that are shipped', () => {
  const vocabulary = { catalogue: createFactCatalogue(facts), tables: new Map(tables.map((table) => [table.table, table])) };
  test.each(contributed('eligibilityRules').map((shipped) => [shipped.rule, shipped] as const))(
    '%s: every branch, every change, nothing to say',
    (_, shipped) => {
      const coverage = measureCoverage(shipped, options);
      expect(coverage.missing).toEqual([]);
      expect(runMutants(shipped, options).survived).toEqual([]);
      expect(lintRule(shipped, { ...vocabulary, coverage, languages: ['en', 'es', 'fr', 'ar'] })).toEqual([]);
      expect(runRuleTests(shipped, options).filter(({ passed }) => !passed)).toEqual([]);
    },
  );
});
