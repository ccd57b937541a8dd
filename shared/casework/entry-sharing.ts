// Entries of what leaves: consent and its end, and what happened in a referral.

import { z } from 'zod';
import { FIELD_CLASSES } from '../intake/field-class.ts';
import { Purpose } from './consent.ts';
import { Outcome, ReferralEvent, ReferralReason, ReferralState } from './referral.ts';
import { Id, Instant, Label, LanguageTag, Line, Prose } from './text.ts';
import { told } from './told.ts';

/** How the person consented, and in which words. The rows that are asked at each disclosure are written beside this entry. */
export const ConsentEntry = z.strictObject({
  kind: z.literal('consent'),
  consent: Id,
  purpose: Purpose,
  recipient: z.string().min(1).max(200),
  recipientName: Label,
  classes: z.array(z.enum(FIELD_CLASSES)),
  from: Instant,
  until: Instant,
  language: LanguageTag,
  method: z.enum(['written', 'spoken', 'on_screen']),
  /** Whose consent it is, where not the person's own alone. */
  guardian: z.strictObject({ name: Label, assent: told(z.boolean()) }).optional(),
  statement: Prose.describe('What the person was told, word for word'),
});

export const ConsentWithdrawnEntry = z.strictObject({ kind: z.literal('consent_withdrawn'), consent: Id, said: Line.optional() });

/** What happened in a referral, beside the referral's own row. */
export const ReferralSaidEntry = z.strictObject({
  kind: z.literal('referral_said'),
  referral: Id,
  event: ReferralEvent,
  state: ReferralState,
  service: z.strictObject({ serviceId: Id.optional(), name: Label }),
  to: Label.describe('The receiving agency'),
  need: Id.optional(),
  by: z.enum(['sender', 'receiver', 'person', 'clock']),
  reason: ReferralReason.optional(),
  outcome: Outcome.optional(),
  appointmentAt: Instant.optional(),
  note: Prose.optional(),
});
