// `waypost reach`: what can be reached from a place in so many minutes, as an area in GeoJSON.

import { parseArgs } from 'node:util';
import type { Feature, MultiPolygon } from 'geojson';
import { z } from 'zod';
import { ringsToPolygons } from '#shared/geo/contour.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { UsageError, type Command } from '#server/command.ts';

const Minutes = z.coerce.number().min(1).max(120);
const Mode = z.enum(['walk', 'drive']);

export const reachCommand: Command = {
  name: 'reach',
  summary: 'Show what can be reached from a place in so many minutes',
  usage: `waypost reach LAT,LON --minutes N [--mode walk|drive] [--data DIR]

Prints a GeoJSON feature: the area that is reached on the streets that are loaded (waypost basemap add). Where there are none it is a
circle, and "estimated" is true.`,

  async run(args, io) {
    // South of the equator a position looks like an option.
    const isPosition = (arg: string): boolean => /^-?[\d.]+,-?[\d.]+$/.test(arg);
    const { values } = parseArgs({
      args: args.filter((arg) => !isPosition(arg)),
      options: { minutes: { type: 'string' }, mode: { type: 'string', default: 'walk' } },
    });
    const from = parsePosition(args.filter(isPosition));
    const minutes = Minutes.safeParse(values.minutes);
    const mode = Mode.safeParse(values.mode);
    if (!minutes.success) throw new UsageError('Say how many minutes, from 1 to 120: --minutes 15.');
    if (!mode.success) throw new UsageError(`There is no mode "${values.mode}". Modes: walk, drive.`);
    await using app = await io.openApp();
    const { rings, estimated } = (await app.travelTimes()).reach(from, mode.data, minutes.data * 60);
    const feature: Feature<MultiPolygon> = {
      type: 'Feature',
      geometry: { type: 'MultiPolygon', coordinates: ringsToPolygons(rings) },
      properties: { from: [from.lon, from.lat], mode: mode.data, minutes: minutes.data, estimated },
    };
    io.stdout.write(`${JSON.stringify(feature)}\n`);
    return 0;
  },
};

/** Latitude first, as people write it. */
function parsePosition(positions: readonly string[]): LonLat {
  const [lat, lon] = (positions[0] ?? '').split(',').map(Number) as [number, number];
  if (positions.length !== 1 || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180))
    throw new UsageError('Say from where, in degrees: waypost reach 41.1496,-8.6110 --minutes 15.');
  return { lon, lat };
}
