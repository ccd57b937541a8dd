// The outlines of the world: land is where land is, on both sides of the meridian at which maps are cut.

import { describe, expect, it } from 'vitest';
import type { MultiPolygon, Position } from 'geojson';
import { ringsContain } from '#shared/geo/contour.ts';
import outlines from '../../plugins/basemap-outlines/main.ts';

const { earth } = await outlines.basemaps!['outlines']!();
const land = earth!.features.map(({ geometry }) => geometry as MultiPolygon).flatMap(({ coordinates }) => coordinates);
/** Outlines may go on beyond 180°. */
const isLand = (lon: number, lat: number) =>
  land.some((polygon) => [lon - 360, lon, lon + 360].some((x) => ringsContain(polygon as never, x, lat)));

describe('land', () => {
  it.each([
    ['Winnipeg', -97.1, 49.9, true],
    ['the tundra north of Yellowknife', -110, 66.9, true],
    ['Chukotka, beyond 180°', -175, 67, true],
    ['Siberia', 100, 67, true],
    ['Leeds', -1.55, 53.8, true],
    ['the strait between Greenland and Iceland', -27, 67, false],
    ['the Gulf of Alaska', -145, 56, false],
    ['the Pacific', -160, 20, false],
  ])('%s', (_, lon, lat, expected) => expect(isLand(lon, lat)).toBe(expected));

  it('no outline runs around the world, but that of the South Pole', () => {
    const jumps = (ring: Position[]) => ring.some(([lon = 0], i) => i > 0 && Math.abs(lon - (ring[i - 1]?.[0] ?? 0)) > 180);
    const around = land.filter((polygon) => polygon.some(jumps));
    expect(around.map(([ring]) => Math.max(...(ring ?? []).map(([, lat = 0]) => lat)) < -60)).toEqual([true]);
  });
});
