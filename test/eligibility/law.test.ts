import { expect, test } from 'vitest';
import fc from 'fast-check';
import { VERDICTS, type RuleNode } from '#shared/eligibility/rule.ts';
import { readTree, type RuleTree } from '#shared/eligibility/rule-tree.ts';
import { AREA, maskIn, OP } from '#shared/eligibility/mask.ts';
import { evaluate, type Decision } from '#shared/eligibility/evaluate.ts';
import { explain } from '#shared/eligibility/explain.ts';
import { reevaluate } from '#shared/eligibility/reevaluate.ts';
import type { Facts, FactValue } from '#shared/intake/facts.ts';
import type { KnownFacts } from '#shared/intake/possibility.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { decide, ruleOf, verdict } from './given.ts';

// Random rules, a random person of whom everything is known, and two views of that person, one more exact than the other.

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

const node: fc.Arbitrary<RuleNode> = fc.letrec<{ node: RuleNode }>((tie) => {
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
type Ladder = [FactValue | undefined, FactValue, FactValue, FactValue];
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
const person: fc.Arbitrary<Record<string, Ladder>> = fc.record({
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
const steps = fc.tuple(fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }), fc.array(fc.nat(3), { minLength: 7, maxLength: 7 }));

function view(ladders: Record<string, Ladder>, at: readonly number[]): Facts {
  return Object.fromEntries(
    names.flatMap((name, i) => (ladders[name]![at[i]!] === undefined ? [] : [[name, ladders[name]![at[i]!]]])),
  ) as Facts;
}

test('more information never flips a decided verdict', () => {
  fc.assert(
    fc.property(node, person, steps, fc.constantFrom(AREA.inside, AREA.outside, AREA.unknown), (eligible_when, ladders, [a, b], area) => {
      const less = verdict(
        ruleOf(eligible_when),
        view(
          ladders,
          a.map((step, i) => Math.min(step, b[i]!)),
        ),
        { area: AREA.unknown },
      );
      const more = verdict(ruleOf(eligible_when), view(ladders, b), { area });
      if (less === 'eligible' || less === 'ineligible') expect(more).toBe(less);
      // What hangs on staff alone can still be settled by a service's area only, never opened again by a fact.
      if (less === 'likely') expect(more).not.toBe('unknown');
    }),
    { numRuns: 2000 },
  );
});

test('with every fact known only staff leave a rule open', () => {
  fc.assert(
    fc.property(node, person, (eligible_when, ladders) => {
      const all = view(ladders, [3, 3, 3, 3, 3, 3, 3]);
      expect(['eligible', 'ineligible', 'likely']).toContain(verdict(ruleOf(eligible_when), all, { area: AREA.inside }));
    }),
    { numRuns: 500 },
  );
});

test('reasons agree with the verdict, and one smallest set of them is marked', () => {
  const outcomes = { eligible: ['met'], ineligible: ['failed'], likely: ['staff', 'open'], unknown: ['staff', 'open'], not_stated: [] };
  fc.assert(
    fc.property(node, person, steps, (eligible_when, ladders, [at]) => {
      const found = explain(decide(ruleOf(eligible_when), view(ladders, at)), 0, AREA.unknown);
      expect(VERDICTS).toContain(found.verdict);
      for (const reason of found.because) expect(outcomes[found.verdict]).toContain(reason.outcome);
      expect(found.because.some((reason) => reason.core)).toBe(found.because.length > 0);
      expect(found.because.length).toBeGreaterThan(0);
      if (found.verdict === 'eligible' || found.verdict === 'ineligible') expect(found.missing).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

/** The rule's value where only some conditions count, as four bits; a plain second writing of what the engine does in one pass. */
function bitsOf(tree: RuleTree, known: ReadonlySet<number>): number {
  if (tree.op === undefined) return known.has(tree.node) ? maskIn(AREA.unknown, tree.mask) : 0b1100;
  const bits = tree.children.map((child) => bitsOf(child, known));
  const each = (count: (set: number) => boolean) =>
    [1, 2, 4, 8].filter((bit) => count(bits.filter((b) => (b & bit) !== 0).length)).reduce((a, b) => a | b, 0);
  if (tree.op === OP.all) return each((n) => n === bits.length);
  if (tree.op === OP.any) return each((n) => n > 0);
  if (tree.op === OP.atLeast) return each((n) => n >= tree.n);
  const any = each((n) => n > 0);
  return [0, 1, 2, 3].filter((bit) => ((any >> (3 - bit)) & 1) === 0).reduce((a, bit) => a | (1 << bit), 0);
}

test('the core carries the verdict alone, and without any one of it the verdict is open', () => {
  fc.assert(
    fc.property(node, person, steps, (eligible_when, ladders, [at]) => {
      const decision = decide(ruleOf(eligible_when), view(ladders, at));
      const { verdict: found, because } = explain(decision, 0, AREA.unknown);
      fc.pre(found === 'eligible' || found === 'ineligible');
      const decided = (bits: number) => (found === 'eligible' ? (bits & 1) === 1 : (bits & 8) === 0);
      const tree = readTree(decision, decision.ruleSet.versions[0]![0]!);
      const byId = new Map<string, number>();
      const collect = (part: RuleTree): void =>
        part.children.length === 0 ? void byId.set(part.id, part.node) : part.children.forEach(collect);
      collect(tree);
      const core = new Set(because.filter((reason) => reason.core).map((reason) => byId.get(reason.condition)!));
      expect(decided(bitsOf(tree, core))).toBe(true);
      for (const dropped of core) expect(decided(bitsOf(tree, new Set([...core].filter((n) => n !== dropped))))).toBe(false);
    }),
    { numRuns: 1500 },
  );
});

test('a changed answer gives what deciding from scratch gives', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 6 }), person, steps, (roots, ladders, [a, b]) => {
      const rules = roots.map((eligible_when, i) => ({ ...ruleOf(eligible_when), rule: `test/r${i}` }));
      const before = decide(rules, view(ladders, a));
      const after = evaluate(before.ruleSet, read(before, view(ladders, b)), before.options);
      const changed = reevaluate(before, after.facts);
      expect(changed.masks).toEqual(after.masks);
      expect(changed.cuts).toEqual(after.cuts);
      expect(reevaluate(changed, before.facts).masks).toEqual(before.masks);
    }),
    { numRuns: 1000 },
  );
});

function read({ ruleSet, options }: Decision, facts: Facts): KnownFacts {
  const known = readFacts(facts, { catalogue: ruleSet.catalogue, on: options.on });
  if (!known.ok) throw new Error(known.issues.map((issue) => issue.message).join('\n'));
  return known.value;
}
