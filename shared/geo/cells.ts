// H3 cells: the coarse stand-in for a position that must not be known, and the grid of population and gaps.

import { cellToBoundary, cellToChildren, cellToLatLng, cellToParent, getResolution, isValidCell, latLngToCell } from 'h3-js';
import type { Bounds } from './bounds.ts';
import type { LonLat } from './travel.ts';

/** Resolution of the cell that stands for a hidden site: about 5 km² each. */
export const COARSE_RESOLUTION = 7;

/** The H3 cell that holds a position. Throws on coordinates that are not finite. */
export function cellAt(position: LonLat, resolution: number): string {
  if (!Number.isFinite(position.lon) || !Number.isFinite(position.lat)) {
    throw new RangeError(`A cell needs finite coordinates, not ${position.lon}, ${position.lat}`);
  }
  return latLngToCell(position.lat, position.lon, resolution);
}

/** Whether a text is the index of an H3 cell. */
export function isCell(text: string): boolean {
  return isValidCell(text);
}

/** The coarse cell of a hidden site: all that any index may know of where it is. */
export function coarseCell(position: LonLat, resolution: number = COARSE_RESOLUTION): string {
  return cellAt(position, resolution);
}

/** The cell itself, or the one of a coarser resolution that holds it. */
export function coarsen(cell: string, resolution: number): string {
  return getResolution(cell) <= resolution ? cell : cellToParent(cell, resolution);
}

export function cellCenter(cell: string): LonLat {
  const [lat, lon] = cellToLatLng(cell);
  return { lon, lat };
}

/** The cell's outline as a closed ring of [lon, lat]. */
export function cellRing(cell: string): [number, number][] {
  return cellToBoundary(cell, true) as [number, number][];
}

export function cellResolution(cell: string): number {
  return getResolution(cell);
}

/** The cell of the next coarser resolution that holds it. */
export function cellParent(cell: string): string {
  return cellToParent(cell, getResolution(cell) - 1);
}

/** The cells of the next finer resolution that it holds: seven, of a pentagon six. */
export function cellChildren(cell: string): string[] {
  return cellToChildren(cell, getResolution(cell) + 1);
}

/** The smallest box of degrees around a cell; west > east where it lies on the antimeridian. Not for cells that hold a pole. */
export function cellBounds(cell: string): Bounds {
  const ring = cellRing(cell);
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  const crosses = Math.max(...lons) - Math.min(...lons) > 180;
  const west = crosses ? Math.min(...lons.filter((lon) => lon > 0)) : Math.min(...lons);
  const east = crosses ? Math.max(...lons.filter((lon) => lon < 0)) : Math.max(...lons);
  return [west, Math.min(...lats), east, Math.max(...lats)];
}
