// What a plugin would contribute, read without contributing it: as whoever uses it would get it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContributionRegistry } from '#shared/platform/registry.ts';
import type { Issue } from '#shared/platform/result.ts';
import { createContributionFiles } from './contribution-files.ts';
import { createRegistry } from './load.ts';
import type { PluginPackage } from './package-file.ts';
import { readContributions, readPluginFolder } from './read-plugin.ts';

/** By point, from the folder in which it lies; nothing where that is no plugin. */
export function readContributed(folder: string): Record<string, unknown[]> {
  const plugin = readPluginFolder(folder, []);
  return plugin ? takeThroughDoor(readContributions(plugin, { files: createContributionFiles(null), faults: [] })) : {};
}

/** Contributions as whoever uses them gets them: what is faulty left out, what was left open filled in. */
export function takeThroughDoor(contributes: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown[]> {
  const registry = createRegistry();
  registry.contribute('', contributes);
  return listByPoint(registry);
}

function listByPoint(registry: ContributionRegistry): Record<string, unknown[]> {
  const valuesOf = (id: string): unknown[] =>
    registry
      .getPoint(id)
      .all()
      .map(({ value }) => value);
  const points = registry.pointIds().map((id) => [id, valuesOf(id)] as const);
  return Object.fromEntries(points.filter(([, values]) => values.length > 0));
}

/** Its contributions as they would be registered, read from files of its own for a moment. */
export function readPackageContributions({ files }: PluginPackage): { contributes: Record<string, readonly unknown[]>; issues: Issue[] } {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-check-'));
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const registry = createRegistry();
    const faults: Parameters<typeof readPluginFolder>[1] = [];
    const plugin = readPluginFolder(folder, faults);
    if (!plugin) return { contributes: {}, issues: faults };
    registry.contribute(plugin.name, readContributions(plugin, { files: createContributionFiles(null), faults }));
    // Paths as the author knows them.
    const said = [...faults, ...registry.faults, ...(plugin.texts?.listGaps() ?? [])].map((fault) => {
      const { file, ...rest } = fault as Issue;
      const own = (text: string): string => text.replaceAll(`${folder}/`, '');
      return { ...rest, message: own(fault.message), ...(file !== undefined && { file: own(file) }) };
    });
    return { contributes: listByPoint(registry), issues: said };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
