// Many people at once, for impact previews and caseloads: the same graph, with a column of bits in place of each value. A bit
// is a person, a word 32 of them; each of the four bits of mask.ts is a word of its own, so one AND joins 32 people's conditions.

import type { KnownFacts } from '../intake/possibility.ts';
import { withComputedFacts } from './compute-facts.ts';
import { possibleOf } from './condition.ts';
import { toContext, type DecisionOptions } from './evaluate.ts';
import { NOT_STATED_NODE, type Graph, type Run } from './graph.ts';
import { evaluateLeaf } from './leaf.ts';
import { atLeastMask, MASK, maskIn, OP, VERDICT_OF_BITS, type AreaState } from './mask.ts';
import { rootsOn, type RuleSet } from './rule-set.ts';
import { VERDICTS, type Verdict } from './rule.ts';
import { isMetBelow, writeCuts, type ThresholdColumn } from './thresholds.ts';

/** Words of a node: one for each of the four bits. */
const BITS = 4;
const PEOPLE_A_WORD = 32;

export interface ManyOptions extends DecisionOptions {
  /** Whether the people are in the areas that services publish. */
  area: AreaState;
}

export interface ManyDecisions {
  readonly people: number;
  verdictOf(rule: number, person: number): Verdict;
  /** How many people come to each verdict. */
  tally(rule: number): Record<Verdict, number>;
}

/** Decides all rules for all people. The same verdicts as `evaluate` gives one by one; half a byte for each of them. */
export function decideMany(ruleSet: RuleSet, people: readonly KnownFacts[], options: ManyOptions): ManyDecisions {
  const { graph, computed } = ruleSet;
  const context = toContext(ruleSet, options);
  const roots = rootsOn(ruleSet, options.on);
  const words = new Int32Array(graph.length * BITS);
  const blocks: Int32Array[] = [];
  for (let first = 0; first < people.length; first += PEOPLE_A_WORD) {
    const block = people.slice(first, first + PEOPLE_A_WORD).map((told) => withComputedFacts(computed, told, context));
    fillOnes(words, NOT_STATED_NODE, maskIn(options.area, MASK.notStated));
    for (const column of graph.thresholds) fillColumn(column, block, words);
    for (let node = graph.firstSingle; node < graph.leaves.length; node++) {
      words.fill(0, node * BITS, node * BITS + BITS);
      block.forEach((facts, person) => {
        const bits = maskIn(options.area, evaluateLeaf(graph.leaves[node]!, facts, context));
        for (let bit = 0; bit < BITS; bit++) words[node * BITS + bit]! |= ((bits >> bit) & 1) << person;
      });
    }
    for (const run of graph.runs) joinRun(run, graph, words);
    const decided = new Int32Array(roots.length * BITS);
    roots.forEach((root, rule) => decided.set(words.subarray(root * BITS, root * BITS + BITS), rule * BITS));
    blocks.push(decided);
  }
  return new Blocks(people.length, blocks);
}

class Blocks implements ManyDecisions {
  readonly people: number;
  readonly #blocks: readonly Int32Array[];

  constructor(people: number, blocks: readonly Int32Array[]) {
    this.people = people;
    this.#blocks = blocks;
  }

  verdictOf(rule: number, person: number): Verdict {
    if (person < 0 || person >= this.people) throw new RangeError(`There is no person ${person} among ${this.people}.`);
    const block = this.#blocks[Math.floor(person / PEOPLE_A_WORD)]!;
    let bits = 0;
    for (let bit = 0; bit < BITS; bit++) bits |= ((block[rule * BITS + bit]! >>> (person % PEOPLE_A_WORD)) & 1) << bit;
    return VERDICTS[VERDICT_OF_BITS[bits]!]!;
  }

  tally(rule: number): Record<Verdict, number> {
    const tally = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
    this.#blocks.forEach((block, i) => {
      const known = Math.min(PEOPLE_A_WORD, this.people - i * PEOPLE_A_WORD);
      const everybody = known === PEOPLE_A_WORD ? -1 : (1 << known) - 1;
      for (let bits = 0; bits < 1 << BITS; bits++) {
        let such = everybody;
        for (let bit = 0; bit < BITS; bit++) such &= (bits >> bit) & 1 ? block[rule * BITS + bit]! : ~block[rule * BITS + bit]!;
        if (such !== 0) tally[VERDICTS[VERDICT_OF_BITS[bits]!]!] += countOnes(such);
      }
    });
    return tally;
  }
}

function fillOnes(words: Int32Array, node: number, bits: number): void {
  for (let bit = 0; bit < BITS; bit++) words[node * BITS + bit] = -((bits >> bit) & 1);
}

/**
 * Each person leaves two marks where the cuts of the column fall; from mark to mark the bits stay, so one running XOR turns the
 * marks into the words of all conditions.
 */
function fillColumn(column: ThresholdColumn, people: readonly KnownFacts[], words: Int32Array): void {
  const { bounds, first, fact } = column;
  const cuts = new Uint32Array(2);
  const [met, open] = [new Int32Array(bounds.length + 1), new Int32Array(bounds.length + 1)];
  const below = isMetBelow(column);
  people.forEach((facts, person) => {
    writeCuts(column, possibleOf(facts, fact), cuts, 0);
    // Low bounds are met up to the first cut, or high ones from the second on; what is open can still be met.
    const one = 1 << person;
    met[cuts[below ? 0 : 1]!]! ^= one;
    open[cuts[below ? 1 : 0]!]! ^= one;
    if (!below) return;
    met[0]! ^= one;
    open[0]! ^= one;
  });
  let [nowMet, nowOpen] = [0, 0];
  for (let i = 0; i < bounds.length; i++) {
    nowMet ^= met[i]!;
    nowOpen ^= open[i]!;
    const word = (first + i) * BITS;
    words[word] = words[word + 1] = nowMet;
    words[word + 2] = words[word + 3] = nowOpen;
  }
}

function joinRun({ op, n, size, first, length, child }: Run, { children }: Graph, words: Int32Array): void {
  for (let i = 0; i < length; i++) {
    const to = (first + i) * BITS;
    if (op === OP.atLeast) {
      const parts = Array.from({ length: size }, (_, j) => children[child + j * length + i]! * BITS);
      for (let bit = 0; bit < BITS; bit++)
        words[to + bit] = atLeastMask(
          n,
          parts.map((part) => words[part + bit]!),
        );
      continue;
    }
    let part = children[child + i]! * BITS;
    let [a, b, c, d] = [words[part]!, words[part + 1]!, words[part + 2]!, words[part + 3]!];
    for (let j = 1; j < size; j++) {
      part = children[child + j * length + i]! * BITS;
      if (op === OP.all) {
        a &= words[part]!;
        b &= words[part + 1]!;
        c &= words[part + 2]!;
        d &= words[part + 3]!;
      } else {
        a |= words[part]!;
        b |= words[part + 1]!;
        c |= words[part + 2]!;
        d |= words[part + 3]!;
      }
    }
    // Turned round, what counted for a person counts against (negateMask).
    if (op === OP.none) [a, b, c, d] = [~d, ~c, ~b, ~a];
    words[to] = a;
    words[to + 1] = b;
    words[to + 2] = c;
    words[to + 3] = d;
  }
}

function countOnes(word: number): number {
  let ones = 0;
  for (let left = word; left !== 0; left &= left - 1) ones++;
  return ones;
}
