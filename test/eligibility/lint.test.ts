// What is said against a rule that could be decided, and what its quick fixes make of the text.

import { describe, expect, test } from 'vitest';
import { checkRuleFiles } from '#shared/eligibility/check-files.ts';
import { applyEdits } from '#shared/eligibility/fix.ts';
import { lintRule } from '#shared/eligibility/lint.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { facts, rule, tables } from './given.ts';

const vocabulary = { catalogue: createFactCatalogue(facts), tables: new Map(tables.map((table) => [table.table, table])) };
const lint = (when: string) =>
  lintRule(rule(`rule: test/one\nversion: 1\neligible_when: ${when}`), vocabulary).map(({ code, path }) => `${code} ${path}`);

const AGE = 'fact: person.age';

describe('conditions beside each other', () => {
  test.each<[string, string, string[]]>([
    ['one that stands alone', `{ all: [{ ${AGE}, at_least: 0 }] }`, []],
    ['a range in two parts', `{ all: [{ ${AGE}, at_least: 18 }, { ${AGE}, less_than: 25 }] }`, []],
    ['none is left', `{ all: [{ ${AGE}, at_least: 18 }, { ${AGE}, less_than: 16 }] }`, ['contradictory_bounds eligible_when.all[1]']],
    ['one age is left', `{ all: [{ ${AGE}, at_least: 18 }, { ${AGE}, at_most: 18 }] }`, []],
    ['not even one', `{ all: [{ ${AGE}, at_least: 18 }, { ${AGE}, less_than: 18 }] }`, ['contradictory_bounds eligible_when.all[1]']],
    [
      'a weaker one beside a stronger',
      `{ all: [{ ${AGE}, at_least: 18 }, { ${AGE}, at_least: 60 }] }`,
      ['unreachable eligible_when.all[0]'],
    ],
    ['the same twice', `{ all: [{ ${AGE}, at_least: 18 }, { id: again, ${AGE}, at_least: 18 }] }`, ['unreachable eligible_when.all[1]']],
    [
      'an alternative within another',
      `{ any: [{ ${AGE}, at_least: 60 }, { ${AGE}, at_least: 65 }] }`,
      ['unreachable eligible_when.any[1]'],
    ],
    [
      'alternatives that cover everybody',
      `{ any: [{ ${AGE}, at_least: 18 }, { ${AGE}, at_most: 20 }] }`,
      ['unreachable eligible_when.any[1]'],
    ],
    ['alternatives with a gap', `{ any: [{ ${AGE}, at_most: 18 }, { ${AGE}, at_least: 60 }] }`, []],
    [
      'an alternative that the group around it rules out',
      `{ all: [{ ${AGE}, at_least: 18 }, { any: [{ ${AGE}, less_than: 5 }, { fact: person.veteran, is: true }] }] }`,
      ['contradictory_bounds eligible_when.all[1].any[0]'],
    ],
    [
      'an exclusion that excludes all',
      `{ all: [{ ${AGE}, at_least: 18 }, { none: [{ ${AGE}, at_least: 16 }] }] }`,
      ['contradictory_bounds eligible_when.all[1].none[0]'],
    ],
    [
      'an exclusion of nobody',
      `{ all: [{ ${AGE}, at_least: 18 }, { none: [{ ${AGE}, less_than: 16 }] }] }`,
      ['unreachable eligible_when.all[1].none[0]'],
    ],
    ['bounds the wrong way round', `{ ${AGE}, between: [24, 18] }`, ['contradictory_bounds eligible_when']],
    [
      'and beside another',
      `{ all: [{ ${AGE}, between: [24, 18] }, { fact: person.veteran, is: true }] }`,
      ['contradictory_bounds eligible_when.all[0]'],
    ],
    [
      'a number that nobody is below',
      `{ all: [{ fact: household.size, less_than: 0 }, { fact: person.veteran, is: true }] }`,
      ['contradictory_bounds eligible_when.all[0]'],
    ],
    [
      'two words at once',
      '{ all: [{ fact: household.housing_status, is: renting }, { fact: household.housing_status, is: owning }] }',
      ['contradictory_bounds eligible_when.all[1]'],
    ],
    [
      'yes and no',
      '{ all: [{ fact: person.veteran, is: true }, { fact: person.veteran, is: false }] }',
      ['contradictory_bounds eligible_when.all[1]'],
    ],
    [
      'percentages of one table',
      '{ all: [{ fact: household.income, at_most: { percent: 200, of: us_fpl } }, { fact: household.income, at_most: { percent: 150, of: us_fpl } }] }',
      ['unreachable eligible_when.all[0]'],
    ],
    [
      'amounts of different periods',
      '{ all: [{ fact: household.income, at_most: { value: 1000, per: month } }, { fact: household.income, more_than: { value: 12000, per: year } }] }',
      ['contradictory_bounds eligible_when.all[1]'],
    ],
    [
      'an amount and a table: nothing can be said',
      '{ all: [{ fact: household.income, at_most: { value: 1000, per: month } }, { fact: household.income, more_than: { percent: 300, of: us_fpl } }] }',
      [],
    ],
    [
      "a member's age is not the person's",
      '{ all: [{ fact: person.age, at_least: 18 }, { some: household.members, where: { fact: age, less_than: 5 } }] }',
      [],
    ],
    [
      "two of a member's",
      '{ some: household.members, where: { all: [{ fact: age, less_than: 5 }, { fact: age, at_least: 6 }] } }',
      ['contradictory_bounds eligible_when.where.all[1]'],
    ],
    [
      'at least two of three',
      `{ at_least_n: 2, of: [{ ${AGE}, at_least: 18 }, { ${AGE}, at_least: 60 }, { fact: person.veteran, is: true }] }`,
      [],
    ],
  ])('%s', (name, when, expected) => {
    // A lone condition is taken as it is.
    expect(lint(when)).toEqual(expected);
  });
});

describe('what a rule says and rests on', () => {
  test.each<[string, string, string[]]>([
    ['one language', '{ fact: person.veteran, is: true, say: Served }', []],
    [
      'a language that another text has',
      '{ all: [{ fact: person.veteran, is: true, say: { en: Served, es: Sirvió } }, { fact: person.age, at_least: 18, say: Adult }] }',
      ['missing_translation eligible_when.all[1].say'],
    ],
    [
      'of staff, too',
      '{ all: [{ fact: person.veteran, is: true, say: { en: Served, es: Sirvió } }, { staff_decides: { en: Asked } }] }',
      ['missing_translation eligible_when.all[1].staff_decides'],
    ],
    ['an unknown word', '{ fact: household.housing_status, is_one_of: [renting, ownning] }', ['unknown_option eligible_when.is_one_of[1]']],
    [
      'an id twice',
      '{ all: [{ id: a, fact: person.veteran, is: true }, { id: a, fact: person.age, at_least: 18 }] }',
      ['duplicate_id eligible_when.all[1].id'],
    ],
    ['an amount of the table', '{ fact: household.income, at_most: { value: 64300, per: year } }', ['typed_amount eligible_when.at_most']],
    [
      'by the month, rounded up',
      '{ fact: household.income, at_most: { value: 2266, per: month } }',
      ['typed_amount eligible_when.at_most'],
    ],
    ["an agency's own amount", '{ fact: household.income, at_most: { value: 67000, per: year } }', []],
    ['a protected characteristic', '{ fact: person.gender, is: woman }', ['protected_attribute eligible_when']],
    ['with its legal basis', '{ fact: person.gender, is: woman, legal_basis: "24 CFR 578.93(b)(1)" }', []],
    ['of the group around it', '{ legal_basis: "By charter", all: [{ fact: person.gender, is: woman }] }', []],
    ['as one of several ways in', '{ any: [{ fact: person.pregnant, is: true }, { fact: household.children, at_least: 1 }] }', []],
    ['that shuts out', '{ none: [{ fact: person.disability, is: true }] }', ['protected_attribute eligible_when.none[0]']],
  ])('%s', (_, when, expected) => {
    expect(lint(when)).toEqual(expected);
  });
});

describe('a sentence and the figures of its condition', () => {
  const INCOME = 'fact: household.income';
  const OTHER = ['say_other_figure eligible_when.say'];
  test.each<[string, string, string[]]>([
    ['the same percentage', `{ ${INCOME}, at_most: { percent: 120, of: us_fpl }, say: Income up to 120 % of the guideline }`, []],
    ['another percentage', `{ ${INCOME}, at_most: { percent: 120, of: us_fpl }, say: Income up to 200 % of the guideline }`, OTHER],
    [
      'another in one language of two',
      `{ ${INCOME}, at_most: { percent: 120, of: us_fpl }, say: { en: Up to 120%, ar: حتى ٢٠٠٪ } }`,
      OTHER,
    ],
    ['the same in other digits', `{ ${INCOME}, at_most: { percent: 120, of: us_fpl }, say: { en: Up to 120 percent, ar: حتى ١٢٠٪ } }`, []],
    ['the same amount', `{ ${INCOME}, at_most: { value: 2000, per: month }, say: 'Up to $2,000 a month' }`, []],
    ['the same by the year', `{ ${INCOME}, at_most: { value: 2000, per: month }, say: { en: '$24,000 a year', fr: 24 000 $ par an } }`, []],
    ['another amount', `{ ${INCOME}, at_most: { value: 2000, per: month }, say: 'Up to $1,800 a month' }`, OTHER],
    ['the same age', `{ ${AGE}, at_least: 18, say: 18 or older }`, []],
    ['the age below', `{ ${AGE}, less_than: 18, say: 17 or younger }`, []],
    ['the age above', `{ ${AGE}, between: [18, 24], say: From 18 to under 25 }`, []],
    ['another age', `{ ${AGE}, at_least: 21, say: 18 or older }`, OTHER],
    ['the age of a member', '{ some: household.members, where: { fact: age, less_than: 18 }, say: A child under 16 }', OTHER],
    [
      'a group that holds the figure',
      `{ any: [{ ${AGE}, at_least: 60 }, { ${INCOME}, at_most: { percent: 130, of: us_fpl } }], say: '60 or older, or 130%' }`,
      [],
    ],
    ['a number that is no figure', `{ ${INCOME}, at_most: { percent: 120, of: us_fpl }, say: Income as for Section 8 }`, []],
  ])('%s', (_, when, expected) => {
    expect(lint(when)).toEqual(expected);
  });

  test('is taken away by its quick fix', () => {
    const text = 'rule: test/one\nversion: 1\neligible_when: { fact: person.age, at_least: 21, say: 18 or older }\ntests: []\n';
    const { issues } = checkRuleFiles([{ file: 'one.yaml', text }], { facts, tables, on: '2026-06-01' });
    const found = issues.find(({ code }) => code === 'say_other_figure');
    expect(found?.message).toContain('"18"');
    expect(applyEdits(text, found!.fix!.edits)).toBe(text.replace(', say: 18 or older', ''));
  });
});

describe('tests of a rule', () => {
  const check = (tests: string) =>
    checkRuleFiles(
      [
        {
          file: 'a.yaml',
          text: `rule: a/b\nversion: 1\neligible_when:\n  all:\n    - { id: adult, fact: person.age, at_least: 18 }\n    - { id: asked, staff_decides: Asked }\n${tests}`,
        },
      ],
      { facts, tables, on: '2026-05-01' },
    );
  test('none at all is one warning', () => {
    expect(check('').issues).toMatchObject([{ code: 'rule_untested', line: 1 }]);
  });
  test('each branch that none goes through is told where it stands', () => {
    const { issues } = check('tests: [{ name: a child, given: { person.age: 17 }, expect: ineligible, because: [adlt] }]');
    expect(issues.map(({ code, line, message }) => `${line} ${code}: ${message}`)).toEqual([
      '7 unknown_condition: No condition has the id "adlt". Did you mean "adult"?',
      '4 branch_untested: No test has a case in which it holds (eligible_when).',
      '4 branch_untested: No test has a case in which it fails (eligible_when).',
      '5 branch_untested: No test has a case in which it holds (adult).',
      '5 branch_untested: No test has a case in which it fails (adult).',
      '6 branch_untested: No test has a case that comes down to it (asked).',
    ]);
  });
});

describe('a quick fix', () => {
  const fixAll = (text: string): string => {
    const { issues } = checkRuleFiles([{ file: 'a.yaml', text }], { facts, tables, on: '2026-05-01' });
    const first = issues.find((issue) => issue.fix);
    return first?.fix ? applyEdits(text, first.fix.edits) : text;
  };
  test.each<[string, string, string, string]>([
    ['a word', '    - { fact: person.age, atleast: 18 } # grown up', 'atleast: 18', 'at_least: 18'],
    ['a fact', '    - { fact: person.agee, at_least: 18 } # grown up', 'person.agee', 'person.age'],
    ['a table', '    - { fact: household.income, at_most: { percent: 200, of: us_fpI } }', 'us_fpI', 'us_fpl'],
    ['a fact of a member', '    - { some: household.members, where: { fact: agee, less_than: 5 } }', 'agee', 'age'],
    ['a period', '    - { fact: household.income, at_most: 2000 } # a month?', '2000 }', '{ value: 2000, per: month } }'],
    ['a value', '    - fact: household.housing_status # now\n      is: rentng', 'rentng', 'renting'],
    ['bounds', '    - { fact: person.age, between: [24, 18] }', '[24, 18]', '[ 18, 24 ]'],
    [
      'an amount',
      '    - { fact: household.income, at_most: { value: 64300, per: year } }',
      '{ value: 64300, per: year }',
      '{ percent: 200, of: us_fpl, by: household.size }',
    ],
  ])('mends %s and leaves the rest of the text as it is', (_, condition, wrong, right) => {
    const before = `# The shelter's own rule\nrule: a/b\nversion: 1 # first\neligible_when:\n  all:\n${condition}\n    - { fact: person.veteran, is: true }\n`;
    expect(fixAll(before)).toBe(before.replace(wrong, right));
  });

  test('removes a condition and keeps the comments', () => {
    const before =
      '# Who may come\nrule: a/b\nversion: 1\neligible_when:\n  all:\n    # all adults\n    - fact: person.age\n      at_least: 18\n    - fact: person.age\n      less_than: 16\n    - fact: person.veteran # by papers\n      is: true\n';
    expect(fixAll(before)).toBe(before.replace('    - fact: person.age\n      less_than: 16\n', ''));
  });
});
