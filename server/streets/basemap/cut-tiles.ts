// Cuts what is drawn into vector tiles: the far zooms of the whole extract at once, the near ones block by block, so that memory
// holds one block's tiles and not those of a country.

import type { Feature } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import vtpbf from 'vt-pbf';
import { boundsIntersect, type Bounds } from '#shared/geo/bounds.ts';
import { EXTENT, tileBounds, worldX, worldY, type TileAddress } from '#shared/geo/tile-math.ts';
import { MAX_ZOOM } from './drawn.ts';
import type { MapFeature, Shape } from './map-features.ts';

/** Tiles up to this zoom are cut together; each tile of it is a block of the nearer ones. */
const BLOCK_ZOOM = 9;
/** Share of a tile by which its content reaches over its border, so that no line ends at one. */
const BUFFER = 80;

export interface CutTile extends TileAddress {
  bytes: Uint8Array;
}

export function* cutTiles(features: readonly MapFeature[], bounds: Bounds): Generator<CutTile> {
  const far = features.filter(({ minZoom }) => minZoom <= BLOCK_ZOOM);
  yield* cutBlock(far, { bounds, from: 0, to: BLOCK_ZOOM });
  const boxes = features.map(({ shape }) => boxOf(shape));
  for (const block of blocksOf(bounds)) {
    const around = tileBounds(block, 0.01);
    const near = features.filter((_, i) => boundsIntersect(boxes[i]!, around));
    yield* cutBlock(near, { bounds, block, from: BLOCK_ZOOM + 1, to: MAX_ZOOM });
  }
}

interface Cut {
  bounds: Bounds;
  /** Only tiles within it. */
  block?: TileAddress;
  from: number;
  to: number;
}

function* cutBlock(features: readonly MapFeature[], { bounds, block, from, to }: Cut): Generator<CutTile> {
  const index = new GeoJSONVT(
    { type: 'FeatureCollection', features: features.map(toGeoJson) },
    { maxZoom: MAX_ZOOM, indexMaxZoom: to, indexMaxPoints: 0, extent: EXTENT, buffer: BUFFER, tolerance: 3 },
  );
  for (const { z, x, y } of index.tileCoords) {
    if (z < from || (block && (x >> (z - block.z) !== block.x || y >> (z - block.z) !== block.y))) continue;
    if (!boundsIntersect(tileBounds({ z, x, y }), bounds)) continue;
    const bytes = encode(index, { z, x, y });
    if (bytes) yield { z, x, y, bytes };
  }
}

function encode(index: GeoJSONVT, { z, x, y }: TileAddress): Uint8Array | null {
  const layers: Record<string, { features: unknown[] }> = {};
  for (const feature of index.getTile(z, x, y)?.features ?? []) {
    const drawn = feature.tags as unknown as MapFeature;
    if (drawn.minZoom > z) continue;
    (layers[drawn.layer] ??= { features: [] }).features.push({ ...feature, tags: drawn.properties });
  }
  return Object.keys(layers).length === 0 ? null : vtpbf.fromGeojsonVt(layers, { version: 2, extent: EXTENT });
}

/** The feature itself goes along as its properties: which layer it is in, and from which zoom on it is drawn. */
function toGeoJson(feature: MapFeature): Feature {
  return { type: 'Feature', geometry: feature.shape, properties: feature as unknown as Feature['properties'] };
}

function blocksOf([west, south, east, north]: Bounds): TileAddress[] {
  const size = 2 ** BLOCK_ZOOM;
  const at = (share: number): number => Math.min(size - 1, Math.floor(share * size));
  const blocks: TileAddress[] = [];
  for (let x = at(worldX(west)); x <= at(worldX(east)); x++) {
    for (let y = at(worldY(north)); y <= at(worldY(south)); y++) blocks.push({ z: BLOCK_ZOOM, x, y });
  }
  return blocks;
}

function boxOf({ type, coordinates }: Shape): Bounds {
  if (type === 'Point') return [...coordinates, ...coordinates];
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of type === 'Polygon' ? coordinates[0]! : coordinates) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}
