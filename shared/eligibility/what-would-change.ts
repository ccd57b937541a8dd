// What would have to be otherwise for a no to open again: a smallest set of facts.

import type { KnownFacts } from '../intake/possibility.ts';
import { withComputedFacts } from './compute-facts.ts';
import type { Decision } from './evaluate.ts';
import { evaluateLeaf, factsOfLeaf } from './leaf.ts';
import { AREA, isFailed, joinMasks, maskIn, VERDICT_OF_BITS, type AreaState } from './mask.ts';
import { findVersion } from './rule-set.ts';
import { maskOf, readTree, type RuleTree } from './rule-tree.ts';
import { VERDICTS, type Verdict } from './rule.ts';

export interface WouldChange {
  /** Facts that people tell; were only these not known, the answer would no longer be no, and it would be if any of them were. */
  facts: string[];
  /** What it would be then: eligible, likely or unknown. */
  verdict: Verdict;
}

/** @returns undefined where the answer is not no, or no fact can open it (a table that has nothing for that day is no fact) */
export function whatWouldChange(decision: Decision, rule: number, area: AreaState): WouldChange | undefined {
  const version = findVersion(decision.ruleSet, rule, decision.options.on);
  if (!version) return undefined;
  const tree = readTree(decision.ruleSet, version);
  if (!isFailed(maskIn(area, maskOf(tree, decision.masks)))) return undefined;
  const without = new Without(decision, area);
  const named = [...new Set(leavesOf(tree).flatMap(({ leaf }) => factsOfLeaf(leaf!).flatMap((id) => without.inputsOf(id))))];
  const kept = new Set(named.filter((id) => decision.facts.has(id) || (id === PLACE && area !== AREA.unknown)));
  if (isFailed(without.bits(tree, kept))) return undefined;
  // Facts that stand behind many conditions go last: what is left over is what cannot be spared.
  for (const id of [...kept]) {
    kept.delete(id);
    if (isFailed(without.bits(tree, kept))) kept.add(id);
  }
  return { facts: [...kept], verdict: VERDICTS[VERDICT_OF_BITS[without.bits(tree, kept)]!]! };
}

const PLACE = 'household.place';

/** The rule as it would come out were some facts not known. */
class Without {
  readonly #decision: Decision;
  readonly #area: AreaState;

  constructor(decision: Decision, area: AreaState) {
    this.#decision = decision;
    this.#area = area;
  }

  /** What people tell behind a fact: that of a computed one, or of an age that comes from a date of birth. */
  inputsOf(id: string): readonly string[] {
    const { ruleSet, facts } = this.#decision;
    const computed = ruleSet.computed.find(id);
    if (computed) return computed.inputs.flatMap((input) => this.inputsOf(input));
    const from = facts.get(id)?.from;
    return from === undefined ? [id] : [from];
  }

  bits(tree: RuleTree, unknown: ReadonlySet<string>): number {
    const { facts, ruleSet, context } = this.#decision;
    const told: KnownFacts = new Map(
      [...facts].filter(([id, fact]) => !unknown.has(id) && !unknown.has(fact.from ?? '') && !ruleSet.computed.find(id)),
    );
    const left = withComputedFacts(ruleSet.computed, told, context);
    const join = ({ op, n, children, leaf }: RuleTree): number =>
      op === undefined ? evaluateLeaf(leaf!, left, context) : joinMasks(op, n, children.map(join));
    return maskIn(unknown.has(PLACE) ? AREA.unknown : this.#area, join(tree));
  }
}

function leavesOf(tree: RuleTree): RuleTree[] {
  return tree.op === undefined ? [tree] : tree.children.flatMap(leavesOf);
}
