// What single cells mean: telephone numbers, hours, coordinates, dates, numbers.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitUsAddress } from '#shared/directory/address-cells.ts';
import { decodeEntities, findDay, findNumber, toPostalCode } from '#shared/directory/cells.ts';
import { findCoordinatesInText } from '#shared/directory/coordinate-text.ts';
import { readCoordinates } from '#shared/directory/coordinates.ts';
import { listPhoneNumbers } from '#shared/directory/phone-cells.ts';
import { fromMercator } from '#shared/directory/projections.ts';

describe('telephone numbers', () => {
  it.each<[string, string[]]>([
    ['(555) 010-4477', ['(555) 010-4477']],
    ['555.010.4477', ['555.010.4477']],
    ['+1 555 010 4477', ['+1 555 010 4477']],
    ['(555) 010-7656/ 010-2777', ['(555) 010-7656', '010-2777']],
    ['555-010-5239 or 555-010-5992', ['555-010-5239', '555-010-5992']],
    ['5550101329x5170', ['5550101329 ext 5170']],
    ['Phone: 555- 010-8008 ext. 261', ['555- 010-8008 ext 261']],
    ['412 555 GROW (4769)', ['412 555 GROW']],
    ['1-800-FOODNOW', ['1-800-FOODNOW']],
    ['211', ['211']],
    ['no phone', []],
    ['12 Tanner Street, Old Town', []],
    ['2021-06-14', []],
  ])('%s', (cell, expected) => {
    expect(listPhoneNumbers(cell).map(({ number, extension }) => (extension === null ? number : `${number} ext ${extension}`))).toEqual(
      expected,
    );
  });

  it('keeps what the label says', () => {
    expect(listPhoneNumbers('555-010-0844; Spanish: 555-010-0485; fax 555-010-0486')).toMatchObject([
      { description: null },
      { description: 'Spanish' },
      { type: 'fax' },
    ]);
  });
});

describe('coordinates', () => {
  it.each<[unknown, number | null | undefined, number | null | undefined, string | null]>([
    ['degrees', 41.88, -87.62, null],
    ['metres of a web map', 4_714_515.12, -8_572_408, 'coordinate_projected'],
    ['0, 0', 0, 0, 'coordinate_zero'],
    ['beyond the poles', 100, 101, 'coordinate_out_of_range'],
    ['text', undefined, 3, 'coordinate_unreadable'],
    ['half', 41.9, null, 'coordinate_incomplete'],
    ['nothing', null, null, null],
    ['one of them in metres', 41.88, -8_572_408, 'coordinate_out_of_range'],
  ])('%s', (_, lat, lon, code) => {
    expect(readCoordinates(lat, lon).code).toBe(code);
  });

  it('turns any projected point back into the degrees it was made from', () => {
    fc.assert(
      fc.property(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: -84, max: 84, noNaN: true }), (lon, lat) => {
        const edge = 20_037_508.342789244;
        const y = (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) * edge;
        const back = fromMercator((lon / 180) * edge, y);
        expect(back.lon).toBeCloseTo(lon, 5);
        expect(back.lat).toBeCloseTo(lat, 5);
      }),
    );
  });

  it('finds degrees in prose', () => {
    expect(findCoordinatesInText('Geolocation is 42.108547, -87.974705')).toEqual({ lat: 42.108547, lon: -87.974705 });
    expect(findCoordinatesInText('12 Main Street')).toBeUndefined();
  });
});

describe('other cells', () => {
  it.each([
    ['2025-08-08', '2025-08-08'],
    ['2022-08-28 11:41:05', '2022-08-28'],
    ['03-10-2025', '2025-03-10'],
    ['12/24/15', '2015-12-24'],
    ['2025-02-30', undefined],
    ['June 1', undefined],
  ])('day %s', (text, day) => expect(findDay(text)).toBe(day));

  it.each([
    ['1,250', 1250],
    ['$35', 35],
    ['12.50', 12.5],
    ['1,25', undefined],
    ['x100', undefined],
  ])('number %s', (text, number) => expect(findNumber(text)).toBe(number));

  it('decodes entities once and leaves unknown ones', () => {
    expect(decodeEntities('St. Mary&#8217;s &amp; friends &bogus; &#x27;')).toBe("St. Mary’s & friends &bogus; '");
  });

  it('repairs postal codes that a spreadsheet took for numbers', () => {
    expect([toPostalCode('15131.0'), toPostalCode('1036.0'), toPostalCode('V6B 1A1')]).toEqual(['15131', '01036', 'V6B 1A1']);
  });

  it('takes US addresses apart only where commas do', () => {
    expect(splitUsAddress('12 NE 4th Street, Fort Example, FL 33301')).toEqual({
      address_1: '12 NE 4th Street',
      city: 'Fort Example',
      state_province: 'FL',
      postal_code: '33301',
    });
    expect(splitUsAddress('81 Example Avenue Trenton, NJ 08618')).toMatchObject({
      address_1: '81 Example Avenue Trenton',
      city: null,
      state_province: 'NJ',
    });
    expect(splitUsAddress('State: FL')).toMatchObject({ state_province: 'FL', address_1: null });
  });
});
