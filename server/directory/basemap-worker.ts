// A thread that turns what a plugin's basemap function gives into vector tiles, so that no request waits for it.
// A message asks for a tile of a basemap; its function runs at the first one.

import { parentPort } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import GeoJSONVT from 'geojson-vt';
import vtpbf from 'vt-pbf';
import type { PluginMain } from '#shared/plugin-api/functions.ts';
import { EXTENT, type TileAddress } from './tile-math.ts';

export interface TileRequest {
  call: number;
  /** File of the plugin's `main`, and the name of the function in it. */
  main: string;
  run: string;
  maxZoom: number;
  tile: TileAddress;
}

export type TileReply = { call: number; body: Uint8Array | null } | { call: number; error: string };

type Layers = [name: string, index: GeoJSONVT][];
const basemaps = new Map<string, Promise<Layers>>();

async function load({ main, run, maxZoom }: TileRequest): Promise<Layers> {
  const module = (await import(pathToFileURL(main).href)) as { default?: PluginMain };
  const draw = module.default?.basemaps?.[run];
  if (!draw) throw new Error(`The plugin has no basemap function "${run}".`);
  const layers = await draw();
  return Object.entries(layers).map(([name, data]) => [name, new GeoJSONVT(data, { maxZoom, extent: EXTENT, buffer: 80, tolerance: 2, indexMaxZoom: 3 })]);
}

async function encode(request: TileRequest): Promise<Uint8Array | null> {
  const key = `${request.main} ${request.run}`;
  let layers = basemaps.get(key);
  if (!layers) basemaps.set(key, (layers = load(request)));
  const found: Record<string, { features: unknown[] }> = {};
  for (const [name, index] of await layers) {
    const tile = index.getTile(request.tile.z, request.tile.x, request.tile.y);
    if (tile && tile.features.length > 0) found[name] = tile;
  }
  return Object.keys(found).length === 0 ? null : vtpbf.fromGeojsonVt(found, { version: 2, extent: EXTENT });
}

parentPort?.on('message', (request: TileRequest) => {
  encode(request).then(
    (body) => parentPort?.postMessage({ call: request.call, body } satisfies TileReply),
    (error: unknown) => parentPort?.postMessage({ call: request.call, error: error instanceof Error ? error.message : String(error) } satisfies TileReply),
  );
});
