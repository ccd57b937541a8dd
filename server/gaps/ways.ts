// Minutes between many places, worked out in the thread for travel.

import type { TravelPairs } from '#shared/gaps/pairs.ts';
import type { TravelMode } from '#shared/geo/travel.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { Points } from './loaded-populations.ts';

export interface Ways {
  /** From each of `from` to each of `to` within the minutes. */
  pairs: TravelPairs;
  /** How many of them are estimates from the straight line, and by place of `to`. */
  estimated: number;
  estimatedTo: Uint32Array;
}

export interface WaysAsked {
  from: Points;
  to: Points;
  mode: TravelMode;
  minutes: number;
  /** Aborts when nobody waits any more. */
  signal?: AbortSignal | undefined;
}

type Deps = Pick<ServerDeps, 'travelThread'>;

export async function waysBetween({ travelThread }: Deps, { from, to, mode, minutes, signal }: WaysAsked): Promise<Ways> {
  const [cells, sites] = [from.lon.length, to.lon.length];
  const estimatedTo = new Uint32Array(sites);
  if (cells === 0 || sites === 0) {
    const none = { cells, sites, firstPair: new Uint32Array(cells + 1), site: new Uint32Array(), cost: new Float64Array() };
    return { pairs: none, estimated: 0, estimatedTo };
  }
  const { firstPair, to: site, seconds, estimated } = await travelThread.pairs(from, mode, to, { seconds: minutes * 60, signal });
  for (const [p, j] of site.entries()) estimatedTo[j]! += estimated[p]!;
  return {
    pairs: { cells, sites, firstPair, site, cost: Float64Array.from(seconds, (time) => time / 60) },
    estimated: estimatedTo.reduce((sum, count) => sum + count, 0),
    estimatedTo,
  };
}

/** Minutes from each of `from` to the nearest of `to`; Infinity where none is within the minutes. */
export async function minutesToNearest({ travelThread }: Deps, { from, to, mode, minutes, signal }: WaysAsked): Promise<Float64Array> {
  if (from.lon.length === 0 || to.lon.length === 0) return new Float64Array(from.lon.length).fill(Infinity);
  const { seconds } = await travelThread.nearest(from, mode, to, { seconds: minutes * 60, signal });
  return Float64Array.from(seconds, (time) => time / 60);
}
