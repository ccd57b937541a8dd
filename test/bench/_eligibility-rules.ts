// Made-up rules for the bench of eligibility: eight conditions each, over ten facts, in five shapes that agencies write,
// with at most 1,000 distinct thresholds a fact. The same seed gives the same rules.

import type { Rule, RuleNode } from '#shared/eligibility/rule.ts';
import { FactDefinition, type Facts } from '#shared/intake/facts.ts';
import { seeded } from '../directory/resources.ts';

const HOUSING = ['renting', 'owner', 'doubled_up', 'outside', 'shelter', 'hotel', 'institution', 'other'];

/** Each with the highest threshold that rules set and the step between thresholds; none: yes or no, or a choice. */
const KINDS = [
  { id: 'person.age', type: 'age', highest: 90, step: 1 },
  { id: 'household.size', type: 'number', highest: 9, step: 1 },
  { id: 'household.children', type: 'number', highest: 6, step: 1 },
  { id: 'household.income', type: 'money', highest: 100_000, step: 100 },
  { id: 'household.rent', type: 'money', highest: 30_000, step: 30 },
  { id: 'person.months_here', type: 'number', highest: 999, step: 1 },
  { id: 'person.hours', type: 'number', highest: 60, step: 1 },
  { id: 'person.veteran', type: 'boolean' },
  { id: 'person.student', type: 'boolean' },
  { id: 'household.housing', type: 'choice' },
] as const;

export const BENCH_FACTS: readonly FactDefinition[] = KINDS.map(({ id, type }) =>
  FactDefinition.parse({
    id,
    type,
    label: { en: id },
    ...(type === 'choice' ? { options: HOUSING.map((value) => ({ value, label: { en: value } })) } : {}),
  }),
);

/** As the other engines take it: money by the year. */
export type Person = Record<string, number | boolean | string>;

export function randomRules(count: number, seed: number): Rule[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => ({
    rule: `bench/r${i}`,
    version: 1,
    status: 'confirmed',
    who: 'person',
    eligible_when: randomShape(Array.from({ length: 8 }, () => randomCondition(random)) as Eight, random),
    tests: [],
  }));
}

/** People of whom everything is known. */
export function randomPeople(count: number, seed: number): Person[] {
  const random = seeded(seed);
  const answer = (kind: (typeof KINDS)[number]): Person[string] => {
    if (kind.type === 'boolean') return random() < 0.5;
    return kind.type === 'choice' ? pick(HOUSING, random) : Math.round((0.25 + 0.5 * random()) * kind.highest);
  };
  return Array.from({ length: count }, () => Object.fromEntries(KINDS.map((kind): [string, Person[string]] => [kind.id, answer(kind)])));
}

/** The same as facts; `known`: how many of the ten, the first of a rotated list. */
export function toFacts(person: Person, known: number = KINDS.length, from = 0): Facts {
  const told = KINDS.map((_, i) => KINDS[(i + from) % KINDS.length]!).slice(0, known);
  return Object.fromEntries(
    told.map(({ id, type }) => [id, type === 'money' ? { value: person[id] as number, per: 'year' as const } : person[id]!]),
  );
}

type Eight = [RuleNode, RuleNode, RuleNode, RuleNode, RuleNode, RuleNode, RuleNode, RuleNode];

function randomShape([a, b, c, d, e, f, g, h]: Eight, random: () => number): RuleNode {
  switch (Math.floor(random() * 5)) {
    case 0:
      return { all: [a, b, c, d, e, f, g, h] };
    case 1:
      return { all: [a, b, c, d, { any: [e, f, g] }, { none: [h] }] };
    case 2:
      return { any: [{ all: [a, b, c] }, { all: [d, e, f] }, { all: [g, h] }] };
    case 3:
      return { all: [a, { any: [b, { all: [c, d] }] }, { any: [e, f] }, { none: [g, h] }] };
    default:
      return { all: [a, b, { any: [c, d] }, { any: [e, f] }, { any: [g, h] }] };
  }
}

function randomCondition(random: () => number): RuleNode {
  const kind = pick(KINDS, random);
  if (kind.type === 'boolean') return { fact: kind.id, is: random() < 0.5 };
  if (kind.type === 'choice') {
    const wanted = HOUSING.filter(() => random() < 0.5);
    return { fact: kind.id, is_one_of: wanted.length > 0 ? wanted : ['renting'] };
  }
  const value = kind.step * Math.floor((random() * kind.highest) / kind.step);
  const bound = kind.type === 'money' ? { value, per: 'year' as const } : value;
  return { fact: kind.id, [pick(['at_least', 'at_most', 'less_than', 'more_than'] as const, random)]: bound } as RuleNode;
}

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)]!;
}
