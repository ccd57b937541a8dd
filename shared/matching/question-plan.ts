// What is still to be asked until the best services are decided, as expected from here: each open rule is read condition by
// condition, the cheapest chance to end it first, and a fact is asked as often as the rule that needs it most gets to it.
// A question is worth what it spares: its own cost and what is left to ask after each of its answers.

import type { OpenTree } from './open-rules.ts';
import { FAILED_VALUE, MET_VALUE, OPEN_VALUE, RuleReader, type PlannedFact, type PlannedLeaf } from './question-reading.ts';

/** A service among the best, or one that may come to be. */
export interface PlannedRow {
  /** Place among the open rules; -1: it is decided. */
  rule: number;
  /** Its score if it could be used for certain. */
  score: number;
  /** The chance that it can be used, as it counts in the order; of a decided one. */
  chance: number;
}

/** How the verdicts of open rules count in the order. */
export interface PlannedChances {
  met: number;
  open: number;
}

export interface PlanInput {
  facts: readonly PlannedFact[];
  /** By node of the graph. */
  leaves: ReadonlyMap<number, PlannedLeaf>;
  rules: readonly OpenTree[];
  rows: readonly PlannedRow[];
  chances: PlannedChances;
  /** So many rows are to be decided. */
  best: number;
}

export interface Prospect {
  /** Cost of all questions that are still asked, this one included. */
  cost: number;
  /** Part of the best rows that are decided after its answer, on the average. */
  decided: number;
}

/** So many times the best are looked at: those behind them may move up. */
const FURTHER = 1.3;
/** How much an open rule counts that only they hang on. */
const NEXT = 0.3;

export class QuestionPlan {
  readonly #input: PlanInput;
  readonly #facts: readonly PlannedFact[];
  readonly #leaves: ReadonlyMap<number, PlannedLeaf>;
  readonly #rules: readonly OpenTree[];
  readonly #reader: RuleReader;
  /** By rule and fact: how likely the rule comes to need it. */
  #needs: Float64Array[];
  /** By fact: rules that hang on it. */
  readonly #rulesOf: number[][];

  constructor(input: PlanInput) {
    this.#input = input;
    const { facts, leaves, rules } = input;
    this.#facts = facts;
    this.#leaves = leaves;
    this.#rules = rules;
    this.#reader = new RuleReader(facts, leaves);
    this.#rulesOf = facts.map(() => []);
    rules.forEach((tree, rule) => {
      for (const fact of this.#factsIn(tree, new Set())) this.#rulesOf[fact]!.push(rule);
    });
    const { weights } = this.#order(rules.map(() => OPEN_VALUE));
    this.#needs = [];
    // The second reading knows what is asked anyway.
    for (let reading = 0; reading < 2; reading++) {
      this.#needs = rules.map((tree) => this.#reader.needsOf(this.#reader.read(tree)));
      this.#reader.suppose(this.#expected(this.#needs, weights));
    }
  }

  /** What is expected if this fact is asked next; undefined where no answer can matter. */
  ask(fact: number): Prospect | undefined {
    const touched = this.#rulesOf[fact]!;
    const prospect: Prospect = { cost: this.#facts[fact]!.cost, decided: 0 };
    let matters = false;
    for (const [answer, chance] of this.#facts[fact]!.chances.entries()) {
      this.#reader.answers[fact] = answer + 1;
      const values = this.#rules.map(() => OPEN_VALUE);
      const needs = this.#needs.slice();
      for (const rule of touched) {
        const tree = this.#rules[rule]!;
        matters ||= this.#changes(tree, fact);
        const reading = this.#reader.read(tree);
        values[rule] = reading.met === 1 ? MET_VALUE : reading.failed === 1 ? FAILED_VALUE : OPEN_VALUE;
        if (values[rule] === OPEN_VALUE) needs[rule] = this.#reader.needsOf(reading);
      }
      const { weights, decided } = this.#order(values);
      const expected = this.#expected(needs, weights);
      for (let i = 0; i < expected.length; i++) if (i !== fact) prospect.cost += chance * expected[i]! * this.#facts[i]!.cost;
      prospect.decided += chance * decided;
    }
    this.#reader.answers[fact] = 0;
    return matters ? prospect : undefined;
  }

  /** Puts the rows in order with these values of the rules: how much each open rule still counts, and the part of the best that is decided. */
  #order(values: readonly number[]): { weights: Float64Array; decided: number } {
    const { rows, chances, best } = this.#input;
    const keys = new Float64Array(rows.length);
    rows.forEach(({ rule, score, chance }, i) => {
      const value = rule < 0 ? undefined : values[rule];
      if (value === undefined) keys[i] = score * chance;
      else if (value !== FAILED_VALUE) keys[i] = score * (value === MET_VALUE ? chances.met : chances.open);
    });
    const sorted = keys.slice().sort();
    const last = sorted[Math.max(0, sorted.length - best)] ?? 0;
    const further = sorted[Math.max(0, sorted.length - Math.round(best * FURTHER))] ?? 0;
    const weights = new Float64Array(this.#rules.length);
    let open = 0;
    for (const [i, { rule }] of rows.entries()) {
      if (rule < 0 || values[rule] !== OPEN_VALUE) continue;
      const key = keys[i]!;
      if (key >= last) open++;
      const weight = key >= last ? 1 : key >= further ? NEXT : 0;
      weights[rule] = Math.max(weights[rule]!, weight);
    }
    return { weights, decided: 1 - open / Math.max(1, Math.min(best, rows.length)) };
  }

  /** Whether the supposed answer to a fact tells anything about a condition of the tree. */
  #changes(tree: OpenTree, fact: number): boolean {
    if (tree.kind !== 'leaf') return tree.children.some((child) => this.#changes(child, fact));
    const leaf = this.#leaves.get(tree.node);
    if (!leaf?.facts.includes(fact)) return false;
    const second = leaf.facts.length > 1 ? this.#facts[leaf.facts[1]!]!.chances.length + 1 : 1;
    const answer = this.#reader.answers[fact]!;
    // Known or not, the other fact may be what it takes.
    return leaf.facts[0] === fact
      ? leaf.values.subarray(answer * second, (answer + 1) * second).some((value, i) => value !== leaf.values[i])
      : leaf.values.some((value, i) => i % second === answer && value !== leaf.values[i - answer]);
  }

  /** By fact: how likely it is asked, which is as likely as the rule that needs it most comes to it. */
  #expected(needs: readonly Float64Array[], weights: Float64Array): Float64Array {
    const expected = new Float64Array(this.#facts.length);
    for (const [rule, need] of needs.entries()) {
      const weight = weights[rule]!;
      if (weight > 0) for (let i = 0; i < expected.length; i++) expected[i] = Math.max(expected[i]!, weight * need[i]!);
    }
    return expected;
  }

  #factsIn(tree: OpenTree, found: Set<number>): Set<number> {
    if (tree.kind === 'leaf') this.#leaves.get(tree.node)?.facts.forEach((fact) => found.add(fact));
    else tree.children.forEach((child) => this.#factsIn(child, found));
    return found;
  }
}
