// What of a listing is compared with another one: folded words of its name, its number, its street, its position.

import { addressWords, houseNumber } from './address-words.ts';
import { digitsOf } from './words.ts';

/** What is compared of a resource. Nothing of a hidden place belongs in here. */
export interface Listing {
  id: string;
  name: string;
  /** Listings of one group are never duplicates of each other: the places of one service. */
  group?: string | null | undefined;
  organization?: string | null | undefined;
  type?: string | null | undefined;
  phone?: string | null | undefined;
  /** Street first, then town: "118 Tanner Street, Old Town". */
  address?: string | null | undefined;
  /** Degrees. */
  lon?: number | null | undefined;
  lat?: number | null | undefined;
}

export interface ComparedAddress {
  /** House number; null where none is stated. */
  number: string | null;
  /** Words of the street without kind and direction. */
  street: readonly string[];
  /** "n", "se" …; empty where none is stated. */
  direction: string;
}

/** A listing, folded once and compared many times. */
export interface ComparedListing {
  listing: Listing;
  /** Distinct words of the name, without numbers. */
  words: readonly string[];
  /** How much each of the words says, and all of them: common words little. Set when all listings are known. */
  weights: readonly number[];
  weight: number;
  /** Words before a slash or colon: who gives it in somebody's place. Empty where there is none. */
  head: readonly string[];
  /** Numbers of the name: those of shops of a chain, of schools. */
  numbers: readonly string[];
  /** Digits, without the country's; empty where there is none. */
  phone: string;
  address: ComparedAddress | null;
}

/** Digits that tell telephones apart: what stands before them is how a country is dialled. */
const NATIONAL_DIGITS = 10;
const SHORTEST_PHONE = 7;
const DIRECTIONS = new Set(['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw']);
const STREET_KINDS = new Set([
  'st',
  'ave',
  'rd',
  'blvd',
  'dr',
  'ln',
  'ct',
  'pl',
  'sq',
  'hwy',
  'pkwy',
  'ter',
  'cir',
  'trl',
  'way',
  'c',
  'r',
]);
/** From here on an address speaks of rooms and ways in. */
const ROOM = /\s*(?:[,;(#]|\b(?:suite|ste|unit|apt|apartment|room|floor|fl|bldg|building)\b).*$/iu;
const HEAD = /^([^/:]+)[/:]/;
const POST_BOX = /^\s*p\.?\s?o\.?\s+box/i;
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Folds a listing for comparing. */
export function toCompared(listing: Listing): ComparedListing {
  const all = [...new Set(nameWords(listing.name))];
  const words = all.filter((word) => !/^\d/.test(word));
  return {
    listing,
    words,
    weights: words.map(() => 1),
    weight: words.length,
    head: HEAD.test(listing.name) ? nameWords(HEAD.exec(listing.name)![1]!) : [],
    numbers: all.flatMap((word) => /^\d+/.exec(word)?.[0].replace(/^0+(?=\d)/, '') ?? []),
    phone: comparedPhone(listing.phone ?? ''),
    address: comparedAddress(listing.address ?? ''),
  };
}

/** Words in their short form; single letters that follow each other are one word, writing without spaces goes by pairs. */
function nameWords(name: string): string[] {
  const words: string[] = [];
  let letters = '';
  for (const word of [...addressWords(name), '']) {
    if (/^\p{L}$/u.test(word)) {
      letters += word;
      continue;
    }
    if (letters !== '') words.push(letters);
    letters = '';
    if (word.length > 2 && WITHOUT_SPACES.test(word)) for (let i = 0; i + 2 <= word.length; i++) words.push(word.slice(i, i + 2));
    else if (word !== '') words.push(word);
  }
  return words;
}

function comparedPhone(phone: string): string {
  const digits = digitsOf(phone.replace(/(?:ext(?:ension)?\.?|x|#)\s*\d+.*$/i, ''));
  return digits.length < SHORTEST_PHONE ? '' : digits.slice(-NATIONAL_DIGITS);
}

function comparedAddress(address: string): ComparedAddress | null {
  if (POST_BOX.test(address)) return null;
  const line = address.replace(ROOM, '');
  const number = houseNumber(line);
  const words = addressWords(line).filter((word) => word !== number);
  const street = words.filter((word) => !DIRECTIONS.has(word) && !STREET_KINDS.has(word));
  if (street.length === 0) return null;
  return { number, street, direction: words.filter((word) => DIRECTIONS.has(word)).join('') };
}
