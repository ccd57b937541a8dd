// How many questions people are asked until the best services are decided: ours beside a random order and that of publicodes,
// and on small cases beside the fewest that any order can do with.

import { BitSet } from '#shared/directory/index.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { rankMatches } from '#shared/matching/match.ts';
import { nextQuestions } from '#shared/matching/next-question.ts';
import { createPanel } from '#shared/eligibility/panel.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { travelToRows } from '#shared/matching/reach.ts';
import { seeded } from '../directory/resources.ts';
import { contributed } from '../support/contributed.ts';
import { AT, CITY, createCity } from './_find-city.ts';
import { askUntilDecided, fewestQuestions, ORDERS, type Order } from './_question-orders.ts';
import { createPeople, createSmallSearches, openDemoTown, type Person } from './_question-people.ts';
import { benchRow, quantile, times, type Bench, type BenchRow } from './bench.ts';

const PEOPLE = 1000;
const SMALL = { best: 6, people: 60, states: 4000 };
const CITY_OF = { resources: 20_000, rules: 2_000 };

export const bench: Bench = {
  name: 'questions',
  what: `questions until the best 50 services of the demo town are decided, on the average of ${PEOPLE.toLocaleString('en')} made-up people; beside other orders and, on small cases, the fewest possible`,
  async run() {
    const town = await openDemoTown();
    const people = createPeople(town, PEOPLE);
    const ours = measure(people, ORDERS.ours);
    const random = measure(people, ORDERS.random);
    const publicodes = measure(people, ORDERS.publicodes);
    const row = (id: string, unit: string, mine: number, peer: number, peerName: string, goal?: number): BenchRow =>
      benchRow({ id, unit, ours: mine, peer, peerName, ...(goal === undefined ? {} : { goal: { kind: 'ratioAtLeast', value: goal } }) });
    const small = measureSmall(town);
    const instant = timeQuestions(town);
    return [
      row('questions.random', 'questions', ours.questions, random.questions, 'random order of facts that can matter', 1.000001),
      row('questions.publicodes', 'questions', ours.questions, publicodes.questions, "publicodes' order of missing variables", 1.000001),
      row('questions.intrusion.random', 'cost of asking', ours.intrusion, random.intrusion, 'random order of facts that can matter'),
      row(
        'questions.intrusion.publicodes',
        'cost of asking',
        ours.intrusion,
        publicodes.intrusion,
        "publicodes' order of missing variables",
      ),
      row(
        'questions.small',
        `questions, ${small.cases} cases`,
        small.ours,
        small.fewest,
        'the fewest possible, by trying every order',
        0.95,
      ),
      benchRow({
        id: 'questions.p50',
        unit: 'ms, 2,000 distinct rules',
        ours: quantile(instant, 0.5),
        goal: { kind: 'oursAtMost', value: 10 },
      }),
      benchRow({ id: 'questions.p99', unit: 'ms, 2,000 distinct rules', ours: quantile(instant, 0.99) }),
    ];
  },
};

function measure(people: readonly Person[], order: Order): { questions: number; intrusion: number } {
  const random = seeded(3);
  let [questions, intrusion] = [0, 0];
  for (const { search, truth } of people) {
    const asked = askUntilDecided(search, truth, order, random);
    questions += asked.length / people.length;
    const { catalogue } = search.context.ruleSet;
    for (const fact of asked) intrusion += (catalogue.find(fact)?.cost ?? 1) / people.length;
  }
  return { questions, intrusion };
}

/** Searches in which every order can be tried. */
function measureSmall(town: MatchContext): { ours: number; fewest: number; cases: number } {
  const people: Facts[] = createPanel({ size: SMALL.people, seed: 2 }).map(({ facts }) => facts);
  let [ours, fewest, cases] = [0, 0, 0];
  for (const search of createSmallSearches(town, SMALL.best)) {
    const best = fewestQuestions(search, people, SMALL.states);
    if (best === undefined || best === 0) continue;
    cases++;
    fewest += best;
    for (const truth of people) ours += askUntilDecided(search, truth, ORDERS.ours, Math.random).length / people.length;
  }
  return { ours: ours / cases, fewest: fewest / cases, cases };
}

/** Milliseconds for the next questions, nothing and a little being known, where every rule is another. */
function timeQuestions(town: MatchContext): number[] {
  const { index, rules } = createCity(CITY_OF.resources, CITY_OF.rules);
  const context: MatchContext = {
    ...town,
    index,
    ruleSet: compileRules({ rules, facts: contributed('facts'), tables: contributed('ruleTables') }),
  };
  // Services that state no rule are decided: without them all the best are open.
  const withRule = BitSet.of(
    index.length,
    [...index.rowsAll().toArray()].filter((row) => index.rule(row) !== null),
  );
  const ranked = [{}, { 'person.age': 34 }, { 'person.age': 34, 'household.size': 3 }].map((facts: Facts) => {
    const request: PlacedRequest = { near: CITY, travel: { mode: 'drive', minutes: 60 }, needs: [{ term: 'food' }], facts, at: AT };
    return rankMatches(context, request, travelToRows(index, createTravelTimes(), request, withRule));
  });
  return times(60, (run) => nextQuestions({ ...ranked[run % ranked.length]!, index, questions: context.questions }));
}
