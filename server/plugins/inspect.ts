// Before a plugin is on: what it is, adds and asks for, what stands against it, who gains and who loses. A package that was sent is
// looked at first and kept for half an hour in memory, until somebody agrees.

import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Localized } from '#shared/platform/localized.ts';
import { Problem } from '#shared/platform/problems.ts';
import { listGrowth, NOTHING_GRANTED, PluginPermissions, type PluginGrant } from '#shared/plugin-api/permissions.ts';
import type { ServerDeps } from '../deps.ts';
import { assertAllowed, getActorName, type Actor } from '../identity/actor.ts';
import type { RouteContext } from '../route-context.ts';
import { enablePlugin, installPlugin, type Consent } from './administer.ts';
import { checkPackage, listAgainst, listConflicts, type CheckReport } from './check.ts';
import { readContributed, readPackageContributions } from './contributed-by.ts';
import { listImpacts, type RuleImpact } from './impact.ts';
import { sayPermissions } from './manage.ts';
import { PACKAGE_LIMITS, readPackage, type PluginPackage } from './package-file.ts';
import type { PluginFolder } from './read-plugin.ts';

/** A package that waits for consent: what it says of itself, and what it would mean here. */
export interface Inspected extends CheckReport {
  /** Under which it waits to be installed; null: it is here, and is switched on. */
  package: string | null;
  title: Localized;
  description: string;
  /** The version that is installed. */
  before: string | null;
  /** What it asks for beyond what was granted before. */
  growth: PluginGrant;
  /** Who gains and who loses by it, of the made-up households. */
  impacts: RuleImpact[];
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
  const id = randomUUID();
  getWaiting(deps).set(id, { content: read.value, source, owner: getActorName(actor), at: deps.clock() });
  return { ...(await inspect(deps, read.value)), package: id };
}

/** What switching on a plugin that is installed or shipped would mean. Throws a Problem where there is none. */
export async function inspectInstalled(deps: ServerDeps, name: string): Promise<Inspected> {
  const { store } = deps.pluginShelf;
  const installed = store.find(name);
  if (installed) {
    const read = await readPackage(store.readPackage(installed.hash));
    if (!read.ok) throw new Problem('unprocessable', read.issues.map(({ message }) => message).join('\n'));
    return { ...(await inspect(deps, read.value)), before: null };
  }
  const shipped = deps.plugins.shipped.find((plugin) => plugin.name === name);
  if (!shipped) throw new Problem('not_found', `There is no plugin "${name}".`);
  return inspectShipped(deps, shipped);
}

/** As trusted as the product: its code is not tried here, and switching it on is all the consent that it takes. */
async function inspectShipped(deps: ServerDeps, { name, version, folder, manifest }: PluginFolder): Promise<Inspected> {
  const contributes = readContributed(folder);
  return {
    ...{ name, version, integrity: '', ok: true, package: null, before: null, growth: NOTHING_GRANTED },
    ...{ title: manifest.displayName ?? name, description: manifest.description ?? '' },
    adds: Object.fromEntries(Object.entries(contributes).map(([point, values]) => [point, values.length])),
    permissions: sayPermissions(manifest.waypost.permissions ?? PluginPermissions.parse({})),
    keeps: manifest.waypost.data !== undefined,
    rules: { rules: 0, tests: 0, failed: 0, uncovered: 0 },
    issues: listConflicts(name, contributes, deps.registry),
    impacts: await listImpacts(deps, name, { contributes, on: today(deps) }),
  };
}

const today = ({ clock }: ServerDeps): string => new Date(clock()).toISOString().slice(0, 10);

/** All that can be said of a package before it is on. */
export async function inspect(deps: ServerDeps, content: PluginPackage): Promise<Inspected> {
  const { manifest } = content;
  const report = await checkPackage(content, listAgainst(deps.registry, deps.clock()));
  const before = deps.pluginShelf.store.find(manifest.name);
  return {
    ...report,
    ...{ package: null, title: manifest.displayName ?? manifest.name, description: manifest.description ?? '' },
    before: before?.version ?? null,
    growth: listGrowth(manifest.waypost.permissions ?? PluginPermissions.parse({}), before?.granted ?? NOTHING_GRANTED),
    impacts: await listImpacts(deps, manifest.name, { contributes: readPackageContributions(content).contributes, on: today(deps) }),
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
