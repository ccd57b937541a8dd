// The answers that a question may get, few of them, each standing for all that no rule tells apart from it, with the chance of
// each: the share that facts and questions state, else each is as likely as the other. No verdict ever rests on it.

import type { Decision } from '../eligibility/evaluate.ts';
import { withComputedFacts } from '../eligibility/compute-facts.ts';
import { FAILED, MET } from '../eligibility/compare.ts';
import type { DecisionContext } from '../eligibility/condition.ts';
import { conditionsOfMembers } from '../eligibility/leaf.ts';
import { AREA, type AreaState } from '../eligibility/mask.ts';
import type { RuleSet } from '../eligibility/rule-set.ts';
import { readFacts } from '../intake/read-facts.ts';
import { fromYearly } from '../intake/money.ts';
import type { FactDefinition, FactValue } from '../intake/facts.ts';
import type { IntakeQuestion } from '../intake/questions.ts';
import type { KnownFact, KnownFacts } from '../intake/possibility.ts';

/** Limits of one fact that are tried; more of them are thinned out. */
const MOST_LIMITS = 8;

export interface PossibleAnswer {
  fact: string;
  known: KnownFact;
  /** 0 to 1; those of a question come to 1. */
  chance: number;
  /** Of a place: whether it lies in the areas that are asked about, whichever they are. */
  area?: AreaState;
}

const PLACE = 'household.place';

interface KnownAnswers {
  on: string;
  of: WeakMap<IntakeQuestion, readonly PossibleAnswer[]>;
}

const lastAnswers = new WeakMap<RuleSet, KnownAnswers>();

/** The answers to a question; none where nothing can be supposed. Kept for the last day, since they hang on nothing of the person. */
export function possibleAnswers({ ruleSet, options: { on } }: Decision, question: IntakeQuestion): readonly PossibleAnswer[] {
  let last = lastAnswers.get(ruleSet);
  if (last?.on !== on) lastAnswers.set(ruleSet, (last = { on, of: new WeakMap() }));
  let answers = last.of.get(question);
  if (!answers) last.of.set(question, (answers = supposeAnswers(ruleSet, on, question)));
  return answers;
}

function supposeAnswers(ruleSet: RuleSet, on: string, { fact, answers }: IntakeQuestion): PossibleAnswer[] {
  const { catalogue } = ruleSet;
  const definition = catalogue.find(fact);
  if (!definition) return [];
  if (fact === PLACE) return [AREA.inside, AREA.outside].map((area) => ({ fact, known: SOMEWHERE, chance: 1 / 2, area }));
  const samples: Sample[] = answers ?? sampleAnswers(definition, ruleSet.graph.leaves);
  const found = samples.flatMap(({ value, share }) => {
    const read = readFacts({ [fact]: value }, { catalogue, on });
    const known = read.ok ? read.value.get(fact) : undefined;
    return known ? [{ fact, known, share }] : [];
  });
  const stated = found.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const isStated = stated > 0 && found.every(({ share }) => share !== undefined);
  return found.map(({ share, ...answer }) => ({ ...answer, chance: isStated ? share! / stated : 1 / found.length }));
}

/** `share`: the part of people who answer so, where it is stated. */
interface Sample {
  value: FactValue;
  share?: number | undefined;
}

const SOMEWHERE: KnownFact = { possible: { kind: 'words', values: [''] }, json: '' };

export interface Supposed {
  facts: KnownFacts;
  context: DecisionContext;
}

/** What a decision would rest on if these were told as well. */
export function supposing({ facts, ruleSet, context }: Decision, answers: readonly PossibleAnswer[]): Supposed {
  const area = answers.find((answer) => answer.area !== undefined)?.area;
  const supposed = area === undefined ? context : { ...context, areas: { within: () => (area === AREA.inside ? MET : FAILED) } };
  const told = new Map([...facts, ...answers.map(({ fact, known }) => [fact, known] as const)]);
  return { facts: withComputedFacts(ruleSet.computed, told, supposed), context: supposed };
}

type Leaves = Decision['ruleSet']['graph']['leaves'];

function sampleAnswers({ id, type, options = [], share }: FactDefinition, leaves: Leaves): Sample[] {
  const plain = (values: readonly FactValue[]): Sample[] => values.map((value) => ({ value }));
  switch (type) {
    case 'boolean':
      return [
        { value: true, share },
        { value: false, share: share === undefined ? undefined : 1 - share },
      ];
    case 'choice':
      return options.map((option) => ({ value: option.value, share: option.share }));
    case 'choices':
      return plain([[], ...options.slice(0, MOST_LIMITS).map((option) => [option.value])]);
    case 'members':
      return plain(membersAround(limitsOf('person.age', leaves, true)));
    case 'age':
    case 'number':
      return plain(around(limitsOf(id, leaves, false)));
    case 'money':
      return plain(around(limitsOf(id, leaves, false)).map((yearly) => ({ value: fromYearly(yearly, 'year'), per: 'year' as const })));
    default:
      return [];
  }
}

/** Nobody else, and one other person on each side of every limit. */
function membersAround(limits: readonly number[]): FactValue[] {
  return [{ items: [], complete: true }, ...around(limits).map((age) => ({ items: [{ 'person.age': age }], complete: true }))];
}

/** Plain numbers that rules compare a fact with, rising; those of members apart. */
function limitsOf(fact: string, leaves: Leaves, ofMember: boolean): number[] {
  const limits = new Set<number>();
  for (const leaf of leaves) {
    const conditions = leaf.kind === 'test' ? [leaf.condition] : leaf.kind === 'members' ? conditionsOfMembers(leaf.where) : [];
    for (const condition of conditions) {
      if (condition.fact !== fact || condition.ofMember !== ofMember) continue;
      for (const bound of condition.bounds) if ('number' in bound) limits.add(bound.number);
    }
  }
  return [...limits].sort((a, b) => a - b);
}

/** A number on each side of every limit, and between any two of them. */
function around(limits: readonly number[]): number[] {
  if (limits.length === 0) return [];
  const every = Math.ceil(limits.length / MOST_LIMITS);
  const chosen = limits.filter((_, i) => i % every === 0);
  return [Math.max(0, chosen[0]! - 1), ...chosen.map((limit, i) => (i + 1 < chosen.length ? (limit + chosen[i + 1]!) / 2 : limit + 1))];
}
