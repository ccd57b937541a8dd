// Random rules of every word of the format, and random people: each fact as it would be told, what that means in plain terms
// (reference.ts), and exact values that it may turn out to be.

import fc from 'fast-check';
import { createAreas } from '#shared/eligibility/areas.ts';
import { evaluate, type Decision } from '#shared/eligibility/evaluate.ts';
import { AREA, type AreaState } from '#shared/eligibility/mask.ts';
import { compileRules, type RuleSet } from '#shared/eligibility/rule-set.ts';
import { Rule, type RuleNode } from '#shared/eligibility/rule.ts';
import { RuleTable } from '#shared/eligibility/tables.ts';
import type { Facts, FactValue } from '#shared/intake/facts.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { facts as definitions, ON } from './given.ts';
import { referenceVerdict, type Known, type KnownPerson } from './reference.ts';

export const AREA_NAMES = ['inside', 'outside', 'unknown'] as const;
const areas = createAreas();

const LIMITS = { values: [1000, 1500, 2100], each_more: 500 };
const TABLE = RuleTable.parse({
  table: 'limits',
  title: { en: 'Limits' },
  by: 'household.size',
  per: 'month',
  versions: [{ from: '2026-01-01', source: { title: 'made up', url: '', checked: '2026-01-01' }, regions: { all: LIMITS } }],
});

/** One fact: told as JSON (or not at all), meant in plain terms, and exact values that fit. */
export interface RandomFact {
  json: FactValue | undefined;
  known: Known;
  exact: FactValue[];
}
export type RandomPerson = Record<string, RandomFact>;

const whole = (min: number, max: number) => fc.integer({ min, max });
const pair = (max: number) => fc.tuple(whole(0, max), whole(0, max)).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]));
const nothing = (exact: FactValue[], json?: FactValue): RandomFact => ({ json, known: { kind: 'nothing' }, exact });
const range = (json: FactValue, low: number, high: number, exact: FactValue[]): RandomFact => ({
  json,
  known: { kind: 'range', low, high },
  exact,
});
const untold = (exact: FactValue[]) => fc.constantFrom(nothing(exact), nothing(exact, { declined: true }));

const count = (max: number): fc.Arbitrary<RandomFact> =>
  fc.oneof(
    untold([0, 1, max]),
    whole(0, max).map((n) => range(n, n, n, [n])),
    whole(0, max).map((n) => range({ atLeast: n }, n, Infinity, [n, n + 1, max * 2])),
    whole(0, max).map((n) => range({ atMost: n }, 0, n, [0, n])),
    pair(max).map(([low, high]) => range({ between: [low, high] }, low, high, [low, high, Math.floor((low + high) / 2)])),
    fc.uniqueArray(whole(0, max), { minLength: 1, maxLength: 3 }).map((values): RandomFact => ({
      json: { oneOf: values },
      known: { kind: 'oneOfNumbers', values },
      exact: values,
    })),
  );

const age: fc.Arbitrary<RandomFact> = fc.oneof(
  { weight: 5, arbitrary: count(90) },
  // Told a year and some months before the day of the decision: one birthday since, or two.
  whole(0, 80).map((n) => range({ value: n, asOf: '2025-01-05' }, n + 1, n + 2, [n + 1, n + 2])),
);

const YEARLY = { day: 365, week: 52, month: 12, year: 1 };
const money: fc.Arbitrary<RandomFact> = fc.oneof(
  untold([
    { value: 0, per: 'month' },
    { value: 900, per: 'week' },
  ]),
  fc.tuple(whole(0, 40), fc.constantFrom('day', 'week', 'month', 'year')).map(([n, per]) => {
    const amount = n * (6000 / YEARLY[per] > 100 ? 100 : 25) + (per === 'year' ? n * 1000 : 0);
    return range({ value: amount, per }, amount * YEARLY[per], amount * YEARLY[per], [{ value: amount, per }]);
  }),
  pair(40).map(([a, b]) =>
    range({ between: [a * 100, b * 100], per: 'month' }, a * 1200, b * 1200, [
      { value: a * 100, per: 'month' },
      { value: b * 1200, per: 'year' },
    ]),
  ),
  whole(0, 40).map((n) => range({ atMost: n * 100, per: 'month' }, -Infinity, n * 1200, [{ value: n * 100, per: 'month' }])),
  // Too old to count: it may be anything by now.
  fc.constant(
    nothing(
      [
        { value: 100, per: 'month' },
        { value: 9000, per: 'month' },
      ],
      { value: 1000, per: 'month', asOf: '2025-01-01' },
    ),
  ),
);

const day = (date: string): number => Date.parse(date) / 86_400_000;
const birth: fc.Arbitrary<RandomFact> = fc.oneof(
  untold(['1950-01-01', '2020-02-29']),
  fc.date({ min: new Date('1940-01-01'), max: new Date('2024-12-31'), noInvalidDate: true }).map((date) => {
    const text = date.toISOString().slice(0, 10);
    return range(text, day(text), day(text), [text]);
  }),
  whole(1940, 2024).map((year) =>
    range(String(year), day(`${year}-01-01`), day(`${year}-12-31`), [`${year}-01-01`, `${year}-12-31`, `${year}-05-01`]),
  ),
);

const words = (values: string[] | boolean[]): fc.Arbitrary<RandomFact> =>
  fc.oneof(
    untold(values),
    fc.subarray(values as (string | boolean)[], { minLength: 1 }).map((of): RandomFact => ({
      json: of.length === 1 ? of[0]! : { oneOf: of },
      known: { kind: 'oneOf', values: of },
      exact: of,
    })),
  );

const list = (values: string[]): fc.Arbitrary<RandomFact> =>
  fc.oneof(
    untold([[], values]),
    fc.subarray(values).map((has): RandomFact => ({ json: has, known: { kind: 'list', has, lacks: [], complete: true }, exact: [has] })),
    fc.tuple(fc.subarray(values), fc.subarray(values)).map(([has, rest]): RandomFact => {
      const lacks = rest.filter((value) => !has.includes(value));
      return {
        json: { includes: has, excludes: lacks },
        known: { kind: 'list', has, lacks, complete: false },
        exact: [has, values.filter((value) => !lacks.includes(value))],
      };
    }),
  );

const member = fc.record({ 'person.age': age, 'person.veteran': words([true, false]) });
const members: fc.Arbitrary<RandomFact> = fc.oneof(
  untold([{ items: [] }, { items: [{ age: 3 }, { age: 70, veteran: true }] }]),
  fc.tuple(fc.array(member, { maxLength: 3 }), fc.boolean()).map(([told, complete]): RandomFact => {
    const exactly = (pick: number, more: Record<string, FactValue>[]): FactValue => ({
      items: [
        ...told.map((one) => Object.fromEntries(Object.entries(one).map(([id, { exact }]) => [id, exact[pick % exact.length]!]))),
        ...more,
      ],
    });
    return {
      json: { items: told.map(jsonOf), complete },
      known: { kind: 'members', members: told.map(knownOf), complete },
      exact: complete
        ? [exactly(0, []), exactly(1, [])]
        : [
            exactly(0, []),
            exactly(1, [
              { age: 4, veteran: false },
              { age: 66, veteran: true },
            ]),
          ],
    };
  }),
);

export const person: fc.Arbitrary<RandomPerson> = fc
  .record({
    'person.age': age,
    'person.birth_date': birth,
    'household.size': count(6),
    'household.income': money,
    'person.veteran': words([true, false]),
    'household.housing_status': words(['renting', 'doubled_up', 'outside']),
    'household.benefits': list(['snap', 'wic', 'tanf']),
    'household.place': words(['county/north', 'county/north/old-town', 'county/south', 'elsewhere']),
    'household.members': members,
  })
  .map(({ 'person.birth_date': born, ...others }): RandomPerson =>
    // Whose date of birth is told has the age from it; else it stays untold, or it would contradict the age.
    born.known.kind === 'nothing'
      ? { ...others, 'person.birth_date': { ...born, exact: [] } }
      : { ...others, 'person.age': ageFrom(born.known), 'person.birth_date': born },
  );

/** On 1 May 2026, by the calendar. */
function ageFrom(born: Known): RandomFact {
  if (born.kind !== 'range') throw new Error('A date is a range of days.');
  const years = (at: number): number => {
    const date = new Date(at * 86_400_000).toISOString().slice(0, 10);
    return 2026 - Number(date.slice(0, 4)) - (date.slice(5) > '05-01' ? 1 : 0);
  };
  return { json: undefined, known: { kind: 'range', low: years(born.high), high: years(born.low) }, exact: [] };
}

const amount = fc.oneof(
  whole(0, 40).map((n) => ({ value: n * 100, per: 'month' })),
  whole(0, 40).map((n) => ({ value: n * 25, per: 'week' })),
  whole(5, 30).map((n) => ({ percent: n * 10, of: 'limits' })),
);
const ordered = (fact: string, bound: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom('at_least', 'at_most', 'less_than', 'more_than'), bound).map(([comparison, to]) => ({ fact, [comparison]: to }));
const ofMember = fc.oneof(
  ordered('age', whole(0, 90)),
  fc.boolean().map((is) => ({ fact: 'veteran', is })),
  ordered('household.size', whole(1, 6)),
);
const where = fc.oneof(
  { weight: 3, arbitrary: ofMember },
  ofMember.map((one) => ({ none: [one] })),
  fc.array(ofMember, { minLength: 1, maxLength: 3 }).chain((parts) => fc.constantFrom({ all: parts }, { any: parts })),
  fc.constant({ any: [{ staff_decides: 'asked' }, { fact: 'age', at_least: 18 }] }),
);

const condition = fc.oneof(
  { weight: 3, arbitrary: ordered('person.age', whole(0, 90)) },
  { weight: 2, arbitrary: ordered('household.size', whole(0, 6)) },
  { weight: 3, arbitrary: ordered('household.income', amount) },
  pair(90).map((between) => ({ fact: 'person.age', between })),
  pair(40).map(([a, b]) => ({
    fact: 'household.income',
    between: [
      { value: a * 100, per: 'month' },
      { percent: 100 + b * 10, of: 'limits' },
    ],
  })),
  fc.array(whole(0, 6), { minLength: 1, maxLength: 3 }).map((is_one_of) => ({ fact: 'household.size', is_one_of })),
  whole(0, 6).map((is) => ({ fact: 'household.size', is })),
  fc
    .tuple(fc.constantFrom('before', 'after'), whole(1945, 2020))
    .map(([comparison, year]) => ({ fact: 'person.birth_date', [comparison]: `${year}-05-02` })),
  fc.boolean().map((is) => ({ fact: 'person.veteran', is })),
  fc.subarray(['renting', 'doubled_up', 'outside'], { minLength: 1 }).map((is_one_of) => ({ fact: 'household.housing_status', is_one_of })),
  fc.subarray(['snap', 'wic', 'tanf'], { minLength: 1 }).map((includes) => ({ fact: 'household.benefits', includes })),
  fc.subarray(['snap', 'wic', 'tanf'], { minLength: 1 }).map((is_one_of) => ({ fact: 'household.benefits', is_one_of })),
  fc
    .constantFrom('service_area', 'county', 'county/north', ['county/south', 'elsewhere'])
    .map((within) => ({ fact: 'household.place', within })),
  where.map((of) => ({ some: 'household.members', where: of })),
  where.map((of) => ({ every: 'household.members', where: of })),
  fc.tuple(whole(1, 4), where).map(([n, of]) => ({ at_least_n: n, of: 'household.members', where: of })),
  fc.constant({ staff_decides: 'asked' }),
) as fc.Arbitrary<RuleNode>;

export const ruleNode: fc.Arbitrary<RuleNode> = nodeOfDepth(3);

/** @param maxDepth groups that stand in one another, at most */
export function nodeOfDepth(maxDepth: number): fc.Arbitrary<RuleNode> {
  return fc.letrec<{ node: RuleNode }>((tie) => {
    const children = fc.array(tie('node'), { minLength: 1, maxLength: 4 });
    return {
      node: fc.oneof(
        { depthSize: 'small', maxDepth },
        condition,
        children.map((all) => ({ all })),
        children.map((any) => ({ any })),
        children.map((none) => ({ none })),
        children.chain((of) => whole(1, of.length).map((n) => ({ at_least_n: n, of }))),
      ),
    };
  }).node;
}

export function compileNodes(nodes: readonly RuleNode[]): RuleSet {
  const rules = nodes.map((eligible_when, i) => Rule.parse({ rule: `test/r${i}`, version: 1, eligible_when }));
  return compileRules({ rules, facts: definitions, tables: [TABLE] });
}

export function jsonOf(told: RandomPerson): Facts {
  return Object.fromEntries(Object.entries(told).flatMap(([id, { json }]) => (json === undefined ? [] : [[id, json]])));
}

/** The person with every fact exact: for each one of the values that fit what was told. */
export function exactOf(told: RandomPerson, pick: number): Facts {
  return Object.fromEntries(
    Object.entries(told).flatMap(([id, { exact }], i) => (exact.length === 0 ? [] : [[id, exact[(pick + i * 7) % exact.length]!]])),
  );
}

export function read(ruleSet: RuleSet, told: Facts): KnownFacts {
  const known = readFacts(told, { catalogue: ruleSet.catalogue, on: ON });
  if (!known.ok) throw new Error(known.issues.map((issue) => issue.message).join('\n'));
  return known.value;
}

export function decideOn(ruleSet: RuleSet, told: Facts): Decision {
  return evaluate(ruleSet, read(ruleSet, told), { on: ON, areas });
}

export function referenceOf(node: RuleNode, told: RandomPerson, area: AreaState): string {
  return referenceVerdict(node, {
    facts: knownOf(told),
    area: AREA_NAMES[[AREA.inside, AREA.outside, AREA.unknown].indexOf(area as never)]!,
    notNegative: new Set(['person.age', 'household.size']),
    by: 'household.size',
    table({ percent }, entry) {
      const { values, each_more } = LIMITS;
      const monthly = entry <= values.length ? values[entry - 1]! : values.at(-1)! + each_more * (entry - values.length);
      return ((monthly * percent) / 100) * 12;
    },
  });
}

function knownOf(told: RandomPerson): KnownPerson {
  return Object.fromEntries(Object.entries(told).map(([id, { known }]) => [id, known]));
}
