// The value of one condition for one person, whatever its kind.

import type { KnownFacts } from '../intake/possibility.ts';
import { evaluateCondition, factsOf, possibleOf, type Condition, type DecisionContext } from './condition.ts';
import type { Leaf, MemberTree } from './graph.ts';
import { atLeastMask, joinMasks, MASK, toMask } from './mask.ts';

/** As a mask (mask.ts). */
export function evaluateLeaf(leaf: Leaf, facts: KnownFacts, context: DecisionContext): number {
  switch (leaf.kind) {
    case 'test':
      return toMask(evaluateCondition(leaf.condition, facts, undefined, context));
    case 'members':
      return evaluateMembers(leaf, facts, context);
    default:
      return MASK[leaf.kind];
  }
}

/** Facts that the condition reads, beside those of members. */
export function factsOfLeaf(leaf: Leaf): string[] {
  if (leaf.kind === 'test') return factsOf(leaf.condition);
  if (leaf.kind === 'serviceArea') return ['household.place'];
  return leaf.kind === 'members' ? [leaf.fact, ...factsOfMembers(leaf.where)] : [];
}

function factsOfMembers(tree: MemberTree): string[] {
  return conditionsOfMembers(tree).flatMap(factsOf);
}

/** The conditions on each member, in reading order. */
export function conditionsOfMembers(tree: MemberTree): Condition[] {
  if (tree.kind === 'test') return [tree.condition];
  return tree.kind === 'group' ? tree.children.flatMap(conditionsOfMembers) : [];
}

function evaluateMembers(leaf: Extract<Leaf, { kind: 'members' }>, facts: KnownFacts, context: DecisionContext): number {
  const possible = possibleOf(facts, leaf.fact);
  if (possible.kind !== 'members') return MASK.open;
  const masks = possible.members.map((member) => memberMask(leaf.where, member, facts, context));
  if (leaf.quantifier === 'every') return masks.reduce((a, b) => a & b, possible.complete ? MASK.met : MASK.open);
  // Any number of members may be missing, and each may be what is asked for.
  return atLeastMask(leaf.n, masks) | (possible.complete ? MASK.failed : MASK.open);
}

function memberMask(tree: MemberTree, member: KnownFacts, facts: KnownFacts, context: DecisionContext): number {
  if (tree.kind === 'staff') return MASK.staff;
  if (tree.kind === 'test') return toMask(evaluateCondition(tree.condition, facts, member, context));
  return joinMasks(
    tree.op,
    tree.n,
    tree.children.map((child) => memberMask(child, member, facts, context)),
  );
}
