// All that belongs to the plugins of a running application: the store of installed ones, the cage in which they run, the
// network that they may be granted, the record of their calls, and their quarantine.

import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/schema.ts';
import { createSettings, type Settings } from '../settings.ts';
import { quarantinePlugin, type Administration } from './administer.ts';
import { createCage, type CallRecord } from './cage/cage.ts';
import { recordPluginCalls, type PluginCalls } from './calls.ts';
import { createLinkedFolders, type LinkedFolders } from './linked.ts';
import { loadPlugins } from './load.ts';
import { createPluginNetwork } from './network.ts';
import { createQuarantine } from './quarantine.ts';
import { createKeeper } from './storage.ts';
import { createPluginStore } from './store.ts';

const LOOK_MS = 2000;
/** Of folders that are being written. */
const LINK_MS = 1000;

export interface PluginShelf extends Administration {
  readonly calls: PluginCalls;
  readonly settings: Settings;
  /** Folders that are being written. */
  readonly links: LinkedFolders;
  /** Puts a call on record, wherever it was made; whoever was ended too often is taken out of use. */
  note(record: CallRecord): void;
  /** From now on, hears within seconds what the command line did to installed plugins. */
  follow(): void;
  dispose(): Promise<void>;
}

export interface ShelfOptions {
  db: Kysely<Database>;
  registry: ContributionRegistry;
  dataFolder: string;
  /** The shipped ones. */
  pluginsFolder: string;
  log: Logger;
  clock: Clock;
  localHosts: readonly string[];
}

export function openPlugins({ db, registry, dataFolder, pluginsFolder, log, clock, localHosts }: ShelfOptions): PluginShelf {
  const store = createPluginStore(dataFolder);
  const calls = recordPluginCalls(db, { log, clock });
  const settings = createSettings(db, registry);
  const quarantine = createQuarantine();
  const pending = new Set<Promise<void>>();
  const note = (record: CallRecord): void => {
    calls.note(record);
    if (!quarantine.isDueAfter(record)) return;
    log.warn({ plugin: record.plugin, hash: record.hash }, 'plugin in quarantine');
    const done = quarantinePlugin(shelf, record.plugin, record.detail ?? record.outcome)
      .catch((error: unknown) => log.error({ plugin: record.plugin, error: String(error) }, 'quarantine'))
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  const cage = createCage({
    clock,
    onCall: note,
    onLog: (plugin, level, text) => log.info({ plugin, level, text }, 'plugin'),
  });
  const network = createPluginNetwork({
    clock,
    localHosts,
    readHost: async (key) => {
      const value = await settings.get(key);
      return typeof value === 'string' ? URL.parse(value)?.host : undefined;
    },
    readSecret: async (key) => {
      const value = settings.list().some((setting) => setting.key === key && setting.secret) ? await settings.get(key) : undefined;
      return typeof value === 'string' ? value : undefined;
    },
  });
  const plugins = loadPlugins(pluginsFolder, registry, {
    cacheFile: join(dataFolder, 'cache', 'contributions.json'),
    installed: { store, cage },
    fetchFor: network.fetchFor,
    readSetting: (key) => settings.get(key),
    keepFor: (owner) => createKeeper(db, owner),
  });
  const links = createLinkedFolders({ db, store, plugins, cage, clock }, registry);
  let following: NodeJS.Timeout[] = [];
  const look = (): void => {
    const done = links
      .look()
      .catch((error: unknown) => log.warn({ error: String(error) }, 'linked plugins'))
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  const shelf: PluginShelf = {
    ...{ db, store, plugins, clock, cage, calls, settings, links, note },
    follow() {
      if (following.length > 0) return;
      following = [setInterval(() => refreshChanged(shelf, log), LOOK_MS).unref(), setInterval(look, LINK_MS).unref()];
    },
    async dispose() {
      following.forEach((timer) => clearInterval(timer));
      links.stop();
      plugins.dispose();
      cage.dispose();
      await Promise.all(pending);
      await calls.dispose();
    },
  };
  return shelf;
}

/** Those that are not loaded as the lock file has them. */
function refreshChanged({ store, plugins }: PluginShelf, log: Logger): void {
  try {
    const stored = new Map(store.list().map((plugin) => [plugin.name, plugin]));
    const loaded = new Map(plugins.list.flatMap(({ name, installed }) => (installed ? [[name, installed] as const] : [])));
    for (const name of new Set([...stored.keys(), ...loaded.keys()])) {
      const plugin = stored.get(name);
      const wanted = plugin?.enabled ? plugin : undefined;
      if (JSON.stringify(wanted) !== JSON.stringify(loaded.get(name))) plugins.refresh(name);
    }
    const on = new Set(plugins.list.map(({ name }) => name));
    for (const { name, manifest } of plugins.shipped)
      if ((store.findShipped(name)?.enabled ?? !manifest.waypost.startsOff) !== on.has(name)) plugins.refresh(name);
  } catch (error) {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'installed plugins');
  }
}
