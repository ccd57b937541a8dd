// What every feature of the server is handed. Types only: features import it, it imports no feature.

import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { LonLat, NearestTravel, TravelLimit, TravelMatrix, TravelMode, TravelPoints, TravelTimes } from '#shared/geo/travel.ts';
import type { Event } from '#shared/platform/event.ts';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { Background } from './background.ts';
import type { Clock } from './clock.ts';
import type { Casework } from './db/casework.ts';
import type { ChangeFeed } from './db/feed.ts';
import type { OpenDatabase } from './db/open.ts';
import type { Database } from './db/schema.ts';
import type { LoadedPlugins } from './plugins/load.ts';
import type { PluginShelf } from './plugins/shelf.ts';
import type { Settings } from './settings.ts';
import type { LiveStreets } from './streets/live-streets.ts';

/** The directory index, kept current by the change feed. Built in the background: await `ready` before the first `current()`. */
export interface LiveDirectory {
  readonly ready: Promise<void>;
  current(): DirectoryIndex;
  /** Fires after each new version. */
  readonly onDidChange: Event<DirectoryIndex>;
}

export interface PublishedRules {
  /** Looks at once for what was published or taken back; otherwise it is noticed within seconds. */
  refresh(): Promise<void>;
  /** Counts up with what was published or taken back, on whichever server. */
  version(): number;
  /** Fires after each new version, once the rules are among the contributions. */
  readonly onDidChange: Event<number>;
  dispose(): Promise<void>;
}

/** `signal`: aborts when nobody waits any more; what was not begun by then is not. */
export type AwaitedLimit = TravelLimit & { signal?: AbortSignal | undefined };

/** {@link TravelTimes} in a thread of its own, for what takes longer than a request may keep others waiting. */
export interface TravelThread {
  reach(from: LonLat, mode: TravelMode, seconds: number): Promise<ReturnType<TravelTimes['reach']>>;
  /** Hand in the same object for the same points: they are sent, and put on their streets, once. */
  pairs(from: TravelPoints, mode: TravelMode, to: TravelPoints, limit: AwaitedLimit): Promise<TravelMatrix>;
  nearest(from: TravelPoints, mode: TravelMode, to: TravelPoints, limit: AwaitedLimit): Promise<NearestTravel>;
}

export interface ServerDeps {
  readonly db: Kysely<Database>;
  /** The same database with its engine and life; most features need only `db`. */
  readonly database: OpenDatabase;
  /** Client data, apart from the directory. Its people are opened in server/casework/gate.ts alone. */
  readonly casework: Casework;
  readonly feed: ChangeFeed;
  /** Where work that goes on by itself is noted, so that closing waits for it. */
  readonly background: Background;
  readonly registry: ContributionRegistry;
  readonly plugins: LoadedPlugins;
  /** Installing, granting and switching of plugins, and the record of their calls. */
  readonly pluginShelf: PluginShelf;
  readonly settings: Settings;
  /** Made on first use, so that a command which needs no index does not pay for one. */
  readonly directory: LiveDirectory;
  /** Rules that are written here, among the contributions as long as they hold. */
  readonly publishedRules: PublishedRules;
  /** The streets and drawn maps that there are, as they come and go. */
  readonly streets: LiveStreets;
  /** On the streets of now, loaded on first use; where there is none, an estimate that says so. */
  travelTimes(): Promise<TravelTimes>;
  readonly travelThread: TravelThread;
  /** Folder for what is not in the database: uploads under way, tiles, the operator's basemap. */
  readonly dataFolder: string;
  readonly log: Logger;
  readonly clock: Clock;
}
