// A rule as it was written, tied to the nodes of its conditions. Made for rules that are shown, once for each version; what it
// comes to for a person is read from their decision.

import type { Leaf } from './graph.ts';
import { joinMasks, OP, type Op } from './mask.ts';
import type { RuleSet, RuleVersion } from './rule-set.ts';
import type { RuleNode } from './rule.ts';

export interface RuleTree {
  /** Its id, or its path inside the rule. */
  readonly id: string;
  readonly written: RuleNode;
  /** undefined: a condition. */
  readonly op: Op | undefined;
  readonly n: number;
  readonly children: readonly RuleTree[];
  /** Of a condition: its node in the graph; -1: a group. */
  readonly node: number;
  readonly leaf: Leaf | undefined;
}

const trees = new WeakMap<RuleVersion, RuleTree>();

export function readTree(ruleSet: RuleSet, version: RuleVersion): RuleTree {
  let tree = trees.get(version);
  if (!tree) trees.set(version, (tree = tieTree(ruleSet, version)));
  return tree;
}

function tieTree({ graph, written: nodes }: RuleSet, { rule, firstWritten }: RuleVersion): RuleTree {
  let next = firstWritten;
  const read = (written: RuleNode, path: string): RuleTree => {
    const id = written.id ?? path;
    const group = (op: Op, key: string, parts: readonly RuleNode[], n = 0): RuleTree => {
      const children = parts.map((part, i) => read(part, `${path}.${key}[${i}]`));
      return { id, written, op, n, children, node: -1, leaf: undefined };
    };
    if ('all' in written) return group(OP.all, 'all', written.all);
    if ('any' in written) return group(OP.any, 'any', written.any);
    if ('none' in written) return group(OP.none, 'none', written.none);
    if ('at_least_n' in written && Array.isArray(written.of)) return group(OP.atLeast, 'of', written.of, written.at_least_n);
    const node = nodes[next++]!;
    return { id, written, op: undefined, n: 0, children: [], node, leaf: graph.leaves[node]! };
  };
  return read(rule.eligible_when, 'eligible_when');
}

/** What a part of a rule comes to, by the values of all nodes (mask.ts). */
export function maskOf({ op, n, children, node }: RuleTree, masks: Uint16Array): number {
  if (op === undefined) return masks[node]!;
  return joinMasks(
    op,
    n,
    children.map((child) => maskOf(child, masks)),
  );
}
