// Openings of 100,000 services at an instant (open? until when, or from when?), beside opening_hours on the same hours.
// No two services share a timetable here: where they do, a search works out each only once, which the last row shows.

import OpeningHours from 'opening_hours';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { opening, type ScheduleLine, type Timetable } from '#shared/directory/timetable.ts';
import { OpeningTimes } from '#shared/matching/opening-times.ts';
import { resource, seeded } from '../directory/resources.ts';
import { benchRow, quantile, times, type Bench, type BenchRow } from './bench.ts';

const SERVICES = 100_000;
/** The peer takes long: so many of them tell its time for one. */
const PEER_SERVICES = 2000;
const BATCHES = 50;
const SHARED_TIMETABLES = 600;
const MINUTE = 60_000;
const ZONE = 'America/Chicago';
const AT = Date.parse('2026-11-23T10:07-06:00');
const PEER = 'opening_hours 3.15.0';
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

interface Hours {
  timetable: Timetable;
  /** The same for the peer. */
  rule: string;
}

export const bench: Bench = {
  name: 'hours',
  what: 'open or closed, and until or from when, for 100,000 services at an instant; microseconds a service, beside opening_hours',
  async run() {
    // The peer knows no zone but the process's.
    process.env['TZ'] = ZONE;
    return [
      ...compare('weekly', weeklyHours),
      ...compare('mixed', mixedHours),
      benchRow({ id: 'hours-index', unit: 'ms for 100,000', ours: timeIndex(), goal: { kind: 'oursAtMost', value: 10 } }),
    ];
  },
};

function compare(kind: string, make: (random: () => number) => Hours): BenchRow[] {
  const random = seeded(7);
  const all = Array.from({ length: SERVICES }, () => make(random));
  const readers: OpeningHours[] = [];
  const first = inTurns(
    all,
    ({ timetable }) => opening(timetable, AT),
    ({ rule }) => {
      const reader = new OpeningHours(rule, null);
      readers.push(reader);
      return [reader.getState(new Date(AT)), reader.getNextChange(new Date(AT))];
    },
  );
  readers.forEach((reader, i) => {
    const { timetable, rule } = all[peerPlace(i)]!;
    if ((opening(timetable, AT).state === 'open') !== reader.getState(new Date(AT))) throw new Error(`Not agreed: ${rule}`);
  });
  let at = 0;
  const again = inTurns(
    all,
    ({ timetable }) => opening(timetable, AT + MINUTE),
    () => {
      const reader = readers[at++]!;
      return [reader.getState(new Date(AT + MINUTE)), reader.getNextChange(new Date(AT + MINUTE))];
    },
  );
  const goal = { kind: 'ratioAtLeast', value: 5 } as const;
  return [
    benchRow({ id: `hours-${kind}`, unit: 'µs a service', ...again, peerName: PEER, goal }),
    benchRow({ id: `hours-${kind}-first`, unit: 'µs a service, read first', ...first, peerName: PEER, goal }),
  ];
}

/** Which of all services is the i-th that the peer is asked of: the first few of each batch. */
function peerPlace(i: number): number {
  const each = PEER_SERVICES / BATCHES;
  return Math.floor(i / each) * (SERVICES / BATCHES) + (i % each);
}

/** Microseconds a service, the median of batches measured in turns, so that a busy moment of the machine strikes both. */
function inTurns(all: readonly Hours[], mine: (one: Hours) => unknown, theirs: (one: Hours) => unknown): { ours: number; peer: number } {
  const [ours, peer]: [number[], number[]] = [[], []];
  const size = SERVICES / BATCHES;
  for (let batch = 0; batch < BATCHES; batch++) {
    const services = all.slice(batch * size, (batch + 1) * size);
    ours.push(micros(services, mine));
    peer.push(micros(services.slice(0, PEER_SERVICES / BATCHES), theirs));
  }
  const median = (values: number[]) =>
    quantile(
      values.sort((a, b) => a - b),
      0.5,
    );
  return { ours: median(ours), peer: median(peer) };
}

function micros<T>(values: readonly T[], once: (value: T) => unknown): number {
  const started = performance.now();
  for (const value of values) once(value);
  return ((performance.now() - started) * 1000) / values.length;
}

/** As a search asks: states of all rows of an index, whose services share their timetables. */
function timeIndex(): number {
  const random = seeded(11);
  const shared = Array.from({ length: SHARED_TIMETABLES }, () => mixedHours(random).timetable);
  const index = DirectoryIndex.build(
    Array.from({ length: SERVICES }, (_, i) => resource({ id: `r${i}`, timetable: shared[Math.floor(random() * SHARED_TIMETABLES)]! })),
    'bench',
  );
  const runs = times(21, (run) => {
    const opening = new OpeningTimes(index, AT + run * MINUTE);
    for (let row = 0; row < index.length; row++) opening.state(index.timetableNumber(row));
  });
  return quantile(runs, 0.5);
}

/** Weekdays, and now and then a second shift. */
function weeklyHours(random: () => number): Hours {
  const byday = pickDays(random);
  const opens = 60 * 7 + 15 * Math.floor(random() * 20);
  const spans = [[opens, opens + 60 + 15 * Math.floor(random() * 12)] as const];
  if (random() < 0.3) spans.push([14 * 60 + 180, 21 * 60 + 15 * Math.floor(random() * 8)]);
  return {
    timetable: { zone: ZONE, lines: spans.map(([from, to]): ScheduleLine => ({ freq: 'WEEKLY', byday, opens: from, closes: to })) },
    rule: `${toOsmDays(byday)} ${spans.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(',')}`,
  };
}

/** Two thirds as above; the others on n-th weekdays, in a season, or with closed days. */
function mixedHours(random: () => number): Hours {
  const weekly = weeklyHours(random);
  const kind = Math.floor(random() * 9);
  const line = weekly.timetable.lines[0]!;
  const hours = `${clock(line.opens!)}-${clock(line.closes!)}`;
  if (kind === 0) {
    const day = line.byday![0]!;
    const nth = 1 + Math.floor(random() * 4);
    return {
      timetable: { zone: ZONE, lines: [{ ...line, freq: 'MONTHLY', byday: [`${nth}${day}`] }] },
      rule: `${toOsmDays([day])}[${nth}] ${hours}`,
    };
  }
  if (kind === 1) {
    return {
      timetable: { zone: ZONE, lines: [{ ...line, season: [901, 531] }] },
      rule: `Sep 01-May 31 ${toOsmDays(line.byday!)} ${hours}`,
    };
  }
  if (kind === 2) {
    const closed: ScheduleLine = { validFrom: '2026-11-26', validTo: '2026-11-27' };
    return { timetable: { zone: ZONE, lines: [...weekly.timetable.lines, closed] }, rule: `${weekly.rule}; 2026 Nov 26-2026 Nov 27 off` };
  }
  return weekly;
}

function pickDays(random: () => number): string[] {
  const days = DAYS.filter(() => random() < 0.5);
  return days.length > 0 ? days : ['TU'];
}

function toOsmDays(days: readonly string[]): string {
  return days.map((day) => `${day[0]}${day[1]!.toLowerCase()}`).join(',');
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
