// Opening hours written as prose, in English, Spanish and French. Only a text that is understood to its last word and
// has one reading becomes a schedule; everything else stays text.
//
//   text    = part (sep part)*        a season before its hours holds for those that follow, one behind for those before
//   part    = season | hours | days "closed" | "closed" days | "closed" times "for lunch" | "except" days | "by appointment"
//   hours   = days [":"] times | times days          in one order throughout
//   days    = item ((","|"and") item)*               item = [ordinal ("and" ordinal)*] day ["to" day] | "daily" | …
//   times   = clock "to" clock (("," | "and") …)*    or "9:00 AM 5:00 PM", or "24/7"

import { formatClock, type TimeRange } from './hours-clock.ts';
import { type DayItem, HoursCursor } from './hours-parts.ts';
import { readSeason, type Season } from './hours-season.ts';
import { toHoursTokens } from './hours-tokens.ts';
import { WEEKDAYS } from './timetable-days.ts';
import { readNamedHolidays } from './named-holidays.ts';
import { BY_APPOINTMENT, ALSO_BY_APPOINTMENT, CLOSED_ON_HOLIDAYS, closedOnNote, seasonNote } from './schedule-notes.ts';

/** One schedule line, in HSDS's terms. */
export interface ReadHours {
  freq: 'WEEKLY' | 'MONTHLY';
  /** HSDS `byday`, such as "MO,WE" or "1SA,3SA". */
  byday: string;
  /** HH:MM; "00:00" to "00:00": the whole day. */
  opens: string;
  closes: string;
  /** YYYY-MM-DD, where the text names a year. */
  validFrom?: string;
  validTo?: string;
  /** What HSDS has no field for, in words that are read again from there: see schedule-notes.ts. */
  notes?: string;
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6] as const;

interface Group {
  days: DayItem[];
  times: TimeRange[];
  season?: Season;
  appointment?: boolean;
}

/** The lines of the text, or null where any part of it has another reading or none; none where it is only said to be closed. */
export function readHours(text: string): ReadHours[] | null {
  const [hours, closedOn] = takeHolidays(text);
  const tokens = toHoursTokens(hours);
  if (tokens === null || tokens.length === 0) return null;
  const lines = new HoursReader(tokens).read();
  if (!lines || !closedOn) return lines;
  return lines.map((line) => ({ ...line, notes: [line.notes, closedOnNote(closedOn)].filter((note) => note).join('. ') }));
}

/** "Mon-Fri 9-5, closed Thanksgiving and Christmas": the hours, and the names of the holidays. */
function takeHolidays(text: string): [hours: string, closedOn: string[] | null] {
  const at = text.search(/[\s,;.(]+(?:closed|ferm[ée]|cerrado)(?!\p{L})(?![\s\S]*(?:closed|ferm[ée]|cerrado))/iu);
  const names = at < 0 ? null : readNamedHolidays(text.slice(at).replace(/^[\s,;.(]+/, ''));
  return names ? [text.slice(0, at), names] : [text, null];
}

class HoursReader extends HoursCursor {
  #groups: Group[] = [];
  #closed: DayItem[] = [];
  #season: Season | undefined;
  #seasonFirst: boolean | undefined;
  /** Whether a season has been told whose hours have not come yet. */
  #seasonWaits = false;
  #isMonthly = false;
  #timesFirst: boolean | undefined;
  #closedOnHolidays = false;
  #allByAppointment = false;
  #alsoByAppointment = false;
  /** Whether something parted the last hours from what follows: a line, a semicolon, "every". */
  #isParted = true;

  read(): ReadHours[] | null {
    while (this.at < this.tokens.length) if (!this.#readPart()) return null;
    if (this.#groups.length === 0 && this.#closed.length === 0) return null;
    if (this.#seasonWaits || (this.#seasonFirst === false && this.#groups.some((group) => group.season === undefined))) return null;
    return this.#agrees() ? this.#toLines() : null;
  }

  #readPart(): boolean {
    const last = this.#groups.at(-1);
    switch (this.peek()) {
      case 'break':
      case 'every':
        this.#isParted = true;
        this.at++;
        // "Every 3rd Tuesday" may be every third one; "each 1st and 3rd" cannot.
        return !(this.peek() === 'ordinal' && this.tokens[this.at - 1]!.type === 'every') || this.#isOfMonth();
      case 'comma':
      case 'colon':
      case 'open':
      case 'remark':
        this.at++;
        return true;
      case 'ofMonth':
        // "Monthly: 3rd Tuesday"; a bare weekday would be one of four.
        this.#isMonthly = true;
        this.at++;
        this.skip('colon', 'comma', 'break', 'from');
        return this.peek() === 'ordinal' && this.#readHours();
      case 'or':
      case 'also':
      case 'and':
        this.at++;
        if (this.peek() === 'appointment') {
          this.at++;
          return (this.#alsoByAppointment = true);
        }
        return this.tokens[this.at - 1]!.type !== 'or' && this.at < this.tokens.length && last !== undefined;
      case 'appointment':
        this.at++;
        return this.#readAppointment(last);
      case 'closed':
        this.at++;
        return this.#readClosed(last);
      case 'except':
        this.at++;
        return last !== undefined && this.#readExcept(last);
      default:
        return this.#readSeasonPart() || this.#readHours();
    }
  }

  /** Whether the ordinals ahead are several, or said to be of the month. */
  #isOfMonth(): boolean {
    let at = this.at;
    while (at < this.tokens.length && this.tokens[at]!.type !== 'clock' && this.tokens[at]!.type !== 'break') {
      const { type } = this.tokens[at]!;
      if (type === 'ofMonth' || (type === 'ordinal' && at > this.at)) return true;
      at++;
    }
    return false;
  }

  #readSeasonPart(): boolean {
    const found = readSeason(this.tokens, this.at);
    if (found === null) return false;
    const pending = this.#groups.filter((group) => group.season === undefined);
    this.#seasonFirst ??= this.#groups.length === 0;
    if (this.#seasonWaits) return false;
    if (this.#seasonFirst) {
      this.#season = found.season;
      this.#seasonWaits = true;
    } else if (pending.length !== 1) return false;
    else pending[0]!.season = found.season;
    this.at = found.next;
    return true;
  }

  #readHours(): boolean {
    const isParted = this.#isParted;
    this.skip('from', 'every');
    const [days, times] = this.isTimesAhead() ? this.#readTimesFirst() : this.#readDaysFirst();
    if (days === null || times === null) return false;
    // "1st Monday 4-6, Thursday 9-11": the first Thursday?
    const before = this.#groups.at(-1);
    if (!isParted && before?.days.some(({ nth }) => nth !== 0) && days.some(({ nth }) => nth === 0)) return false;
    if (this.#isMonthly && days.some(({ nth }) => nth === 0)) return false;
    this.#isParted = false;
    this.#seasonWaits = false;
    if (times === 'closed') this.#closed.push(...days);
    else if (times === 'appointment') this.#alsoByAppointment = true;
    else this.#groups.push({ days, times, ...(this.#season && { season: this.#season }) });
    return true;
  }

  #readDaysFirst(): [DayItem[] | null, TimeRange[] | 'closed' | 'appointment' | null] {
    if (this.#timesFirst) return [null, null];
    const days = this.readDays();
    if (days === null) return [null, null];
    this.skip('colon', 'comma', 'break', 'from', 'open');
    while (this.peek() === 'except') {
      this.at++;
      if (!this.#dropDays(days)) return [null, null];
      this.skip('colon', 'comma', 'from');
    }
    if (this.peek() === 'closed' || this.peek() === 'appointment') {
      this.at++;
      return [days, this.tokens[this.at - 1]!.type as 'closed' | 'appointment'];
    }
    this.#timesFirst = false;
    return [days, this.readTimes()];
  }

  #readTimesFirst(): [DayItem[] | null, TimeRange[] | null] {
    if (this.#timesFirst === false) return [null, null];
    this.#timesFirst = true;
    const isAround = this.peek() === 'around';
    const times = this.readTimes();
    if (times === null) return [null, null];
    const before = this.at;
    this.skip('comma', 'colon', 'from', 'every', 'open');
    const hasDays = this.isDaysAhead();
    if (hasDays) return [this.readDays(), times];
    this.at = before;
    // "24/7" is every day; so is nothing else without its days.
    return [isAround ? EVERY_DAY.map((day) => ({ day, nth: 0 })) : null, times];
  }

  #readAppointment(last: Group | undefined): boolean {
    const rest = this.tokens.slice(this.at).filter(({ type }) => !['comma', 'break', 'remark', 'open'].includes(type));
    if (last === undefined) return (this.#allByAppointment = rest.length > 0);
    if (rest.length === 0) return (this.#allByAppointment = true);
    // In the middle it is said of what stands before it on its line, where that is one thing.
    const isBehind = this.tokens[this.at - 2]?.type !== 'break' && this.peek() === 'break';
    return isBehind && last.times.length === 1 && (last.appointment = true);
  }

  #readClosed(last: Group | undefined): boolean {
    this.skip('from', 'colon');
    if (this.peek() === 'holidays') {
      this.at++;
      return (this.#closedOnHolidays = true);
    }
    const isForLunch = this.skip('lunch');
    if (this.peek() === 'clock') {
      const pause = last ? this.readRange() : null;
      return pause !== null && (this.skip('lunch') || isForLunch) && takeOut(last!, pause);
    }
    const days = this.readDays();
    // "Closed Wednesdays 10:30-1", "closed 1st Saturday": of the hours of a day, or of one day of four.
    if (days === null || days.some(({ nth }) => nth !== 0) || this.isTimesAhead()) return false;
    this.#closed.push(...days);
    if (this.peek() === 'and' && this.peek(1) === 'holidays') {
      this.at += 2;
      this.#closedOnHolidays = true;
    }
    return true;
  }

  #readExcept(last: Group): boolean {
    this.skip('from', 'closed');
    if (this.peek() === 'holidays') {
      this.at++;
      return (this.#closedOnHolidays = true) && this.peek() !== 'and';
    }
    return this.#groups.length === 1 && this.#dropDays(last.days);
  }

  #dropDays(days: DayItem[]): boolean {
    this.skip('from');
    if (this.peek() === 'holidays') {
      this.at++;
      return (this.#closedOnHolidays = true);
    }
    const without = this.readDays();
    if (without === null || without.some(({ nth, day }) => nth !== 0 || !days.some((one) => one.day === day && one.nth === 0)))
      return false;
    const left = days.filter(({ day }) => !without.some((one) => one.day === day));
    days.splice(0, days.length, ...left);
    return left.length > 0;
  }

  /** No day is both open and closed, and no two hours of a day overlap: such a text has a mistake in it. */
  #agrees(): boolean {
    const seen = new Map<string, TimeRange[]>();
    for (const { days, times, season } of this.#groups) {
      for (const { day, nth } of days) {
        if (this.#closed.some((closed) => closed.day === day)) return false;
        const key = `${day} ${nth} ${season?.yearly ?? season?.dates ?? ''}`;
        const before = seen.get(key) ?? [];
        for (const time of times) {
          const twin = before.find((one) => one.opens === time.opens && one.closes === time.closes);
          if (!twin && before.some((one) => overlaps(one, time))) return false;
          if (!twin) before.push(time);
        }
        seen.set(key, before);
      }
    }
    return true;
  }

  #toLines(): ReadHours[] {
    const lines = new Map<string, { items: DayItem[]; line: Omit<ReadHours, 'byday'> }>();
    for (const group of this.#groups) {
      const more = this.#toMore(group);
      for (const { opens, closes } of group.times) {
        for (const item of group.days) {
          const freq = item.nth === 0 ? 'WEEKLY' : 'MONTHLY';
          const key = [freq, opens, closes, more.validFrom, more.validTo, more.notes].join();
          const entry = lines.get(key) ?? { items: [], line: { freq, opens: formatClock(opens), closes: formatClock(closes), ...more } };
          if (!entry.items.some(({ day, nth }) => day === item.day && nth === item.nth)) entry.items.push(item);
          lines.set(key, entry);
        }
      }
    }
    return [...lines.values()].map(({ items, line: { freq, ...rest } }) => ({ freq, byday: toByDays(items), ...rest }));
  }

  #toMore({ season, appointment }: Group): Pick<ReadHours, 'validFrom' | 'validTo' | 'notes'> {
    const notes = [
      season?.yearly && seasonNote(season.yearly),
      appointment || this.#allByAppointment ? BY_APPOINTMENT : this.#alsoByAppointment && ALSO_BY_APPOINTMENT,
      this.#closedOnHolidays && CLOSED_ON_HOLIDAYS,
    ].filter((note) => note);
    return {
      ...(season?.dates && { validFrom: season.dates[0], validTo: season.dates[1] }),
      ...(notes.length > 0 && { notes: notes.join('. ') }),
    };
  }
}

function toByDays(items: readonly DayItem[]): string {
  const sorted = items.toSorted((a, b) => a.day - b.day || (a.nth < 0 ? 9 : a.nth) - (b.nth < 0 ? 9 : b.nth));
  return sorted.map(({ day, nth }) => `${nth === 0 ? '' : nth}${WEEKDAYS[day]}`).join(',');
}

function overlaps(a: TimeRange, b: TimeRange): boolean {
  const end = ({ opens, closes }: TimeRange) => (closes <= opens ? closes + 1440 : closes);
  return a.opens < end(b) && b.opens < end(a);
}

/** Takes a pause out of every one of the hours that it lies in; false where it lies in none. */
function takeOut(group: Group, pause: TimeRange): boolean {
  const cut = group.times.flatMap((time) =>
    time.opens < pause.opens && pause.closes < time.closes
      ? [
          { opens: time.opens, closes: pause.opens },
          { opens: pause.closes, closes: time.closes },
        ]
      : [time],
  );
  const isCut = cut.length > group.times.length;
  group.times = cut;
  return isCut;
}
