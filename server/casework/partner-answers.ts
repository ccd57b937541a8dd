// What a partner without an account may answer by a link.

import type { ReferralEvent, ReferralReason } from '#shared/casework/referral.ts';

/** What a partner may answer here; a time is agreed by telephone or said in the note. */
export const PARTNER_EVENTS = [
  'accept',
  'waitlist',
  'decline',
  'reroute',
  'start',
  'connect',
  'report_outcome',
] as const satisfies readonly ReferralEvent[];
export type PartnerEvent = (typeof PARTNER_EVENTS)[number];
/** Reasons that a provider can have; those of the person are not theirs to give. */
export const PARTNER_REASONS = [
  'full',
  'not_eligible',
  'wrong_service',
  'outside_area',
  'language',
  'safety',
  'no_contact',
  'other',
] as const satisfies readonly ReferralReason[];
export type PartnerReason = (typeof PARTNER_REASONS)[number];
