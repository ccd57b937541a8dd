// Entries of closing, of the talks after it, and of opening again.

import { z } from 'zod';
import { Outcome } from './referral.ts';
import { Id, Line, Prose, Reason } from './text.ts';
import { told } from './told.ts';

export const CLOSING_REASONS = [
  'goals_reached',
  'help_not_needed',
  'moved_away',
  'contact_lost',
  'persons_wish',
  'transferred',
  'died',
  'other',
] as const;

const Checked = told(z.boolean());

/** A closing that is asked for; a supervisor decides it. */
export const ClosingEntry = z.strictObject({
  kind: z.literal('closing'),
  closing: Id,
  reason: z.enum(CLOSING_REASONS),
  summary: Prose,
  checklist: z.strictObject({
    accessStable: Checked.describe('What they need can be reached without us'),
    supportInPlace: Checked.describe('Someone is there for them'),
    knowsWayBack: Checked.describe('They know what to do and whom to call'),
  }),
  goals: z.record(Id, z.enum(['reached', 'partly', 'not', 'no_longer_wanted'])).default({}),
  openReferrals: Reason.optional().describe('Why it is closed although a referral is open'),
  followUpDays: z.array(z.number().int().min(1).max(730)).max(10).default([30, 90, 180]),
});

export const ClosingDecidedEntry = z.strictObject({
  kind: z.literal('closing_decided'),
  closing: Id,
  decision: z.enum(['approved', 'returned']),
  said: Line.optional(),
});

export const FOLLOW_UP_OUTCOMES = ['well', 'needs_help', 'not_reached', 'declined'] as const;
/** One talk after closing. That somebody needs more is said here; opening again is an entry of its own. */
export const FollowUpEntry = z.strictObject({
  kind: z.literal('follow_up'),
  days: z.number().int().positive().describe('Which of the follow-ups after closing'),
  outcome: z.enum(FOLLOW_UP_OUTCOMES),
  helped: Outcome.optional().describe('Whether the help lasted, as they see it'),
  text: Prose.optional(),
});

export const ReopeningEntry = z.strictObject({ kind: z.literal('reopening'), reason: Reason });
