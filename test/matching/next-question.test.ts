import { beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { explain } from '#shared/eligibility/explain.ts';
import { verdictCode } from '#shared/eligibility/mask.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import type { Facts } from '#shared/intake/facts.ts';
import type { MatchContext } from '#shared/matching/context.ts';
import { match } from '#shared/matching/match.ts';
import { seeded } from '../directory/resources.ts';
import { askUntilDecided, fewestQuestions, ORDERS, standing } from '../bench/_question-orders.ts';
import { createPeople, createSmallSearches, openDemoTown } from '../bench/_question-people.ts';
import { find, resource } from './town.ts';

const UNKNOWN = verdictCode('unknown');
let town: MatchContext;
beforeAll(async () => {
  town = await openDemoTown();
}, 60_000);

describe('the next question', () => {
  const asked = (...rest: Parameters<typeof find>) => find(...rest).ask.map(({ fact }) => fact);
  const veterans = resource('a100', { rule: 'test/veterans' });
  const income = resource('b100', { rule: 'test/low-income' });

  test('says how many services it settles, and names the best of them', () => {
    const many = [100, 200, 300, 400].map((east) => resource(`v${east}`, { rule: 'test/veterans' }));
    expect(find([...many, income], {}).ask[0]).toEqual({
      fact: 'person.veteran',
      question: 'Did you ever serve in the military?',
      settles: 4,
      among: ['Service v100', 'Service v200', 'Service v300'],
    });
  });

  test('names nothing that is decided, or that no answer settles', () => {
    const { ask } = find([veterans, resource('n100'), resource('i100', { rule: 'test/interview' })]);
    expect(ask).toMatchObject([{ settles: 1, among: ['Service a100'] }]);
  });

  test('of two that settle as much, the less intrusive first', () => {
    const two = [resource('a100', { rule: 'test/benefits' }), resource('b100', { rule: 'test/adults' })];
    expect(asked(two)).toEqual(['person.age', 'household.benefits']);
  });

  test.each<[string, Facts]>([
    ['declined', { 'person.veteran': { declined: true } }],
    ['told', { 'person.veteran': true }],
  ])('is never one that was %s', (_, facts) => {
    expect(asked([veterans, income], { facts })).not.toContain('person.veteran');
  });

  test('what was told as a range is not asked again', () => {
    expect(asked([resource('a100', { rule: 'test/adults' })], { facts: { 'person.age': { between: [10, 30] } } })).toEqual([]);
  });

  test('what was told too long ago is asked again', () => {
    const stale = { 'household.income': { value: 900, per: 'month' as const, asOf: '2024-01-05' } };
    expect(asked([income], { facts: stale })).toContain('household.income');
  });

  test('is none where nothing is open, or only staff can tell', () => {
    expect(asked([resource('n100'), resource('i100', { rule: 'test/interview' })])).toEqual([]);
  });
});

describe('laws, in the demo town', () => {
  test('every question can still settle one of the services looked at, and none is of a fact that is told', () => {
    const people = createPeople(town, 60);
    fc.assert(
      fc.property(fc.constantFrom(...people), fc.infiniteStream(fc.boolean()), ({ search, truth }, tells) => {
        const facts = Object.fromEntries(
          Object.entries(truth).flatMap(([fact, value]) =>
            tells.next().value ? [] : [[fact, tells.next().value ? value : { declined: true }]],
          ),
        ) as Facts;
        const { ranked } = standing(search, facts);
        const missing = new Set(
          ranked.ranking.best.flatMap(({ row }) =>
            ranked.scorer.verdict(row) === UNKNOWN
              ? explain(ranked.decision, ranked.scorer.rule(row), ranked.scorer.area(row)).missing
              : [],
          ),
        );
        for (const { fact } of match(search.context, { ...search.request, facts }, search.travel).ask) {
          expect(facts[fact]).toBeUndefined();
          expect(missing).toContain(fact);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('people are asked less than in the order of publicodes, and far less than in a random one', () => {
    const people = createPeople(town, 80);
    const asked = (order: keyof typeof ORDERS): number => {
      const random = seeded(3);
      return people.reduce((sum, { search, truth }) => sum + askUntilDecided(search, truth, ORDERS[order], random).length, 0);
    };
    const ours = asked('ours');
    expect(ours).toBeLessThan(asked('publicodes'));
    expect(ours * 1.2).toBeLessThan(asked('random'));
  }, 60_000);

  test('where every order can be tried, no order asks much less', () => {
    const people = createPanel({ size: 30, seed: 5 }).map(({ facts }) => facts);
    const random = seeded(3);
    let [ours, fewest] = [0, 0];
    for (const search of createSmallSearches(town, 4)) {
      const best = fewestQuestions(search, people, 800);
      if (best === undefined) continue;
      fewest += best;
      for (const truth of people) ours += askUntilDecided(search, truth, ORDERS.ours, random).length / people.length;
    }
    expect(fewest).toBeGreaterThan(3);
    expect(ours).toBeLessThan(fewest * 1.08);
  }, 60_000);
});
