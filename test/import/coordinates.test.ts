// Positions as people and programs write them: what is read, and what is only told.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPosition, readAngle } from '#shared/directory/coordinate-text.ts';
import { readPositionCells } from '#shared/directory/coordinates.ts';
import { fromUtm } from '#shared/directory/projections.ts';

const HERE = { lat: 41.8819, lon: -87.6278 };
const near = { lat: expect.closeTo(HERE.lat, 3) as number, lon: expect.closeTo(HERE.lon, 3) as number };

describe('two cells', () => {
  it.each<[string, unknown, unknown, object | null, string | null]>([
    ['degrees', '41.8819', '-87.6278', HERE, null],
    ['numbers', 41.8819, -87.6278, HERE, null],
    ['a decimal comma', '41,8819', '-87,6278', HERE, null],
    ['three places after the comma', '41,882', '-87,628', near, null],
    ['degrees, minutes and seconds', `41°52'54.8"N`, `87°37'40.1"W`, near, 'coordinate_notation'],
    ['typographic signs', '41° 52′ 54.8″ N', '87° 37′ 40.1″ W', near, 'coordinate_notation'],
    ['degrees and minutes', "N 41° 52.914'", "W 87° 37.668'", near, 'coordinate_notation'],
    ['spaces alone', '41 52 54.8 N', '87 37 40.1 W', near, 'coordinate_notation'],
    ['a letter', '41.8819 N', '87.6278W', near, 'coordinate_notation'],
    ['swapped, beyond the poles', '-122.1', '37.5', { lat: 37.5, lon: -122.1 }, 'coordinate_swapped'],
    ['swapped, in the ice', '-87.6278', '41.8819', HERE, 'coordinate_swapped'],
    ['swapped, by their letters', '87.6278 W', '41.8819 N', near, 'coordinate_swapped'],
    ['metres of a web map', '5143305.0', '-9754682.1', near, 'coordinate_projected'],
    ['metres of UTM without a zone', '4636747', '447919', null, 'coordinate_zone_missing'],
    ['the same zeros', '0.0', '0.0', null, 'coordinate_zero'],
    ['the same degrees', '41.5', '41.5', { lat: 41.5, lon: 41.5 }, null],
    ['zeros', '0.0', '0', null, 'coordinate_zero'],
    ['nearly zeros', '0.00001', '0', null, 'coordinate_zero'],
    ['on the equator', '0', '-78.5', { lat: 0, lon: -78.5 }, null],
    ['not on earth', '141.8', '-187.6', null, 'coordinate_out_of_range'],
    ['words', 'north', 'west', null, 'coordinate_unreadable'],
    ['two latitudes', '41.8819 N', '41.8819 N', null, 'coordinate_unreadable'],
    ['sixty minutes', `41°60'00"N`, `87°37'40"W`, null, 'coordinate_unreadable'],
    ['half', '41.8819', ' ', null, 'coordinate_incomplete'],
    ['a pair in the first cell', '41.8819, -87.6278', null, HERE, null],
    ['nothing', null, '', null, null],
  ])('%s', (_, lat, lon, position, code) => {
    const read = readPositionCells(lat, lon);
    expect([read.position, read.code]).toEqual([position, code]);
  });
});

describe('one cell', () => {
  it.each<[string, object | undefined]>([
    ['Geolocation is 41.8819, -87.6278', HERE],
    ['Geolocation is 42.1, -87.9', { lat: 42.1, lon: -87.9 }],
    ['from $1.50, 2.50 a meal', undefined],
    ['POINT (-87.6278 41.8819)', HERE],
    ['41.8819,-87.6278', HERE],
    ['(41.8819, -87.6278)', HERE],
    ['41.8819 -87.6278', HERE],
    ['Lat: 41.8819 Long: -87.6278', HERE],
    ['{"latitude":41.8819,"longitude":-87.6278}', HERE],
    ['geo:41.8819,-87.6278', HERE],
    ['https://maps.example.org/@41.8819,-87.6278,17z', HERE],
    [`41°52'54.8"N 87°37'40.1"W`, near],
    [`41°52'54.8"N, 87°37'40.1"W`, near],
    [`87°37'40.1"W 41°52'54.8"N`, near],
    ['16T 447911 4636854', near],
    ['16 N 447911mE 4636854mN', near],
    ['12 Main Street, Springfield 62701', undefined],
    ['Open 9:30 - 12:00, room 4', undefined],
    ['Call 555-010-4477', undefined],
    ['2024-03-02', undefined],
    ['95.1234, 200.1234', undefined],
  ])('%s', (text, position) => {
    const found = findPosition(text);
    expect(found && { lat: found.lat, lon: found.lon }).toEqual(position);
  });

  it('tells an angle from a street', () => {
    expect(readAngle('41 N Main')).toBeUndefined();
    expect(readAngle('41° 52′ N 3rd')).toBeUndefined();
    expect(readAngle('S 33.9')).toEqual({ degrees: -33.9, axis: 'lat' });
  });

  it('never throws, and gives points on earth only', () => {
    const signs = fc.constantFrom(...'0123456789.,-°\'"NSEW ', 'lat', 'lon', 'POINT(');
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 40 }), (parts) => {
        const found = findPosition(parts.join(''));
        if (found) expect(Math.abs(found.lat) <= 90 && Math.abs(found.lon) <= 180).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no long time over any text', () => {
    for (const text of ['4'.repeat(2000), '41 '.repeat(660), "41°52'".repeat(300), 'lat1'.repeat(500), '16T '.repeat(500)]) {
      const started = process.cpuUsage();
      findPosition(text);
      expect(process.cpuUsage(started).user).toBeLessThan(200_000);
    }
  });
});

describe('UTM', () => {
  // The other direction by another series (J. P. Snyder, Map Projections, 1987, equations 8-9, 8-10 and 3-21).
  function toUtm(lat: number, lon: number, zone: number): { easting: number; northing: number } {
    const [axis, flattening, scale] = [6_378_137, 1 / 298.257_223_563, 0.9996];
    const e2 = flattening * (2 - flattening);
    const ep = e2 / (1 - e2);
    const [phi, lambda] = [(lat * Math.PI) / 180, ((lon - (zone * 6 - 183)) * Math.PI) / 180];
    const n = axis / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
    const [t, c, a] = [Math.tan(phi) ** 2, ep * Math.cos(phi) ** 2, lambda * Math.cos(phi)];
    const m =
      axis *
      ((1 - e2 / 4 - (3 * e2 ** 2) / 64 - (5 * e2 ** 3) / 256) * phi -
        ((3 * e2) / 8 + (3 * e2 ** 2) / 32 + (45 * e2 ** 3) / 1024) * Math.sin(2 * phi) +
        ((15 * e2 ** 2) / 256 + (45 * e2 ** 3) / 1024) * Math.sin(4 * phi) -
        ((35 * e2 ** 3) / 3072) * Math.sin(6 * phi));
    return {
      easting: scale * n * (a + ((1 - t + c) * a ** 3) / 6 + ((5 - 18 * t + t ** 2 + 72 * c - 58 * ep) * a ** 5) / 120) + 500_000,
      northing:
        scale *
        (m +
          n *
            Math.tan(phi) *
            (a ** 2 / 2 + ((5 - t + 9 * c + 4 * c ** 2) * a ** 4) / 24 + ((61 - 58 * t + t ** 2 + 600 * c - 330 * ep) * a ** 6) / 720)),
    };
  }

  it('gives back the degrees that any point of a zone was made from', () => {
    const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), degrees(-3, 3), degrees(0, 84), fc.boolean(), (zone, off, lat, south) => {
        const { easting, northing } = toUtm(lat, zone * 6 - 183 + off, zone);
        const back = fromUtm({ zone, south, easting, northing: south ? 10_000_000 - northing : northing });
        expect(back.lat).toBeCloseTo(south ? -lat : lat, 4);
        expect(back.lon).toBeCloseTo(zone * 6 - 183 + off, 4);
      }),
    );
  });
});
