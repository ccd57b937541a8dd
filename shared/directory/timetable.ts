// When a place is open: HSDS schedules of one resource, in its own time zone. `opening` runs for every candidate of a
// search, so each distinct timetable is compiled once; a purely weekly one becomes intervals of minutes in a week.

import { DAY, DAY_MINUTES, findZone, formatDay, parseDay, weekdayOf, type Zone } from './zone.ts';

/** One HSDS schedule line, reduced to what decides opening. */
export interface ScheduleLine {
  /** YYYY-MM-DD, both included. */
  validFrom?: string;
  validTo?: string;
  /** Absent: every day from `validFrom` to `validTo`. */
  freq?: 'WEEKLY' | 'MONTHLY';
  interval?: number;
  /** Start of the recurrence, where interval > 1 needs it. */
  dtstart?: string;
  /** First day of the week, for weekly lines with an interval; default 'MO'. */
  wkst?: string;
  /** 'MO' or, for monthly, '2TU' and '-1FR'. */
  byday?: string[];
  bymonthday?: number[];
  /** Minutes from midnight; closes ≤ opens: it closes on the next day; both absent: closed. */
  opens?: number;
  closes?: number;
}

export interface Timetable {
  /** IANA zone. */
  zone: string;
  lines: ScheduleLine[];
  /** Hours as text where they could not be read. */
  text?: string;
}

/** Times are milliseconds since 1970. `until: null`: no end in sight; `next: null`: no opening within 400 days. */
export type Opening =
  | { state: 'open'; until: number | null; next?: undefined }
  | { state: 'closed'; until?: undefined; next: number | null }
  | { state: 'unknown'; until?: undefined; next?: undefined };

/** One civil day of a week view: minutes from midnight; `closes` above 1440 lies on the next day. */
export interface OpenDay {
  date: string;
  /** 0 is Monday. */
  weekday: number;
  hours: { opens: number; closes: number }[];
}

const UNKNOWN: Opening = { state: 'unknown' };
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MINUTE = 60_000;
const SEARCH_DAYS = 400;
/** Whoever is open longer than this without a pause is always open. */
const ENDLESS_DAYS = 14;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Whether it is open at an instant (milliseconds since 1970), and until or from when. */
export function opening(timetable: Timetable, instant: number): Opening {
  const compiled = compile(timetable);
  if (compiled === null) return UNKNOWN;
  const { zone, week } = compiled;
  const found =
    week !== null && zone.isSteady(instant - DAY, instant + 8 * DAY) ? openingInWeek(week, zone, instant) : openingByDay(compiled, instant);
  // What could not be read may hold an opening that the lines do not know.
  return found.state === 'closed' && timetable.text !== undefined ? UNKNOWN : found;
}

/** The seven civil days from the one that holds `instant`, in the timetable's zone; null where the hours are not known. */
export function weekView(timetable: Timetable, instant: number): OpenDay[] | null {
  const compiled = compile(timetable);
  if (compiled === null) return null;
  const today = Math.floor(compiled.zone.toLocal(instant) / DAY);
  return Array.from({ length: 7 }, (_, i) => ({
    date: formatDay(today + i),
    weekday: weekdayOf(today + i),
    hours: hoursOn(compiled, today + i).map(([opens, closes]) => ({ opens, closes })),
  }));
}

interface Line {
  from: number;
  to: number;
  matches: (day: number) => boolean;
  /** Null: closed on its days. */
  hours: [number, number] | null;
}

interface Compiled {
  zone: Zone;
  lines: Line[];
  /** Minutes of a week from Monday, sorted and apart; the last may reach into the next week. Null: not purely weekly. */
  week: [number, number][] | null;
}

const compiledTimetables = new WeakMap<Timetable, Compiled | { none: true }>();

/** Null where nothing can be said: no readable line, an unknown zone, a line whose rhythm has no beginning. */
function compile(timetable: Timetable): Compiled | null {
  let compiled = compiledTimetables.get(timetable);
  if (!compiled) compiledTimetables.set(timetable, (compiled = compileNew(timetable) ?? { none: true }));
  return 'none' in compiled ? null : compiled;
}

function compileNew({ zone: name, lines }: Timetable): Compiled | null {
  const zone = findZone(name);
  const compiled = lines.map(compileLine);
  if (zone === null || lines.length === 0 || compiled.includes(null)) return null;
  return { zone, lines: compiled as Line[], week: lines.every(isWeekly) ? compileWeek(lines) : null };
}

function isWeekly(line: ScheduleLine): boolean {
  return (
    line.freq === 'WEEKLY' &&
    (line.interval ?? 1) === 1 &&
    line.validFrom === undefined &&
    line.validTo === undefined &&
    line.byday !== undefined &&
    line.byday.every((day) => WEEKDAYS.includes(day)) &&
    line.opens !== undefined &&
    line.closes !== undefined
  );
}

function compileWeek(lines: readonly ScheduleLine[]): [number, number][] {
  const intervals = lines.flatMap((line) => {
    const [opens, closes] = hoursOf(line)!;
    return line.byday!.map((day): [number, number] => {
      const start = WEEKDAYS.indexOf(day) * DAY_MINUTES;
      return [start + opens, start + closes];
    });
  });
  return merge(intervals);
}

/** Sorted, and those that overlap or touch made one. */
function merge(intervals: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [opens, closes] of intervals.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && opens <= last[1]) last[1] = Math.max(last[1], closes);
    else merged.push([opens, closes]);
  }
  return merged;
}

function openingInWeek(week: readonly [number, number][], zone: Zone, instant: number): Opening {
  const local = zone.toLocal(instant);
  const day = Math.floor(local / DAY);
  const minute = weekdayOf(day) * DAY_MINUTES + (local - day * DAY) / MINUTE;
  const at = (minutes: number) => instant + Math.round((minutes - minute) * MINUTE);
  // Last week's last interval may reach into this one; next week's first may continue this one's last.
  for (const shift of [-WEEK_MINUTES, 0]) {
    for (const [opens, closes] of week) {
      if (opens + shift > minute || closes + shift <= minute) continue;
      const until = continued(week, closes + shift);
      return { state: 'open', until: until - minute > ENDLESS_DAYS * DAY_MINUTES ? null : at(until) };
    }
  }
  const next = week.find(([opens]) => opens > minute) ?? week[0];
  if (!next) return { state: 'closed', next: null };
  return { state: 'closed', next: at(next[0] > minute ? next[0] : next[0] + WEEK_MINUTES) };
}

/** The end of the unbroken run that `end` belongs to. */
function continued(week: readonly [number, number][], end: number): number {
  const limit = end + (ENDLESS_DAYS + 7) * DAY_MINUTES;
  for (let grown = true; grown && end < limit;) {
    grown = false;
    const base = Math.floor(end / WEEK_MINUTES) * WEEK_MINUTES;
    for (const shift of [base - WEEK_MINUTES, base]) {
      for (const [opens, closes] of week) {
        if (opens + shift <= end && closes + shift > end) {
          end = closes + shift;
          grown = true;
        }
      }
    }
  }
  return end;
}

function openingByDay(compiled: Compiled, instant: number): Opening {
  const { zone } = compiled;
  const today = Math.floor(zone.toLocal(instant) / DAY);
  let until: number | null = null;
  // Two days back: a change of clocks can put yesterday's late end behind midnight once more.
  for (let day = today - 2; day <= today + SEARCH_DAYS; day++) {
    for (const [opens, closes] of hoursOn(compiled, day)) {
      const start = zone.toInstant(day, opens);
      const end = zone.toInstant(day, closes);
      if (end <= instant) continue;
      if (until === null && start > instant) return { state: 'closed', next: start };
      if (until !== null && start > until) return { state: 'open', until };
      until = Math.max(until ?? end, end);
    }
    if (until !== null && day > today + ENDLESS_DAYS) return { state: 'open', until: until > instant + ENDLESS_DAYS * DAY ? null : until };
  }
  return until === null ? { state: 'closed', next: null } : { state: 'open', until };
}

/** The hours that begin on a civil day. A line that closes its days is stronger than all that open them. */
function hoursOn({ lines }: Compiled, day: number): [number, number][] {
  const intervals: [number, number][] = [];
  for (const line of lines) {
    if (day < line.from || day > line.to || !line.matches(day)) continue;
    if (line.hours === null) return [];
    intervals.push([line.hours[0], line.hours[1]]);
  }
  return merge(intervals);
}

function hoursOf(line: ScheduleLine): [number, number] | null {
  if (line.opens === undefined || line.closes === undefined) return null;
  // "23:59" means midnight: no one closes for a minute.
  const closes = line.closes === DAY_MINUTES - 1 ? DAY_MINUTES : line.closes;
  return [line.opens, closes <= line.opens ? closes + DAY_MINUTES : closes];
}

function compileLine(line: ScheduleLine): Line | null {
  const from = line.validFrom === undefined ? -Infinity : parseDay(line.validFrom);
  const to = line.validTo === undefined ? Infinity : parseDay(line.validTo);
  const matches = compileDays(line);
  if (from === null || to === null || matches === null) return null;
  return { from, to, matches, hours: hoursOf(line) };
}

function compileDays(line: ScheduleLine): ((day: number) => boolean) | null {
  const interval = line.interval ?? 1;
  const anchorText = line.dtstart ?? line.validFrom;
  const anchor = anchorText === undefined ? null : parseDay(anchorText);
  if (interval > 1 && anchor === null) return null;
  if (line.freq === 'MONTHLY') return compileMonthly(line, interval, anchor);
  if (line.freq === undefined && line.byday === undefined) {
    return line.validFrom !== undefined && line.validTo !== undefined ? () => true : null;
  }
  const names = line.byday ?? (anchor === null ? null : [WEEKDAYS[weekdayOf(anchor)]!]);
  if (names === null || !names.every((name) => WEEKDAYS.includes(name))) return null;
  const days = new Set(names.map((name) => WEEKDAYS.indexOf(name)));
  if (interval === 1 || anchor === null) return (day) => days.has(weekdayOf(day));
  const weekStart = Math.max(0, WEEKDAYS.indexOf(line.wkst ?? 'MO'));
  const weekOf = (day: number) => Math.floor((day + 3 - weekStart) / 7);
  return (day) => days.has(weekdayOf(day)) && (weekOf(day) - weekOf(anchor)) % interval === 0;
}

function compileMonthly(line: ScheduleLine, interval: number, anchor: number | null): ((day: number) => boolean) | null {
  const weekdays = line.byday?.map((text) => /^([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text));
  if (weekdays?.includes(null)) return null;
  const ordinals = weekdays?.map((match) => ({ nth: Number(match![1] ?? 0), weekday: WEEKDAYS.indexOf(match![2]!) }));
  const monthDays = line.bymonthday ?? (ordinals || anchor === null ? undefined : [new Date(anchor * DAY).getUTCDate()]);
  if (!ordinals && !monthDays) return null;
  const anchorMonth = anchor === null ? 0 : monthOf(new Date(anchor * DAY));
  return (day) => {
    const date = new Date(day * DAY);
    if (interval > 1 && (monthOf(date) - anchorMonth) % interval !== 0) return false;
    const dayOfMonth = date.getUTCDate();
    const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    if (monthDays && !monthDays.some((wanted) => wanted === dayOfMonth || wanted === dayOfMonth - length - 1)) return false;
    if (!ordinals) return true;
    const weekday = weekdayOf(day);
    const nth = Math.ceil(dayOfMonth / 7);
    const nthFromEnd = -Math.ceil((length - dayOfMonth + 1) / 7);
    return ordinals.some((wanted) => wanted.weekday === weekday && (wanted.nth === 0 || wanted.nth === nth || wanted.nth === nthFromEnd));
  };
}

function monthOf(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
