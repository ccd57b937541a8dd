import { describe, expect, test } from 'vitest';
import type { Facts } from '#shared/intake/facts.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { explain, resolveThresholds } from '#shared/eligibility/explain.ts';
import { ELIGIBILITY_MESSAGES } from '#shared/eligibility/messages/index.ts';
import { sayInEnglish } from '#shared/eligibility/faults.ts';
import { runRuleTests } from '#shared/eligibility/rule-tests.ts';
import { sayReason } from '#shared/eligibility/say.ts';
import { createMessages } from '#shared/platform/messages.ts';
import { contributed } from '../support/contributed.ts';
import { decide, explainOne, facts, ON, rule, tables, verdict, when } from './given.ts';

/** The rule of the design, with two tests more. */
const SHELTER = rule(`
rule: warm-nights/shelter
version: 4
applies: { from: 2026-01-01 }
source: { title: "Admission policy", url: "https://example.org/policy", checked: 2026-09-14 }
who: household
eligible_when:
  all:
    - { id: adult, fact: person.age, at_least: 18, say: { en: "You are 18 or older", es: "Tiene 18 años o más" }, proof: [photo_id] }
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
  - { name: only the interview is left, on: 2026-05-01, given: { person.age: 30, household.size: 3, household.income: { value: 900, per: month }, household.place: old-town, person.veteran: true, person.programs: [] }, expect: likely, because: [interview] }
  - { name: in another shelter, given: { person.programs: [other_shelter] }, expect: ineligible, because: [banned] }
`);

const KNOWN: Facts = {
  'person.age': 30,
  'household.size': 3,
  'household.income': { value: 900, per: 'month' },
  'person.veteran': true,
  'person.programs': [],
};

test('the tests of a rule run', () => {
  expect(runRuleTests(SHELTER, { facts, tables, on: ON })).toEqual(
    SHELTER.tests.map(({ name, expect: verdict, because, ask }) => {
      const said = [verdict, ...(because ? [`because ${because.join(', ')}`] : []), ...(ask ? [`ask ${ask.join(', ')}`] : [])].join(' ');
      return { rule: SHELTER.rule, test: name, passed: true, faults: [], expected: said, got: expect.any(String) as string };
    }),
  );
});

test('a test that fails says what is different', () => {
  const [result] = runRuleTests(
    { ...SHELTER, tests: [{ name: 'wrong', given: { 'person.age': 3 }, expect: 'eligible', because: ['income'], ask: ['person.age'] }] },
    { facts, tables, on: ON },
  );
  expect(result).toMatchObject({ passed: false });
  expect(result!.faults.map(sayInEnglish)).toEqual([
    'It comes out as "ineligible", not as "eligible".',
    '"income" is not among the reasons: adult.',
    '"person.age" is not among the open facts: none.',
  ]);
});

test('the tests of every shipped rule pass', () => {
  const results = contributed('eligibilityRules').flatMap((shipped) => runRuleTests(shipped, { facts, tables, on: ON }));
  expect(results.filter((result) => !result.passed)).toEqual([]);
});

describe('reasons', () => {
  const conditions = (given: Facts, area: 0 | 1 | 2 = AREA.inside) =>
    explainOne(SHELTER, given, { area }).because.map((reason) => `${reason.condition} ${reason.outcome}${reason.core ? ' core' : ''}`);

  test.each<[string, Facts, 0 | 1 | 2, string[]]>([
    [
      'no: all that failed and decide',
      { 'person.age': 17, 'person.programs': ['other_shelter'] },
      AREA.inside,
      ['adult failed core', 'banned failed'],
    ],
    [
      'no: of "any" every part',
      { ...KNOWN, 'person.veteran': false, 'household.members': { items: [{ age: 9 }] } },
      AREA.inside,
      ['veteran failed core', 'young_child failed core'],
    ],
    ['no: outside the area', KNOWN, AREA.outside, ['area failed core']],
    [
      'open: what is open',
      { 'person.age': 30, 'person.veteran': true, 'person.programs': [] },
      AREA.inside,
      ['income open core', 'interview staff core'],
    ],
    ['likely: what staff decide', KNOWN, AREA.inside, ['interview staff core']],
  ])('%s', (_, given, area, expected) => {
    expect(conditions(given, area)).toEqual(expected);
  });

  test('yes: what is met, one smallest set of it marked', () => {
    const either = when(
      '{ any: [{ id: a, fact: person.veteran, is: true }, { id: b, all: [{ id: b1, fact: person.age, at_least: 18 }, { id: b2, fact: household.size, at_least: 2 }] }] }',
    );
    expect(explainOne(either, KNOWN).because.map((r) => [r.condition, r.core])).toEqual([
      ['a', true],
      ['b1', false],
      ['b2', false],
    ]);
  });

  test('what was declined is open, but never among what is missing', () => {
    const found = explainOne(SHELTER, { ...KNOWN, 'household.income': { declined: true } }, { area: AREA.inside });
    expect(found).toMatchObject({ verdict: 'unknown', missing: [] });
    expect(found.because.map((reason) => reason.condition)).toEqual(['income', 'interview']);
  });

  test('a threshold from a table carries its version and source', () => {
    const decision = decide(SHELTER, { ...KNOWN, 'household.income': { value: 4600, per: 'month' } });
    const income = explain(decision, 0, AREA.inside).because[0]!;
    expect(resolveThresholds(income, decision)).toEqual([
      {
        low: 54_640,
        high: 54_640,
        table: 'us_fpl',
        percent: 200,
        version: '2026-01-13',
        source: expect.objectContaining({ title: expect.stringContaining('91 FR 1797') as string }) as object,
      },
    ]);
  });
});

describe('sentences', () => {
  const say = (language: string, given: Facts, condition: string, area: 0 | 1 | 2 = AREA.inside): string => {
    const decision = decide(SHELTER, given);
    const messages = createMessages({ language, bundles: ELIGIBILITY_MESSAGES });
    const reason = explain(decision, 0, area).because.find((r) => r.condition === condition)!;
    return sayReason(reason, {
      messages,
      catalogue: decision.ruleSet.catalogue,
      facts: decision.facts,
      tables: decision.context,
      areas: ['Old Town', 'Harbor'],
    });
  };
  const over: Facts = { ...KNOWN, 'household.income': { value: 4600, per: 'month' } };

  test.each<[string, Facts, string, string]>([
    [
      'en',
      over,
      'income',
      'Household income: up to $4,553.33 a month (200% of Federal poverty guidelines); here $4,600 a month, $46.67 a month over',
    ],
    [
      'es',
      over,
      'income',
      'Ingresos del hogar: hasta $4,553.33 al mes (200% de Guías federales de pobreza); aquí $4,600 al mes, $46.67 al mes de más',
    ],
    ['en', { 'person.age': 17 }, 'adult', 'You are 18 or older'],
    ['es', { 'person.age': 17 }, 'adult', 'Tiene 18 años o más'],
    ['fr', { 'person.age': 17 }, 'adult', 'You are 18 or older'],
    ['en', { 'person.programs': ['other_shelter'] }, 'banned', 'Programs the person takes part in: without Another shelter'],
    ['en', { ...KNOWN, 'person.veteran': false }, 'young_child', 'Household members: at least one with: Age: under 5'],
    ['fr', { ...KNOWN, 'person.veteran': false, 'household.members': { items: [] } }, 'veteran', 'A servi dans l’armée'],
    ['en', KNOWN, 'interview', 'The worker confirms it in an interview'],
  ])('%s: %j, %s', (language, given, condition, expected) => {
    expect(say(language === 'es' ? 'es-US' : language, given, condition).replaceAll(/\s/g, ' ')).toBe(expected);
  });

  test('what was written for a condition is turned round inside "none of"', () => {
    const alone = when('{ none: [{ id: a, fact: person.veteran, is: true, say: { en: "Has a home", fr: "A un logement" } }] }');
    const decision = decide(alone, { 'person.veteran': true });
    const [reason] = explain(decision, 0, AREA.unknown).because;
    for (const [language, text] of [
      ['en', 'Not: Has a home'],
      ['fr', 'Non : A un logement'],
    ] as const) {
      const messages = createMessages({ language, bundles: ELIGIBILITY_MESSAGES });
      expect(
        sayReason(reason!, { messages, catalogue: decision.ruleSet.catalogue, facts: decision.facts, tables: decision.context }).replaceAll(
          /\s/g,
          ' ',
        ),
      ).toBe(text);
    }
  });

  test('the service area names itself', () => {
    expect(say('en', { ...KNOWN, 'household.place': 'hilltop' }, 'area', AREA.outside)).toBe(
      'Where they live: in the area served: Old Town or Harbor (here: hilltop)',
    );
  });

  test('every language has every sentence, and each can be formatted', () => {
    const [, english] = ELIGIBILITY_MESSAGES[0]!;
    for (const [language, bundle] of ELIGIBILITY_MESSAGES) {
      expect(Object.keys(bundle), language).toEqual(Object.keys(english));
      const messages = createMessages({ language, bundles: ELIGIBILITY_MESSAGES });
      const values = {
        not: 'no',
        fact: 'F',
        bound: 'B',
        known: 'K',
        table: 'T',
        percent: '200',
        gap: 'G',
        wanted: 'W',
        low: 'L',
        high: 'H',
        where: 'X',
        say: 'S',
        count: 2,
        amount: 'A',
        text: 'Y',
        sentence: 'S',
        by: 'B',
        reason: 'R',
      };
      for (const id of Object.keys(bundle)) expect(messages.format(id, values), `${language} ${id}`).not.toMatch(/[{}]|^eligibility\./);
    }
  });
});

describe('versions', () => {
  const old = { ...when('{ fact: person.age, at_least: 21 }'), version: 1, applies: { from: '2024-01-01', to: '2025-12-31' } };
  const young = { ...when('{ fact: person.age, at_least: 18 }'), version: 2, applies: { from: '2026-01-01' } };
  test.each([
    ['2025-06-01', 'ineligible'],
    ['2026-06-01', 'eligible'],
    ['2023-06-01', 'not_stated'],
  ])('on %s a person of 19 is %s', (on, expected) => {
    expect(verdict([old, young], { 'person.age': 19 }, { on })).toBe(expected);
  });
});

test('equal conditions of many rules are one', () => {
  const rules = Array.from({ length: 50 }, (_, i) => ({
    ...when('{ all: [{ fact: person.age, at_least: 18 }, { fact: person.veteran, is: true }] }'),
    rule: `test/r${i}`,
  }));
  const { ruleSet } = decide(rules, {});
  expect(ruleSet.ids).toHaveLength(50);
  // Beside the two conditions and the group stands the node of services that state no rule.
  expect(ruleSet.graph.leaves).toHaveLength(3);
  expect(ruleSet.graph.length).toBe(4);
});
