// What stands on the page of a partner who answers a referral by a link, in each of its languages.

import { ar } from './partner-words-ar.ts';
import { en } from './partner-words-en.ts';
import { es } from './partner-words-es.ts';
import { fr } from './partner-words-fr.ts';
import type { PartnerWords } from './partner-texts.ts';

export const PARTNER_LANGUAGES = ['en', 'es', 'fr', 'ar'] as const;
export type PartnerLanguage = (typeof PARTNER_LANGUAGES)[number];

export const PARTNER_WORDS: Readonly<Record<PartnerLanguage, PartnerWords>> = { en, es, fr, ar };
