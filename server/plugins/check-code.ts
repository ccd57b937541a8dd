// Tries the functions of a plugin in a cage of its own: whether they are there, whether they bear what files and people bring,
// give the same twice, and keep within their time. Those of a plugin that is shipped are tried with the same in this process.

import type { CheckFilesOptions } from '#shared/eligibility/check-files.ts';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import type { KeptData } from '#shared/plugin-api/manifest.ts';
import type { Issue } from '#shared/platform/result.ts';
import { createCage } from './cage/cage.ts';
import { PluginFailure } from './cage/failure.ts';
import { tryJudged } from './check-judged.ts';
import { CAGED_KINDS, createCagedFunction, type CagedPlugin } from './caged-functions.ts';
import { listModules, type PluginPackage } from './package-file.ts';
import { readPluginFolder } from './read-plugin.ts';
import { findFunction, importMain } from './shipped-code.ts';
import { createStorage, parseKept, type PluginKeeper } from './storage.ts';
import { TRIALS, tryFunction, type PluginCode } from './try-function.ts';

type Contributes = Record<string, readonly unknown[]>;
/** A moment that is the same whenever a plugin is checked. */
const A_MOMENT = Date.UTC(2026, 0, 15, 12);

const NO_NETWORK = 'There is no network while a plugin is checked.';

/** Storage in which there is nothing, whatever is put there. */
const NOTHING_KEPT: PluginKeeper = async (request) => ((request as { act?: unknown } | null)?.act === 'keys' ? [] : null);

export interface CodeCheck {
  /** Facts and tables that are there anyway, and the day. */
  against: CheckFilesOptions;
  /** Folder of a plugin that is shipped: its functions run in this process, as they do for everybody. */
  home?: string | undefined;
}

export async function checkCode(content: PluginPackage, contributes: Contributes, { against, home }: CodeCheck): Promise<Issue[]> {
  const asked = Object.entries(contributes).flatMap(([kind, values]) =>
    (values as { id?: string; run?: string }[]).flatMap(({ id = '', run }) => (run === undefined ? [] : [{ kind, id, run }])),
  );
  const { manifest } = content;
  const judged = ((contributes['facts'] ?? []) as FactDefinition[]).filter((fact) => fact.judged !== undefined);
  if (asked.length === 0 && judged.length === 0 && !manifest.waypost.data) return [];
  const issues: Issue[] = [];
  using code = home === undefined ? openCaged(content, hostOf(contributes)) : openShipped(home, hostOf(contributes));
  for (const { kind, id, run } of asked) {
    const where = `${kind} "${id}"`;
    try {
      const said = await tryFunction(code, kind, run);
      if (said !== undefined) issues.push({ code: 'function_misbehaves', severity: 'error', message: `${where}: ${said}` });
    } catch (error) {
      if (!isMissingNetwork(error)) issues.push(sayThrown(where, error));
    }
  }
  for (const fact of judged) issues.push(...(await checkJudged(fact, { code, manifest, contributes, against })));
  issues.push(...(await checkMigrations(code, manifest.waypost.data)));
  return issues;
}

type Host = Pick<CagedPlugin, 'fetch' | 'keep' | 'readSetting'>;

function hostOf(contributes: Contributes): Host {
  const settings = new Map(((contributes['settings'] ?? []) as { key: string; default: unknown }[]).map((one) => [one.key, one.default]));
  return {
    fetch: () => Promise.reject(new Error(NO_NETWORK)),
    readSetting: async (key) => settings.get(String(key)),
    keep: NOTHING_KEPT,
  };
}

function openCaged({ manifest, hash, files }: PluginPackage, host: Host): PluginCode {
  const cage = createCage({ clock: () => A_MOMENT });
  const { name, version, main = '' } = manifest;
  // What it is told here is made up, and its author wants to know what went wrong.
  const code = { name, version, hash, main: main.replace(/^\.\//, ''), modules: listModules(files), withFacts: false };
  return {
    kinds: CAGED_KINDS,
    get: async (kind, run) => createCagedFunction({ cage, code, ...host }, kind, run),
    [Symbol.dispose]: () => cage.dispose(),
  };
}

function openShipped(home: string, { fetch, keep, readSetting }: Host): PluginCode {
  const plugin = readPluginFolder(home, []);
  const main = plugin && importMain(plugin);
  return {
    kinds: Object.keys(TRIALS),
    async get(kind, name) {
      const found = main && findFunction(await main, [kind, name], () => ({ fetch, storage: createStorage(keep), setting: readSetting }));
      if (!found) throw new Error(`there is no function "${name}" among its ${kind}.`);
      return found;
    },
    [Symbol.dispose]: () => {},
  };
}

function isMissingNetwork(error: unknown): boolean {
  const said = error instanceof Error && error.message.includes(NO_NETWORK);
  return said && (!(error instanceof PluginFailure) || error.outcome === 'failed');
}

function sayThrown(where: string, error: unknown): Issue {
  const code = error instanceof PluginFailure ? error.outcome : 'function_misbehaves';
  return { code, severity: 'error', message: `${where}: ${error instanceof Error ? error.message : String(error)}` };
}

interface JudgedPlugin extends Pick<CodeCheck, 'against'> {
  code: PluginCode;
  manifest: PluginPackage['manifest'];
  contributes: Contributes;
}

async function checkJudged({ id, judged }: FactDefinition, { code, manifest, contributes, against }: JudgedPlugin): Promise<Issue[]> {
  const where = `facts "${id}"`;
  const own = <T>(point: string): T[] => (contributes[point] ?? []) as T[];
  try {
    const faults = await tryJudged(id, judged!, {
      judge: await code.get('judgements', judged!.run),
      reads: new Set(Object.keys(manifest.waypost.permissions?.reads ?? {})),
      facts: [...against.facts, ...own<FactDefinition>('facts')],
      tables: [...against.tables, ...own<RuleTable>('ruleTables')],
      on: against.on,
    });
    return faults.map((said) => ({ code: 'function_misbehaves', severity: 'error', message: `${where}: ${said}` }));
  } catch (error) {
    return [sayThrown(where, error)];
  }
}

/** There is one for each step, and each takes what is empty, twice the same. */
async function checkMigrations(code: PluginCode, { version, migrations }: KeptData = { version: 1, migrations: {} }): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (let step = 2; step <= version; step++) {
    const run = migrations[step];
    const where = `waypost.data, step to version ${step}`;
    if (run === undefined) {
      const message = `${where}: what version ${step - 1} has kept cannot be taken over. Name a function for it under "migrations".`;
      issues.push({ code: 'migration_missing', severity: 'error', message });
      continue;
    }
    try {
      const migrate = await code.get('migrations', run);
      const [first, second] = [parseKept(await migrate({})), parseKept(await migrate({}))].map((data) => JSON.stringify(data));
      if (first !== second) throw new Error('it gives something else the second time.');
    } catch (error) {
      issues.push(sayThrown(where, error));
    }
  }
  return issues;
}
