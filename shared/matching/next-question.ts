// The best next question: the fact whose possible answers settle most of what matters for the least intrusion.
// Each possible answer is tried on the rules that are open; a fact that was declined is never asked again.

import { evaluate, tabulateVerdicts, verdictCodeOf, type Decision } from '../eligibility/evaluate.ts';
import { explain } from '../eligibility/explain.ts';
import { AREA, AREA_STATES, verdictCode, type AreaState } from '../eligibility/mask.ts';
import { applicableQuestions } from '../intake/applicable.ts';
import { readFacts } from '../intake/read-facts.ts';
import type { FactDefinition, FactValue } from '../intake/facts.ts';
import { fromYearly } from '../intake/money.ts';
import type { IntakeQuestion } from '../intake/questions.ts';
import type { KnownFact, KnownFacts } from '../intake/possibility.ts';
import type { Ranking } from './ranking.ts';

export interface NextQuestion {
  fact: string;
  question: IntakeQuestion;
  /** Services that an answer settles, on the average over the answers. */
  settles: number;
}

/** Facts that are tried; the most promising ones, so that the answer stays instant. */
const TRIED = 8;
const UNKNOWN = verdictCode('unknown');

/** An open rule, as many times as a candidate hangs on it. */
interface OpenRule {
  rule: number;
  area: AreaState;
  count: number;
  weight: number;
}

export function nextQuestions(
  decision: Decision,
  kinds: Ranking['kinds'],
  questions: readonly IntakeQuestion[],
  limit = 3,
): NextQuestion[] {
  const open = openRules(decision, kinds);
  if (open.length === 0) return [];
  const askable = applicableQuestions(questions, decision.facts);

  const promise = new Map<string, number>();
  for (const { rule, area, weight } of open) {
    const { missing } = explain(decision, rule, area);
    for (const fact of missing) if (askable.has(fact)) promise.set(fact, (promise.get(fact) ?? 0) + weight / missing.length);
  }
  const costOf = (fact: string): number => Math.max(0.1, decision.ruleSet.catalogue.find(fact)?.cost ?? 1);
  const tried = [...promise].sort((a, b) => b[1] / costOf(b[0]) - a[1] / costOf(a[0]) || (a[0] < b[0] ? -1 : 1)).slice(0, TRIED);

  const scored = tried.map(([fact, hope]) => {
    const { count, weight } = settledBy(decision, fact, askable.get(fact)!, open);
    // What settles nothing alone may still be needed beside another fact: a small part of its promise remains.
    return { fact, question: askable.get(fact)!, settles: Math.round(count), worth: (weight + 0.1 * hope) / costOf(fact) };
  });
  return scored
    .sort((a, b) => b.worth - a.worth || (a.fact < b.fact ? -1 : 1))
    .slice(0, limit)
    .map(({ fact, question, settles }) => ({ fact, question, settles }));
}

function openRules(decision: Decision, { counts, needs }: Ranking['kinds']): OpenRule[] {
  const open: OpenRule[] = [];
  tabulateVerdicts(decision).forEach((verdict, kind) => {
    const count = counts[kind]!;
    if (verdict === UNKNOWN && count > 0)
      open.push({ rule: Math.floor(kind / AREA_STATES), area: (kind % AREA_STATES) as AreaState, count, weight: needs[kind]! });
  });
  return open;
}

/** How many services one answer settles, on the average over the possible answers. */
function settledBy(
  decision: Decision,
  fact: string,
  question: IntakeQuestion,
  open: readonly OpenRule[],
): { count: number; weight: number } {
  if (fact === 'household.place') return settledByPlace(decision, open);
  const answers = possibleAnswers(decision, fact, question);
  let [count, weight] = [0, 0];
  for (const facts of answers) {
    const answered = evaluate(decision.ruleSet, facts, decision.options);
    for (const entry of open) {
      if (verdictCodeOf(answered, entry.rule, entry.area) === UNKNOWN) continue;
      count += entry.count;
      weight += entry.weight;
    }
  }
  return answers.length === 0 ? { count: 0, weight: 0 } : { count: count / answers.length, weight: weight / answers.length };
}

/** Where they live settles each service by its own area: inside or outside, one as likely as the other. */
function settledByPlace(decision: Decision, open: readonly OpenRule[]): { count: number; weight: number } {
  let [count, weight] = [0, 0];
  for (const { rule, area, count: services, weight: needed } of open) {
    if (area !== AREA.unknown) continue;
    for (const known of [AREA.inside, AREA.outside]) {
      if (verdictCodeOf(decision, rule, known) === UNKNOWN) continue;
      count += services / 2;
      weight += needed / 2;
    }
  }
  return { count, weight };
}

function possibleAnswers(decision: Decision, fact: string, question: IntakeQuestion): KnownFacts[] {
  const { catalogue } = decision.ruleSet;
  const definition = catalogue.find(fact);
  if (!definition) return [];
  const values = question.answers?.map((answer) => answer.value) ?? sampleValues(definition, decision);
  return values.flatMap((value) => {
    const read = readFacts({ [fact]: value }, { catalogue, on: decision.options.on });
    const known: KnownFact | undefined = read.ok ? read.value.get(fact) : undefined;
    return known ? [new Map([...decision.facts, [fact, known]])] : [];
  });
}

/** Answers that stand for all others: one on each side of every limit that rules set, at most nine. */
function sampleValues(definition: FactDefinition, decision: Decision): FactValue[] {
  switch (definition.type) {
    case 'boolean':
      return [true, false];
    case 'choice':
      return (definition.options ?? []).map((option) => option.value);
    case 'choices':
      return [[], ...(definition.options ?? []).slice(0, 8).map((option) => [option.value])];
    case 'members':
      return [
        { items: [] },
        { items: [{ 'person.age': 3 }] },
        { items: [{ 'person.age': 12 }] },
        { items: [{ 'person.age': 40 }] },
        { items: [{ 'person.age': 70 }] },
      ];
    case 'age':
    case 'number':
      return between(limitsOf(definition.id, decision), 1);
    case 'money':
      return between(limitsOf(definition.id, decision), 1).map((yearly) => ({ value: fromYearly(yearly, 'year'), per: 'year' as const }));
    default:
      return [];
  }
}

function limitsOf(fact: string, decision: Decision): number[] {
  const limits = decision.ruleSet.graph.leaves.flatMap((leaf) =>
    leaf.kind === 'test' && leaf.condition.fact === fact
      ? leaf.condition.bounds.flatMap((bound) => ('number' in bound ? [bound.number] : []))
      : [],
  );
  return [...new Set(limits)].sort((a, b) => a - b);
}

function between(limits: readonly number[], step: number): number[] {
  if (limits.length === 0) return [1, 10_000, 30_000, 80_000].map((n) => n * step);
  const every = Math.max(1, Math.ceil(limits.length / 8));
  const chosen = limits.filter((_, i) => i % every === 0);
  return [
    Math.max(0, chosen[0]! - step),
    ...chosen.map((limit, i) => (i + 1 < chosen.length ? (limit + chosen[i + 1]!) / 2 : limit + step)),
  ];
}
