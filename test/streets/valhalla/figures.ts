// What another router says of random ways in two cities (made by make.ts), and the extracts on which it was asked.

import { readFileSync } from 'node:fs';
import type { LonLat, TravelMode } from '#shared/geo/travel.ts';

export const CITIES = [
  { city: 'porto', file: ['osm', 'porto', 'porto_portugal.osm.pbf'] },
  { city: 'porto-alegre', file: ['osm', 'porto-alegre', 'poa.osm.pbf'] },
] as const;

export interface OtherWay extends Record<TravelMode, { seconds: number; meters: number }> {
  from: LonLat;
  to: LonLat;
  /** Of the shortest way by car, where the one above is the fastest. */
  shortestDriveMeters: number;
}

export function readFigures(city: string): OtherWay[] {
  const rows = readFileSync(new URL('figures.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(2);
  return rows
    .map((row) => row.split(','))
    .filter(([name]) => name === city)
    .map(([, ...figures]) => figures.map(Number))
    .map(([fromLon, fromLat, toLon, toLat, walkSeconds, walkMeters, driveSeconds, driveMeters, shortestDriveMeters]) => ({
      from: { lon: fromLon!, lat: fromLat! },
      to: { lon: toLon!, lat: toLat! },
      walk: { seconds: walkSeconds!, meters: walkMeters! },
      drive: { seconds: driveSeconds!, meters: driveMeters! },
      shortestDriveMeters: shortestDriveMeters!,
    }));
}
