// What must hold whatever is thrown at the rules: any facts, any order of conditions, any text as a rule.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAreas } from '#shared/eligibility/areas.ts';
import { checkRule } from '#shared/eligibility/check-rule.ts';
import { evaluate, verdictOf } from '#shared/eligibility/evaluate.ts';
import { explain } from '#shared/eligibility/explain.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { Rule, VERDICTS, type RuleNode } from '#shared/eligibility/rule.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import { createFactCatalogue } from '#shared/intake/catalogue.ts';
import { Facts } from '#shared/intake/facts.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { Problem } from '#shared/platform/problems.ts';
import { contributed } from '../support/contributed.ts';
import { find, resource } from '../matching/town.ts';
import { decide, facts as definitions, ON, ruleOf, tables, verdict } from './given.ts';

const ids = definitions.map(({ id }) => id);
const rules = contributed('eligibilityRules');
const shipped = compileRules({ rules, facts: definitions, tables });
const catalogue = createFactCatalogue(definitions);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: false }),
  fc.constantFrom(0, -0, 1e308, -1e308, Infinity, NaN, 0.1, Number.MAX_SAFE_INTEGER),
);
const word = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'renting',
    'snap',
    '1990',
    '1990-02-30',
    '9999-12-31',
    '0000-00-00',
    'wend-valley/port-alder-county',
    '__proto__',
    'constructor',
  ),
);
const scalar = fc.oneof(number, word, fc.boolean(), fc.constant(null));
/** Values as facts are written, right and wrong: the keys are the format's own. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    scalar,
    fc.array(scalar, { maxLength: 4 }),
    fc.jsonValue(),
    fc.record(
      {
        value: scalar,
        per: fc.constantFrom('week', 'month', 'year', 'fortnight'),
        asOf: word,
        declined: fc.constantFrom(true, false),
        atLeast: number,
        atMost: number,
        between: fc.tuple(number, number),
        oneOf: fc.array(scalar, { maxLength: 3 }),
        includes: fc.array(word, { maxLength: 3 }),
        excludes: fc.array(word, { maxLength: 3 }),
        lon: number,
        lat: number,
        items: fc.array(fc.dictionary(fc.constantFrom('age', 'person.age', 'person.veteran', ...ids), tie('value'), { maxKeys: 3 }), {
          maxLength: 3,
        }),
        complete: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  ),
})).value;
const anyFacts = fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, fc.string()), value, { maxKeys: 5 });

describe('any facts', () => {
  let read = 0;
  test('are read or refused with reasons, and every shipped rule then has a verdict and can be explained', () => {
    fc.assert(
      fc.property(anyFacts, (json) => {
        const parsed = Facts.safeParse(json);
        if (!parsed.success) return;
        const known = readFacts(parsed.data, { catalogue, on: ON });
        if (!known.ok) {
          expect(known.issues.length).toBeGreaterThan(0);
          return;
        }
        read += 1;
        const decision = evaluate(shipped, known.value, { on: ON, areas: createAreas() });
        for (let rule = 0; rule < shipped.ids.length; rule++) {
          for (const area of Object.values(AREA)) {
            const found = explain(decision, rule, area);
            expect(VERDICTS).toContain(found.verdict);
            expect(found.verdict).toBe(verdictOf(decision, rule, area));
          }
        }
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(200);
  });

  test('give an answer of Find, or are refused in words', () => {
    const resources = rules.slice(0, 30).map((rule, i) => resource(`a${i}`, { rule: rule.rule, areas: ['Old Town'] }));
    fc.assert(
      fc.property(anyFacts, (json) => {
        const parsed = Facts.safeParse(json);
        if (!parsed.success) return;
        try {
          const { matches, ask } = find(resources, { facts: parsed.data }, { ruleSet: shipped });
          expect(JSON.parse(JSON.stringify({ matches, ask }))).toEqual({ matches, ask });
          for (const { score } of matches) expect(Number.isFinite(score.total)).toBe(true);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect(error.code).toBe('bad_request');
        }
      }),
      { numRuns: 300 },
    );
  });
});

const leaf = fc.constantFrom<RuleNode>(
  { fact: 'person.age', at_least: 18 },
  { fact: 'person.age', less_than: 60 },
  { fact: 'person.veteran', is: true },
  { fact: 'household.size', more_than: 2 },
  { fact: 'household.benefits', includes: 'snap' } as RuleNode,
  { fact: 'household.place', within: 'service_area' } as RuleNode,
  { fact: 'household.place', within: 'county/north' } as RuleNode,
  { staff_decides: 'asked' } as RuleNode,
);
const node: fc.Arbitrary<RuleNode> = fc.letrec<{ node: RuleNode }>((tie) => {
  const children = fc.array(tie('node'), { minLength: 1, maxLength: 4 });
  return {
    node: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      leaf,
      children.map((all) => ({ all })),
      children.map((any) => ({ any })),
      children.map((none) => ({ none })),
      children.chain((of) => fc.integer({ min: 1, max: of.length }).map((n) => ({ at_least_n: n, of }))),
    ),
  };
}).node;
const known = fc.record<Facts>(
  {
    'person.age': fc.constantFrom<Facts[string]>(17, 30, 70, { atLeast: 18 }, { between: [50, 65] }, { declined: true }),
    'person.veteran': fc.constantFrom<Facts[string]>(true, false, { declined: true }),
    'household.size': fc.constantFrom<Facts[string]>(1, 2, 5, { atLeast: 2 }),
    'household.benefits': fc.constantFrom<Facts[string]>([], ['snap'], { includes: ['wic'] }),
    'household.place': fc.constantFrom<Facts[string]>('county/north', 'county/south', 'Old Town'),
  },
  { requiredKeys: [] },
);
const area = fc.constantFrom(...Object.values(AREA));
const judge = (rule: RuleNode, facts: Facts, at: (typeof AREA)[keyof typeof AREA]) => verdict(ruleOf(rule), facts, { area: at });

describe('laws of three values', () => {
  test('the order of conditions, at every depth, changes no verdict and no reason', () => {
    fc.assert(
      fc.property(node, known, area, fc.infiniteStream(fc.nat(1000)), (rule, facts, at, numbers) => {
        const shuffled = shuffle(rule, () => numbers.next().value as number);
        const [one, other] = [rule, shuffled].map((tree) => explain(decide(ruleOf(tree), facts), 0, at));
        expect(other!.verdict).toBe(one!.verdict);
        expect([...other!.missing].sort()).toEqual([...one!.missing].sort());
        const outcomes = (found: typeof one) => found!.because.map(({ fact, outcome }) => `${fact} ${outcome}`).sort();
        expect(outcomes(other)).toEqual(outcomes(one));
      }),
      { numRuns: 600 },
    );
  });

  const not = (rule: RuleNode): RuleNode => ({ none: [rule] });
  const laws: Record<string, (a: RuleNode, b: RuleNode) => [RuleNode, RuleNode]> = {
    'not not': (a) => [not(not(a)), a],
    'one of one': (a) => [{ any: [a] }, { all: [a] }],
    'twice the same': (a) => [{ all: [a, a] }, { any: [a, a] }],
    'not all': (a, b) => [not({ all: [a, b] }), { any: [not(a), not(b)] }],
    'not any': (a, b) => [not({ any: [a, b] }), { all: [not(a), not(b)] }],
    none: (a, b) => [{ none: [a, b] }, not({ any: [a, b] })],
    'at least one': (a, b) => [{ at_least_n: 1, of: [a, b] }, { any: [a, b] }],
    'at least all': (a, b) => [{ at_least_n: 2, of: [a, b] }, { all: [a, b] }],
    absorption: (a, b) => [{ all: [a, { any: [a, b] }] }, a],
    distribution: (a, b) => [{ all: [a, { any: [b, not(a)] }] }, { any: [{ all: [a, b] }, { all: [a, not(a)] }] }],
  };
  test.each(Object.entries(laws))('%s', (_, law) => {
    fc.assert(
      fc.property(node, node, known, area, (a, b, facts, at) => {
        const [left, right] = law(a, b);
        expect(judge(left, facts, at)).toBe(judge(right, facts, at));
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text as a rule', () => {
  test('is read or refused with reasons', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((json) => JSON.stringify(json)),
        ),
        (text) => {
          const parsed = parseRule(text);
          if (!parsed.ok) expect(parsed.issues.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of the right shape is checked without a throw, whatever it compares', () => {
    const bound = fc.oneof(
      number,
      word,
      fc.record({ percent: number, of: fc.constantFrom('us_fpl', 'nothing') }),
      fc.record({ value: number, per: fc.constantFrom('month', 'year') }),
    );
    const comparisons: Record<string, fc.Arbitrary<unknown>> = {
      is: scalar,
      is_one_of: fc.array(scalar, { maxLength: 3 }),
      includes: word,
      at_least: bound,
      at_most: bound,
      less_than: bound,
      more_than: bound,
      between: fc.tuple(bound, bound),
      within: fc.oneof(word, fc.array(word, { maxLength: 3 })),
      before: word,
      after: word,
    };
    const condition = fc
      .tuple(
        fc.constantFrom(...ids, 'no.such.fact', 'age'),
        fc.oneof(...Object.entries(comparisons).map(([name, of]) => of.map((to) => [name, to] as const))),
      )
      .map(([fact, [comparison, to]]) => ({ fact, [comparison]: to }));
    const vocabulary = { catalogue, tables: new Map(tables.map((table) => [table.table, table])) };
    let sound = 0;
    fc.assert(
      fc.property(condition, anyFacts, (eligible_when, json) => {
        const rule = Rule.safeParse({ rule: 'test/any', version: 1, eligible_when });
        if (!rule.success || checkRule(rule.data, vocabulary).some((issue) => issue.severity === 'error')) return;
        sound += 1;
        const facts = Facts.safeParse(json);
        const read = facts.success ? readFacts(facts.data, { catalogue, on: ON }) : undefined;
        if (read?.ok)
          expect(VERDICTS).toContain(
            explain(
              evaluate(compileRules({ rules: [rule.data], facts: definitions, tables }), read.value, { on: ON, areas: createAreas() }),
              0,
              AREA.unknown,
            ).verdict,
          );
      }),
      { numRuns: 2000 },
    );
    expect(sound).toBeGreaterThan(30);
  });
});

function shuffle(rule: RuleNode, next: () => number): RuleNode {
  const mix = (list: readonly RuleNode[]) =>
    list
      .map((child) => ({ child: shuffle(child, next), key: next() }))
      .sort((a, b) => a.key - b.key)
      .map(({ child }) => child);
  if ('all' in rule && rule.all) return { ...rule, all: mix(rule.all) };
  if ('any' in rule && rule.any) return { ...rule, any: mix(rule.any) };
  if ('none' in rule && rule.none) return { ...rule, none: mix(rule.none) };
  if ('of' in rule && typeof rule.of !== 'string') return { ...rule, of: mix(rule.of) };
  return rule;
}
