// What the Plugins view asks and does: what is installed and how it fares, a package that was dropped and has been checked but
// not yet been installed, and the acts on it.

import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Localized } from '#shared/platform/localized.ts';
import { Problem } from '#shared/platform/problems.ts';
import { listGrowth, PluginPermissions, reasonOf, type PluginGrant } from '#shared/plugin-api/permissions.ts';
import type { ServerDeps } from '../deps.ts';
import { assertAllowed, getActorName, type Actor } from '../identity/actor.ts';
import type { RouteContext } from '../route-context.ts';
import { enablePlugin, installPlugin, type Consent } from './administer.ts';
import { readPluginHealth, type PluginHealth } from './calls.ts';
import { checkPackage, listAgainst, type CheckReport } from './check.ts';
import { PACKAGE_LIMITS, readPackage, type PluginPackage } from './package-file.ts';
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

function sayPermissions(permissions: PluginPermissions): CheckReport['permissions'] {
  return {
    reads: Object.entries(permissions.reads).map(([fact, reason]) => ({ fact, reason })),
    network: Object.keys(permissions.network).map((host) => ({ host, reason: reasonOf(permissions, host) })),
  };
}

function readReadme(folder: string): string | null {
  const file = join(folder, 'README.md');
  return existsSync(file) ? readFileSync(file, 'utf8').slice(0, 20_000) : null;
}

/** A package that waits for consent: what it says of itself, and what it would mean here. */
export interface Inspected extends CheckReport {
  package: string;
  title: Localized;
  description: string;
  /** The version that is installed. */
  before: string | null;
  /** What it asks for beyond what was granted before. */
  growth: PluginGrant;
}

const HELD_MS = 30 * 60 * 1000;
const HELD = 10;
const waiting = new WeakMap<ServerDeps, Map<string, { content: PluginPackage; source: string; owner: string; at: number }>>();

function getWaiting(deps: ServerDeps) {
  let found = waiting.get(deps);
  if (!found) waiting.set(deps, (found = new Map()));
  const old = deps.clock() - HELD_MS;
  for (const [id, { at }] of found) if (at < old) found.delete(id);
  for (const id of [...found.keys()].slice(0, -HELD)) found.delete(id);
  return found;
}

/** Reads and checks a package; nothing of it is kept but for half an hour in memory. */
export async function inspectPackage(
  deps: ServerDeps,
  actor: Actor,
  { bytes, source }: { bytes: Uint8Array; source: string },
): Promise<Inspected> {
  const read = await readPackage(bytes);
  if (!read.ok) throw new Problem('unprocessable', read.issues.map(({ message }) => message).join('\n'));
  const { manifest } = read.value;
  const report = await checkPackage(read.value, listAgainst(deps.registry, deps.clock()));
  const id = randomUUID();
  getWaiting(deps).set(id, { content: read.value, source, owner: getActorName(actor), at: deps.clock() });
  const before = deps.pluginShelf.store.find(manifest.name);
  return {
    ...report,
    ...{ package: id, title: manifest.displayName ?? manifest.name, description: manifest.description ?? '' },
    before: before?.version ?? null,
    growth: listGrowth(manifest.waypost.permissions ?? PluginPermissions.parse({}), before?.granted ?? { reads: [], network: [] }),
  };
}

export async function installInspected(deps: ServerDeps, id: string, { enable, ...consent }: Consent & { enable: boolean }): Promise<void> {
  const held = getWaiting(deps).get(id);
  if (!held || held.owner !== getActorName(consent.actor)) throw new Problem('not_found', 'This package is gone. Choose the file again.');
  const { name } = await installPlugin(deps.pluginShelf, held, consent);
  if (enable) await enablePlugin(deps.pluginShelf, name, consent);
  getWaiting(deps).delete(id);
}

/** `POST /api/plugins/package?name=<file>`: the body is the package, the answer what can be said of it. */
export function registerPluginRoutes(server: FastifyInstance, { deps, getActor }: RouteContext): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: PACKAGE_LIMITS.bytes + 1 }, (_request, body, done) => done(null, body));
  server.post<{ Querystring: { name?: string } }>('/api/plugins/package', async (request) => {
    const actor = await getActor(request);
    assertAllowed(actor, 'plugins.manage');
    if (!Buffer.isBuffer(request.body)) throw new Problem('bad_request', 'There is no package in this request.');
    return inspectPackage(deps, actor, { bytes: request.body, source: (request.query.name ?? 'package.tgz').slice(0, 200) });
  });
}
