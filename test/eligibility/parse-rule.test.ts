import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { facts, tables } from './given.ts';

const options = { catalogue: createFactCatalogue(facts), tables: new Map(tables.map((t) => [t.table, t])) };
const parse = (when: string) => parseRule(`rule: test/one\nversion: 1\neligible_when:\n  ${when}\n`, { ...options, file: 'one.yaml' });
const deep = (levels: number) => `${'{ all: ['.repeat(levels)}{ fact: person.age, at_least: 18 }${'] }'.repeat(levels)}`;

describe('a fault is placed and says what is allowed', () => {
  test.each<[string, string, string, string, RegExp]>([
    ['a word that is near', '{ fact: person.age, atleast: 18 }', 'unknown_word', 'eligible_when.atleast', /Did you mean "at_least"/],
    ['a word that is far', '{ al: [{ fact: person.age, at_least: 18 }] }', 'unknown_word', 'eligible_when.al', /"all"/],
    ['an unknown fact', '{ all: [{ fact: person.agee, at_least: 18 }] }', 'unknown_fact', 'eligible_when.all[0].fact', /"person\.age"/],
    ["a member's fact outside of where", '{ fact: age, less_than: 5 }', 'unknown_fact', 'eligible_when.fact', /"person\.age"/],
    [
      'an unknown table',
      '{ fact: household.income, at_most: { percent: 200, of: us_fpl_2 } }',
      'unknown_table',
      'eligible_when.at_most.of',
      /"us_fpl"/,
    ],
    ['no comparison', '{ fact: person.age }', 'rule_comparison', 'eligible_when', /exactly one comparison/],
    ['two comparisons', '{ fact: person.age, at_least: 18, at_most: 20 }', 'rule_comparison', 'eligible_when', /this has 2/],
    ['a comparison that does not fit', '{ fact: person.veteran, at_least: 18 }', 'rule_comparison', 'eligible_when.at_least', /For it: is/],
    ['a word for yes', '{ fact: person.veteran, is: yes }', 'rule_value', 'eligible_when.is', /true or false stands here, not "yes"/],
    [
      'a number for a word',
      '{ fact: household.housing_status, is_one_of: [renting, 5] }',
      'rule_value',
      'eligible_when.is_one_of[1]',
      /a word/,
    ],
    ['a number in quotes', '{ fact: person.age, at_least: "18" }', 'rule_value', 'eligible_when.at_least', /is an age: "18"/],
    ['a number for a day', '{ fact: person.birth_date, at_least: 1990 }', 'rule_value', 'eligible_when.at_least', /2026-05-01/],
    ['no day', '{ fact: person.birth_date, between: [1990-01-01, 1990-02-30] }', 'rule_value', 'eligible_when.between[1]', /is no day/],
    ['money without a period', '{ fact: household.income, at_most: 2000 }', 'rule_period', 'eligible_when.at_most', /per: month/],
    [
      'two kinds at once',
      '{ all: [{ fact: person.age, at_least: 18 }], any: [] }',
      'rule_shape',
      'eligible_when',
      /Only one of "all" and "any"/,
    ],
    ['an empty list', '{ all: [] }', 'rule_shape', 'eligible_when.all', /at least one/],
    ['a list for a condition', '[{ fact: person.age, at_least: 18 }]', 'rule_shape', 'eligible_when', /A condition is written like/],
    ['too deep', deep(6), 'rule_too_deep', 'eligible_when.all[0].all[0].all[0].all[0].all[0].all[0]', /7 levels deep; 6 are the most/],
    [
      'too many',
      `{ any: [${Array.from({ length: 61 }, (_, i) => `{ fact: person.age, at_least: ${i} }`).join(', ')}] }`,
      'rule_too_large',
      'eligible_when',
      /61 conditions; 60/,
    ],
    [
      'more than there are',
      '{ at_least_n: 3, of: [{ fact: person.age, at_least: 18 }] }',
      'rule_unreachable',
      'eligible_when.at_least_n',
      /never hold/,
    ],
    [
      'where in where',
      '{ some: household.members, where: { some: household.members, where: { fact: age, less_than: 5 } } }',
      'rule_shape',
      'eligible_when.where',
      /another "where"/,
    ],
    [
      'some of a number',
      '{ some: household.size, where: { fact: age, less_than: 5 } }',
      'rule_comparison',
      'eligible_when.some',
      /household\.members/,
    ],
    [
      'a service area of someone else',
      '{ fact: household.place, within: [service_area, oakland] }',
      'rule_comparison',
      'eligible_when.within',
      /stands alone/,
    ],
    ['a day that is none', '{ fact: person.birth_date, before: soon }', 'rule_value', 'eligible_when', /./],
  ])('%s', (_, when, code, path, message) => {
    const result = parse(when);
    expect(result.ok).toBe(false);
    expect(result.issues[0]).toMatchObject({ code, message: expect.stringMatching(message) as string, line: 4, file: 'one.yaml' });
    if (code !== 'rule_value') expect(result.issues[0]!.path).toBe(path);
  });

  test('lines and columns', () => {
    const result = parseRule('rule: test/one\nversion: 1\neligible_when:\n  all:\n    - fact: person.age\n      at_leest: 18\n', options);
    expect(result.issues[0]).toMatchObject({ line: 6, column: 17, message: expect.stringContaining('at_least') as string });
  });

  test.each([
    ['broken YAML', 'rule: [', 'rule_syntax'],
    ['not a rule', 'hello', 'rule_shape'],
    ['nothing', '', 'rule_shape'],
    ['without conditions', 'rule: test/one\nversion: 1', 'rule_shape'],
    ['a wrong name', 'rule: one\nversion: 1\neligible_when: { fact: person.age, at_least: 1 }', 'rule_value'],
    ['a key twice', 'rule: a/b\nversion: 1\nversion: 2\n', 'rule_syntax'],
    [
      'hundreds of conditions',
      `rule: a/b\neligible_when: { any: [${'{ fact: person.age, at_least: 18 },'.repeat(300)}] }`,
      'rule_too_large',
    ],
    ['a novel', `rule: a/b\ntitle: ${'x'.repeat(100_000)}`, 'rule_too_large'],
    ['brackets without end', `rule: ${'['.repeat(20_000)}`, 'rule_too_deep'],
    ['lists without end', '- '.repeat(20_000), 'rule_too_deep'],
    ["every object's name", 'rule: a/b\nversion: 1\neligible_when: { fact: person.constructor, is: true }', 'fact_name'],
    ['a name that turns the writing round', 'rule: a/b\nversion: 1\neligible_when: { fact: "person.\u202eage", is: 1 }', 'fact_name'],
    ['no number', 'rule: a/b\nversion: 1\neligible_when: { fact: person.age, at_least: .inf }', 'rule_value'],
    ['two rules', 'rule: a/b\n---\nrule: c/d\n', 'rule_shape'],
    ['an alias bomb', `a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nrule: [*c, *c, *c, *c]`, 'rule_syntax'],
  ])('%s', (_, text, code) => {
    const result = parseRule(text, options);
    expect(result.ok).toBe(false);
    expect(result.issues[0]!.code).toBe(code);
  });
});

test('six levels and sixty conditions are allowed', () => {
  expect(parse(deep(5)).ok).toBe(true);
  expect(parse(`{ any: [${Array.from({ length: 60 }, (_, i) => `{ fact: person.age, at_least: ${i} }`).join(', ')}] }`).ok).toBe(true);
});

test('no text makes the reader throw', () => {
  const words = fc.constantFrom(
    'rule',
    'all',
    'any',
    'fact',
    'where',
    'some',
    'person.age',
    'at_least',
    '[',
    ']',
    '{',
    '}',
    ':',
    '- ',
    '\n',
    '  ',
    '18',
    '"',
    '*a',
    '&a',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words, { maxLength: 40 }).map((w) => `eligible_when: ${w.join(' ')}`),
      ),
      (text) => {
        expect(() => parseRule(text, options)).not.toThrow();
      },
    ),
    { numRuns: 2000 },
  );
});
