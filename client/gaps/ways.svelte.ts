// Travel from planned sites to the cells. What the server worked out is kept; until it has, and while a site is dragged
// faster than it can answer, the straight line stands in and is told as what it is.

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { estimateToPoints } from '#shared/geo/estimate.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { unpackPairs } from '#shared/gaps/packed-pairs.ts';
import type { Ways } from './outcome.ts';
import type { GapServer } from './server.ts';
import type { World } from './world.ts';

export interface KnownWays {
  ways: Ways;
  /** From the straight line; a few ways beside the streets do not make it one. */
  estimated: boolean;
}

/** Minutes beyond which a planned site makes no difference that is shown. */
export const FARTHEST = 120;
/** Degrees are told to this many places: about a metre. */
const PLACES = 5;
const MOST_KEPT = 400;

const keyOf = ({ lon, lat }: LonLat): string => `${lon.toFixed(PLACES)} ${lat.toFixed(PLACES)}`;

export class PlannedWays {
  readonly #server: Pick<GapServer, 'reach'>;
  readonly #known = new SvelteMap<string, KnownWays>();
  #world: World | null = null;
  readonly #asking = new SvelteSet<string>();
  /** What was asked for while a request was on its way: only the newest matters. */
  #waiting: readonly LonLat[] = [];

  constructor(server: Pick<GapServer, 'reach'>) {
    this.#server = server;
  }

  /** Other cells or another way of travelling: nothing that is known holds any longer. */
  follow(world: World): void {
    const before = this.#world;
    this.#world = world;
    if (before && before.mode === world.mode && before.population.id === world.population.id) return;
    this.#known.clear();
    this.#waiting = [];
    this.#asking.clear();
  }

  /** What is known of a place, else an estimate at once; reactive. */
  of(place: LonLat, world: World): KnownWays {
    return this.#known.get(keyOf(place)) ?? estimate(place, world);
  }

  isKnown(place: LonLat): boolean {
    return this.#known.has(keyOf(place));
  }

  /** Asks the server for places that are not known yet; one request at a time. Rejects where it cannot be reached. */
  async ask(places: readonly LonLat[]): Promise<void> {
    this.#waiting = places.filter((place) => !this.isKnown(place) && !this.#asking.has(keyOf(place)));
    if (this.#asking.size > 0) return;
    while (this.#waiting.length > 0 && this.#world) {
      const world = this.#world;
      const from = this.#waiting.map(({ lon, lat }) => ({ lon, lat }));
      this.#waiting = [];
      for (const place of from) this.#asking.add(keyOf(place));
      try {
        const { pairs, estimated } = await this.#server.reach({
          population: world.population.id,
          mode: world.mode,
          minutes: FARTHEST,
          from,
        });
        if (world.mode !== this.#world.mode || world.population.id !== this.#world.population.id) continue;
        const unpacked = unpackPairs(pairs);
        for (const [i, place] of from.entries())
          this.#keep(place, { ways: rowOf(unpacked, i), estimated: estimated[i] !== false && world.travel.from === 'line' });
      } finally {
        this.#asking.clear();
      }
    }
  }

  #keep(place: LonLat, ways: KnownWays): void {
    this.#known.set(keyOf(place), ways);
    if (this.#known.size <= MOST_KEPT) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}

function rowOf({ sites, firstPair, site, cost }: ReturnType<typeof unpackPairs>, row: number): Ways {
  const ways = new Float64Array(sites).fill(Infinity);
  for (let p = firstPair[row]!; p < firstPair[row + 1]!; p++) ways[site[p]!] = cost[p]!;
  return ways;
}

function estimate(place: LonLat, { mode, lon, lat }: World): KnownWays {
  const { seconds } = estimateToPoints(place, mode, { lon, lat }, { seconds: FARTHEST * 60 });
  return { ways: Float64Array.from(seconds, (s) => s / 60), estimated: true };
}
