// A text of hours taken apart into words that are known, or found to have others.

import { decodeEntities } from './cells.ts';
import { clock, LEXICON, type ClockToken, type HalfToken, type HoursToken, type WordNode } from './hours-words.ts';

const PART = /\d+(?:[:h.]\d{2})*(?:h(?![a-z]))?(?:(?:st|nd|rd|th|er|ere|eme|e|o|ro|do|to)(?![a-z]))?|[a-z]+(?:\.[a-z]+)*\.?|\n|[^\sa-z\d]/g;
const NUMBER = /^(\d{1,4})(?:([:h.])(\d{2}))?(?::(\d{2}))?(h)?$/;
const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th)$/;
const HALVES: Record<string, 'a' | 'p'> = { am: 'a', pm: 'p', a: 'a', p: 'p' };
const HOUR_WORDS = new Set(['h', 'hrs', 'hr', 'hs', 'horas', 'heures']);
/** "Mar" beside one of these is Tuesday, and March otherwise. */
const ROMANCE_DAYS = new Set(
  'lun lundi mer mercredi jeu jeudi ven vendredi sam samedi dim lunes mie miercoles jue jueves vie viernes dom domingo'.split(' '),
);

interface Part {
  word: string;
  /** Whether nothing stands between it and the part before. */
  glued: boolean;
}

/** The words of a text of hours, or null where one is not known. */
export function toHoursTokens(text: string): HoursToken[] | null {
  const parts = takeApart(plain(text));
  const tokens: HoursToken[] = [];
  // "0900-1700": beside a number that begins with nought, four digits are a time and no year.
  const onFourDigits = parts.some(({ word }) => /^0\d{3}$/.test(word));
  for (let at = 0; at < parts.length;) {
    const phrase = findPhrase(parts, at);
    if (phrase?.token.type === 'half') {
      const before = tokens.at(-1);
      if (before?.type !== 'clock' || before.half !== null) return null;
      tokens[tokens.length - 1] = { ...before, half: phrase.token.half, bare: false };
    } else if (phrase) tokens.push(phrase.token);
    if (phrase) {
      at += phrase.length;
      continue;
    }
    const { word } = parts[at]!;
    const number = word === 'mar' ? readMar(parts) : (readDayOfMonth(word) ?? readNumber(onFourDigits ? toColons(word) : word));
    if (number === null) return null;
    tokens.push(number);
    at++;
    if (number.type === 'clock') at += readHalf(number, parts, at);
  }
  return tokens;
}

function takeApart(text: string): Part[] {
  const parts: Part[] = [];
  let end = -1;
  for (const match of text.matchAll(PART)) {
    const word = match[0];
    // "d'ouverture", "l'après-midi"
    if (word !== "'") parts.push({ word: word.length > 1 && word.includes('.') ? withoutDots(word) : word, glued: match.index === end });
    end = match.index + word.length;
  }
  return parts;
}

/** "a.m." is "am"; "9.30" stays. */
function withoutDots(word: string): string {
  return /^\d/.test(word) ? word : word.replaceAll('.', '');
}

/** Lower case, without accents, markup and what stands for it in tables. */
function plain(text: string): string {
  let plain = decodeEntities(text);
  if (plain.includes('<')) {
    plain = plain
      .replaceAll(/<\/(?:tr|p|li|div)>|<br\s*\/?>/gi, '\n')
      .replaceAll(/<\/time>/gi, ', ')
      .replaceAll(/<[a-z/][^<>]*>/gi, ' ');
  }
  if (/[\\\r]/.test(plain)) plain = plain.replaceAll(/\\n|\r\n?/g, '\n');
  if (/[^\n -~]/.test(plain)) {
    plain = plain
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[‐-―−]/g, '-')
      .replaceAll('’', "'");
  }
  return plain.toLowerCase();
}

/** The longest phrase that begins at a part. */
function findPhrase(parts: readonly Part[], from: number): { token: HoursToken | HalfToken; length: number } | null {
  let node: WordNode | undefined = LEXICON;
  let found: { token: HoursToken | HalfToken; length: number } | null = null;
  for (let at = from; at < parts.length; at++) {
    node = node.next.get(parts[at]!.word);
    if (node === undefined) break;
    if (node.token) found = { token: node.token, length: at + 1 - from };
  }
  return found;
}

function toColons(word: string): string {
  return /^\d{4}$/.test(word) ? `${word.slice(0, 2)}:${word.slice(2)}` : word;
}

function readMar(parts: readonly Part[]): HoursToken {
  return parts.some(({ word }) => ROMANCE_DAYS.has(word)) ? { type: 'day', day: 1 } : { type: 'month', month: 3 };
}

function readDayOfMonth(word: string): HoursToken | null {
  const match = DAY_OF_MONTH.exec(word);
  return match && { type: 'ordinal', nth: Number(match[1]) };
}

function readNumber(word: string): ClockToken | null {
  const match = NUMBER.exec(word);
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[3] ?? 0)];
  const bare = match[2] === undefined && match[5] === undefined;
  if (!bare && (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0))) return null;
  const isFrench = match[2] === 'h' || match[5] !== undefined;
  const exact = isFrench || match[4] !== undefined || (hours > 12 && hours <= 24) || (word.length > 1 && word.startsWith('0'));
  return clock({ hours, minutes, bare, exact });
}

/** Takes the "am", "p.m.", "h" or "h 30" behind a time into it; how many words that is. */
function readHalf(time: ClockToken, parts: readonly Part[], at: number): number {
  const part = parts[at];
  if (!part) return 0;
  const half = HALVES[part.word];
  // "9 a 5" is Spanish for "9 to 5"; "9a" is nine in the morning.
  if (half !== undefined && (part.glued || part.word.length === 2 || !/^\d/.test(parts[at + 1]?.word ?? ''))) {
    Object.assign(time, { half, bare: false });
    return 1;
  }
  if (!HOUR_WORDS.has(part.word)) return 0;
  const minutes = parts[at + 1]?.word ?? '';
  const hasMinutes = time.bare && /^[0-5]\d$/.test(minutes) && !HOUR_WORDS.has(parts[at + 2]?.word ?? '');
  Object.assign(time, { exact: true, bare: false }, hasMinutes && { minutes: Number(minutes) });
  return hasMinutes ? 2 : 1;
}
