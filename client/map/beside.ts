// Two analyses on one map, either side of a line: a cell shows the one on whose side its middle lies, so that none is cut.

import type { Feature, Polygon } from 'geojson';
import { worldX, worldY } from '#shared/geo/tile-math.ts';
import type { LonLat } from '#shared/geo/travel.ts';

/** Of cells, as shares of the world's width and height. */
export interface Middles {
  x: Float64Array;
  y: Float64Array;
}

export function middlesOf(cells: readonly Feature[]): Middles {
  const rings = cells.map(({ geometry }) => (geometry as Polygon).coordinates[0]!.slice(1));
  const mean = (ring: readonly number[][], along: (corner: readonly number[]) => number) =>
    ring.reduce((sum, corner) => sum + along(corner), 0) / ring.length;
  return {
    x: Float64Array.from(rings, (ring) => mean(ring, ([lon]) => worldX(lon!))),
    y: Float64Array.from(rings, (ring) => mean(ring, ([, lat]) => worldY(lat!))),
  };
}

/** `now` on the right of the line from `top` to `bottom` of the picture, `before` on its left. */
export function classesBeside(
  { now, before }: { now: Uint8Array; before: Uint8Array },
  { x, y }: Middles,
  { top, bottom }: { top: LonLat; bottom: LonLat },
): Uint8Array {
  const [fromX, fromY] = [worldX(top.lon), worldY(top.lat)];
  const [alongX, alongY] = [worldX(bottom.lon) - fromX, worldY(bottom.lat) - fromY];
  return now.map((k, i) => (alongX * (y[i]! - fromY) - alongY * (x[i]! - fromX) > 0 ? before[i]! : k));
}
