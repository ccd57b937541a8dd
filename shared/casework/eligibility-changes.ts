// Who can newly use what, and who no longer can: everybody of a caseload decided at once, as of then and as of now. What changed
// may be a fact, a rule, a table or a birthday; the verdicts tell all of it.

import type { AreaLookup } from '../eligibility/areas.ts';
import { decideMany } from '../eligibility/decide-many.ts';
import { FAILED } from '../eligibility/compare.ts';
import { canUse } from '../eligibility/impact.ts';
import { AREA } from '../eligibility/mask.ts';
import type { RuleSet } from '../eligibility/rule-set.ts';
import type { Facts } from '../intake/facts.ts';
import type { KnownFacts, Possibility } from '../intake/possibility.ts';
import { readFacts } from '../intake/read-facts.ts';

const PLACE = 'household.place';

export interface EligibilityPerson {
  id: string;
  /** As they were known then and as they are known now. */
  before: Facts;
  now: Facts;
}

export interface EligibilityChange {
  id: string;
  /** Where they live, as far as it is known. */
  place: Possibility | undefined;
  /** Ids of rules. */
  gained: string[];
  lost: string[];
}

/**
 * Compares the days `since` and `on` (YYYY-MM-DD) under the rules in force on each, for people in the area that a service serves.
 * Gained: eligible or likely now, and not then. Lost: eligible or likely then and ineligible now; what has merely become open is
 * neither. A person of whose facts one cannot be read is left out. Gives only those for whom something changed.
 */
export function compareEligibility(
  ruleSet: RuleSet,
  people: readonly EligibilityPerson[],
  { since, on, areas }: { since: string; on: string; areas: AreaLookup },
): EligibilityChange[] {
  const read = people.flatMap((person) => {
    const before = readKnown(ruleSet, person.before, since);
    const now = readKnown(ruleSet, person.now, on);
    return before && now ? [{ id: person.id, before, now }] : [];
  });
  const then = decideMany(
    ruleSet,
    read.map((person) => person.before),
    { on: since, areas, area: AREA.inside },
  );
  const today = decideMany(
    ruleSet,
    read.map((person) => person.now),
    { on, areas, area: AREA.inside },
  );
  return read.flatMap(({ id, now }, person) => {
    const change: EligibilityChange = { id, place: now.get(PLACE)?.possible, gained: [], lost: [] };
    ruleSet.ids.forEach((rule, number) => {
      const [was, is] = [then.verdictOf(number, person), today.verdictOf(number, person)];
      if (canUse(is) && !canUse(was)) change.gained.push(rule);
      if (canUse(was) && is === 'ineligible') change.lost.push(rule);
    });
    return change.gained.length + change.lost.length > 0 ? [change] : [];
  });
}

/** Whether a service may serve somebody: not where it publishes areas and they are known to live in none of them. */
export function mayServe(place: Possibility | undefined, published: readonly string[], areas: AreaLookup): boolean {
  return place === undefined || published.length === 0 || areas.within(place, published) !== FAILED;
}

function readKnown({ catalogue }: RuleSet, facts: Facts, on: string): KnownFacts | undefined {
  const result = readFacts(facts, { catalogue, on });
  return result.ok ? result.value : undefined;
}
