// What HSDS has no field for is told in a schedule's notes, in plain words that are read again from there: seasons that
// come back every year, closings on public holidays, hours by appointment. Other notes say nothing about opening.

import { readNamedHolidays } from './named-holidays.ts';
import { readSeason } from './hours-season.ts';
import { toHoursTokens } from './hours-tokens.ts';

export const BY_APPOINTMENT = 'By appointment';
export const ALSO_BY_APPOINTMENT = 'Also by appointment';
export const CLOSED_ON_HOLIDAYS = 'Closed on public holidays';

export interface ReadNotes {
  /** Every year, as month × 100 + day, both included. */
  season?: [from: number, to: number];
  /** The hours hold for who has an appointment, or there are others for who has one. */
  appointment?: 'only' | 'also';
  closedOnHolidays?: true;
  /** Closed on some holidays, by the names that calendars have for them. */
  closedOn?: string[];
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const CLOSED = /^\s*(?:closed|ferm[ée]e?|cerrad[oa])(?![\p{L}])/iu;
/** Not the dot of "Martin Luther King Jr. Day". */
const SENTENCE_END = /[;\n]|\.(?!\s*Day\b)/;
const EACH_YEAR = /\b(?:each|every) year\b|\bchaque ann[ée]e\b|\bcada a[ñn]o\b/i;
const HOLIDAYS_OFF =
  /\b(?:closed|not (?:available|open)|no service)\b[^.;]{0,30}\bholidays\b|\bferm[ée][^.;]{0,30}\bf[ée]ri[ée]s|\bcerrad[oa][^.;]{0,30}\b(?:festivos|feriados)/i;

/** "From 1 September to 31 May each year". */
export function seasonNote([from, to]: readonly [number, number]): string {
  const day = (monthAndDay: number) => `${monthAndDay % 100} ${MONTHS[Math.floor(monthAndDay / 100) - 1]}`;
  return `From ${day(from)} to ${day(to)} each year`;
}

/** "Closed on New Year's Day, Labour Day". */
export function closedOnNote(names: readonly string[]): string {
  return `Closed on ${names.join(', ')}`;
}

/** Whether a text may say something of holidays: they are looked up only for those. */
export function mentionsHolidays(text: string | null | undefined): boolean {
  return (
    !!text &&
    /holiday|f[ée]ri[ée]|festivo|feriado|\bday\b|\beve\b|christmas|thanksgiving|new year|juneteenth|no[eë]l|navidad|p[aâ]ques/i.test(text)
  );
}

/** What notes and descriptions say of opening. A sentence counts only where all of it is understood. */
export function readNotes(text: string | null | undefined): ReadNotes {
  const read: ReadNotes = {};
  if (!text) return read;
  if (HOLIDAYS_OFF.test(text)) read.closedOnHolidays = true;
  for (const sentence of text.split(SENTENCE_END)) {
    const closedOn = CLOSED.test(sentence) ? readNamedHolidays(sentence) : null;
    if (closedOn) read.closedOn = [...(read.closedOn ?? []), ...closedOn];
    const tokens = toHoursTokens(sentence.replace(EACH_YEAR, ''));
    if (!tokens || tokens.length === 0) continue;
    const [first, ...rest] = tokens.filter(({ type }) => type !== 'comma');
    if (first?.type === 'appointment' && rest.length === 0) read.appointment ??= 'only';
    else if (['or', 'also', 'and'].includes(first?.type ?? '') && rest.length === 1 && rest[0]?.type === 'appointment')
      read.appointment = 'also';
    const season = readSeason(tokens, 0);
    if (season?.season.yearly && season.next === tokens.length) read.season = season.season.yearly;
  }
  return read;
}
