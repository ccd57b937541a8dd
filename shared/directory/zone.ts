// Civil days and the offset of a time zone at an instant, by what the runtime's own Intl knows of zones.
// A civil day is a number: days since 1970-01-01. 1970-01-01 was a Thursday.

export const DAY_MINUTES = 1440;
const MINUTE = 60_000;
export const DAY = 86_400_000;
/** Offsets are looked up for stretches of so long, and within one at these steps: no zone changes twice between two. */
const STRETCH = 16 * DAY;
const STEP = 4 * DAY;

/** A civil day as a number; null where the text is no date in the form YYYY-MM-DD. */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(0);
  // Date.UTC takes the year 1 for 1901.
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day && month >= 1 && month <= 12 ? date.getTime() / DAY : null;
}

export function formatDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The date of a civil day, as year × 10,000 + month × 100 + day of the month. Reckoned from March, as leap days end a year. */
export function dateOf(day: number): number {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

const zones = new Map<string, Zone | null>();

/** The zone of an IANA name or an offset such as "+05:30"; null where the runtime does not know it. */
export function findZone(name: string): Zone | null {
  let zone = zones.get(name);
  if (zone === undefined) {
    try {
      zone = new Zone(name);
    } catch {
      zone = null;
    }
    zones.set(name, zone);
  }
  return zone;
}

export class Zone {
  readonly name: string;
  #format: Intl.DateTimeFormat;
  #stretches = new Map<number, Stretch>();
  #last: Stretch = { from: 0, to: 0, changes: [], offset: 0 };

  /** Throws a RangeError on a name that is not known. */
  constructor(name: string) {
    this.name = name;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  }

  /** Local time minus UTC, in milliseconds. */
  offsetAt(instant: number): number {
    const { offset, changes } = this.#stretchOf(instant);
    let found = offset;
    for (const change of changes) if (instant >= change.at) found = change.offset;
    return found;
  }

  /** Milliseconds of local time, as if it were UTC. */
  toLocal(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /**
   * The instant at which clocks show `minutes` past midnight of a civil day. Of a time that clocks show twice the
   * first; a time that they skip is as much later as they jump.
   */
  toInstant(day: number, minutes: number): number {
    const local = day * DAY + minutes * MINUTE;
    const before = this.offsetAt(local - DAY);
    const after = this.offsetAt(local + DAY);
    if (before === after) return local - before;
    if (this.offsetAt(local - before) === before) return local - before;
    return this.offsetAt(local - after) === after ? local - after : local - before;
  }

  /** Whether one offset holds from `from` to `to`. */
  isSteady(from: number, to: number): boolean {
    const first = this.#stretchOf(from);
    if (to < first.to && first.changes.length === 0) return true;
    const offset = this.offsetAt(from);
    for (let at = from; ; at = this.#stretchOf(at).to) {
      const stretch = this.#stretchOf(at);
      if (stretch.from > from && stretch.offset !== offset) return false;
      if (stretch.changes.some((change) => change.at > from && change.at <= to)) return false;
      if (to < stretch.to) return true;
    }
  }

  #stretchOf(instant: number): Stretch {
    if (instant >= this.#last.from && instant < this.#last.to) return this.#last;
    const number = Math.floor(instant / STRETCH);
    let stretch = this.#stretches.get(number);
    if (stretch === undefined) {
      stretch = this.#readStretch(number * STRETCH);
      this.#stretches.set(number, stretch);
    }
    return (this.#last = stretch);
  }

  #readStretch(from: number): Stretch {
    const first = this.#read(from);
    const changes: Stretch['changes'] = [];
    let offset = first;
    for (let at = from; at < from + STRETCH; at += STEP) {
      const later = this.#read(at + STEP);
      if (later !== offset) changes.push({ at: this.#findChange(at, at + STEP, offset), offset: later });
      offset = later;
    }
    return { from, to: from + STRETCH, offset: first, changes };
  }

  /** The first instant, on a whole minute, at which `offset` no longer holds. */
  #findChange(from: number, to: number, offset: number): number {
    while (to - from > MINUTE) {
      const middle = Math.floor((from + to) / 2 / MINUTE) * MINUTE;
      if (this.#read(middle) === offset) from = middle;
      else to = middle;
    }
    return to;
  }

  #read(instant: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  }
}

/** Sixteen days: the offset at their beginning, and every change after it. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
  changes: { at: number; offset: number }[];
}
