// Open rules as they would be read condition by condition, the cheapest chance to end it first: how likely each comes out as met
// or failed, and how likely it comes to each fact.

import type { OpenTree } from './open-rules.ts';

export const OPEN_VALUE = 2;
export const FAILED_VALUE = 0;
export const MET_VALUE = 1;

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
export interface Reading extends Outlook {
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

/** Reads rules under the answers that are supposed. */
export class RuleReader {
  /** By fact: 0 not known, else the answer + 1 that is supposed. */
  readonly answers: Uint8Array;
  readonly #facts: readonly PlannedFact[];
  readonly #leaves: ReadonlyMap<number, PlannedLeaf>;
  /** By fact: how likely it is asked whatever comes next; of what is asked anyway only a trace counts in a rule. */
  #asked: Float64Array;
  /** Of open conditions, by the answers that are supposed and whether they count against: each worked out once. */
  readonly #leafReadings = new Map<PlannedLeaf, Reading[]>();

  /** @param leaves by node of the graph */
  constructor(facts: readonly PlannedFact[], leaves: ReadonlyMap<number, PlannedLeaf>) {
    this.#facts = facts;
    this.#leaves = leaves;
    this.answers = new Uint8Array(facts.length);
    this.#asked = new Float64Array(facts.length);
  }

  /** @param asked by fact: how likely it is asked whatever comes next */
  suppose(asked: Float64Array): void {
    this.#asked = asked;
    this.#leafReadings.clear();
  }

  /** By fact: how likely it is needed to decide a rule. */
  needsOf(reading: Reading): Float64Array {
    const needs = new Float64Array(this.#facts.length);
    spread(reading, 1, needs);
    return needs;
  }

  read(tree: OpenTree): Reading {
    if (tree.kind === 'leaf') return this.#readCondition(tree.node, tree.negated);
    const { kind } = tree;
    const parts = tree.children.map((child) => this.read(child));
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
    const at = (first === undefined ? 0 : this.answers[first]!) * width + (second === undefined ? 0 : this.answers[second]!);
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
    const unknown = leaf.facts.filter((fact) => this.answers[fact] === 0);
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
