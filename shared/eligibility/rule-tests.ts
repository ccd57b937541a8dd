// Runs the tests that a rule brings with it.

import type { FactDefinition } from '../intake/facts.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import { readFacts } from '../intake/read-facts.ts';
import { createAreas } from './areas.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { AREA, type AreaState } from './mask.ts';
import { compileRules, type RuleSet } from './rule-set.ts';
import type { Rule, RuleTest } from './rule.ts';
import type { RuleTable } from './tables.ts';

export interface RuleTestResult {
  rule: string;
  test: string;
  passed: boolean;
  /** What the test asks for and what came out, such as "ineligible because income". */
  expected: string;
  got: string;
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
 * Runs a rule's tests, each on its own day, whenever the rule applies. A service that uses the rule is taken to publish the
 * area that the person lives in where that is known, since a test has no service; with `household.place` unknown the area is open.
 */
export function runRuleTests(rule: Rule, options: RuleTestOptions): RuleTestResult[] {
  const ruleSet = compileRules({ rules: [{ ...rule, applies: undefined }], facts: options.facts, tables: options.tables ?? [] });
  return rule.tests.map((test) => ({ rule: rule.rule, test: test.name, ...runOne(ruleSet, test, options.on) }));
}

/** Where a person is taken to be when no service says which area it serves. */
export function assumedArea(facts: KnownFacts): AreaState {
  const place = facts.get('household.place')?.possible.kind;
  return place === 'words' || place === 'point' ? AREA.inside : AREA.unknown;
}

type Outcome = Omit<RuleTestResult, 'rule' | 'test'>;

function runOne(ruleSet: RuleSet, test: RuleTest, today: string): Outcome {
  const on = test.on ?? today;
  const { expect, because: wanted = [], ask = [] } = test;
  const expected = sayOutcome(expect, wanted, ask);
  const read = readFacts(test.given, { catalogue: ruleSet.catalogue, on });
  if (!read.ok) {
    const faults = read.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.message);
    return { passed: false, faults, expected, got: `facts that cannot be read: ${faults.join(' ')}` };
  }
  const decision = evaluate(ruleSet, read.value, { on, areas: createAreas() });
  const { verdict, because, missing } = explain(decision, 0, assumedArea(read.value));
  const reasons = [...new Set(because.flatMap((reason) => [reason.condition, ...reason.groups.map((group) => group.id)]))];
  const faults: string[] = [];
  if (verdict !== expect) faults.push(`It comes out as "${verdict}", not as "${expect}".`);
  for (const id of wanted.filter((one) => !reasons.includes(one)))
    faults.push(`"${id}" is not among the reasons: ${because.map((r) => r.condition).join(', ') || 'none'}.`);
  for (const fact of ask.filter((one) => !missing.includes(one)))
    faults.push(`"${fact}" is not among the open facts: ${missing.join(', ') || 'none'}.`);
  const got = sayOutcome(verdict, wanted.length > 0 ? reasons : [], ask.length > 0 ? missing : []);
  return { passed: faults.length === 0, faults, expected, got };
}

function sayOutcome(verdict: string, because: readonly string[], ask: readonly string[]): string {
  return [
    verdict,
    ...(because.length > 0 ? [`because ${because.join(', ')}`] : []),
    ...(ask.length > 0 ? [`ask ${ask.join(', ')}`] : []),
  ].join(' ');
}
