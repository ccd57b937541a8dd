// Why a rule came out as it did, read off the decision itself. For no: the conditions that failed and decide; for an open
// verdict: the open ones; for yes: the met ones. One smallest set among them is marked `core`.

import type { Localized } from '../platform/localized.ts';
import { isExact } from '../intake/possibility.ts';
import { openInputs } from './compute-facts.ts';
import { householdInputs } from './computed-facts.ts';
import { missingOfJudged } from './judged-facts.ts';
import { resolveBound } from './condition.ts';
import { verdictOf, type Decision } from './evaluate.ts';
import type { Leaf } from './graph.ts';
import { conditionsOfMembers, factsOfLeaf } from './leaf.ts';
import { isFailed, isMet, joinMasks, MASK, maskIn, OP, type AreaState } from './mask.ts';
import { findVersion, type RuleVersion } from './rule-set.ts';
import { maskOf, readTree, type RuleTree } from './rule-tree.ts';
import type { RuleNode, Verdict } from './rule.ts';

/** A bound as it was resolved for this decision. Amounts of money are per year. */
export interface ResolvedThreshold {
  /** Lowest and highest that it may be; equal where everything is known. Absent: words are compared. */
  low?: number;
  high?: number;
  words?: readonly (string | boolean | number)[];
  table?: string;
  percent?: number;
  /** First day of the table's version. */
  version?: string;
  source?: { title: string; url: string };
}

/** A group that has an id or says what it asks as a whole. */
export interface NamedGroup {
  id: string;
  say: Localized | undefined;
  negated: boolean;
}

export interface Because {
  /** The condition's id, or its path in the rule. */
  condition: string;
  /** For the person: `failed` inside "none of" means that the condition holds. */
  outcome: 'met' | 'failed' | 'open' | 'staff';
  core: boolean;
  /** Groups with an id or a sentence of their own that it stands in, outermost first. */
  groups: readonly NamedGroup[];
  /** It stands inside "none of". */
  negated: boolean;
  leaf: Leaf;
  written: RuleNode;
  fact?: string;
}

export interface Reasons {
  verdict: Verdict;
  version: RuleVersion | undefined;
  because: Because[];
}

export interface Explanation extends Reasons {
  /** Facts that could still settle it, in the order of the rule. Those declined are not among them. */
  missing: string[];
}

export function explain(decision: Decision, rule: number, area: AreaState): Explanation {
  const reasons = listReasons(decision, rule, area);
  const isOpen = reasons.verdict === 'unknown' || reasons.verdict === 'likely';
  return { ...reasons, missing: isOpen ? missingFacts(decision, reasons.because) : [] };
}

/** {@link explain} without what is missing. */
export function listReasons(decision: Decision, rule: number, area: AreaState): Reasons {
  const version = findVersion(decision.ruleSet, rule, decision.options.on);
  const verdict = verdictOf(decision, rule, area);
  if (!version) return { verdict, version, because: [] };
  const reader = new TreeReader(decision, area);
  const wanted = verdict === 'eligible' ? 'met' : verdict === 'ineligible' ? 'failed' : 'open';
  const tree = readTree(decision.ruleSet, version);
  const found = reader.read(tree, wanted, { negated: false, groups: [] });
  if (wanted !== 'open') found.core = reader.withoutSpare(tree, wanted, found.core);
  const seen = new Map<string, Because>();
  for (const step of found.all) {
    const key = `${step.tree.node} ${step.negated}`;
    const before = seen.get(key);
    const core = found.core.includes(step);
    if (before) before.core ||= core;
    else seen.set(key, toBecause(step, wanted, core));
  }
  return { verdict, version, because: [...seen.values()] };
}

type Wanted = 'met' | 'failed' | 'open';
interface Step {
  tree: RuleTree;
  negated: boolean;
  groups: readonly NamedGroup[];
}
/** The conditions that carry a value, and one smallest choice of them that carries it alone. */
interface Found {
  all: Step[];
  core: Step[];
}

class TreeReader {
  readonly #masks: Uint16Array;
  readonly #area: AreaState;

  constructor({ masks }: Decision, area: AreaState) {
    this.#masks = masks;
    this.#area = area;
  }

  read(tree: RuleTree, wanted: Wanted, inside: Omit<Step, 'tree'>): Found {
    if (tree.op === undefined) {
      const step = { tree, ...inside };
      return { all: [step], core: [step] };
    }
    const turned = tree.op === OP.none;
    // Inside "none of" what is wanted of the group is wanted the other way round of its parts, joined as by "any".
    const inner: Wanted = turned && wanted !== 'open' ? (wanted === 'met' ? 'failed' : 'met') : wanted;
    const { id, say } = tree.written;
    const named = id === undefined && say === undefined ? [] : [{ id: tree.id, say, negated: inside.negated }];
    const below = { negated: inside.negated !== turned, groups: [...inside.groups, ...named] };
    const parts = tree.children.filter((child) => this.#value(child) === inner).map((child) => this.read(child, inner, below));
    return { all: parts.flatMap((p) => p.all), core: this.#core(tree, inner, parts) };
  }

  /** A condition that stands in several places may carry more than one of them: what is then not needed is dropped. */
  withoutSpare(root: RuleTree, wanted: 'met' | 'failed', core: readonly Step[]): Step[] {
    const kept = new Set(core.map((step) => step.tree.node));
    for (const node of [...kept]) {
      kept.delete(node);
      const bits = this.#bitsOf(root, kept);
      if (wanted === 'met' ? !isMet(bits) : !isFailed(bits)) kept.add(node);
    }
    return core.filter((step) => kept.has(step.tree.node));
  }

  /** The four bits of a tree in which only some conditions are known. */
  #bitsOf(tree: RuleTree, known: ReadonlySet<number>): number {
    if (tree.op === undefined) return (known.has(tree.node) ? this.#bits(tree) : MASK.open) & 0xf;
    const bits = tree.children.map((child) => this.#bitsOf(child, known));
    return joinMasks(tree.op, tree.n, bits) & 0xf;
  }

  #bits(tree: RuleTree): number {
    return maskIn(this.#area, maskOf(tree, this.#masks));
  }

  #value(tree: RuleTree): Wanted {
    const bits = this.#bits(tree);
    return isMet(bits) ? 'met' : isFailed(bits) ? 'failed' : 'open';
  }

  /** How many of the parts are needed: all of them, or the few that cost least. */
  #core(tree: RuleTree, inner: Wanted, parts: Found[]): Step[] {
    const cores = parts.map((p) => p.core);
    const fewest = (n: number): Step[] =>
      cores
        .sort((a, b) => a.length - b.length)
        .slice(0, n)
        .flat();
    if (tree.op === OP.all) return inner === 'failed' ? fewest(1) : cores.flat();
    if (tree.op === OP.atLeast) {
      if (inner === 'failed') return fewest(tree.children.length - tree.n + 1);
      const met = tree.children.filter((child) => this.#value(child) === 'met').length;
      return fewest(inner === 'met' ? tree.n : Math.max(1, tree.n - met));
    }
    if (inner === 'met') return fewest(1);
    // Open: one settles "any of" for yes; "none of" needs every one to fail.
    return inner === 'open' && tree.op === OP.any ? fewest(1) : cores.flat();
  }
}

function toBecause({ tree, negated, groups }: Step, wanted: Wanted, core: boolean): Because {
  const leaf = tree.leaf!;
  const outcome = wanted === 'open' && leaf.kind === 'staff' ? 'staff' : wanted;
  const fact = factOf(leaf);
  return { condition: tree.id, outcome, core, groups, negated, leaf, written: tree.written, ...(fact === undefined ? {} : { fact }) };
}

function factOf(leaf: Leaf): string | undefined {
  if (leaf.kind === 'test') return leaf.condition.fact;
  if (leaf.kind === 'members') return leaf.fact;
  return leaf.kind === 'serviceArea' ? 'household.place' : undefined;
}

/** What a reason's condition asked for; nothing where it compares nothing. */
export function resolveThresholds({ leaf }: Pick<Because, 'leaf'>, { facts, context }: Decision): ResolvedThreshold[] {
  if (leaf.kind !== 'test') return [];
  const { bounds, words, numbers } = leaf.condition;
  if (bounds.length === 0) return [{ words: [...words, ...numbers] }];
  return bounds.map((bound) => {
    const { bound: range, version, source } = resolveBound(bound, facts, context);
    return {
      ...(range ?? {}),
      ...('table' in bound ? { table: bound.table.of, percent: bound.table.percent } : {}),
      ...(version === undefined ? {} : { version }),
      ...(source === undefined ? {} : { source }),
    };
  });
}

/** Of a computed or judged fact those that it is worked out from. */
function missingFacts({ facts, ruleSet, context }: Decision, because: readonly Because[]): string[] {
  const missing = new Set<string>();
  const add = (id: string): void => {
    if (ruleSet.computed.find(id)) return openInputs(ruleSet.computed, id, facts, context).forEach((input) => missing.add(input));
    if (ruleSet.catalogue.find(id)?.judged) return missingOfJudged(id, { facts, ruleSet }).forEach((input) => missing.add(input));
    const known = facts.get(id);
    if (!known?.declined && !(known && isExact(known.possible))) missing.add(id);
  };
  for (const { leaf } of because) {
    if (leaf.kind !== 'members') factsOfLeaf(leaf).forEach(add);
    else {
      if (!facts.get(leaf.fact)?.declined) missing.add(leaf.fact);
      factsOfLeaf(leaf).slice(1).forEach(add);
      for (const { fact, ofMember } of conditionsOfMembers(leaf.where)) if (ofMember) householdInputs(ruleSet.computed, fact).forEach(add);
    }
  }
  return [...missing];
}
