// The shapes of a layer that a plugin lays over the map, read from its folder when somebody turns it on.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { MapLayerContribution } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { GeoJson } from './check-layers.ts';

const LARGEST_DATA = 20 * 1024 * 1024;

/** The GeoJSON of a layer. Throws a Problem where there is no such layer, or its file cannot be read. */
export async function readMapLayer({ registry, plugins, log }: ServerDeps, wanted: { plugin: string; id: string }): Promise<unknown> {
  const layers = registry.getPoint<MapLayerContribution>('mapLayers').all();
  const layer = layers.find(({ plugin, value }) => plugin === wanted.plugin && value.id === wanted.id)?.value;
  if (!layer) throw new Problem('not_found', `There is no map layer "${wanted.id}" of a plugin "${wanted.plugin}".`);
  if (typeof layer.data !== 'string') return layer.data;
  const { folder } = plugins.list.find(({ name }) => name === wanted.plugin)!;
  const file = join(folder, layer.data);
  try {
    if ((await stat(file)).size > LARGEST_DATA) throw new Error('it is larger than 20 MB');
    return GeoJson.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? 'it is not GeoJSON' : error instanceof Error ? error.message : String(error);
    log.warn({ plugin: wanted.plugin, file, error: why }, 'map layer left out');
    throw new Problem('not_available', `The data of the map layer "${wanted.id}" cannot be read.`);
  }
}
