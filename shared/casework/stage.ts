// The stage that the work with a person is in: computed from what is in the record, never set.

import type { PersonRecord, RecordClosing } from './record.ts';

export const STAGES = [
  'engagement',
  'assessment',
  'planning',
  'implementation',
  'monitoring',
  'closing',
  'following_up',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

type Closing = Pick<PersonRecord, 'closings' | 'reopenings'>;

/** The closing that was approved last and not reopened since. */
export function lastClosing({ closings, reopenings }: Closing): RecordClosing | undefined {
  const approved = closings.findLast((closing) => closing.decision?.decision === 'approved');
  const reopened = reopenings.at(-1)?.entry;
  const decided = approved?.decision?.entry;
  if (!decided || (reopened && (reopened.at > decided.at || (reopened.at === decided.at && reopened.entryId > decided.entryId))))
    return undefined;
  return approved;
}

export function isClosed(record: Closing): boolean {
  return lastClosing(record) !== undefined;
}

/** After how many days each the talks are that were agreed at a closing and of which nobody has told since. */
export function listOpenFollowUps({ followUps }: Pick<PersonRecord, 'followUps'>, closing: RecordClosing): number[] {
  const closedAt = closing.decision?.entry.at;
  if (closedAt === undefined || closing.reason === 'died') return [];
  const told = new Set(followUps.filter(({ entry }) => entry.at >= closedAt).map(({ days }) => days));
  return closing.followUpDays.filter((days) => !told.has(days));
}

/** Where the work stands. Each stage is there as soon as something of it is in the record, and the furthest one counts. */
export function stageOf(record: PersonRecord): Stage {
  const closing = lastClosing(record);
  if (closing) return listOpenFollowUps(record, closing).length === 0 ? 'closed' : 'following_up';
  const asked = record.closings.at(-1);
  if (asked && !asked.decision) return 'closing';
  if (isBeingMonitored(record)) return 'monitoring';
  if (record.plans.at(-1)?.agreed !== undefined || wasSent(record)) return 'implementation';
  if (record.plans.length > 0) return 'planning';
  return Object.keys(record.assessments).length > 0 ? 'assessment' : 'engagement';
}

function wasSent({ referrals }: PersonRecord): boolean {
  return referrals.some(({ events }) => events.some((event) => event.event === 'send'));
}

/** Services are in place, or every step of the plan is settled while a goal is still open. */
function isBeingMonitored({ referrals, plans, standings }: PersonRecord): boolean {
  if (referrals.some(({ events }) => events.some((event) => event.event === 'connect'))) return true;
  const steps = new Set(plans.at(-1)?.plan.goals.flatMap((goal) => goal.steps.map((step) => step.id)));
  const settled = standings.filter((standing) => steps.has(standing.id) && standing.state !== 'open');
  return steps.size > 0 && settled.length === steps.size;
}
