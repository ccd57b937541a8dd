// What is due in a person's record, and when: derived from what is there, never written by hand. It does not hang on the clock, so
// that it can be kept for lists at each write; whoever reads the list compares it with their day.

import type { PayloadOf } from './entry.ts';
import type { PersonRecord } from './record.ts';
import { TIME_LIMITS_DAYS, isOpen } from './referral.ts';
import { isClosed, lastClosing, listOpenFollowUps } from './stage.ts';
import { listMissed } from './appointments.ts';

export const DUE_KINDS = [
  'contact',
  'review',
  'task',
  'step',
  'goal',
  'appointment',
  'missed_twice',
  'consent_ends',
  'referral',
  'closing_decision',
  'follow_up',
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

export interface Due {
  kind: DueKind;
  /** A day, or an instant where the hour matters; both compare as text. */
  at: string;
  /** What it is about, once for each kind: the id of a task, step, goal, appointment, consent, referral, closing or entry. */
  about: string;
}

type Intensity = PayloadOf<'intensity'>['level'];

/** Days between contacts and between reviews, and what a person weighs in a caseload. A judgement, one table. */
export const RHYTHM: Readonly<Record<Intensity, { contactDays: number; reviewDays: number; weight: number }>> = {
  intensive: { contactDays: 3, reviewDays: 30, weight: 4 },
  regular: { contactDays: 14, reviewDays: 90, weight: 2 },
  light: { contactDays: 30, reviewDays: 180, weight: 1 },
  phasing_out: { contactDays: 60, reviewDays: 90, weight: 1 },
};
const DEFAULT_INTENSITY: Intensity = 'regular';

/** A consent is talked about so many days before it ends, where it is a long one; a short one when three quarters have passed. */
const CONSENT_NOTICE_DAYS = 14;
const MISSED_IN_A_ROW = 2;
const DAY_MS = 86_400_000;

/** What a person weighs in a worker's caseload; nothing once closed. */
export function weightOf(record: PersonRecord): number {
  return isClosed(record) ? 0 : rhythmOf(record).weight;
}

/** All that is due, in the order of time. `opened`: the instant at which the record was opened. */
export function listDue(record: PersonRecord, { opened }: { opened: string }): Due[] {
  const due = isClosed(record) ? [...listFollowUps(record)] : listOpenDue(record, opened);
  return due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : DUE_KINDS.indexOf(a.kind) - DUE_KINDS.indexOf(b.kind)));
}

function listOpenDue(record: PersonRecord, opened: string): Due[] {
  return [
    ...listRhythm(record, opened),
    ...listTasks(record),
    ...listPlan(record),
    ...listAppointments(record),
    ...listConsents(record),
    ...listReferrals(record),
    ...listClosings(record),
  ];
}

const rhythmOf = (record: PersonRecord) => RHYTHM[record.intensity?.level ?? DEFAULT_INTENSITY];

function* listRhythm(record: PersonRecord, opened: string): Generator<Due> {
  const { contactDays, reviewDays } = rhythmOf(record);
  const start = latest([opened, record.reopenings.at(-1)?.entry.at]);
  const reached = record.contactsMade.filter((contact) => contact.with === 'person' && contact.outcome === 'reached');
  const kept = record.appointments.filter((appointment) => appointment.state === 'kept');
  const lastContact = latest([start, ...reached.map((contact) => contact.when), ...kept.map((appointment) => appointment.when)]);
  yield { kind: 'contact', at: addDays(lastContact, contactDays), about: 'contact' };
  const review = record.reviews.at(-1);
  const agreed = review && review.on >= dayOf(start) ? review.next : undefined;
  yield { kind: 'review', at: agreed ?? addDays(latest([start, review?.on]), reviewDays), about: 'review' };
}

function* listTasks({ tasks }: PersonRecord): Generator<Due> {
  for (const { task, due, state } of tasks) if (state === 'open' && due !== undefined) yield { kind: 'task', at: due, about: task };
}

function* listPlan({ plans, standings }: PersonRecord): Generator<Due> {
  const goals = new Set(plans.at(-1)?.plan.goals.map((goal) => goal.id));
  for (const { id, state, by } of standings) {
    if (state === 'open' && by !== undefined) yield { kind: goals.has(id) ? 'goal' : 'step', at: by, about: id };
  }
}

/** One that is planned is due when it is, and stays due until somebody says how it went. */
function* listAppointments({ appointments, reviews }: PersonRecord): Generator<Due> {
  for (const { appointment, when, state } of appointments)
    if (state === 'planned') yield { kind: 'appointment', at: when, about: appointment };
  const missed = listMissed({ appointments });
  const [newest] = missed;
  if (!newest || missed.length < MISSED_IN_A_ROW) return;
  const talkedAbout = (reviews.at(-1)?.on ?? '') >= dayOf(newest.when);
  if (!talkedAbout) yield { kind: 'missed_twice', at: dayOf(newest.when), about: newest.appointment };
}

function* listConsents({ consents }: PersonRecord): Generator<Due> {
  for (const { consent, purpose, recipient, from, until, withdrawn } of consents) {
    const renewed = consents.some(
      (other) => other.purpose === purpose && other.recipient === recipient && !other.withdrawn && other.until > until,
    );
    if (withdrawn || renewed || until <= from) continue;
    const threeQuarters = Date.parse(from) + (Date.parse(until) - Date.parse(from)) * 0.75;
    const notice = Math.max(threeQuarters, Date.parse(until) - CONSENT_NOTICE_DAYS * DAY_MS);
    yield { kind: 'consent_ends', at: dayOf(new Date(notice).toISOString()), about: consent };
  }
}

/** An open referral is due at half of the time that its state has: then somebody asks how it stands. */
function* listReferrals({ referrals }: PersonRecord): Generator<Due> {
  for (const { referral, events } of referrals) {
    const { state, appointmentAt, entry } = events.at(-1)!;
    const limit = TIME_LIMITS_DAYS[state];
    if (!isOpen(state) || limit === undefined) continue;
    const at = state === 'scheduled' && appointmentAt !== undefined ? appointmentAt : addDays(entry.at, Math.ceil(limit / 2));
    yield { kind: 'referral', at, about: referral };
  }
}

function* listClosings({ closings }: PersonRecord): Generator<Due> {
  const asked = closings.at(-1);
  if (asked && !asked.decision) yield { kind: 'closing_decision', at: dayOf(asked.entry.at), about: asked.closing };
}

/** After a closing: the follow-ups that were agreed and of which nobody has told yet. */
function* listFollowUps(record: PersonRecord): Generator<Due> {
  const closing = lastClosing(record);
  if (!closing) return;
  for (const days of listOpenFollowUps(record, closing))
    yield { kind: 'follow_up', at: addDays(closing.decision!.entry.at, days), about: `${closing.closing}:${days}` };
}

const dayOf = (at: string): string => at.slice(0, 10);

/** The day so many days after a day or an instant. */
function addDays(at: string, days: number): string {
  return dayOf(new Date(Date.parse(dayOf(at)) + days * DAY_MS).toISOString());
}

function latest(times: readonly (string | undefined)[]): string {
  return times.reduce<string>((last, time) => (time !== undefined && time > last ? time : last), '');
}
