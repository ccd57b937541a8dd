// Installing, granting, switching on and off, removing: each act is checked, set in the lock file, on record in the audit, and
// holds at once. Who may do so was asked before.

import type { Kysely } from 'kysely';
import {
  breaksFlowRule,
  grantOf,
  isEmptyGrant,
  listGrowth,
  narrowGrant,
  NOTHING_GRANTED,
  PluginPermissions,
  type PluginGrant,
} from '#shared/plugin-api/permissions.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit, type AuditAction } from '../audit/audit.ts';
import type { Database } from '../db/schema.ts';
import { listAgencies } from '../identity/accounts.ts';
import { getActorName, type Actor } from '../identity/actor.ts';
import { carryData, forgetData } from './carry-data.ts';
import type { Cage } from './cage/cage.ts';
import type { LoadedPlugins } from './load.ts';
import { readPackage, type PluginPackage } from './package-file.ts';
import { readPluginFolder } from './read-plugin.ts';
import type { InstalledPlugin, LockEntry, PluginStore } from './store.ts';

export interface Administration {
  db: Kysely<Database>;
  store: PluginStore;
  plugins: LoadedPlugins;
  /** Where migrations of stored data run. */
  cage: Cage;
  clock: () => number;
}

/** What an administrator agrees to, having read it. */
export interface Consent {
  actor: Actor;
  /** Grants all that the manifest asks for. */
  grant?: boolean;
  /** Client data and a network for one plugin: the operator alone may, and it is on record. */
  overrideFlowRule?: boolean;
}

export interface Installed {
  name: string;
  version: string;
  /** Of an update: what was there before. */
  before: string | null;
  enabled: boolean;
}

export interface NewPackage {
  content: PluginPackage;
  /** Where it came from, in a word. */
  source: string;
  /** The way back: what it kept then comes back too. */
  back?: boolean;
  /** The folder that it is read from while it is being written. */
  link?: string;
}

/**
 * Keeps a package. A new plugin is off until it is enabled; an update stays as on or off as it was, and where it asks for more
 * than was granted it is refused until somebody consents.
 */
export async function installPlugin(
  { db, store, plugins, cage, clock }: Administration,
  { content, source, back = false, link }: NewPackage,
  consent: Consent,
): Promise<Installed> {
  const { name, version, waypost } = content.manifest;
  if (plugins.shipped.some((plugin) => plugin.name === name))
    throw new Problem('conflict', `"${name}" is the name of a plugin that is shipped with Waypost. Its author has to choose another.`);
  const before = store.find(name);
  if (before?.hash === content.hash && before.link === link) return { name, version, before: before.version, enabled: before.enabled };
  const asked = waypost.permissions ?? PluginPermissions.parse({});
  const growth = before ? listGrowth(asked, before.granted) : grantOf(asked);
  // What is being written is no version to go back to.
  const rewritten = link !== undefined && before?.link === link;
  const at = new Date(clock()).toISOString();
  const by = getActorName(consent.actor);
  if (before && before.enabled && !isEmptyGrant(growth) && !consent.grant) {
    throw new Problem(
      'not_allowed',
      `Version ${version} of "${name}" asks for more than was granted: ${sayGrant(growth)}. Read why, and grant it or keep version ${before.version}.`,
    );
  }
  const granted = consent.grant ? grantOf(asked) : narrowGrant(asked, before?.granted ?? NOTHING_GRANTED);
  assertFlow(name, granted, consent);
  store.keep(content);
  const entry: LockEntry = {
    ...{ version, integrity: content.integrity, hash: content.hash, source },
    installed: { at, by },
    enabled: before?.enabled ?? false,
    granted,
    ...(before?.agencies && { agencies: before.agencies }),
    ...(consent.grant ? { consent: sayConsent(at, by, consent) } : before?.consent && { consent: before.consent }),
    ...(link !== undefined && { link }),
    ...(before && { before: rewritten ? before.before : toBefore(before) }),
  };
  if (before) await replacePlugin({ store, cage, db, clock }, { before, content, back, rewritten, entry });
  else store.set(name, entry);
  plugins.refresh(name);
  const reason = `${version}, ${content.integrity}${breaksFlowRule(granted) ? '; flow rule overridden' : ''}`;
  await record(db, { actor: consent.actor, at: clock(), action: 'plugin.install', name, reason });
  return { name, version, before: before?.version ?? null, enabled: before?.enabled ?? false };
}

/** Returns to what was installed before the last update, held to the same as any package. */
export async function revertPlugin(administration: Administration, name: string, consent: Consent): Promise<Installed> {
  const { before } = getInstalled(administration.store, name);
  if (!before) throw new Problem('unprocessable', `Nothing was installed before this version of "${name}".`);
  const read = await readPackage(administration.store.readPackage(before.hash));
  if (!read.ok) throw new Problem('unprocessable', read.issues.map(({ message }) => message).join('\n'));
  return installPlugin(administration, { content: read.value, source: before.source, back: true }, consent);
}

interface Replacement {
  before: InstalledPlugin;
  content: PluginPackage;
  back: boolean;
  rewritten: boolean;
  entry: LockEntry;
}

/** Stored data and lock file change together, or neither does. */
async function replacePlugin(
  { store, ...tools }: Pick<Administration, 'store' | 'cage' | 'db' | 'clock'>,
  { before, content, back, rewritten, entry }: Replacement,
): Promise<void> {
  const set = (): void => store.set(before.name, entry);
  try {
    await carryData({ ...tools, before, content, back, rewritten }, set);
  } catch (error) {
    if (store.find(before.name)?.hash !== before.hash) store.set(before.name, toEntry(before));
    else store.tidy();
    throw error;
  }
}

/** Switches a plugin on. Throws a Problem that lists what it asks for where that was not granted. */
export async function enablePlugin(administration: Administration, name: string, consent: Consent): Promise<void> {
  const { db, store, plugins, clock } = administration;
  if (plugins.shipped.some((plugin) => plugin.name === name)) return switchShipped(administration, name, { enabled: true, ...consent });
  const { quarantine: _, ...plugin } = getInstalled(store, name);
  const asked = readPermissions(plugin);
  const growth = listGrowth(asked, plugin.granted);
  if (!isEmptyGrant(growth) && !consent.grant)
    throw new Problem('not_allowed', `"${name}" wants ${sayGrant(growth)}. Read why, and grant it to switch the plugin on.`);
  const granted = consent.grant ? grantOf(asked) : narrowGrant(asked, plugin.granted);
  assertFlow(name, granted, consent);
  const at = new Date(clock()).toISOString();
  const by = getActorName(consent.actor);
  const given = consent.grant && !isEmptyGrant(growth) ? { consent: sayConsent(at, by, consent) } : {};
  store.set(name, { ...toEntry(plugin), enabled: true, granted, ...given });
  plugins.refresh(name);
  await record(db, {
    actor: consent.actor,
    at: clock(),
    action: 'plugin.enable',
    name,
    reason: `${plugin.version}, granted: ${sayGrant(granted)}${breaksFlowRule(granted) ? '; flow rule overridden' : ''}`,
  });
}

/** For which agencies it holds from now on; null: for all. */
export async function setPluginAgencies(
  { db, store, plugins, clock }: Administration,
  name: string,
  { actor, agencies }: { actor: Actor; agencies: readonly string[] | null },
): Promise<void> {
  const { agencies: _, ...entry } = toEntry(getInstalled(store, name));
  const known = new Map((await listAgencies(db)).map((agency) => [agency.id, agency.name]));
  const unknown = agencies?.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Problem('unprocessable', `There is no agency "${unknown}" on this server.`);
  store.set(name, { ...entry, ...(agencies && { agencies: [...new Set(agencies)].sort() }) });
  plugins.refresh(name);
  const reason = agencies ? agencies.map((id) => known.get(id)).join(', ') || 'no agency' : 'all agencies';
  await record(db, { actor, at: clock(), action: 'plugin.agencies', name, reason });
}

/** Those that are shipped are as trusted as the product: switching one on is all the consent that it takes. */
async function switchShipped(
  { db, store, plugins, clock }: Administration,
  name: string,
  { enabled, actor }: { enabled: boolean; actor: Actor },
): Promise<void> {
  store.setShipped(name, { enabled, at: new Date(clock()).toISOString(), by: getActorName(actor) });
  plugins.refresh(name);
  await record(db, { actor, at: clock(), action: enabled ? 'plugin.enable' : 'plugin.disable', name, reason: 'shipped' });
}

export async function disablePlugin(administration: Administration, name: string, actor: Actor): Promise<void> {
  const { db, store, plugins, clock } = administration;
  if (plugins.shipped.some((plugin) => plugin.name === name)) return switchShipped(administration, name, { enabled: false, actor });
  const plugin = getInstalled(store, name);
  store.set(name, { ...toEntry(plugin), enabled: false });
  plugins.refresh(name);
  await record(db, { actor, at: clock(), action: 'plugin.disable', name, reason: plugin.version });
}

export async function removePlugin({ db, store, plugins, clock }: Administration, name: string, actor: Actor): Promise<void> {
  const plugin = getInstalled(store, name);
  store.set(name, undefined);
  plugins.refresh(name);
  await db.transaction().execute((trx) => forgetData(trx, name));
  await record(db, { actor, at: clock(), action: 'plugin.remove', name, reason: plugin.version });
}

/** Takes a plugin out of use because it was ended too often. */
export async function quarantinePlugin({ db, store, plugins, clock }: Administration, name: string, why: string): Promise<void> {
  const plugin = store.find(name);
  if (!plugin) return;
  store.set(name, { ...toEntry(plugin), quarantine: { at: new Date(clock()).toISOString(), why } });
  plugins.refresh(name);
  await record(db, { actor: { name: 'waypost', role: 'server' }, at: clock(), action: 'plugin.quarantine', name, reason: why });
}

/** "the network host api.example.org; to read household.size" */
export function sayGrant({ reads, network }: PluginGrant): string {
  const parts = [network.length > 0 ? `to talk to ${network.join(', ')}` : '', reads.length > 0 ? `to read ${reads.join(', ')}` : ''];
  return parts.filter((part) => part !== '').join('; ') || 'nothing';
}

function getInstalled(store: PluginStore, name: string): InstalledPlugin {
  const plugin = store.find(name);
  if (plugin) return plugin;
  const names = store.list().map((one) => one.name);
  throw new Problem('not_found', `No plugin "${name}" is installed. Installed: ${names.join(', ') || 'none'}.`, names);
}

/** What the manifest of an installed plugin asks for. */
export function readPermissions({ folder }: Pick<InstalledPlugin, 'folder'>): PluginPermissions {
  return readPluginFolder(folder, [])?.manifest.waypost.permissions ?? PluginPermissions.parse({});
}

function assertFlow(name: string, granted: PluginGrant, { overrideFlowRule }: Consent): void {
  if (!breaksFlowRule(granted) || overrideFlowRule) return;
  throw new Problem(
    'not_allowed',
    `"${name}" wants both to read what is known of people (${granted.reads.join(', ')}) and to talk to ${granted.network.join(', ')}. A plugin may do one of them only.`,
  );
}

function sayConsent(at: string, by: string, { overrideFlowRule }: Consent): LockEntry['consent'] {
  return { at, by, ...(overrideFlowRule && { overridesFlowRule: true }) };
}

const toBefore = ({ version, integrity, hash, source }: InstalledPlugin) => ({ version, integrity, hash, source });

function toEntry({ name: _name, folder: _folder, ...entry }: InstalledPlugin): LockEntry {
  return entry;
}

interface Act {
  actor: Actor | { name: string; role: string };
  at: number;
  action: AuditAction;
  name: string;
  reason: string;
}

async function record(db: Kysely<Database>, { actor, at, action, name, reason }: Act): Promise<void> {
  await db.transaction().execute((trx) => recordAudit(trx, { actor, at, action, object: 'plugin', recordId: name, reason }));
}
