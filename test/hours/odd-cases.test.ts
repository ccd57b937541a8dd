// A hundred odd cases, a line each: HSDS schedule rows | zone | instant | what holds then.
//
//   rows     "days opens-closes field=value …", several apart by ";"; "@2026-12-24" is dtstart, "2026-12-24..2026-12-26" validity
//   instant  local to the site, with its offset
//   result   "open" (no end in sight), "open → when", "closed" (no opening within 400 days), "closed → when", "unknown"

import { describe, expect, it } from 'vitest';
import { opening, type ClosedDays } from '#shared/directory/timetable.ts';
import { toTimetable, type ScheduleRow } from '#shared/directory/timetable-hsds.ts';

const CHICAGO = 'America/Chicago';
const HOLIDAYS: ClosedDays = { until: '2027-12-31', days: ['2026-11-26', '2026-12-25', '2027-01-01'] };

// 2026-11-22 is a Sunday. Chicago: −06:00 from 1 November 2026 to 14 March 2027, −05:00 before and after.
const TABLE = `
split shifts and edges
MO 09:00-12:00; MO 14:00-18:00 | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-11-23T14:00-06:00
MO 09:00-12:00; MO 14:00-18:00 | Chicago | 2026-11-23T11:59:59-06:00 | open → 2026-11-23T12:00-06:00
MO 09:00-12:00; MO 14:00-18:00 | Chicago | 2026-11-23T18:00-06:00 | closed → 2026-11-30T09:00-06:00
MO 09:00-12:00; MO 12:00-14:00 | Chicago | 2026-11-23T10:00-06:00 | open → 2026-11-23T14:00-06:00
MO 09:00-13:00; MO 12:00-14:00 | Chicago | 2026-11-23T10:00-06:00 | open → 2026-11-23T14:00-06:00
MO 09:00-12:00; MO 09:00-12:00 | Chicago | 2026-11-23T09:00-06:00 | open → 2026-11-23T12:00-06:00
MO 09:00-12:00; MO 10:00-11:00 | Chicago | 2026-11-23T10:30-06:00 | open → 2026-11-23T12:00-06:00
MO,TU,WE,TH,FR 09:00-17:00 | Chicago | 2026-11-27T17:00-06:00 | closed → 2026-11-30T09:00-06:00
SU 00:00-01:00 | Chicago | 2026-11-21T23:59-06:00 | closed → 2026-11-22T00:00-06:00
MO 09:00:00Z-17:00:00Z | Chicago | 2026-11-23T09:30-06:00 | open → 2026-11-23T17:00-06:00
MO 9:00am-5:00pm | Chicago | 2026-11-23T16:59-06:00 | open → 2026-11-23T17:00-06:00
past midnight
FR 20:00-07:00 | Chicago | 2026-11-28T06:59-06:00 | open → 2026-11-28T07:00-06:00
FR 20:00-07:00 | Chicago | 2026-11-27T06:59-06:00 | closed → 2026-11-27T20:00-06:00
SU 20:00-07:00 | Chicago | 2026-11-23T00:00-06:00 | open → 2026-11-23T07:00-06:00
FR 20:00-00:00; SA 00:00-08:00 | Chicago | 2026-11-27T22:00-06:00 | open → 2026-11-28T08:00-06:00
FR 20:00-24:00; SA 00:00-08:00 | Chicago | 2026-11-27T22:00-06:00 | open → 2026-11-28T08:00-06:00
FR 20:00-23:59; SA 00:00-08:00 | Chicago | 2026-11-27T22:00-06:00 | open → 2026-11-28T08:00-06:00
MO,TU,WE,TH,FR,SA,SU 18:00-08:00 | Chicago | 2026-11-23T08:00-06:00 | closed → 2026-11-23T18:00-06:00
MO,TU,WE,TH,FR,SA,SU 00:00-00:00 | Chicago | 2026-11-23T08:00-06:00 | open
MO,TU,WE,TH,FR,SA,SU 00:00-23:59 | Chicago | 2026-11-23T23:59:30-06:00 | open
MO,TU,WE,TH,FR,SA,SU 12:00-00:00; MO,TU,WE,TH,FR,SA,SU 00:00-12:00 | Chicago | 2026-11-23T08:00-06:00 | open
MO,TU,WE,TH,FR,SA 00:00-00:00 | Chicago | 2026-11-23T08:00-06:00 | open → 2026-11-29T00:00-06:00
MO 22:00-02:00; TU 01:00-03:00 | Chicago | 2026-11-23T23:00-06:00 | open → 2026-11-24T03:00-06:00
@2026-12-31 22:00-02:00 | Chicago | 2027-01-01T01:00-06:00 | open → 2027-01-01T02:00-06:00
n-th days of the month
2TU 10:00-12:00 | Chicago | 2026-11-30T10:00-06:00 | closed → 2026-12-08T10:00-06:00
-1FR 10:00-12:00 | Chicago | 2026-11-27T10:00-06:00 | open → 2026-11-27T12:00-06:00
-2FR 10:00-12:00 | Chicago | 2026-11-21T10:00-06:00 | closed → 2026-12-18T10:00-06:00
5MO 10:00-12:00 | Chicago | 2026-11-30T12:00-06:00 | closed → 2027-03-29T10:00-05:00
1SA,3SA 10:00-12:00 | Chicago | 2026-11-22T10:00-06:00 | closed → 2026-12-05T10:00-06:00
1MO,-1SU 10:00-12:00 | Chicago | 2026-11-23T10:00-06:00 | closed → 2026-11-29T10:00-06:00
+1MO 10:00-12:00 | Chicago | 2026-11-23T10:00-06:00 | closed → 2026-12-07T10:00-06:00
MO 10:00-12:00 freq=MONTHLY | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-11-30T10:00-06:00
1MO 10:00-12:00 interval=2 @2026-11-02 | Chicago | 2026-11-23T12:00-06:00 | closed → 2027-01-04T10:00-06:00
10:00-12:00 bymonthday=31 | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-12-31T10:00-06:00
10:00-12:00 bymonthday=-1 | Chicago | 2027-02-01T12:00-06:00 | closed → 2027-02-28T10:00-06:00
10:00-12:00 bymonthday=-1 | Chicago | 2028-02-01T12:00-06:00 | closed → 2028-02-29T10:00-06:00
10:00-12:00 bymonthday=1,15 | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-12-01T10:00-06:00
FR 10:00-12:00 bymonthday=13 freq=MONTHLY | Chicago | 2026-11-23T12:00-06:00 | closed → 2027-08-13T10:00-05:00
10:00-12:00 freq=MONTHLY @2026-01-31 | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-12-31T10:00-06:00
5SU 22:00-02:00 | Chicago | 2026-11-30T01:00-06:00 | open → 2026-11-30T02:00-06:00
every so many weeks, so many times, until
MO 09:00-10:00 interval=2 @2026-11-09 | Chicago | 2026-11-23T09:30-06:00 | open → 2026-11-23T10:00-06:00
MO 09:00-10:00 interval=2 @2026-11-16 | Chicago | 2026-11-23T09:30-06:00 | closed → 2026-11-30T09:00-06:00
MO 09:00-10:00 interval=2 | Chicago | 2026-11-23T09:30-06:00 | unknown
SU,TU 09:00-10:00 interval=2 @2026-11-10 wkst=MO | Chicago | 2026-11-22T09:30-06:00 | closed → 2026-11-24T09:00-06:00
SU,TU 09:00-10:00 interval=2 @2026-11-10 wkst=SU | Chicago | 2026-11-22T09:30-06:00 | open → 2026-11-22T10:00-06:00
MO 09:00-10:00 @2026-11-02 count=3 | Chicago | 2026-11-16T09:30-06:00 | open → 2026-11-16T10:00-06:00
MO 09:00-10:00 @2026-11-02 count=3 | Chicago | 2026-11-16T10:00-06:00 | closed
MO,WE 09:00-10:00 @2026-11-02 count=3 | Chicago | 2026-11-04T10:00-06:00 | closed → 2026-11-09T09:00-06:00
2TU 09:00-10:00 @2026-11-01 count=2 | Chicago | 2026-11-23T10:00-06:00 | closed → 2026-12-08T09:00-06:00
2TU 09:00-10:00 @2026-11-01 count=2 | Chicago | 2026-12-08T10:00-06:00 | closed
MO 09:00-10:00 count=3 | Chicago | 2026-11-16T09:30-06:00 | unknown
MO 09:00-10:00 byweekno=1 | Chicago | 2026-11-23T09:30-06:00 | closed → 2027-01-04T09:00-06:00
MO 09:00-10:00 byweekno=-1 | Chicago | 2026-11-23T09:30-06:00 | closed → 2026-12-28T09:00-06:00
MO 09:00-10:00 byweekno=47,49 | Chicago | 2026-11-23T09:30-06:00 | closed → 2026-11-30T09:00-06:00
MO 09:00-10:00 until=2026-11-23 | Chicago | 2026-11-23T09:30-06:00 | open → 2026-11-23T10:00-06:00
MO 09:00-10:00 until=2026-11-22 | Chicago | 2026-11-23T09:30-06:00 | closed
MO 20:00-07:00 until=2026-11-23 | Chicago | 2026-11-24T06:00-06:00 | open → 2026-11-24T07:00-06:00
MO 09:00-10:00 @2027-01-01 | Chicago | 2026-11-23T09:30-06:00 | closed → 2027-01-04T09:00-06:00
seasons
MO 09:00-17:00 2026-12-01..2027-02-28 | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-12-07T09:00-06:00
MO 09:00-17:00 2025-12-01..2026-11-22 | Chicago | 2026-11-23T12:00-06:00 | closed
MO 09:00-17:00 2028-01-01..2028-02-01 | Chicago | 2026-11-23T12:00-06:00 | closed
MO 09:00-17:00 notes=From_1_September_to_31_May_each_year | Chicago | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
MO 09:00-17:00 notes=From_1_September_to_31_May_each_year | Chicago | 2026-07-06T12:00-05:00 | closed → 2026-09-07T09:00-05:00
MO 09:00-17:00 notes=June_to_August | Chicago | 2026-11-23T12:00-06:00 | closed → 2027-06-07T09:00-05:00
MO 09:00-17:00 notes=June_to_August; MO 09:00-12:00 notes=September_to_May | Chicago | 2026-11-23T11:00-06:00 | open → 2026-11-23T12:00-06:00
MO,TU,WE,TH,FR,SA,SU 09:00-17:00 notes=1_March_to_29_February | Chicago | 2028-02-29T12:00-06:00 | open → 2028-02-29T17:00-06:00
MO 09:00-17:00; 0001-06-01..0001-09-01 | Chicago | 2026-07-06T12:00-05:00 | closed → 2026-09-07T09:00-05:00
MO 09:00-17:00; 0001-01-01..0001-01-01 | Chicago | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
closed days and special hours
MO,TU,WE,TH,FR 09:00-17:00; 2026-11-26..2026-11-26 | Chicago | 2026-11-26T12:00-06:00 | closed → 2026-11-27T09:00-06:00
MO,TU,WE,TH,FR 09:00-17:00; @2026-11-26 | Chicago | 2026-11-26T12:00-06:00 | closed → 2026-11-27T09:00-06:00
MO,TU,WE,TH,FR 09:00-17:00; 2026-12-24..2027-01-03 | Chicago | 2026-12-23T18:00-06:00 | closed → 2027-01-04T09:00-06:00
TH 09:00-17:00; @2026-12-24 10:00-12:00 | Chicago | 2026-12-24T09:30-06:00 | closed → 2026-12-24T10:00-06:00
TH 09:00-17:00; @2026-12-24 10:00-12:00 | Chicago | 2026-12-24T12:00-06:00 | closed → 2026-12-31T09:00-06:00
TH 09:00-17:00; @2026-12-24 10:00-12:00; @2026-12-24 14:00-15:00 | Chicago | 2026-12-24T12:00-06:00 | closed → 2026-12-24T14:00-06:00
TH 09:00-17:00; 2026-12-20..2027-01-02; @2026-12-24 10:00-12:00 | Chicago | 2026-12-23T12:00-06:00 | closed → 2026-12-24T10:00-06:00
WE 20:00-06:00; 2026-11-26..2026-11-26 | Chicago | 2026-11-26T03:00-06:00 | open → 2026-11-26T06:00-06:00
2026-12-25..2026-12-25 | Chicago | 2026-11-23T12:00-06:00 | unknown
2026-12-25..2026-12-25 | Chicago | 2026-12-25T12:00-06:00 | closed
@2026-12-24 09:00-12:00 | Chicago | 2026-11-23T12:00-06:00 | closed → 2026-12-24T09:00-06:00
@2026-12-24 09:00-12:00 | Chicago | 2026-12-25T12:00-06:00 | closed
MO,TU,WE,TH,FR,SA,SU 00:00-00:00; 2026-11-26..2026-11-26 | Chicago | 2026-11-25T12:00-06:00 | open → 2026-11-26T00:00-06:00
MO,TU,WE,TH,FR,SA,SU 00:00-00:00; 2026-12-25..2026-12-25 | Chicago | 2026-11-25T12:00-06:00 | open
public holidays
TH,FR 09:00-17:00 notes=Closed_on_public_holidays | Chicago | 2026-11-26T12:00-06:00 | closed → 2026-11-27T09:00-06:00
TH,FR 09:00-17:00 | Chicago | 2026-11-26T12:00-06:00 | open → 2026-11-26T17:00-06:00
FR 09:00-17:00 notes=Closed_on_public_holidays | Chicago | 2026-12-18T18:00-06:00 | closed → 2027-01-08T09:00-06:00
FR 09:00-17:00 notes=Closed_on_public_holidays; @2026-12-25 12:00-14:00 | Chicago | 2026-12-25T12:00-06:00 | open → 2026-12-25T14:00-06:00
MO 09:00-17:00 notes=Closed_on_public_holidays | Chicago | 2028-01-03T12:00-06:00 | unknown
clock changes
SA 20:00-08:00 | Chicago | 2026-03-07T23:00-06:00 | open → 2026-03-08T08:00-05:00
SA 20:00-08:00 | Chicago | 2026-10-31T23:00-05:00 | open → 2026-11-01T08:00-06:00
SU 02:30-04:00 | Chicago | 2026-03-08T00:00-06:00 | closed → 2026-03-08T03:30-05:00
SU 01:00-02:30 | Chicago | 2026-03-08T03:15-05:00 | open → 2026-03-08T03:30-05:00
SU 02:00-03:00 | Chicago | 2026-03-08T00:00-06:00 | closed → 2026-03-15T02:00-05:00
SU 01:30-03:00 | Chicago | 2026-11-01T01:30-05:00 | open → 2026-11-01T03:00-06:00
SU 01:30-03:00 | Chicago | 2026-11-01T01:15-06:00 | open → 2026-11-01T03:00-06:00
SU 00:00-01:30 | Chicago | 2026-11-01T01:45-05:00 | closed → 2026-11-08T00:00-06:00
SU 02:00-02:30 | Australia/Lord_Howe | 2026-10-04T01:00+10:30 | closed → 2026-10-11T02:00+11:00
MO 09:00-17:00 | America/Sao_Paulo | 2026-11-23T09:00-03:00 | open → 2026-11-23T17:00-03:00
MO 09:00-17:00 | Asia/Kathmandu | 2026-11-23T08:59+05:45 | closed → 2026-11-23T09:00+05:45
MO 09:00-17:00 | Pacific/Kiritimati | 2026-11-23T16:00+14:00 | open → 2026-11-23T17:00+14:00
MO 09:00-17:00 | Africa/Casablanca | 2026-03-16T09:00+00:00 | open → 2026-03-16T17:00+00:00
what is not known stays unknown
MO 09:00-17:00 | - | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 timezone=-6 | - | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
MO 09:00-06:00-17:00-06:00 | - | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
MO 09:00-05:00-17:00-05:00 | Chicago | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
MO 09:00+02:00-17:00+02:00 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 byweekno=20 freq=MONTHLY | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 byweekno=20 interval=2 @2026-01-05 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 byyearday=100 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 freq=WEEKLY bymonthday=3 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 extra={"bysetpos":"1"} | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 extra={"freq":"DAILY"} | Chicago | 2026-11-23T12:00-06:00 | unknown
6MO 09:00-17:00 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-09:00 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 25:00-26:00 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-? | Chicago | 2026-11-23T12:00-06:00 | unknown
09:00-17:00 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 2026-13-45..2027-01-01 | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 notes=By_appointment | Chicago | 2026-11-23T12:00-06:00 | unknown
MO 09:00-17:00 notes=or_by_appointment | Chicago | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
MO 09:00-17:00 notes=or_by_appointment | Chicago | 2026-11-24T12:00-06:00 | unknown
MO 09:00-17:00; WE description=afternoons | Chicago | 2026-11-24T12:00-06:00 | unknown
MO 09:00-17:00; WE description=afternoons | Chicago | 2026-11-23T12:00-06:00 | open → 2026-11-23T17:00-06:00
description=Mornings,_call_first | Chicago | 2026-11-23T12:00-06:00 | unknown
`;

const CASES = TABLE.trim()
  .split('\n')
  .filter((line) => line.includes('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()) as [rows: string, zone: string, instant: string, result: string]);

/** A date within validity, times, and the rest by name; "_" stands for a space. */
function toRow(text: string): ScheduleRow {
  const row: Record<string, string | number> = {};
  for (const part of text.trim().split(' ')) {
    const field = /^([a-z]+)=(.+)$/.exec(part);
    const times = /^(\d\d?:\d\d(?::\d\d)?(?:Z|am|pm|[+-]\d\d:\d\d)?)-(\d\d?:\d\d(?::\d\d)?(?:Z|am|pm|[+-]\d\d:\d\d)?|\?)$/.exec(part);
    if (field) row[field[1]!] = ['count', 'interval', 'timezone'].includes(field[1]!) ? Number(field[2]) : field[2]!.replaceAll('_', ' ');
    else if (times) Object.assign(row, { opens_at: times[1] }, times[2] !== '?' && { closes_at: times[2] });
    else if (part.startsWith('@')) row['dtstart'] = part.slice(1);
    else if (part.includes('..')) [row['valid_from'], row['valid_to']] = part.split('..') as [string, string];
    else row['byday'] = part;
  }
  return row as ScheduleRow;
}

describe('a hundred odd cases', () => {
  it('are a hundred', () => expect(CASES.length).toBeGreaterThanOrEqual(100));

  it.each(CASES)('%s | %s | %s | %s', (rows, zone, instant, result) => {
    const name = zone === '-' ? null : zone === 'Chicago' ? CHICAGO : zone;
    const timetable = toTimetable(rows.split(';').map(toRow), name, () => HOLIDAYS);
    const found = opening(timetable!, Date.parse(instant));
    const [state, when] = result.split(' → ');
    const change = found.until ?? found.next ?? null;
    expect([found.state, change]).toEqual([state, when === undefined ? null : Date.parse(when)]);
  });
});
