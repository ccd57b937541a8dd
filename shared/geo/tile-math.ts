// Web Mercator tiles: which degrees a tile covers and where in it a position lies.

import type { Bounds } from './bounds.ts';

export const EXTENT = 4096;

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** A tile's address out of a path; null where there is no such tile. */
export function parseTile(parts: { z: string; x: string; y: string }, maxZoom: number): TileAddress | null {
  const [z, x, y] = [parts.z, parts.x, parts.y].map((part) => (/^\d{1,8}$/.test(part) ? Number(part) : -1)) as [number, number, number];
  return z < 0 || z > maxZoom || x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z ? null : { z, x, y };
}

/** Degrees of a tile, with a margin given as a share of its width. */
export function tileBounds({ z, x, y }: TileAddress, margin = 0): Bounds {
  const size = 2 ** z;
  const west = Math.max(0, x - margin) / size;
  const east = Math.min(size, x + 1 + margin) / size;
  const top = Math.max(0, y - margin) / size;
  const bottom = Math.min(size, y + 1 + margin) / size;
  return [west * 360 - 180, latitudeOf(bottom), east * 360 - 180, latitudeOf(top)];
}

/** Share of the world's width, from the west, 0 … 1. */
export function worldX(lon: number): number {
  return lon / 360 + 0.5;
}

/** Share of the world's height, from the north, 0 … 1; what lies beyond the projection is put at its edge. */
export function worldY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
  return y < 0 ? 0 : y > 1 ? 1 : y;
}

function latitudeOf(y: number): number {
  if (y <= 0) return 90;
  if (y >= 1) return -90;
  return (360 / Math.PI) * Math.atan(Math.exp((1 - 2 * y) * Math.PI)) - 90;
}
