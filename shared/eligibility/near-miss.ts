// By how much somebody misses a limit, in the unit in which the fact was told.

import type { FactCatalogue } from '../intake/catalogue.ts';
import { fromYearly } from '../intake/money.ts';
import type { KnownFacts } from '../intake/possibility.ts';
import type { Because } from './explain.ts';
import { toPeriod } from './say.ts';

export interface NearMiss {
  /** The condition's id. */
  condition: string;
  /** How far the fact is from the limit, above zero. */
  by: number;
  /** Such as "years", "people" or "USD a month". */
  unit: string;
}

/** For each reason of a no that is a number on the wrong side of a limit, both known exactly. */
export function findNearMisses(because: readonly Because[], facts: KnownFacts, catalogue: FactCatalogue): NearMiss[] {
  return because.flatMap(({ condition, outcome, leaf, fact, thresholds }) => {
    if (outcome !== 'failed' || leaf.kind !== 'test' || fact === undefined || leaf.condition.ofMember) return [];
    const known = facts.get(fact);
    const limits = thresholds.flatMap(({ low, high }) => (low !== undefined && low === high ? [low] : []));
    if (known?.possible.kind !== 'interval' || known.possible.low !== known.possible.high || limits.length === 0) return [];
    const value = known.possible.low;
    const distance = Math.min(...limits.map((limit) => Math.abs(limit - value)));
    const definition = catalogue.find(fact);
    if (definition?.type !== 'money')
      return [{ condition, by: distance, unit: definition?.unit ?? (definition?.type === 'date' ? 'days' : '') }];
    const per = toPeriod(known);
    return [{ condition, by: fromYearly(distance, per), unit: `${definition.unit ?? 'USD'} a ${per}` }];
  });
}
