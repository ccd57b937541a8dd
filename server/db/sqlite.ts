// SQLite: one encrypted file in WAL mode, one connection for each process or worker.

import { mkdirSync, openSync, closeSync, readSync, chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite, { type Database as SqliteDatabase } from 'better-sqlite3-multiple-ciphers';
import { Kysely } from 'kysely';
import { toDisposable } from '#shared/platform/disposable.ts';
import { createKey, findKey, formatRecoveryKey, sayKeyPlaces } from './keys.ts';
import type { OpenDatabase, OpenedDatabase } from './open.ts';
import { OperatorProblem } from './operator-problem.ts';
import type { Database } from './schema.ts';
import { PooledSqliteDialect } from './sqlite-driver.ts';

export const SQLITE_FILE = 'waypost.db';

/** While one process makes the file or recovers it, others wait to open it. */
const OPEN_TIMEOUT_MS = 10_000;
/** Fewer and fuller pages than the engine's 4096 bytes: each is encrypted on its own. */
const PAGE_BYTES = 8192;
/** For each connection. */
const CACHE_KIB = 16 * 1024;

/** Opens, or makes, the database of a data folder with the key that belongs to it. */
export function openSqliteFolder(dataFolder: string, known?: Uint8Array): OpenedDatabase {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, SQLITE_FILE);
  const state = inspectFile(file);
  if (state === 'plain') {
    throw new OperatorProblem(
      `${file} is an SQLite database that is not encrypted, so Waypost did not make it. Move it away, or name another folder with --data.`,
    );
  }
  const found = known ?? findKey(dataFolder);
  if (!found && state === 'encrypted')
    throw new OperatorProblem(`The key of the database in ${dataFolder} is missing. ${sayKeyPlaces(dataFolder)}`);
  const key = found ?? createKey(dataFolder);
  const opened = openSqlite(file, key);
  return Object.assign(opened, { created: found ? null : { recoveryKey: formatRecoveryKey(key) } });
}

/** Opens the encrypted file with its key (32 bytes). `forgetful`: what is deleted is overwritten, see `openConnection`. */
export function openSqlite(file: string, key: Uint8Array, options: ConnectionOptions = {}): OpenDatabase {
  // Made first, for this user alone: the engine gives the WAL and its index the same permissions.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const open = () => openConnection(file, key, options);
  // Opened now, so that a wrong key is told at once. It never writes, so `data_version` tells of every commit.
  const watcher = open();
  const version = watcher.prepare<[], number>('pragma data_version').pluck();
  const db = new Kysely<Database>({ dialect: new PooledSqliteDialect(open) });
  return {
    db,
    engine: 'sqlite',
    location: { dataFolder: dirname(file), key },
    version: () => String(version.get()),
    listen: async () => toDisposable(() => {}),
    async close() {
      await db.destroy();
      watcher.close();
    },
  };
}

export interface ConnectionOptions {
  /** Overwrites with zeros what is deleted, in the file's free pages too. */
  forgetful?: boolean;
}

/** One connection to the encrypted file, set up as every one is. */
export function openConnection(file: string, key: Uint8Array, { forgetful = false }: ConnectionOptions = {}): SqliteDatabase {
  const raw = new Sqlite(file, { timeout: OPEN_TIMEOUT_MS });
  try {
    unlock(raw, key, file);
    raw.pragma('journal_mode = wal');
    raw.pragma('synchronous = normal');
    raw.pragma('foreign_keys = on');
    // Sorting and intermediate results would otherwise go to files that nobody encrypts.
    raw.pragma('temp_store = memory');
    raw.pragma(`cache_size = -${CACHE_KIB}`);
    if (forgetful) raw.pragma('secure_delete = on');
    // From here on the driver waits for locks, without holding up the thread.
    raw.pragma('busy_timeout = 0');
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

function unlock(raw: SqliteDatabase, key: Uint8Array, file: string): void {
  // AEGIS-256 runs on the processor's AES instructions, several times as fast as ChaCha20 does without any, and like it
  // notices when a page was tampered with. The key is random already: "raw:" spares the slow derivation that passwords need.
  raw.pragma("cipher = 'aegis'");
  raw.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
  raw.pragma(`page_size = ${PAGE_BYTES}`);
  try {
    raw.prepare('select count(*) from sqlite_schema').get();
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_NOTADB') throw error;
    throw new OperatorProblem(
      `${file} does not open with this key: it belongs to another database, or the file is damaged. ` +
        `Give the right key with WAYPOST_KEY_FILE, or put it back with "waypost key restore" and the recovery key.`,
    );
  }
}

function inspectFile(file: string): 'absent' | 'plain' | 'encrypted' {
  const head = Buffer.alloc(16);
  let length: number;
  try {
    const handle = openSync(file, 'r');
    length = readSync(handle, head, 0, 16, 0);
    closeSync(handle);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return 'absent';
    throw error;
  }
  if (length === 0) return 'absent';
  return head.toString('latin1').startsWith('SQLite format 3') ? 'plain' : 'encrypted';
}
