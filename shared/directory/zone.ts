// Civil days and the offset of a time zone at an instant, by what the runtime's own Intl knows of zones.
// A civil day is a number: days since 1970-01-01. 1970-01-01 was a Thursday.

export const DAY_MINUTES = 1440;
const MINUTE = 60_000;
export const DAY = 86_400_000;
/** Every zone's offset changes on a quarter of an hour. */
const QUARTER = 15 * MINUTE;

/** A civil day as a number; null where the text is no date in the form YYYY-MM-DD. */
export function parseDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = Date.UTC(year, month - 1, day);
  return new Date(time).getUTCDate() === day && month <= 12 ? time / DAY : null;
}

export function formatDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
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
  #offsets = new Map<number, number>();

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
    const bucket = Math.floor(instant / QUARTER);
    let offset = this.#offsets.get(bucket);
    if (offset === undefined) {
      if (this.#offsets.size > 20_000) this.#offsets.clear();
      offset = this.#read(bucket * QUARTER);
      this.#offsets.set(bucket, offset);
    }
    return offset;
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

  /** Whether one offset holds from `from` to `to`, with at most one change of clocks between, as is so within weeks. */
  isSteady(from: number, to: number): boolean {
    const offset = this.offsetAt(from);
    for (let at = from; at < to; at += DAY) if (this.offsetAt(at) !== offset) return false;
    return this.offsetAt(to) === offset;
  }

  #read(instant: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  }
}
