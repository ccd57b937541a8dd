// `waypost reach` as it is used from outside: an area in GeoJSON, on streets where there are some, and what it refuses.

import { Writable } from 'node:stream';
import type { Feature, MultiPolygon } from 'geojson';
import { expect, test } from 'vitest';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { CliIo } from '#server/command.ts';
import { reachCommand } from '#server/streets/reach-command.ts';
import { gridTown } from '../geo/builders.ts';

const travel = createTravelTimes([{ data: gridTown(31) }]);

async function reach(...args: string[]): Promise<Feature<MultiPolygon>> {
  let out = '';
  const stdout = new Writable({ write: (chunk: Buffer, _, done) => ((out += chunk.toString()), done()) });
  const app = { travelTimes: () => Promise.resolve(travel), [Symbol.asyncDispose]: () => Promise.resolve() };
  await reachCommand.run(args, { stdout, openApp: () => Promise.resolve(app) } as unknown as CliIo);
  return JSON.parse(out) as Feature<MultiPolygon>;
}

test('on streets it is their shape, and no estimate', async () => {
  const { geometry, properties } = await reach('0.0135,0.0135', '--minutes', '10');
  expect(properties).toEqual({ from: [0.0135, 0.0135], mode: 'walk', minutes: 10, estimated: false });
  const lons = geometry.coordinates.flat(2).map(([lon]) => lon!);
  // 600 metres along a street of the grid, where one walks a metre a second.
  expect(Math.max(...lons) - 0.0135).toBeGreaterThan(0.0052);
  expect(Math.max(...lons) - 0.0135).toBeLessThan(0.0072);
});

test('south and west of nought, beside the streets, it is a circle and says so', async () => {
  const { geometry, properties } = await reach('--mode=drive', '-30.0346,-51.2177', '--minutes=5');
  expect(properties).toMatchObject({ from: [-51.2177, -30.0346], estimated: true });
  expect(geometry.coordinates).toHaveLength(1);
});

test.each([
  [['--minutes', '10'], /Say from where/],
  [['95,0', '--minutes', '10'], /Say from where/],
  [['0,0', '1,1', '--minutes', '10'], /Say from where/],
  [['0,0'], /Say how many minutes/],
  [['0,0', '--minutes', '500'], /Say how many minutes/],
  [['0,0', '--minutes', '5', '--mode', 'fly'], /There is no mode "fly"/],
])('%j is refused in words', async (args, message) => {
  await expect(reach(...args)).rejects.toThrow(message);
});
