// SQLite in a thread of its own, for one import: while the engine writes a batch, the import reads and maps the next.
// One connection; statements run in the order in which they were given, without waiting for one another's answers.

import { Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDialect, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { Problem, type ProblemCode } from '#shared/platform/problems.ts';
import { findKey, sayKeyPlaces } from './keys.ts';
import type { OpenDatabase } from './open.ts';
import { OperatorProblem } from './operator-problem.ts';
import type { Database } from './schema.ts';
import { SQLITE_FILE } from './sqlite.ts';

/** What the thread is asked, and what it answers: in the same order. */
export interface SqliteThreadData {
  file: string;
  key: Uint8Array;
  /** How far the thread gives way to others, beyond its parent. */
  nice: number | undefined;
}
export interface SqliteThreadQuery {
  /** Number of the statement, and its text when it is given for the first time. */
  statement: number;
  sql?: string;
  parameters: readonly unknown[];
}
/** Rows without their keys, which take longer to hand over than the values. */
export interface SqliteThreadTable {
  columns: string[];
  /** Those of all rows, one row after the other. */
  values: unknown[];
}
export type SqliteThreadAnswer =
  | { table: SqliteThreadTable; changes: number }
  | { problem: { code: ProblemCode; message: string } }
  | { error: { message: string; code: string | undefined; stack: string | undefined } };

/** One connection in a thread of its own. */
export interface SqliteThread extends Pick<OpenDatabase, 'db' | 'close'> {
  /** Runs a statement in the transaction that is under way in `db`, without waiting for those before it to be answered. */
  execute(query: CompiledQuery): Promise<unknown>;
}

/** @param key of the data folder's file, where it has been found already */
export function openSqliteThread(dataFolder: string, key = findKey(dataFolder), nice?: number): SqliteThread {
  if (!key) throw new OperatorProblem(`The key of the database in ${dataFolder} is missing. ${sayKeyPlaces(dataFolder)}`);
  const data: SqliteThreadData = { file: join(dataFolder, SQLITE_FILE), key, nice };
  const connection = new ThreadConnection(data);
  const db = new Kysely<Database>({ dialect: new ThreadDialect(connection) });
  return {
    db,
    execute: (query) => connection.executeQuery(query),
    async close() {
      await db.destroy();
      await connection.close();
    },
  };
}

class ThreadDialect extends SqliteDialect {
  #connection: ThreadConnection;

  constructor(connection: ThreadConnection) {
    super({ database: async () => Promise.reject(new Error('The thread opens its connection itself.')) });
    this.#connection = connection;
  }

  override createDriver(): Driver {
    return new ThreadDriver(this.#connection);
  }

  override createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }
}

class ThreadDriver implements Driver {
  #connection: ThreadConnection;
  #last: Promise<void> = Promise.resolve();
  #release = (): void => {};

  constructor(connection: ThreadConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  /** One user after the other: a transaction keeps the connection until it ends. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    let release = (): void => {};
    this.#last = new Promise((resolve) => (release = resolve));
    await before;
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {}
}

interface Waiting {
  resolve: (result: QueryResult<never>) => void;
  reject: (error: unknown) => void;
}

function settle({ resolve, reject }: Waiting, answer: SqliteThreadAnswer): void {
  if ('table' in answer) resolve({ rows: toRows(answer.table) as never[], numAffectedRows: BigInt(answer.changes) });
  else if ('problem' in answer) reject(new Problem(answer.problem.code, answer.problem.message));
  else reject(Object.assign(new Error(answer.error.message), { code: answer.error.code, stack: answer.error.stack }));
}

function toRows({ columns, values }: SqliteThreadTable): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (let at = 0; at < values.length; at += columns.length) {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i++) row[columns[i] as string] = values[at + i];
    rows.push(row);
  }
  return rows;
}

/** Statements of a message: enough to be worth it, and few enough that the thread does not wait for them. */
const AT_ONCE = 8;

class ThreadConnection implements DatabaseConnection {
  #worker: Worker;
  #waiting: Waiting[] = [];
  /** Statements that are sent in one message: to wake the thread takes as long as a statement. */
  #outgoing: SqliteThreadQuery[] = [];
  #statements = new Map<string, number>();
  #failed: Error | null = null;

  constructor(data: SqliteThreadData) {
    this.#worker = new Worker(new URL('./sqlite-thread-worker.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (answers: SqliteThreadAnswer[]) => {
      for (const answer of answers) settle(this.#waiting.shift() as Waiting, answer);
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('The thread that writes to the database has ended.')));
  }

  #fail(error: unknown): void {
    this.#failed ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failed);
  }

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#failed) return Promise.reject(this.#failed);
    let statement = this.#statements.get(sql);
    const query: SqliteThreadQuery = { statement: statement ?? this.#statements.size, parameters };
    if (statement === undefined) {
      this.#statements.set(sql, (statement = query.statement));
      query.sql = sql;
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (this.#outgoing.push(query) === 1) setImmediate(() => this.#send());
      if (this.#outgoing.length === AT_ONCE) this.#send();
    });
  }

  #send(): void {
    if (this.#outgoing.length === 0) return;
    this.#worker.postMessage(this.#outgoing);
    this.#outgoing = [];
  }

  // An import reads nothing that does not fit into memory.
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('The thread gives whole results only.');
  }

  async close(): Promise<void> {
    // Who has ended already would never say so.
    if (this.#failed) return;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.postMessage(null);
    await ended;
  }
}
