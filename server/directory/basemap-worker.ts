// A thread that turns what a plugin's basemap function gives into vector tiles, so that no request waits for it.
// A message asks for a tile of a basemap, or for its names; the function that draws it runs at the first one.

import { parentPort } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import type { FeatureCollection } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import vtpbf from 'vt-pbf';
import type { BasemapLayers, PluginMain } from '#shared/plugin-api/functions.ts';
import { EXTENT, type TileAddress } from '#shared/geo/tile-math.ts';

/** Which function of which plugin draws. */
export interface BasemapDrawing {
  /** File of the plugin's `main`. */
  main: string;
  run: string;
  maxZoom: number;
}

export type BasemapRequest = BasemapDrawing & { call: number; ask: { tile: TileAddress } | 'names' };
export type BasemapReply = { call: number; answer: Uint8Array | BasemapNames | null } | { call: number; error: string };

/** Features of roads and places that have a name. */
export type BasemapNames = Record<'roads' | 'places', FeatureCollection>;

type Layers = [name: string, index: GeoJSONVT][];
const drawn = new Map<string, Promise<BasemapLayers>>();
const sliced = new Map<string, Promise<Layers>>();

async function draw({ main, run }: BasemapDrawing): Promise<BasemapLayers> {
  const module = (await import(pathToFileURL(main).href)) as { default?: PluginMain };
  const basemap = module.default?.basemaps?.[run];
  if (!basemap) throw new Error(`The plugin has no basemap function "${run}".`);
  return basemap();
}

function once<T>(made: Map<string, Promise<T>>, { main, run }: BasemapDrawing, make: () => Promise<T>): Promise<T> {
  const key = `${main} ${run}`;
  let value = made.get(key);
  if (!value) made.set(key, (value = make()));
  return value;
}

async function slice(drawing: BasemapDrawing): Promise<Layers> {
  const { maxZoom } = drawing;
  const layers = await once(drawn, drawing, () => draw(drawing));
  return Object.entries(layers).map(([name, data]) => [
    name,
    new GeoJSONVT(data, { maxZoom, extent: EXTENT, buffer: 80, tolerance: 2, indexMaxZoom: 3 }),
  ]);
}

async function encode(drawing: BasemapDrawing, { z, x, y }: TileAddress): Promise<Uint8Array | null> {
  const found: Record<string, { features: unknown[] }> = {};
  for (const [name, index] of await once(sliced, drawing, () => slice(drawing))) {
    const tile = index.getTile(z, x, y);
    if (tile && tile.features.length > 0) found[name] = tile;
  }
  return Object.keys(found).length === 0 ? null : vtpbf.fromGeojsonVt(found, { version: 2, extent: EXTENT });
}

async function listNames(drawing: BasemapDrawing): Promise<BasemapNames> {
  const layers = await once(drawn, drawing, () => draw(drawing));
  const named = (layer: string): FeatureCollection => ({
    type: 'FeatureCollection',
    features: (layers[layer]?.features ?? []).filter((feature) => feature.properties?.['name']),
  });
  return { roads: named('roads'), places: named('places') };
}

parentPort?.on('message', ({ call, ask, ...drawing }: BasemapRequest) => {
  const answer: Promise<Uint8Array | BasemapNames | null> = ask === 'names' ? listNames(drawing) : encode(drawing, ask.tile);
  answer.then(
    (value) => parentPort?.postMessage({ call, answer: value } satisfies BasemapReply),
    (error: unknown) =>
      parentPort?.postMessage({ call, error: error instanceof Error ? error.message : String(error) } satisfies BasemapReply),
  );
});
