// Runs the tests that a rule brings with it.

import type { FactDefinition } from '../intake/facts.ts';
import { readFacts } from '../intake/read-facts.ts';
import { createAreas } from './areas.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { AREA } from './mask.ts';
import { compileRules, type RuleSet } from './rule-set.ts';
import type { Rule, RuleTest } from './rule.ts';
import type { RuleTable } from './tables.ts';

export interface RuleTestResult {
  rule: string;
  test: string;
  passed: boolean;
  /** What was different, in words; empty where it passed. */
  faults: string[];
}

export interface RuleTestOptions {
  facts: Iterable<FactDefinition>;
  tables?: Iterable<RuleTable>;
  /** Day on which tests without `on` are decided, YYYY-MM-DD. */
  on: string;
}

/**
 * Runs a rule's tests, each on its own day. A service that uses the rule is taken to publish the area that the person lives
 * in where that is known, since a test has no service; with `household.place` unknown the area is open.
 */
export function runRuleTests(rule: Rule, options: RuleTestOptions): RuleTestResult[] {
  const ruleSet = compileRules({ rules: [{ ...rule, applies: undefined }], facts: options.facts, tables: options.tables ?? [] });
  return rule.tests.map((test) => {
    const faults = runOne(ruleSet, test, options.on);
    return { rule: rule.rule, test: test.name, passed: faults.length === 0, faults };
  });
}

function runOne(ruleSet: RuleSet, test: RuleTest, today: string): string[] {
  const on = test.on ?? today;
  const read = readFacts(test.given, { catalogue: ruleSet.catalogue, on });
  if (!read.ok) return read.issues.map((issue) => issue.message);
  const decision = evaluate(ruleSet, read.value, { on, areas: createAreas() });
  const place = read.value.get('household.place')?.possible.kind;
  const { verdict, because, missing } = explain(decision, 0, place === 'words' || place === 'point' ? AREA.inside : AREA.unknown);
  const faults: string[] = [];
  if (verdict !== test.expect) faults.push(`It comes out as "${verdict}", not as "${test.expect}".`);
  for (const id of test.because ?? []) {
    if (!because.some((reason) => reason.condition === id || reason.groups.some((group) => group.id === id)))
      faults.push(`"${id}" is not among the reasons: ${because.map((r) => r.condition).join(', ') || 'none'}.`);
  }
  for (const fact of test.ask ?? []) {
    if (!missing.includes(fact)) faults.push(`"${fact}" is not among the open facts: ${missing.join(', ') || 'none'}.`);
  }
  return faults;
}
