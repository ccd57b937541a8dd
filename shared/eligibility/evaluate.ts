// Decides all rules for one person in one pass over the graph; after a changed answer only what hangs on it.

import { toDayNumber } from '../intake/dates.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import type { AreaLookup } from './areas.ts';
import { withComputedFacts } from './compute-facts.ts';
import { possibleOf, type DecisionContext } from './condition.ts';
import { NOT_STATED_NODE } from './graph.ts';
import { evaluateLeaf } from './leaf.ts';
import { AREA, AREA_STATES, MASK, VERDICT_OF_BITS, verdictCode, type AreaState } from './mask.ts';
import { passGroups } from './pass.ts';
import { rootsOn, type RuleSet } from './rule-set.ts';
import { VERDICTS, type Verdict } from './rule.ts';
import { isMetBelow, writeCuts, type ThresholdColumn } from './thresholds.ts';

export interface DecisionOptions {
  /** Day of the decision, YYYY-MM-DD. */
  on: string;
  areas: AreaLookup;
  /** Region of dated tables; default: the first of each table. */
  region?: string | undefined;
}

/** All rules decided for one person. Explanations are made from it, for the rules that are shown. */
export interface Decision {
  readonly ruleSet: RuleSet;
  /** What was told, and the computed facts. */
  readonly facts: KnownFacts;
  readonly options: DecisionOptions;
  readonly context: DecisionContext;
  /** By rule number: the node of the version that holds on the day. */
  readonly roots: Uint32Array;
  /** Value of each node (mask.ts). */
  readonly masks: Uint16Array;
  /** By threshold column: where its two cuts fall. */
  readonly cuts: Uint32Array;
}

export function evaluate(ruleSet: RuleSet, told: KnownFacts, options: DecisionOptions): Decision {
  const context = toContext(ruleSet, options);
  const facts = withComputedFacts(ruleSet.computed, told, context);
  const { graph } = ruleSet;
  const masks = new Uint16Array(graph.length);
  const cuts = new Uint32Array(graph.thresholds.length * 2);
  masks[NOT_STATED_NODE] = MASK.notStated;
  graph.thresholds.forEach((column, i) => {
    writeCuts(column, possibleOf(facts, column.fact), cuts, i);
    fillColumn(column, masks, cuts[2 * i]!, cuts[2 * i + 1]!);
  });
  for (let node = graph.firstSingle; node < graph.leaves.length; node++) masks[node] = evaluateLeaf(graph.leaves[node]!, facts, context);
  passGroups(graph, masks);
  return { ruleSet, facts, options, context, roots: rootsOn(ruleSet, options.on), masks, cuts };
}

export function verdictOf(decision: Decision, rule: number, area: AreaState): Verdict {
  return VERDICTS[verdictCodeOf(decision, rule, area)]!;
}

/** The verdict as its place in VERDICTS. */
export function verdictCodeOf({ masks, roots }: Decision, rule: number, area: AreaState): number {
  return VERDICT_OF_BITS[(masks[roots[rule]!]! >> (area * 4)) & 0xf]!;
}

/** All verdicts as places in VERDICTS: that of a rule and an area state stands at `AREA_STATES × rule + area`. */
export function tabulateVerdicts(
  { masks, roots }: Decision,
  verdicts: Uint8Array = new Uint8Array(roots.length * AREA_STATES),
): Uint8Array {
  for (let rule = 0; rule < roots.length; rule++) {
    const mask = masks[roots[rule]!]!;
    for (let area = 0; area < AREA_STATES; area++) verdicts[rule * AREA_STATES + area] = VERDICT_OF_BITS[(mask >> (area * 4)) & 0xf]!;
  }
  return verdicts;
}

export interface Services {
  /** By service: its rule's number; the number behind the last rule where it states none. */
  rules: Uint32Array;
  /** By service: whether the person is in its area; absent: not known of any. */
  areas?: Uint8Array;
}

/** Verdict of each service as its place in VERDICTS. */
export function scatterVerdicts(decision: Decision, { rules, areas }: Services): Uint8Array {
  const verdicts = new Uint8Array(rules.length);
  const { roots } = decision;
  const states = areas === undefined ? 1 : AREA_STATES;
  const table = new Uint8Array((roots.length + 1) * states).fill(verdictCode('not_stated'));
  if (areas) {
    tabulateVerdicts(decision, table);
    for (let i = 0; i < rules.length; i++) verdicts[i] = table[rules[i]! * AREA_STATES + areas[i]!]!;
  } else {
    for (let rule = 0; rule < roots.length; rule++) table[rule] = verdictCodeOf(decision, rule, AREA.unknown);
    for (let i = 0; i < rules.length; i++) verdicts[i] = table[rules[i]!]!;
  }
  return verdicts;
}

export function toContext(ruleSet: RuleSet, options: DecisionOptions): DecisionContext {
  return { tables: ruleSet.tables, day: toDayNumber(options.on), region: options.region, areas: options.areas };
}

function fillColumn(column: ThresholdColumn, masks: Uint16Array, from: number, to: number): void {
  const { first, bounds } = column;
  const [below, above] = isMetBelow(column) ? [MASK.met, MASK.failed] : [MASK.failed, MASK.met];
  masks.fill(below, first, first + from);
  masks.fill(MASK.open, first + from, first + to);
  masks.fill(above, first + to, first + bounds.length);
}
