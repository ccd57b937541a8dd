// The faults of rules in the languages that are shipped.

import type { MessageBundle } from '../../platform/messages.ts';
import { FAULTS_AR } from './faults-ar.ts';
import { FAULTS_EN } from './faults-en.ts';
import { FAULTS_ES } from './faults-es.ts';
import { FAULTS_FR } from './faults-fr.ts';

export const FAULT_MESSAGES: readonly (readonly [language: string, bundle: MessageBundle])[] = [
  ['en', FAULTS_EN],
  ['es', FAULTS_ES],
  ['fr', FAULTS_FR],
  ['ar', FAULTS_AR],
];
