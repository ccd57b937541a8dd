// On which civil days a schedule line holds: HSDS's recurrence fields, which are those of RFC 5545.

import { DAY, dateOf, parseDay, weekdayOf } from './zone.ts';

/** One HSDS schedule line, reduced to what decides opening. */
export interface ScheduleLine {
  /** YYYY-MM-DD, both included. */
  validFrom?: string;
  validTo?: string;
  /** Every year from one day to another, both included, as month × 100 + day: [901, 531] is September to May. */
  season?: [from: number, to: number];
  /** Absent: every day from `validFrom` to `validTo`, or of the season. */
  freq?: 'WEEKLY' | 'MONTHLY';
  interval?: number;
  /** Start of the recurrence, where interval > 1 needs it. */
  dtstart?: string;
  /** First day of the week, for weekly lines with an interval; default 'MO'. */
  wkst?: string;
  /** 'MO' or, for monthly, '2TU' and '-1FR'. */
  byday?: string[];
  bymonthday?: number[];
  /** Weeks of the year, of weekly lines: 1 is the first with four days in it; -1 the last. */
  byweekno?: number[];
  /** Minutes from midnight; closes ≤ opens: it closes on the next day; both absent: closed. */
  opens?: number;
  closes?: number;
}

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** A line with its days worked out. */
export interface LineDays {
  holds(day: number): boolean;
  /** Days from its beginning to its end; of a yearly season the length of that; Infinity: no end is stated. */
  length: number;
}

/** Null where the line does not say on which days it holds, or not in a way that can be relied on. */
export function compileDays(line: ScheduleLine): LineDays | null {
  const from = line.validFrom === undefined ? -Infinity : parseDay(line.validFrom);
  const to = line.validTo === undefined ? Infinity : parseDay(line.validTo);
  const rhythm = compileRhythm(line);
  if (from === null || to === null || rhythm === null) return null;
  const { season } = line;
  const length = Math.min(to - from + 1, season ? seasonLength(season) : Infinity);
  if (!season) return { length, holds: (day) => day >= from && day <= to && rhythm(day) };
  return { length, holds: (day) => day >= from && day <= to && rhythm(day) && isInSeason(day, season) };
}

function compileRhythm(line: ScheduleLine): ((day: number) => boolean) | null {
  const interval = line.interval ?? 1;
  const anchorText = line.dtstart ?? line.validFrom;
  const anchor = anchorText === undefined ? null : parseDay(anchorText);
  if (interval > 1 && anchor === null) return null;
  if (line.freq === 'MONTHLY') return compileMonthly(line, interval, anchor);
  if (line.bymonthday !== undefined) return null;
  if (line.freq === undefined && line.byday === undefined) {
    return (line.validFrom !== undefined && line.validTo !== undefined) || line.season ? () => true : null;
  }
  const names = line.byday ?? (anchor === null ? null : [WEEKDAYS[weekdayOf(anchor)]!]);
  if (names === null || !names.every(isWeekday)) return null;
  const days = new Set(names.map((name) => WEEKDAYS.indexOf(name)));
  const weekStart = Math.max(0, (WEEKDAYS as readonly string[]).indexOf(line.wkst ?? 'MO'));
  const { byweekno } = line;
  // Every second week of those of a list may be counted in two ways.
  if (byweekno) return interval > 1 ? null : (day) => days.has(weekdayOf(day)) && isInWeeks(day, byweekno, weekStart);
  if (interval === 1 || anchor === null) return (day) => days.has(weekdayOf(day));
  const weekOf = (day: number) => Math.floor((day + 3 - weekStart) / 7);
  return (day) => days.has(weekdayOf(day)) && (weekOf(day) - weekOf(anchor)) % interval === 0;
}

/** Weeks belong to the year that has four of their days. */
function isInWeeks(day: number, weeks: readonly number[], weekStart: number): boolean {
  const middle = day - ((weekdayOf(day) - weekStart + 7) % 7) + 3;
  const year = Math.floor(dateOf(middle) / 10_000);
  const [first, next] = [Date.UTC(year, 0, 1) / DAY, Date.UTC(year + 1, 0, 1) / DAY];
  const week = Math.floor((middle - first) / 7) + 1;
  const fromEnd = -Math.floor((next - 1 - middle) / 7) - 1;
  return weeks.some((wanted) => wanted === week || wanted === fromEnd);
}

export function isWeekday(name: string): name is (typeof WEEKDAYS)[number] {
  return (WEEKDAYS as readonly string[]).includes(name);
}

function compileMonthly(line: ScheduleLine, interval: number, anchor: number | null): ((day: number) => boolean) | null {
  const weekdays = line.byday?.map((text) => /^([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text));
  if (weekdays?.includes(null)) return null;
  const ordinals = weekdays?.map((match) => ({
    nth: Number(match![1] ?? 0),
    weekday: (WEEKDAYS as readonly string[]).indexOf(match![2]!),
  }));
  const monthDays = line.bymonthday ?? (ordinals || anchor === null ? undefined : [dateOf(anchor) % 100]);
  if (!ordinals && !monthDays) return null;
  const anchorMonth = anchor === null ? 0 : monthOf(dateOf(anchor));
  return (day) => {
    const weekday = weekdayOf(day);
    if (ordinals && !ordinals.some((wanted) => wanted.weekday === weekday)) return false;
    const date = dateOf(day);
    if (interval > 1 && (monthOf(date) - anchorMonth) % interval !== 0) return false;
    const dayOfMonth = date % 100;
    const length = monthLength(date);
    if (monthDays && !monthDays.some((wanted) => wanted === dayOfMonth || wanted === dayOfMonth - length - 1)) return false;
    if (!ordinals) return true;
    const nth = Math.ceil(dayOfMonth / 7);
    const nthFromEnd = -Math.ceil((length - dayOfMonth + 1) / 7);
    return ordinals.some((wanted) => wanted.weekday === weekday && (wanted.nth === 0 || wanted.nth === nth || wanted.nth === nthFromEnd));
  };
}

/** Months since the year 0. */
function monthOf(date: number): number {
  return Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function monthLength(date: number): number {
  const [year, month] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : MONTH_LENGTHS[month - 1]!;
}

function isInSeason(day: number, [from, to]: readonly [number, number]): boolean {
  const at = dateOf(day) % 10_000;
  return from <= to ? at >= from && at <= to : at >= from || at <= to;
}

/** In days, as in a leap year. */
function seasonLength([from, to]: readonly [number, number]): number {
  const dayOfYear = (monthAndDay: number) => Date.UTC(2024, Math.floor(monthAndDay / 100) - 1, monthAndDay % 100) / DAY;
  const days = dayOfYear(to) - dayOfYear(from);
  return (days < 0 ? days + 366 : days) + 1;
}
