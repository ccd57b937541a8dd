// Turns rules into tuples of integers, children before parents, and interns them: equal conditions and equal groups become one
// number. Only what is new is turned into a condition; for what is known already nothing is allocated. In the end
// graph-numbering.ts gives them the numbers of the graph.

import { toDayNumber } from '../intake/dates.ts';
import type { FactType, Period } from '../intake/facts.ts';
import { toYearly } from '../intake/money.ts';
import { SERVICE_AREA, toBound, toCondition, type Vocabulary } from './condition.ts';
import { numberNodes, TUPLE, type NumberedGraph } from './graph-numbering.ts';
import type { Leaf, MemberTree } from './graph.ts';
import { OP, type Op } from './mask.ts';
import { COMPARISONS, type Bound, type Comparison, type RuleNode, type TestNode } from './rule.ts';
import { TupleTable } from './tuple-table.ts';

type Scalar = string | number | boolean;

const COMPARISON_NUMBERS: ReadonlyMap<string, number> = new Map(COMPARISONS.map((comparison, i) => [comparison, i]));

/** What has been read of one fact. */
interface FactSlot {
  /** Its id as a value of tuples. */
  atom: number;
  type: FactType | undefined;
  /** By comparison and by what it is compared with: the tuples of its conditions. */
  tests: (Map<Scalar, number> | undefined)[];
}

export class GraphBuilder {
  readonly #vocabulary: Vocabulary;
  readonly #slots = new Map<string, FactSlot>();
  readonly #tuples = new TupleTable();
  /** By tuple. */
  readonly #leaves = new Map<number, Leaf>();
  readonly #atoms = new Map<Scalar, number>();
  readonly #values: Scalar[] = [];
  #written = new Uint32Array(4096);
  #writtenLength = 0;
  /** Tuples in the making, one on top of the other as deep as groups hold groups. */
  readonly #stack: number[] = [];
  #top = 0;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#plain('notStated');
  }

  /** Conditions that have been written so far. */
  get writtenLength(): number {
    return this.#writtenLength;
  }

  /** Adds a rule's conditions. @returns its number, for {@link NumberedGraph.nodeOf} */
  add(written: RuleNode): number {
    // Reading a property is far cheaper than asking whether it is there, and most are conditions.
    const { fact, all, any, none } = written as Partial<Record<'fact' | 'all' | 'any' | 'none', unknown>>;
    if (fact !== undefined) return this.#write(this.#test(written as TestNode));
    if (all !== undefined) return this.#group(OP.all, 0, all as RuleNode[]);
    if (any !== undefined) return this.#group(OP.any, 0, any as RuleNode[]);
    if (none !== undefined) return this.#group(OP.none, 0, none as RuleNode[]);
    if ('at_least_n' in written && Array.isArray(written.of)) return this.#group(OP.atLeast, written.at_least_n, written.of);
    return this.#write('staff_decides' in written ? this.#plain('staff') : this.#members(written));
  }

  finish(): NumberedGraph {
    return numberNodes({
      tuples: this.#tuples,
      leaves: this.#leaves,
      values: this.#values,
      written: this.#written.subarray(0, this.#writtenLength),
    });
  }

  #write(leaf: number): number {
    if (this.#writtenLength === this.#written.length) {
      const before = this.#written;
      this.#written = new Uint32Array(before.length * 2);
      this.#written.set(before);
    }
    this.#written[this.#writtenLength++] = leaf;
    return leaf;
  }

  #group(op: Op, n: number, parts: readonly RuleNode[]): number {
    const from = this.#top;
    this.#push(op);
    // More than all of them can never hold, however many more.
    this.#push(Math.min(n, parts.length + 1));
    for (let i = 0; i < parts.length; i++) {
      const part = this.add(parts[i]!);
      // Order and repetition do not matter, but how often a condition stands in "at least n" does.
      this.#insert(part, from + 2, op === OP.atLeast);
    }
    if (this.#top === from + 3 && (op === OP.all || op === OP.any)) {
      this.#top = from;
      return this.#stack[from + 2]!;
    }
    return this.#intern(from);
  }

  #test(written: TestNode): number {
    const slot = this.#slotOf(written.fact);
    for (const key in written) {
      const comparison = COMPARISON_NUMBERS.get(key);
      const value = written[key as Comparison];
      if (comparison === undefined || value === undefined) continue;
      const compared = toScalar(value);
      if (compared === undefined) return this.#internTest(written, slot, key as Comparison);
      const tests = (slot.tests[comparison] ??= new Map());
      let test = tests.get(compared);
      if (test === undefined) tests.set(compared, (test = this.#internTest(written, slot, key as Comparison)));
      return test;
    }
    throw new Error(`Nothing is asked of ${written.fact}.`);
  }

  #slotOf(fact: string): FactSlot {
    let slot = this.#slots.get(fact);
    if (!slot) {
      slot = { atom: this.#atom(fact), type: this.#vocabulary.catalogue.find(fact)?.type, tests: [] };
      this.#slots.set(fact, slot);
    }
    return slot;
  }

  #internTest(written: TestNode, { atom, type }: FactSlot, key: Comparison): number {
    if (key === 'within' && String(written[key]) === SERVICE_AREA) return this.#plain('serviceArea');
    const from = this.#top;
    this.#push(TUPLE.test);
    this.#push(atom);
    this.#push(COMPARISON_NUMBERS.get(key)!);
    this.#compared(type, key, written[key]);
    const test = this.#intern(from);
    if (!this.#leaves.has(test)) this.#leaves.set(test, { kind: 'test', condition: toCondition(written, this.#vocabulary, false) });
    return test;
  }

  /** What a fact is compared with: words in any order, or bounds. */
  #compared(type: FactType | undefined, comparison: Comparison, value: unknown): void {
    if (comparison === 'is' || comparison === 'is_one_of' || comparison === 'includes' || comparison === 'within') {
      const from = this.#top;
      if (!Array.isArray(value)) this.#push(this.#atom(value as Scalar));
      else for (const word of value as Scalar[]) this.#insert(this.#atom(word), from, false);
    } else if (Array.isArray(value)) {
      for (const bound of value as Bound[]) this.#push(this.#bound(type, bound));
    } else
      this.#push(
        comparison === 'before' || comparison === 'after' ? this.#atom(toDayNumber(value as string)) : this.#bound(type, value as Bound),
      );
  }

  /** A number by its value in common units, a table by its words. */
  #bound(type: FactType | undefined, bound: Bound): number {
    if (typeof bound === 'number') return this.#atom(bound);
    if (typeof bound === 'object' && 'per' in bound) return this.#atom(toYearly(bound.value, bound.per));
    const resolved = toBound(bound, type, this.#vocabulary.tables);
    return this.#atom('number' in resolved ? resolved.number : JSON.stringify([resolved.table.percent, resolved.table.of, resolved.by]));
  }

  #plain(kind: 'staff' | 'serviceArea' | 'notStated'): number {
    const from = this.#top;
    this.#push(TUPLE[kind]);
    const leaf = this.#intern(from);
    if (!this.#leaves.has(leaf)) this.#leaves.set(leaf, { kind });
    return leaf;
  }

  #members(written: RuleNode): number {
    const leaf = toMembersLeaf(written, this.#vocabulary);
    const from = this.#top;
    this.#push(TUPLE.members);
    this.#push(this.#atom(JSON.stringify(leaf)));
    const members = this.#intern(from);
    if (!this.#leaves.has(members)) this.#leaves.set(members, leaf);
    return members;
  }

  #atom(value: Scalar): number {
    let atom = this.#atoms.get(value);
    if (atom === undefined) this.#atoms.set(value, (atom = this.#values.push(value) - 1));
    return atom;
  }

  #push(value: number): void {
    this.#stack[this.#top++] = value;
  }

  /** Pushes a value to its place among those that stand ascending from a place on. */
  #insert(value: number, from: number, repeated: boolean): void {
    const stack = this.#stack;
    let at = this.#top;
    while (at > from && stack[at - 1]! > value) at--;
    if (!repeated && at > from && stack[at - 1] === value) return;
    for (let i = this.#top++; i > at; i--) stack[i] = stack[i - 1]!;
    stack[at] = value;
  }

  /** Takes the tuple that begins at a place off the stack. */
  #intern(from: number): number {
    const tuple = this.#tuples.intern(this.#stack, from, this.#top);
    this.#top = from;
    return tuple;
  }
}

/** What stands for a value among the conditions of one fact and comparison: itself, of money the amount a year; else undefined. */
function toScalar(value: unknown): Scalar | undefined {
  if (typeof value !== 'object') return value as Scalar;
  if (value === null || !('per' in value)) return undefined;
  const { value: amount, per } = value as { value: number; per: Period };
  return toYearly(amount, per);
}

function toMembersLeaf(written: RuleNode, vocabulary: Vocabulary): Leaf {
  const ask = (fact: string, quantifier: 'some' | 'every' | 'atLeast', n: number, where: RuleNode): Leaf => ({
    kind: 'members',
    fact,
    quantifier,
    n,
    where: toMemberTree(where, vocabulary),
  });
  if ('some' in written) return ask(written.some, 'some', 1, written.where);
  if ('every' in written) return ask(written.every, 'every', 0, written.where);
  if ('at_least_n' in written && typeof written.of === 'string' && written.where)
    return ask(written.of, 'atLeast', written.at_least_n, written.where);
  throw new Error(`Nothing is asked by ${JSON.stringify(written)}.`);
}

function toMemberTree(written: RuleNode, vocabulary: Vocabulary): MemberTree {
  const group = (op: Op, nodes: readonly RuleNode[], n = 0): MemberTree => ({
    kind: 'group',
    op,
    n,
    children: nodes.map((node) => toMemberTree(node, vocabulary)),
  });
  if ('all' in written) return group(OP.all, written.all);
  if ('any' in written) return group(OP.any, written.any);
  if ('none' in written) return group(OP.none, written.none);
  if ('at_least_n' in written && Array.isArray(written.of)) return group(OP.atLeast, written.of, written.at_least_n);
  if ('staff_decides' in written) return { kind: 'staff' };
  if ('fact' in written) return { kind: 'test', condition: toCondition(written, vocabulary, true) };
  throw new Error('A "where" cannot hold another "some", "every" or "at_least_n … where".');
}
