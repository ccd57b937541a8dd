// From HSDS schedule rows to a timetable. What cannot be read as hours is kept as text, never guessed at.

import type { HsdsRecord } from './hsds.ts';
import type { ScheduleLine, Timetable } from './timetable.ts';
import { findZone, formatDay, parseDay, weekdayOf } from './zone.ts';

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
>;

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const COUNT_LIMIT = 5000;

/**
 * The timetable of one resource; null where no row says anything.
 * @param zone IANA name of the site's zone; null: the rows' own offset, else UTC
 */
export function toTimetable(schedules: readonly ScheduleRow[], zone: string | null): Timetable | null {
  const lines: ScheduleLine[] = [];
  const texts: string[] = [];
  for (const schedule of schedules) {
    const read = readLine(schedule);
    if (read) lines.push(read);
    else {
      const text = [
        schedule.description,
        schedule.byday,
        schedule.opens_at && `${schedule.opens_at}–${schedule.closes_at ?? '?'}`,
        schedule.notes,
      ];
      const said = text.filter((part) => part).join(' · ');
      if (said !== '' && !texts.includes(said)) texts.push(said);
    }
  }
  if (lines.length === 0 && texts.length === 0) return null;
  const known = zone !== null && findZone(zone) !== null ? zone : offsetZone(schedules);
  return { zone: known, lines, ...(texts.length > 0 && { text: texts.join('\n') }) };
}

function offsetZone(schedules: readonly ScheduleRow[]): string {
  const hours = schedules.find((schedule) => typeof schedule.timezone === 'number')?.timezone;
  if (typeof hours !== 'number' || Math.abs(hours) > 14) return 'UTC';
  const minutes = Math.round(Math.abs(hours) * 60);
  const name = `${hours < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return findZone(name) ? name : 'UTC';
}

/** Undefined where the row does not say on which days, or its times, in a way that can be relied on. */
function readLine(schedule: ScheduleRow): ScheduleLine | undefined {
  if (schedule.byweekno || schedule.byyearday) return undefined;
  const opens = parseTime(schedule.opens_at);
  const closes = parseTime(schedule.closes_at);
  if (opens === null || closes === null || (opens === undefined) !== (closes === undefined)) return undefined;
  const byday = parseDays(schedule.byday);
  const bymonthday = parseNumbers(schedule.bymonthday);
  const dates = readDates(schedule);
  if (byday === null || bymonthday === null || dates === null) return undefined;

  const line: ScheduleLine = { ...dates };
  if (opens !== undefined && closes !== undefined) Object.assign(line, { opens, closes });
  const ordinal = byday?.some((day) => day.length > 2) ?? false;
  const freq = schedule.freq ?? (bymonthday || ordinal ? 'MONTHLY' : byday ? 'WEEKLY' : undefined);
  if (freq) line.freq = freq === 'WEEKLY' && ordinal ? 'MONTHLY' : (freq as 'WEEKLY' | 'MONTHLY');
  if (byday) line.byday = byday;
  if (bymonthday) line.bymonthday = bymonthday;
  if ((schedule.interval ?? 1) > 1) line.interval = schedule.interval!;
  if (line.interval && schedule.wkst && WEEKDAYS.includes(schedule.wkst)) line.wkst = schedule.wkst;
  return finishLine(line, schedule);
}

/** Makes up for what HSDS leaves to the reader: a single date, a count of occurrences. */
function finishLine(line: ScheduleLine, schedule: ScheduleRow): ScheduleLine | undefined {
  if (!line.freq) {
    // No rhythm: the one date of dtstart, or all days of a stated stretch. A closing needs a stated day, too.
    if (schedule.dtstart && !schedule.valid_to && !schedule.until) line.validTo = line.validFrom!;
    return line.validFrom !== undefined && line.validTo !== undefined ? line : undefined;
  }
  // Days without times close nothing that another row opens, unless a date says that an exception is meant.
  if (line.opens === undefined && line.validFrom === undefined) return undefined;
  if (!line.byday && !line.bymonthday && !line.dtstart) return undefined;
  if ((line.interval ?? 1) > 1 && !line.dtstart && !line.validFrom) return undefined;
  if (schedule.count && line.dtstart) return endAfter(line, schedule.count);
  return line;
}

function readDates(schedule: ScheduleRow): Pick<ScheduleLine, 'validFrom' | 'validTo' | 'dtstart'> | null {
  const days = [schedule.valid_from, schedule.dtstart, schedule.valid_to, schedule.until].map((text) =>
    text ? parseDay(text) : undefined,
  );
  if (days.includes(null)) return null;
  const [validFrom, dtstart, validTo, until] = days as (number | undefined)[];
  const from = Math.max(validFrom ?? -Infinity, dtstart ?? -Infinity);
  const to = Math.min(validTo ?? Infinity, until ?? Infinity);
  return {
    ...(Number.isFinite(from) && { validFrom: formatDay(from) }),
    ...(Number.isFinite(to) && { validTo: formatDay(to) }),
    ...(dtstart !== undefined && { dtstart: formatDay(dtstart) }),
  };
}

/** Turns "so many times" into a last day. Weekly and monthly rhythms without ordinals are counted day by day. */
function endAfter(line: ScheduleLine, count: number): ScheduleLine | undefined {
  const start = parseDay(line.dtstart!)!;
  if (line.freq !== 'WEEKLY' || !line.byday) return undefined;
  const interval = line.interval ?? 1;
  const weekStart = Math.max(0, WEEKDAYS.indexOf(line.wkst ?? 'MO'));
  const weekOf = (day: number) => Math.floor((day + 3 - weekStart) / 7);
  let left = Math.min(count, COUNT_LIMIT);
  for (let day = start; ; day++) {
    if (!line.byday.includes(WEEKDAYS[weekdayOf(day)]!) || (weekOf(day) - weekOf(start)) % interval !== 0) continue;
    if (--left > 0) continue;
    const last = formatDay(day);
    return { ...line, validTo: line.validTo !== undefined && line.validTo < last ? line.validTo : last };
  }
}

/** Minutes from midnight; undefined: nothing stated; null: not readable. Takes "09:00", "9:00:00", "09:00Z" and "9:30 pm". */
function parseTime(text: string | null | undefined): number | undefined | null {
  if (text === null || text === undefined || text.trim() === '') return undefined;
  const match = /^(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?(?:Z|[+-]\d{2}:?\d{2})?$/i.exec(
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
  return hour > 24 || minute > 59 || (hour === 24 && minute > 0) ? null : hour * 60 + minute;
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

function parseNumbers(text: string | null | undefined): number[] | undefined | null {
  if (!text?.trim()) return undefined;
  const numbers = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  return numbers.every((number) => Number.isInteger(number) && number !== 0 && Math.abs(number) <= 31) ? numbers : null;
}
