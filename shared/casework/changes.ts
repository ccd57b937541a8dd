// What changed in a record since a moment, for a review: side by side, what was and what is.

import { comparePlans, type PlanDifference } from './plan.ts';
import type { PersonRecord, RecordedFact } from './record.ts';

export interface RecordChanges {
  facts: { fact: string; before: RecordedFact['told'] | undefined; now: RecordedFact['told'] }[];
  /** Domains that were assessed anew, with the level of need before. */
  assessments: { domain: string; before: string | undefined; now: string }[];
  plan: PlanDifference[];
  /** Goals and steps that were settled or blocked since. */
  progress: PersonRecord['standings'];
  referrals: { referral: string; state: string }[];
  appointments: { kept: number; missed: number };
  contacts: number;
}

/** What came into a record from an instant on. */
export function changesSince(record: PersonRecord, since: string): RecordChanges {
  const isNew = (said: { entry: { at: string } }) => said.entry.at >= since;
  const seen = record.appointments.filter((appointment) => isNew(appointment));
  const touched = new Set(
    record.timeline.flatMap((item) => (item.payload?.kind === 'progress' && item.entry.at >= since ? [item.payload.of] : [])),
  );
  return {
    facts: Object.values(record.facts).flatMap((fact) => {
      const before = fact.before.find((each) => !isNew(each))?.told;
      const changed = isNew(fact) && JSON.stringify(before) !== JSON.stringify(fact.told);
      return changed ? [{ fact: fact.fact, before, now: fact.told }] : [];
    }),
    assessments: Object.entries(record.assessments).flatMap(([domain, list]) => {
      const now = list[0];
      return now && isNew(now) ? [{ domain, before: list.find((each) => !isNew(each))?.need, now: now.need }] : [];
    }),
    plan: planChanges(record, since),
    progress: record.standings.filter((standing) => touched.has(standing.id)),
    referrals: record.referrals.flatMap(({ referral, events }) => {
      const last = events.at(-1)!;
      return isNew(last) ? [{ referral, state: last.state }] : [];
    }),
    appointments: {
      kept: seen.filter((appointment) => appointment.state === 'kept').length,
      missed: seen.filter((appointment) => appointment.state === 'missed').length,
    },
    contacts: record.contactsMade.filter((contact) => isNew(contact) && contact.outcome === 'reached').length,
  };
}

function planChanges({ plans }: PersonRecord, since: string): PlanDifference[] {
  const now = plans.at(-1);
  if (!now || now.entry.at < since) return [];
  const before = plans.findLast((plan) => plan.entry.at < since);
  return comparePlans(before?.plan ?? { goals: [] }, now.plan);
}
