// What is chosen of the cells: a range of values, or what the map shows. The map, the table and the drawings follow it.

import type { MapBounds } from '#client/map/types.ts';
import type { World } from './world.ts';

/** Values from `from` (with it) up to `to` (without it). */
export interface Brush {
  from: number;
  to: number;
}

/** 1 for each cell that is chosen; null where nothing is chosen and all of them count. */
export function chooseCells(
  { lon, lat }: Pick<World, 'lon' | 'lat'>,
  values: Float64Array,
  { brush, bounds }: { brush: Brush | null; bounds: MapBounds | null },
): Uint8Array | null {
  if (!brush && !bounds) return null;
  const [west, south, east, north] = bounds ?? [-Infinity, -Infinity, Infinity, Infinity];
  const chosen = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    // The last range is open: what cannot be reached at all is in it.
    const inRange = !brush || (values[i]! >= brush.from && (values[i]! < brush.to || brush.to === Infinity));
    const inSight = lon[i]! >= west && lon[i]! <= east && lat[i]! >= south && lat[i]! <= north;
    chosen[i] = inRange && inSight ? 1 : 0;
  }
  return chosen;
}
