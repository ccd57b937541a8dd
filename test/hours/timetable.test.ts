// Opening hours: rows of cases a person can check, and laws against an independent reader of recurrence rules.

import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { describe, expect, it } from 'vitest';
import { opening, weekView, type ScheduleLine, type Timetable } from '#shared/directory/timetable.ts';
import { toTimetable, type ScheduleRow } from '#shared/directory/timetable-hsds.ts';
import { dateOf, findZone, formatDay, parseDay } from '#shared/directory/zone.ts';

const CHICAGO = 'America/Chicago';
const at = (text: string) => Date.parse(text);
const iso = (instant: number | null | undefined) => (typeof instant === 'number' ? new Date(instant).toISOString().slice(0, 16) : instant);
const weekly = (byday: string, opens: string, closes: string, more: Partial<ScheduleLine> = {}): ScheduleLine => ({
  freq: 'WEEKLY',
  byday: byday.split(','),
  opens: minutes(opens),
  closes: minutes(closes),
  ...more,
});
const monthly = (byday: string, opens: string, closes: string, more: Partial<ScheduleLine> = {}): ScheduleLine => ({
  ...weekly(byday, opens, closes, more),
  freq: 'MONTHLY',
});
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

interface Case {
  name: string;
  lines: ScheduleLine[];
  /** With offset; times expected are UTC. */
  now: string;
  state: 'open' | 'closed' | 'unknown';
  until?: string | null;
  next?: string | null;
  zone?: string;
  text?: string;
}

const OFFICE = weekly('MO,TU,WE,TH,FR', '09:00', '17:00');
// 2026-11-22 is a Sunday. Chicago is six hours behind UTC in winter, five in summer.
const CASES: Case[] = [
  { name: 'in the middle of a day', lines: [OFFICE], now: '2026-11-23T12:00-06:00', state: 'open', until: '2026-11-23T23:00' },
  { name: 'at the minute it opens', lines: [OFFICE], now: '2026-11-23T09:00-06:00', state: 'open', until: '2026-11-23T23:00' },
  { name: 'at the minute it closes', lines: [OFFICE], now: '2026-11-23T17:00-06:00', state: 'closed', next: '2026-11-24T15:00' },
  { name: 'a second before it opens', lines: [OFFICE], now: '2026-11-23T08:59:59-06:00', state: 'closed', next: '2026-11-23T15:00' },
  { name: 'on Sunday, opens on Monday', lines: [OFFICE], now: '2026-11-22T12:00-06:00', state: 'closed', next: '2026-11-23T15:00' },
  {
    name: 'the instant decides, not the caller’s zone',
    lines: [OFFICE],
    now: '2026-11-24T00:30+09:00',
    state: 'open',
    until: '2026-11-23T23:00',
  },
  {
    name: 'between split shifts',
    lines: [weekly('MO', '09:00', '12:00'), weekly('MO', '14:00', '18:00')],
    now: '2026-11-23T13:00-06:00',
    state: 'closed',
    next: '2026-11-23T20:00',
  },
  {
    name: 'shifts that touch are one',
    lines: [weekly('MO', '09:00', '12:00'), weekly('MO', '12:00', '18:00')],
    now: '2026-11-23T10:00-06:00',
    state: 'open',
    until: '2026-11-24T00:00',
  },
  {
    name: 'past midnight, before it',
    lines: [weekly('FR', '20:00', '07:00')],
    now: '2026-11-27T23:00-06:00',
    state: 'open',
    until: '2026-11-28T13:00',
  },
  {
    name: 'past midnight, after it',
    lines: [weekly('FR', '20:00', '07:00')],
    now: '2026-11-28T03:00-06:00',
    state: 'open',
    until: '2026-11-28T13:00',
  },
  {
    name: 'past midnight over the end of the week',
    lines: [weekly('SU', '20:00', '07:00')],
    now: '2026-11-23T03:00-06:00',
    state: 'open',
    until: '2026-11-23T13:00',
  },
  {
    name: 'until midnight',
    lines: [weekly('MO', '09:00', '00:00')],
    now: '2026-11-23T23:59-06:00',
    state: 'open',
    until: '2026-11-24T06:00',
  },
  {
    name: '23:59 means midnight',
    lines: [weekly('MO,TU', '00:00', '23:59')],
    now: '2026-11-23T23:59:30-06:00',
    state: 'open',
    until: '2026-11-25T06:00',
  },
  {
    name: 'around the clock, always',
    lines: [weekly('MO,TU,WE,TH,FR,SA,SU', '00:00', '00:00')],
    now: '2026-11-23T03:00-06:00',
    state: 'open',
    until: null,
  },
  {
    name: 'around the clock on weekdays',
    lines: [weekly('MO,TU,WE,TH,FR', '00:00', '00:00')],
    now: '2026-11-23T03:00-06:00',
    state: 'open',
    until: '2026-11-28T06:00',
  },
  {
    name: 'on the second Tuesday',
    lines: [monthly('2TU', '10:00', '12:00')],
    now: '2026-12-08T11:00-06:00',
    state: 'open',
    until: '2026-12-08T18:00',
  },
  {
    name: 'on the first Tuesday when it is the second that counts',
    lines: [monthly('2TU', '10:00', '12:00')],
    now: '2026-12-01T11:00-06:00',
    state: 'closed',
    next: '2026-12-08T16:00',
  },
  {
    name: 'on the last Friday',
    lines: [monthly('-1FR', '10:00', '12:00')],
    now: '2026-11-27T11:00-06:00',
    state: 'open',
    until: '2026-11-27T18:00',
  },
  {
    name: 'fifth Monday: next one months ahead',
    lines: [monthly('5MO', '10:00', '12:00')],
    now: '2026-11-30T13:00-06:00',
    state: 'closed',
    next: '2027-03-29T15:00',
  },
  {
    name: 'on the 15th',
    lines: [{ freq: 'MONTHLY', bymonthday: [15], opens: 600, closes: 660 }],
    now: '2026-11-22T12:00-06:00',
    state: 'closed',
    next: '2026-12-15T16:00',
  },
  {
    name: 'on the last day of the month',
    lines: [{ freq: 'MONTHLY', bymonthday: [-1], opens: 600, closes: 660 }],
    now: '2026-11-22T12:00-06:00',
    state: 'closed',
    next: '2026-11-30T16:00',
  },
  {
    name: 'every second week, an on week',
    lines: [weekly('MO', '09:00', '10:00', { interval: 2, dtstart: '2026-11-09' })],
    now: '2026-11-23T09:30-06:00',
    state: 'open',
    until: '2026-11-23T16:00',
  },
  {
    name: 'every second week, an off week',
    lines: [weekly('MO', '09:00', '10:00', { interval: 2, dtstart: '2026-11-16' })],
    now: '2026-11-23T09:30-06:00',
    state: 'closed',
    next: '2026-11-30T15:00',
  },
  {
    name: 'every second week, but of which?',
    lines: [weekly('MO', '09:00', '10:00', { interval: 2 })],
    now: '2026-11-23T09:30-06:00',
    state: 'unknown',
  },
  {
    name: 'before the season',
    lines: [weekly('MO', '09:00', '17:00', { validFrom: '2026-12-01', validTo: '2027-02-28' })],
    now: '2026-11-23T12:00-06:00',
    state: 'closed',
    next: '2026-12-07T15:00',
  },
  {
    name: 'after the season for good',
    lines: [weekly('MO', '09:00', '17:00', { validTo: '2026-11-22' })],
    now: '2026-11-23T12:00-06:00',
    state: 'closed',
    next: null,
  },
  {
    name: 'the last day of the season counts',
    lines: [weekly('MO', '09:00', '17:00', { validTo: '2026-11-23' })],
    now: '2026-11-23T12:00-06:00',
    state: 'open',
    until: '2026-11-23T23:00',
  },
  {
    name: 'a single date',
    lines: [{ validFrom: '2026-12-24', validTo: '2026-12-24', opens: 540, closes: 720 }],
    now: '2026-11-23T12:00-06:00',
    state: 'closed',
    next: '2026-12-24T15:00',
  },
  {
    name: 'closed on a holiday in spite of weekly hours',
    lines: [OFFICE, { validFrom: '2026-11-26', validTo: '2026-11-26' }],
    now: '2026-11-26T12:00-06:00',
    state: 'closed',
    next: '2026-11-27T15:00',
  },
  {
    name: 'over the spring change the night is an hour shorter',
    lines: [weekly('SA', '20:00', '08:00')],
    now: '2026-03-07T23:00-06:00',
    state: 'open',
    until: '2026-03-08T13:00',
  },
  {
    name: 'over the autumn change it is an hour longer',
    lines: [weekly('SA', '20:00', '08:00')],
    now: '2026-10-31T23:00-05:00',
    state: 'open',
    until: '2026-11-01T14:00',
  },
  {
    name: 'a time that clocks skip is an hour later',
    lines: [weekly('SU', '02:30', '04:00')],
    now: '2026-03-08T00:00-06:00',
    state: 'closed',
    next: '2026-03-08T08:30',
  },
  {
    name: 'another zone',
    lines: [OFFICE],
    zone: 'Asia/Kathmandu',
    now: '2026-11-23T09:10+05:45',
    state: 'open',
    until: '2026-11-23T11:15',
  },
  { name: 'an unknown zone', lines: [OFFICE], zone: 'Mars/Base', now: '2026-11-23T12:00Z', state: 'unknown' },
  { name: 'no line at all', lines: [], text: 'by appointment', now: '2026-11-23T12:00Z', state: 'unknown' },
  {
    name: 'closed by the lines, but some hours could not be read',
    lines: [OFFICE],
    text: 'and by appointment',
    now: '2026-11-22T12:00-06:00',
    state: 'unknown',
  },
  {
    name: 'open by the lines, whatever else is said',
    lines: [OFFICE],
    text: 'and by appointment',
    now: '2026-11-23T12:00-06:00',
    state: 'open',
    until: '2026-11-23T23:00',
  },
];

describe('opening', () => {
  it.each(CASES)('$name', ({ lines, now, state, until, next, zone, text }) => {
    const timetable: Timetable = { zone: zone ?? CHICAGO, lines, ...(text !== undefined && { text }) };
    const found = opening(timetable, at(now));
    expect({ state: found.state, until: iso(found.until), next: iso(found.next) }).toEqual({ state, until, next });
  });

  // A weekly line with a validity of centuries is not compiled to a week, so the two ways check each other.
  const anyWeekly = fc.array(
    fc.record({
      byday: fc.subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 }),
      opens: fc.nat(1439),
      closes: fc.nat(1440),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const anyInstant = fc
    .integer({ min: at('2026-01-01T00:00Z') / 60_000, max: at('2027-01-01T00:00Z') / 60_000 })
    .map((minute) => minute * 60_000);
  const anyZone = fc.constantFrom(CHICAGO, 'UTC', 'Europe/Lisbon', 'Australia/Lord_Howe', 'Asia/Kathmandu', '-03:30');

  it('by week gives what opening by day gives', () => {
    fc.assert(
      fc.property(anyWeekly, anyInstant, anyZone, (rows, instant, zone) => {
        const lines = rows.map((row): ScheduleLine => ({ freq: 'WEEKLY', ...row }));
        const byDay = lines.map((line): ScheduleLine => ({ ...line, validFrom: '1900-01-01', validTo: '2200-01-01' }));
        expect(opening({ zone, lines }, instant)).toEqual(opening({ zone, lines: byDay }, instant));
      }),
      { numRuns: 1500 },
    );
  });

  it('opens when an independent reader of recurrence rules says so', () => {
    const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const rule = fc.oneof(
      fc.record({
        freq: fc.constant('WEEKLY' as const),
        byday: fc.subarray(days, { minLength: 1 }),
        interval: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        freq: fc.constant('MONTHLY' as const),
        byday: fc.uniqueArray(
          fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, -1, -2), fc.constantFrom(...days)).map(([nth, day]) => `${nth}${day}`),
          { minLength: 1, maxLength: 3 },
        ),
        interval: fc.integer({ min: 1, max: 3 }),
      }),
    );
    fc.assert(
      fc.property(
        rule,
        fc.integer({ min: 0, max: 364 }),
        fc.integer({ min: 5, max: 23 }),
        fc.nat(300),
        anyZone.filter((zone) => !zone.startsWith('-')),
        (given, startDay, hour, later, zone) => {
          const dtstart = new Date(at('2026-01-01T00:00Z') + startDay * 86_400_000).toISOString().slice(0, 10);
          const reader = new RRuleTemporal({
            rruleString: `DTSTART;TZID=${zone}:${dtstart.replaceAll('-', '')}T${String(hour).padStart(2, '0')}0000\nRRULE:FREQ=${given.freq};INTERVAL=${given.interval};BYDAY=${given.byday.join(',')}`,
          });
          const instant = at(`${dtstart}T00:00Z`) + later * 86_400_000 - 86_400_000;
          const next = reader.next(new Date(instant), false);
          const line: ScheduleLine = { ...given, dtstart, validFrom: dtstart, opens: hour * 60, closes: hour * 60 + 1 };
          const found = opening({ zone, lines: [line] }, instant);
          const expected = next === null ? null : Number(next.epochMilliseconds);
          const near = expected !== null && expected < instant + 390 * 86_400_000 ? expected : null;
          if (found.state === 'closed' && near !== null) expect(iso(found.next)).toBe(iso(near));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('holds true until the time that it names', () => {
    fc.assert(
      fc.property(anyWeekly, anyInstant, anyZone, (rows, instant, zone) => {
        const timetable: Timetable = { zone, lines: rows.map((row): ScheduleLine => ({ freq: 'WEEKLY', ...row })) };
        const found = opening(timetable, instant);
        const change = found.state === 'open' ? found.until : found.next;
        if (change === null || change === undefined) return;
        expect(change).toBeGreaterThan(instant);
        expect(opening(timetable, change - 1).state).toBe(found.state);
        expect(opening(timetable, change).state).not.toBe(found.state);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('week view', () => {
  it('begins today, in the site’s zone', () => {
    const days = weekView({ zone: CHICAGO, lines: [OFFICE, weekly('MO', '19:00', '02:00')] }, at('2026-11-24T05:00Z'));
    expect(days?.[0]).toEqual({
      date: '2026-11-23',
      weekday: 0,
      hours: [
        { opens: 540, closes: 1020 },
        { opens: 1140, closes: 1560 },
      ],
    });
    expect(days?.map((day) => day.hours.length)).toEqual([2, 1, 1, 1, 1, 0, 0]);
  });

  it('is not made up where hours are not known', () => {
    expect(weekView({ zone: CHICAGO, lines: [], text: 'call' }, at('2026-11-24T05:00Z'))).toBeNull();
  });
});

describe('from HSDS', () => {
  const cases: { name: string; row: ScheduleRow; lines?: ScheduleLine[]; text?: string }[] = [
    {
      name: 'weekly',
      row: { freq: 'WEEKLY', byday: 'MO,WE', opens_at: '09:00', closes_at: '17:30' },
      lines: [{ freq: 'WEEKLY', byday: ['MO', 'WE'], opens: 540, closes: 1050 }],
    },
    {
      name: 'times with zone mark and seconds',
      row: { freq: 'WEEKLY', byday: 'MO', opens_at: '09:00:00Z', closes_at: '5:30 pm' },
      lines: [{ freq: 'WEEKLY', byday: ['MO'], opens: 540, closes: 1050 }],
    },
    {
      name: 'days without a frequency',
      row: { byday: 'TU;TH', opens_at: '10:00', closes_at: '12:00' },
      lines: [{ freq: 'WEEKLY', byday: ['TU', 'TH'], opens: 600, closes: 720 }],
    },
    {
      name: 'ordinals are monthly',
      row: { freq: 'WEEKLY', byday: '2TU,-1FR', opens_at: '10:00', closes_at: '12:00' },
      lines: [{ freq: 'MONTHLY', byday: ['2TU', '-1FR'], opens: 600, closes: 720 }],
    },
    {
      name: 'a date is once',
      row: { dtstart: '2026-12-24', opens_at: '10:00', closes_at: '12:00' },
      lines: [{ validFrom: '2026-12-24', validTo: '2026-12-24', dtstart: '2026-12-24', opens: 600, closes: 720 }],
    },
    {
      name: 'the narrower of two ends holds',
      row: { byday: 'MO', valid_to: '2026-12-31', until: '2026-11-30', opens_at: '10:00', closes_at: '12:00' },
      lines: [{ freq: 'WEEKLY', byday: ['MO'], validTo: '2026-11-30', opens: 600, closes: 720 }],
    },
    {
      name: 'a dated row without times closes',
      row: { valid_from: '2026-12-25', valid_to: '2026-12-25' },
      lines: [{ validFrom: '2026-12-25', validTo: '2026-12-25' }],
    },
    {
      name: 'so many times',
      row: { freq: 'WEEKLY', byday: 'MO', dtstart: '2026-11-02', count: 3, opens_at: '10:00', closes_at: '12:00' },
      lines: [
        { freq: 'WEEKLY', byday: ['MO'], dtstart: '2026-11-02', validFrom: '2026-11-02', validTo: '2026-11-16', opens: 600, closes: 720 },
      ],
    },
    {
      name: 'prose alone that can be read',
      row: { description: 'Mon & Wed 9am-12pm', notes: 'June to August' },
      lines: [{ freq: 'WEEKLY', byday: ['MO', 'WE'], season: [601, 831], opens: 540, closes: 720 }],
    },
    {
      name: 'prose beside fields is not read again',
      row: { freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '12:00', description: 'Mon-Fri 9am-5pm' },
      lines: [{ freq: 'WEEKLY', byday: ['MO'], opens: 540, closes: 720 }],
    },
    { name: 'prose by appointment', row: { description: 'Mon 9am-12pm by appointment' }, text: 'Mon 9am-12pm by appointment' },
    { name: 'prose alone', row: { description: 'Mornings, call first' }, text: 'Mornings, call first' },
    { name: 'times without days', row: { opens_at: '09:00', closes_at: '17:00' }, text: '09:00–17:00' },
    { name: 'days without times', row: { freq: 'WEEKLY', byday: 'MO', description: 'varies' }, text: 'varies · MO' },
    { name: 'an end without a beginning', row: { byday: 'MO', closes_at: '17:00', description: 'until five' }, text: 'until five · MO' },
    { name: 'what no one can read', row: { byday: 'Mondays', opens_at: 'nine', closes_at: 'five' }, text: 'Mondays · nine–five' },
  ];
  it.each(cases)('$name', ({ row, lines, text }) => {
    expect(toTimetable([row], CHICAGO)).toEqual({ zone: CHICAGO, lines: lines ?? [], ...(text !== undefined && { text }) });
  });

  it('hours by appointment are told once, as they were written', () => {
    const [first, second] = ['MO', 'TU'].map((byday) => ({ byday, opens_at: '09:00', closes_at: '12:00', notes: 'By appointment' }));
    expect(toTimetable([{ ...first!, description: 'Mon & Tue 9-12 by appointment' }, second!], CHICAGO)?.text).toBe(
      'Mon & Tue 9-12 by appointment',
    );
    expect(toTimetable([first!, second!], CHICAGO)?.text).toBe('MO · 09:00–12:00 · By appointment\nTU · 09:00–12:00 · By appointment');
  });

  it('public holidays and named ones are closed together', () => {
    const notes = 'Closed on public holidays. Closed on Christmas Eve';
    const asked = (names: readonly string[] | null) => ({ until: '2027-12-31', days: [names === null ? '2026-12-25' : '2026-12-24'] });
    const row: ScheduleRow = { byday: 'TH,FR', opens_at: '09:00', closes_at: '10:00', notes };
    expect(toTimetable([row], CHICAGO, asked)?.holidays?.days).toEqual(['2026-12-24', '2026-12-25']);
  });

  it('nothing said gives nothing', () => {
    expect(toTimetable([], CHICAGO)).toBeNull();
    expect(toTimetable([{}], CHICAGO)).toBeNull();
  });

  it('a place without a zone takes the row’s offset, else it is not known', () => {
    const row: ScheduleRow = { byday: 'MO', opens_at: '09:00', closes_at: '10:00' };
    expect(toTimetable([{ ...row, timezone: -6 }], null)?.zone).toBe('-06:00');
    expect(toTimetable([row], 'Nowhere/Land')?.zone).toBeNull();
  });
});

describe('civil days', () => {
  it('have the date that the runtime gives them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        expect(dateOf(day)).toBe(Number(formatDay(day).replaceAll('-', '')));
        expect(parseDay(formatDay(day))).toBe(day);
      }),
    );
  });

  it.each(['2026-02-29', '2026-00-10', '2026-13-01', '2026-04-31', '26-04-01', ''])('%s is none', (text) => {
    expect(parseDay(text)).toBeNull();
  });
});

describe('zones', () => {
  it('know a clock time’s instant as Temporal’s “compatible” has it', () => {
    const zone = findZone(CHICAGO)!;
    const day = (date: string) => Date.parse(`${date}T00:00Z`) / 86_400_000;
    expect(iso(zone.toInstant(day('2026-03-08'), 150))).toBe('2026-03-08T08:30');
    expect(iso(zone.toInstant(day('2026-11-01'), 90))).toBe('2026-11-01T06:30');
    expect(iso(zone.toInstant(day('2026-07-01'), 0))).toBe('2026-07-01T05:00');
    expect(findZone('No/Where')).toBeNull();
  });
});
