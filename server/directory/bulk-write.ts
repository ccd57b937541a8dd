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

/** A row by its columns; what is absent is null. */
export type BulkRow = Record<string, BulkValue>;

export interface MoreColumns {
  fields: Readonly<BulkRow>;
  columns: ReadonlySet<string>;
}

/** Collects rows for tables, and reports what went wrong with one of them at the next `keepUp` or `flush`. */
export interface BulkInserter {
  /** @param more further columns of the row, of which those are taken that the table has; the row itself has the same ones each time */
  add(table: string, row: BulkRow, more?: MoreColumns): void;
  /**
   * Sets columns of a row that is there already; it must not be one that is still collected.
   * @param row its id, what is set, and columns without a default that are never null: these stay as they are
   */
  update(table: string, row: BulkRow, set: readonly string[]): void;
  /** Gives a statement on its way; it must not be about rows that are still collected. */
  run(query: Compilable): void;
  /** Waits while too much is on its way. */
  keepUp(): Promise<void>;
  /** Sends what is collected: whoever reads in the same transaction afterwards finds it, because statements keep their order. */
  push(): void;
  /** Sends what is collected and waits until all is written. */
  flush(): Promise<void>;
}

interface Waiting {
  table: string;
  /** Columns to set in rows that are there already; null: rows are added. */
  set: readonly string[] | null;
  columns: string[];
  known: Set<string>;
  values: BulkValue[];
  rows: number;
}

/** Runs one statement; several may be given before the first is answered. */
export type Execute = (query: CompiledQuery) => Promise<unknown>;

export function createBulkInserter(db: Kysely<Database>, execute: Execute = (query) => db.executeQuery(query)): BulkInserter {
  const tables = new Map<string, Waiting>();
  const texts = new Map<string, string>();
  let underWay = 0;
  let failure: { error: unknown } | null = null;
  /** Those who wait until so few are under way. */
  let waiters: { most: number; go: () => void }[] = [];

  function send(waiting: Waiting): void {
    const { columns, values } = waiting;
    let at = 0;
    for (const size of SIZES) {
      for (; waiting.rows >= size; waiting.rows -= size) {
        const end = at + size * columns.length;
        start(CompiledQuery.raw(textFor(waiting, size), at === 0 && end === values.length ? values : values.slice(at, end)));
        at = end;
      }
    }
    waiting.values = [];
  }

  function textFor({ table, columns, set }: Waiting, rows: number): string {
    const key = `${rows} ${set ? 'update' : 'insert'} ${table} ${columns.join(' ')}`;
    let text = texts.get(key);
    if (!text)
      texts.set(key, (text = insertText(isPostgres(db), { table, columns, rows }) + (set ? conflictText(isPostgres(db), set) : '')));
    return text;
  }

  function start(query: CompiledQuery): void {
    underWay++;
    execute(query).then(finish, (error: unknown) => {
      failure ??= { error };
      finish();
    });
  }

  function finish(): void {
    underWay--;
    if (waiters.length === 0) return;
    for (const { most, go } of waiters) if (underWay <= most) go();
    waiters = waiters.filter(({ most }) => underWay > most);
  }

  async function untilFew(most: number): Promise<void> {
    if (underWay > most) await new Promise<void>((go) => waiters.push({ most, go }));
    if (failure) throw failure.error;
  }

  /** From here on the rows are wider. */
  function widen(waiting: Waiting, column: string): void {
    if (waiting.rows > 0) send(waiting);
    waiting.known.add(column);
    waiting.columns = [...waiting.columns, column];
  }

  function push(): void {
    for (const waiting of tables.values()) send(waiting);
  }

  return {
    add(table, row, more) {
      let waiting = tables.get(table);
      if (!waiting) tables.set(table, (waiting = { table, set: null, columns: [], known: new Set(), values: [], rows: 0 }));
      for (const column in row) if (!waiting.known.has(column)) widen(waiting, column);
      if (more) {
        const { fields, columns } = more;
        for (const column in fields)
          if (fields[column] !== null && !waiting.known.has(column) && columns.has(column)) widen(waiting, column);
      }
      const { columns, values } = waiting;
      for (const column of columns) {
        const value = row[column];
        values.push((value === undefined ? more?.fields[column] : value) ?? null);
      }
      if (++waiting.rows === ROWS) send(waiting);
    },
    update(table, row, set) {
      const columns = Object.keys(row);
      const key = `${table} ${columns.join(' ')}`;
      let waiting = tables.get(key);
      if (!waiting) tables.set(key, (waiting = { table, set, columns, known: new Set(columns), values: [], rows: 0 }));
      for (const column of columns) waiting.values.push(row[column] ?? null);
      if (++waiting.rows === ROWS) send(waiting);
    },
    run(query) {
      start(query.compile());
    },
    keepUp: () => untilFew(UNDER_WAY),
    push,
    async flush() {
      push();
      await untilFew(0);
    },
  };
}

function insertText(postgres: boolean, { table, columns, rows }: { table: string; columns: readonly string[]; rows: number }): string {
  let n = 0;
  const row = (): string => `(${columns.map(() => (postgres ? `$${++n}` : '?')).join(', ')})`;
  const names = columns.map((column) => `"${column}"`).join(', ');
  return `insert into "${table}" (${names}) values ${Array.from({ length: rows }, row).join(', ')}`;
}

/** PostgreSQL wants to be told of the key; SQLite would stop at another unique column of the same row. */
function conflictText(postgres: boolean, set: readonly string[]): string {
  const values = set.map((column) => `"${column}" = excluded."${column}"`);
  return ` on conflict ${postgres ? '("id") ' : ''}do update set ${values.join(', ')}`;
}

export function isPostgres(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Cuts a list so that each piece fits into one statement. */
export function* inPieces<T>(items: readonly T[], size = 500): Iterable<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
