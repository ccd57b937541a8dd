// The best next question: the fact that spares most of what is still to be asked until the best services are decided, for
// the least intrusion. A fact that was declined is never asked again, nor one of which no answer can matter.

import type { DirectoryIndex } from '../directory/index.ts';
import { evaluate, verdictCodeOf, type Decision } from '../eligibility/evaluate.ts';
import { reevaluate } from '../eligibility/reevaluate.ts';
import { evaluateLeaf } from '../eligibility/leaf.ts';
import { AREA, AREA_STATES, isFailed, isMet, verdictCode, type AreaState } from '../eligibility/mask.ts';
import { applicableQuestions } from '../intake/applicable.ts';
import type { IntakeQuestion } from '../intake/questions.ts';
import { possibleAnswers, supposing, type PossibleAnswer, type Supposed } from './answers.ts';
import { factsAskedFor, openTree, type OpenLeaf, type OpenTree } from './open-rules.ts';
import { QuestionPlan, type PlannedRow } from './question-plan.ts';
import { OPEN_VALUE, type PlannedFact, type PlannedLeaf } from './question-reading.ts';
import type { RankedRow, Ranking } from './ranking.ts';
import type { RowTravel } from './reach.ts';
import type { Scorer } from './scorer.ts';

export interface NextQuestion {
  fact: string;
  question: IntakeQuestion;
  /** Services that an answer settles, on the average over the answers. */
  settles: number;
  /** Names of the best of them. */
  among: string[];
}

/** Services that are to be decided: the best, which are shown first. */
const BEST = 50;
/** Services that are looked at: an answer may move others up among the best. */
export const LOOKED_AT = 100;
/** How strongly intrusion counts beside the number of questions: costs are taken to this power. */
const INTRUSION = 0.15;
/** What it is worth that all is settled at once, in questions. */
const AT_ONCE = 1;
const NAMED = 3;
/** Who does not know one answer is asked for the next. */
const MOST = 6;

const UNKNOWN = verdictCode('unknown');
const INELIGIBLE = verdictCode('ineligible');

export interface QuestionContext {
  decision: Decision;
  index: DirectoryIndex;
  scorer: Scorer;
  ranking: Ranking;
  travel: RowTravel;
  questions: readonly IntakeQuestion[];
  /** So many of the first services are to be decided; default 50. */
  best?: number;
}

/** The best questions, best first. */
export function nextQuestions(context: QuestionContext, limit = MOST): NextQuestion[] {
  const { decision, questions, scorer } = context;
  const { rows, rules } = listOpenRules(context);
  if (rules.length === 0) return [];
  const facts = new AskableFacts(decision, applicableQuestions(questions, decision.facts));
  const leaves = new Map<number, PlannedLeaf>();
  for (const tree of rules) forEachLeaf(tree, (leaf) => leaves.has(leaf.node) || leaves.set(leaf.node, facts.plan(leaf)));
  const chances = { met: scorer.chance(verdictCode('eligible')), open: scorer.chance(UNKNOWN) };
  const plan = new QuestionPlan({ facts: facts.planned, leaves, rules, rows, chances, best: context.best ?? BEST });
  const ranked = facts.list.flatMap(({ id, question }, fact) => {
    const prospect = plan.ask(fact);
    return prospect ? [{ fact: id, number: fact, question, total: prospect.cost - AT_ONCE * prospect.decided }] : [];
  });
  const settling = new Settling(context);
  return ranked
    .sort((a, b) => a.total - b.total || (a.fact < b.fact ? -1 : 1))
    .slice(0, limit)
    .map(({ fact, question, number }) => ({ fact, question, ...settling.by(facts.answersTo(number)) }));
}

/** The best services, and the open rules that they hang on, each once. */
function listOpenRules({ decision, scorer, ranking, travel }: QuestionContext): { rows: PlannedRow[]; rules: OpenTree[] } {
  const rules: OpenTree[] = [];
  const numbers = new Map<number, number>();
  const rows = ranking.best.slice(0, LOOKED_AT).map(({ row, way }): PlannedRow => {
    const verdict = scorer.verdict(row);
    const kind = scorer.kind(row);
    let rule = numbers.get(kind);
    if (rule === undefined) {
      const tree = verdict === UNKNOWN ? openTree(decision, scorer.rule(row), scorer.area(row)) : null;
      numbers.set(kind, (rule = tree ? rules.push(tree) - 1 : -1));
    }
    return {
      rule,
      score: scorer.scoreIfUsable(row, way < 0 ? undefined : travel.seconds[way]! * 1000),
      chance: verdict === INELIGIBLE ? 0 : scorer.chance(verdict),
    };
  });
  return { rows, rules };
}

function forEachLeaf(tree: OpenTree, visit: (leaf: OpenLeaf) => void): void {
  if (tree.kind === 'leaf') visit(tree);
  else tree.children.forEach((child) => forEachLeaf(child, visit));
}

/** The facts that can still be asked for, numbered, with their answers. */
class AskableFacts {
  readonly list: { id: string; question: IntakeQuestion }[] = [];
  readonly planned: PlannedFact[] = [];
  readonly #decision: Decision;
  readonly #questions: ReadonlyMap<string, IntakeQuestion>;
  readonly #numbers = new Map<string, number>();
  readonly #answers: (readonly PossibleAnswer[])[] = [];
  readonly #supposed = new Map<PossibleAnswer | undefined, Map<PossibleAnswer | undefined, Supposed>>();

  constructor(decision: Decision, questions: ReadonlyMap<string, IntakeQuestion>) {
    this.#decision = decision;
    this.#questions = questions;
  }

  answersTo(fact: number): readonly PossibleAnswer[] {
    return this.#answers[fact]!;
  }

  /** The value of a condition by the answers to the first two facts that it hangs on; what a third would tell is not looked at. */
  plan({ leaf }: OpenLeaf): PlannedLeaf {
    const facts = factsAskedFor(this.#decision, leaf)
      .flatMap((id) => this.#number(id) ?? [])
      .slice(0, 2);
    const [first = [], second = []] = facts.map((fact) => this.#answers[fact]!);
    const values = new Uint8Array((first.length + 1) * (second.length + 1)).fill(OPEN_VALUE);
    const judged = leaf.kind === 'test' && this.#decision.ruleSet.catalogue.find(leaf.condition.fact)?.judged !== undefined;
    for (let a = 0; a <= first.length; a++) {
      for (let b = 0; b <= second.length; b++) {
        const at = a * (second.length + 1) + b;
        // What a function will say is not known before it is asked: one or the other, once it is told what it reads.
        if (judged) values[at] = a > 0 && (b > 0 || second.length === 0) ? (a + b) % 2 : OPEN_VALUE;
        else if (a + b > 0) values[at] = this.#value(leaf, first[a - 1], second[b - 1]);
      }
    }
    return { facts, values };
  }

  #value(leaf: OpenLeaf['leaf'], first: PossibleAnswer | undefined, second: PossibleAnswer | undefined): number {
    if (leaf.kind === 'serviceArea') return first?.area === AREA.inside ? 1 : 0;
    const { facts, context } = this.#suppose(first, second);
    const bits = evaluateLeaf(leaf, facts, context);
    return isMet(bits) ? 1 : isFailed(bits) ? 0 : OPEN_VALUE;
  }

  /** What is supposed with two answers, once for all conditions that hang on the same facts. */
  #suppose(first: PossibleAnswer | undefined, second: PossibleAnswer | undefined): Supposed {
    let bySecond = this.#supposed.get(first);
    if (!bySecond) this.#supposed.set(first, (bySecond = new Map()));
    let supposed = bySecond.get(second);
    if (!supposed) {
      const told = [first, second].filter((answer) => answer !== undefined);
      bySecond.set(second, (supposed = supposing(this.#decision, told)));
    }
    return supposed;
  }

  /** Undefined where the fact cannot be asked for. */
  #number(id: string): number | undefined {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const question = this.#questions.get(id);
    const told = this.#decision.facts.get(id);
    // What was told is not asked again, be it only a range; what was told too long ago is.
    if (!question || (told && !told.stale)) return undefined;
    const answers = possibleAnswers(this.#decision, question);
    if (answers.length === 0) return undefined;
    const cost = this.#decision.ruleSet.catalogue.find(id)?.cost ?? 1;
    const number = this.list.push({ id, question }) - 1;
    this.planned.push({ cost: Math.max(0.1, cost) ** INTRUSION, chances: answers.map(({ chance }) => chance) });
    this.#answers.push(answers);
    this.#numbers.set(id, number);
    return number;
  }
}

function suppose(decision: Decision, answer: PossibleAnswer): Decision {
  const { facts, context } = supposing(decision, [answer]);
  if (context === decision.context) return reevaluate(decision, facts);
  return evaluate(decision.ruleSet, facts, { ...decision.options, areas: context.areas });
}

/** Tells how many services in reach an answer settles, on the average, and the best of those that it is likeliest to settle. */
class Settling {
  readonly #context: QuestionContext;
  /** Kinds of services whose verdict is open. */
  readonly #open: number[] = [];
  readonly #chances: Float64Array;

  constructor(context: QuestionContext) {
    this.#context = context;
    const { scorer, ranking } = context;
    ranking.kinds.forEach((count, kind) => {
      if (count > 0 && scorer.verdicts[kind] === UNKNOWN) this.#open.push(kind);
    });
    this.#chances = new Float64Array(scorer.verdicts.length);
  }

  by(answers: readonly PossibleAnswer[]): { settles: number; among: string[] } {
    const { decision, ranking } = this.#context;
    const chances = this.#chances.fill(0);
    for (const answer of answers) {
      const supposed = suppose(decision, answer);
      for (const kind of this.#open) {
        const area = kind % AREA_STATES;
        const known = answer.area !== undefined && area === AREA.unknown ? answer.area : (area as AreaState);
        if (verdictCodeOf(supposed, (kind - area) / AREA_STATES, known) !== UNKNOWN) chances[kind]! += answer.chance;
      }
    }
    let settles = 0;
    for (const kind of this.#open) settles += chances[kind]! * ranking.kinds[kind]!;
    return { settles: Math.round(settles), among: this.#namesOf(chances) };
  }

  /** @param chances by kind of service: how likely it is settled */
  #namesOf(chances: Float64Array): string[] {
    const { index, scorer, ranking } = this.#context;
    const chanceOf = ({ row }: RankedRow): number => chances[scorer.kind(row)]!;
    // Sorting keeps the order of the ranking among equals.
    const settled = ranking.best.filter((row) => chanceOf(row) > 0).sort((a, b) => chanceOf(b) - chanceOf(a));
    const names = new Set<string>();
    for (const { row } of settled) if (names.size < NAMED) names.add(index.serviceName(row));
    return [...names];
  }
}
