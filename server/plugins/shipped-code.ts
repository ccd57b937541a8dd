// The code of plugins that are shipped with the product: it runs in this process, behind the same signatures as in the cage.

import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PluginHost, PluginMain } from '#shared/plugin-api/functions.ts';
import type { PluginFolder } from './read-plugin.ts';
import type { FunctionKind, FunctionOf } from './caged-functions.ts';

export async function importMain({ folder, manifest }: PluginFolder): Promise<PluginMain> {
  const main = manifest.main ?? 'index.ts';
  const path = join(folder, main);
  if (!path.startsWith(folder + sep)) throw new Error(`"main" leaves the plugin's folder: ${main}`);
  const module = (await import(pathToFileURL(path).href)) as { default?: PluginMain };
  if (!module.default) throw new Error(`${main} has no default export; export the result of definePlugin({ … }).`);
  return module.default;
}

/** Kinds of functions for which the server does something while they run. */
const WITH_HOST: ReadonlySet<FunctionKind> = new Set(['geocoders', 'views', 'frames', 'ways', 'judgements']);

/** A function of a plugin's `main` as it is called by the server, or undefined where there is none. */
export function findFunction<K extends FunctionKind>(
  main: PluginMain,
  [kind, name]: readonly [K, string],
  host: () => PluginHost,
): FunctionOf<K> | undefined {
  const run = main[kind]?.[name] as ((...args: unknown[]) => unknown) | undefined;
  if (!run || !WITH_HOST.has(kind)) return run as FunctionOf<K> | undefined;
  const given = host();
  return ((...args: unknown[]) => run(...args, given)) as FunctionOf<K>;
}
