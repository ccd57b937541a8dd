// One match as it is shown: only the rows of the answer come this far.

import { explain, type Because } from '../eligibility/explain.ts';
import type { Decision } from '../eligibility/evaluate.ts';
import type { Leaf } from '../eligibility/graph.ts';
import type { AreaState } from '../eligibility/mask.ts';
import { sayReason, sayWritten, toPeriod } from '../eligibility/say.ts';
import { VERDICTS } from '../eligibility/rule.ts';
import { fromYearly } from '../intake/money.ts';
import type { MatchContext } from './context.ts';
import type { OpeningTimes } from './opening-times.ts';
import type { RankedRow } from './ranking.ts';
import type { RowTravel } from './reach.ts';
import type { Match, Reason } from './request.ts';
import { totalScore } from './score.ts';
import type { Scorer } from './scorer.ts';

export interface Shown {
  context: MatchContext;
  decision: Decision;
  opening: OpeningTimes;
  scorer: Scorer;
  travel: RowTravel;
}

/** Rows as they are shown. Those that share a rule and an area share their reasons, and equal conditions their sentences. */
export function describeMatches(shown: Shown, rows: readonly RankedRow[]): Match[] {
  const writer = new ReasonWriter(shown);
  return rows.map((row) => describeMatch(shown, row, writer));
}

function describeMatch(shown: Shown, { row, way }: RankedRow, writer: ReasonWriter): Match {
  const { context, opening, scorer, travel } = shown;
  const { index } = context;
  const known = way >= 0;
  const seconds = known ? travel.seconds[way]! : undefined;
  const parts = scorer.parts(row, seconds === undefined ? undefined : seconds * 1000);
  return {
    resource: { id: index.id(row), service: index.service(row), organization: index.organization(row), location: index.location(row) },
    verdict: VERDICTS[scorer.verdict(row)]!,
    reasons: writer.reasonsOf(row),
    meters: known ? Math.round(travel.meters[way]!) : null,
    minutes: seconds === undefined ? null : Math.round(seconds / 6) / 10,
    estimated: known && travel.estimated[way] === 1,
    open: opening.describe(index.timetableNumber(row)),
    score: { total: totalScore(parts), parts },
  };
}

type Described = Pick<Reason, 'fact' | 'value' | 'threshold' | 'say'>;

class ReasonWriter {
  readonly #shown: Shown;
  /** By rule, area and the areas that are named. */
  readonly #reasons = new Map<string, Reason[]>();
  /** By condition, and by whether it failed and stands in "none of"; of those that say nothing of their own. */
  readonly #described = new Map<Leaf, (Described | undefined)[]>();

  constructor(shown: Shown) {
    this.#shown = shown;
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
    for (const reason of explain(decision, rule, area).because) {
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
            ...withoutUndefined({ fact }),
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
    let described = this.#described.get(leaf);
    if (!described) this.#described.set(leaf, (described = []));
    const place = (outcome === 'failed' ? 2 : 0) + (negated ? 1 : 0);
    return (described[place] ??= this.#describeAnew(reason, areas));
  }

  #describeAnew(reason: Because, areas: readonly string[]): Described {
    const { context, decision } = this.#shown;
    const { messages, ruleSet } = context;
    const { fact } = reason;
    return {
      ...withoutUndefined({ fact, value: valueOf(decision, reason), threshold: thresholdOf(decision, reason, areas) }),
      say: sayReason(reason, { messages, catalogue: ruleSet.catalogue, facts: decision.facts, tables: decision.context, areas }),
    };
  }
}

/** The fact as it was told; null where it was declined or is not known. */
function valueOf({ facts }: Decision, { fact }: Because): unknown {
  if (fact === undefined) return undefined;
  const known = facts.get(fact);
  return known && !known.declined && !known.stale ? known.json : null;
}

/** What was asked for, in figures: amounts of money in the period in which theirs was told, tables with their version. */
function thresholdOf({ facts, ruleSet }: Decision, { leaf, fact, thresholds }: Because, areas: readonly string[]): unknown {
  if (leaf.kind === 'serviceArea') return areas;
  const money = fact !== undefined && ruleSet.catalogue.find(fact)?.type === 'money';
  const per = toPeriod(fact === undefined ? undefined : facts.get(fact));
  const described = thresholds.map(({ words, low, high, ...table }) => {
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

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
