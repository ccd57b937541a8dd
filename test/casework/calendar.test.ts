// Calendar files: what another reader of the format makes of them, that lines are as long as they may be, and that nothing of a
// person stands in one.

import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { listMissed, listPlanned, turnAppointment } from '#shared/casework/appointments.ts';
import { writeCalendar, type CalendarEvent } from '#shared/casework/calendar-file.ts';
import { foldRecord } from '#shared/casework/record.ts';
import { listAudit } from '#server/audit/audit.ts';
import { testApp } from '../support/test-app.ts';
import { personEntries } from './entries.ts';
import { hire } from './staff.ts';

const EVENT: CalendarEvent = {
  id: 'a1',
  revision: 2,
  start: '2026-03-29T01:30:00.000Z',
  changed: '2026-03-01T09:00:00.000Z',
  minutes: 45,
  title: 'Appointment',
};

/** The events of a file, as a library reads them that knows nothing of how it was written. */
function readEvents(file: string): CalendarEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const place = event.location as string | null;
    return {
      id: event.uid.replace(/@waypost$/, ''),
      revision: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      changed: (component.getFirstPropertyValue('dtstamp') as ICAL.Time).toJSDate().toISOString(),
      minutes: event.duration.toSeconds() / 60,
      title: event.summary,
      ...(place !== null && { place }),
    };
  });
}

test('one appointment, written out', () => {
  expect(writeCalendar([EVENT])).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Waypost//Waypost//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:a1@waypost',
      'SEQUENCE:2',
      'DTSTAMP:20260301T090000Z',
      'DTSTART:20260329T013000Z',
      'DTEND:20260329T021500Z',
      'SUMMARY:Appointment',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

describe('whatever stands in it', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ',', ';', '\\', '\n', ':', ' ', 'é', 'ع', '🏥', 'BEGIN:VEVENT', 'n'),
    maxLength: 120,
  });
  const instant = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}.000Z`);
  const event = fc.record(
    {
      id: fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
      revision: fc.nat(50),
      start: instant,
      changed: instant,
      minutes: fc.integer({ min: 5, max: 1440 }),
      title: text.filter((title) => title !== ''),
      place: text.filter((place) => place !== ''),
    },
    { requiredKeys: ['id', 'revision', 'start', 'changed', 'minutes', 'title'] },
  );
  const events = fc.array(event, { minLength: 1, maxLength: 5 });

  test('another reader reads the same', () => {
    fc.assert(
      fc.property(events, (written) => {
        expect(readEvents(writeCalendar(written))).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  test('no line is longer than 75 octets, and none ends within a character', () => {
    fc.assert(
      fc.property(events, (written) => {
        const lines = Buffer.from(writeCalendar(written)).toString('latin1').split('\r\n');
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(75);
          expect(Buffer.from(line, 'latin1').toString('utf8')).not.toContain('\ufffd');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('control characters, which the format has no way to write, are left out', () => {
    const [read] = readEvents(writeCalendar([{ ...EVENT, title: 'A\u0000p\u0007p\r\n\u007ft' }]));
    expect(read!.title).toBe('App\nt');
  });
});

const VISIT = { kind: 'appointment', appointment: 'a1', what: 'Oncology', when: '2026-03-02T10:00:00.000Z', state: 'planned' } as const;
const recordOf = (...payloads: unknown[]) => {
  const { entries, add } = personEntries();
  for (const payload of payloads) add(payload);
  return foldRecord(entries);
};

test('what is planned: what staff wrote down and what a referral led to, each with how often it was told', () => {
  const referral = { kind: 'referral_said', referral: 'r1', service: { name: 'S' }, to: 'Harbor Link', by: 'receiver' };
  const record = recordOf(
    VISIT,
    { ...VISIT, when: '2026-03-09T10:00:00.000Z', where: { name: 'Mill Street' } },
    { ...VISIT, appointment: 'a2', state: 'cancelled' },
    { ...VISIT, appointment: 'a3', when: '2026-02-01T10:00:00.000Z' },
    { ...referral, event: 'accept', state: 'accepted' },
    { ...referral, event: 'schedule', state: 'scheduled', appointmentAt: '2026-03-05T10:00:00.000Z' },
  );
  const brief = listPlanned(record, '2026-03-01T00:00:00.000Z').map(({ id, revision, when, where }) => [id, revision, when, where]);
  expect(brief).toEqual([
    ['r1', 1, '2026-03-05T10:00:00.000Z', 'Harbor Link'],
    ['a1', 1, '2026-03-09T10:00:00.000Z', 'Mill Street'],
  ]);
});

describe('how an appointment went', () => {
  const turned = (...turns: Parameters<typeof turnAppointment>[1][]) => {
    const payloads: unknown[] = [VISIT];
    for (const turn of turns) payloads.push(...turnAppointment(recordOf(...payloads).appointments.find(({ appointment }) => appointment === 'a1')!, turn)); // prettier-ignore
    return recordOf(...payloads);
  };

  test('one that moved is the same one, planned anew, and both are told', () => {
    const { appointments, timeline } = turned({ state: 'moved', to: '2026-03-04T08:00:00.000Z' });
    expect(appointments.map(({ appointment, when, state }) => [appointment, when, state])).toEqual([
      ['a1', '2026-03-04T08:00:00.000Z', 'planned'],
    ]);
    expect(timeline.map(({ payload }) => payload?.kind === 'appointment' && payload.state)).toEqual(['planned', 'moved', 'planned']);
  });

  test('what came between is kept with one that was missed', () => {
    expect(turned({ state: 'missed', barrier: 'transport' }).appointments[0]).toMatchObject({ state: 'missed', barrier: 'transport' });
  });

  test('those missed in a row are counted from the newest to the last that was kept', () => {
    const at = (appointment: string, day: number, state: string) => ({ ...VISIT, appointment, when: `2026-03-0${day}T10:00:00.000Z`, state }); // prettier-ignore
    const record = recordOf(at('a', 1, 'missed'), at('b', 2, 'kept'), at('c', 3, 'missed'), at('d', 4, 'cancelled'), at('e', 5, 'missed'));
    expect(listMissed(record).map(({ appointment }) => appointment)).toEqual(['e', 'c']);
    expect(listMissed(recordOf(at('a', 1, 'kept')))).toEqual([]);
  });
});

describe.each(['sqlite', 'postgres'] as const)('taken along, on %s', (engine) => {
  test('times alone unless the place is asked for; only what is to come, of whoever may be seen; and on record', async () => {
    const now = Date.parse('2026-03-01T09:00:00Z');
    await using app = await testApp({ engine, clock: () => now });
    const worker = await hire(app, 'case_manager', { agency: 'Harbor House' });
    const other = await hire(app, 'case_manager', { agency: 'Other Shore' });
    const visit = { ...VISIT, minutes: 30, transport: false, interpreter: false, where: { name: 'Mill Street Clinic' } };
    const told = [
      { payload: visit },
      { payload: { ...visit, appointment: 'a0', when: '2026-02-01T10:00:00.000Z' } },
      { payload: { kind: 'identity', mode: 'named', nameUsed: { value: 'Rosa' } } as const },
    ];
    const { id } = await worker.call.people.create({ entries: told });
    await other.call.people.create({ entries: [{ payload: { ...visit, appointment: 'b1' } }] });

    const time = { id: 'a1', revision: 0, start: visit.when, changed: new Date(now).toISOString(), minutes: 30 };
    expect(await worker.call.caseload.calendar({ places: false })).toEqual([time]);
    expect(await worker.call.caseload.calendar({ places: true })).toEqual([{ ...time, place: 'Mill Street Clinic' }]);
    expect(await worker.call.people.calendar({ person: id, places: false })).toEqual([time]);
    expect(await worker.call.people.calendar({ person: id, appointment: 'a0', places: false })).toHaveLength(1);
    await expect(worker.call.people.calendar({ person: id, appointment: 'b1', places: false })).rejects.toThrow(/not/i);
    await expect(other.call.people.calendar({ person: id, places: false })).rejects.toThrow(/not/i);

    const log = await listAudit(app.deps.casework.db, { recordId: id, limit: 20 });
    const calendar = log.filter(({ action }) => action === 'person.calendar').map(({ reason }) => reason);
    expect(calendar.toSorted()).toEqual(['own times only', 'own times only', 'own times only', 'own with places']);
    expect(log.filter(({ action }) => action === 'person.refused')).toHaveLength(2);
  });
});
