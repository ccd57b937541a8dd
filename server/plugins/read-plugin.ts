// Reads a plugin's folder: its manifest and the contributions that the manifest names. What is wrong is collected with the
// plugin's name, and costs it nothing but what is wrong.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { PluginManifest } from '#shared/plugin-api/manifest.ts';
import type { ContributionPointId } from '#shared/plugin-api/points.ts';
import type { ContributionFault } from '#shared/platform/registry.ts';
import type { ContributionFiles } from './contribution-files.ts';
import { isTextFile, PluginTexts } from './texts.ts';

export interface PluginFolder {
  name: string;
  version: string;
  folder: string;
  manifest: PluginManifest;
  /** Texts that stand in files of their own; undefined: it has none such. */
  texts?: PluginTexts;
}

export interface Reading {
  files: ContributionFiles;
  faults: ContributionFault[];
  /** Points to read; undefined: all. */
  points?: readonly ContributionPointId[] | undefined;
}

export function readPluginFolder(home: string, faults: ContributionFault[]): PluginFolder | undefined {
  const name = basename(home);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  } catch (error) {
    faults.push(createFault(name, 'manifest', 'invalid_manifest', `${home}/package.json cannot be read: ${sayError(error)}`));
    return undefined;
  }
  const texts = readTextFiles(home);
  for (const issue of texts?.issues ?? [])
    faults.push({ ...issue, ...createFault(name, 'manifest', issue.code, `${name}: ${issue.message}`) });
  const { manifest, rejected } = parseManifest(
    texts ? texts.resolveManifest(json, createMissing(nameIn(json) ?? name, 'package.json', faults)) : json,
  );
  for (const issue of rejected) {
    const path = issue.path.join('.');
    faults.push({ ...createFault(name, 'manifest', 'invalid_manifest', `${name}: package.json: ${path}: ${issue.message}`), path });
  }
  return manifest && { name: manifest.name, version: manifest.version, folder: home, manifest, ...(texts && { texts }) };
}

function readTextFiles(home: string): PluginTexts | undefined {
  const names = readdirSync(home).filter(isTextFile);
  return names.length === 0 ? undefined : new PluginTexts(names.map((name) => [name, readFileSync(join(home, name), 'utf8')] as const));
}

function nameIn(json: unknown): string | undefined {
  const name = (json as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : undefined;
}

/** Names a key that has no text. */
function createMissing(plugin: string, where: string, faults: ContributionFault[]): (key: string) => void {
  return (key) =>
    faults.push(createFault(plugin, 'manifest', 'missing_text', `${plugin}: ${where}: "%${key}%" has no text in package.nls.json.`));
}

/** One faulty contribution does not cost the plugin its others: those are left out, and the registry reports them. */
function parseManifest(json: unknown): { manifest?: PluginManifest; rejected: z.core.$ZodIssue[] } {
  const whole = PluginManifest.safeParse(json);
  if (whole.success) return { manifest: whole.data, rejected: [] };
  const waypost = (json as { waypost?: { contributes?: unknown } } | null)?.waypost;
  const bare = PluginManifest.safeParse({ ...(json as object), waypost: { ...waypost, contributes: {} } });
  if (!bare.success || typeof waypost?.contributes !== 'object' || waypost.contributes === null) return { rejected: whole.error.issues };
  const contributes = Object.entries(waypost.contributes).filter(([, values]) => Array.isArray(values));
  const manifest = { ...bare.data, waypost: { ...bare.data.waypost, contributes: Object.fromEntries(contributes) } };
  return { manifest: manifest as PluginManifest, rejected: [] };
}

/** Point → values, with files read. A file holds one contribution, or a list of them. */
export function readContributions(plugin: PluginFolder, reading: Reading): Record<string, unknown[]> {
  const contributes: Record<string, unknown[]> = {};
  for (const [point, values] of Object.entries(plugin.manifest.waypost.contributes)) {
    if (reading.points && !reading.points.includes(point as ContributionPointId)) continue;
    contributes[point] = (values ?? []).flatMap((value) =>
      typeof value === 'string' ? readFiles(plugin, point, value, reading) : [value],
    );
  }
  return contributes;
}

/** The files in which a plugin keeps its contributions to a point. */
export function listContributionFiles({ folder, manifest }: PluginFolder, point: ContributionPointId): string[] {
  const values: readonly unknown[] = manifest.waypost.contributes[point] ?? [];
  return values.flatMap((value) => (typeof value === 'string' ? expandPath(folder, value) : []));
}

function readFiles(plugin: PluginFolder, point: string, path: string, { files, faults }: Reading): unknown[] {
  const paths = expandPath(plugin.folder, path);
  if (paths.length === 0)
    faults.push(createFault(plugin.name, point, 'missing_file', `${plugin.name}: ${point}: there is no file ${path}.`));
  return paths.flatMap((file) => {
    try {
      const values = files.read(file).flat();
      return plugin.texts ? plugin.texts.resolve(values, createMissing(plugin.name, basename(file), faults)) : values;
    } catch (error) {
      faults.push({ ...createFault(plugin.name, point, 'unreadable_file', `${plugin.name}: ${file}: ${sayError(error)}`), file });
      return [];
    }
  });
}

/** `./folder/*.yaml` names all such files of the folder. */
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

export function createFault(plugin: string, point: string, code: string, message: string): ContributionFault {
  return { plugin, point, code, severity: 'error', message };
}

export function sayError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
