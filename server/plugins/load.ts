// The plugins of this process: those shipped in a folder, whose functions run here, and those installed, whose functions run
// in the cage. Each contributes through the registry and can be switched on and off while the server runs. A plugin's fault
// is collected with its name and never thrown; no code of it runs until a function is asked for.

import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { z } from 'zod';
import { CONTRIBUTION_POINTS, type ContributionPointId, type SettingContribution } from '#shared/plugin-api/points.ts';
import type { PluginMain } from '#shared/plugin-api/functions.ts';
import { grantOf, narrowGrant, PluginPermissions, type PluginGrant } from '#shared/plugin-api/permissions.ts';
import type { Disposable } from '#shared/platform/disposable.ts';
import { Emitter, type Event } from '#shared/platform/event.ts';
import { Problem } from '#shared/platform/problems.ts';
import { ContributionRegistry, type ContributionFault } from '#shared/platform/registry.ts';
import type { Cage, CagedCode } from './cage/cage.ts';
import { createCagedFunction, type FunctionKind, type FunctionOf, type PluginFetch, type SettingOfPlugin } from './caged-functions.ts';
import { createContributionFiles } from './contribution-files.ts';
import { refineContribution } from './check-layers.ts';
import {
  createFault,
  listContributionFiles,
  readContributions,
  readPluginFolder,
  sayError,
  type PluginFolder,
  type Reading,
} from './read-plugin.ts';
import { findFunction, importMain } from './shipped-code.ts';
import { withinReads } from './given-facts.ts';
import { createStorage, refuseStorage, type PluginKeeper, type StorageOwner } from './storage.ts';
import type { InstalledPlugin, PluginStore } from './store.ts';

export interface PluginInfo extends PluginFolder {
  /** Of one that was installed: what holds for it. */
  installed: InstalledPlugin | null;
}

export interface LoadedPlugins extends Disposable {
  /** The folder of the shipped ones. */
  readonly home: string;
  /** All that are shipped, on or off. */
  readonly shipped: readonly PluginFolder[];
  /** Those that are on; of those in quarantine only the data. */
  readonly list: readonly PluginInfo[];
  /** What is wrong with plugins: manifests, files, contributions, code. */
  readonly faults: readonly ContributionFault[];
  /** The files in which a plugin that is on keeps its contributions to a point. */
  listFiles(plugin: string, point: ContributionPointId): string[];
  /** A function of a plugin's `main`, loaded on first use. Throws a Problem with the plugin's name where there is none. */
  getFunction<K extends FunctionKind>(plugin: string, kind: K, name: string): Promise<FunctionOf<K>>;
  /** Reads a plugin anew: it was installed, updated, switched on or off, or removed. */
  refresh(name: string): void;
  /** Counts up with each change of what plugins add or of what is said of them. */
  readonly version: number;
  readonly onDidChange: Event<void>;
  /** Something else is said of a plugin than before. */
  announce(): void;
}

/** A registry with every contribution point of the plugin API. */
export function createRegistry(): ContributionRegistry {
  const registry = new ContributionRegistry();
  for (const [id, schema] of Object.entries(CONTRIBUTION_POINTS)) {
    registry.registerPoint(id, refineContribution(id as ContributionPointId, schema as z.ZodType));
  }
  return registry;
}

export interface LoadOptions {
  /** Where to keep what was read of YAML files, for the next start. */
  cacheFile?: string | undefined;
  /** Points to read; default: all. */
  points?: readonly ContributionPointId[];
  /** Those that were installed beside the shipped ones, and where their code runs. */
  installed?: { store: PluginStore; cage: Cage };
  /** The value of a plugin's own setting; without it its default. */
  readSetting?(key: string): Promise<unknown>;
  /** How a plugin fetches, within what it was granted; without it none has a network. */
  fetchFor?(plugin: { name: string; granted: PluginGrant }, permissions: PluginPermissions): PluginFetch;
  /** Where a plugin keeps what is its own; without it none keeps anything. */
  keepFor?(owner: StorageOwner): PluginKeeper;
}

interface Loaded {
  info: PluginInfo;
  /** Takes its contributions back. */
  contribution: Disposable;
  main?: Promise<PluginMain>;
  code?: CagedCode;
}

export function loadPlugins(folder: string, registry: ContributionRegistry, options: LoadOptions = {}): LoadedPlugins {
  const files = createContributionFiles(options.cacheFile ?? null);
  const faults: ContributionFault[] = [];
  const loaded = new Map<string, Loaded>();
  const reading: Reading = { files, faults, points: options.points };

  const shipped = new Map<string, PluginFolder>();
  const changed = new Emitter<void>();
  let version = 0;
  const announce = (): void => {
    version += 1;
    changed.fire();
  };

  function add(plugin: PluginFolder, installed: InstalledPlugin | null): void {
    const read = readContributions(plugin, reading);
    // What it says as data goes on holding, so that nobody's verdict changes with it; its code does not run.
    const contribution = registry.contribute(plugin.name, installed?.quarantine ? withoutCode(read) : read);
    loaded.set(plugin.name, { info: { ...plugin, installed }, contribution });
  }

  function addInstalled(plugin: InstalledPlugin): void {
    if (!plugin.enabled) return;
    const read = readPluginFolder(plugin.folder, faults);
    if (read && shipped.has(read.name)) sayTwice(read);
    else if (read) add(read, plugin);
  }

  function addShipped(plugin: PluginFolder): void {
    const switched = options.installed?.store.findShipped(plugin.name);
    if (switched?.enabled ?? !plugin.manifest.waypost.startsOff) add(plugin, null);
  }

  function sayTwice({ name, folder: home }: PluginFolder): void {
    faults.push(createFault(name, 'manifest', 'duplicate_plugin', `${home}: a plugin with the name "${name}" is loaded already.`));
  }

  for (const name of (existsSync(folder) ? readdirSync(folder) : []).sort()) {
    // A plugin that is being written may be linked here.
    const plugin = existsSync(join(folder, name, 'package.json')) ? readPluginFolder(realpathSync(join(folder, name)), faults) : undefined;
    if (!plugin) continue;
    if (shipped.has(plugin.name)) {
      sayTwice(plugin);
      continue;
    }
    shipped.set(plugin.name, plugin);
    addShipped(plugin);
  }
  for (const plugin of options.installed?.store.list() ?? []) addInstalled(plugin);
  files.keep();

  async function getShipped<K extends FunctionKind>(plugin: Loaded, kind: K, functionName: string): Promise<FunctionOf<K>> {
    const { name } = plugin.info;
    let main;
    try {
      main = await (plugin.main ??= importMain(plugin.info));
    } catch (error) {
      faults.push(createFault(name, kind, 'plugin_code', `${name}: its code cannot be loaded: ${sayError(error)}`));
      throw new Problem('not_available', `The plugin "${name}" cannot be loaded.`);
    }
    const found = findFunction(main, [kind, functionName], () => {
      const granted = grantOf(getPermissions(plugin));
      return { fetch: getFetch(plugin, granted), storage: createStorage(getKeeper(plugin, granted)), setting: getSettings(plugin) };
    });
    if (!found) throw new Problem('not_available', `The plugin "${name}" has no function "${functionName}" among its ${kind}.`);
    return found;
  }

  function getCaged<K extends FunctionKind>(plugin: Loaded, installed: InstalledPlugin, ask: { kind: K; name: string }): FunctionOf<K> {
    if (!options.installed) throw new Problem('not_available', `The plugin "${installed.name}" cannot run here.`);
    const code = (plugin.code ??= readCode(plugin.info, installed));
    const granted = narrowGrant(getPermissions(plugin), installed.granted);
    const asked = { fetch: getFetch(plugin, granted), keep: getKeeper(plugin, granted), readSetting: getSettings(plugin) };
    return createCagedFunction({ cage: options.installed.cage, code, ...asked }, ask.kind, ask.name);
  }

  function getFetch(plugin: Loaded, granted: PluginGrant): PluginFetch {
    const fetch = options.fetchFor?.({ name: plugin.info.name, granted }, getPermissions(plugin));
    return fetch ?? (() => Promise.reject(new Error('There is no network here.')));
  }

  function getSettings({ info: { name } }: Loaded): SettingOfPlugin {
    return async (key) => {
      const own = registry.getPoint<SettingContribution>('settings').all();
      const setting = own.find(({ plugin, value }) => plugin === name && value.key === key)?.value;
      if (!setting || setting.secret) throw new Error(`"${String(key)}" is no setting of this plugin that it may read.`);
      return options.readSetting ? options.readSetting(setting.key) : setting.default;
    };
  }

  function getKeeper({ info: { name, manifest } }: Loaded, granted: PluginGrant): PluginKeeper {
    const { data } = manifest.waypost;
    if (!data) return refuseStorage('This plugin keeps nothing: its manifest has no "waypost.data".');
    // What is known of people stays where it can be erased.
    if (granted.reads.length > 0) return refuseStorage('A plugin that reads facts of people keeps nothing.');
    return options.keepFor?.({ plugin: name, version: data.version }) ?? refuseStorage('Nothing can be kept here.');
  }

  return {
    home: folder,
    get shipped() {
      return [...shipped.values()];
    },
    get version() {
      return version;
    },
    onDidChange: changed.event,
    announce,
    get list() {
      return [...loaded.values()].map(({ info }) => info);
    },
    get faults() {
      return [...faults, ...registry.faults];
    },
    listFiles(name, point) {
      const plugin = loaded.get(name);
      return plugin ? listContributionFiles(plugin.info, point) : [];
    },
    async getFunction<K extends FunctionKind>(name: string, kind: K, functionName: string): Promise<FunctionOf<K>> {
      const plugin = loaded.get(name);
      if (!plugin) throw new Problem('not_available', `There is no plugin "${name}".`);
      const { installed } = plugin.info;
      if (installed?.quarantine) throw new Problem('not_available', `The plugin "${name}" is in quarantine: ${installed.quarantine.why}`);
      const found = installed ? getCaged(plugin, installed, { kind, name: functionName }) : await getShipped(plugin, kind, functionName);
      if (kind !== 'judgements') return found;
      const asked = getPermissions(plugin);
      const { reads } = installed ? narrowGrant(asked, installed.granted) : grantOf(asked);
      return withinReads(found as FunctionOf<'judgements'>, new Set(reads)) as FunctionOf<K>;
    },
    refresh(name) {
      loaded.get(name)?.contribution.dispose();
      loaded.delete(name);
      options.installed?.cage.stop(name);
      for (let i = faults.length - 1; i >= 0; i--) if (faults[i]?.plugin === name) faults.splice(i, 1);
      const own = shipped.get(name);
      const now = options.installed?.store.find(name);
      if (own) addShipped(own);
      else if (now) addInstalled(now);
      announce();
    },
    dispose() {
      for (const { contribution } of [...loaded.values()].reverse()) contribution.dispose();
      loaded.clear();
    },
  };
}

/** Judged facts stay, so that rules go on naming them: they are open. */
function withoutCode(contributes: Record<string, unknown[]>): Record<string, unknown[]> {
  const isData = (value: unknown): boolean => typeof value !== 'object' || value === null || !('run' in value);
  const { frames: _, ...points } = contributes;
  return Object.fromEntries(Object.entries(points).map(([point, values]) => [point, values.filter(isData)]));
}

function getPermissions({ info }: Loaded): PluginPermissions {
  return info.manifest.waypost.permissions ?? PluginPermissions.parse({});
}

/** All scripts of an installed plugin, as they were taken from its package. */
function readCode({ name, version, folder, manifest }: PluginInfo, { hash }: InstalledPlugin): CagedCode {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?js$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const modules = paths.map((path): [string, string] => [relative(folder, path).replaceAll(sep, '/'), readFileSync(path, 'utf8')]);
  return { name, version, hash, main: (manifest.main ?? 'main.js').replace(/^\.\//, ''), modules: Object.fromEntries(modules) };
}
