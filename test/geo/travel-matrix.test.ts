// Many places to many others beside one way at a time: whichever side is searched from, the answers are the same.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTravelTimes, type TravelLimit, type TravelPoints, type TravelTimes } from '#shared/geo/travel.ts';
import { DEGREE, gridTown } from './builders.ts';

const pointsOf = (places: readonly { east: number; north: number }[]): TravelPoints => ({
  lon: Float64Array.from(places, ({ east }) => east / DEGREE),
  lat: Float64Array.from(places, ({ north }) => north / DEGREE),
});

/** Some of the places lie beside the streets, some far from every street. */
const place = fc.record({
  east: fc.double({ min: -300, max: 1500, noNaN: true }),
  north: fc.double({ min: -300, max: 900, noNaN: true }),
});
const places = fc.array(place, { minLength: 0, maxLength: 9 }).map(pointsOf);
const limits = fc.record<TravelLimit>({
  seconds: fc.constantFrom(Infinity, 300, 900),
  meters: fc.constantFrom(Infinity, 400),
});

/** One-way streets and missing ones. */
const town = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 60, maxLength: 60 }).map((kinds) => {
  let i = 0;
  const data = gridTown(6, (way) => {
    const kind = kinds[i++]!;
    return kind === 0 ? null : { ...way, oneWay: kind < 3, walk: 50 + 30 * kind };
  });
  return createTravelTimes([{ data }]);
});

function oneByOne(travel: TravelTimes, from: TravelPoints, to: TravelPoints, limit: TravelLimit) {
  return Array.from(from.lon, (lon, i) => travel.toPoints({ lon, lat: from.lat[i]! }, 'walk', to, limit));
}

describe('many places to many others', () => {
  test('pairs are those of one way at a time', () => {
    fc.assert(
      fc.property(town, places, places, limits, (travel, from, to, limit) => {
        const matrix = travel.pairs(from, 'walk', to, limit);
        for (const [i, ways] of oneByOne(travel, from, to, limit).entries()) {
          const pairs = Array.from({ length: matrix.firstPair[i + 1]! - matrix.firstPair[i]! }, (_, k) => matrix.firstPair[i]! + k);
          const expected = [...ways.seconds.keys()].filter((j) => ways.seconds[j] !== Infinity);
          // What lies on the limit to the last bit may be found from one side alone.
          const onLimit = (j: number): boolean =>
            Math.abs(ways.seconds[j]! - limit.seconds!) < 0.01 || Math.abs(ways.meters[j]! - limit.meters!) < 0.01;
          expect(pairs.map((k) => matrix.to[k]!).filter((j) => !onLimit(j))).toEqual(expected.filter((j) => !onLimit(j)));
          for (const k of pairs) {
            const j = matrix.to[k]!;
            if (ways.seconds[j] === Infinity) continue;
            expect(matrix.seconds[k]).toBeCloseTo(ways.seconds[j]!, 1);
            expect(matrix.estimated[k]).toBe(ways.estimated[j]);
          }
        }
      }),
    );
  });

  test('the nearest is the least of them', () => {
    fc.assert(
      fc.property(town, places, places, (travel, from, to) => {
        const nearest = travel.nearest(from, 'walk', to, {});
        for (const [i, ways] of oneByOne(travel, from, to, {}).entries()) {
          const least = Math.min(Infinity, ...ways.seconds);
          if (least === Infinity) {
            expect(nearest.nearest[i]).toBe(-1);
            expect(nearest.seconds[i]).toBe(Infinity);
          } else {
            expect(nearest.seconds[i]).toBeCloseTo(least, 1);
            expect(ways.seconds[nearest.nearest[i]!]).toBeCloseTo(least, 1);
          }
        }
      }),
    );
  });
});
