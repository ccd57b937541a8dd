// Makes the figures of a second router, Valhalla, over the extracts of real data; they are kept in figures.csv beside this file.
// Valhalla is no dependency of Waypost (280 MB). In an empty folder:
//   npm install --ignore-scripts @valhallajs/valhallajs@3.6.1
//   npx valhalla build_config --mjolnir-tile-dir "$PWD/porto" --mjolnir-tile-extract '' > porto.json
//   npx valhalla build_tiles -c porto.json …/osm/porto/porto_portugal.osm.pbf       (and the same for porto-alegre)
//   node test/streets/valhalla/make.ts THAT_FOLDER

import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { METERS_PER_DEGREE } from '#shared/geo/distance.ts';
import { StreetGraph } from '#shared/geo/street-graph.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { buildStreets } from '#server/streets/build-graph.ts';
import { seeded } from '../../directory/resources.ts';
import { dataPath } from '../../support/data.ts';
import { CITIES } from './figures.ts';

const PAIRS = 1000;
/** How far apart two places are as the crow flies, metres. */
const [NEAREST, FARTHEST] = [300, 10_000];

interface Route {
  trip: { summary: { time: number; length: number } };
}
interface Actor {
  route(query: object): Promise<Route>;
}

const folder = process.argv[2];
if (!folder) throw new Error('Name the folder in which Valhalla is installed and its tiles are.');
const valhalla = createRequire(join(resolve(folder), 'package.json'))('@valhallajs/valhallajs') as {
  VALHALLA_VERSION: string;
  Actor: { fromConfigFile(file: string): Promise<Actor> };
};

const lines = [
  `# Valhalla ${valhalla.VALHALLA_VERSION}`,
  'city,from_lon,from_lat,to_lon,to_lat,walk_seconds,walk_meters,drive_seconds,drive_meters,shortest_drive_meters',
];
for (const { city, file } of CITIES) {
  const path = dataPath(...file);
  if (!path) throw new Error(`The extract of ${city} is missing.`);
  const actor = await valhalla.Actor.fromConfigFile(join(folder, `${city}.json`));
  const ways = async (costing: string, from: LonLat, to: LonLat, options: object): Promise<[seconds: number, meters: number] | null> => {
    const query = { locations: [from, to], costing, costing_options: { [costing]: options }, directions_type: 'none' };
    const { time, length } = (await actor.route(query).catch(() => null))?.trip.summary ?? {};
    return time === undefined || length === undefined ? null : [Math.round(time), Math.round(length * 1000)];
  };
  const pickPlace = createPlaces(new StreetGraph((await buildStreets(path)).data));
  for (let made = 0; made < PAIRS;) {
    const from = pickPlace();
    const to = pickPlace(from);
    if (!from || !to) continue;
    const walk = await ways('pedestrian', from, to, { walking_speed: 5 });
    const drive = await ways('auto', from, to, {});
    const shortest = await ways('auto', from, to, { shortest: true });
    if (!walk || !drive || !shortest) continue;
    lines.push([city, from.lon, from.lat, to.lon, to.lat, ...walk, ...drive, shortest[1]].join(','));
    made++;
  }
}
// Not on the standard output: Valhalla writes its log there.
await writeFile(new URL('figures.csv', import.meta.url), `${lines.join('\n')}\n`);

/** Gives places on streets for both walking and driving, so that both routers begin at the same one; some calls find none. */
function createPlaces(graph: StreetGraph): (around?: LonLat | null) => LonLat | null {
  const random = seeded(17);
  const [west, south, east, north] = graph.bounds;
  return (around) => {
    const position = { lon: west + random() * (east - west), lat: south + random() * (north - south) };
    if (around) {
      const [angle, meters] = [2 * Math.PI * random(), NEAREST + random() * (FARTHEST - NEAREST)];
      position.lat = around.lat + (meters * Math.sin(angle)) / METERS_PER_DEGREE;
      position.lon = around.lon + (meters * Math.cos(angle)) / METERS_PER_DEGREE / Math.cos((around.lat * Math.PI) / 180);
    }
    const snap = graph.snap(position, 'drive');
    const place = snap && { lon: Number(snap.lon.toFixed(6)), lat: Number(snap.lat.toFixed(6)) };
    return place && (graph.snap(place, 'walk')?.meters ?? Infinity) < 0.5 ? place : null;
  };
}
