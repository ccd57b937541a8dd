// People who answer questions until the best services are decided, and the orders in which they may be asked.

import { explain } from '#shared/eligibility/explain.ts';
import { verdictCode } from '#shared/eligibility/mask.ts';
import { applicableQuestions } from '#shared/intake/applicable.ts';
import type { Facts, FactValue } from '#shared/intake/facts.ts';
import type { Possibility } from '#shared/intake/possibility.ts';
import type { IntakeQuestion } from '#shared/intake/questions.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import type { MatchContext, PlacedRequest } from '#shared/matching/context.ts';
import { rankMatches, type RankedMatches } from '#shared/matching/match.ts';
import { nextQuestions } from '#shared/matching/next-question.ts';
import type { RowTravel } from '#shared/matching/reach.ts';

const UNKNOWN = verdictCode('unknown');

/** One search: what is asked for, and over what. */
export interface Search {
  context: MatchContext;
  request: PlacedRequest;
  travel: RowTravel;
  /** So many of the best are to be decided. */
  best: number;
}

/** Where a search stands: which facts could still decide one of the best, by service and how often each names it. */
export interface Standing {
  ranked: RankedMatches;
  open: ReadonlyMap<string, { services: number; mentions: number }>;
}

/** The fact that is asked next. */
export type Order = (standing: Standing, search: Search, random: () => number) => string | undefined;

export function standing(search: Search, facts: Facts): Standing {
  const ranked = rankMatches(search.context, { ...search.request, facts }, search.travel);
  const { decision, scorer, ranking } = ranked;
  const askable = applicableQuestions(search.context.questions, decision.facts);
  const open = new Map<string, { services: number; mentions: number }>();
  for (const { row } of ranking.best.slice(0, search.best)) {
    if (scorer.verdict(row) !== UNKNOWN) continue;
    const { because, missing } = explain(decision, scorer.rule(row), scorer.area(row));
    for (const fact of missing) {
      if (!askable.has(fact) || facts[fact] !== undefined) continue;
      const entry = open.get(fact) ?? { services: 0, mentions: 0 };
      entry.services++;
      entry.mentions += Math.max(1, because.filter((reason) => reason.fact === fact).length);
      open.set(fact, entry);
    }
  }
  return { ranked, open };
}

export const ORDERS = {
  ours: ({ ranked }, { context: { index, questions }, best }) => nextQuestions({ ...ranked, index, questions, best }, 1)[0]?.fact,

  /** Any that could still decide one of the best. */
  random: ({ open }, _, random) => [...open.keys()].sort()[Math.floor(random() * open.size)],

  /**
   * As publicodes orders missing variables: by how many targets miss them, then by how often they are named in all. A target is
   * one of the best services here; all facts are equally deep, so that the preference for shallow names does not count.
   */
  publicodes: ({ open }) =>
    [...open].sort(([a, x], [b, y]) => y.services - x.services || y.mentions - x.mentions || (a < b ? -1 : 1))[0]?.[0],
} satisfies Record<string, Order>;

/** The facts asked for one after another until none can decide anything of the best. */
export function askUntilDecided(search: Search, truth: Facts, order: Order, random: () => number): string[] {
  const asked: string[] = [];
  let facts: Facts = {};
  for (;;) {
    const now = standing(search, facts);
    if (now.open.size === 0) return asked;
    const fact = order(now, search, random);
    if (fact === undefined) return asked;
    if (facts[fact] !== undefined) throw new Error(`${fact} was asked twice.`);
    asked.push(fact);
    facts = { ...facts, [fact]: answerTo(search.context, now, fact, truth) };
  }
}

/**
 * The fewest questions that any order can do with, on the average over these people, by trying every order: each question may hang
 * on all answers before it, and whoever chooses knows the people. Undefined where there are too many orders to try.
 */
export function fewestQuestions(search: Search, people: readonly Facts[], most: number): number | undefined {
  const known = new Map<string, number>();
  let left = most;
  const total = (facts: Facts, group: readonly Facts[]): number => {
    const key = JSON.stringify([Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)), group.length]);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (left-- <= 0) return NaN;
    const now = standing(search, facts);
    let fewest = now.open.size === 0 ? 0 : Infinity;
    for (const fact of now.open.keys()) {
      const answers = new Map<string, Facts[]>();
      for (const truth of group) {
        const answer = JSON.stringify(answerTo(search.context, now, fact, truth));
        answers.set(answer, [...(answers.get(answer) ?? []), truth]);
      }
      let sum = group.length;
      for (const [answer, part] of answers) sum += total({ ...facts, [fact]: JSON.parse(answer) as FactValue }, part);
      fewest = Math.min(fewest, sum);
    }
    known.set(key, fewest);
    return fewest;
  };
  const sum = total({}, people);
  return Number.isNaN(sum) ? undefined : sum / people.length;
}

/** What a person says: the button that fits, else the fact itself; who has nothing to say of it declines. */
export function answerTo({ questions, ruleSet: { catalogue } }: MatchContext, { ranked }: Standing, fact: string, truth: Facts): FactValue {
  const value = truth[fact];
  if (value === undefined) return { declined: true };
  const question = applicableQuestions(questions, ranked.decision.facts).get(fact);
  const read = (given: FactValue): Possibility | undefined => {
    const known = readFacts({ [fact]: given }, { catalogue, on: ranked.decision.options.on });
    return known.ok ? known.value.get(fact)?.possible : undefined;
  };
  const exact = read(value);
  const fitting = (question?.answers ?? []).filter((answer) => {
    const possible = read(answer.value);
    return exact && possible && holds(possible, exact);
  });
  return mostTelling(fitting)?.value ?? value;
}

type Answer = NonNullable<IntakeQuestion['answers']>[number];

/** "No benefits at all" says more than "no SNAP". */
function mostTelling(answers: readonly Answer[]): Answer | undefined {
  return answers.find((answer) => Array.isArray(answer.value)) ?? answers[0];
}

/** Whether what is exactly known is one of the possibilities. */
function holds(possible: Possibility, exact: Possibility): boolean {
  if (exact.kind === 'interval') {
    if (possible.kind === 'numbers') return possible.values.includes(exact.low);
    return possible.kind === 'interval' && possible.low <= exact.low && exact.low <= possible.high;
  }
  if (exact.kind === 'numbers') {
    const [value] = exact.values as [number];
    if (possible.kind === 'numbers') return possible.values.includes(value);
    return possible.kind === 'interval' && possible.low <= value && value <= possible.high;
  }
  if (exact.kind === 'words' && possible.kind === 'words') return possible.values.includes(exact.values[0]!);
  if (exact.kind !== 'items' || possible.kind !== 'items') return false;
  const { has, lacks, complete } = possible;
  return (
    has.every((item) => exact.has.includes(item)) &&
    !lacks.some((item) => exact.has.includes(item)) &&
    (!complete || has.length === exact.has.length)
  );
}
