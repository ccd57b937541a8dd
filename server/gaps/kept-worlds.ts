// Worlds that were worked out, for as long as nothing changes of what they rest on: whoever comes back to a question, or asks the same
// as another of the agency, does not wait again. A described household might be somebody: such a world is never kept.

import { createHash } from 'node:crypto';
import type { ServerDeps } from '#server/deps.ts';
import type { LoadedPopulations } from './loaded-populations.ts';
import { makeWorld, type AskedWorld, type GapWorld } from './world.ts';

/** Characters of packed pairs that are kept at most: some worlds of a city, or one of a country. */
const MOST_KEPT = 64e6;

interface Kept {
  world: Promise<GapWorld>;
  /** How many wait for it; when the last of them goes, the work ends. */
  waiting: number;
  work: AbortController;
  size: number;
}

export class KeptWorlds {
  readonly #deps: ServerDeps;
  readonly #populations: LoadedPopulations;
  readonly #kept = new Map<string, Kept>();

  constructor(deps: ServerDeps, populations: LoadedPopulations) {
    this.#deps = deps;
    this.#populations = populations;
  }

  /** Throws a Problem on what cannot be asked, and the signal's reason when whoever asks goes away. */
  async get(request: AskedWorld, signal?: AbortSignal): Promise<GapWorld> {
    const make = (until: AbortSignal | undefined): Promise<GapWorld> =>
      makeWorld(this.#deps, this.#populations, { ...request, signal: until });
    if (request.supply.usableBy !== undefined) return make(signal);
    // One that was removed, on whichever server, is gone with its worlds.
    await this.#populations.get(request.population);
    await this.#deps.directory.ready;
    const key = this.#keyOf(request);
    let kept = this.#kept.get(key);
    if (!kept) this.#kept.set(key, (kept = this.#begin(key, make)));
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return this.#wait(key, kept, signal);
  }

  #begin(key: string, make: (signal: AbortSignal) => Promise<GapWorld>): Kept {
    const work = new AbortController();
    const kept: Kept = { world: make(work.signal), waiting: 0, work, size: 0 };
    kept.world.then(
      (world) => {
        kept.size = sizeOf(world);
        this.#shrink();
      },
      () => this.#forget(key, kept),
    );
    return kept;
  }

  async #wait(key: string, kept: Kept, signal: AbortSignal | undefined): Promise<GapWorld> {
    kept.waiting++;
    const gone = Promise.withResolvers<never>();
    const leave = (): void => gone.reject(signal?.reason as Error);
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted) leave();
    try {
      return await Promise.race([kept.world, gone.promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      if (--kept.waiting === 0 && kept.size === 0) {
        this.#forget(key, kept);
        kept.work.abort(new Error('Nobody waits for this world any more.'));
      }
    }
  }

  #forget(key: string, kept: Kept): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
  }

  /** Lets go of those that were not asked for the longest. */
  #shrink(): void {
    let size = [...this.#kept.values()].reduce((sum, kept) => sum + kept.size, 0);
    for (const [key, kept] of this.#kept) {
      if (size <= MOST_KEPT) return;
      if (kept.size === 0) continue;
      this.#kept.delete(key);
      size -= kept.size;
    }
  }

  /** What was asked for which agency, and the versions of all that it rests on; rules are those of a day. */
  #keyOf(request: AskedWorld): string {
    const { directory, publishedRules, plugins, streets, clock } = this.#deps;
    const day = new Date(clock()).toISOString().slice(0, 10);
    const versions = [directory.current().version, publishedRules.version(), plugins.version, streets.version(), day];
    return createHash('sha256')
      .update(JSON.stringify([request, versions]))
      .digest('base64url');
  }
}

function sizeOf({ cells, pairs, nearest, sites }: GapWorld): number {
  return (
    1 +
    Object.values(pairs).reduce((sum: number, part) => sum + String(part).length, 0) +
    nearest.length +
    cells.length * 40 +
    sites.length * 300
  );
}
