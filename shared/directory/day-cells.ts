// Days and times of day as people and programs write them. What has two readings is not decided here.

import { toTimeOfDay } from './hours-cells.ts';

export type DayCode = 'date_ambiguous' | 'date_placeholder' | 'date_without_year' | 'date_serial' | 'date_unreadable';

export interface ReadDay {
  /** YYYY-MM-DD; null where the text is no day, or might be two. */
  day: string | null;
  /** Why it is null; with a day: how it was found. */
  code: DayCode | null;
}

/** What to say of each code, as the end of a sentence. */
export const DAY_WORDS: Readonly<Record<DayCode, string>> = {
  date_ambiguous: 'day and month cannot be told apart; write it as 2026-03-31',
  date_placeholder: 'this day stands for "not known"; leave the cell empty where there is none',
  date_without_year: 'a year is missing; write a day as 2026-03-31',
  date_serial: 'the number was taken for a day as spreadsheets count them; format the column as a date',
  date_unreadable: 'a date such as 2026-03-31 is expected',
};

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan january janv janvier ene enero',
    'feb february fev fevr fevrier febrero',
    'mar march mars marzo',
    'apr april avr avril abr abril',
    'may mai mayo',
    'jun june juin junio',
    'jul july juil juillet julio',
    'aug august aout ago agosto',
    'sep sept september septembre septiembre setiembre',
    'oct october octobre octubre',
    'nov november novembre noviembre',
    'dec december decembre dic diciembre',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])),
);

/** Days as spreadsheets count them, from 1954 to 2064: other numbers in a column of days are something else. */
const [FIRST_SERIAL, LAST_SERIAL] = [20_000, 60_000];
const EPOCH = Date.UTC(1899, 11, 30);
const A_DAY = 86_400_000;
/** With these days programs fill what nobody knows. */
const PLACEHOLDERS = new Set(['1901-01-01', '1970-01-01']);
const LAST_YEAR = 2199;

/** One day in any usual form: ISO, `3/31/2026`, `31 March 2026`, `Mar 31, 2026`, `20260331`, a spreadsheet's number. */
export function readDay(text: string): ReadDay {
  const trimmed = text.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ])/.exec(trimmed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed);
  if (iso) return toDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:$|[T ,])/.exec(trimmed);
  if (parts) return readNumbers(Number(parts[1]), Number(parts[2]), fullYear(parts[3] as string));
  if (/^\d{5}(?:\.\d+)?$/.test(trimmed)) return readSerial(Number(trimmed));
  return readWords(trimmed);
}

function readNumbers(first: number, second: number, year: number): ReadDay {
  if (first > 12 && second <= 12) return toDay(year, second, first);
  if (second > 12 || first === second) return toDay(year, first, second);
  return toDay(year, first, second).code === null ? { day: null, code: 'date_ambiguous' } : toDay(year, first, second);
}

function readSerial(serial: number): ReadDay {
  if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return { day: null, code: 'date_unreadable' };
  return { day: new Date(EPOCH + Math.floor(serial) * A_DAY).toISOString().slice(0, 10), code: 'date_serial' };
}

/** "January 1, 2024", "1er janvier 2024", "1 de enero de 2024", "Mon, 24-Dec-15". */
function readWords(text: string): ReadDay {
  if (text.length > 60) return { day: null, code: 'date_unreadable' };
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s,./-]+/)
    .filter((word) => word !== '' && !/^(de|del|of|the|le|el)$/.test(word));
  const month = words.findIndex((word) => word in MONTHS);
  if (month < 0) return { day: null, code: 'date_unreadable' };
  const numbers = words.map((word) => /^(\d{1,4})(?:st|nd|rd|th|er|o)?$/.exec(word)?.[1]);
  const number = MONTHS[words[month] as string] as number;
  const before = numbers[month - 1];
  const after = numbers[month + 1];
  const [day, year] =
    before && before.length <= 2 ? [before, after] : [after, numbers[month + 2] ?? (before?.length === 4 ? before : undefined)];
  if (!day || day.length > 2) return { day: null, code: 'date_unreadable' };
  if (!year || (year.length !== 4 && year.length !== 2)) return { day: null, code: 'date_without_year' };
  return toDay(fullYear(year), number, Number(day));
}

function fullYear(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function toDay(year: number, month: number, day: number): ReadDay {
  const length = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (month < 1 || month > 12 || day < 1 || day > length) return { day: null, code: 'date_unreadable' };
  if (year <= 1) return { day: null, code: 'date_without_year' };
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (year <= 1900 || year > LAST_YEAR || PLACEHOLDERS.has(text)) return { day: null, code: 'date_placeholder' };
  return { day: text, code: null };
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** One time of day as HH:MM, or null: also `0930`, `9h30`, `9.30` and a spreadsheet's part of a day. */
export function readTime(text: string): string | null {
  const trimmed = text.trim();
  const told = toTimeOfDay(trimmed);
  if (told) return told;
  const match = /^(\d{2})(\d{2})$/.exec(trimmed) ?? /^(\d{1,2})\s?h\s?(\d{2})?$/i.exec(trimmed) ?? /^(\d{1,2})\.([0-5]\d)$/.exec(trimmed);
  if (match) {
    const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
    return hours <= 23 && minutes <= 59 ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : null;
  }
  const share = /^0?\.\d{3,}$/.test(trimmed) ? Math.round(Number(trimmed) * 1440) : NaN;
  return share < 1440 ? `${String(Math.floor(share / 60)).padStart(2, '0')}:${String(share % 60).padStart(2, '0')}` : null;
}
