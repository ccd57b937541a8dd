// Puts together what features are handed: the database, plugins, settings, feed. Used by the server, by every command
// and by the tests. What is costly and not always needed is made on first use.

import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { createBackground, type OwnBackground } from './background.ts';
import { eraseAgain } from './casework/erase.ts';
import { openCasework, type Casework } from './db/casework.ts';
import { createChangeFeed } from './db/feed.ts';
import { migrate } from './db/migrate.ts';
import { openDatabase, type DatabaseLocation } from './db/open.ts';
import type { Clock } from './clock.ts';
import type { LiveDirectory, ServerDeps } from './deps.ts';
import { PLUGINS_FOLDER } from './plugins/folder.ts';
import { createRegistry } from './plugins/load.ts';
import { openPlugins, type PluginShelf } from './plugins/shelf.ts';
import { createLiveStreets } from './streets/live-streets.ts';
import { createTravelThread } from './streets/travel-thread.ts';
import { followPublishedRules } from './rules/published.ts';
import { createLiveDirectory } from './directory/live-index.ts';

export interface AppOptions extends DatabaseLocation {
  log: Logger;
  clock?: Clock;
  pluginsFolder?: string;
  /** Hosts in the operator's own house that plugins may be granted, as `host:port`. */
  localHosts?: readonly string[];
}

export interface App extends ServerDeps, AsyncDisposable {
  readonly background: OwnBackground;
  /** Shown once to the person who started this: a database was just made. */
  readonly recoveryKey: string | null;
}

/** Opens and migrates the database and loads the plugins. Throws in words where the key or the database is missing. */
export async function openApp({
  log,
  clock = Date.now,
  pluginsFolder = PLUGINS_FOLDER,
  localHosts = [],
  ...location
}: AppOptions): Promise<App> {
  const dataFolder = resolve(location.dataFolder);
  const database = await openDatabase({ ...location, dataFolder });
  let casework: Casework | undefined;
  let plugged: PluginShelf | undefined;
  try {
    const migrated = await migrate(database);
    if (migrated.length > 0) log.info({ migrations: migrated }, 'database migrated');
    const people = (casework = await openCasework(database));
    await eraseAgain({ casework: people, clock, log });
    const registry = createRegistry();
    const shelf = (plugged = openPlugins({ db: database.db, registry, dataFolder, pluginsFolder, log, clock, localHosts }));
    const { plugins } = shelf;
    for (const fault of plugins.faults) log.warn({ plugin: fault.plugin, point: fault.point, code: fault.code }, fault.message);
    const feed = await createChangeFeed(database, { onError: (error) => log.warn({ error: sayError(error) }, 'change feed') });
    const publishedRules = await followPublishedRules(database, registry, log);
    const background = createBackground();
    let directory: LiveDirectory | undefined;
    const streets = createLiveStreets({ registry, plugins, log, dataFolder }, background);

    const app: App = {
      db: database.db,
      database,
      casework: people,
      feed,
      background,
      registry,
      plugins,
      pluginShelf: shelf,
      settings: shelf.settings,
      get directory() {
        return (directory ??= createLiveDirectory(app));
      },
      publishedRules,
      streets,
      travelTimes: streets.times,
      travelThread: createTravelThread({ background, streets }),
      dataFolder,
      log,
      clock,
      recoveryKey: database.created?.recoveryKey ?? people.recoveryKey,
      async [Symbol.asyncDispose]() {
        streets.dispose();
        await background.close();
        await publishedRules.dispose();
        await feed.dispose();
        await shelf.dispose();
        await people.close();
        await database.close();
      },
    };
    return app;
  } catch (error) {
    await plugged?.dispose();
    await casework?.close();
    await database.close();
    throw error;
  }
}

function sayError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
