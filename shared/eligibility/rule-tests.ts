// Runs the tests that a rule brings with it.

import type { FactCatalogue } from '../intake/catalogue.ts';
import type { FactDefinition } from '../intake/facts.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import { readFacts } from '../intake/read-facts.ts';
import { createAreas } from './areas.ts';
import { evaluate, verdictOf, type Decision, type DecisionOptions } from './evaluate.ts';
import { explain } from './explain.ts';
import { said, type Said, type Sayable } from './faults.ts';
import { AREA, type AreaState } from './mask.ts';
import { compileRules } from './rule-set.ts';
import type { Rule, RuleTest } from './rule.ts';
import type { RuleTable } from './tables.ts';

export interface RuleTestResult {
  rule: string;
  test: string;
  passed: boolean;
  /** What the test asks for and what came out, such as "ineligible because income". */
  expected: string;
  got: string;
  /** What was different; empty where it passed. */
  faults: Sayable[];
}

export interface RuleTestOptions {
  facts: Iterable<FactDefinition>;
  tables?: Iterable<RuleTable>;
  /** Day on which tests without `on` are decided, YYYY-MM-DD. */
  on: string;
}

/** Runs a rule's tests, each on its own day, whenever the rule applies. */
export function runRuleTests(rule: Rule, options: RuleTestOptions): RuleTestResult[] {
  return judgeRules([rule], rule.tests, options)[0]!;
}

/** What the same tests make of several rules: of a rule and its variants. All are decided in one pass for each test. */
export function judgeRules(rules: readonly Rule[], tests: readonly RuleTest[], options: RuleTestOptions): RuleTestResult[][] {
  const numbered = rules.map((rule, i) => ({ ...rule, rule: `${rule.rule}#${i}`, applies: undefined }));
  const ruleSet = compileRules({ rules: numbered, facts: options.facts, tables: options.tables ?? [] });
  const results: RuleTestResult[][] = rules.map(() => []);
  for (const test of prepareTests(tests, ruleSet.catalogue, options.on)) {
    const decision = test.facts && evaluate(ruleSet, test.facts, test.options);
    rules.forEach((rule, number) => {
      const outcome = decision ? judge(decision, number, test) : toUnreadable(test);
      results[number]!.push({ rule: rule.rule, test: test.test.name, ...outcome });
    });
  }
  return results;
}

/** A test whose facts were read for its day. */
export interface PreparedTest {
  test: RuleTest;
  /** Undefined where they cannot be read. */
  facts: KnownFacts | undefined;
  faults: string[];
  options: DecisionOptions;
  area: AreaState;
}

export function prepareTests(tests: readonly RuleTest[], catalogue: FactCatalogue, today: string): PreparedTest[] {
  const areas = createAreas();
  return tests.map((test) => {
    const on = test.on ?? today;
    const read = readFacts(test.given, { catalogue, on });
    return {
      test,
      facts: read.ok ? read.value : undefined,
      faults: read.ok ? [] : read.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.message),
      options: { on, areas, region: test.region },
      area:
        test.in_service_area === undefined
          ? assumedArea(read.ok ? read.value : NOTHING)
          : test.in_service_area
            ? AREA.inside
            : AREA.outside,
    };
  });
}

const NOTHING: KnownFacts = new Map();

/**
 * Where a person is taken to be when no service says which area it serves: within it where the place is known, since whoever
 * tries a rule means one that serves them.
 */
export function assumedArea(facts: KnownFacts): AreaState {
  const place = facts.get('household.place')?.possible.kind;
  return place === 'words' || place === 'point' ? AREA.inside : AREA.unknown;
}

type Outcome = Omit<RuleTestResult, 'rule' | 'test'>;

function judge(decision: Decision, rule: number, { test, area }: PreparedTest): Outcome {
  const { expect, because: wanted = [], not_because: unwanted = [], ask = [] } = test;
  const verdict = verdictOf(decision, rule, area);
  const told = wanted.length + unwanted.length + ask.length > 0 ? explain(decision, rule, area) : undefined;
  const reasons = [...new Set((told?.because ?? []).flatMap((reason) => [reason.condition, ...reason.groups.map((group) => group.id)]))];
  const missing = told?.missing ?? [];
  const faults: Said[] = [];
  if (verdict !== expect) faults.push(said('fault.test_verdict', { got: verdict, expected: expect }));
  for (const id of wanted.filter((one) => !reasons.includes(one)))
    faults.push(said('fault.test_reason', { id, reasons: reasons.join(', ') || 'none' }));
  for (const id of unwanted.filter((one) => reasons.includes(one))) faults.push(said('fault.test_unwanted_reason', { id }));
  for (const fact of ask.filter((one) => !missing.includes(one)))
    faults.push(said('fault.test_open', { fact, open: missing.join(', ') || 'none' }));
  return {
    passed: faults.length === 0,
    faults,
    expected: sayOutcome(expect, [...wanted, ...unwanted.map((id) => `not ${id}`)], ask),
    got: sayOutcome(verdict, wanted.length + unwanted.length > 0 ? reasons : [], ask.length > 0 ? missing : []),
  };
}

function toUnreadable({ test, faults }: PreparedTest): Outcome {
  const expected = sayOutcome(test.expect, test.because ?? [], test.ask ?? []);
  return { passed: false, faults, expected, got: `facts that cannot be read: ${faults.join(' ')}` };
}

function sayOutcome(verdict: string, because: readonly string[], ask: readonly string[]): string {
  return [
    verdict,
    ...(because.length > 0 ? [`because ${because.join(', ')}`] : []),
    ...(ask.length > 0 ? [`ask ${ask.join(', ')}`] : []),
  ].join(' ');
}
