// Reasons of the rows that are shown. Rows that share a rule and an area share their reasons, equal conditions their words.

import { listReasons, resolveThresholds, type Because } from '../eligibility/explain.ts';
import type { Decision } from '../eligibility/evaluate.ts';
import type { AreaState } from '../eligibility/mask.ts';
import { isWaiting } from '../eligibility/judged-facts.ts';
import { sayReason, sayWritten, toPeriod } from '../eligibility/say.ts';
import { fromYearly } from '../intake/money.ts';
import { DescribedConditions, type Described } from './described-conditions.ts';
import type { Reason } from './request.ts';
import type { Shown } from './shown.ts';

export class ReasonWriter {
  readonly #shown: Shown;
  /** By rule, area and the areas that are named. */
  readonly #reasons = new Map<string, Reason[]>();
  readonly #described: DescribedConditions;
  /** Judged facts for which a reason is open, and that no function was asked for yet. */
  readonly waiting = new Set<string>();

  constructor(shown: Shown) {
    this.#shown = shown;
    this.#described = shown.context.described ?? new DescribedConditions();
  }

  reasonsOf(row: number): Reason[] {
    const { context, scorer } = this.#shown;
    const { index } = context;
    const rule = scorer.rule(row);
    if (rule === scorer.noRule) {
      // What is only written as text is shown as it stands, and stays open.
      const text = index.eligibilityText(row);
      return text === null ? [] : [{ condition: 'eligibility_text', outcome: 'open', core: false, say: text }];
    }
    const key = `${scorer.kind(row)} ${index.numbers.areas[row]}`;
    let reasons = this.#reasons.get(key);
    if (!reasons) this.#reasons.set(key, (reasons = this.#write(rule, scorer.area(row), index.areas(row))));
    return reasons;
  }

  #write(rule: number, area: AreaState, areas: readonly string[]): Reason[] {
    const { context, decision } = this.#shown;
    const reasons: Reason[] = [];
    const groups = new Map<string, Reason>();
    for (const reason of listReasons(decision, rule, area).because) {
      if (reason.outcome === 'open' && reason.fact !== undefined && isWaiting(reason.fact, decision.facts, decision.ruleSet.catalogue))
        this.waiting.add(reason.fact);
      // A group that says what it asks as a whole stands for its parts, until one of them is met.
      const group = reason.outcome === 'met' ? undefined : reason.groups.find(({ say }) => say !== undefined);
      const before = group && groups.get(group.id);
      if (before) {
        before.core ||= reason.core;
        if (before.fact !== reason.fact) delete before.fact;
        continue;
      }
      const { condition, outcome, core, fact } = reason;
      const described: Reason = group
        ? {
            condition: group.id,
            outcome,
            core,
            ...(fact === undefined ? {} : { fact }),
            say: sayWritten(group.say!, group.negated, context.messages),
          }
        : { condition, outcome, core, ...this.#describe(reason, areas) };
      if (group) groups.set(group.id, described);
      reasons.push(described);
    }
    return reasons;
  }

  #describe(reason: Because, areas: readonly string[]): Described {
    const { leaf, written, outcome, negated } = reason;
    if (leaf.kind !== 'test' || written.say !== undefined) return this.#describeAnew(reason, areas);
    const forms = this.#described.of(leaf, this.#shown.decision);
    return (forms[(outcome === 'failed' ? 2 : 0) + (negated ? 1 : 0)] ??= this.#describeAnew(reason, areas));
  }

  #describeAnew(reason: Because, areas: readonly string[]): Described {
    const { context, decision } = this.#shown;
    const { messages, ruleSet } = context;
    const { fact } = reason;
    const threshold = thresholdOf(decision, reason, areas);
    return {
      ...(fact === undefined ? {} : { fact, value: valueOf(decision, fact) }),
      ...(threshold === undefined ? {} : { threshold }),
      say: sayReason(reason, { messages, catalogue: ruleSet.catalogue, facts: decision.facts, tables: decision.context, areas }),
    };
  }
}

/** The fact as it was told; null where it was declined or is not known. */
function valueOf({ facts }: Decision, fact: string): unknown {
  const known = facts.get(fact);
  return known && !known.declined && !known.stale ? known.json : null;
}

/** What was asked for, in figures: amounts of money in the period in which theirs was told, tables with their version. */
function thresholdOf(decision: Decision, reason: Because, areas: readonly string[]): unknown {
  const { facts, ruleSet } = decision;
  const { leaf, fact } = reason;
  if (leaf.kind === 'serviceArea') return areas;
  const money = fact !== undefined && ruleSet.catalogue.find(fact)?.type === 'money';
  const per = toPeriod(fact === undefined ? undefined : facts.get(fact));
  const described = resolveThresholds(reason, decision).map(({ words, low, high, ...table }) => {
    if (words) return words.length === 1 ? words[0] : words;
    const figure = (n: number): number => (money ? fromYearly(n, per) : n);
    const bound =
      low === undefined || high === undefined
        ? null
        : low === high
          ? figure(low)
          : { atLeast: figure(low), ...(high === Infinity ? {} : { atMost: figure(high) }) };
    return money || 'table' in table ? { value: bound, ...(money ? { per } : {}), ...table } : bound;
  });
  return described.length === 0 ? undefined : described.length === 1 ? described[0] : described;
}
