// Days and times in the forms in which people and programs write them; two readings are never decided between.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, readTime } from '#shared/directory/day-cells.ts';

describe('days', () => {
  it.each<[string, string | null, string | null]>([
    ['2024-03-02', '2024-03-02', null],
    ['2024-3-2', '2024-03-02', null],
    ['2024/03/02', '2024-03-02', null],
    ['2024-03-02T09:30:00Z', '2024-03-02', null],
    ['2024-03-02 09:30', '2024-03-02', null],
    ['20240302', '2024-03-02', null],
    ['3/31/2024', '2024-03-31', null],
    ['31/3/2024', '2024-03-31', null],
    ['31.03.2024', '2024-03-31', null],
    ['12/24/15', '2015-12-24', null],
    ['5/5/2024', '2024-05-05', null],
    ['02/03/2024', null, 'date_ambiguous'],
    ['2-3-24', null, 'date_ambiguous'],
    ['January 5, 2024', '2024-01-05', null],
    ['Mon, 5 Jan 2024', '2024-01-05', null],
    ['24-Dec-15', '2015-12-24', null],
    ['1st of March 2024', '2024-03-01', null],
    ['1er août 2024', '2024-08-01', null],
    ['5 de enero de 2024', '2024-01-05', null],
    ['2024 March 5', '2024-03-05', null],
    ['45353', '2024-03-02', 'date_serial'],
    ['45353.5', '2024-03-02', 'date_serial'],
    ['1900-01-01', null, 'date_placeholder'],
    ['01/01/1900', null, 'date_placeholder'],
    ['12/31/1899', null, 'date_placeholder'],
    ['1970-01-01', null, 'date_placeholder'],
    ['9999-12-31', null, 'date_placeholder'],
    ['January 01, 0001', null, 'date_without_year'],
    ['June 1', null, 'date_without_year'],
    ['2024-02-30', null, 'date_unreadable'],
    ['13/13/2024', null, 'date_unreadable'],
    ['March 2024', null, 'date_unreadable'],
    ['12345', null, 'date_unreadable'],
    ['soon', null, 'date_unreadable'],
    ['', null, 'date_unreadable'],
  ])('%s', (text, day, code) => expect(readDay(text)).toEqual({ day, code }));

  it('reads back every day of two centuries in each form that has one reading', () => {
    const forms: ((date: Date) => string)[] = [
      (date) => date.toISOString(),
      (date) => date.toISOString().slice(0, 10).replaceAll('-', ''),
      ...['en-US', 'es', 'fr'].map((language) => (date: Date) => date.toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' })),
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70_000 }), fc.constantFrom(...forms), (days, form) => {
        const date = new Date(Date.UTC(1902, 0, 1 + days));
        const day = date.toISOString().slice(0, 10);
        if (day !== '1970-01-01') expect(readDay(form(date))).toEqual({ day, code: null });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789/-. ,JanMrzé') }), (text) => void readDay(text)));
  });
});

it.each<[string, string | null]>([
  ['09:30', '09:30'],
  ['9:30:00', '09:30'],
  ['9am', '09:00'],
  ['4:00 PM', '16:00'],
  ['noon', '12:00'],
  ['0930', '09:30'],
  ['9h30', '09:30'],
  ['17h', '17:00'],
  ['9.30', '09:30'],
  ['0.395833', '09:30'],
  ['25:00', null],
  ['2575', null],
  ['morning', null],
])('time %s', (text, time) => expect(readTime(text)).toBe(time));
