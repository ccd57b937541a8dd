import { describe, expect, test } from 'vitest';
import { circleAround, reachShapes } from '#client/map/reach-shape.ts';
import { metersPerPixel, roundDown, scaleFor, unitsFor } from '#client/map/scale.ts';
import { searchBounds, toAreaFeatures, toReachFeatures } from '#client/map/search-features.ts';
import { metersBetween } from '#shared/geo/distance.ts';
import type { MapSearch } from '#client/map/types.ts';

type Ring = [number, number][];
const square = (size: number): Ring => [[-size, -size], [size, -size], [size, size], [-size, size], [-size, -size]]; // prettier-ignore
const empty: MapSearch = { start: null, reach: [], estimated: false, pins: [] };

describe('reach', () => {
  test('is nothing without rings of three points', () => {
    expect(reachShapes([])).toBeNull();
    expect(reachShapes([[[0, 0], [1, 1]]])).toBeNull(); // prettier-ignore
    expect(toReachFeatures(empty)).toEqual([]);
  });

  test('one ring: inside is the ring, outside the world with a hole', () => {
    const shapes = reachShapes([square(1)]);
    expect(shapes?.inside.coordinates).toEqual([[square(1)]]);
    expect(shapes?.outside.coordinates).toHaveLength(1);
    expect(shapes?.outside.coordinates[0]?.[1]).toEqual(square(1));
  });

  test('a hole and an island in it, in any order and winding', () => {
    const [outer, hole, island] = [square(3), square(2).toReversed(), square(1)];
    const shapes = reachShapes([island, outer, hole]);
    expect(shapes?.inside.coordinates).toEqual([[island], [outer, hole]]);
    expect(shapes?.outside.coordinates.slice(1)).toEqual([[hole, island]]);
  });

  test('an open ring is closed', () => {
    expect(reachShapes([square(1).slice(0, 4)])?.inside.coordinates[0]?.[0]).toEqual(square(1));
  });
});

test('a circle keeps its radius in every direction', () => {
  const { coordinates } = circleAround(-128, 44, 1600);
  const radii = (coordinates[0] ?? []).map(([lon = NaN, lat = NaN]) => metersBetween({ lon: -128, lat: 44 }, { lon, lat }));
  for (const radius of radii) expect(Math.abs(radius - 1600)).toBeLessThan(8);
});

test('private sites of one cell are one area that says neither how many nor where', () => {
  const center = { lon: 10, lat: 50 };
  const features = toAreaFeatures([{ id: 'a', cell: 'x', label: 'A' }, { id: 'b', cell: 'x', label: 'B' }], () => center); // prettier-ignore
  expect(features.map((feature) => feature.geometry.type)).toEqual(['Polygon', 'Point']);
  expect(features[1]).toMatchObject({ geometry: { coordinates: [10, 50] }, properties: { label: '' } });
});

test.each([
  ['nothing', {}, null],
  ['the start alone', { start: { lon: 1, lat: 2 } }, [1, 2, 1, 2]],
  [
    'pins and start',
    { start: { lon: 1, lat: 2 }, pins: [{ id: 'a', lon: 3, lat: -1, type: null, verdict: 'eligible', label: '' }] },
    [1, -1, 3, 2],
  ],
  [
    'reach, whatever lies beyond',
    { reach: [square(1)], pins: [{ id: 'a', lon: 30, lat: -1, type: null, verdict: 'eligible', label: '' }] },
    [-1, -1, 1, 1],
  ],
] as const)('the box of %s', (_, search, bounds) => {
  expect(searchBounds({ ...empty, ...(search as Partial<MapSearch>) })).toEqual(bounds);
});

describe('the scale bar', () => {
  test.each([[1, 1], [1.9, 1], [2, 2], [47, 30], [512, 500], [999, 500], [0.3, 0.3]])('%d rounds down to %d', (value, round) => {
    expect(roundDown(value)).toBeCloseTo(round);
  }); // prettier-ignore

  test.each([
    [14, 44, 'metric', 300, 'meter'],
    [10, 44, 'metric', 5, 'kilometer'],
    [14, 44, 'imperial', 1000, 'foot'],
    [10, 44, 'imperial', 3, 'mile'],
  ] as const)('at zoom %d, latitude %d, %s: %d %s', (zoom, lat, units, value, unit) => {
    const perPixel = metersPerPixel(zoom, lat);
    const scale = scaleFor(perPixel, 96, units);
    expect(scale).toMatchObject({ value, unit });
    expect(scale.px).toBeLessThanOrEqual(96);
    expect(scale.px).toBeGreaterThan(30);
  });

  test.each([['en', 'imperial'], ['en-GB', 'imperial'], ['es', 'metric'], ['ar', 'metric'], ['es-US', 'imperial'], ['fr-CA', 'metric']])('%s reads %s', (language, units) => {
    expect(unitsFor(language)).toBe(units);
  }); // prettier-ignore
});
