// All rules of a directory, compiled once: which versions there are, and the graph that evaluates them.

import { createFactCatalogue, type FactCatalogue } from '../intake/catalogue.ts';
import type { FactDefinition } from '../intake/facts.ts';
import { compileComputedFacts, type ComputedFacts } from './compute-facts.ts';
import { GraphBuilder, type Graph, type RuleTree } from './graph.ts';
import type { Rule } from './rule.ts';
import type { RuleTable } from './tables.ts';

export interface RuleVersion {
  rule: Rule;
  tree: RuleTree;
}

export interface RuleSet {
  /** Rule ids by rule number. */
  readonly ids: readonly string[];
  /** Versions by rule number, the latest first. */
  readonly versions: readonly (readonly RuleVersion[])[];
  readonly graph: Graph;
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
  const versions: RuleVersion[][] = [];
  for (const rule of rules) {
    let number = numbers.get(rule.rule);
    if (number === undefined) {
      number = versions.length;
      numbers.set(rule.rule, number);
      versions.push([]);
    }
    versions[number]!.push({ rule, tree: builder.add(rule.eligible_when, 'eligible_when') });
  }
  for (const list of versions) list.sort((a, b) => b.rule.version - a.rule.version);
  return {
    ids: [...numbers.keys()],
    versions,
    graph: builder.finish(),
    catalogue,
    computed: compileComputedFacts({ catalogue, tables: tablesById }),
    tables: tablesById,
    numberOf: (id) => numbers.get(id),
  };
}

/** The version of a rule that holds on a day (YYYY-MM-DD): the latest of those in force. */
export function findVersion(ruleSet: RuleSet, number: number, on: string): RuleVersion | undefined {
  return ruleSet.versions[number]?.find(
    ({ rule: { applies } }) => (!applies?.from || applies.from <= on) && (!applies?.to || applies.to >= on),
  );
}
