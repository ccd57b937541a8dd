import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { boundsAround, boundsContain, boundsIntersect, boundsOf } from '#shared/geo/bounds.ts';
import { cellAt, cellCenter, cellRing, coarseCell, coarsen, COARSE_RESOLUTION } from '#shared/geo/cells.ts';
import { createFlatProjection, metersBetween } from '#shared/geo/distance.ts';
import { ESTIMATE, estimateReach, estimateToPoints } from '#shared/geo/estimate.ts';
import { ringsContain } from '#shared/geo/contour.ts';

const position = fc.record({ lon: fc.double({ min: -179, max: 179, noNaN: true }), lat: fc.double({ min: -80, max: 80, noNaN: true }) });

describe('distance', () => {
  test.each([
    ['London to Paris', { lon: -0.1276, lat: 51.5072 }, { lon: 2.3522, lat: 48.8566 }, 343_600, 400],
    ['one degree of latitude', { lon: 10, lat: 0 }, { lon: 10, lat: 1 }, 111_195, 1],
    ['one degree of longitude at 60°', { lon: 10, lat: 60 }, { lon: 11, lat: 60 }, 55_597, 10],
    ['across the antimeridian', { lon: 179.5, lat: 0 }, { lon: -179.5, lat: 0 }, 111_195, 1],
    ['the same place', { lon: -128, lat: 44 }, { lon: -128, lat: 44 }, 0, 0],
  ])('%s', (_, a, b, meters, tolerance) => {
    expect(Math.abs(metersBetween(a, b) - meters)).toBeLessThanOrEqual(tolerance);
  });

  it('is NaN where there is no position', () => {
    expect(metersBetween({ lon: NaN, lat: 44 }, { lon: -128, lat: 44 })).toBeNaN();
  });

  it('is symmetric and keeps the triangle inequality', () => {
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(metersBetween(a, b)).toBeCloseTo(metersBetween(b, a), 6);
        expect(metersBetween(a, c)).toBeLessThanOrEqual(metersBetween(a, b) + metersBetween(b, c) + 1e-6);
      }),
    );
  });

  it('agrees with the flat projection within 50 km, to 0.5 %', () => {
    const near = fc.record({
      east: fc.double({ min: -3e4, max: 3e4, noNaN: true }),
      north: fc.double({ min: -3e4, max: 3e4, noNaN: true }),
    });
    fc.assert(
      fc.property(near, ({ east, north }) => {
        const origin = { lon: -128, lat: 44 };
        const flat = createFlatProjection(origin);
        const there = { lon: flat.lon(east), lat: flat.lat(north) };
        expect(flat.x(there.lon)).toBeCloseTo(east, 4);
        expect(Math.abs(metersBetween(origin, there) - Math.hypot(east, north))).toBeLessThanOrEqual(
          0.005 * Math.hypot(east, north) + 1e-6,
        );
      }),
    );
  });
});

describe('bounds', () => {
  it('around a place hold all that is within the distance', () => {
    fc.assert(
      fc.property(position, position, fc.double({ min: 1, max: 200_000, noNaN: true }), (center, other, meters) => {
        if (metersBetween(center, other) > meters || Math.abs(center.lon - other.lon) > 180) return;
        expect(boundsContain(boundsAround(center, meters), other.lon, other.lat)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('of points leave out what has no position', () => {
    expect(boundsOf({ lon: [3, NaN, 1], lat: [5, 2, 9] })).toEqual([1, 5, 3, 9]);
    expect(boundsOf({ lon: [NaN], lat: [2] })).toBeNull();
    expect(boundsContain([0, 0, 1, 1], NaN, 0.5)).toBe(false);
  });

  test.each([
    [[0, 0, 1, 1], [1, 1, 2, 2], true],
    [[0, 0, 1, 1], [1.1, 0, 2, 1], false],
    [[0, 0, 9, 9], [3, 3, 4, 4], true],
  ] as const)('%j and %j meet: %s', (a, b, meet) => {
    expect(boundsIntersect([...a], [...b])).toBe(meet);
  });
});

describe('cells', () => {
  it('give the same coarse cell for every position in it, and nothing finer', () => {
    const cell = coarseCell({ lon: -128, lat: 44 });
    expect(coarsen(cellAt({ lon: -128, lat: 44 }, 9), COARSE_RESOLUTION)).toBe(cell);
    expect(coarsen(cell, 9)).toBe(cell);
    expect(ringsContain([cellRing(cell)], cellCenter(cell).lon, cellCenter(cell).lat)).toBe(true);
  });

  it('refuse what is not a position', () => {
    expect(() => cellAt({ lon: NaN, lat: 44 }, 7)).toThrow('finite');
  });
});

describe('estimate', () => {
  it('is the straight line, 1.3 times as long, at 4.8 km/h, and says so', () => {
    const travel = estimateToPoints({ lon: 0, lat: 0 }, 'walk', { lon: [0, NaN, 0], lat: [0.01, 0, 0.5] }, { seconds: 3600 });
    expect(travel.meters[0]).toBeCloseTo(1111.95 * 1.3, 0);
    expect(travel.seconds[0]).toBeCloseTo((1111.95 * 1.3) / (4.8 / 3.6), 0);
    expect([...travel.seconds.slice(1)]).toEqual([Infinity, Infinity]);
    expect([...travel.estimated]).toEqual([1, 1, 1]);
  });

  it('reaches a circle of that size', () => {
    const [ring] = estimateReach({ lon: -128, lat: 44 }, 'drive', 600);
    expect(ring?.[0]).toEqual(ring?.at(-1));
    for (const [lon, lat] of ring ?? []) {
      expect(metersBetween({ lon: -128, lat: 44 }, { lon, lat }) * ESTIMATE.drive.detour).toBeCloseTo(5000, -1);
    }
  });
});
