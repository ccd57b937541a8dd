// A rule as it was written, tied to the nodes of its conditions and valued for one decision. Made for rules that are shown.

import type { Decision } from './evaluate.ts';
import type { Leaf } from './graph.ts';
import { joinMasks, OP, type Op } from './mask.ts';
import type { RuleVersion } from './rule-set.ts';
import type { RuleNode } from './rule.ts';

export interface RuleTree {
  /** Its id, or its path inside the rule. */
  id: string;
  written: RuleNode;
  /** undefined: a condition. */
  op: Op | undefined;
  n: number;
  children: RuleTree[];
  /** Of a condition: its node in the graph; -1: a group. */
  node: number;
  leaf: Leaf | undefined;
  /** Its value (mask.ts). */
  mask: number;
}

export function readTree({ ruleSet, masks }: Decision, { rule, firstWritten }: RuleVersion): RuleTree {
  let next = firstWritten;
  const read = (written: RuleNode, path: string): RuleTree => {
    const id = written.id ?? path;
    const group = (op: Op, key: string, nodes: readonly RuleNode[], n = 0): RuleTree => {
      const children = nodes.map((child, i) => read(child, `${path}.${key}[${i}]`));
      const mask = joinMasks(
        op,
        n,
        children.map((child) => child.mask),
      );
      return { id, written, op, n, children, node: -1, leaf: undefined, mask };
    };
    if ('all' in written) return group(OP.all, 'all', written.all);
    if ('any' in written) return group(OP.any, 'any', written.any);
    if ('none' in written) return group(OP.none, 'none', written.none);
    if ('at_least_n' in written && Array.isArray(written.of)) return group(OP.atLeast, 'of', written.of, written.at_least_n);
    const node = ruleSet.written[next++]!;
    return { id, written, op: undefined, n: 0, children: [], node, leaf: ruleSet.graph.leaves[node]!, mask: masks[node]! };
  };
  return read(rule.eligible_when, 'eligible_when');
}
