// By how much, what would change it, and the same again years later.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createAreas } from '#shared/eligibility/areas.ts';
import { DecisionRecord, recordDecision, replay } from '#shared/eligibility/decision-record.ts';
import { explain } from '#shared/eligibility/explain.ts';
import { AREA } from '#shared/eligibility/mask.ts';
import { findNearMisses } from '#shared/eligibility/near-miss.ts';
import type { RuleNode } from '#shared/eligibility/rule.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import { whatWouldChange } from '#shared/eligibility/what-would-change.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { PERIODS_A_YEAR } from '#shared/intake/money.ts';
import { decide, facts, rule, ruleOf, tables, verdict, when } from './given.ts';
import { AREA_NAMES, compileNodes, decideOn, jsonOf, person, referenceOf, ruleNode } from './random.ts';

describe('by how much', () => {
  const misses = (yaml: string, given: Facts) => {
    const decision = decide(when(yaml), given);
    return findNearMisses(explain(decision, 0, AREA.unknown).because, decision).map(({ by, unit }) => `${by} ${unit}`);
  };
  test.each<[string, Facts, string[]]>([
    ['{ fact: person.age, at_least: 18 }', { 'person.age': 16 }, ['2 years']],
    ['{ fact: person.age, less_than: 5 }', { 'person.age': 5 }, ['1 years']],
    ['{ fact: person.age, between: [18, 24] }', { 'person.age': 27 }, ['3 years']],
    ['{ none: [{ fact: person.age, between: [18, 24] }] }', { 'person.age': 19 }, ['2 years']],
    ['{ fact: household.size, is_one_of: [2, 5] }', { 'household.size': 4 }, ['1 people']],
    // In the period of the rule, whatever the period in which it was told.
    [
      '{ fact: household.income, at_most: { value: 2000, per: month } }',
      { 'household.income': { value: 26_400, per: 'year' } },
      ['200 USD a month'],
    ],
    [
      '{ fact: household.income, less_than: { value: 2000, per: month } }',
      { 'household.income': { value: 2000, per: 'month' } },
      ['0.01 USD a month'],
    ],
    // Of a table its own: the guidelines are by the year, 27,320 for three.
    [
      '{ fact: household.income, at_most: { percent: 100, of: us_fpl, by: household.size } }',
      { 'household.size': 3, 'household.income': { value: 2400, per: 'month' } },
      ['1480 USD a year'],
    ],
    ['{ fact: person.birth_date, before: 2008-05-02 }', { 'person.birth_date': '2008-05-03' }, ['2 days']],
    ['{ none: [{ fact: person.age, is_one_of: [0, 1, 5] }] }', { 'person.age': 0 }, ['2 years']],
    // No distance where the fact or the limit is not exact.
    ['{ fact: person.age, at_least: 18 }', { 'person.age': { between: [10, 15] } }, []],
    ['{ fact: person.veteran, is: true }', { 'person.veteran': false }, []],
  ])('%s, %j', (yaml, given, expected) => expect(misses(yaml, given)).toEqual(expected));

  test('moved by so much, the fact no longer speaks against the person', () => {
    const bound = fc.oneof(
      fc.integer({ min: 0, max: 4000 }).map((value) => ({ value: value / 4, per: 'month' as const })),
      fc.integer({ min: 0, max: 900 }).map((value) => ({ value, per: 'week' as const })),
      fc.integer({ min: 5, max: 30 }).map((tenth) => ({ percent: tenth * 10, of: 'us_fpl', by: 'household.size' })),
    );
    const comparison = fc.constantFrom('at_least', 'at_most', 'less_than', 'more_than');
    const number = fc.integer({ min: 0, max: 90 });
    const condition = fc.oneof(
      fc.tuple(comparison, bound).map(([c, to]) => ({ fact: 'household.income', [c]: to })),
      fc.tuple(comparison, number).map(([c, to]) => ({ fact: 'person.age', [c]: to })),
      fc.tuple(number, number).map(([a, b]) => ({ fact: 'person.age', between: [Math.min(a, b), Math.max(a, b)] })),
      fc.array(number, { minLength: 1, maxLength: 3 }).map((is_one_of) => ({ fact: 'person.age', is_one_of })),
    ) as fc.Arbitrary<RuleNode>;
    let moved = 0;
    fc.assert(
      fc.property(condition, fc.boolean(), number, fc.integer({ min: 0, max: 60_000 }), (node, negated, age, yearly) => {
        const one = ruleOf(negated ? { none: [node] } : node);
        const given: Facts = { 'person.age': age, 'household.size': 3, 'household.income': { value: yearly, per: 'year' } };
        const decision = decide(one, given);
        const [miss] = findNearMisses(explain(decision, 0, AREA.unknown).because, decision);
        if (!miss) return;
        moved++;
        const way = (sign: 1 | -1): Facts => {
          if (miss.unit === 'years') return { ...given, 'person.age': age + sign * miss.by };
          const per = miss.unit.split(' ').at(-1) as 'month';
          return { ...given, 'household.income': { value: yearly + sign * miss.by * PERIODS_A_YEAR[per], per: 'year' } };
        };
        const after = ([1, -1] as const)
          .filter((sign) => sign === 1 || miss.unit !== 'years' || age >= miss.by)
          .map((sign) => verdict(one, way(sign)));
        expect(verdict(one, given)).toBe('ineligible');
        expect(after).toContain('eligible');
      }),
      { numRuns: 1500 },
    );
    expect(moved).toBeGreaterThan(300);
  });
});

describe('what would change it', () => {
  const SHELTER = rule(`
rule: test/shelter
version: 1
eligible_when:
  all:
    - { fact: person.age, at_least: 18 }
    - { fact: household.income, at_most: { percent: 100, of: us_fpl, by: household.size } }
    - any: [{ fact: person.veteran, is: true }, { fact: person.pregnant, is: true }]
    - { fact: household.place, within: service_area }
`);
  const GOOD: Facts = { 'person.age': 30, 'household.size': 3, 'household.income': { value: 900, per: 'month' }, 'person.veteran': true };
  test.each<[string, Facts, 0 | 1 | 2, ReturnType<typeof whatWouldChange>]>([
    ['nothing has to: it is yes', GOOD, AREA.inside, undefined],
    ['the one fact that fails', { ...GOOD, 'person.age': 12 }, AREA.inside, { facts: ['person.age'], verdict: 'unknown' }],
    [
      'of "any" one',
      { ...GOOD, 'person.veteran': false, 'person.pregnant': false },
      AREA.inside,
      { facts: ['person.pregnant'], verdict: 'unknown' },
    ],
    ['where they live', GOOD, AREA.outside, { facts: ['household.place'], verdict: 'unknown' }],
    [
      'the date of birth behind an age',
      { ...GOOD, 'person.birth_date': '2020-01-01' },
      AREA.inside,
      { facts: ['person.birth_date'], verdict: 'unknown' },
    ],
  ])('%s', (_, given, area, expected) => expect(whatWouldChange(decide(SHELTER, given), 0, area)).toEqual(expected));

  test('it opens the no, and with any of it known again it is no', () => {
    fc.assert(
      fc.property(ruleNode, person, (node, told) => {
        const ruleSet = compileNodes([node]);
        const found = whatWouldChange(decideOn(ruleSet, jsonOf(told)), 0, AREA.inside);
        if (!found) return;
        // By the plain reference: forgets facts, and the area with the place.
        const comesTo = (unknown: readonly string[]): string => {
          const gone = unknown.includes('person.birth_date') ? [...unknown, 'person.age'] : unknown;
          const left = Object.fromEntries(Object.entries(told).filter(([id]) => !gone.includes(id)));
          return referenceOf(node, left, unknown.includes('household.place') ? AREA.unknown : AREA.inside);
        };
        expect(comesTo([])).toBe('ineligible');
        expect(comesTo(found.facts)).toBe(found.verdict);
        for (const id of found.facts) expect(comesTo(found.facts.filter((other) => other !== id))).toBe('ineligible');
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the same again', () => {
  const LIMIT = (version: number, percent: number) =>
    rule(
      `rule: test/limit\nversion: ${version}\neligible_when: { fact: household.income, at_most: { percent: ${percent}, of: us_fpl, by: household.size } }`,
    );
  const GIVEN: Facts = { 'household.size': 3, 'household.income': { value: 2200, per: 'month' } };
  const library = { rules: [LIMIT(1, 100), LIMIT(2, 50)], tables, facts, areas: createAreas() };
  const record = recordDecision(decide(LIMIT(1, 100), GIVEN), 0, { area: AREA.unknown, told: GIVEN });

  test('a record says what it was made of, and is plain JSON', () => {
    expect(record).toMatchObject({ rule: 'test/limit', version: 1, on: '2026-05-01', area: 'unknown', verdict: 'eligible' });
    expect(record.tables['us_fpl']).toMatch(/^2026-/);
    expect(DecisionRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('a later version of the rule and of the table leaves it as it was', () => {
    const later = (table: RuleTable): RuleTable => ({
      ...table,
      versions: [
        ...table.versions,
        { ...table.versions.at(-1)!, from: '2026-04-30', regions: { contiguous: { values: [1], each_more: 1 } } },
      ],
    });
    const changed = { ...library, tables: tables.map((table) => (table.table === 'us_fpl' ? later(table) : table)) };
    expect(verdict([LIMIT(1, 100), LIMIT(2, 50)], GIVEN)).toBe('ineligible');
    expect(replay(record, changed)).toMatchObject({ verdict: 'eligible', same: true });
  });

  test('what is gone is named', () => {
    expect(() => replay(record, { ...library, rules: [LIMIT(2, 50)] })).toThrow('Version 1 of the rule "test/limit" is gone.');
    expect(() => replay({ ...record, tables: { us_fpl: '1999-01-01' } }, library)).toThrow(
      'The version of "us_fpl" from 1999-01-01 on is gone.',
    );
    expect(() => replay({ ...record, tables: { nothing: '1999-01-01' } }, library)).toThrow('The table "nothing" is gone.');
  });

  test('any decision comes out the same', () => {
    fc.assert(
      fc.property(ruleNode, person, fc.constantFrom(...Object.values(AREA)), (node, told, area) => {
        const ruleSet = compileNodes([node]);
        const kept = recordDecision(decideOn(ruleSet, jsonOf(told)), 0, { area, told: jsonOf(told) });
        const again = replay(JSON.parse(JSON.stringify(kept)) as typeof kept, {
          rules: [ruleSet.versions[0]![0]!.rule],
          tables: ruleSet.tables.values(),
          facts,
          areas: createAreas(),
        });
        expect(again).toMatchObject({ verdict: kept.verdict, same: true });
        expect(kept.area).toBe(AREA_NAMES[area]);
      }),
      { numRuns: 300 },
    );
  });
});
