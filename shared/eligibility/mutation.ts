// Whether a rule's tests would notice a slip: each comparison is turned round, each bound moved, each group made another
// kind, each value of a list left out, one at a time. A change that no test notices is told.

import { toDayNumber, toIsoDate } from '../intake/dates.ts';
import { isRecord } from '../platform/record.ts';
import type { Path } from './rule-file.ts';
import { judgeRules, type RuleTestOptions } from './rule-tests.ts';
import { COMPARISONS, type Bound, type Comparison, type Rule, type RuleNode, type TestNode } from './rule.ts';
import { findGroup, listNodes, replaceNode } from './walk.ts';

/** One changed rule. */
export interface Mutant {
  /** Id of the condition or group, or its path. */
  condition: string;
  at: Path;
  /** What was changed, such as "at_least: 18 → at_least: 19". */
  change: string;
  rule: Rule;
}

export interface MutationReport {
  mutants: number;
  killed: number;
  survived: Omit<Mutant, 'rule'>[];
}

/** Amounts of money and percentages are moved by this share: a test within it is "just above" or "just below". */
const SHARE = 0.05;

export function listMutants(rule: Rule): Mutant[] {
  return listNodes(rule.eligible_when).flatMap(({ node, at, id }) =>
    changesOf(node).map(({ to, change }) => ({
      condition: id,
      at,
      change,
      rule: { ...rule, eligible_when: replaceNode(rule.eligible_when, at, to) },
    })),
  );
}

/** Runs all tests on all mutants. Tests that fail on the rule itself notice nothing. */
export function runMutants(rule: Rule, options: RuleTestOptions): MutationReport {
  const mutants = listMutants(rule);
  const [own, ...changed] = judgeRules([rule, ...mutants.map((mutant) => mutant.rule)], rule.tests, options);
  const survived = mutants.filter((_, i) => own!.every((result, test) => !result.passed || changed[i]![test]!.passed));
  return {
    mutants: mutants.length,
    killed: mutants.length - survived.length,
    survived: survived.map(({ condition, at, change }) => ({ condition, at, change })),
  };
}

interface Change {
  to: RuleNode;
  change: string;
}

function changesOf(node: RuleNode): Change[] {
  if ('staff_decides' in node) return [];
  const group = findGroup(node);
  if (group) return groupChanges(node, group.nodes);
  if ('fact' in node) return [{ to: { none: [node] }, change: `${sayTest(node)} turned round` }, ...testChanges(node)];
  return quantifierChanges(node);
}

function groupChanges(node: RuleNode, nodes: RuleNode[]): Change[] {
  const own = { ...(node.id === undefined ? {} : { id: node.id }), ...(node.say === undefined ? {} : { say: node.say }) };
  const several = nodes.length > 1;
  if ('all' in node) return several ? [{ to: { ...own, any: nodes }, change: 'all → any' }] : [];
  if ('any' in node) return several ? [{ to: { ...own, all: nodes }, change: 'any → all' }] : [];
  if ('none' in node) {
    const notAll: Change = { to: { ...own, none: [{ all: nodes }] }, change: 'none → not all' };
    return [{ to: { ...own, any: nodes }, change: 'none → any' }, ...(several ? [notAll] : [])];
  }
  const { at_least_n: n } = node as { at_least_n: number };
  return [n - 1, n + 1]
    .filter((other) => other >= 1 && other <= nodes.length)
    .map((other) => ({ to: { ...own, at_least_n: other, of: nodes }, change: `at_least_n: ${n} → ${other}` }));
}

function quantifierChanges(node: RuleNode): Change[] {
  const turned: Change = { to: { none: [node] }, change: 'turned round' };
  if ('some' in node) {
    const { some, ...rest } = node;
    return [turned, { to: { ...rest, every: some }, change: 'some → every' }];
  }
  if ('every' in node) {
    const { every, ...rest } = node;
    return [turned, { to: { ...rest, some: every }, change: 'every → some' }];
  }
  const n = (node as { at_least_n: number }).at_least_n;
  const others = [n - 1, n + 1].filter((other) => other >= 1);
  return [turned, ...others.map((other) => ({ to: { ...node, at_least_n: other } as RuleNode, change: `at_least_n: ${n} → ${other}` }))];
}

function testChanges(node: TestNode): Change[] {
  const comparison = COMPARISONS.find((c) => node[c] !== undefined)!;
  const value = node[comparison];
  const to = (other: unknown): Change => ({
    to: { ...node, [comparison]: other } as RuleNode,
    change: `${sayTest(node)} → ${sayValue(other)}`,
  });
  if (isList(comparison)) {
    const list = Array.isArray(value) ? (value as unknown[]) : [];
    return list.length > 1 ? list.map((_, left) => to(list.filter((_one, i) => i !== left))) : [];
  }
  if (comparison === 'is') return [];
  if (comparison === 'between') {
    const [low, high] = value as [Bound, Bound];
    return [...shifts(low).map((other) => to([other, high])), ...shifts(high).map((other) => to([low, other]))];
  }
  // Nothing is below zero: at least −1 and at least 0 are one.
  return shifts(value as Bound)
    .filter((other) => !(typeof other === 'number' && other < 0 && (comparison === 'at_least' || comparison === 'less_than')))
    .map(to);
}

function isList(comparison: Comparison): boolean {
  return comparison === 'is_one_of' || comparison === 'includes' || comparison === 'within';
}

/** A bound a little lower and a little higher: by one, by a day, by a twentieth of an amount. */
function shifts(bound: Bound): Bound[] {
  if (typeof bound === 'number') return [bound - 1, bound + 1];
  if (typeof bound === 'string') {
    const day = toDayNumber(bound);
    return Number.isNaN(day) ? [] : [toIsoDate(day - 1), toIsoDate(day + 1)];
  }
  if ('percent' in bound) return [1 - SHARE, 1 + SHARE].map((factor) => ({ ...bound, percent: round(bound.percent * factor) }));
  if (bound.value === 0) return [{ ...bound, value: 1 }];
  return [1 - SHARE, 1 + SHARE].map((factor) => ({ ...bound, value: round(bound.value * factor) }));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function sayTest(node: TestNode): string {
  const comparison = COMPARISONS.find((c) => node[c] !== undefined)!;
  return `${comparison}: ${sayValue(node[comparison])}`;
}

/** As short as it can be read: "200% of us_fpl", "2000 a month". */
function sayValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sayValue).join(', ')}]`;
  if (!isRecord(value)) return String(value);
  return 'percent' in value
    ? `${String(value['percent'])}% of ${String(value['of'])}`
    : `${String(value['value'])} a ${String(value['per'])}`;
}
