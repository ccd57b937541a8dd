// SQLite: one encrypted file in WAL mode, one connection for each process or worker.

import { mkdirSync, openSync, closeSync, readSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database as SqliteDatabase, type Statement } from 'better-sqlite3-multiple-ciphers';
import { CompiledQuery, Kysely, SqliteDialect, SqliteDriver, type DatabaseConnection, type Driver, type TransactionSettings } from 'kysely';
import { toDisposable } from '#shared/platform/disposable.ts';
import { createKey, findKey, formatRecoveryKey, sayKeyPlaces } from './keys.ts';
import type { OpenDatabase, OpenedDatabase } from './open.ts';
import { OperatorProblem } from './operator-problem.ts';
import type { Database } from './schema.ts';

export const SQLITE_FILE = 'waypost.db';

const BUSY_TIMEOUT_MS = 15_000;
const CACHE_KIB = 64 * 1024;
/** Statements kept prepared. The server's own number some hundreds; lists of values of many lengths would number without end. */
const STATEMENTS_KEPT = 300;

/** Opens, or makes, the database of a data folder with the key that belongs to it. */
export function openSqliteFolder(dataFolder: string): OpenedDatabase {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, SQLITE_FILE);
  const state = inspectFile(file);
  if (state === 'plain') {
    throw new OperatorProblem(
      `${file} is an SQLite database that is not encrypted, so Waypost did not make it. Move it away, or name another folder with --data.`,
    );
  }
  const found = findKey(dataFolder);
  if (!found && state === 'encrypted')
    throw new OperatorProblem(`The key of the database in ${dataFolder} is missing. ${sayKeyPlaces(dataFolder)}`);
  const key = found ?? createKey(dataFolder);
  const opened = openSqlite(file, key);
  return Object.assign(opened, { created: found ? null : { recoveryKey: formatRecoveryKey(key) } });
}

/** Opens the encrypted file with its key (32 bytes). */
export function openSqlite(file: string, key: Uint8Array): OpenDatabase {
  // Made first, for this user alone: the engine gives the WAL and its index the same permissions.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const raw = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    unlock(raw, key, file);
    raw.pragma('journal_mode = wal');
    raw.pragma('synchronous = normal');
    raw.pragma('foreign_keys = on');
    // Sorting and intermediate results would otherwise go to files that nobody encrypts.
    raw.pragma('temp_store = memory');
    raw.pragma(`cache_size = -${CACHE_KIB}`);
  } catch (error) {
    raw.close();
    throw error;
  }
  const db = new Kysely<Database>({ dialect: new ImmediateSqliteDialect({ database: keepStatements(raw) }) });
  const dataVersion = raw.prepare<[], number>('pragma data_version').pluck();
  const totalChanges = raw.prepare<[], number>('select total_changes()').pluck();
  return {
    db,
    engine: 'sqlite',
    // The first tells of other connections, the second of this one.
    version: () => `${dataVersion.get()}.${totalChanges.get()}`,
    listen: async () => toDisposable(() => {}),
    close: () => db.destroy(),
  };
}

function unlock(raw: SqliteDatabase, key: Uint8Array, file: string): void {
  // The key is random already: "raw:" spares the slow derivation that passwords need.
  raw.pragma("cipher = 'chacha20'");
  raw.pragma(`key = 'raw:${Buffer.from(key).toString('hex')}'`);
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

/** Kysely prepares anew for each query; this keeps the prepared statements, the longest unused dropped first. */
function keepStatements(raw: SqliteDatabase) {
  const kept = new Map<string, Statement>();
  return {
    close: () => raw.close(),
    prepare(sql: string): Statement {
      let statement = kept.get(sql);
      // A statement that is being iterated cannot be run a second time.
      if (statement?.busy) return raw.prepare(sql);
      if (statement) kept.delete(sql);
      else statement = raw.prepare(sql);
      kept.set(sql, statement);
      if (kept.size > STATEMENTS_KEPT) kept.delete(kept.keys().next().value as string);
      return statement;
    },
  };
}

/**
 * Takes the write lock when a transaction begins: one that begins by reading could otherwise not write any more once
 * another process has written, and no waiting helps it. Read-only transactions take no lock.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  #config: ConstructorParameters<typeof SqliteDialect>[0];

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}
