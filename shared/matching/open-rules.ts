// What is still open of a rule, and nothing else of it: conditions that are decided are gone, and so is what staff decide,
// since no answer changes it. "None of" is turned round, so that what is left are "all" and "any" and "at least n".

import { householdInputs } from '../eligibility/computed-facts.ts';
import { inputsOfJudged } from '../eligibility/judged-facts.ts';
import type { Decision } from '../eligibility/evaluate.ts';
import { conditionsOfMembers, factsOfLeaf } from '../eligibility/leaf.ts';
import type { Leaf } from '../eligibility/graph.ts';
import { isFailed, isMet, maskIn, OP, type AreaState } from '../eligibility/mask.ts';
import { maskOf, readTree, type RuleTree } from '../eligibility/rule-tree.ts';
import { findVersion } from '../eligibility/rule-set.ts';

export interface OpenLeaf {
  kind: 'leaf';
  /** Node of the graph: equal conditions of different rules are one. */
  node: number;
  leaf: Leaf;
  /** It counts against when it is met. */
  negated: boolean;
}

export type OpenTree = OpenLeaf | { kind: 'all' | 'any' | 'atLeast'; n: number; children: OpenTree[] };

/** Null where no fact matters any more. */
export function openTree(decision: Decision, rule: number, area: AreaState): OpenTree | null {
  const version = findVersion(decision.ruleSet, rule, decision.options.on);
  if (!version) return null;
  const bitsOf = (tree: RuleTree): number => maskIn(area, maskOf(tree, decision.masks));
  return prune(readTree(decision.ruleSet, version), bitsOf, false);
}

function prune(tree: RuleTree, bitsOf: (tree: RuleTree) => number, negated: boolean): OpenTree | null {
  const bits = bitsOf(tree);
  if (isMet(bits) || isFailed(bits)) return null;
  if (tree.op === undefined) {
    return tree.leaf!.kind === 'staff' ? null : { kind: 'leaf', node: tree.node, leaf: tree.leaf!, negated };
  }
  const turned = tree.op === OP.none ? !negated : negated;
  const children = tree.children.flatMap((child) => prune(child, bitsOf, turned) ?? []);
  if (children.length === 0) return null;
  if (children.length === 1) return children[0]!;
  if (tree.op !== OP.atLeast) return { kind: (tree.op === OP.all) === turned ? 'any' : 'all', n: 0, children };
  const met = tree.children.filter((child) => isMet(bitsOf(child))).length;
  const wanted = Math.max(1, tree.n - met);
  const n = turned ? children.length - wanted + 1 : wanted;
  return { kind: n <= 1 ? 'any' : n >= children.length ? 'all' : 'atLeast', n, children };
}

/** Facts that a condition reads and that people tell: of a computed or judged fact those that it is worked out from. */
export function factsAskedFor({ ruleSet }: Decision, leaf: Leaf): string[] {
  const { computed, catalogue } = ruleSet;
  const read = factsOfLeaf(leaf).flatMap((fact) =>
    catalogue.find(fact)?.judged ? inputsOfJudged(ruleSet, fact) : (computed.find(fact)?.inputs ?? [fact]),
  );
  const ofMembers = leaf.kind === 'members' ? conditionsOfMembers(leaf.where).filter(({ ofMember }) => ofMember) : [];
  return [...new Set([...read, ...ofMembers.flatMap(({ fact }) => householdInputs(computed, fact))])];
}
