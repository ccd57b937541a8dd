// What was typed, and what is searched in, as words that can be compared. Writing without spaces becomes pairs of letters,
// telephone numbers one word each, quotes a phrase.

import { addressIndexWords } from './address-words.ts';
import { digitsOf, foldWords } from './words.ts';

/** One word that was typed. */
export interface QueryWord {
  word: string;
  /** Other forms that count as the word itself: "street" for "st", Arabic without its article. */
  forms: readonly string[];
  /** In quotes: only the word as it stands counts. */
  exact: boolean;
}

/** Words that must stand beside each other. */
export interface Phrase {
  text: string;
  /** The closing quote is not typed yet: the last word may be begun only. */
  open: boolean;
}

export interface TextQuery {
  words: readonly QueryWord[];
  phrases: readonly Phrase[];
  /** All of it folded, as a name would be. */
  name: string;
}

/** Marks a telephone number among the words, so that "24" does not find each number that begins with it. */
const PHONE = '#';
const PHONE_RUN = /(?<![\p{L}\p{N}])[+(]?\d[\d\s()+./-]*\d(?![\p{L}\p{N}])/gu;
/** A text that is nothing else may be the beginning of a number; within a text only what is as long as one. */
const PHONE_DIGITS = 5;
const LOCAL_DIGITS = 7;
const QUERY_WORDS = 12;
const QUOTED = /["“”„«»‟「」『』]([^"“”„«»‟「」『』]*)(["“”„«»‟「」『』]|$)/gu;
/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]+/gu;
/** A letter with the signs on it. */
const LETTER = /\P{M}\p{M}*/gu;
/** The Arabic article, alone or joined with "and", "in" and the like, before a word of three letters or more. */
const ARABIC_ARTICLE = /^[وبفك]?ال(?=\p{Script=Arabic}{3})/u;

/** Parts of Persian words may be typed apart or as one. */
const HALF_SPACE = '\u200c';

/** The words of a text that is searched in, long and short forms of addresses both. */
export function indexWords(text: string): string[] {
  const written = text.includes(HALF_SPACE) ? `${text} ${text.replaceAll(HALF_SPACE, '')}` : text;
  return addressIndexWords(written).flatMap((word) => {
    const bare = word.replace(ARABIC_ARTICLE, '');
    return bare === word ? splitUnspaced(word, { last: true }) : [word, bare];
  });
}

/** A telephone number by its whole, and by the local part that people say; its extension is not searched. */
export function phoneWords(phone: string | null): string[] {
  const digits = digitsOf((phone ?? '').split(/[a-z]/i)[0]!);
  if (digits.length < PHONE_DIGITS) return [];
  const words = [PHONE + digits];
  if (digits.length > LOCAL_DIGITS) words.push(PHONE + digits.slice(-LOCAL_DIGITS));
  if (digits.length === 11 && digits.startsWith('1')) words.push(PHONE + digits.slice(1));
  return words;
}

export function parseQuery(text: string): TextQuery {
  const phrases: Phrase[] = [];
  const words = new Map<string, QueryWord>();
  const add = (word: string, more: Partial<QueryWord> = {}) => {
    if (words.size < QUERY_WORDS && !words.has(word)) words.set(word, { word, forms: formsOf(word), exact: false, ...more });
  };
  const unquoted = text.replace(QUOTED, (_, inside: string, end: string) => {
    const folded = foldWords(inside);
    const parts = queryWords(inside);
    const open = end === '';
    parts.forEach((word, i) => add(word, { exact: !(open && i === parts.length - 1), forms: [] }));
    if (parts.length > 0) phrases.push({ text: folded, open });
    return ' ';
  });
  const plain = unquoted.normalize('NFKD').replace(/\p{Nd}/gu, digitsOf);
  const rest = plain.replace(PHONE_RUN, (run) => {
    const digits = digitsOf(run);
    const alone = run.trim() === plain.trim() && digits.length >= PHONE_DIGITS;
    if (!alone && digits.length < LOCAL_DIGITS) return run;
    // Few digits may as well be those of an address.
    add(PHONE + digits, { forms: digits.length < LOCAL_DIGITS ? [digits] : [] });
    return ' ';
  });
  for (const word of queryWords(rest)) add(word);
  return { words: [...words.values()], phrases, name: foldWords(text) };
}

export function isPhoneWord(word: string): boolean {
  return word.startsWith(PHONE);
}

/** Whether a text has writing without spaces between words. */
export function hasUnspaced(text: string): boolean {
  return text.search(UNSPACED) >= 0;
}

function queryWords(text: string): string[] {
  return foldWords(text)
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => splitUnspaced(word));
}

function formsOf(word: string): string[] {
  const bare = word.replace(ARABIC_ARTICLE, '');
  return [...addressIndexWords(word), bare].filter((form) => form !== word);
}

/** "社区食品food" gives 社区, 区食, 食品 and food; with `last` also 品, so that each letter begins a word. */
function splitUnspaced(word: string, { last = false } = {}): string[] {
  if (!hasUnspaced(word)) return [word];
  const parts: string[] = [];
  let at = 0;
  for (const { 0: run, index } of word.matchAll(UNSPACED)) {
    if (index > at) parts.push(word.slice(at, index));
    const letters = run.match(LETTER) ?? [];
    parts.push(...letters.slice(1).map((letter, i) => letters[i]! + letter));
    if (last || letters.length === 1) parts.push(letters.at(-1)!);
    at = index + run.length;
  }
  if (at < word.length) parts.push(word.slice(at));
  return parts;
}
