// Which texts the page of a partner has who answers a referral by a link.

import type { Outcome } from '#shared/casework/referral.ts';
import type { CONTACT_WAYS, RELATIONS } from '#shared/casework/entry-person.ts';
import type { PartnerEvent, PartnerReason } from './partner-answers.ts';

export interface PartnerWords {
  title: string;
  code: string;
  open: string;
  /** {agency}, {service} */
  intro: string;
  confidential: string;
  name: string;
  pronouns: string;
  birthDate: string;
  language: string;
  interpreter: string;
  reach: string;
  never: string;
  askFirst: string;
  noMessage: string;
  needs: string;
  urgent: string;
  known: string;
  household: string;
  message: string;
  answer: string;
  events: Record<PartnerEvent, string>;
  reason: string;
  reasons: Record<PartnerReason, string>;
  outcome: string;
  outcomes: Record<Outcome, string>;
  note: string;
  send: string;
  once: string;
  thanks: string;
  gone: string;
  yes: string;
  no: string;
  declined: string;
  unknown: string;
  ways: Record<(typeof CONTACT_WAYS)[number] | 'any' | 'say_agency', string>;
  relations: Record<(typeof RELATIONS)[number], string>;
}
