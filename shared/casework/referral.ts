// A referral as one state machine: from where, by which event, by whom, to where. All of it is the table below; whatever is not
// in it is refused by name. "Connected" is said by the receiver or the person and never follows from sending.

import { z } from 'zod';
import { fail, ok, type Result } from '../platform/result.ts';

export const REFERRAL_STATES = [
  'draft',
  'sent',
  'seen',
  'accepted',
  'waitlisted',
  'scheduled',
  'in_service',
  'connected',
  'outcome',
  'declined',
  'rerouted',
  'closed',
  'withdrawn',
  'expired',
  'revoked',
] as const;
export const ReferralState = z.enum(REFERRAL_STATES);
export type ReferralState = z.infer<typeof ReferralState>;

export const REFERRAL_EVENTS = [
  'send',
  'see',
  'accept',
  'decline',
  'waitlist',
  'reroute',
  'schedule',
  'start',
  'connect',
  'report_outcome',
  'close',
  'withdraw',
  'expire',
  'revoke',
] as const;
export const ReferralEvent = z.enum(REFERRAL_EVENTS);
export type ReferralEvent = z.infer<typeof ReferralEvent>;

/** Whose doing it is. The person's word may be written down by either agency, and stays the person's. */
export const REFERRAL_ACTORS = ['sender', 'receiver', 'person', 'clock'] as const;
export type ReferralActor = (typeof REFERRAL_ACTORS)[number];

export const OUTCOMES = ['helped', 'partly', 'not', 'unknown'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

/** Why not. A code, so that it can be counted; what else was said is part of the person's record. */
export const REFERRAL_REASONS = [
  'full',
  'not_eligible',
  'wrong_service',
  'outside_area',
  'language',
  'safety',
  'no_contact',
  'chose_another',
  'not_now',
  'no_longer_needed',
  'sent_by_mistake',
  'rather_not_say',
  'other',
] as const;
export const ReferralReason = z.enum(REFERRAL_REASONS);
export type ReferralReason = z.infer<typeof ReferralReason>;

export interface Transition {
  event: ReferralEvent;
  from: readonly ReferralState[];
  by: readonly ReferralActor[];
  to: ReferralState;
  /** What must be said with it. */
  needs?: 'reason' | 'outcome' | 'consent';
}

const UNDER_WAY = ['sent', 'seen', 'accepted', 'waitlisted', 'scheduled', 'in_service'] as const;

/** Every transition there is. A state and an event in it stand in one row only. */
export const TRANSITIONS: readonly Transition[] = [
  { event: 'send', from: ['draft'], by: ['sender'], to: 'sent', needs: 'consent' },
  { event: 'see', from: ['sent'], by: ['receiver'], to: 'seen' },
  { event: 'accept', from: ['seen', 'waitlisted'], by: ['receiver'], to: 'accepted' },
  { event: 'waitlist', from: ['seen', 'accepted'], by: ['receiver'], to: 'waitlisted' },
  { event: 'decline', from: ['seen', 'accepted', 'waitlisted', 'scheduled'], by: ['receiver', 'person'], to: 'declined', needs: 'reason' },
  { event: 'decline', from: ['sent', 'in_service'], by: ['person'], to: 'declined', needs: 'reason' },
  { event: 'reroute', from: ['seen', 'accepted', 'waitlisted'], by: ['receiver'], to: 'rerouted', needs: 'reason' },
  { event: 'reroute', from: ['declined'], by: ['sender'], to: 'rerouted', needs: 'reason' },
  { event: 'schedule', from: ['accepted', 'scheduled'], by: ['receiver', 'sender'], to: 'scheduled' },
  { event: 'start', from: ['accepted', 'scheduled'], by: ['receiver', 'person'], to: 'in_service' },
  { event: 'connect', from: ['accepted', 'scheduled', 'in_service'], by: ['receiver', 'person'], to: 'connected' },
  { event: 'report_outcome', from: ['connected'], by: ['receiver', 'person', 'sender'], to: 'outcome', needs: 'outcome' },
  { event: 'close', from: ['outcome', 'declined', 'rerouted'], by: ['sender'], to: 'closed' },
  { event: 'withdraw', from: ['draft', ...UNDER_WAY], by: ['sender', 'person'], to: 'withdrawn', needs: 'reason' },
  { event: 'expire', from: ['draft', ...UNDER_WAY], by: ['clock'], to: 'expired' },
  { event: 'expire', from: ['connected', 'outcome', 'declined', 'rerouted'], by: ['clock'], to: 'closed' },
  // By the clock: the consent ended by itself.
  { event: 'revoke', from: ['draft', ...UNDER_WAY, 'connected', 'outcome'], by: ['person', 'clock'], to: 'revoked' },
];

/** Days for which a referral may stay in a state before the clock moves it on; a state that is not here stays for ever. */
export const TIME_LIMITS_DAYS: Readonly<Partial<Record<ReferralState, number>>> = {
  draft: 30,
  sent: 5,
  seen: 7,
  accepted: 21,
  waitlisted: 90,
  scheduled: 30,
  in_service: 180,
  connected: 90,
  outcome: 30,
  declined: 30,
  rerouted: 30,
};

/** What of a referral the machine needs. `until`: when the clock moves it on; null: never. */
export interface Referral {
  state: ReferralState;
  until: string | null;
  /** Raised by each transition: who acts says which one they saw. */
  revision: number;
  outcome: Outcome | null;
}

export interface TransitionContext {
  by: ReferralActor;
  /** An instant. */
  at: string;
  reason?: ReferralReason | undefined;
  outcome?: Outcome | undefined;
  /** Of sending: whether a live consent covers the recipient and every class that is sent. */
  consented?: boolean | undefined;
  /** Of scheduling: the instant of the appointment; the time limit counts from then. */
  appointmentAt?: string | undefined;
  /** Days by state, over those of TIME_LIMITS_DAYS. */
  limits?: Readonly<Partial<Record<ReferralState, number>>> | undefined;
}

/** Why a transition is refused. */
export type RefusedTransition =
  | { code: 'no_such_step'; from: ReferralState; event: ReferralEvent }
  | { code: 'not_theirs'; by: ReferralActor; event: ReferralEvent }
  | { code: 'reason_needed' | 'outcome_needed' | 'consent_needed'; event: ReferralEvent }
  | { code: 'not_yet'; until: string | null }
  /** Its time had passed before; only the clock and a withdrawn consent still act. */
  | { code: 'time_passed'; until: string };

const DAY_MS = 86_400_000;
const MISSING = { reason: 'reason_needed', outcome: 'outcome_needed', consent: 'consent_needed' } as const;

/** A new referral, a draft from `at` on. */
export function createReferral(at: string, limits?: TransitionContext['limits']): Referral {
  return { state: 'draft', until: limitFrom('draft', at, limits), revision: 1, outcome: null };
}

/**
 * The referral after an event, or why it is refused. Pure: nothing is read but what is given.
 *
 * `advance(referral, 'accept', { by: 'receiver', at })`
 */
export function advance(referral: Referral, event: ReferralEvent, context: TransitionContext): Result<Referral, RefusedTransition> {
  const { by, at } = context;
  const rows = TRANSITIONS.filter((row) => row.event === event && row.from.includes(referral.state));
  const row = rows[0];
  if (!row) return fail({ code: 'no_such_step', from: referral.state, event });
  if (!row.by.includes(by)) return fail({ code: 'not_theirs', by, event });
  const over = referral.until !== null && referral.until <= at;
  if (event === 'expire' && !over) return fail({ code: 'not_yet', until: referral.until });
  if (over && event !== 'expire' && event !== 'revoke') return fail({ code: 'time_passed', until: referral.until! });
  if (row.needs && isMissing(row.needs, context)) return fail({ code: MISSING[row.needs], event });
  return ok({
    state: row.to,
    until: limitFrom(row.to, event === 'schedule' ? later(at, context.appointmentAt) : at, context.limits),
    revision: referral.revision + 1,
    outcome:
      event === 'report_outcome' ? context.outcome! : row.to === 'closed' && referral.state === 'connected' ? 'unknown' : referral.outcome,
  });
}

function isMissing(needed: 'reason' | 'outcome' | 'consent', { reason, outcome, consented }: TransitionContext): boolean {
  if (needed === 'reason') return reason === undefined;
  return needed === 'outcome' ? outcome === undefined : consented !== true;
}

function limitFrom(state: ReferralState, at: string, limits?: TransitionContext['limits']): string | null {
  const days = limits?.[state] ?? TIME_LIMITS_DAYS[state];
  return days === undefined ? null : new Date(Date.parse(at) + days * DAY_MS).toISOString();
}

const later = (at: string, other: string | undefined): string => (other !== undefined && other > at ? other : at);

/** The events that someone may cause in a state, in the order in which they are listed. */
export function listEvents(state: ReferralState, by: ReferralActor): ReferralEvent[] {
  return REFERRAL_EVENTS.filter((event) =>
    TRANSITIONS.some((row) => row.event === event && row.from.includes(state) && row.by.includes(by)),
  );
}

/** Whether anything can still become of it. */
export function isOpen(state: ReferralState): boolean {
  return state === 'draft' || state === 'connected' || state === 'outcome' || (UNDER_WAY as readonly string[]).includes(state);
}

/** Whether the receiver may read what was sent: from sending on, and no longer once the referral has come to an end. */
export function receiverMayRead(state: ReferralState): boolean {
  return state !== 'draft' && isOpen(state);
}

/** `Task.status` of FHIR R4, as the Gravity project's SDOH Clinical Care guide uses it. */
export type TaskStatus =
  'draft' | 'requested' | 'received' | 'accepted' | 'rejected' | 'cancelled' | 'on-hold' | 'in-progress' | 'failed' | 'completed';

const TASK_STATUS: Readonly<Record<ReferralState, TaskStatus>> = {
  draft: 'draft',
  sent: 'requested',
  seen: 'received',
  accepted: 'accepted',
  scheduled: 'accepted',
  waitlisted: 'on-hold',
  in_service: 'in-progress',
  connected: 'completed',
  outcome: 'completed',
  declined: 'rejected',
  rerouted: 'rejected',
  closed: 'completed',
  withdrawn: 'cancelled',
  expired: 'cancelled',
  revoked: 'cancelled',
};

/** The FHIR status of a referral. One that did not help has failed; one closed without any outcome was never taken. */
export function toTaskStatus({ state, outcome }: Pick<Referral, 'state' | 'outcome'>): TaskStatus {
  if ((state === 'outcome' || state === 'closed') && outcome === 'not') return 'failed';
  if (state === 'closed' && outcome === null) return 'rejected';
  return TASK_STATUS[state];
}
