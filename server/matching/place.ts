// The position of a place that a request names in words: the first answer of the geocoders.

import type { GeocoderContribution } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { PlaceFinder } from './finder.ts';

export function createPlaceFinder({ registry, plugins }: Pick<ServerDeps, 'registry' | 'plugins'>): PlaceFinder {
  return async (text, language) => {
    const geocoders = registry.getPoint<GeocoderContribution>('geocoders').all();
    for (const { plugin, value } of geocoders) {
      const geocode = await plugins.getFunction(plugin, 'geocoders', value.run);
      const [best] = await geocode({ text, language, limit: 1 });
      if (best) return { found: best, suggestions: [] };
    }
    return { suggestions: [] };
  };
}
