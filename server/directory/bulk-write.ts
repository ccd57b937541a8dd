// Writes many rows with few statements. The text of a statement depends only on table, columns and number of rows,
// and numbers come in few sizes, so that each is prepared once.

import { CompiledQuery, PostgresAdapter, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** SQLite takes 32,766 values in a statement, PostgreSQL 65,535. */
const MOST_VALUES = 30_000;
const MOST_ROWS = 128;

/** Columns, and the values of all rows one after the other. */
export interface BulkRows {
  table: string;
  columns: readonly string[];
  values: readonly (string | number | null)[];
}

/** Inserts into the transaction that is under way. */
export type InsertRows = (rows: BulkRows) => Promise<void>;

/** Inserts by statements of many rows: for an engine that is asked over a connection. */
export function insertInto(db: Kysely<Database>): InsertRows {
  return async ({ table, columns, values }) => {
    const width = columns.length;
    for (let at = 0; at < values.length;) {
      const size = chunkSize((values.length - at) / width, width);
      const text = insertText(isPostgres(db), { table, columns, size });
      await db.executeQuery(CompiledQuery.raw(text, values.slice(at, at + size * width)));
      at += size * width;
    }
  };
}

function chunkSize(left: number, columns: number): number {
  let size = MOST_ROWS;
  while (size > 1 && (size > left || size * columns > MOST_VALUES)) size >>= 1;
  return size;
}

interface InsertShape {
  table: string;
  columns: readonly string[];
  size: number;
}

const texts = new Map<string, string>();

function insertText(postgres: boolean, { table, columns, size }: InsertShape): string {
  const names = columns.map((column) => `"${column}"`).join(', ');
  const key = `${postgres ? 'p' : 's'} ${size} ${table} ${names}`;
  let text = texts.get(key);
  if (!text) {
    let n = 0;
    const row = (): string => `(${columns.map(() => (postgres ? `$${++n}` : '?')).join(', ')})`;
    text = `insert into "${table}" (${names}) values ${Array.from({ length: size }, row).join(', ')}`;
    texts.set(key, text);
  }
  return text;
}

export function isPostgres(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Cuts a list so that each piece fits into one `in (…)`. */
export function* inPieces<T>(items: readonly T[], size = 500): Iterable<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
