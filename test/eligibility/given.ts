// Builders for tests of rules: written as agencies write them.

import { createAreas, type AreaLookup } from '#shared/eligibility/areas.ts';
import { evaluate, type Decision } from '#shared/eligibility/evaluate.ts';
import { explain, type Explanation } from '#shared/eligibility/explain.ts';
import { AREA, type AreaState } from '#shared/eligibility/mask.ts';
import { parseRule } from '#shared/eligibility/parse-rule.ts';
import { compileRules } from '#shared/eligibility/rule-set.ts';
import type { Rule, RuleNode } from '#shared/eligibility/rule.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { readFacts } from '#shared/intake/read-facts.ts';
import { contributed } from '../support/contributed.ts';

export const facts = contributed('facts');
export const tables = contributed('ruleTables');
export const ON = '2026-05-01';

export function rule(yaml: string): Rule {
  const parsed = parseRule(yaml);
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => issue.message).join('\n'));
  return parsed.value;
}

/** A rule of one condition. */
export function when(yaml: string): Rule {
  return rule(`rule: test/one\nversion: 1\neligible_when: ${yaml}`);
}

export function ruleOf(node: RuleNode): Rule {
  return { rule: 'test/one', version: 1, status: 'confirmed', who: 'person', eligible_when: node, tests: [] };
}

export function decide(rules: Rule | Rule[], given: Facts, options: { on?: string; areas?: AreaLookup; region?: string } = {}): Decision {
  const ruleSet = compileRules({ rules: [rules].flat(), facts, tables });
  const on = options.on ?? ON;
  const read = readFacts(given, { catalogue: ruleSet.catalogue, on });
  if (!read.ok) throw new Error(read.issues.map((issue) => issue.message).join('\n'));
  return evaluate(ruleSet, read.value, { on, areas: options.areas ?? createAreas(), region: options.region });
}

export function explainOne(
  rules: Rule | Rule[],
  given: Facts,
  options: { on?: string; area?: AreaState; areas?: AreaLookup; region?: string } = {},
): Explanation {
  return explain(decide(rules, given, options), 0, options.area ?? AREA.unknown);
}

export function verdict(rules: Rule | Rule[], given: Facts, options?: Parameters<typeof explainOne>[2]): string {
  return explainOne(rules, given, options).verdict;
}
