// What plugins keep for themselves: JSON under keys, each plugin in a place of its own that no name leads out of. A plugin writes
// in the layout of its own version alone, so that one that is being replaced cannot spoil what the next one reads.

import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { JsonValue, PluginData, PluginStorage } from '#shared/plugin-api/functions.ts';
import type { Database } from '../db/schema.ts';

export const STORAGE_LIMITS = { valueLength: 64_000, keys: 1000, characters: 500_000 };

const Key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/, 'letters, digits and "._:/-", at most 200');
const Request = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('get'), key: Key }),
  z.strictObject({ act: z.literal('set'), key: Key, value: z.json() }),
  z.strictObject({ act: z.literal('delete'), key: Key }),
  z.strictObject({ act: z.literal('keys'), prefix: z.string().max(200).optional() }),
]);
type Request = z.infer<typeof Request>;

/** Whose storage it is, and in which layout it writes. */
export interface StorageOwner {
  plugin: string;
  version: number;
}

/** Answers what a plugin asks of its storage; rejects with an Error in words. */
export type PluginKeeper = (request: unknown) => Promise<unknown>;

/** As a plugin of this process sees it. */
export function createStorage(keep: PluginKeeper): PluginStorage {
  return {
    get: async (key) => (await keep({ act: 'get', key })) as JsonValue,
    set: async (key, value) => void (await keep({ act: 'set', key, value })),
    delete: async (key) => void (await keep({ act: 'delete', key })),
    keys: async (prefix) => (await keep({ act: 'keys', ...(prefix !== undefined && { prefix }) })) as string[],
  };
}

/** The storage of a plugin that may not have one. */
export function refuseStorage(why: string): PluginKeeper {
  return () => Promise.reject(new Error(why));
}

export function createKeeper(db: Kysely<Database>, owner: StorageOwner): PluginKeeper {
  return async (asked) => {
    const read = Request.safeParse(asked);
    if (!read.success) throw new Error(`This cannot be kept: ${sayIssue(read.error)}`);
    return db.transaction().execute((trx) => answer(trx, owner, read.data));
  };
}

async function answer(trx: Transaction<Database>, owner: StorageOwner, request: Request): Promise<unknown> {
  const { plugin } = owner;
  if (request.act === 'get' || request.act === 'keys') {
    const version = await findVersion(trx, plugin);
    if (version === undefined) return request.act === 'get' ? null : [];
    assertVersion(owner, version);
    if (request.act === 'keys') {
      const rows = await trx.selectFrom('plugin_value').select('key').where('plugin', '=', plugin).execute();
      return rows
        .map(({ key }) => key)
        .filter((key) => key.startsWith(request.prefix ?? ''))
        .sort();
    }
    const row = await trx
      .selectFrom('plugin_value')
      .select('value')
      .where('plugin', '=', plugin)
      .where('key', '=', request.key)
      .executeTakeFirst();
    return row ? (JSON.parse(row.value) as unknown) : null;
  }
  const before = await lockStore(trx, owner);
  const { key } = request;
  const old = await trx.selectFrom('plugin_value').select('value').where('plugin', '=', plugin).where('key', '=', key).executeTakeFirst();
  const value = request.act === 'set' ? JSON.stringify(request.value) : null;
  if (value !== null && value.length > STORAGE_LIMITS.valueLength)
    throw new Error(`"${key}" would hold ${value.length} characters; ${STORAGE_LIMITS.valueLength} are allowed.`);
  const characters = before + (value === null ? 0 : key.length + value.length) - (old ? key.length + old.value.length : 0);
  if (characters > STORAGE_LIMITS.characters && value !== null)
    throw new Error(`The plugin would keep ${characters} characters; ${STORAGE_LIMITS.characters} are allowed.`);
  await trx.deleteFrom('plugin_value').where('plugin', '=', plugin).where('key', '=', key).execute();
  if (value !== null) {
    if (!old) await assertRoom(trx, plugin);
    await trx.insertInto('plugin_value').values({ plugin, key, value }).execute();
  }
  await trx.updateTable('plugin_store').set({ characters }).where('plugin', '=', plugin).execute();
  return null;
}

async function assertRoom(trx: Transaction<Database>, plugin: string): Promise<void> {
  const { count } = await trx
    .selectFrom('plugin_value')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('plugin', '=', plugin)
    .executeTakeFirstOrThrow();
  if (Number(count) >= STORAGE_LIMITS.keys) throw new Error(`The plugin would keep more than ${STORAGE_LIMITS.keys} keys.`);
}

/** Counts the revision up, which holds other writers of the same plugin back; gives how much is kept. */
async function lockStore(trx: Transaction<Database>, owner: StorageOwner): Promise<number> {
  const { plugin, version } = owner;
  await trx
    .insertInto('plugin_store')
    .values({ plugin, version, revision: 0, characters: 0 })
    .onConflict((oc) => oc.column('plugin').doNothing())
    .execute();
  const row = await trx
    .updateTable('plugin_store')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('plugin', '=', plugin)
    .returning(['version', 'characters'])
    .executeTakeFirstOrThrow();
  assertVersion(owner, row.version);
  return row.characters;
}

async function findVersion(trx: Transaction<Database>, plugin: string): Promise<number | undefined> {
  return (await trx.selectFrom('plugin_store').select('version').where('plugin', '=', plugin).executeTakeFirst())?.version;
}

function assertVersion({ version }: StorageOwner, stored: number): void {
  if (version !== stored)
    throw new Error(`What is kept is of version ${stored}, and this is a plugin of version ${version}: it is being replaced.`);
}

/** All that a plugin keeps at one moment. */
export interface KeptState {
  version: number;
  revision: number;
  data: PluginData;
}

export async function readKept(db: Kysely<Database>, plugin: string): Promise<KeptState | undefined> {
  return db.transaction().execute(async (trx) => {
    const store = await trx.selectFrom('plugin_store').selectAll().where('plugin', '=', plugin).executeTakeFirst();
    if (!store) return undefined;
    const rows = await trx.selectFrom('plugin_value').select(['key', 'value']).where('plugin', '=', plugin).orderBy('key').execute();
    const data = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as PluginData[string]]));
    return { version: store.version, revision: store.revision, data };
  });
}

/** How much each plugin keeps, for whoever looks after them. */
export async function readKeptSizes(db: Kysely<Database>): Promise<Map<string, { keys: number; characters: number }>> {
  const rows = await db
    .selectFrom('plugin_store')
    .leftJoin('plugin_value', 'plugin_value.plugin', 'plugin_store.plugin')
    .select((eb) => ['plugin_store.plugin', 'plugin_store.characters', eb.fn.count('plugin_value.key').as('keys')])
    .groupBy(['plugin_store.plugin', 'plugin_store.characters'])
    .execute();
  return new Map(rows.map(({ plugin, keys, characters }) => [plugin, { keys: Number(keys), characters }]));
}

/** Throws an Error in words where it is more than a plugin may keep, or no data. */
export function parseKept(value: unknown): PluginData {
  const read = z.record(Key, z.json()).safeParse(value);
  if (!read.success) throw new Error(`it gave something that cannot be kept: ${sayIssue(read.error)}`);
  const entries = Object.entries(read.data);
  if (entries.length > STORAGE_LIMITS.keys) throw new Error(`it gave ${entries.length} keys; ${STORAGE_LIMITS.keys} are allowed`);
  const long = entries.find(([, one]) => JSON.stringify(one).length > STORAGE_LIMITS.valueLength);
  if (long) throw new Error(`it gave more than ${STORAGE_LIMITS.valueLength} characters under "${long[0]}"`);
  const characters = countCharacters(read.data);
  if (characters > STORAGE_LIMITS.characters) throw new Error(`it gave ${characters} characters; ${STORAGE_LIMITS.characters} are allowed`);
  return read.data;
}

export function countCharacters(data: PluginData): number {
  return Object.entries(data).reduce((sum, [key, value]) => sum + key.length + JSON.stringify(value).length, 0);
}

function sayIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') || 'it'}: ${issue?.message}`;
}
