// What the Plugins view shows of the plugins of this server: what is there, what each adds, asks for and was granted, how it fares.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Localized } from '#shared/platform/localized.ts';
import { PluginPermissions, reasonOf, type PluginGrant } from '#shared/plugin-api/permissions.ts';
import type { ServerDeps } from '../deps.ts';
import { readPluginHealth, type PluginHealth } from './calls.ts';
import type { CheckReport } from './check.ts';
import { readPluginFolder } from './read-plugin.ts';
import { readKeptSizes } from './storage.ts';

/** A plugin as the view lists it. */
export interface ListedPlugin {
  name: string;
  version: string;
  title: Localized;
  description: string;
  /** Of those that are part of the product too. */
  state: 'on' | 'off' | 'quarantine';
  shipped: boolean;
  /** The folder that it is read from while it is being written. */
  link: string | null;
  /** Why it is in quarantine. */
  why: string | null;
  /** How many contributions it makes to each point. */
  adds: Record<string, number>;
  asks: CheckReport['permissions'];
  granted: PluginGrant;
  /** Ids of the agencies for which it holds; null: for all. */
  agencies: string[] | null;
  installed: { at: string; by: string; source: string; integrity: string } | null;
  health: PluginHealth | null;
  /** What it keeps for itself; null: nothing. */
  keeps: { keys: number; characters: number } | null;
  /** The version to which one can go back. */
  before: string | null;
  readme: string | null;
  /** It has no code and asks for nothing: it can be changed in the browser. */
  dataOnly: boolean;
  faults: string[];
}

export async function listPlugins(deps: ServerDeps): Promise<ListedPlugin[]> {
  const { plugins, pluginShelf, db, registry } = deps;
  const installed = pluginShelf.store.list();
  const folders = [
    ...plugins.shipped.map((plugin) => ({ plugin, entry: null })),
    ...installed.map((entry) => ({ plugin: readPluginFolder(entry.folder, []), entry })),
  ];
  const health = await Promise.all(folders.map(({ entry }) => (entry ? readPluginHealth(db, entry.name, deps.clock()) : null)));
  const kept = await readKeptSizes(db);
  const counts = countContributions(registry);
  const on = new Set(plugins.list.map(({ name }) => name));
  return folders.flatMap(({ plugin, entry }, i) => {
    if (!plugin) return [];
    const { name, version, folder, manifest } = plugin;
    const permissions = manifest.waypost.permissions ?? PluginPermissions.parse({});
    return [
      {
        ...{ name, version, title: manifest.displayName ?? name, description: manifest.description ?? '' },
        state: entry?.quarantine ? 'quarantine' : (entry?.enabled ?? on.has(name)) ? 'on' : 'off',
        shipped: !entry,
        link: entry?.link ?? null,
        why: entry?.quarantine?.why ?? null,
        adds:
          counts.get(name) ?? Object.fromEntries(Object.entries(manifest.waypost.contributes).map(([id, list]) => [id, list?.length ?? 0])),
        asks: sayPermissions(permissions),
        granted: entry?.granted ?? { reads: [], network: [] },
        agencies: entry?.agencies ?? null,
        installed: entry && { ...entry.installed, source: entry.source, integrity: entry.integrity },
        health: health[i] ?? null,
        keeps: kept.get(name) ?? null,
        before: entry?.before?.version ?? null,
        readme: readReadme(folder),
        dataOnly: manifest.main === undefined && manifest.waypost.permissions === undefined,
        faults: [
          ...plugins.faults.filter((fault) => fault.plugin === name).map(({ message }) => message),
          ...pluginShelf.links.faultsOf(name),
        ],
      } satisfies ListedPlugin,
    ];
  });
}

function countContributions(registry: ServerDeps['registry']): Map<string, Record<string, number>> {
  const counts = new Map<string, Record<string, number>>();
  for (const id of registry.pointIds())
    for (const { plugin } of registry.getPoint(id).all()) {
      const mine = counts.get(plugin) ?? {};
      mine[id] = (mine[id] ?? 0) + 1;
      counts.set(plugin, mine);
    }
  return counts;
}

export function sayPermissions(permissions: PluginPermissions): CheckReport['permissions'] {
  return {
    reads: Object.entries(permissions.reads).map(([fact, reason]) => ({ fact, reason })),
    network: Object.keys(permissions.network).map((host) => ({ host, reason: reasonOf(permissions, host) })),
  };
}

function readReadme(folder: string): string | null {
  const file = join(folder, 'README.md');
  return existsSync(file) ? readFileSync(file, 'utf8').slice(0, 20_000) : null;
}
