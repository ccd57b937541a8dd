// The streets and drawn maps of a running server, followed on the disk: what another process adds or removes is taken over while
// everything goes on. Whoever asks meanwhile is answered by the streets before.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DisposableStore, toDisposable } from '#shared/platform/disposable.ts';
import { Emitter, type Event } from '#shared/platform/event.ts';
import { createTravelTimes, type StreetRegion, type TravelTimes } from '#shared/geo/travel.ts';
import type { Background } from '#server/background.ts';
import { GIVEN_MAP, mapsFolder } from './queries.ts';
import { loadStreetRegions, type StreetSources } from './regions.ts';
import { streetsFolder } from './street-file.ts';

export interface LiveStreets {
  /** The same array as long as the streets are the same. Loaded at the first call. */
  regions(): Promise<readonly StreetRegion[]>;
  times(): Promise<TravelTimes>;
  /** Counts up with every change of streets or drawn maps that was taken over. */
  version(): number;
  /** Fires after each new version, when the new streets answer already. */
  readonly onDidChange: Event<number>;
  /** Looks now and then from here on, as a server does and a command does not. */
  follow(): void;
  /** Looks at once; resolves when what was found is taken over. */
  refresh(): Promise<void>;
  dispose(): void;
}

interface Loaded {
  regions: readonly StreetRegion[];
  times: TravelTimes;
}

/** A glance at two folders. */
const LOOK_MS = 2_000;

export function createLiveStreets(sources: StreetSources, background: Background): LiveStreets {
  const store = new DisposableStore();
  const changed = store.add(new Emitter<number>());
  let version = 0;
  let loaded: Promise<Loaded> | undefined;
  let seen: { streets: string; maps: string } | undefined;
  let looking = Promise.resolve();
  let isStale = false;

  async function load(): Promise<Loaded> {
    const regions = await loadStreetRegions(sources);
    return { regions, times: createTravelTimes(regions) };
  }
  const current = (): Promise<Loaded> => (loaded ??= load());

  async function look(): Promise<void> {
    const now = await lookAt(sources.dataFolder);
    const before = seen;
    seen = now;
    const areNew = isStale || (before !== undefined && before.streets !== now.streets);
    isStale = false;
    if (areNew && loaded) {
      const next = await load();
      await next.times.prepare(background.pause);
      loaded = Promise.resolve(next);
    }
    if (areNew || (before && before.maps !== now.maps)) changed.fire(++version);
  }

  const refresh = (): Promise<void> => {
    looking = looking.then(look).catch((error: unknown) => {
      // What could not be taken over is looked at again.
      seen &&= { ...seen, streets: '' };
      if (!background.signal.aborted) sources.log.warn({ error: String(error) }, 'streets not taken over');
    });
    return background.note(looking);
  };

  // Plugins bring streets too, and are switched while the server runs.
  store.add(
    sources.registry.getPoint('travelTimes').onDidChange(() => {
      isStale = true;
      if (loaded) void refresh();
    }),
  );

  return {
    regions: async () => (await current()).regions,
    times: async () => (await current()).times,
    version: () => version,
    onDidChange: changed.event,
    follow() {
      void refresh();
      const timer = setInterval(() => void refresh(), LOOK_MS);
      timer.unref();
      store.add(toDisposable(() => clearInterval(timer)));
    },
    refresh,
    dispose: () => store.dispose(),
  };
}

async function lookAt(dataFolder: string): Promise<{ streets: string; maps: string }> {
  const [streets, drawn, given] = await Promise.all([
    fingerprint(streetsFolder(dataFolder)),
    fingerprint(mapsFolder(dataFolder)),
    stat(join(dataFolder, GIVEN_MAP)).catch(() => null),
  ]);
  return { streets, maps: `${drawn}\n${given?.size} ${given?.mtimeMs}` };
}

/** Names, sizes and times of the files of a folder; what is still being written has a name of its own. */
async function fingerprint(folder: string): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.part')).sort();
  const stats = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
  return names.map((name, i) => `${name} ${stats[i]?.size} ${stats[i]?.mtimeMs}`).join('\n');
}
