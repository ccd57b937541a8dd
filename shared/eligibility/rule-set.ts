// All rules of a directory, compiled once: which versions there are, and the graph that evaluates them.

import { createFactCatalogue, type FactCatalogue } from '../intake/catalogue.ts';
import type { FactDefinition } from '../intake/facts.ts';
import { compileComputedFacts, type ComputedFacts } from './computed-facts.ts';
import { GraphBuilder } from './graph-builder.ts';
import { NOT_STATED_NODE, type Graph } from './graph.ts';
import type { Rule } from './rule.ts';
import type { RuleTable } from './tables.ts';

export interface RuleVersion {
  readonly rule: Rule;
  /** The rule's own effective dates. */
  readonly applies: Rule['applies'];
  /** Node of `eligible_when`. */
  readonly root: number;
  /** Where its conditions begin among those of all rules, in reading order. */
  readonly firstWritten: number;
}

export interface RuleSet {
  /** Rule ids by rule number. */
  readonly ids: readonly string[];
  /** Versions by rule number, the latest first. */
  readonly versions: readonly (readonly RuleVersion[])[];
  readonly graph: Graph;
  /** Nodes of all conditions as they were written; a version's own begin at its `firstWritten`. */
  readonly written: Uint32Array;
  readonly catalogue: FactCatalogue;
  readonly computed: ComputedFacts;
  readonly tables: ReadonlyMap<string, RuleTable>;
  /** The rule number of an id; undefined: there is no such rule. */
  numberOf(id: string): number | undefined;
}

export interface RuleSetSources {
  rules: Iterable<Rule>;
  tables?: Iterable<RuleTable>;
  facts: Iterable<FactDefinition>;
}

/** Compiles rules that have been checked (parseRule). All versions of a rule share one number. */
export function compileRules({ rules, tables = [], facts }: RuleSetSources): RuleSet {
  const catalogue = createFactCatalogue(facts);
  const tablesById = new Map([...tables].map((t) => [t.table, t]));
  const builder = new GraphBuilder({ catalogue, tables: tablesById });
  const numbers = new Map<string, number>();
  const versions: { -readonly [K in keyof RuleVersion]: RuleVersion[K] }[][] = [];
  for (const rule of rules) {
    let number = numbers.get(rule.rule);
    if (number === undefined) {
      number = versions.push([]) - 1;
      numbers.set(rule.rule, number);
    }
    const firstWritten = builder.writtenLength;
    versions[number]!.push({ rule, applies: rule.applies, root: builder.add(rule.eligible_when), firstWritten });
  }
  const { graph, nodeOf, written } = builder.finish();
  for (const list of versions) {
    for (const version of list) version.root = nodeOf[version.root]!;
    if (list.length > 1) list.sort((a, b) => b.rule.version - a.rule.version);
  }
  return {
    ids: [...numbers.keys()],
    versions,
    graph,
    written,
    catalogue,
    computed: compileComputedFacts({ catalogue, tables: tablesById }),
    tables: tablesById,
    numberOf: (id) => numbers.get(id),
  };
}

/** The version of a rule that holds on a day (YYYY-MM-DD): the latest of those in force. */
export function findVersion(ruleSet: RuleSet, number: number, on: string): RuleVersion | undefined {
  return ruleSet.versions[number]?.find(({ applies }) => (!applies?.from || applies.from <= on) && (!applies?.to || applies.to >= on));
}

const lastRoots = new WeakMap<RuleSet, { on: string; roots: Uint32Array }>();

/** By rule number: the node of the version that holds on a day. Kept for the last day, since people are decided on today. */
export function rootsOn(ruleSet: RuleSet, on: string): Uint32Array {
  let last = lastRoots.get(ruleSet);
  if (last?.on !== on) {
    const roots = new Uint32Array(ruleSet.versions.length);
    for (let number = 0; number < roots.length; number++) roots[number] = findVersion(ruleSet, number, on)?.root ?? NOT_STATED_NODE;
    last = { on, roots };
    lastRoots.set(ruleSet, last);
  }
  return last.roots;
}
