// Which branches of a rule its tests have been through: every condition and every group both ways, and what staff decide
// once it comes to that. Only tests that pass count.

import type { KnownFacts } from '../intake/possibility.ts';
import { evaluateCondition } from './condition.ts';
import { evaluate, type Decision } from './evaluate.ts';
import { explain } from './explain.ts';
import type { Leaf, MemberTree } from './graph.ts';
import { maskOf, readTree, type RuleTree } from './rule-tree.ts';
import { isFailed, isMetByFacts, maskIn, OP, type AreaState } from './mask.ts';
import type { Path } from './rule-file.ts';
import { judgeRules, prepareTests, type RuleTestOptions } from './rule-tests.ts';
import { compileRules } from './rule-set.ts';
import type { Rule, RuleNode } from './rule.ts';
import { findGroup } from './walk.ts';

export interface Branch {
  /** Id of the condition or group, or its path. */
  condition: string;
  at: Path;
  /** What no test, or some test, has made of it. */
  outcome: 'met' | 'failed' | 'staff';
}

export interface CoverageReport {
  branches: number;
  covered: number;
  missing: Branch[];
}

export function measureCoverage(rule: Rule, options: RuleTestOptions): CoverageReport {
  const ruleSet = compileRules({ rules: [{ ...rule, applies: undefined }], facts: options.facts, tables: options.tables ?? [] });
  const [results] = judgeRules([rule], rule.tests, options);
  const branches = new BranchList();
  const [version] = ruleSet.versions[0]!;
  const tree = readTree(ruleSet, version!);
  branches.expect(tree, ['eligible_when']);
  prepareTests(rule.tests, ruleSet.catalogue, options.on).forEach((test, i) => {
    if (!results![i]!.passed || !test.facts) return;
    const decision = evaluate(ruleSet, test.facts, test.options);
    branches.mark(tree, ['eligible_when'], { decision, area: test.area, facts: test.facts });
  });
  return branches.report();
}

interface Run {
  decision: Decision;
  area: AreaState;
  facts: KnownFacts;
}

class BranchList {
  readonly #expected = new Map<string, Branch>();
  readonly #seen = new Set<string>();

  /** A condition that always holds has one branch. Groups of one are their only part. */
  expect(tree: RuleTree, at: Path): void {
    const add = (condition: string, path: Path, outcomes: readonly Branch['outcome'][]): void => {
      for (const outcome of outcomes) this.#expected.set(toKey(path, outcome), { condition, at: path, outcome });
    };
    const { leaf } = tree;
    if (leaf) {
      add(tree.id, at, outcomesOf(leaf));
      if (leaf.kind === 'members') this.#expectMember(leaf.where, whereOf(tree.written), [...at, 'where'], add);
      return;
    }
    if (tree.children.length > 1) add(tree.id, at, canFail(tree) ? BOTH : ['met']);
    const { key } = findGroup(tree.written)!;
    tree.children.forEach((child, i) => this.expect(child, [...at, key, i]));
  }

  mark(tree: RuleTree, at: Path, run: Run): void {
    const { leaf } = tree;
    const bits = maskIn(run.area, maskOf(tree, run.decision.masks));
    if (isMetByFacts(bits)) this.#seen.add(toKey(at, 'met'));
    if (isFailed(bits)) this.#seen.add(toKey(at, 'failed'));
    if (!leaf) {
      const { key } = findGroup(tree.written)!;
      return tree.children.forEach((child, i) => this.mark(child, [...at, key, i], run));
    }
    if (leaf.kind === 'staff' && isLeftToStaff(run, tree.id)) this.#seen.add(toKey(at, 'staff'));
    if (leaf.kind !== 'members') return;
    const possible = run.facts.get(leaf.fact)?.possible;
    if (possible?.kind !== 'members') return;
    for (const member of possible.members) this.#markMember(leaf.where, whereOf(tree.written), [...at, 'where'], { ...run, member });
  }

  report(): CoverageReport {
    const missing = [...this.#expected].filter(([key]) => !this.#seen.has(key)).map(([, branch]) => branch);
    return { branches: this.#expected.size, covered: this.#expected.size - missing.length, missing };
  }

  #expectMember(
    tree: MemberTree,
    written: RuleNode,
    at: Path,
    add: (condition: string, path: Path, outcomes: readonly Branch['outcome'][]) => void,
  ): void {
    if (tree.kind === 'test') return add(written.id ?? sayAt(at), at, BOTH);
    if (tree.kind === 'staff') return;
    const { key, nodes } = findGroup(written)!;
    tree.children.forEach((child, i) => this.#expectMember(child, nodes[i]!, [...at, key, i], add));
  }

  #markMember(tree: MemberTree, written: RuleNode, at: Path, run: Run & { member: KnownFacts }): void {
    if (tree.kind === 'staff') return;
    if (tree.kind === 'test') {
      const outcome = evaluateCondition(tree.condition, run.facts, run.member, run.decision.context);
      if (outcome !== 0) this.#seen.add(toKey(at, outcome > 0 ? 'met' : 'failed'));
      return;
    }
    const { key, nodes } = findGroup(written)!;
    tree.children.forEach((child, i) => this.#markMember(child, nodes[i]!, [...at, key, i], run));
  }
}

const BOTH = ['met', 'failed'] as const;

/** Whether facts alone can make it fail: what staff decide is open until they do. */
function canFail({ leaf, op, n, children }: RuleTree): boolean {
  if (leaf) return leaf.kind !== 'staff';
  if (op === OP.none) return children.some((child) => child.leaf?.kind !== 'staff');
  const failing = children.filter(canFail).length;
  if (op === OP.all) return failing > 0;
  return failing > children.length - (op === OP.atLeast ? n : 1);
}

function outcomesOf(leaf: Leaf): readonly Branch['outcome'][] {
  if (leaf.kind === 'staff') return ['staff'];
  if (leaf.kind !== 'test') return BOTH;
  const [bound] = leaf.condition.bounds;
  const always = leaf.condition.comparison === 'at_least' && bound !== undefined && 'number' in bound && bound.number <= 0;
  return always ? ['met'] : BOTH;
}

function isLeftToStaff({ decision, area }: Run, condition: string): boolean {
  return explain(decision, 0, area).because.some((reason) => reason.outcome === 'staff' && reason.condition === condition);
}

function whereOf(written: RuleNode): RuleNode {
  return (written as { where: RuleNode }).where;
}

function toKey(at: Path, outcome: Branch['outcome']): string {
  return `${at.join('/')} ${outcome}`;
}

function sayAt(at: Path): string {
  return at.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}
