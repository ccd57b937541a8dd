// Layers that plugins lay over the map are checked when they are loaded, so that none can break the style of the whole map.

import { createRequire } from 'node:module';
import type * as StyleSpec from '@maplibre/maplibre-gl-style-spec';
import { z } from 'zod';
import type { ContributionPointId, MapLayerContribution } from '#shared/plugin-api/points.ts';

export const GeoJson = z.looseObject({
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
