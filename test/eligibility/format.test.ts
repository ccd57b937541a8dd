// The format as the specification writes it, word by word: the rule, every form of a fact, what is included in a bound; and the
// schema that editors are given.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readRuleFile } from '#shared/eligibility/rule-file.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import { toRuleSchema } from '#shared/eligibility/schema.ts';
import { RuleTable } from '#shared/eligibility/tables.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { contributed } from '../support/contributed.ts';
import { explainOne, facts, ON, rule, tables, verdict, when } from './given.ts';

const SHELTER_TEXT = `
rule: warm-nights/shelter
version: 4
applies: { from: 2026-01-01 }                 # effective dates
source: { title: "…", url: "https://…", checked: 2026-09-14 }
who: household                                # person | household
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: 18, say: { en: "You are 18 or older", es: "…" }, proof: [photo_id] }
    - { id: income, fact: household.income, at_most: { percent: 200, of: us_fpl, by: household.size } }
    - { id: area, fact: household.place, within: service_area }
    - any:
        - { id: veteran, fact: person.veteran, is: true }
        - { id: young_child, some: household.members, where: { fact: age, less_than: 5 } }
    - none: [ { id: banned, fact: person.programs, includes: other_shelter } ]
    - { id: interview, staff_decides: "The worker confirms it in an interview" }
tests:
  - { name: just above the limit, on: 2026-05-01, given: { person.age: 30, household.size: 3, household.income: { value: 4600, per: month } }, expect: ineligible, because: [income] }
  - { name: income not known, given: { person.age: 30 }, expect: unknown, ask: [household.place, household.income] }
`;
const SHELTER = rule(SHELTER_TEXT);
const LET_IN: Facts = {
  'person.age': 30,
  'household.size': 3,
  'household.income': { value: 4500, per: 'month' },
  'household.place': 'oakland',
  'person.veteran': true,
  'person.programs': [],
};

describe('the rule of the specification', () => {
  test('passes its own tests', () => {
    expect(runRuleTests(SHELTER, { facts, tables, on: ON }).map(({ faults }) => faults)).toEqual([[], []]);
  });

  test.each<[string, Facts, string]>([
    ['only the interview is left', LET_IN, 'likely'],
    ['a birth date in place of the age', { ...LET_IN, 'person.age': { declined: true }, 'person.birth_date': '1996-05-01' }, 'likely'],
    ['the same income by the week', { ...LET_IN, 'household.income': { value: 1038.46, per: 'week' } }, 'likely'],
    ['the same income by the year', { ...LET_IN, 'household.income': { value: 54_000, per: 'year' } }, 'likely'],
    ['an income between', { ...LET_IN, 'household.income': { between: [3000, 3500], per: 'month' } }, 'likely'],
    ['one across the limit', { ...LET_IN, 'household.income': { between: [4500, 4600], per: 'month' } }, 'unknown'],
    [
      'a larger household has a higher limit',
      { ...LET_IN, 'household.size': 4, 'household.income': { value: 5000, per: 'month' } },
      'likely',
    ],
    ['17', { ...LET_IN, 'person.age': 17 }, 'ineligible'],
    ['60 or older', { ...LET_IN, 'person.age': { atLeast: 60 } }, 'likely'],
    ['declined', { ...LET_IN, 'person.age': { declined: true } }, 'unknown'],
    ['a child of 4', { ...LET_IN, 'person.veteran': false, 'household.members': { items: [{ age: 30 }, { age: 4 }] } }, 'likely'],
    ['a child of 5', { ...LET_IN, 'person.veteran': false, 'household.members': { items: [{ age: 30 }, { age: 5 }] } }, 'ineligible'],
    ['perhaps others', { ...LET_IN, 'person.veteran': false, 'household.members': { items: [{ age: 30 }], complete: false } }, 'unknown'],
    ['in another shelter', { ...LET_IN, 'person.programs': ['snap', 'other_shelter'] }, 'ineligible'],
    ['income told long ago', { ...LET_IN, 'household.income': { value: 9000, per: 'month', asOf: '2025-01-05' } }, 'unknown'],
    ['income told lately', { ...LET_IN, 'household.income': { value: 4500, per: 'month', asOf: '2026-04-05' } }, 'likely'],
  ])('%s', (_, given, expected) => {
    expect(verdict(SHELTER, given, { area: 0 })).toBe(expected);
  });

  test('does not hold before it applies', () => {
    expect(verdict(SHELTER, LET_IN, { on: '2025-12-31', area: 0 })).toBe('not_stated');
  });
});

describe('a fact as JSON', () => {
  const limit = '{ fact: household.income, at_most: { value: 2000, per: month } }';
  test.each<[string, string, Facts, string]>([
    ['a number', '{ fact: person.age, is: 34 }', { 'person.age': 34 }, 'eligible'],
    ['a word', '{ fact: household.place, within: oakland }', { 'household.place': 'oakland' }, 'eligible'],
    ['yes', '{ fact: person.veteran, is: true }', { 'person.veteran': true }, 'eligible'],
    ['a list', '{ fact: household.benefits, includes: [snap, wic] }', { 'household.benefits': ['snap', 'wic'] }, 'eligible'],
    ['at least', '{ fact: person.age, at_least: 60 }', { 'person.age': { atLeast: 60 } }, 'eligible'],
    [
      'both ends of a range are in it',
      '{ fact: household.income, less_than: { value: 3500, per: month } }',
      { 'household.income': { between: [3000, 3500], per: 'month' } },
      'unknown',
    ],
    [
      'and no more',
      '{ fact: household.income, at_most: { value: 3500, per: month } }',
      { 'household.income': { between: [3000, 3500], per: 'month' } },
      'eligible',
    ],
    [
      'one of',
      '{ fact: household.housing_status, is_one_of: [renting, doubled_up] }',
      { 'household.housing_status': { oneOf: ['renting', 'doubled_up'] } },
      'eligible',
    ],
    [
      'one of, of which one does not',
      '{ fact: household.housing_status, is: renting }',
      { 'household.housing_status': { oneOf: ['renting', 'doubled_up'] } },
      'unknown',
    ],
    ['declined', '{ fact: person.age, at_least: 18 }', { 'person.age': { declined: true } }, 'unknown'],
    ['with its day', '{ fact: person.veteran, is: true }', { 'person.veteran': { value: true, asOf: '2026-01-05' } }, 'eligible'],
    ['money by the week', limit, { 'household.income': { value: 461, per: 'week' } }, 'eligible'],
    ['money by the month', limit, { 'household.income': { value: 2000, per: 'month' } }, 'eligible'],
    ['money by the year', limit, { 'household.income': { value: 24_001, per: 'year' } }, 'ineligible'],
    ['a birth date, on the birthday', '{ fact: person.age, at_least: 18 }', { 'person.birth_date': '2008-05-01' }, 'eligible'],
    ['a birth date, on the day before', '{ fact: person.age, at_least: 18 }', { 'person.birth_date': '2008-05-02' }, 'ineligible'],
    ['born on a leap day', '{ fact: person.age, at_least: 18 }', { 'person.birth_date': '2008-02-29' }, 'eligible'],
    [
      'members by their bare names',
      '{ some: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ age: 4 }], complete: false } },
      'eligible',
    ],
    [
      "members by the person's names",
      '{ some: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ 'person.age': 4 }] } },
      'eligible',
    ],
    [
      'every member, of whom one is not known',
      '{ every: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ age: 4 }, {}] } },
      'unknown',
    ],
    [
      'every member, of an open list',
      '{ every: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ age: 4 }], complete: false } },
      'unknown',
    ],
    [
      'every member, of whom one fails',
      '{ every: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ age: 9 }], complete: false } },
      'ineligible',
    ],
    [
      'at least two',
      '{ at_least_n: 2, of: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ age: 4 }, { birth_date: '2024-01-01' }] } },
      'eligible',
    ],
    [
      'at least two, of an open list',
      '{ at_least_n: 2, of: household.members, where: { fact: age, less_than: 5 } }',
      { 'household.members': { items: [{ age: 4 }], complete: false } },
      'unknown',
    ],
    ['nobody', '{ every: household.members, where: { fact: age, less_than: 5 } }', { 'household.members': { items: [] } }, 'eligible'],
    ['nothing of it', '{ fact: person.age, at_least: 18 }', {}, 'unknown'],
  ])('%s', (_, condition, given, expected) => {
    expect(verdict(when(condition), given)).toBe(expected);
  });

  test('the age of who was born on a leap day counts up on 1 March', () => {
    const adult = when('{ fact: person.age, at_least: 18 }');
    expect(verdict(adult, { 'person.birth_date': '2008-02-29' }, { on: '2026-02-28' })).toBe('ineligible');
    expect(verdict(adult, { 'person.birth_date': '2008-02-29' }, { on: '2026-03-01' })).toBe('eligible');
  });

  test('what was declined is not asked', () => {
    expect(explainOne(when('{ fact: person.age, at_least: 18 }'), { 'person.age': { declined: true } }).missing).toEqual([]);
  });
});

describe('a file', () => {
  const RULE = 'rule: a/b\nversion: 1\neligible_when: { fact: person.x2, is: true }\n';
  const FACT = '{ id: person.x2, type: boolean, label: X }';
  const TABLE = '{ table: t, title: T, versions: [] }';
  test.each<[string, string, { rules: number; facts: number; tables: number; issues: number }]>([
    ['a rule', RULE, { rules: 1, facts: 0, tables: 0, issues: 0 }],
    ['a rule with its facts', `${RULE}facts: [${FACT}]\n`, { rules: 1, facts: 1, tables: 0, issues: 0 }],
    ['documents', `${RULE}---\nfacts: [${FACT}]\n---\n${TABLE}\n`, { rules: 1, facts: 1, tables: 1, issues: 0 }],
    [
      'a list of all',
      `- ${FACT}\n- ${TABLE}\n- { rule: a/b, version: 1, eligible_when: { fact: person.x2, is: true } }\n`,
      { rules: 1, facts: 1, tables: 1, issues: 0 },
    ],
    ['keys', `rules: [{ rule: a/b }]\ntables: [${TABLE}]\nfacts: [${FACT}]\n`, { rules: 1, facts: 1, tables: 1, issues: 0 }],
    [
      'JSON with tabs',
      '{\n\t"rule": "a/b",\n\t"version": 1,\n\t"eligible_when": {\n\t\t"fact": "person.age",\n\t\t"at_least": 18\n\t}\n}',
      { rules: 1, facts: 0, tables: 0, issues: 0 },
    ],
    ['a byte order mark', `\uFEFF${RULE}`, { rules: 1, facts: 0, tables: 0, issues: 0 }],
    ['something else', 'name: waypost\n', { rules: 0, facts: 0, tables: 0, issues: 1 }],
    ['nothing', '', { rules: 0, facts: 0, tables: 0, issues: 0 }],
    ['broken', 'rule: [', { rules: 0, facts: 0, tables: 0, issues: 1 }],
    ['too deep', '['.repeat(5000), { rules: 0, facts: 0, tables: 0, issues: 1 }],
    ['lists in lists', '- '.repeat(5000), { rules: 0, facts: 0, tables: 0, issues: 1 }],
    ['a ruled line', `# ${'-'.repeat(400)}\n${RULE}`, { rules: 1, facts: 0, tables: 0, issues: 0 }],
  ])('%s', (_, text, expected) => {
    const { rules, facts: found, tables: dated, issues } = readRuleFile(text, { file: 'x.yaml' });
    expect({ rules: rules.length, facts: found.length, tables: dated.length, issues: issues.length }, JSON.stringify(issues)).toEqual(
      expected,
    );
    for (const issue of issues) expect(issue).toMatchObject({ file: 'x.yaml', line: 1 });
  });
});

describe('the published schema', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(toRuleSchema());

  test('is up to date: npm run -s waypost -- rules schema > shared/eligibility/rules.schema.json', () => {
    const path = fileURLToPath(new URL('../../shared/eligibility/rules.schema.json', import.meta.url));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(toRuleSchema())));
  });

  test('describes every key', () => {
    const bare: string[] = [];
    const walk = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, value] of Object.entries((schema as { properties?: object }).properties ?? {})) {
        if (!('description' in value) && !('$ref' in value)) bare.push(`${path}.${key}`);
      }
      for (const [key, value] of Object.entries(schema)) walk(value, `${path}/${key}`);
    };
    walk(toRuleSchema(), '');
    expect(bare).toEqual([]);
  });

  test('accepts the specification, and what is shipped', () => {
    expect(validate(parse(SHELTER_TEXT)), JSON.stringify(validate.errors)).toBe(true);
    for (const shipped of [...contributed('eligibilityRules'), ...contributed('ruleTables'), ...contributed('facts')])
      expect(validate(JSON.parse(JSON.stringify(shipped))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  test('keeps its names to itself: other schemas of the same parts stay whole', () => {
    const before = JSON.stringify(z.toJSONSchema(RuleTable));
    toRuleSchema();
    expect(JSON.stringify(z.toJSONSchema(RuleTable))).toBe(before);
  });

  test.each([
    ['a wrong word', { rule: 'a/b', version: 1, eligible_when: { fact: 'person.age', atleast: 18 } }],
    ['no conditions', { rule: 'a/b', version: 1 }],
    [
      'a wrong verdict',
      { rule: 'a/b', version: 1, eligible_when: { fact: 'a.b', is: 1 }, tests: [{ name: 'x', given: {}, expect: 'maybe' }] },
    ],
  ])('refuses %s', (_, document) => {
    expect(validate(document)).toBe(false);
  });
});
