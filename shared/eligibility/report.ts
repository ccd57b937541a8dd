// A decision as one JSON document: verdict, reasons in words, what is missing, by how much it was missed, and the versions
// of everything that took part. The contract of `waypost rules decide`.

import { fromYearly } from '../intake/money.ts';
import { toIsoDate } from '../intake/dates.ts';
import type { FactValue, Period } from '../intake/facts.ts';
import type { Messages } from '../platform/messages.ts';
import type { Decision } from './evaluate.ts';
import { explain, resolveThresholds, type Because, type ResolvedThreshold } from './explain.ts';
import type { AreaState } from './mask.ts';
import { findNearMisses, type NearMiss } from './near-miss.ts';
import { sayReason, toPeriod } from './say.ts';
import type { Verdict } from './rule.ts';

/** A limit as it was resolved: a number, an amount with its period, a day, or the words that are wanted. */
type Threshold = number | string | boolean | { value: number; per: Period } | { between: [number, number]; per?: Period };

export interface ReasonReport {
  /** Id of the condition, or its path in the rule. */
  condition: string;
  outcome: 'met' | 'failed' | 'open' | 'staff';
  /** One of a smallest set that decides: without it the verdict would be open. */
  core: boolean;
  /** One sentence in the reader's language. */
  sentence: string;
  fact?: string;
  /** The fact as it was told; absent: unknown. */
  value?: FactValue;
  /** Day on which it was told, where that was said. */
  asOf?: string;
  /** One limit; of "between" two; of words all that are wanted. */
  threshold?: Threshold | Threshold[];
  /** Table from which the limit comes, and the first day of the version that was used. */
  table?: { id: string; percent: number; version?: string; source?: { title: string; url: string } };
}

export interface DecisionReport {
  verdict: Verdict;
  reasons: ReasonReport[];
  /** Facts that could still settle it. */
  missing: string[];
  nearMiss: NearMiss[];
  versions: {
    rule: string;
    /** Absent: no version of the rule is in force on that day. */
    version?: number;
    on: string;
    /** Table → first day of the version that was used. */
    tables: Record<string, string>;
  };
}

export interface ReportOptions {
  /** Whether the person is in the area that the service publishes. */
  area: AreaState;
  messages: Messages;
  /** Areas that the service publishes, for the sentence. */
  areas?: readonly string[];
}

/** @param rule number of the rule in the decision's rule set */
export function reportDecision(decision: Decision, rule: number, { area, messages, areas = [] }: ReportOptions): DecisionReport {
  const { ruleSet, facts, context, options } = decision;
  const { verdict, version, because, missing } = explain(decision, rule, area);
  const said = { messages, catalogue: ruleSet.catalogue, facts, tables: context, areas };
  const thresholds = because.flatMap((reason) => resolveThresholds(reason, decision));
  return {
    verdict,
    reasons: because.map((reason) => toReason(reason, decision, sayReason(reason, said))),
    missing,
    nearMiss: verdict === 'ineligible' ? findNearMisses(because, decision) : [],
    versions: {
      rule: ruleSet.ids[rule]!,
      ...(version ? { version: version.rule.version } : {}),
      on: options.on,
      tables: Object.fromEntries(
        thresholds.flatMap((t) => (t.table !== undefined && t.version !== undefined ? [[t.table, t.version]] : [])),
      ),
    },
  };
}

function toReason(because: Because, decision: Decision, sentence: string): ReasonReport {
  const { condition, outcome, core, fact, leaf } = because;
  const { ruleSet, facts } = decision;
  const thresholds = resolveThresholds(because, decision);
  const known = fact === undefined || (leaf.kind === 'test' && leaf.condition.ofMember) ? undefined : facts.get(fact);
  const json = known?.json;
  const asOf = typeof json === 'object' && 'asOf' in json ? json.asOf : undefined;
  const type = fact === undefined ? undefined : ruleSet.catalogue.find(fact)?.type;
  const limits = thresholds.flatMap(({ low, high, words }): Threshold[] => {
    if (words) return [...words];
    if (low === undefined || high === undefined) return [];
    const per = type === 'money' ? toPeriod(known) : undefined;
    if (low === high) return [type === 'date' ? toIsoDate(low) : per ? { value: fromYearly(low, per), per } : low];
    return [per ? { between: [fromYearly(low, per), fromYearly(high, per)], per } : { between: [low, high] }];
  });
  const from = thresholds.find(({ table }) => table !== undefined);
  return {
    condition,
    outcome,
    core,
    sentence,
    ...(fact === undefined ? {} : { fact }),
    ...(json === undefined ? {} : { value: json }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(limits.length === 0 ? {} : { threshold: limits.length === 1 ? limits[0]! : limits }),
    ...(from?.table === undefined ? {} : { table: toTable(from) }),
  };
}

function toTable({ table, percent, version, source }: ResolvedThreshold): NonNullable<ReasonReport['table']> {
  return { id: table!, percent: percent!, ...(version === undefined ? {} : { version }), ...(source === undefined ? {} : { source }) };
}
