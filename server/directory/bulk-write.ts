// Writes many rows with few statements. Rows wait until there are enough of them for one statement of a fixed size, so
// that its text is prepared once; while it runs, the next rows are made.

import { CompiledQuery, PostgresAdapter, type Compilable, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** Rows of a statement, and of those for what is left over. SQLite takes 32,766 values, PostgreSQL 65,535. */
const ROWS = 64;
const SIZES = [ROWS, 16, 4, 1];
/** Statements that may be on their way at once. */
const UNDER_WAY = 48;

export type BulkValue = string | number | null;

/** Collects rows for tables; what was added is written for certain once `flush` has resolved. */
export interface BulkInserter {
  /** @param columns all that are not null */
  add(table: string, columns: readonly string[], value: (column: string) => BulkValue): void;
  /** Gives a statement on its way. It must not be about rows that are still collected. */
  run(query: Compilable): void;
  /** Waits while too much is on its way. */
  keepUp(): Promise<void>;
  flush(): Promise<void>;
}

interface Waiting {
  columns: string[];
  known: Set<string>;
  values: BulkValue[];
  rows: number;
}

export function createBulkInserter(db: Kysely<Database>): BulkInserter {
  const tables = new Map<string, Waiting>();
  const texts = new Map<string, string>();
  const underWay = new Set<Promise<unknown>>();
  let failure: { error: unknown } | null = null;

  function send(table: string, waiting: Waiting): void {
    const { columns, values } = waiting;
    let at = 0;
    for (const size of SIZES) {
      for (; waiting.rows >= size; waiting.rows -= size) {
        const end = at + size * columns.length;
        start(CompiledQuery.raw(textFor(table, columns, size), at === 0 && end === values.length ? values : values.slice(at, end)));
        at = end;
      }
    }
    waiting.values = [];
  }

  function textFor(table: string, columns: readonly string[], rows: number): string {
    const key = `${rows} ${table} ${columns.join(' ')}`;
    let text = texts.get(key);
    if (!text) texts.set(key, (text = insertText(isPostgres(db), { table, columns, rows })));
    return text;
  }

  function start(query: CompiledQuery): void {
    const running: Promise<unknown> = db
      .executeQuery(query)
      .catch((error: unknown) => (failure ??= { error }))
      .finally(() => underWay.delete(running));
    underWay.add(running);
  }

  return {
    add(table, columns, value) {
      let waiting = tables.get(table);
      if (!waiting) tables.set(table, (waiting = { columns: [], known: new Set(), values: [], rows: 0 }));
      for (const column of columns) {
        if (waiting.known.has(column)) continue;
        // From here on the rows are wider.
        if (waiting.rows > 0) send(table, waiting);
        waiting.known.add(column);
        waiting.columns = [...waiting.columns, column];
      }
      for (const column of waiting.columns) waiting.values.push(value(column));
      if (++waiting.rows === ROWS) send(table, waiting);
    },
    run(query) {
      start(query.compile());
    },
    async keepUp() {
      while (underWay.size > UNDER_WAY) await Promise.race(underWay);
      if (failure) throw failure.error;
    },
    async flush() {
      for (const [table, waiting] of tables) send(table, waiting);
      await Promise.all(underWay);
      if (failure) throw failure.error;
    },
  };
}

function insertText(postgres: boolean, { table, columns, rows }: { table: string; columns: readonly string[]; rows: number }): string {
  let n = 0;
  const row = (): string => `(${columns.map(() => (postgres ? `$${++n}` : '?')).join(', ')})`;
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into "${table}" (${names}) values ${Array.from({ length: rows }, row).join(', ')}`;
}

export function isPostgres(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Cuts a list so that each piece fits into one statement. */
export function* inPieces<T>(items: readonly T[], size = 500): Iterable<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
