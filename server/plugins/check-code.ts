// Tries the functions of a plugin in a cage of its own: whether they are there, whether they bear what files and people bring,
// give the same twice, and keep within their time.

import type { ImporterFunction, ReadBatch } from '#shared/plugin-api/functions.ts';
import type { KeptData } from '#shared/plugin-api/manifest.ts';
import { ViewNodes } from '#shared/plugin-api/view-nodes.ts';
import type { Issue } from '#shared/platform/result.ts';
import { createCage } from './cage/cage.ts';
import { PluginFailure } from './cage/failure.ts';
import { CAGED_KINDS, createCagedFunction, type CagedPlugin } from './caged-functions.ts';
import { listModules, type PluginPackage } from './package-file.ts';
import { parseKept, type PluginKeeper } from './storage.ts';

type Contributes = Record<string, readonly unknown[]>;
/** A moment that is the same whenever a plugin is checked. */
const A_MOMENT = Date.UTC(2026, 0, 15, 12);

/** Storage in which there is nothing, whatever is put there. */
const NOTHING_KEPT: PluginKeeper = async (request) => ((request as { act?: unknown } | null)?.act === 'keys' ? [] : null);

export async function checkCode(content: PluginPackage, contributes: Contributes): Promise<Issue[]> {
  const asked = Object.entries(contributes).flatMap(([kind, values]) =>
    (values as { id?: string; run?: string }[]).flatMap(({ id = '', run }) => (run === undefined ? [] : [{ kind, id, run }])),
  );
  const { manifest, hash, files } = content;
  if (asked.length === 0 && !manifest.waypost.data) return [];
  const settings = new Map(((contributes['settings'] ?? []) as { key: string; default: unknown }[]).map((one) => [one.key, one.default]));
  const cage = createCage({ clock: () => A_MOMENT });
  const code = {
    name: manifest.name,
    version: manifest.version,
    hash,
    main: (manifest.main ?? '').replace(/^\.\//, ''),
    modules: listModules(files),
  };
  const plugin: CagedPlugin = {
    cage,
    code,
    fetch: () => Promise.reject(new Error('There is no network while a plugin is checked.')),
    readSetting: async (key) => settings.get(String(key)),
    keep: NOTHING_KEPT,
  };
  const issues: Issue[] = [];
  try {
    for (const { kind, id, run } of asked) {
      const where = `${kind} "${id}"`;
      try {
        const said = await tryFunction(plugin, kind, run);
        if (said !== undefined) issues.push({ code: 'function_misbehaves', severity: 'error', message: `${where}: ${said}` });
      } catch (error) {
        const message = `${where}: ${error instanceof Error ? error.message : String(error)}`;
        const expected = error instanceof PluginFailure && error.outcome === 'failed' && message.includes('no network');
        if (!expected)
          issues.push({ code: error instanceof PluginFailure ? error.outcome : 'function_misbehaves', severity: 'error', message });
      }
    }
    issues.push(...(await checkMigrations(plugin, manifest.waypost.data)));
  } finally {
    cage.dispose();
  }
  return issues;
}

/** What is wrong with it in words, or nothing; what it throws is said by whoever asked. */
async function tryFunction(plugin: CagedPlugin, kind: string, run: string): Promise<string | undefined> {
  if (!(CAGED_KINDS as readonly string[]).includes(kind)) return `installed plugins bring code for ${CAGED_KINDS.join(', ')} alone.`;
  if (kind === 'importers') return tryImporter(createCagedFunction(plugin, 'importers', run));
  if (kind === 'geocoders') {
    for (const text of ['', 'Main Street 1', '\u0000\ud83d', 'x'.repeat(500)])
      await createCagedFunction(plugin, 'geocoders', run)({ text, language: 'en', limit: 5 });
    return undefined;
  }
  if (kind === 'frames') {
    for (const message of [null, 'x'.repeat(10_000), { deep: [[[]]] }]) await createCagedFunction(plugin, 'frames', run)(message);
    return undefined;
  }
  if (kind === 'ways') {
    const [from, to] = [
      { lon: 0, lat: 0 },
      { lon: 0.01, lat: 0 },
    ];
    await createCagedFunction(plugin, 'ways', run)({ from, to: [to], mode: 'walk' });
    return undefined;
  }
  if (kind !== 'views') return undefined;
  const show = createCagedFunction(plugin, 'views', run);
  const nodes = ViewNodes.safeParse(await show({ language: 'en' }));
  if (!nodes.success) return `what it gives cannot be drawn: ${nodes.error.issues[0]?.path.join('.')}: ${nodes.error.issues[0]?.message}`;
  return undefined;
}

/** There is one for each step, and each takes what is empty, twice the same. */
async function checkMigrations(plugin: CagedPlugin, { version, migrations }: KeptData = { version: 1, migrations: {} }): Promise<Issue[]> {
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
      const migrate = createCagedFunction(plugin, 'migrations', run);
      const [first, second] = [parseKept(await migrate({})), parseKept(await migrate({}))].map((data) => JSON.stringify(data));
      if (first !== second) throw new Error('it gives something else the second time.');
    } catch (error) {
      const message = `${where}: ${error instanceof Error ? error.message : String(error)}`;
      issues.push({ code: error instanceof PluginFailure ? error.outcome : 'function_misbehaves', severity: 'error', message });
    }
  }
  return issues;
}

/** What arrives as a file when people choose the wrong one. */
const FILES: Record<string, Uint8Array> = {
  'an empty file': new Uint8Array(),
  'a file of blanks': Buffer.from(' \r\n'.repeat(2000)),
  'a file that is no text': Uint8Array.from({ length: 4096 }, (_, i) => (i * 131 + (i >> 3)) % 256),
  'text that is not UTF-8': Buffer.from('caf\xe9;ni\xf1o\n'.repeat(50), 'latin1'),
  'a very long line': Buffer.from('x'.repeat(300_000)),
};

async function tryImporter(read: ImporterFunction): Promise<string | undefined> {
  for (const [what, bytes] of Object.entries(FILES)) {
    const [first, second] = [await readAll(read, bytes, 65_536, what), await readAll(read, bytes, 65_536, what)];
    if (first !== second) return `it reads ${what} differently the second time.`;
    if (first !== (await readAll(read, bytes, 1000, what))) return `it reads ${what} differently where it comes in smaller pieces.`;
  }
  return undefined;
}

async function readAll(read: ImporterFunction, bytes: Uint8Array, size: number, what: string): Promise<string> {
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const rows: ReadBatch['rows'] = [];
  const issues: unknown[] = [];
  try {
    for await (const batch of read({ path: 'sample', bytes: pieces() })) {
      rows.push(...batch.rows);
      issues.push(...batch.issues);
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw error instanceof PluginFailure
      ? new PluginFailure(error.plugin, error.outcome, `${words.replace(/^The plugin "[^"]*" /, '')} It was given ${what}.`)
      : error;
  }
  return JSON.stringify([rows, issues]);
}
