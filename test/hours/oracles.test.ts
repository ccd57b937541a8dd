// Opening held against two independent readers: opening_hours of OpenStreetMap and rrule-temporal. The first knows only
// the process's own zone, so this file sets that.

import fc from 'fast-check';
import OpeningHours from 'opening_hours';
import { RRuleTemporal } from 'rrule-temporal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { opening, type ScheduleLine } from '#shared/directory/timetable.ts';
import { toTimetable, type ScheduleRow } from '#shared/directory/timetable-hsds.ts';
import { DAY, findZone, formatDay, parseDay } from '#shared/directory/zone.ts';

const ZONE = 'America/Chicago';
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const MINUTE = 60_000;
const FIRST = parseDay('2026-01-01')!;
const zone = findZone(ZONE)!;
const before = process.env['TZ'];

beforeAll(() => {
  process.env['TZ'] = ZONE;
});
afterAll(() => {
  process.env['TZ'] = before;
});

const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const osmDay = (day: string) => `${day[0]}${day[1]!.toLowerCase()}`;
const osmDate = (day: number) => {
  const [year, month, date] = formatDay(day).split('-');
  return `${year} ${MONTHS[Number(month) - 1]} ${date}`;
};

/** A schedule line, and the rule of OpenStreetMap that means the same. */
interface Pair {
  line: ScheduleLine;
  rule: string;
}

const times = fc
  .tuple(fc.integer({ min: 0, max: 92 }), fc.integer({ min: 1, max: 40 }))
  .map(([start, length]) => ({ opens: start * 15, closes: (start + length) * 15 }));
const byDaytime = times.filter(({ closes }) => closes <= 1440);
const osmTimes = ({ opens, closes }: { opens: number; closes: number }) => `${clock(opens)}-${clock(closes)}`;
const wrapped = ({ opens, closes }: { opens: number; closes: number }) => ({ opens, closes: closes > 1440 ? closes - 1440 : closes });

const weekly = fc.tuple(fc.subarray(DAYS, { minLength: 1 }), times).map(([byday, span]): Pair => ({
  line: { freq: 'WEEKLY', byday, ...wrapped(span) },
  rule: `${byday.map(osmDay).join(',')} ${osmTimes(span)}`,
}));
const monthly = fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, -1), fc.constantFrom(...DAYS), times).map(([nth, day, span]): Pair => ({
  line: { freq: 'MONTHLY', byday: [`${nth}${day}`], ...wrapped(span) },
  rule: `${osmDay(day)}[${nth}] ${osmTimes(span)}`,
}));
const monthDay = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }));
// Of a season that is nearly the whole year it makes none.
const seasonal = fc
  .tuple(monthDay, monthDay, fc.subarray(DAYS, { minLength: 1 }), byDaytime)
  .filter(([from, to]) => (to[0] * 31 + to[1] - from[0] * 31 - from[1] + 372) % 372 < 360)
  .map(([from, to, byday, span]): Pair => ({
    line: { freq: 'WEEKLY', season: [from[0] * 100 + from[1], to[0] * 100 + to[1]], byday, ...span },
    rule: `${MONTHS[from[0] - 1]} ${String(from[1]).padStart(2, '0')}-${MONTHS[to[0] - 1]} ${String(to[1]).padStart(2, '0')} ${byday.map(osmDay).join(',')} ${osmTimes(span)}`,
  }));

const instants = fc.integer({ min: FIRST * 1440, max: (FIRST + 365) * 1440 }).map((minute) => minute * MINUTE);

/** What opening_hours says in our words, looking as far ahead as we do. */
function theirs(rules: readonly string[], instant: number) {
  const reader = new OpeningHours(rules.join(''));
  const change = reader.getNextChange(new Date(instant));
  return { state: reader.getState(new Date(instant)) ? 'open' : 'closed', change: change?.getTime() ?? null };
}

function ours(lines: ScheduleLine[], instant: number) {
  const found = opening({ zone: ZONE, lines }, instant);
  return { state: found.state, change: found.until ?? found.next ?? null };
}

/** On nights when clocks change the two put skipped and doubled hours elsewhere; the table of odd cases has those. */
function isByChange(...atInstants: (number | null)[]): boolean {
  return atInstants.some((at) => at !== null && !zone.isSteady(at - DAY, at + DAY));
}

function agree(pairs: readonly Pair[], instant: number, more: { lines: ScheduleLine[]; rules: string[] } = { lines: [], rules: [] }) {
  const mine = ours([...pairs.map(({ line }) => line), ...more.lines], instant);
  const other = theirs([pairs.map(({ rule }) => rule).join(', '), ...more.rules], instant);
  if (isByChange(instant, mine.change, other.change)) return;
  expect(mine.state).toBe(other.state);
  // Beyond a fortnight of openness, and 400 days of closedness, we say "no end".
  const far = mine.state === 'open' ? 14 * DAY : 395 * DAY;
  if (mine.change !== null || (other.change !== null && other.change - instant < far)) expect(iso(mine.change)).toBe(iso(other.change));
}

describe('opening is what opening_hours says', () => {
  it('of weekly hours, split and past midnight', () => {
    fc.assert(
      fc.property(fc.array(weekly, { minLength: 1, maxLength: 3 }), instants, (pairs, instant) => agree(pairs, instant)),
      { numRuns: 400 },
    );
  });

  it('of n-th weekdays of the month', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(monthly, weekly), { minLength: 1, maxLength: 2 }), instants, (pairs, instant) => agree(pairs, instant)),
      { numRuns: 300 },
    );
  });

  it('of seasons that come back every year', () => {
    fc.assert(
      fc.property(seasonal, instants, (pair, instant) => agree([pair], instant)),
      { numRuns: 300 },
    );
  });

  it('of closed days and special hours', () => {
    const byDay = fc.tuple(fc.subarray(DAYS, { minLength: 1 }), byDaytime).map(([byday, span]): Pair => ({
      line: { freq: 'WEEKLY', byday, ...span },
      rule: `${byday.map(osmDay).join(',')} ${osmTimes(span)}`,
    }));
    const exception = fc.tuple(fc.integer({ min: 0, max: 364 }), fc.option(byDaytime));
    fc.assert(
      fc.property(
        fc.array(byDay, { minLength: 1, maxLength: 2 }),
        fc.uniqueArray(exception, { minLength: 1, maxLength: 4, selector: ([day]) => day }),
        fc.integer({ min: -3, max: 2 }),
        fc.integer({ min: 0, max: 95 }),
        (pairs, exceptions, near, quarter) => {
          const instant = zone.toInstant(FIRST + exceptions[0]![0] + near, quarter * 15);
          agree(pairs, instant, {
            lines: exceptions.map(([day, span]): ScheduleLine => {
              const date = formatDay(FIRST + day);
              return { validFrom: date, validTo: date, ...span };
            }),
            rules: exceptions.map(([day, span]) => `; ${osmDate(FIRST + day)} ${span ? osmTimes(span) : 'off'}`),
          });
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('opening is what rrule-temporal says', () => {
  it('of rows with interval, count, until and ordinals', () => {
    const rule = fc.record(
      {
        freq: fc.constantFrom('WEEKLY', 'MONTHLY'),
        interval: fc.integer({ min: 1, max: 3 }),
        wkst: fc.constantFrom('MO', 'SU'),
        count: fc.integer({ min: 1, max: 12 }),
        days: fc.subarray(DAYS, { minLength: 1, maxLength: 3 }),
        nth: fc.constantFrom(1, 2, 4, -1, -2),
        start: fc.integer({ min: 0, max: 364 }),
        later: fc.integer({ min: -10, max: 380 }),
        end: fc.option(fc.integer({ min: 0, max: 300 })),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(rule, ({ freq, interval, wkst, count, days, nth, start, later, end }) => {
        const byday = days.map((day) => (freq === 'MONTHLY' ? `${nth}${day}` : day)).join(',');
        const dtstart = formatDay(FIRST + start);
        const limit = end === null ? { count } : { until: formatDay(FIRST + start + end) };
        const row = { freq, interval, wkst, byday, dtstart, opens_at: '09:00', closes_at: '09:30', ...limit } as ScheduleRow;
        const told = `FREQ=${freq};INTERVAL=${interval};WKST=${wkst};BYDAY=${byday};${end === null ? `COUNT=${count}` : `UNTIL=${limit.until!.replaceAll('-', '')}T235959Z`}`;
        const reader = new RRuleTemporal({ rruleString: `DTSTART;TZID=${ZONE}:${dtstart.replaceAll('-', '')}T090000\nRRULE:${told}` });
        const instant = zone.toInstant(FIRST + start + later, 0);
        const next = reader.next(new Date(instant), true);
        const found = opening(toTimetable([row], ZONE)!, instant);
        const expected = next === null ? null : Number(next.epochMilliseconds);
        expect(found.state).toBe('closed');
        if (expected !== null && expected - instant > 395 * DAY) return;
        expect(iso(found.next ?? null), told).toBe(iso(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('of weeks of the year', () => {
    const weeks = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 53 }), fc.integer({ min: -53, max: -1 })), {
      minLength: 1,
      maxLength: 3,
    });
    const given = fc.tuple(
      weeks,
      fc.subarray(DAYS, { minLength: 1, maxLength: 2 }),
      fc.constantFrom('MO', 'SU'),
      fc.integer({ min: 0, max: 2000 }),
    );
    fc.assert(
      fc.property(given, ([byweekno, days, wkst, later]) => {
        const byday = days.join(',');
        const row = { freq: 'WEEKLY', wkst, byday, byweekno: byweekno.join(','), opens_at: '09:00', closes_at: '09:30' } as ScheduleRow;
        const told = `FREQ=YEARLY;WKST=${wkst};BYWEEKNO=${row.byweekno};BYDAY=${byday}`;
        const reader = new RRuleTemporal({ rruleString: `DTSTART;TZID=${ZONE}:20251201T090000\nRRULE:${told}` });
        const instant = zone.toInstant(FIRST + later, 0);
        const next = reader.next(new Date(instant), true);
        const expected = next === null ? null : Number(next.epochMilliseconds);
        if (expected === null || expected - instant > 395 * DAY) return;
        expect(iso(opening(toTimetable([row], ZONE)!, instant).next ?? null), told).toBe(iso(expected));
      }),
      { numRuns: 300 },
    );
  });
});
