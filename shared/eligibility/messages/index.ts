// The reason sentences that are shipped. Other languages, and better words, come from `translations` contributions.

import type { MessageBundle } from '../../platform/messages.ts';
import { ELIGIBILITY_MESSAGES_AR } from './ar.ts';
import { ELIGIBILITY_MESSAGES_EN } from './en.ts';
import { ELIGIBILITY_MESSAGES_ES } from './es.ts';
import { ELIGIBILITY_MESSAGES_FR } from './fr.ts';

export const ELIGIBILITY_MESSAGES: readonly (readonly [language: string, bundle: MessageBundle])[] = [
  ['en', ELIGIBILITY_MESSAGES_EN],
  ['es', ELIGIBILITY_MESSAGES_ES],
  ['fr', ELIGIBILITY_MESSAGES_FR],
  ['ar', ELIGIBILITY_MESSAGES_AR],
];
