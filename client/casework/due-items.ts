// What is due of one person, with the words of what it is about and how it is ticked off.

import { listDue, type Due } from '#shared/casework/due.ts';
import type { EntryPayload } from '#shared/casework/entry.ts';
import type { PersonRecord } from '#shared/casework/record.ts';
import type { Said } from '#shared/casework/timeline.ts';
import { toDay } from './say.ts';

export const DUE_ICON: Readonly<Record<string, string>> = {
  appointment: 'calendar-clock',
  missed_twice: 'calendar-clock',
  task: 'circle-check',
  step: 'list-checks',
  goal: 'flag',
  review: 'refresh-cw',
  contact: 'phone',
  consent_ends: 'key-round',
  follow_up: 'message-circle',
  referral: 'send',
  closing_decision: 'archive',
};

export interface DueItem extends Due {
  /** Its calendar day on this device. */
  on: string;
  /** What it is about, in the words of whoever wrote it. */
  text: string | undefined;
  /** The entry that ticks it off, where one click is enough. */
  done: EntryPayload | undefined;
  /** Of an appointment: itself, as it is told. */
  appointment: Said<'appointment'> | undefined;
  /** Of a follow-up: which one, in days after closing. */
  days: number | undefined;
}

/** All that is due, the soonest first. */
export function dueItems(record: PersonRecord, opened: string): DueItem[] {
  return listDue(record, { opened }).map((due) => ({
    ...due,
    on: toDay(due.at),
    text: textOf(due, record),
    done: doneBy(due, record),
    appointment: due.kind === 'appointment' ? record.appointments.find(({ appointment }) => appointment === due.about) : undefined,
    days: due.kind === 'follow_up' ? Number(due.about.split(':').at(-1)) : undefined,
  }));
}

function textOf({ kind, about }: Due, { tasks, appointments, plans, referrals, consents }: PersonRecord): string | undefined {
  const goals = plans.at(-1)?.plan.goals ?? [];
  if (kind === 'task') return tasks.find(({ task }) => task === about)?.what;
  if (kind === 'appointment') return appointments.find(({ appointment }) => appointment === about)?.what;
  if (kind === 'goal') return goals.find(({ id }) => id === about)?.text;
  if (kind === 'step') return goals.flatMap(({ steps }) => steps).find(({ id }) => id === about)?.text;
  if (kind === 'referral') return referrals.find(({ referral }) => referral === about)?.events.at(-1)?.service.name;
  if (kind === 'consent_ends') return consents.find(({ consent }) => consent === about)?.recipientName;
  return undefined;
}

function doneBy({ kind, about }: Due, { tasks }: PersonRecord): EntryPayload | undefined {
  if (kind === 'step') return { kind: 'progress', of: about, state: 'done' };
  const task = kind === 'task' && tasks.find((each) => each.task === about);
  if (!task) return undefined;
  return { kind: 'task', task: about, what: task.what, state: 'done', ...(task.due ? { due: task.due } : {}) };
}
