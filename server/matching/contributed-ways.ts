// Ways as a service of a plugin gives them, in place of estimates: for the nearest rows, within a few seconds, else the estimate
// stands. What streets on this machine know is never asked elsewhere, a hidden site has no position that could be, and where
// somebody starts is told roughly.

import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { toTravelLimit, type RowTravel } from '#shared/matching/reach.ts';
import type { FindRequest } from '#shared/matching/request.ts';
import type { WaysContribution } from '#shared/plugin-api/points.ts';
import type { ServerDeps } from '#server/deps.ts';

/** Rows that are asked for, the nearest by estimate. */
const MOST_ASKED = 200;
const TIMEOUT_MS = 4000;
/** A thousandth of a degree, about 100 m: which house somebody starts from is told to nobody beyond this machine. */
const GRID = 1000;

/** Changes the estimates of `travel`. Never throws: what a service does not answer stays as it was. */
export async function replaceEstimates(
  deps: Pick<ServerDeps, 'registry' | 'plugins' | 'log'>,
  index: DirectoryIndex,
  travel: RowTravel,
  { near, travel: wanted }: Pick<FindRequest, 'travel'> & { near: LonLat },
): Promise<void> {
  const services = deps.registry.getPoint<WaysContribution>('ways').all();
  if (services.length === 0) return;
  const modes = wanted.mode === 'any' ? (['walk', 'drive'] as const) : ([wanted.mode === 'walk' ? 'walk' : 'drive'] as const);
  const places = nearestEstimated(travel);
  if (places.length === 0) return;
  const from = { lon: Math.round(near.lon * GRID) / GRID, lat: Math.round(near.lat * GRID) / GRID };
  const to = places.map((i) => ({ lon: index.lon(travel.rows[i]!), lat: index.lat(travel.rows[i]!) }));
  const best: ({ seconds: number; meters: number } | null)[] = places.map(() => null);
  for (const { plugin, value } of services) {
    for (const mode of modes.filter((one) => value.modes.includes(one))) {
      try {
        const ask = await deps.plugins.getFunction(plugin, 'ways', value.run);
        const ways = await Promise.race([ask({ from, to, mode }), rejectAfter(TIMEOUT_MS)]);
        ways.forEach((way, i) => {
          if (way && way.seconds < (best[i]?.seconds ?? Infinity)) best[i] = way;
        });
      } catch (error) {
        deps.log.warn({ plugin, ways: value.id, error: error instanceof Error ? error.message : String(error) }, 'ways left as estimates');
      }
    }
  }
  const { seconds = Infinity, meters = Infinity } = toTravelLimit(wanted);
  best.forEach((way, i) => {
    if (!way) return;
    const place = places[i]!;
    const inReach = way.seconds <= seconds && way.meters <= meters;
    travel.seconds[place] = inReach ? way.seconds : Infinity;
    travel.meters[place] = inReach ? way.meters : Infinity;
    travel.estimated[place] = 0;
  });
}

function nearestEstimated({ seconds, estimated }: RowTravel): number[] {
  return [...seconds.keys()]
    .filter((i) => estimated[i] === 1 && seconds[i] !== Infinity)
    .sort((a, b) => seconds[a]! - seconds[b]!)
    .slice(0, MOST_ASKED);
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref());
}
