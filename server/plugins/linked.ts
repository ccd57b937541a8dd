// Plugins that are read from a folder while somebody writes them: each change is packed and checked like a package from a
// stranger, and takes the place of the one before only where nothing stands against it. Else the last good one goes on, and what
// is wrong is said on the page.

import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import { createLocalActor } from '../identity/actor.ts';
import { installPlugin, type Administration } from './administer.ts';
import { checkPackage, listAgainst } from './check.ts';
import { packFolder } from './pack.ts';
import { sayError } from './read-plugin.ts';
import type { InstalledPlugin } from './store.ts';

export interface LinkedFolders {
  /** Takes what was changed since it was last looked. */
  look(): Promise<void>;
  /** Why the folder of a plugin is not what runs; empty where it is. */
  faultsOf(name: string): readonly string[];
  stop(): void;
}

/** Whoever linked the folder holds the keys of this machine. */
const actor = createLocalActor('admin');

export function createLinkedFolders(administration: Administration, registry: ContributionRegistry): LinkedFolders {
  const { store, plugins, clock } = administration;
  const seen = new Map<string, string>();
  const faults = new Map<string, readonly string[]>();
  let looking = false;
  let stopped = false;

  function setFaults(name: string, now: readonly string[]): void {
    const before = faults.get(name) ?? [];
    faults.set(name, now);
    if (JSON.stringify(before) !== JSON.stringify(now)) plugins.announce();
  }

  async function take({ name, folder: _, link = '' }: InstalledPlugin): Promise<readonly string[]> {
    const packed = await packFolder(link);
    if (!packed.ok) return packed.issues.map(({ message }) => message);
    const content = packed.value;
    if (content.manifest.name !== name) return [`${link} holds "${content.manifest.name}" now. Install it under that name.`];
    if (store.find(name)?.hash === content.hash) return [];
    const { ok, issues } = await checkPackage(content, listAgainst(registry, clock()));
    if (!ok)
      return issues
        .filter(({ severity }) => severity === 'error')
        .map(({ file, line, message }) => (file === undefined ? message : `${file}${line === undefined ? '' : `:${line}`}: ${message}`));
    await installPlugin(administration, { content, source: basename(link), link }, { actor });
    return [];
  }

  return {
    async look() {
      if (looking) return;
      looking = true;
      try {
        for (const plugin of store.list()) {
          if (plugin.link === undefined || stopped) continue;
          const { name, link } = plugin;
          const stamp = stampOf(link);
          if (seen.get(name) === stamp) continue;
          seen.set(name, stamp);
          setFaults(name, await take(plugin).catch((error: unknown) => sayError(error).split('\n')));
        }
      } finally {
        looking = false;
      }
    },
    faultsOf: (name) => faults.get(name) ?? [],
    stop() {
      stopped = true;
    },
  };
}

/** Changes with any file of the folder. */
function stampOf(folder: string): string {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !/(^|\/)(node_modules|\.[^/]+)(\/|$)/.test(join(entry.parentPath, entry.name).slice(folder.length)),
    );
    return files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => {
        const { size, mtimeMs } = statSync(path);
        return `${path} ${size} ${mtimeMs}`;
      })
      .join('\n');
  } catch (error) {
    return sayError(error);
  }
}
