// Which rule of a rule set each rule id of an index names: looked up once, and not with every request.

import type { RuleSet } from '../eligibility/rule-set.ts';

const known = new WeakMap<RuleSet, WeakMap<readonly string[], Uint32Array>>();

/** By rule number of the index: the number of the rule set; the number behind the last where it has no such rule. */
export function ruleNumbers(ids: readonly string[], ruleSet: RuleSet): Uint32Array {
  let ofIndexes = known.get(ruleSet);
  if (!ofIndexes) known.set(ruleSet, (ofIndexes = new WeakMap()));
  const before = ofIndexes.get(ids);
  // The list only grows: an index that came from another by a change shares it.
  if (before && before.length >= ids.length) return before;
  const numbers = Uint32Array.from(ids, (id) => ruleSet.numberOf(id) ?? ruleSet.ids.length);
  ofIndexes.set(ids, numbers);
  return numbers;
}
