// When a place is open: HSDS schedules of one resource, in its own time zone. `opening` runs for every candidate of a
// search, so each distinct timetable is compiled once; a purely weekly one becomes intervals of minutes in a week.
// What is not known is "unknown", and never "closed".

import { compileDays, isWeekday, WEEKDAYS, type ScheduleLine } from './timetable-days.ts';
import { DAY, DAY_MINUTES, findZone, formatDay, parseDay, weekdayOf, type Zone } from './zone.ts';

export type { ScheduleLine } from './timetable-days.ts';

export interface Timetable {
  /** IANA zone; null: not known, so that nothing can be said of an instant. */
  zone: string | null;
  lines: ScheduleLine[];
  /** Days, YYYY-MM-DD, on which its rhythm rests. From the day after `until` on they are not known. */
  holidays?: ClosedDays;
  /** Hours as text where they could not be read. */
  text?: string;
}

export interface ClosedDays {
  until: string;
  days: readonly string[];
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

const NONE: [number, number][] = [];
const UNKNOWN: Opening = { state: 'unknown' };
const WEEK_MINUTES = 7 * DAY_MINUTES;
const MINUTE = 60_000;
const SEARCH_DAYS = 400;
/** Whoever is open longer than this without a pause is always open. */
const ENDLESS_DAYS = 14;
/** Hours for so few days, without a rhythm, stand instead of the usual ones and not beside them. */
const SPECIAL_DAYS = 31;

/** Whether it is open at an instant (milliseconds since 1970), and until or from when. */
export function opening(timetable: Timetable, instant: number): Opening {
  const compiled = compile(timetable);
  if (compiled === null || compiled.zone === null) return UNKNOWN;
  const { zone, week } = compiled;
  const today = Math.floor(zone.toLocal(instant) / DAY);
  if (today > compiled.knownUntil) return UNKNOWN;
  // Closings alone say nothing of the other days.
  if (compiled.usual.length === 0 && exceptionOn(compiled, today) === null) return UNKNOWN;
  const found =
    week !== null && zone.isSteady(instant - DAY, instant + 8 * DAY) && isUsual(compiled, today)
      ? openingInWeek(week, zone, instant)
      : openingByDay(compiled, zone, instant);
  // What could not be read may hold an opening that the lines do not know.
  return found.state === 'closed' && timetable.text !== undefined ? UNKNOWN : found;
}

/** The seven civil days from the one that holds `instant`, in the timetable's zone; null where the hours are not known. */
export function weekView(timetable: Timetable, instant: number): OpenDay[] | null {
  const compiled = compile(timetable);
  if (compiled === null || compiled.usual.length === 0) return null;
  const today = Math.floor((compiled.zone?.toLocal(instant) ?? instant) / DAY);
  return Array.from({ length: 7 }, (_, i) => ({
    date: formatDay(today + i),
    weekday: weekdayOf(today + i),
    hours: hoursOn(compiled, today + i).map(([opens, closes]) => ({ opens, closes })),
  }));
}

interface Line {
  holds(day: number): boolean;
  length: number;
  /** Null: closed on its days. */
  hours: [number, number] | null;
}

interface Compiled {
  zone: Zone | null;
  /** The hours of its rhythm. */
  usual: Line[];
  /** Closings and special hours; of those that hold on a day, what is said for the fewest days counts. */
  exceptions: Line[];
  holidays: ReadonlySet<number>;
  /** Beyond this day it is not known whether a day is a holiday. */
  knownUntil: number;
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

function compileNew({ zone: name, lines, holidays }: Timetable): Compiled | null {
  const zone = name === null ? null : findZone(name);
  if ((zone === null && name !== null) || lines.length === 0) return null;
  const [usual, exceptions]: [Line[], Line[]] = [[], []];
  const weekly: ScheduleLine[] = [];
  for (const line of lines) {
    const days = compileDays(line);
    if (days === null) return null;
    const compiled = { ...days, hours: hoursOf(line) };
    const isSpecial = line.freq === undefined && line.byday === undefined && days.length <= SPECIAL_DAYS;
    if (compiled.hours === null || isSpecial) exceptions.push(compiled);
    else {
      usual.push(compiled);
      weekly.push(line);
    }
  }
  // Where only dates are told, they are all there is.
  if (usual.length === 0) usual.push(...exceptions.filter((line) => line.hours !== null));
  return {
    zone,
    usual,
    exceptions,
    holidays: new Set(holidays?.days.map((day) => parseDay(day)!)),
    knownUntil: (holidays && parseDay(holidays.until)) ?? Infinity,
    week: weekly.length > 0 && weekly.every(isWeekly) ? compileWeek(weekly) : null,
  };
}

function isWeekly(line: ScheduleLine): boolean {
  return (
    line.freq === 'WEEKLY' &&
    (line.interval ?? 1) === 1 &&
    line.validFrom === undefined &&
    line.validTo === undefined &&
    line.season === undefined &&
    line.byweekno === undefined &&
    line.byday !== undefined &&
    line.byday.every(isWeekday)
  );
}

function compileWeek(lines: readonly ScheduleLine[]): [number, number][] {
  const intervals = lines.flatMap((line) => {
    const [opens, closes] = hoursOf(line)!;
    return line.byday!.map((day): [number, number] => {
      const start = (WEEKDAYS as readonly string[]).indexOf(day) * DAY_MINUTES;
      return [start + opens, start + closes];
    });
  });
  return merge(intervals);
}

/** Sorted, and those that overlap or touch made one. */
function merge(intervals: [number, number][]): [number, number][] {
  if (intervals.length < 2) return intervals;
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

/** Whether nothing but the rhythm holds on the days that the answer for `today` can depend on. */
function isUsual({ exceptions, holidays }: Compiled, today: number): boolean {
  if (exceptions.length === 0 && holidays.size === 0) return true;
  for (let day = today - 2; day <= today + ENDLESS_DAYS + 2; day++) {
    if (holidays.has(day) || exceptions.some((line) => line.holds(day))) return false;
  }
  return true;
}

function openingByDay(compiled: Compiled, zone: Zone, instant: number): Opening {
  const today = Math.floor(zone.toLocal(instant) / DAY);
  let until: number | null = null;
  // Two days back: a change of clocks can put yesterday's late end behind midnight once more.
  for (let day = today - 2; day <= today + SEARCH_DAYS; day++) {
    for (const [opens, closes] of hoursOn(compiled, day)) {
      const start = zone.toInstant(day, opens);
      const end = zone.toInstant(day, closes);
      // Hours that clocks skip are no hours.
      if (end <= instant || end <= start) continue;
      if (until === null && start > instant) return { state: 'closed', next: start };
      if (until !== null && start > until) return { state: 'open', until };
      until = Math.max(until ?? end, end);
    }
    if (until !== null && day > today + ENDLESS_DAYS) return { state: 'open', until: until > instant + ENDLESS_DAYS * DAY ? null : until };
  }
  return until === null ? { state: 'closed', next: null } : { state: 'open', until };
}

/** The hours that begin on a civil day. */
function hoursOn(compiled: Compiled, day: number): [number, number][] {
  const exception = exceptionOn(compiled, day);
  if (exception !== null) return exception;
  if (compiled.holidays.has(day)) return [];
  return merge(hoursOfLines(compiled.usual, day));
}

/** Null where nothing out of the usual is said of the day. */
function exceptionOn({ exceptions }: Compiled, day: number): [number, number][] | null {
  let fewest = Infinity;
  for (const { length, holds } of exceptions) if (length < fewest && holds(day)) fewest = length;
  if (fewest === Infinity && !exceptions.some((line) => line.holds(day))) return null;
  const chosen = exceptions.filter((line) => line.length === fewest && line.holds(day));
  return chosen.some((line) => line.hours === null) ? [] : merge(hoursOfLines(chosen, day));
}

function hoursOfLines(lines: readonly Line[], day: number): [number, number][] {
  let intervals = NONE;
  for (const { hours, holds } of lines) {
    if (hours === null || !holds(day)) continue;
    if (intervals === NONE) intervals = [];
    intervals.push([hours[0], hours[1]]);
  }
  return intervals;
}

function hoursOf(line: ScheduleLine): [number, number] | null {
  if (line.opens === undefined || line.closes === undefined) return null;
  // "23:59" means midnight: no one closes for a minute.
  const closes = line.closes === DAY_MINUTES - 1 ? DAY_MINUTES : line.closes;
  return [line.opens, closes <= line.opens ? closes + DAY_MINUTES : closes];
}
