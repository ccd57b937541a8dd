// The thread that sqlite-thread.ts speaks with: runs each statement as it comes, and answers in order.

import { parentPort, workerData } from 'node:worker_threads';
import type { Statement } from 'better-sqlite3-multiple-ciphers';
import { CompiledQuery } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import { openConnection } from './sqlite.ts';
import { PooledConnection } from './sqlite-driver.ts';
import type { SqliteThreadAnswer, SqliteThreadData, SqliteThreadQuery, SqliteThreadRows } from './sqlite-thread.ts';

const { file, key } = workerData as SqliteThreadData;
const raw = openConnection(file, key);
const connection = new PooledConnection(raw);
const inserts = new Map<string, Statement<unknown[]>>();
const answer = (message: SqliteThreadAnswer): void => parentPort?.postMessage(message);

/** One after the other, also where one waits for another process to finish its writing. */
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (query: SqliteThreadQuery | null) => {
  last = last.then(() => (query ? run(query) : end()));
});

async function run(query: SqliteThreadQuery): Promise<void> {
  try {
    if ('insert' in query) return insert(query.insert);
    const { sql, parameters } = query;
    // A full disk, for one, has ended the transaction already.
    if (sql === 'rollback' && !connection.inTransaction) return answer({ rows: [], changes: 0 });
    const { rows, numAffectedRows } = await connection.executeQuery(CompiledQuery.raw(sql, [...parameters]));
    answer({ rows, changes: Number(numAffectedRows ?? 0) });
  } catch (error) {
    if (error instanceof Problem) answer({ problem: { code: error.code, message: error.message } });
    else {
      const { message, stack, code } = error as Error & { code?: string };
      answer({ error: { message, stack, code } });
    }
  }
}

function insert({ table, columns, values }: SqliteThreadRows): void {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const key = `${table} ${names}`;
  let statement = inserts.get(key);
  if (!statement) {
    statement = raw.prepare(`insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`);
    inserts.set(key, statement);
  }
  for (let at = 0; at < values.length; at += columns.length) statement.run(values.slice(at, at + columns.length));
  answer({ rows: [], changes: values.length / columns.length });
}

function end(): void {
  connection.close();
  parentPort?.close();
}
