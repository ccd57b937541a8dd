// What is still to be asked until the best services are decided, as expected from here: each open rule is read condition by
// condition, the cheapest chance to end it first, and a fact is asked as often as the rule that needs it most gets to it.
// A question is worth what it spares: its own cost and what is left to ask after each of its answers.

import type { OpenTree } from './open-rules.ts';

export const OPEN_VALUE = 2;
const FAILED_VALUE = 0;
const MET_VALUE = 1;

export interface PlannedFact {
  /** What asking it costs. */
  cost: number;
  /** Of each answer; they come to 1. */
  chances: readonly number[];
}

/** A condition over one or two facts that can be asked. */
export interface PlannedLeaf {
  facts: readonly number[];
  /**
   * Its value, FAILED_VALUE, MET_VALUE or OPEN_VALUE, by answers: `values[a × (answers of the second + 1) + b]`, where 0 stands for a
   * fact that is not known and i + 1 for its answer i.
   */
  values: Uint8Array;
}

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

/** What is expected of a condition or a group. */
interface Outlook {
  met: number;
  failed: number;
  cost: number;
}

/** How likely it comes to a fact once a condition is looked at. */
interface Ask {
  fact: number;
  chance: number;
}

/** A condition or a group with what is expected of it, its parts in the order in which they are looked at. */
interface Reading extends Outlook {
  kind: OpenTree['kind'];
  parts: readonly Reading[];
  /** Of a condition: the facts that it still needs. */
  asks: readonly Ask[];
}

const decided = (met: number, failed: number): Reading => ({ met, failed, cost: 0, kind: 'leaf', parts: [], asks: [] });
const NOTHING = decided(0, 0);
const MET = decided(1, 0);
const FAILED = decided(0, 1);
const CERTAIN = [1];

export class QuestionPlan {
  readonly #input: PlanInput;
  readonly #facts: readonly PlannedFact[];
  readonly #leaves: ReadonlyMap<number, PlannedLeaf>;
  readonly #rules: readonly OpenTree[];
  /** By fact: 0 not known, else the answer + 1 that is supposed. */
  readonly #answers: Uint8Array;
  /** By fact: how likely it is asked whatever comes next; of what is asked anyway only a trace counts in a rule. */
  #asked: Float64Array;
  /** By rule and fact: how likely the rule comes to need it. */
  #needs: Float64Array[];
  /** Of open conditions, by the answers that are supposed and whether they count against: each worked out once. */
  readonly #leafReadings = new Map<PlannedLeaf, Reading[]>();
  /** By fact: rules that hang on it. */
  readonly #rulesOf: number[][];

  constructor(input: PlanInput) {
    this.#input = input;
    const { facts, leaves, rules } = input;
    this.#facts = facts;
    this.#leaves = leaves;
    this.#rules = rules;
    this.#answers = new Uint8Array(facts.length);
    this.#asked = new Float64Array(facts.length);
    this.#rulesOf = facts.map(() => []);
    rules.forEach((tree, rule) => {
      for (const fact of this.#factsIn(tree, new Set())) this.#rulesOf[fact]!.push(rule);
    });
    const { weights } = this.#order(rules.map(() => OPEN_VALUE));
    this.#needs = [];
    // The second reading knows what is asked anyway.
    for (let reading = 0; reading < 2; reading++) {
      this.#needs = rules.map((tree) => this.#needsOf(this.#read(tree)));
      this.#asked = this.#expected(this.#needs, weights);
      this.#leafReadings.clear();
    }
  }

  /** What is expected if this fact is asked next; undefined where no answer can matter. */
  ask(fact: number): Prospect | undefined {
    const touched = this.#rulesOf[fact]!;
    const prospect: Prospect = { cost: this.#facts[fact]!.cost, decided: 0 };
    let matters = false;
    for (const [answer, chance] of this.#facts[fact]!.chances.entries()) {
      this.#answers[fact] = answer + 1;
      const values = this.#rules.map(() => OPEN_VALUE);
      const needs = this.#needs.slice();
      for (const rule of touched) {
        const tree = this.#rules[rule]!;
        matters ||= this.#changes(tree, fact);
        const reading = this.#read(tree);
        values[rule] = reading.met === 1 ? MET_VALUE : reading.failed === 1 ? FAILED_VALUE : OPEN_VALUE;
        if (values[rule] === OPEN_VALUE) needs[rule] = this.#needsOf(reading);
      }
      const { weights, decided } = this.#order(values);
      const expected = this.#expected(needs, weights);
      for (let i = 0; i < expected.length; i++) if (i !== fact) prospect.cost += chance * expected[i]! * this.#facts[i]!.cost;
      prospect.decided += chance * decided;
    }
    this.#answers[fact] = 0;
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
    const answer = this.#answers[fact]!;
    // Known or not, the other fact may be what it takes.
    return leaf.facts[0] === fact
      ? leaf.values.subarray(answer * second, (answer + 1) * second).some((value, i) => value !== leaf.values[i])
      : leaf.values.some((value, i) => i % second === answer && value !== leaf.values[i - answer]);
  }

  /** By fact: how likely it is needed to decide a rule. */
  #needsOf(reading: Reading): Float64Array {
    const needs = new Float64Array(this.#facts.length);
    spread(reading, 1, needs);
    return needs;
  }

  #read(tree: OpenTree): Reading {
    if (tree.kind === 'leaf') return this.#readCondition(tree.node, tree.negated);
    const { kind } = tree;
    const parts = tree.children.map((child) => this.#read(child));
    // The cheapest chance to end it first.
    if (kind === 'any') parts.sort((a, b) => a.cost * (b.met + 1e-9) - b.cost * (a.met + 1e-9));
    else parts.sort((a, b) => a.cost * (b.failed + 1e-9) - b.cost * (a.failed + 1e-9));
    if (kind === 'atLeast') return { ...atLeastOutlook(tree.n, parts), kind, parts, asks: [] };
    const all = kind === 'all';
    let [onward, cost, certain] = [1, 0, 1];
    for (const part of parts) {
      cost += onward * part.cost;
      onward *= 1 - (all ? part.failed : part.met);
      certain *= all ? part.met : part.failed;
    }
    return { met: all ? certain : 1 - onward, failed: all ? 1 - onward : certain, cost, kind, parts, asks: [] };
  }

  #readCondition(node: number, negated: boolean): Reading {
    const leaf = this.#leaves.get(node);
    if (!leaf) return NOTHING;
    const [first, second] = leaf.facts;
    const width = second === undefined ? 1 : this.#facts[second]!.chances.length + 1;
    const at = (first === undefined ? 0 : this.#answers[first]!) * width + (second === undefined ? 0 : this.#answers[second]!);
    const known = leaf.values[at]!;
    if (known !== OPEN_VALUE) return (known === MET_VALUE) !== negated ? MET : FAILED;
    let readings = this.#leafReadings.get(leaf);
    if (!readings) this.#leafReadings.set(leaf, (readings = []));
    const place = at * 2 + (negated ? 1 : 0);
    return (readings[place] ??= this.#readLeaf(leaf, { at, width, negated }));
  }

  #readLeaf(leaf: PlannedLeaf, { at, width, negated }: { at: number; width: number; negated: boolean }): Reading {
    const [first, second] = leaf.facts;
    const [a, b] = [Math.floor(at / width), at % width];
    const [isFirstOpen, isSecondOpen] = [first !== undefined && a === 0, second !== undefined && b === 0];
    const firsts = first !== undefined && isFirstOpen ? this.#facts[first]!.chances : CERTAIN;
    const seconds = second !== undefined && isSecondOpen ? this.#facts[second]!.chances : CERTAIN;
    let [met, failed, cost] = [0, 0, 0];
    for (let i = 0; i < firsts.length; i++) {
      for (let j = 0; j < seconds.length; j++) {
        const value = leaf.values[(isFirstOpen ? i + 1 : a) * width + (isSecondOpen ? j + 1 : b)]!;
        if (value === MET_VALUE) met += firsts[i]! * seconds[j]!;
        if (value === FAILED_VALUE) failed += firsts[i]! * seconds[j]!;
      }
    }
    const asks = this.#asksOf(leaf);
    for (const { fact, chance } of asks) cost += chance * this.#costOf(fact);
    return { met: negated ? failed : met, failed: negated ? met : failed, cost, kind: 'leaf', parts: [], asks };
  }

  /** Facts that an open condition still needs, in the order that is cheaper, with the chance that it comes to each. */
  #asksOf(leaf: PlannedLeaf): Ask[] {
    const unknown = leaf.facts.filter((fact) => this.#answers[fact] === 0);
    const [first, second] = unknown;
    if (first === undefined || second === undefined) return unknown.map((fact) => ({ fact, chance: 1 }));
    const width = this.#facts[second]!.chances.length + 1;
    let [openAfterFirst, openAfterSecond] = [0, 0];
    this.#facts[first]!.chances.forEach((chance, i) => (openAfterFirst += leaf.values[(i + 1) * width] === OPEN_VALUE ? chance : 0));
    this.#facts[second]!.chances.forEach((chance, i) => (openAfterSecond += leaf.values[i + 1] === OPEN_VALUE ? chance : 0));
    const [a, b] = [this.#costOf(first), this.#costOf(second)];
    return a + openAfterFirst * b <= b + openAfterSecond * a
      ? [
          { fact: first, chance: 1 },
          { fact: second, chance: openAfterFirst },
        ]
      : [
          { fact: second, chance: 1 },
          { fact: first, chance: openAfterSecond },
        ];
  }

  /** Of a fact that is asked anyway only a trace remains. */
  #costOf(fact: number): number {
    return this.#facts[fact]!.cost * (1 - 0.9 * this.#asked[fact]!);
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

/** Hands down how likely it comes to each part, and notes the facts that conditions need. */
function spread(reading: Reading, reached: number, needs: Float64Array): void {
  const { kind, met, failed, parts, asks } = reading;
  if (kind === 'leaf') {
    if (met + failed > 0 && met < 1 && failed < 1)
      for (const { fact, chance } of asks) needs[fact] = Math.max(needs[fact]!, reached * chance);
    return;
  }
  let left = reached;
  for (const part of parts) {
    spread(part, left, needs);
    if (kind === 'all') left *= 1 - part.failed;
    else if (kind === 'any') left *= 1 - part.met;
  }
}

/** Chance of at least `n` of independent parts, and of too many failed. */
function atLeastOutlook(n: number, parts: readonly Outlook[]): Outlook {
  const atLeast = (wanted: number, chances: readonly number[]): number => {
    let counts = [1];
    for (const chance of chances) {
      const next = new Array<number>(counts.length + 1).fill(0);
      counts.forEach((p, k) => {
        next[k]! += p * (1 - chance);
        next[k + 1]! += p * chance;
      });
      counts = next;
    }
    return counts.slice(wanted).reduce((sum, p) => sum + p, 0);
  };
  return {
    met: atLeast(
      n,
      parts.map(({ met }) => met),
    ),
    failed: atLeast(
      parts.length - n + 1,
      parts.map(({ failed }) => failed),
    ),
    cost: parts.reduce((sum, { cost }) => sum + cost, 0),
  };
}
