// Several connections to one SQLite file, for Kysely. Readers never wait, neither for a transaction of this process nor
// for another process that writes for long; who wants to write waits its turn without holding up the thread.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Database as SqliteDatabase, Statement } from 'better-sqlite3-multiple-ciphers';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { Problem } from '#shared/platform/problems.ts';

const CONNECTIONS = 4;
/** Statements kept prepared by a connection. The product's own number some hundreds; lists of values of many lengths would number without end. */
const STATEMENTS_KEPT = 300;
const WRITE_WAIT_MS = 60_000;
const RETRY_MS = { first: 1, longest: 50 };

/** Opens one more connection. It must not wait for locks itself (timeout 0). */
export type OpenConnection = () => SqliteDatabase;

export class PooledSqliteDialect extends SqliteDialect {
  #open: OpenConnection;

  constructor(open: OpenConnection) {
    super({ database: async () => Promise.reject(new Error('The pool opens its connections itself.')) });
    this.#open = open;
  }

  override createDriver(): Driver {
    return new PooledSqliteDriver(this.#open);
  }

  override createAdapter(): SqliteAdapter {
    return new PooledSqliteAdapter();
  }
}

class PooledSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class PooledSqliteDriver implements Driver {
  #open: OpenConnection;
  #all: PooledConnection[] = [];
  #free: PooledConnection[] = [];
  #waiting: ((connection: PooledConnection) => void)[] = [];

  constructor(open: OpenConnection) {
    this.#open = open;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PooledConnection> {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#all.length === CONNECTIONS) return new Promise((resolve) => this.#waiting.push(resolve));
    const connection = new PooledConnection(this.#open());
    this.#all.push(connection);
    return connection;
  }

  async releaseConnection(connection: PooledConnection): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#free.push(connection);
  }

  /**
   * Takes the write lock at once: a transaction that begins by reading could otherwise not write any more when another
   * has written meanwhile, and no waiting would help it. Read-only transactions take no lock.
   */
  async beginTransaction(connection: PooledConnection, { accessMode }: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'));
  }

  async commitTransaction(connection: PooledConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: PooledConnection): Promise<void> {
    // A full disk, for one, has ended the transaction already.
    if (connection.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    for (const connection of this.#all) connection.close();
  }
}

/** One connection with its prepared statements, which waits for locks without holding up the thread. */
export class PooledConnection implements DatabaseConnection {
  #raw: SqliteDatabase;
  #kept = new Map<string, Statement<unknown[]>>();

  constructor(raw: SqliteDatabase) {
    this.#raw = raw;
  }

  get inTransaction(): boolean {
    return this.#raw.inTransaction;
  }

  close(): void {
    this.#raw.close();
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = Date.now() + WRITE_WAIT_MS;
    for (let wait = RETRY_MS.first; ; wait = Math.min(wait * 2, RETRY_MS.longest)) {
      try {
        return this.#run<R>(sql, parameters);
      } catch (error) {
        // Refused for the lock, a statement has done nothing and can be run again.
        if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
        if (Date.now() > deadline)
          throw new Problem('conflict', 'Something else has been writing to the database for a minute. Try again.');
        await sleep(wait);
      }
    }
  }

  #run<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters) as R[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    let rows: R[] = [];
    for (const row of this.#raw.prepare(sql).iterate(...parameters)) {
      rows.push(row as R);
      if (rows.length < chunkSize) continue;
      yield { rows };
      rows = [];
    }
    if (rows.length > 0) yield { rows };
  }

  /** Kysely prepares anew for each query; here statements stay prepared, the longest unused dropped first. */
  #prepare(sql: string): Statement<unknown[]> {
    const known = this.#kept.get(sql);
    if (known) this.#kept.delete(sql);
    const statement = known ?? this.#raw.prepare<unknown[]>(sql);
    this.#kept.set(sql, statement);
    if (this.#kept.size > STATEMENTS_KEPT) this.#kept.delete(this.#kept.keys().next().value as string);
    return statement;
  }
}
