// Well-known places of the town that are not services: stations, stops, the town hall, libraries, shops.

import type { Point } from './geometry.ts';
import { STATION } from './main-roads.ts';
import { degrees } from './network.ts';
import { Random } from './random.ts';
import type { Town } from './town.ts';

export interface Landmark {
  name: string;
  /** `kind` of the Protomaps schema's `pois`. */
  kind: string;
  point: Point;
  minZoom: number;
}

const at = (x: number, y: number): Point => [x * 1000, y * 1000];

const KNOWN: Landmark[] = [
  { name: 'Port Alder Station', kind: 'station', point: STATION, minZoom: 12 },
  { name: 'Founders Station', kind: 'station', point: at(2.21, 1.55), minZoom: 13 },
  { name: 'Fernley Station', kind: 'station', point: at(-7.02, -1.54), minZoom: 13 },
  { name: 'Alder Falls Station', kind: 'station', point: at(-4.15, 3.86), minZoom: 13 },
  { name: 'Central Bus Station', kind: 'bus_stop', point: at(1.02, -0.46), minZoom: 13 },
  { name: 'Town Hall', kind: 'townhall', point: at(0.24, 0.2), minZoom: 13 },
  { name: 'County Courthouse', kind: 'townhall', point: at(0.66, 0.32), minZoom: 14 },
  { name: 'Central Library', kind: 'library', point: at(-0.16, 0.16), minZoom: 13 },
  { name: 'Orchard Library', kind: 'library', point: at(-2.12, 0.32), minZoom: 14 },
  { name: 'Southfield Library', kind: 'library', point: at(0.5, -2.16), minZoom: 14 },
  { name: 'East Cliff Library', kind: 'library', point: at(2.5, 1.34), minZoom: 14 },
  { name: 'Post Office', kind: 'post_office', point: at(0.42, -0.22), minZoom: 14 },
  { name: 'Harbor Ferry', kind: 'ferry_terminal', point: at(2.86, -0.64), minZoom: 13 },
  { name: 'Market Hall', kind: 'marketplace', point: at(-1.42, 0.16), minZoom: 14 },
  { name: 'Maritime Museum', kind: 'museum', point: at(2.44, -0.38), minZoom: 14 },
  { name: 'Beacon Hill', kind: 'peak', point: at(-0.55, 3.4), minZoom: 12 },
  { name: 'Quarry Hill', kind: 'peak', point: at(-4.5, -0.9), minZoom: 11 },
];

/** All landmarks: the known ones, and a bus stop at every so many crossings of main roads. */
export function listLandmarks({ network }: Town): Landmark[] {
  const random = new Random('stops');
  const degree = degrees(network.nodes.length, network.pieces);
  const stops = network.pieces.flatMap((piece): Landmark[] => {
    const street = network.streets[piece.street];
    if (street?.class !== 'major' && street?.class !== 'medium') return [];
    if ((degree[piece.from] as number) < 4 || piece.bridge || !random.chance(0.3)) return [];
    return [{ name: `${street.name} stop`, kind: 'bus_stop', point: network.nodes[piece.from] as Point, minZoom: 16 }];
  });
  return [...KNOWN, ...stops];
}
