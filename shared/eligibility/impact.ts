// Who gains and who loses when one version of a rule takes the place of another: in both directions, by kind of household.
// Every figure is of made-up people (panel.ts) or of the rule's own examples; no client's record is read for it.

import type { Facts } from '../intake/facts.ts';
import type { RuleTrial } from './try-rule.ts';
import type { Verdict } from './rule.ts';

export interface ImpactPerson<K extends string> {
  kind: K;
  facts: Facts;
}

export interface ImpactCount {
  /** Could not use it before, and can now (eligible or likely). */
  gain: number;
  /** Could use it before, and cannot now. */
  lose: number;
  same: number;
}

export interface Impact<K extends string> extends ImpactCount {
  byKind: ReadonlyMap<K, ImpactCount>;
  /** By condition: how many of those who lose have it among their reasons. The most frequent first. */
  lostBy: readonly { condition: string; count: number }[];
  /** The first of each direction, as examples: places in the list of people. */
  gaining: readonly number[];
  losing: readonly number[];
}

const EXAMPLES = 3;

/**
 * @param before the version in force; null: there is none, and nobody could use it by a rule
 * @param on day of the decisions, YYYY-MM-DD
 */
export function compareRules<K extends string>(
  before: RuleTrial | null,
  after: RuleTrial,
  people: readonly ImpactPerson<K>[],
  on: string,
): Impact<K> {
  const total: ImpactCount = { gain: 0, lose: 0, same: 0 };
  const byKind = new Map<K, ImpactCount>();
  const conditions = new Map<string, number>();
  const [gaining, losing]: [number[], number[]] = [[], []];
  const given = people.map(({ facts }) => facts);
  const [verdictsBefore, verdictsAfter] = [before?.verdicts(given, on), after.verdicts(given, on)];
  people.forEach(({ kind, facts }, i) => {
    const was = canUse(verdictsBefore?.[i]);
    const is = canUse(verdictsAfter[i]);
    const what = was === is ? 'same' : is ? 'gain' : 'lose';
    let count = byKind.get(kind);
    if (!count) byKind.set(kind, (count = { gain: 0, lose: 0, same: 0 }));
    count[what]++;
    total[what]++;
    if (what === 'gain') gaining.push(i);
    if (what !== 'lose') return;
    losing.push(i);
    for (const { condition } of after.decide(facts, on)?.because ?? []) conditions.set(condition, (conditions.get(condition) ?? 0) + 1);
  });
  return {
    ...total,
    byKind,
    lostBy: [...conditions].map(([condition, count]) => ({ condition, count })).sort((a, b) => b.count - a.count),
    gaining: gaining.slice(0, EXAMPLES),
    losing: losing.slice(0, EXAMPLES),
  };
}

/** Eligible or likely. */
export function canUse(verdict: Verdict | undefined): boolean {
  return verdict === 'eligible' || verdict === 'likely';
}
