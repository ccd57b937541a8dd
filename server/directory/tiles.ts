// Vector tiles of the resources, made from the index when they are asked for: pins by type, and clusters where pins would
// lie on each other. The index knows no hidden position, so no tile, and no count, holds one.
//
// Clusters: a grid of cells over the world at each zoom. A cell whose near neighbours are all smaller is a peak; it takes
// in the near cells that are no peaks. Each of these steps looks at most two cells away, so that neighbouring tiles agree
// on every cell without any shared state, and a tile costs no more than a pass over the resources in and around it.

import vtpbf, { type EncodableFeature } from 'vt-pbf';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import { UNITS_PER_DEGREE } from '#shared/directory/index-columns.ts';
import { EXTENT, tileBounds, worldX, worldY, type TileAddress } from '#shared/geo/tile-math.ts';

export const RESOURCE_MAX_ZOOM = 16;
/** At the last zoom every resource is a pin of its own, unless a tile holds more than this. */
const PINS_AT_MOST = 2000;
/** Cells along a tile's edge: 32 px of its 512 each. */
const CELLS = 16;
/** Cells around the tile that are looked at, so that cells at its edge are judged as their neighbours judge them. */
const MARGIN = 3;
const SIDE = CELLS + 2 * MARGIN;
/** Squared distance, in cells, within which two clusters would overlap. */
const NEAR = 1.3 ** 2;
const TOP_TYPES = 3;

interface Cells {
  count: Uint32Array;
  /** Sums of positions, in cells from the corner of the margin. */
  sumX: Float64Array;
  sumY: Float64Array;
  /** One of each cell's rows: of a lone one its only one. */
  row: Uint32Array;
  /** Cell × types. */
  types: Uint32Array;
}

/** One tile as Mapbox vector tile bytes, layer "resources". Empty tiles are null. */
export function resourceTile(index: DirectoryIndex, tile: TileAddress): Uint8Array | null {
  const features = tile.z >= RESOURCE_MAX_ZOOM ? (pinsOf(index, tile) ?? clustersOf(index, tile)) : clustersOf(index, tile);
  if (features.length === 0) return null;
  return vtpbf.fromVectorTileJs({
    layers: { resources: { name: 'resources', version: 2, extent: EXTENT, length: features.length, feature: (i) => features[i]! } },
  });
}

function pinsOf(index: DirectoryIndex, tile: TileAddress): EncodableFeature[] | null {
  const rows = index.within(tileBounds(tile)).sort((a, b) => a - b);
  if (rows.length > PINS_AT_MOST) return null;
  const size = 2 ** tile.z;
  return rows.flatMap((row) => {
    const x = (worldX(index.lon(row)) * size - tile.x) * EXTENT;
    const y = (worldY(index.lat(row)) * size - tile.y) * EXTENT;
    // A position on the edge belongs to one tile only.
    return x < 0 || y < 0 || x >= EXTENT || y >= EXTENT ? [] : [pin(index, row, x, y)];
  });
}

function clustersOf(index: DirectoryIndex, tile: TileAddress): EncodableFeature[] {
  const cells = collect(index, tile);
  const typeCount = index.types.length;
  const inTile = (cell: number) => isInTile(cell % SIDE) && isInTile(Math.floor(cell / SIDE));
  const peaks = new Uint8Array(SIDE * SIDE);
  for (let cell = 0; cell < peaks.length; cell++) if (cells.count[cell]! > 0 && isPeak(cells, tile, cell)) peaks[cell] = 1;
  const members = new Map<number, number[]>();
  for (let cell = 0; cell < peaks.length; cell++) {
    if (cells.count[cell] === 0) continue;
    const home = peaks[cell] === 1 ? cell : (strongestNear(cells, tile, cell, (near) => peaks[near] === 1) ?? cell);
    if (inTile(home)) members.set(home, [...(members.get(home) ?? []), cell]);
  }
  const features: EncodableFeature[] = [];
  for (const [home, own] of members) {
    const total = own.reduce((sum, cell) => sum + cells.count[cell]!, 0);
    const [x, y] = centreOf(cells, home).map((value) => ((value - MARGIN) / CELLS) * EXTENT) as [number, number];
    if (total === 1) features.push(pin(index, cells.row[home]!, x, y));
    else {
      const types = Array.from({ length: typeCount }, (_, type) =>
        own.reduce((sum, cell) => sum + cells.types[cell * typeCount + type]!, 0),
      );
      features.push(cluster(index, types, total, { x, y }));
    }
  }
  return features;
}

function collect(index: DirectoryIndex, tile: TileAddress): Cells {
  const typeCount = index.types.length;
  const cells: Cells = {
    count: new Uint32Array(SIDE * SIDE),
    sumX: new Float64Array(SIDE * SIDE),
    sumY: new Float64Array(SIDE * SIDE),
    row: new Uint32Array(SIDE * SIDE),
    types: new Uint32Array(SIDE * SIDE * typeCount),
  };
  const size = 2 ** tile.z * CELLS;
  const [left, top] = [tile.x * CELLS - MARGIN, tile.y * CELLS - MARGIN];
  index.visitWithin(tileBounds(tile, MARGIN / CELLS), (row, lonUnits, latUnits) => {
    const x = worldX(lonUnits / UNITS_PER_DEGREE) * size - left;
    const y = worldY(latUnits / UNITS_PER_DEGREE) * size - top;
    const [column, line] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || line < 0 || column >= SIDE || line >= SIDE) return;
    const cell = line * SIDE + column;
    cells.count[cell]!++;
    cells.sumX[cell]! += x;
    cells.sumY[cell]! += y;
    cells.row[cell] = row;
    cells.types[cell * typeCount + index.typeNumber(row)]!++;
  });
  return cells;
}

function isInTile(column: number): boolean {
  return column >= MARGIN && column < MARGIN + CELLS;
}

function centreOf(cells: Cells, cell: number): [number, number] {
  const count = cells.count[cell]!;
  return [cells.sumX[cell]! / count, cells.sumY[cell]! / count];
}

function isPeak(cells: Cells, tile: TileAddress, cell: number): boolean {
  return strongestNear(cells, tile, cell, (near) => isStronger(cells, tile, near, cell)) === undefined;
}

/** The strongest of the neighbours that are near, have resources and pass the test. */
function strongestNear(cells: Cells, tile: TileAddress, cell: number, test: (near: number) => boolean): number | undefined {
  const [x, y] = centreOf(cells, cell);
  const column = cell % SIDE;
  const line = Math.floor(cell / SIDE);
  let best: number | undefined;
  for (let l = Math.max(0, line - 1); l <= Math.min(SIDE - 1, line + 1); l++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(SIDE - 1, column + 1); c++) {
      const near = l * SIDE + c;
      if (near === cell || cells.count[near] === 0 || !test(near)) continue;
      const [nearX, nearY] = centreOf(cells, near);
      if ((nearX - x) ** 2 + (nearY - y) ** 2 > NEAR) continue;
      if (best === undefined || isStronger(cells, tile, near, best)) best = near;
    }
  }
  return best;
}

/** More resources; of as many, by a mark of the cell's place in the world that is the same in every tile. */
function isStronger(cells: Cells, tile: TileAddress, a: number, b: number): boolean {
  return cells.count[a]! > cells.count[b]! || (cells.count[a] === cells.count[b] && markOf(tile, a) > markOf(tile, b));
}

function markOf(tile: TileAddress, cell: number): number {
  const column = tile.x * CELLS + (cell % SIDE);
  const line = tile.y * CELLS + Math.floor(cell / SIDE);
  return Math.imul(Math.imul(column, 0x9e3779b1) ^ Math.imul(line, 0x85ebca6b), 0xc2b2ae35) >>> 0;
}

function pin(index: DirectoryIndex, row: number, x: number, y: number): EncodableFeature {
  const type = index.type(row);
  return point(x, y, { id: index.id(row), name: index.serviceName(row), ...(type !== null && { type }) });
}

/** `count`, `type` (the most frequent one), and the three most frequent as `type1`, `count1`, … */
function cluster(index: DirectoryIndex, types: readonly number[], count: number, at: { x: number; y: number }): EncodableFeature {
  const properties: Record<string, string | number> = { count };
  const top = types.map((of, type) => ({ type: index.types[type]!, of })).filter((entry) => entry.type !== '' && entry.of > 0);
  top.sort((a, b) => b.of - a.of || (a.type < b.type ? -1 : 1));
  top.slice(0, TOP_TYPES).forEach((entry, i) => {
    properties[`type${i + 1}`] = entry.type;
    properties[`count${i + 1}`] = entry.of;
  });
  if (top[0]) properties['type'] = top[0].type;
  return point(at.x, at.y, properties);
}

function point(x: number, y: number, properties: Record<string, string | number>): EncodableFeature {
  const [px, py] = [Math.min(EXTENT - 1, Math.max(0, Math.floor(x))), Math.min(EXTENT - 1, Math.max(0, Math.floor(y)))];
  return { type: 1, properties, loadGeometry: () => [[{ x: px, y: py }]] };
}
