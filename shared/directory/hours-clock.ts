// Times of day in texts of hours: which minutes "9-5", "9 to 11:30am" and "13h-17h30" mean, or that it cannot be known.

import type { ClockToken } from './hours-words.ts';

export interface TimeRange {
  /** Minutes from midnight; `closes` ≤ `opens`: on the next day; 1440 is midnight at the end of the day. */
  opens: number;
  closes: number;
}

const HOUR = 60;
const DAY_MINUTES = 24 * HOUR;
const NOON = 12 * HOUR;
/** Across midnight within these only: "10 PM - 2 PM" and "9:00-5:00" on 24 hours are slips of the pen. */
const NIGHT = { from: 16 * HOUR, to: 10 * HOUR };
/** Hours without "am" or "pm" lie within these where that leaves one reading only. */
const DAYTIME = { from: 6 * HOUR, to: 21 * HOUR };
/** Nobody opens between these. What says so on 24 hours was written on 12. */
const SMALL_HOURS = { from: 30, to: 4 * HOUR };
const LONGEST_GUESS = 8 * HOUR;

/** How a text writes times: on 24 hours where any of them shows that. */
export function isOn24Hours(clocks: readonly ClockToken[]): boolean {
  return clocks.some((clock) => clock.exact && clock.hours !== 24 && clock.half === null);
}

/** One time of day by itself, minutes from midnight; null where that would be a guess. */
export function toMinutes(clock: ClockToken): number | null {
  if (clock.hours > 24 || clock.minutes > 59) return null;
  if (clock.half === null) return clock.hours * HOUR + clock.minutes;
  // "13:00 PM" says the same twice.
  if (clock.hours > 12 && clock.half === 'p') return clock.hours < 24 ? clock.hours * HOUR + clock.minutes : null;
  if (clock.hours < 1 || clock.hours > 12) return null;
  return ((clock.hours % 12) + (clock.half === 'p' ? 12 : 0)) * HOUR + clock.minutes;
}

/**
 * From one time to another; null where there is more than one reading, or only one that nobody keeps.
 * @param on24Hours whether the text writes times without "am" and "pm" on 24 hours
 */
export function readTimeRange(from: ClockToken, to: ClockToken, on24Hours: boolean): TimeRange | null {
  if (toMinutes(from) === null || toMinutes(to) === null) return null;
  // "12 AM" at the end of a morning was noon in somebody's mind.
  if (to.half === 'a' && to.hours === 12 && (toMinutes(from) ?? 0) < NOON)
    return from.half === 'a' && from.hours === 12 ? { opens: 0, closes: DAY_MINUTES } : null;
  const readings = listReadings(from, to, on24Hours).filter(isKept);
  const [first, second] = readings;
  return first !== undefined && second === undefined ? first : null;
}

function listReadings(from: ClockToken, to: ClockToken, on24Hours: boolean): TimeRange[] {
  const isPlain = (clock: ClockToken) => clock.half === null && !clock.exact;
  if (on24Hours || (!isPlain(from) && !isPlain(to))) return [{ opens: toMinutes(from)!, closes: toMinutes(to)! }];
  if (from.hours > 12 || to.hours > 12) return to.hours === 24 ? halves(from).map((opens) => ({ opens, closes: DAY_MINUTES })) : [];
  if (isPlain(from) && isPlain(to)) {
    // "8 to 8" may be the day or the night.
    const ranges = halves(from).flatMap((opens) => halves(to).map((closes) => ({ opens, closes })));
    return ranges.filter(({ opens, closes }) => opens >= DAYTIME.from && closes <= DAYTIME.to && closes > opens && closes - opens < NOON);
  }
  if (isPlain(from)) {
    // "9-5pm", "1-4 pm": the half of the end where that is earlier, else the other one.
    const closes = toMinutes(to)!;
    const same = toMinutes({ ...from, half: to.half ?? 'p' })!;
    return [{ opens: same < closes ? same : toMinutes({ ...from, half: 'a' })!, closes }];
  }
  // "10am-2": the first such time after opening.
  const opens = toMinutes(from)!;
  const closes = halves(to).find((time) => time > opens && time - opens <= LONGEST_GUESS);
  return closes === undefined ? [] : [{ opens, closes }];
}

function halves(clock: ClockToken): number[] {
  return [toMinutes({ ...clock, half: 'a' }), toMinutes({ ...clock, half: 'p' })].filter((time) => time !== null);
}

function isKept({ opens, closes }: TimeRange): boolean {
  if (opens === 0 && (closes === 0 || closes >= DAY_MINUTES - 1)) return true;
  if (opens < SMALL_HOURS.to) return opens < SMALL_HOURS.from && closes > opens && closes <= NIGHT.to;
  return closes > opens || closes === 0 || (opens >= NIGHT.from && closes <= NIGHT.to);
}

/** HH:MM; midnight at the end of the day is "00:00". */
export function formatClock(minutes: number): string {
  const time = minutes % DAY_MINUTES;
  return `${String(Math.floor(time / HOUR)).padStart(2, '0')}:${String(time % HOUR).padStart(2, '0')}`;
}
