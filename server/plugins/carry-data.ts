// What becomes of a plugin's stored data when its version changes: the new version's own migrations bring it along, in the cage
// and on a copy; what they give takes the place of the old in one transaction that also keeps the old, for the way back. Where
// anything of that fails, the old version and its data stay as they were.

import type { Kysely, Transaction } from 'kysely';
import type { PluginData } from '#shared/plugin-api/functions.ts';
import type { PluginManifest } from '#shared/plugin-api/manifest.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '../db/schema.ts';
import type { Cage } from './cage/cage.ts';
import { createCagedFunction } from './caged-functions.ts';
import { listModules, type PluginPackage } from './package-file.ts';
import { countCharacters, parseKept, readKept, refuseStorage, type KeptState } from './storage.ts';

export interface CarryOver {
  db: Kysely<Database>;
  cage: Cage;
  clock: () => number;
  /** What was installed until now. */
  before: { version: string; hash: string };
  /** What takes its place. */
  content: PluginPackage;
  /** True where this is the way back: what was kept with that version comes back as it was. */
  back: boolean;
  /** It is being written: what is kept for the way back stays as it is. */
  rewritten?: boolean;
}

/** Writes that come in between make it begin anew; a plugin that never pauses is told to be switched off. */
const ATTEMPTS = 4;

/**
 * Carries the data over; `hold` is done within the transaction at its end, and where it throws nothing has changed.
 * Throws a Problem that says what stays.
 */
export async function carryData(carry: CarryOver, hold: () => void): Promise<void> {
  const { db, content } = carry;
  const { name, version } = content.manifest;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const state = await readKept(db, name);
    if (!state) return hold();
    const next = await prepare(carry, state);
    if (await db.transaction().execute((trx) => replace(trx, carry, { state, next, hold }))) return;
  }
  throw new Problem(
    'conflict',
    `"${name}" ${carry.before.version} goes on writing while its data is carried over to ${version}. Switch it off first. It stays as it was.`,
  );
}

interface Next {
  version: number;
  data: PluginData;
}

async function prepare(carry: CarryOver, state: KeptState): Promise<Next> {
  const { db, before, content } = carry;
  const { name, version, waypost } = content.manifest;
  const wanted = waypost.data?.version;
  const stays = `Version ${before.version} and what it keeps stay as they were.`;
  if (carry.back) {
    const kept = await db
      .selectFrom('plugin_kept')
      .selectAll()
      .where('plugin', '=', name)
      .where('hash', '=', content.hash)
      .executeTakeFirst();
    if (kept) return { version: kept.version, data: JSON.parse(kept.data) as PluginData };
    // Nothing was kept when that version was replaced.
    return { version: wanted ?? state.version, data: {} };
  }
  if (wanted === undefined) return { version: state.version, data: state.data };
  if (wanted < state.version) {
    throw new Problem(
      'conflict',
      `What "${name}" keeps is of version ${state.version}, and version ${version} of the plugin knows it up to ${wanted}. The version before an update comes back with "waypost plugin back ${name}". ${stays}`,
    );
  }
  let { data } = state;
  for (let step = state.version + 1; step <= wanted; step++) {
    try {
      data = parseKept(await migrate(carry, content.manifest, { step, data }));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Problem(
        'unprocessable',
        `Version ${version} of "${name}" cannot take over what is kept (step to ${step}): ${why}\n${stays}`,
      );
    }
  }
  return { version: wanted, data };
}

async function migrate(
  { cage, content }: CarryOver,
  { waypost, ...manifest }: PluginManifest,
  { step, data }: { step: number; data: PluginData },
) {
  const run = waypost.data?.migrations[step];
  if (run === undefined) throw new Error(`its manifest names no migration to version ${step}`);
  const { name, version, main = '' } = manifest;
  const code = { name, version, hash: content.hash, main: main.replace(/^\.\//, ''), modules: listModules(content.files) };
  const refused = 'There is nothing to ask for while data is migrated.';
  const refuse = () => Promise.reject(new Error(refused));
  const plugin = { cage, code, fetch: refuse, keep: refuseStorage(refused), readSetting: refuse };
  return createCagedFunction(plugin, 'migrations', run)(data);
}

/** False where something was written since the state was read. */
async function replace(
  trx: Transaction<Database>,
  { clock, before, content, rewritten }: CarryOver,
  { state, next, hold }: { state: KeptState; next: Next; hold: () => void },
): Promise<boolean> {
  const plugin = content.manifest.name;
  const { numUpdatedRows } = await trx
    .updateTable('plugin_store')
    .set({ version: next.version, revision: state.revision + 1, characters: countCharacters(next.data) })
    .where('plugin', '=', plugin)
    .where('revision', '=', state.revision)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  const kept = { hash: before.hash, version: state.version, data: JSON.stringify(state.data), at: new Date(clock()).toISOString() };
  if (!rewritten) {
    await trx.deleteFrom('plugin_kept').where('plugin', '=', plugin).execute();
    await trx
      .insertInto('plugin_kept')
      .values({ plugin, ...kept })
      .execute();
  }
  await trx.deleteFrom('plugin_value').where('plugin', '=', plugin).execute();
  const rows = Object.entries(next.data).map(([key, value]) => ({ plugin, key, value: JSON.stringify(value) }));
  for (let at = 0; at < rows.length; at += 200)
    await trx
      .insertInto('plugin_value')
      .values(rows.slice(at, at + 200))
      .execute();
  hold();
  return true;
}

/** A plugin that is removed takes what it kept along. */
export async function forgetData(trx: Transaction<Database>, plugin: string): Promise<void> {
  for (const table of ['plugin_value', 'plugin_store', 'plugin_kept'] as const)
    await trx.deleteFrom(table).where('plugin', '=', plugin).execute();
}
