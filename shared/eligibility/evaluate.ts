// One pass over the graph for one person: every distinct condition once, every distinct group once,
// then a verdict for each rule number.

import { toDayNumber } from '../intake/dates.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import type { AreaLookup } from './areas.ts';
import { withComputedFacts } from './compute-facts.ts';
import { evaluateCondition, possibleOf, type DecisionContext } from './condition.ts';
import { OP, type Graph, type Leaf, type MemberTree } from './graph.ts';
import { AREA_STATES, atLeastMask, MASK, negateMask, toMask, VERDICT_OF_BITS, verdictCode, type AreaState } from './mask.ts';
import { findVersion, type RuleSet } from './rule-set.ts';
import { VERDICTS, type Verdict } from './rule.ts';

export interface DecisionOptions {
  /** Day of the decision, YYYY-MM-DD. */
  on: string;
  areas: AreaLookup;
  /** Region of dated tables; default: the first of each table. */
  region?: string | undefined;
}

/** All rules decided for one person. Explanations are made from it, for the rules that are shown. */
export interface Decision {
  ruleSet: RuleSet;
  /** What was told, and the computed facts. */
  facts: KnownFacts;
  options: DecisionOptions;
  context: DecisionContext;
  /** Value of each graph node (mask.ts). */
  masks: Uint16Array;
  /** `verdicts[3 × rule number + area state]`, as places in VERDICTS. */
  verdicts: Uint8Array;
}

export function evaluate(ruleSet: RuleSet, told: KnownFacts, options: DecisionOptions): Decision {
  const context: DecisionContext = { tables: ruleSet.tables, day: toDayNumber(options.on), region: options.region, areas: options.areas };
  const facts = withComputedFacts(ruleSet.computed, told, context);
  const masks = new Uint16Array(ruleSet.graph.length);
  evaluateGraph(ruleSet.graph, masks, (leaf) => evaluateLeaf(leaf, facts, context));

  const verdicts = new Uint8Array(ruleSet.ids.length * AREA_STATES).fill(verdictCode('not_stated'));
  for (let number = 0; number < ruleSet.ids.length; number++) {
    const version = findVersion(ruleSet, number, options.on);
    if (!version) continue;
    const mask = masks[version.tree.node]!;
    for (let area = 0; area < AREA_STATES; area++) verdicts[number * AREA_STATES + area] = VERDICT_OF_BITS[(mask >> (area * 4)) & 0xf]!;
  }
  return { ruleSet, facts, options, context, masks, verdicts };
}

export function verdictOf(decision: Decision, rule: number, area: AreaState): Verdict {
  return VERDICTS[decision.verdicts[rule * AREA_STATES + area]!]!;
}

function evaluateGraph(graph: Graph, masks: Uint16Array, leafMask: (leaf: Leaf) => number): void {
  const { op, count, firstChild, children, leaves, leafNode } = graph;
  for (let i = 0; i < leaves.length; i++) masks[leafNode[i]!] = leafMask(leaves[i]!);
  for (let node = 0; node < graph.length; node++) {
    const end = firstChild[node + 1]!;
    let child = firstChild[node]!;
    switch (op[node]) {
      case OP.all: {
        let mask: number = MASK.met;
        while (child < end) mask &= masks[children[child++]!]!;
        masks[node] = mask;
        break;
      }
      case OP.any:
      case OP.none: {
        let mask: number = MASK.failed;
        while (child < end) mask |= masks[children[child++]!]!;
        masks[node] = op[node] === OP.any ? mask : negateMask(mask);
        break;
      }
      case OP.atLeast: {
        const of: number[] = [];
        while (child < end) of.push(masks[children[child++]!]!);
        masks[node] = atLeastMask(count[node]!, of);
        break;
      }
    }
  }
}

function evaluateLeaf(leaf: Leaf, facts: KnownFacts, context: DecisionContext): number {
  switch (leaf.kind) {
    case 'test':
      return toMask(evaluateCondition(leaf.condition, facts, undefined, context));
    case 'staff':
      return MASK.staff;
    case 'serviceArea':
      return MASK.serviceArea;
    case 'members':
      return evaluateMembers(leaf, facts, context);
  }
}

/** Members who were not told of count as open, each of them. */
function evaluateMembers(leaf: Extract<Leaf, { kind: 'members' }>, facts: KnownFacts, context: DecisionContext): number {
  const possible = possibleOf(facts, leaf.fact);
  if (possible.kind !== 'members') return MASK.open;
  const masks = possible.members.map((member) => memberMask(leaf.where, member, facts, context));
  if (leaf.quantifier === 'every') return masks.reduce((a, b) => a & b, possible.complete ? MASK.met : MASK.open);
  if (!possible.complete) for (let i = 0; i < leaf.n; i++) masks.push(MASK.open);
  return atLeastMask(leaf.n, masks);
}

function memberMask(tree: MemberTree, member: KnownFacts, facts: KnownFacts, context: DecisionContext): number {
  if (tree.kind === 'staff') return MASK.staff;
  if (tree.kind === 'test') return toMask(evaluateCondition(tree.condition, facts, member, context));
  const masks = tree.children.map((child) => memberMask(child, member, facts, context));
  if (tree.op === OP.atLeast) return atLeastMask(tree.n, masks);
  if (tree.op === OP.all) return masks.reduce((a, b) => a & b, MASK.met);
  const any = masks.reduce((a, b) => a | b, MASK.failed);
  return tree.op === OP.any ? any : negateMask(any);
}
