// What a service of the demo is made from: a kind of help, in the words of several who offer it.

import type { HoursKind } from './hours.ts';

/** Text by language, for the handout. */
export type Summary = Partial<Record<'es' | 'fr' | 'ar', string>>;

export interface Offer {
  key: string;
  /** Resource type. */
  type: string;
  /** How many of them the town has. */
  count: number;
  /** Names, descriptions and eligibility belong together by their position. */
  paired?: true;
  /** `{d}` quarter, `{s}` street, `{o}` organization. */
  names: string[];
  descriptions: string[];
  /** Needs it meets beside those of its type. */
  needs?: string[];
  /** Kinds of organizations that offer it. */
  by: OrganizationKind[];
  /** Who can use it, in words, and the rule that says the same; without a rule only the words are known. */
  eligibility: { text: string; rule?: string }[];
  bring?: string[][];
  hours: HoursKind[];
  fees?: string[];
  apply?: string[];
  capacity?: { unit: 'bed' | 'room' | 'place'; maximum: [number, number] };
  wait?: string[];
  summary?: Summary;
  /** How far it serves; default the town. */
  area?: 'town' | 'county';
}

export type OrganizationKind =
  | 'county'
  | 'mutual'
  | 'food'
  | 'faith'
  | 'health'
  | 'housing'
  | 'family'
  | 'work'
  | 'legal'
  | 'recovery'
  | 'school'
  | 'culture'
  | 'safety';
