// The two things that texts of hours are made of: lists of days and lists of times.

import { isOn24Hours, readTimeRange, type TimeRange } from './hours-clock.ts';
import type { ClockToken, HoursToken } from './hours-words.ts';

/** A weekday of every week (`nth` 0) or the nth of a month, -1 the last. */
export interface DayItem {
  day: number;
  nth: number;
}

/** The place in the text that has been read up to. What cannot be read gives null, and leaves the place anywhere. */
export class HoursCursor {
  readonly tokens: readonly HoursToken[];
  readonly #on24Hours: boolean;
  at = 0;

  constructor(tokens: readonly HoursToken[]) {
    this.tokens = tokens;
    this.#on24Hours = isOn24Hours(tokens.filter((token) => token.type === 'clock'));
  }

  peek(ahead = 0): HoursToken['type'] | undefined {
    return this.tokens[this.at + ahead]?.type;
  }

  /** Passes over tokens of these types; whether there were any. */
  skip(...types: HoursToken['type'][]): boolean {
    const from = this.at;
    while (types.includes(this.peek()!)) this.at++;
    return this.at > from;
  }

  isTimesAhead(): boolean {
    return ['clock', 'around', 'between'].includes(this.peek() ?? '');
  }

  isDaysAhead(): boolean {
    return ['day', 'days', 'ordinal'].includes(this.peek() ?? '');
  }

  readDays(): DayItem[] | null {
    const items: DayItem[] = [];
    for (let more = true; more;) {
      this.skip('from', 'every');
      const token = this.tokens[this.at];
      if (token?.type === 'days') {
        this.at++;
        items.push(...token.days.map((day) => ({ day, nth: 0 })));
      } else {
        const nths = this.#readOrdinals();
        const days = this.#readDayRange();
        // "1st and 3rd Monday and Friday": the first Friday, or every one?
        if (days === null || (nths.length > 0 && days.length > 1) || nths.some((nth) => nth > 5)) return null;
        if (nths.length === 0 && items.some(({ nth }) => nth !== 0)) return null;
        for (const day of days) items.push(...(nths.length > 0 ? nths : [0]).map((nth) => ({ day, nth })));
      }
      // "Friday each month" is one of four.
      if (this.skip('ofMonth') && items.at(-1)!.nth === 0) return null;
      more = this.#passToNextDay();
    }
    // "Daily Monday" is one or the other.
    return hasRepeats(items) ? null : items;
  }

  /** Over a comma or "and" to another day of the same list; false where there is none. */
  #passToNextDay(): boolean {
    const before = this.at;
    const isParted = this.skip('comma', 'and');
    this.skip('from');
    if (this.isDaysAhead()) {
      // "2nd Wed Wednesday" is no list.
      const previous = this.tokens[before - 1]!.type;
      if (isParted || (this.peek() === 'day' && previous === 'day')) return true;
    }
    this.at = before;
    return false;
  }

  #readOrdinals(): number[] {
    const nths: number[] = [];
    for (let token = this.tokens[this.at]; token?.type === 'ordinal'; token = this.tokens[this.at]) {
      nths.push(token.nth);
      this.at++;
      const before = this.at;
      this.skip('comma', 'and', 'from');
      if (this.peek() !== 'ordinal') {
        this.at = before;
        break;
      }
    }
    return nths;
  }

  #readDayRange(): number[] | null {
    const first = this.tokens[this.at];
    if (first?.type !== 'day') return null;
    this.at++;
    const before = this.at;
    if (this.peek() !== 'to') return [first.day];
    this.at++;
    this.skip('from');
    const last = this.tokens[this.at];
    if (last?.type !== 'day') {
      // "Mon - 9-5": a dash before the hours.
      this.at = before + 1;
      return this.isTimesAhead() ? [first.day] : null;
    }
    this.at++;
    // A week may begin on Sunday; "Friday to Monday" is left to who wrote it.
    const from = first.day === 6 ? -1 : first.day;
    if (last.day <= from) return null;
    return Array.from({ length: last.day - from + 1 }, (_, i) => (from + i + 7) % 7);
  }

  readTimes(): TimeRange[] | null {
    if (this.peek() === 'around') {
      this.at++;
      return [{ opens: 0, closes: 1440 }];
    }
    const times: TimeRange[] = [];
    for (;;) {
      this.skip('from');
      const range = this.readRange();
      if (range === null) return null;
      if (!times.some((one) => one.opens === range.opens && one.closes === range.closes)) times.push(range);
      const before = this.at;
      const isParted = this.skip('comma', 'and');
      this.skip('from');
      if (!isParted || (this.peek() !== 'clock' && this.peek() !== 'between')) {
        this.at = before;
        return times;
      }
    }
  }

  readRange(): TimeRange | null {
    const isBetween = this.skip('between');
    const from = this.tokens[this.at];
    if (from?.type !== 'clock') return null;
    this.at++;
    const isTold = this.peek() === 'to' || (isBetween && this.peek() === 'and');
    if (isTold) this.at++;
    this.skip('from');
    const to = this.tokens[this.at];
    if (to?.type !== 'clock') return null;
    // "9:00 AM 5:00 PM", as tables have it; "9 5" may be anything.
    const isPlain = (clock: ClockToken) => clock.half === null && clock.hours !== 24;
    if (!isTold && (isPlain(from) || isPlain(to))) return null;
    this.at++;
    return readTimeRange(from, to, this.#on24Hours);
  }
}

function hasRepeats(items: readonly DayItem[]): boolean {
  return new Set(items.map(({ day, nth }) => `${day} ${nth}`)).size < items.length;
}
