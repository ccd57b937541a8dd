// Which quarter each square belongs to: every quarter spreads from its centre until water, parks, main roads or its own size stop it.

import { DISTRICTS } from './districts.ts';
import type { Point } from './geometry.ts';
import type { Land } from './land.ts';
import type { RoadLine } from './main-roads.ts';
import { smoothNoise } from './random.ts';
import { CLOSED, COLUMNS, HIGHWAY, MAIN_ROAD, RAIL, RIVER, ROWS, Raster, SQUARE, WATER } from './raster.ts';

/** Steps that one square costs; a road is crossed only where nothing nearer has come. */
const STEPS = { ground: 1, mainRoad: 9, rail: 14 };

export interface Quarters {
  raster: Raster;
  /** Index of the district in `DISTRICTS`; -1: open country, water or park. */
  districtAt(point: Point): number;
}

/** Lets the quarters grow. */
export function growQuarters(land: Land, mainRoads: readonly RoadLine[]): Quarters {
  const raster = new Raster();
  raster.fill(land.coast, WATER | RIVER, true);
  raster.stroke(land.coast, 64, WATER);
  raster.fill(land.river.ring, WATER | RIVER);
  raster.stroke(land.river.ring, 64, WATER);
  for (const place of land.places) if (place.closed) raster.fill(place.ring, CLOSED);
  for (const road of mainRoads) {
    if (road.class === 'rail') raster.stroke(road.line, 32, RAIL);
    else if (road.class === 'highway') raster.stroke(road.line, 64, HIGHWAY);
    else if (road.class !== 'path') raster.stroke(road.line, 32, MAIN_ROAD);
  }
  const owner = spread(raster);
  return {
    raster,
    districtAt(point) {
      const square = raster.squareAt(point);
      return square < 0 ? -1 : (owner[square] as number);
    },
  };
}

/** Dijkstra from all centres at once, by buckets of whole steps. */
function spread(raster: Raster): Int8Array {
  const owner = new Int8Array(COLUMNS * ROWS).fill(-1);
  const steps = new Uint16Array(COLUMNS * ROWS).fill(0xffff);
  const buckets: number[][] = [];
  const offer = (square: number, at: number, district: number) => {
    if (at >= (steps[square] as number)) return;
    steps[square] = at;
    owner[square] = district;
    (buckets[at] ??= []).push(square);
  };
  DISTRICTS.forEach((district, index) => offer(raster.squareAt(district.center), 0, index));
  for (let at = 0; at < buckets.length; at++) {
    for (const square of buckets[at] ?? []) {
      if (steps[square] !== at) continue;
      const index = owner[square] as number;
      const [x, y] = raster.centerOf(square);
      const reach = ((DISTRICTS[index]?.reach ?? 0) / SQUARE) * (1 + 0.18 * smoothNoise(x / 260, y / 260, 51));
      if (at > reach) continue;
      for (const next of [square - 1, square + 1, square - COLUMNS, square + COLUMNS]) {
        const cover = raster.cover[next] ?? WATER;
        if (cover & (WATER | CLOSED | HIGHWAY)) continue;
        offer(next, at + (cover & RAIL ? STEPS.rail : cover & MAIN_ROAD ? STEPS.mainRoad : STEPS.ground), index);
      }
    }
  }
  return owner;
}
