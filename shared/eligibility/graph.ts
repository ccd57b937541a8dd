// All rules of a directory as one graph. Equal conditions are one node, equal groups are one node, however many rules
// hold them; children stand before their parents, so that one pass in order evaluates everything once.

import { isServiceArea, toCondition, type Condition, type Vocabulary } from './condition.ts';
import type { RuleNode, TestNode } from './rule.ts';

export const OP = { leaf: 0, all: 1, any: 2, none: 3, atLeast: 4 } as const;

export type Leaf =
  | { kind: 'test'; condition: Condition }
  | { kind: 'staff' }
  | { kind: 'serviceArea' }
  /** At least `n` members of whom `where` holds; `every`: all of them. */
  | { kind: 'members'; fact: string; quantifier: 'some' | 'every' | 'atLeast'; n: number; where: MemberTree };

/** The tree under `where`, evaluated member by member. */
export type MemberTree =
  { kind: 'test'; condition: Condition } | { kind: 'staff' } | { kind: 'group'; op: number; n: number; children: MemberTree[] };

/** A node of one rule as it was written, tied to the graph node that carries its value. */
export interface RuleTree {
  node: number;
  /** Its id, or its path inside the rule. */
  id: string;
  written: RuleNode;
  kind: 'all' | 'any' | 'none' | 'atLeast' | 'leaf';
  n: number;
  children: RuleTree[];
}

/** The graph in columns. Node `i` with op `leaf` has its leaf in `leafOf`; others have children. */
export interface Graph {
  length: number;
  op: Uint8Array;
  /** Of `atLeast`: how many. */
  count: Uint16Array;
  /** Children of node i: `children[firstChild[i] .. firstChild[i + 1]]`. */
  firstChild: Uint32Array;
  children: Uint32Array;
  leaves: readonly Leaf[];
  /** Node of each leaf. */
  leafNode: Uint32Array;
  /** Leaf of each node; -1: a group. */
  leafOf: Int32Array;
}

export class GraphBuilder {
  readonly #vocabulary: Vocabulary;
  readonly #interned = new Map<string, number>();
  readonly #op: number[] = [];
  readonly #count: number[] = [];
  readonly #children: number[][] = [];
  readonly #leaves: Leaf[] = [];
  readonly #leafNode: number[] = [];
  #leafOf: number[] = [];

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  add(written: RuleNode, path: string): RuleTree {
    const id = written.id ?? path;
    const group = (kind: 'all' | 'any' | 'none' | 'atLeast', nodes: RuleNode[], n = 0): RuleTree => {
      const key = kind === 'atLeast' ? 'of' : kind;
      const children = nodes.map((child, i) => this.add(child, `${path}.${key}[${i}]`));
      return {
        id,
        written,
        kind,
        n,
        children,
        node: this.#group(
          OP[kind],
          n,
          children.map((c) => c.node),
        ),
      };
    };
    if ('all' in written) return group('all', written.all);
    if ('any' in written) return group('any', written.any);
    if ('none' in written) return group('none', written.none);
    if ('at_least_n' in written && Array.isArray(written.of)) return group('atLeast', written.of, written.at_least_n);
    return { id, written, kind: 'leaf', n: 0, children: [], node: this.#leaf(this.#toLeaf(written)) };
  }

  finish(): Graph {
    const length = this.#op.length;
    const firstChild = new Uint32Array(length + 1);
    this.#children.forEach((children, i) => (firstChild[i + 1] = firstChild[i]! + children.length));
    return {
      length,
      op: Uint8Array.from(this.#op),
      count: Uint16Array.from(this.#count),
      firstChild,
      children: Uint32Array.from(this.#children.flat()),
      leaves: this.#leaves,
      leafNode: Uint32Array.from(this.#leafNode),
      leafOf: Int32Array.from(this.#leafOf),
    };
  }

  #toLeaf(written: RuleNode): Leaf {
    if ('staff_decides' in written) return { kind: 'staff' };
    if ('some' in written) return { kind: 'members', fact: written.some, quantifier: 'some', n: 1, where: this.#member(written.where) };
    if ('every' in written) return { kind: 'members', fact: written.every, quantifier: 'every', n: 0, where: this.#member(written.where) };
    if ('at_least_n' in written) {
      return {
        kind: 'members',
        fact: written.of as string,
        quantifier: 'atLeast',
        n: written.at_least_n,
        where: this.#member(written.where!),
      };
    }
    const condition = toCondition(written as TestNode, this.#vocabulary, false);
    return isServiceArea(condition) && condition.words.length === 1 ? { kind: 'serviceArea' } : { kind: 'test', condition };
  }

  #member(written: RuleNode): MemberTree {
    const group = (op: number, nodes: RuleNode[], n = 0): MemberTree => ({
      kind: 'group',
      op,
      n,
      children: nodes.map((node) => this.#member(node)),
    });
    if ('all' in written) return group(OP.all, written.all);
    if ('any' in written) return group(OP.any, written.any);
    if ('none' in written) return group(OP.none, written.none);
    if ('at_least_n' in written && Array.isArray(written.of)) return group(OP.atLeast, written.of, written.at_least_n);
    if ('staff_decides' in written) return { kind: 'staff' };
    if ('fact' in written) return { kind: 'test', condition: toCondition(written, this.#vocabulary, true) };
    throw new Error('A "where" cannot hold another "some", "every" or "at_least_n … where".');
  }

  #leaf(leaf: Leaf): number {
    return this.#intern(JSON.stringify(leaf), () => {
      this.#leafNode.push(this.#op.length);
      this.#leafOf.push(this.#leaves.length);
      this.#leaves.push(leaf);
      this.#push(OP.leaf, 0, []);
    });
  }

  #group(op: number, n: number, nodes: number[]): number {
    // Order and repetition do not matter, but how often a condition stands in "at least n" does.
    const children = (op === OP.atLeast ? nodes : [...new Set(nodes)]).sort((a, b) => a - b);
    if (children.length === 1 && (op === OP.all || op === OP.any)) return children[0]!;
    return this.#intern(`${op} ${n} ${children.join(' ')}`, () => {
      this.#leafOf.push(-1);
      this.#push(op, n, children);
    });
  }

  #push(op: number, n: number, children: number[]): void {
    this.#op.push(op);
    this.#count.push(n);
    this.#children.push(children);
  }

  #intern(key: string, make: () => void): number {
    let node = this.#interned.get(key);
    if (node === undefined) {
      node = this.#op.length;
      make();
      this.#interned.set(key, node);
    }
    return node;
  }
}
