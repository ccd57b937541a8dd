// Where a site's clock and its holidays come from.

import { describe, expect, it } from 'vitest';
import { loadPublicHolidays } from '#server/directory/public-holidays.ts';
import { zoneOfSite, type SitePlace } from '#server/directory/site-zone.ts';
import { readNamedHolidays } from '#shared/directory/named-holidays.ts';
import { opening } from '#shared/directory/timetable.ts';
import { toTimetable } from '#shared/directory/timetable-hsds.ts';
import { cellAt, cellCenter, coarseCell } from '#shared/geo/cells.ts';

const NOWHERE: SitePlace = { timezone: null, lon: null, lat: null, cell: null };

describe('a site’s time zone', () => {
  it.each<[string, Partial<SitePlace> | null, string | null, string, string | null]>([
    ['of its record before all else', { timezone: 'Europe/Paris', lon: -87.6, lat: 41.9 }, 'America/New_York', 'US', 'Europe/Paris'],
    ['of the deployment before that of the place', { lon: -87.6, lat: 41.9 }, 'America/New_York', 'US', 'America/New_York'],
    ['of where it is', { lon: -87.6298, lat: 41.8781 }, null, 'US', 'America/Chicago'],
    ['of where it is, an empty setting being none', { lon: -80.1918, lat: 25.7617 }, '', 'US', 'America/New_York'],
    ['where half an hour counts', { lon: 85.324, lat: 27.7172 }, null, 'NP', 'Asia/Kathmandu'],
    ['of its coarse cell', { cell: coarseCell({ lon: -112.074, lat: 33.4484 }) }, null, 'US', 'America/Phoenix'],
    ['at sea: that of the country, where it has one', { lon: 0, lat: 0 }, null, 'FR', 'Europe/Paris'],
    ['at sea, in a country of many', { lon: 0, lat: 0 }, null, 'US', null],
    ['without a position, in a country of one', {}, null, 'GB', 'Europe/London'],
    ['without a position, in a country of many', {}, null, 'US', null],
    ['without a place', null, null, 'PT', null],
    [
      'a name that no one knows counts for nothing',
      { timezone: 'Mars/Base', lon: -87.6, lat: 41.9 },
      'Venus/South',
      'US',
      'America/Chicago',
    ],
    ['a cell that is none', { cell: 'x' }, null, 'US', null],
    ['beyond the poles', { lon: 10, lat: 95 }, null, 'US', null],
  ])('%s', (_, place, zone, country, expected) => {
    expect(zoneOfSite(place && { ...NOWHERE, ...place }, zone, country)).toBe(expected);
  });

  it('of a hidden site is the same wherever in its cell it stands', () => {
    // Cells on the line between two zones, in Indiana.
    for (const lon of [-87.0, -86.9, -86.8]) {
      const cell = coarseCell({ lon, lat: 41.5 });
      const center = cellCenter(cell);
      const zones = [-0.01, 0, 0.01].map((shift) => {
        const position = { lon: center.lon + shift, lat: center.lat };
        return cellAt(position, 7) === cell ? zoneOfSite({ timezone: null, ...position, cell }, null, 'US') : null;
      });
      expect(new Set(zones.filter((zone) => zone !== null)).size).toBe(1);
    }
  });
});

describe('public holidays', () => {
  const OFFICE = { freq: 'WEEKLY' as const, byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00' };

  it('are looked up only where a schedule speaks of them', async () => {
    expect(await loadPublicHolidays([{ description: 'Mon-Fri', notes: null }])).toBeNull();
    expect(await loadPublicHolidays([{ description: 'fermé les jours fériés' }])).not.toBeNull();
  });

  it.each([
    ['US', null, '2026-11-26', true],
    ['US', null, '2026-03-02', false],
    ['US', 'IL', '2026-03-02', true],
    ['us', 'Illinois', '2026-03-02', true],
    ['US', 'Atlantis', '2026-11-26', true],
    ['FR', null, '2026-07-14', true],
    ['CA', 'QC', '2026-06-24', true],
    ['CA', 'ON', '2026-06-24', false],
  ])('of %s, %s: is %s one? %s', async (country, state, day, expected) => {
    const holidays = (await loadPublicHolidays([{ notes: 'Closed on public holidays' }], 2026))!.listDays(country, state)!;
    expect(holidays.days.includes(day)).toBe(expected);
    expect(holidays.until).toBe('2028-12-31');
  });

  it('of a country that no one knows are not made up', async () => {
    expect((await loadPublicHolidays([{ notes: 'closed holidays' }]))!.listDays('ZZ', null)).toBeNull();
  });

  it('close what says so, and nothing else', async () => {
    const thanksgiving = Date.parse('2026-11-26T12:00-06:00');
    const calendar = (await loadPublicHolidays([{ notes: 'closed on holidays' }], 2026))!;
    const at = (notes: string | null, instant = thanksgiving) =>
      opening(
        toTimetable([{ ...OFFICE, notes }], 'America/Chicago', () => calendar.listDays('US', 'IL'))!,
        instant,
      );
    expect(at(null).state).toBe('open');
    expect(at('Closed on public holidays')).toEqual({ state: 'closed', next: Date.parse('2026-11-27T09:00-06:00') });
    expect(at('Closed on public holidays', Date.parse('2031-11-26T12:00-06:00')).state).toBe('unknown');
  });

  it('are closed one by one, where they are named', async () => {
    const calendar = (await loadPublicHolidays([{ notes: 'Closed on Thanksgiving' }], 2026))!;
    const notes = 'Closed on Thanksgiving, the day after Thanksgiving, Martin Luther King, Jr. Day and Christmas Eve';
    const open = (day: string, country = 'US') =>
      opening(
        toTimetable([{ ...OFFICE, notes }], 'America/Chicago', (names) =>
          calendar.listDays(country, country === 'CA' ? 'ON' : null, names),
        )!,
        Date.parse(`${day}T12:00-06:00`),
      ).state;
    const days = ['2026-11-26', '2026-11-27', '2026-12-24', '2026-12-25', '2027-01-18', '2026-11-11', '2026-10-12'];
    expect(days.map((day) => open(day))).toEqual(['closed', 'closed', 'closed', 'open', 'closed', 'open', 'open']);
    expect(open('2026-10-12', 'CA')).toBe('closed');
  });

  it('a row that only lists holidays closes what other rows open', async () => {
    const calendar = (await loadPublicHolidays([{ notes: 'Closed on Labor Day' }], 2026))!;
    const rows = [OFFICE, { notes: 'Closed on Labor Day, Veterans Day' }];
    const timetable = toTimetable(rows, 'America/Chicago', (names) => calendar.listDays('US', null, names))!;
    expect(timetable.text).toBeUndefined();
    expect(opening(timetable, Date.parse('2026-11-11T12:00-06:00')).state).toBe('closed');
    expect(opening(timetable, Date.parse('2026-11-12T12:00-06:00')).state).toBe('open');
  });

  it.each<[string, string[] | null]>([
    [
      "New Year's Day\n\n    Martin Luther King, Jr. Day\n\n    Presidents' Day",
      ["New Year's Day", 'Martin Luther King Jr. Day', "Washington's Birthday"],
    ],
    ['Noël, jour de l’an', ['Christmas Day', "New Year's Day"]],
    ['Navidad y Año Nuevo', ['Christmas Day', "New Year's Day"]],
    ['Christmas, and the week after', null],
    ['Yes', null],
    ['', null],
  ])('are known by name: %s', (text, expected) => expect(readNamedHolidays(text)).toEqual(expected));
});
