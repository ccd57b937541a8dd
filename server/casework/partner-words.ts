// What stands on the page of a partner who answers a referral by a link, in each of its languages.

import type { Outcome } from '#shared/casework/referral.ts';
import type { CONTACT_WAYS, RELATIONS } from '#shared/casework/entry-person.ts';
import type { PartnerEvent, PartnerReason } from './partner-answers.ts';
import { ar } from './partner-words-ar.ts';
import { en } from './partner-words-en.ts';
import { es } from './partner-words-es.ts';
import { fr } from './partner-words-fr.ts';

export const PARTNER_LANGUAGES = ['en', 'es', 'fr', 'ar'] as const;
export type PartnerLanguage = (typeof PARTNER_LANGUAGES)[number];

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

export const PARTNER_WORDS: Readonly<Record<PartnerLanguage, PartnerWords>> = { en, es, fr, ar };
