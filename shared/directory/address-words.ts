// Words of addresses folded so that "118 N Tanner St." and "118 North Tanner Street" are the same words.

import { foldWords } from './words.ts';

// Short form ← long forms. "st" is street and saint alike: the order of the words tells people, and no index needs to know.
const SHORT: Record<string, string> = {
  st: 'street str saint sainte san santa santo',
  ave: 'avenue av avenida aven',
  rd: 'road',
  blvd: 'boulevard bulevar boul',
  dr: 'drive',
  ln: 'lane',
  ct: 'court',
  pl: 'place plaza plz',
  sq: 'square sqr',
  hwy: 'highway',
  pkwy: 'parkway',
  ter: 'terrace terr',
  cir: 'circle',
  trl: 'trail',
  xing: 'crossing',
  cres: 'crescent',
  ctr: 'center centre',
  mt: 'mount',
  ft: 'fort',
  n: 'north norte nord',
  s: 'south sur sud',
  e: 'east este est',
  w: 'west oeste ouest',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
  c: 'calle',
  r: 'rue',
  '1st': 'first',
  '2nd': 'second',
  '3rd': 'third',
  '4th': 'fourth',
  '5th': 'fifth',
  '6th': 'sixth',
  '7th': 'seventh',
  '8th': 'eighth',
  '9th': 'ninth',
  '10th': 'tenth',
};
const SHORT_OF = new Map(Object.entries(SHORT).flatMap(([short, long]) => long.split(' ').map((word) => [word, short] as const)));

/** Words between the two streets of a crossing. */
const CROSSING = /\s+(?:&|@|and|at|y|con|et|\/)\s+|\s*[&@/]\s*/i;

/** Folded words, each in its short form. */
export function addressWords(text: string): string[] {
  return foldWords(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => SHORT_OF.get(word) ?? word);
}

/** The words, and beside each short form what was written: a word that is still being typed is found by either. */
export function addressIndexWords(text: string): string[] {
  const written = foldWords(text)
    .split(' ')
    .filter((word) => word !== '');
  return [...new Set(written.flatMap((word) => [word, SHORT_OF.get(word) ?? word]))];
}

/** The two streets of "Mill St & Union Ave"; null where it is no crossing. */
export function splitCrossing(text: string): [string, string] | null {
  const parts = text
    .split(',')[0]!
    .split(CROSSING)
    .map((part) => part.trim());
  return parts.length === 2 && parts.every((part) => part.length > 1) ? (parts as [string, string]) : null;
}

/** The house number that an address begins with, as "118" or "118b"; null where there is none. */
export function houseNumber(text: string): string | null {
  return /^\s*(\d+\s?[a-z]?)\b(?!\s*(?:st|nd|rd|th)\b)/i.exec(text)?.[1]?.replace(/\s/g, '').toLowerCase() ?? null;
}
