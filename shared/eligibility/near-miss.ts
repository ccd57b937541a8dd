// By how much somebody misses a limit, in the fact's unit and, for money, in the period in which the rule writes the limit.

import { fromYearly, toYearly } from '../intake/money.ts';
import type { FactDefinition } from '../intake/facts.ts';
import type { Period } from '../intake/period.ts';
import type { Condition } from './condition.ts';
import type { Decision } from './evaluate.ts';
import { resolveThresholds, type Because } from './explain.ts';
import type { Comparison } from './rule.ts';
import { toPeriod } from './say.ts';

export interface NearMiss {
  /** The condition's id. */
  condition: string;
  /** How far the fact is from counting for the person, above zero: moved by so much, this condition no longer speaks against them. */
  by: number;
  /** Such as "years", "people" or "USD a month". */
  unit: string;
}

/** For each reason of a no that is a number on the wrong side of a limit, both known exactly. */
export function findNearMisses(because: readonly Because[], decision: Decision): NearMiss[] {
  const { facts, ruleSet } = decision;
  return because.flatMap((reason) => {
    const { condition, outcome, leaf, fact, negated, written } = reason;
    if (outcome !== 'failed' || leaf.kind !== 'test' || fact === undefined || leaf.condition.ofMember) return [];
    const known = facts.get(fact);
    const limits = resolveThresholds(reason, decision).flatMap(({ low, high, words = [] }) =>
      low !== undefined ? (low === high ? [low] : [NaN]) : words.filter((word) => typeof word === 'number'),
    );
    const value = known?.possible.kind === 'interval' && known.possible.low === known.possible.high ? known.possible.low : NaN;
    const definition = ruleSet.catalogue.find(fact);
    const per = definition?.type === 'money' ? (writtenPeriod(leaf.condition, written, ruleSet.tables) ?? toPeriod(known)) : undefined;
    const gaps = gapsOf(leaf.condition, limits, negated).map((gap) => distance(value, gap, definition, per));
    const by = Math.min(...gaps.filter((gap) => gap > 0));
    return Number.isFinite(by) ? [{ condition, by, unit: unitOf(definition, per) }] : [];
  });
}

/** A side of a limit to which the fact would have to come; `beyond`: the limit itself is not enough. */
interface Gap {
  limit: number;
  side: 'above' | 'below';
  beyond: boolean;
}

/** Inside "none of" the condition holds, and the fact would have to leave it. */
function gapsOf({ comparison }: Condition, limits: readonly number[], negated: boolean): Gap[] {
  const [low, high = low] = limits as [number, number?];
  if (low === undefined || high === undefined) return [];
  switch (comparison) {
    case 'at_least':
    case 'less_than':
    case 'before':
      return [
        (comparison === 'at_least') !== negated
          ? { limit: low, side: 'above', beyond: false }
          : { limit: low, side: 'below', beyond: true },
      ];
    case 'at_most':
    case 'more_than':
    case 'after':
      return [
        (comparison === 'at_most') !== negated ? { limit: low, side: 'below', beyond: false } : { limit: low, side: 'above', beyond: true },
      ];
    case 'between':
      return negated
        ? [
            { limit: low, side: 'below', beyond: true },
            { limit: high, side: 'above', beyond: true },
          ]
        : [
            { limit: low, side: 'above', beyond: false },
            { limit: high, side: 'below', beyond: false },
          ];
    default:
      // One of several numbers: the nearest, from either side; to leave them all, not from one into its neighbour.
      return limits.flatMap((limit): Gap[] => [
        ...(negated && limits.includes(limit + 1) ? [] : [{ limit, side: 'above', beyond: negated } as const]),
        ...(negated && limits.includes(limit - 1) ? [] : [{ limit, side: 'below', beyond: negated } as const]),
      ]);
  }
}

/** How far it is, in the unit that is told: whole cents, and by one whole step beyond where the limit itself is not enough. */
function distance(value: number, { limit, side, beyond }: Gap, definition: FactDefinition | undefined, per: Period | undefined): number {
  const yearly = side === 'above' ? limit - value : value - limit;
  if (yearly < 0 || Number.isNaN(yearly)) return NaN;
  // No age, number of people or sum is below zero.
  if (side === 'below' && definition?.type !== 'date' && (limit < 0 || (limit === 0 && beyond))) return NaN;
  if (per === undefined) {
    const step = Number.isInteger(value) && Number.isInteger(limit) ? 1 : definition?.type === 'date' ? 1 : 0.01;
    return beyond ? yearly + step : yearly;
  }
  let cents = Math.ceil(fromYearly(yearly, per) * 100 - 1e-6);
  while (toYearly(cents / 100, per) < yearly || (beyond && toYearly(cents / 100, per) === yearly)) cents++;
  return cents / 100;
}

/** As the rule has it: { value: 2000, per: month }, or the period of the table. */
function writtenPeriod(
  { comparison, bounds }: Condition,
  written: Because['written'],
  tables: Decision['ruleSet']['tables'],
): Period | undefined {
  for (const bound of bounds) if ('table' in bound) return tables.get(bound.table.of)?.per;
  const [bound] = [(written as Partial<Record<Comparison, unknown>>)[comparison]].flat();
  return typeof bound === 'object' && bound !== null && 'per' in bound ? (bound.per as Period) : undefined;
}

function unitOf(definition: FactDefinition | undefined, per: Period | undefined): string {
  if (per !== undefined) return `${definition?.unit ?? ''} a ${per}`.trim();
  return definition?.unit ?? (definition?.type === 'date' ? 'days' : '');
}
