// Layers that plugins lay over the map: checked when they are loaded, so that none can break the style of the whole map,
// and read from the plugin's folder when somebody turns one on.

import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as StyleSpec from '@maplibre/maplibre-gl-style-spec';
import { z } from 'zod';
import type { ContributionPointId, MapLayerContribution } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';

const LARGEST_DATA = 20 * 1024 * 1024;

const GeoJson = z.looseObject({
  type: z.enum(['FeatureCollection', 'Feature', 'Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon']),
});

/** The check of a point that its schema alone cannot make. */
export function refineContribution(point: ContributionPointId, schema: z.ZodType): z.ZodType {
  if (point !== 'mapLayers') return schema;
  return schema.superRefine((value, context) => {
    for (const fault of listFaults(value as MapLayerContribution)) context.addIssue(fault);
  });
}

/** What the style specification says against the layers. A token of the theme stands for a colour. */
function listFaults({ data, layers }: MapLayerContribution): string[] {
  if (typeof data !== 'string' && !GeoJson.safeParse(data).success) return ['data is not GeoJSON'];
  // Loaded only where a plugin has layers.
  const { validateStyleMin } = createRequire(import.meta.url)('@maplibre/maplibre-gl-style-spec') as typeof StyleSpec;
  const style = {
    version: 8,
    glyphs: '{fontstack}/{range}',
    sources: { data: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
    layers: layers.map((layer, i) => ({ ...(withColours(layer) as typeof layer), id: `layer-${i}`, source: 'data' })),
  };
  return validateStyleMin(style as StyleSpec.StyleSpecification).map(({ message }) => message);
}

function withColours(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('--') ? '#000000' : value;
  if (Array.isArray(value)) return value.map(withColours);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withColours(inner)]));
}

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
