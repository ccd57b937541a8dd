// What is looked at before a case is closed: stable access, support, knowing the way back, and whatever is still open.

import type { PersonRecord } from './record.ts';
import { isOpen } from './referral.ts';
import { valueOf } from './told.ts';

export interface ClosingFinding {
  code:
    | 'access_not_stable'
    | 'no_support'
    | 'way_back_unknown'
    | 'referral_open'
    | 'goal_without_outcome'
    | 'appointment_planned'
    | 'task_open';
  /** `must`: it cannot be closed so. `look`: whoever approves should know. */
  weight: 'must' | 'look';
  about?: string;
}

type Checklist = PersonRecord['closings'][number]['checklist'];

interface ClosingDraft {
  checklist: Checklist;
  goals: PersonRecord['closings'][number]['goals'];
  openReferrals?: string | undefined;
}

/** What stands against closing, or beside it. The three questions may be answered "no": then it is said, not hidden. */
export function reviewClosing(record: PersonRecord, draft: ClosingDraft): ClosingFinding[] {
  return [...checkList(draft.checklist), ...listOpenReferrals(record, draft), ...listOpenGoals(record, draft), ...listLeftOver(record)];
}

const QUESTIONS = [
  ['accessStable', 'access_not_stable'],
  ['supportInPlace', 'no_support'],
  ['knowsWayBack', 'way_back_unknown'],
] as const;

function* checkList(checklist: Checklist): Generator<ClosingFinding> {
  for (const [question, code] of QUESTIONS) {
    const answer = checklist[question];
    if (valueOf(answer) === true) continue;
    yield { code, weight: answer === 'not_asked' ? 'must' : 'look' };
  }
}

function* listOpenReferrals({ referrals }: PersonRecord, { openReferrals }: ClosingDraft): Generator<ClosingFinding> {
  for (const { referral, events } of referrals) {
    if (isOpen(events.at(-1)!.state))
      yield { code: 'referral_open', weight: openReferrals === undefined ? 'must' : 'look', about: referral };
  }
}

function* listOpenGoals({ plans, standings }: PersonRecord, { goals }: ClosingDraft): Generator<ClosingFinding> {
  const open = new Set(standings.filter((standing) => standing.state === 'open').map((standing) => standing.id));
  for (const { id } of plans.at(-1)?.plan.goals ?? []) {
    if (open.has(id) && !Object.hasOwn(goals, id)) yield { code: 'goal_without_outcome', weight: 'look', about: id };
  }
}

function* listLeftOver({ appointments, tasks }: PersonRecord): Generator<ClosingFinding> {
  for (const { appointment, state } of appointments)
    if (state === 'planned') yield { code: 'appointment_planned', weight: 'look', about: appointment };
  for (const { task, state } of tasks) if (state === 'open') yield { code: 'task_open', weight: 'look', about: task };
}
