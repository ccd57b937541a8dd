// From HSDS schedule rows to a timetable. What cannot be read as hours is kept as text, never guessed at.

import { readHours } from './hours-text.ts';
import type { HsdsRecord } from './hsds.ts';
import { ALSO_BY_APPOINTMENT, readNotes, type ReadNotes } from './schedule-notes.ts';
import { compileDays, isWeekday } from './timetable-days.ts';
import type { ClosedDays, ScheduleLine, Timetable } from './timetable.ts';
import { findZone, formatDay, parseDay } from './zone.ts';

export type ScheduleRow = Pick<
  HsdsRecord<'schedule'>,
  | 'valid_from'
  | 'valid_to'
  | 'dtstart'
  | 'until'
  | 'count'
  | 'timezone'
  | 'wkst'
  | 'freq'
  | 'interval'
  | 'byday'
  | 'byweekno'
  | 'bymonthday'
  | 'byyearday'
  | 'description'
  | 'opens_at'
  | 'closes_at'
  | 'notes'
> & { extra?: string | null };

/** Recurrence rules that HSDS has no field for: a row that has one means other days than its fields say. */
const FOREIGN_RULES = /"(?:freq|bymonth|bysetpos|byhour|byminute|exdate|exrule|rdate)"\s*:/i;
const FREQUENCIES: ReadonlySet<string> = new Set(['WEEKLY', 'MONTHLY']);
/** Of "so many times": how many days are gone through at most, which are 40 years. */
const COUNT_DAYS = 14_610;
/** A year that stands for every year, as older data write it: "January 01, 0001". */
const EVERY_YEAR = /^000[01]-/;

/** A time of day with the offset that it was written with, in minutes; null: none, or only "Z". */
interface RowTime {
  minutes: number;
  offset: number | null;
}

/**
 * The timetable of one resource; null where no row says anything.
 * @param zone IANA name of the site's zone; null: the rows' own offset, and where they have none it is not known
 * @param findHolidays holidays of the site's region, asked where its hours do not hold on them: those named, or all public ones
 */
export function toTimetable(
  schedules: readonly ScheduleRow[],
  zone: string | null,
  findHolidays?: (names: readonly string[] | null) => ClosedDays | null,
): Timetable | null {
  const known = zone !== null && findZone(zone) !== null ? zone : findOffsetZone(schedules);
  const lines: ScheduleLine[] = [];
  const texts = new Set<string>();
  let closedOnHolidays = false;
  const closedOn = new Set<string>();
  const isDescribed = schedules.some(({ description }) => description);
  for (const schedule of schedules.flatMap(readProse)) {
    const notes = { ...readNotes(schedule.description), ...readNotes(schedule.notes) };
    const line = notes.appointment === 'only' ? undefined : readLine(schedule, notes, known);
    notes.closedOn?.forEach((name) => closedOn.add(name));
    if (line) lines.push(line);
    // What is read out of one text stands in several rows, and the text with the first of them.
    else if (notes.appointment === 'only' && isDescribed) texts.add(schedule.description ?? '');
    else if (!saysOnlyClosings(schedule, notes)) texts.add(toText(schedule));
    if (line && notes.appointment === 'also') texts.add(ALSO_BY_APPOINTMENT);
    closedOnHolidays ||= notes.closedOnHolidays === true;
  }
  texts.delete('');
  if (lines.length === 0 && texts.size === 0) return null;
  const holidays =
    lines.length === 0
      ? null
      : joinDays(closedOnHolidays ? findHolidays?.(null) : null, closedOn.size > 0 ? findHolidays?.([...closedOn].sort()) : null);
  return { zone: known, lines, ...(holidays && { holidays }), ...(texts.size > 0 && { text: [...texts].join('\n') }) };
}

/** Fields that tell days or times; a row without any of them has its hours in its description, if anywhere. */
const TELLING = ['freq', 'byday', 'bymonthday', 'byweekno', 'byyearday', 'dtstart', 'until', 'count', 'opens_at', 'closes_at'] as const;

/** A row that tells its hours in words alone, as the rows that those words mean; others, and words not understood, as they are. */
function readProse(schedule: ScheduleRow): ScheduleRow[] {
  if (!schedule.description || TELLING.some((field) => schedule[field])) return [schedule];
  const lines = readHours(schedule.description);
  // Hours by appointment are shown in their own words.
  if (!lines || lines.length === 0 || lines.some(({ notes }) => readNotes(notes).appointment === 'only')) return [schedule];
  return lines.map(({ freq, byday, opens, closes, validFrom, validTo, notes }) => ({
    timezone: schedule.timezone ?? null,
    freq,
    byday,
    opens_at: opens,
    closes_at: closes,
    valid_from: validFrom ?? schedule.valid_from ?? null,
    valid_to: validTo ?? schedule.valid_to ?? null,
    notes: [notes, schedule.notes].filter((note) => note).join('. '),
  }));
}

function joinDays(a: ClosedDays | null | undefined, b: ClosedDays | null | undefined): ClosedDays | null {
  return a && b ? { until: a.until, days: [...new Set([...a.days, ...b.days])].sort() } : (a ?? b ?? null);
}

/** A row whose whole sense is on which holidays it is closed. */
function saysOnlyClosings(schedule: ScheduleRow, notes: ReadNotes): boolean {
  return notes.closedOn !== undefined && !schedule.description && !TELLING.some((field) => schedule[field]);
}

/** A row as it was written, where it could not be read. */
function toText(schedule: ScheduleRow): string {
  const parts = [
    schedule.description,
    schedule.byday,
    schedule.opens_at && `${schedule.opens_at}–${schedule.closes_at ?? '?'}`,
    schedule.notes,
  ];
  return parts.filter((part) => part).join(' · ');
}

function findOffsetZone(schedules: readonly ScheduleRow[]): string | null {
  for (const { timezone, opens_at: opens } of schedules) {
    const minutes = typeof timezone === 'number' ? Math.round(timezone * 60) : (parseTime(opens)?.offset ?? null);
    const name = minutes === null ? null : formatOffset(minutes);
    if (name !== null && findZone(name)) return name;
  }
  return null;
}

function formatOffset(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Undefined where the row does not say on which days, or its times, in a way that can be relied on. */
function readLine(schedule: ScheduleRow, notes: ReadNotes, zone: string | null): ScheduleLine | undefined {
  if (schedule.byyearday || FOREIGN_RULES.test(schedule.extra ?? '')) return undefined;
  const opens = parseTime(schedule.opens_at);
  const closes = parseTime(schedule.closes_at);
  if (opens === null || closes === null || (opens === undefined) !== (closes === undefined)) return undefined;
  const byday = parseDays(schedule.byday);
  const bymonthday = parseNumbers(schedule.bymonthday, 31);
  const byweekno = parseNumbers(schedule.byweekno, 53);
  const dates = readDates(schedule);
  if (byday === null || bymonthday === null || byweekno === null || dates === null) return undefined;

  const line: ScheduleLine = { ...dates };
  if (notes.season) line.season ??= notes.season;
  if (opens !== undefined && closes !== undefined) {
    if (!isPlausible(opens, closes) || ![opens, closes].every((time) => fitsZone(time, zone))) return undefined;
    Object.assign(line, { opens: opens.minutes, closes: closes.minutes });
  }
  const ordinal = byday?.some((day) => day.length > 2) ?? false;
  const freq = (schedule.freq as ScheduleLine['freq'] | null) ?? (bymonthday || ordinal ? 'MONTHLY' : byday ? 'WEEKLY' : undefined);
  if (freq && !FREQUENCIES.has(freq)) return undefined;
  if ((freq === 'WEEKLY' && bymonthday) || (byweekno && (freq !== 'WEEKLY' || ordinal))) return undefined;
  if (freq) line.freq = freq === 'WEEKLY' && ordinal ? 'MONTHLY' : freq;
  if (byday) line.byday = byday;
  if (bymonthday) line.bymonthday = bymonthday;
  if (byweekno) line.byweekno = byweekno;
  if ((schedule.interval ?? 1) > 1) line.interval = schedule.interval!;
  if ((line.interval || byweekno) && schedule.wkst && isWeekday(schedule.wkst)) line.wkst = schedule.wkst;
  return finishLine(line, schedule);
}

/** Makes up for what HSDS leaves to the reader: a single date, a count of occurrences. */
function finishLine(line: ScheduleLine, schedule: ScheduleRow): ScheduleLine | undefined {
  if (!line.freq) {
    // No rhythm: the one date of dtstart, or all days of a stated stretch. A closing needs a stated day, too.
    if (schedule.dtstart && !schedule.valid_to && !schedule.until) line.validTo = line.validFrom!;
    return compileDays(line) ? line : undefined;
  }
  // Days without times close nothing that another row opens, unless a date says that an exception is meant.
  if (line.opens === undefined && line.validFrom === undefined && line.season === undefined) return undefined;
  if (!line.byday && !line.bymonthday && !line.dtstart) return undefined;
  if (!compileDays(line)) return undefined;
  if (!schedule.count) return line;
  return line.dtstart === undefined ? undefined : endAfter(line, schedule.count);
}

function readDates(schedule: ScheduleRow): Pick<ScheduleLine, 'validFrom' | 'validTo' | 'dtstart' | 'season'> | null {
  const days = [schedule.valid_from, schedule.dtstart, schedule.valid_to, schedule.until].map((text) =>
    text ? parseDay(text) : undefined,
  );
  if (days.includes(null)) return null;
  if (EVERY_YEAR.test(schedule.valid_from ?? '') && EVERY_YEAR.test(schedule.valid_to ?? '')) {
    return schedule.dtstart || schedule.until ? null : { season: [monthAndDay(schedule.valid_from!), monthAndDay(schedule.valid_to!)] };
  }
  const [validFrom, dtstart, validTo, until] = days as (number | undefined)[];
  const from = Math.max(validFrom ?? -Infinity, dtstart ?? -Infinity);
  const to = Math.min(validTo ?? Infinity, until ?? Infinity);
  return {
    ...(Number.isFinite(from) && { validFrom: formatDay(from) }),
    ...(Number.isFinite(to) && { validTo: formatDay(to) }),
    ...(dtstart !== undefined && { dtstart: formatDay(dtstart) }),
  };
}

function monthAndDay(date: string): number {
  return Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

/** Turns "so many times" into a last day. */
function endAfter(line: ScheduleLine, count: number): ScheduleLine | undefined {
  const days = compileDays(line)!;
  let left = count;
  const start = parseDay(line.dtstart!)!;
  for (let day = start; day < start + COUNT_DAYS; day++) {
    if (!days.holds(day) || --left > 0) continue;
    return { ...line, validTo: formatDay(day) };
  }
  return left === count ? undefined : line;
}

/** From a time to the same time is the whole day at midnight, and a slip of the pen at any other. */
function isPlausible(opens: RowTime, closes: RowTime): boolean {
  return opens.minutes !== closes.minutes || opens.minutes === 0;
}

/** Times are the site's own. One with an offset that its clocks never show says something else. */
function fitsZone({ offset }: RowTime, name: string | null): boolean {
  const zone = name === null ? null : findZone(name);
  if (offset === null || zone === null) return true;
  return [WINTER, SUMMER].some((instant) => zone.offsetAt(instant) === offset * 60_000);
}

const WINTER = Date.UTC(2026, 0, 15);
const SUMMER = Date.UTC(2026, 6, 15);

/**
 * Undefined: nothing stated; null: not readable. Takes "09:00", "9:00:00", "09:00-05:00" and "9:30 pm". "Z" is written
 * by programs that mean the site's own time, so it is taken for no offset at all.
 */
function parseTime(text: string | null | undefined): RowTime | undefined | null {
  if (text === null || text === undefined || text.trim() === '') return undefined;
  const match = /^(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?(?:Z|([+-])(\d{2}):?(\d{2}))?$/i.exec(
    text.trim(),
  );
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2]);
  const half = match[3]?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  const offset = match[4] === undefined ? null : (match[4] === '-' ? -1 : 1) * (Number(match[5]) * 60 + Number(match[6]));
  return { minutes: hour * 60 + minute, offset };
}

/** "MO,TU" and "2TU,-1FR"; undefined: nothing stated; null: not readable. */
function parseDays(text: string | null | undefined): string[] | undefined | null {
  if (!text?.trim()) return undefined;
  const days = text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  return days.every((day) => /^[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)$/.test(day)) ? days.map((day) => day.replace('+', '')) : null;
}

function parseNumbers(text: string | null | undefined, most: number): number[] | undefined | null {
  if (!text?.trim()) return undefined;
  const numbers = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  return numbers.every((number) => Number.isInteger(number) && number !== 0 && Math.abs(number) <= most) ? numbers : null;
}
