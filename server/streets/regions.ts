// The street graphs of a server: the operator's own, then those that plugins give. One that fails is left out, and its area gets estimates.

import type { Logger } from 'pino';
import type { StreetRegion } from '#shared/geo/travel.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { TravelTimesContribution } from '#shared/plugin-api/points.ts';
import type { LoadedPlugins } from '#server/plugins/load.ts';
import { listStreetFiles, readStreetFile } from './street-file.ts';

export interface StreetSources {
  registry: ContributionRegistry;
  plugins: LoadedPlugins;
  log: Logger;
  dataFolder: string;
}

export async function loadStreetRegions({ registry, plugins, log, dataFolder }: StreetSources): Promise<StreetRegion[]> {
  const own = (await listStreetFiles(dataFolder)).map((file) => ({ name: file, load: (): Promise<StreetRegion> => readStreetFile(file) }));
  const contributed = registry
    .getPoint<TravelTimesContribution>('travelTimes')
    .all()
    .map(({ plugin, value }) => ({
      name: `${plugin} ${value.id}`,
      load: async (): Promise<StreetRegion> => ({
        data: await (await plugins.getFunction(plugin, 'travelTimes', value.run))(),
        bounds: value.bounds,
      }),
    }));
  const regions = await Promise.all(
    [...own, ...contributed].map(({ name, load }) =>
      load().catch((error: unknown) => {
        log.warn({ streets: name, error: error instanceof Error ? error.message : String(error) }, 'street graph left out');
        return null;
      }),
    ),
  );
  return regions.filter((region) => region !== null);
}
