// What the shipped plugins contribute, read from their files as the server reads them.

import { createRegistry, loadPlugins } from '#server/plugins/load.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import type { ContributionOf, ContributionPointId } from '#shared/plugin-api/points.ts';
import { contributionsCache } from './contributions-cache.ts';

const registry = createRegistry();
export const shippedPlugins = loadPlugins(PLUGINS_FOLDER, registry, { cacheFile: contributionsCache });

export function contributed<P extends ContributionPointId>(point: P): ContributionOf<P>[] {
  return registry
    .getPoint<ContributionOf<P>>(point)
    .all()
    .map((contribution) => contribution.value);
}
