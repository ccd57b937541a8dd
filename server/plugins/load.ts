// Finds the plugins in a folder, registers every contribution point and lets each plugin contribute.
// A plugin's fault is collected with its name and never thrown; no code of it runs until a function is asked for.

import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { CONTRIBUTION_POINTS, type ContributionPointId } from '#shared/plugin-api/points.ts';
import { PluginManifest } from '#shared/plugin-api/manifest.ts';
import type { PluginMain } from '#shared/plugin-api/functions.ts';
import { DisposableStore, type Disposable } from '#shared/platform/disposable.ts';
import { Problem } from '#shared/platform/problems.ts';
import { ContributionRegistry, type ContributionFault } from '#shared/platform/registry.ts';
import { createContributionFiles, type ContributionFiles } from './contribution-files.ts';
import { refineContribution } from './map-layers.ts';

interface PluginInfo {
  name: string;
  version: string;
  folder: string;
  manifest: PluginManifest;
}

type FunctionKind = keyof PluginMain;
type FunctionOf<K extends FunctionKind> = NonNullable<PluginMain[K]>[string];

export interface LoadedPlugins extends Disposable {
  readonly list: readonly PluginInfo[];
  /** What is wrong with plugins: manifests, files, contributions, code. */
  readonly faults: readonly ContributionFault[];
  /** A function of a plugin's `main`, loaded on first use. Throws a Problem with the plugin's name where there is none. */
  getFunction<K extends FunctionKind>(plugin: string, kind: K, name: string): Promise<FunctionOf<K>>;
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
}

export function loadPlugins(folder: string, registry: ContributionRegistry, options: LoadOptions = {}): LoadedPlugins {
  const files = createContributionFiles(options.cacheFile ?? null);
  const store = new DisposableStore();
  const faults: ContributionFault[] = [];
  const plugins = new Map<string, PluginInfo>();
  const mains = new Map<string, Promise<PluginMain>>();

  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.sort()) {
    if (!existsSync(join(folder, name, 'package.json'))) continue;
    // A plugin that is being written may be linked here.
    const home = realpathSync(join(folder, name));
    const plugin = readManifest(home, faults);
    if (!plugin) continue;
    if (plugins.has(plugin.name)) {
      faults.push(
        fault(plugin.name, 'manifest', 'duplicate_plugin', `${home}: a plugin with the name "${plugin.name}" is loaded already.`),
      );
      continue;
    }
    plugins.set(plugin.name, plugin);
    const contributes: Record<string, unknown[]> = {};
    for (const [point, values] of Object.entries(plugin.manifest.waypost.contributes)) {
      if (options.points && !options.points.includes(point as ContributionPointId)) continue;
      contributes[point] = (values ?? []).flatMap((value) =>
        typeof value === 'string' ? readContributions({ plugin, point, files, faults }, value) : [value],
      );
    }
    store.add(registry.contribute(plugin.name, contributes));
  }
  files.keep();

  async function importMain(plugin: PluginInfo): Promise<PluginMain> {
    const main = plugin.manifest.main ?? 'index.ts';
    const path = join(plugin.folder, main);
    if (!path.startsWith(plugin.folder + sep)) throw new Error(`"main" leaves the plugin's folder: ${main}`);
    const module = (await import(pathToFileURL(path).href)) as { default?: PluginMain };
    if (!module.default) throw new Error(`${main} has no default export; export the result of definePlugin({ … }).`);
    return module.default;
  }

  return {
    get list() {
      return [...plugins.values()];
    },
    get faults() {
      return [...faults, ...registry.faults];
    },
    async getFunction(name, kind, functionName) {
      const plugin = plugins.get(name);
      if (!plugin) throw new Problem('not_available', `There is no plugin "${name}".`);
      let main = mains.get(name);
      if (!main) mains.set(name, (main = importMain(plugin)));
      let found;
      try {
        found = (await main)[kind]?.[functionName];
      } catch (error) {
        faults.push(fault(name, kind, 'plugin_code', `${name}: its code cannot be loaded: ${sayError(error)}`));
        throw new Problem('not_available', `The plugin "${name}" cannot be loaded.`);
      }
      if (!found) throw new Problem('not_available', `The plugin "${name}" has no function "${functionName}" among its ${kind}.`);
      return found as FunctionOf<typeof kind>;
    },
    dispose: () => store.dispose(),
  };
}

function readManifest(home: string, faults: ContributionFault[]): PluginInfo | undefined {
  const name = basename(home);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  } catch (error) {
    faults.push(fault(name, 'manifest', 'invalid_manifest', `${home}/package.json cannot be read: ${sayError(error)}`));
    return undefined;
  }
  const { manifest, rejected } = parseManifest(json);
  for (const issue of rejected) {
    const path = issue.path.join('.');
    faults.push({ ...fault(name, 'manifest', 'invalid_manifest', `${name}: package.json: ${path}: ${issue.message}`), path });
  }
  return manifest && { name: manifest.name, version: manifest.version, folder: home, manifest };
}

/** One faulty contribution does not cost the plugin its others: those are left out, and the registry reports them. */
function parseManifest(json: unknown): { manifest?: PluginManifest; rejected: z.core.$ZodIssue[] } {
  const whole = PluginManifest.safeParse(json);
  if (whole.success) return { manifest: whole.data, rejected: [] };
  const waypost = (json as { waypost?: { contributes?: unknown } } | null)?.waypost;
  const bare = PluginManifest.safeParse({ ...(json as object), waypost: { ...waypost, contributes: {} } });
  if (!bare.success || typeof waypost?.contributes !== 'object' || waypost.contributes === null) return { rejected: whole.error.issues };
  const contributes = Object.entries(waypost.contributes).filter(([, values]) => Array.isArray(values));
  return { manifest: { ...bare.data, waypost: { contributes: Object.fromEntries(contributes) } } as PluginManifest, rejected: [] };
}

interface Reading {
  plugin: PluginInfo;
  point: string;
  files: ContributionFiles;
  faults: ContributionFault[];
}

/** The contributions in a file, or in all files that `./folder/*.yaml` names. A file holds one, or a list of them. */
function readContributions({ plugin, point, files, faults }: Reading, path: string): unknown[] {
  const paths = expandPath(plugin.folder, path);
  if (paths.length === 0) faults.push(fault(plugin.name, point, 'missing_file', `${plugin.name}: ${point}: there is no file ${path}.`));
  return paths.flatMap((file) => {
    try {
      return files.read(file).flat();
    } catch (error) {
      faults.push({ ...fault(plugin.name, point, 'unreadable_file', `${plugin.name}: ${file}: ${sayError(error)}`), file });
      return [];
    }
  });
}

function expandPath(home: string, path: string): string[] {
  const whole = join(home, path);
  const [folder, pattern] = [dirname(whole), basename(whole)];
  if (!pattern.includes('*')) return existsSync(whole) ? [whole] : [];
  if (!existsSync(folder)) return [];
  const [start = '', end = ''] = pattern.split('*');
  return readdirSync(folder)
    .filter((name) => name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end))
    .sort()
    .map((name) => join(folder, name));
}

function fault(plugin: string, point: string, code: string, message: string): ContributionFault {
  return { plugin, point, code, severity: 'error', message };
}

function sayError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
