// Random rules, and a random person of whom everything is known in four steps, from nothing to the exact truth: two views of one
// person of which one is more exact than the other.

import fc from 'fast-check';
import type { RuleNode } from '#shared/eligibility/rule.ts';
import type { Facts, FactValue } from '#shared/intake/facts.ts';

const size = fc.integer({ min: 1, max: 9 });
const age = fc.integer({ min: 0, max: 90 });
const test_ = fc.oneof(
  fc.record({ fact: fc.constant('person.age'), at_least: age }),
  fc.record({ fact: fc.constant('person.age'), less_than: age }),
  fc.tuple(age, age).map(([a, b]) => ({ fact: 'person.age', between: [Math.min(a, b), Math.max(a, b)] as [number, number] })),
  fc.record({ fact: fc.constant('person.age'), is_one_of: fc.array(age, { minLength: 1, maxLength: 3 }) }),
  fc.record({ fact: fc.constant('household.size'), more_than: size }),
  fc.record({ fact: fc.constant('person.veteran'), is: fc.boolean() }),
  fc.record({ fact: fc.constant('household.benefits'), includes: fc.constantFrom('snap', 'wic') }),
  fc
    .integer({ min: 50, max: 400 })
    .map((percent) => ({ fact: 'household.income', at_most: { percent, of: 'us_fpl', by: 'household.size' } })),
  fc.record({ fact: fc.constant('household.place'), within: fc.constantFrom('county/north', 'county/south', 'service_area') }),
  age.map((bound) => ({ some: 'household.members', where: { fact: 'age', less_than: bound } })),
  age.map((bound) => ({ every: 'household.members', where: { none: [{ fact: 'age', at_least: bound }] } })),
  fc.constant({ staff_decides: 'asked' }),
) as fc.Arbitrary<RuleNode>;

export const node: fc.Arbitrary<RuleNode> = fc.letrec<{ node: RuleNode }>((tie) => {
  const children = fc.array(tie('node'), { minLength: 1, maxLength: 4 });
  return {
    node: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      test_,
      children.map((all) => ({ all })),
      children.map((any) => ({ any })),
      children.map((none) => ({ none })),
      children.chain((of) => fc.integer({ min: 1, max: of.length }).map((n) => ({ at_least_n: n, of }))),
    ),
  };
}).node;

/** A fact in four steps from unknown to exact; each step is true and holds the next one. */
export type Ladder = [FactValue | undefined, FactValue, FactValue, FactValue];
const numberLadder = (exact: number, [a, b, c, d]: [number, number, number, number], per?: 'month'): Ladder => {
  const unit = per ? { per } : {};
  return [
    undefined,
    { atLeast: exact - a - c, ...unit },
    { between: [exact - Math.min(a, c), exact + b + d], ...unit },
    per ? { value: exact, per } : exact,
  ];
};
const slack = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20));
const member = (ages: number[], known: number, complete: boolean): FactValue => ({
  items: ages.slice(0, known).map((a) => ({ age: a })),
  complete,
});
export const person: fc.Arbitrary<Record<string, Ladder>> = fc.record({
  'person.age': fc.tuple(age, slack).map(([exact, s]) => numberLadder(exact, s)),
  'household.size': fc
    .tuple(size, fc.integer({ min: 1, max: 3 }))
    .map(([exact, s]): Ladder => [undefined, { atMost: exact + s }, { oneOf: [exact, exact + 1] }, exact]),
  'household.income': fc.tuple(fc.integer({ min: 0, max: 9000 }), slack).map(([exact, s]) => numberLadder(exact, s, 'month')),
  'person.veteran': fc.boolean().map((exact): Ladder => [undefined, { declined: true }, { oneOf: [true, false] }, exact]),
  'household.benefits': fc
    .subarray(['snap', 'wic'])
    .map((exact): Ladder => [undefined, { includes: [] }, { includes: exact, excludes: exact.includes('wic') ? [] : ['wic'] }, exact]),
  'household.place': fc
    .constantFrom('county/north', 'county/south')
    .map((exact): Ladder => [
      undefined,
      { oneOf: ['county/north', 'county/south', 'county/east'] },
      { oneOf: [exact, 'county/north'] },
      exact,
    ]),
  'household.members': fc
    .array(age, { maxLength: 3 })
    .map((ages): Ladder => [undefined, member(ages, 0, false), member(ages, 1, false), member(ages, 3, true)]),
});
const names = [
  'person.age',
  'household.size',
  'household.income',
  'person.veteran',
  'household.benefits',
  'household.place',
  'household.members',
];
export const steps = fc.tuple(fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }), fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }));

export function view(ladders: Record<string, Ladder>, at: readonly number[]): Facts {
  return Object.fromEntries(
    names.flatMap((name, i) => (ladders[name]![at[i]!] === undefined ? [] : [[name, ladders[name]![at[i]!]]])),
  ) as Facts;
}
