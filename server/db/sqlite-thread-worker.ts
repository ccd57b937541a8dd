// The thread that sqlite-thread.ts speaks with: runs each statement as it comes, and answers in order.

import { parentPort, workerData } from 'node:worker_threads';
import { CompiledQuery } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import { giveWay } from '../give-way.ts';
import { openConnection } from './sqlite.ts';
import { PooledConnection } from './sqlite-driver.ts';
import type { SqliteThreadAnswer, SqliteThreadData, SqliteThreadQuery, SqliteThreadTable } from './sqlite-thread.ts';

const { file, key, nice } = workerData as SqliteThreadData;
if (nice !== undefined) giveWay(nice);
const raw = openConnection(file, key);
const connection = new PooledConnection(raw);
/** Pages kept in memory while an import writes: less would be written, and encrypted, again and again. */
const CACHE_KIB = 64 * 1024;
raw.pragma(`cache_size = ${-CACHE_KIB}`);
// What was committed is brought into the file at the end, when everyone has been told of it and nobody waits.
raw.pragma('wal_autocheckpoint = 0');
const statements: string[] = [];

/** One after the other, also where one waits for another process to finish its writing. */
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (queries: SqliteThreadQuery[] | null) => {
  last = last.then(() => (queries ? runAll(queries) : end()));
});

async function runAll(queries: readonly SqliteThreadQuery[]): Promise<void> {
  const answers: SqliteThreadAnswer[] = [];
  for (const query of queries) answers.push(await run(query));
  parentPort?.postMessage(answers);
}

async function run(query: SqliteThreadQuery): Promise<SqliteThreadAnswer> {
  try {
    if (query.sql !== undefined) statements[query.statement] = query.sql;
    const sql = statements[query.statement] as string;
    // A full disk, for one, has ended the transaction already.
    if (sql === 'rollback' && !connection.inTransaction) return { table: toTable([]), changes: 0 };
    const { rows, numAffectedRows } = await connection.executeQuery(CompiledQuery.raw(sql, [...query.parameters]));
    return { table: toTable(rows as Record<string, unknown>[]), changes: Number(numAffectedRows ?? 0) };
  } catch (error) {
    if (error instanceof Problem) return { problem: { code: error.code, message: error.message } };
    const { message, stack, code } = error as Error & { code?: string };
    return { error: { message, stack, code } };
  }
}

function toTable(rows: readonly Record<string, unknown>[]): SqliteThreadTable {
  const columns = Object.keys(rows[0] ?? {});
  const values: unknown[] = [];
  for (const row of rows) for (const column of columns) values.push(row[column]);
  return { columns, values };
}

function end(): void {
  raw.pragma('wal_checkpoint(truncate)');
  connection.close();
  parentPort?.close();
}
