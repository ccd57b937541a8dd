// One rule tried on people, for the builder: the verdict, its reasons, and what each condition and group comes to. What is
// compiled once serves any number of people.

import type { FactDefinition, Facts } from '../intake/facts.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import { readFacts } from '../intake/read-facts.ts';
import type { Messages } from '../platform/messages.ts';
import { createAreas } from './areas.ts';
import { decideMany } from './decide-many.ts';
import { evaluate, type Decision } from './evaluate.ts';
import { explain, type Because, type Explanation } from './explain.ts';
import { isFailed, isMet, maskIn, type AreaState } from './mask.ts';
import { maskOf, readTree, type RuleTree } from './rule-tree.ts';
import { compileRules } from './rule-set.ts';
import { assumedArea } from './rule-tests.ts';
import type { Rule, Verdict } from './rule.ts';
import { sayReason } from './say.ts';
import type { RuleTable } from './tables.ts';

/** What a part of the rule comes to for one person. `staff`: only what staff decide is left. */
export type NodeState = 'met' | 'failed' | 'open' | 'staff';

export interface Tried extends Pick<Explanation, 'verdict' | 'because' | 'missing'> {
  /** By the path of the part inside `eligible_when`: "", "all.0", "all.2.any.1". */
  states: ReadonlyMap<string, NodeState>;
  facts: KnownFacts;
  tree: RuleTree;
  decision: Decision;
}

export interface RuleTrial {
  /**
   * @param facts those that the installation does not know are left out
   * @returns undefined where a fact cannot be read
   */
  decide(facts: Facts, on: string): Tried | undefined;
  /** The verdicts alone, for many people at once, in their order. */
  verdicts(people: readonly Facts[], on: string): (Verdict | undefined)[];
}

export interface RuleTrialSources {
  facts: Iterable<FactDefinition>;
  tables?: Iterable<RuleTable>;
}

/** @param rule checked (parseRule); its effective dates do not matter here */
export function createRuleTrial(rule: Rule, sources: RuleTrialSources): RuleTrial {
  const ruleSet = compileRules({ rules: [{ ...rule, applies: undefined }], facts: sources.facts, tables: sources.tables ?? [] });
  const version = ruleSet.versions[0]![0]!;
  const areas = createAreas();

  function read(given: Facts, on: string): KnownFacts | undefined {
    const known = Object.fromEntries(Object.entries(given).filter(([id]) => ruleSet.catalogue.find(id)));
    const facts = readFacts(known, { catalogue: ruleSet.catalogue, on });
    return facts.ok ? facts.value : undefined;
  }

  return {
    decide(given, on) {
      const facts = read(given, on);
      if (!facts) return undefined;
      const decision = evaluate(ruleSet, facts, { on, areas });
      const area = assumedArea(facts);
      const { verdict, because, missing } = explain(decision, 0, area);
      const tree = readTree(ruleSet, version);
      return { verdict, because, missing, states: listStates(tree, decision, area), facts: decision.facts, tree, decision };
    },
    verdicts(people, on) {
      const verdicts: (Verdict | undefined)[] = people.map(() => undefined);
      const known = people.flatMap((given, i) => {
        const facts = read(given, on);
        return facts ? [{ i, facts, area: assumedArea(facts) }] : [];
      });
      for (const area of new Set(known.map((person) => person.area))) {
        const there = known.filter((person) => person.area === area);
        const decided = decideMany(ruleSet, there.map(({ facts }) => facts), { on, areas, area }); // prettier-ignore
        there.forEach(({ i }, person) => (verdicts[i] = decided.verdictOf(0, person)));
      }
      return verdicts;
    },
  };
}

function listStates(root: RuleTree, { masks }: Decision, area: AreaState): Map<string, NodeState> {
  const states = new Map<string, NodeState>();
  const visit = (tree: RuleTree, path: string): void => {
    const bits = maskIn(area, maskOf(tree, masks));
    states.set(path, isMet(bits) ? 'met' : isFailed(bits) ? 'failed' : (bits & 2) !== 0 && (bits & 4) === 0 ? 'staff' : 'open');
    const key = ['all', 'any', 'none'].find((kind) => kind in tree.written) ?? 'of';
    tree.children.forEach((child, i) => visit(child, path === '' ? `${key}.${i}` : `${path}.${key}.${i}`));
  };
  visit(root, '');
  return states;
}

/** The reasons of a decision as sentences. */
export function sayBecause(because: Because, { facts, decision }: Tried, messages: Messages): string {
  return sayReason(because, { messages, catalogue: decision.ruleSet.catalogue, facts, tables: decision.context });
}
