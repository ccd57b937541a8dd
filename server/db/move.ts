// `waypost move`: the whole installation, directory, history, accounts, settings and people, from SQLite to PostgreSQL or
// back. The other place is empty before, and whole or empty afterwards; this one stays as it is.

import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sql, type Kysely, type TableMetadata } from 'kysely';
import { UsageError, type Command } from '../command.ts';
import { CASEWORK_SCHEMA, openCasework, type Casework } from './casework.ts';
import { findKey, restoreKey, sayKeyPlaces } from './keys.ts';
import { migrate } from './migrate.ts';
import { openDatabase, type DatabaseLocation, type Engine, type OpenDatabase } from './open.ts';
import { OperatorProblem } from './operator-problem.ts';
import { SQLITE_FILE } from './sqlite.ts';

export const moveCommand: Command = {
  name: 'move',
  summary: 'Move everything to PostgreSQL, or back into a folder',
  usage: `waypost move --to postgres://… [--data DIR]
DATABASE_URL=postgres://… waypost move --to FOLDER [--data DIR]

Stop the server first. All tables are copied, those of people too, which stay sealed under the same key; the other place must be
empty. Then start the server with DATABASE_URL, or with --data FOLDER. What lies here stays until you remove it.`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, json: { type: 'boolean', default: false } } });
    if (values.to === undefined) throw new UsageError('Say where to: --to postgres://… or --to FOLDER.');
    const from = { dataFolder: resolve(io.data), url: process.env['DATABASE_URL'] || undefined };
    const moved = await move(
      from,
      /^postgres(ql)?:\/\//.test(values.to) ? { ...from, url: values.to } : { dataFolder: resolve(values.to) },
    );
    if (values.json) io.stdout.write(`${JSON.stringify(moved)}\n`);
    else io.stdout.write(`Copied ${moved.rows} rows of ${moved.tables} tables. Start the server there; then remove what lies here.\n`);
    return 0;
  },
};

export interface Moved {
  tables: number;
  rows: number;
}

interface Place {
  database: OpenDatabase;
  casework: Casework;
}

/** Copies all of one place to another, which must be empty. Nothing is left there where it fails, but for the empty tables. */
export async function move(from: DatabaseLocation, to: DatabaseLocation): Promise<Moved> {
  if ((from.url === undefined) === (to.url === undefined))
    throw new OperatorProblem(
      from.url === undefined
        ? 'Both places are folders. Copy one to another with "waypost backup".'
        : 'Both places are PostgreSQL. Copy one to another with pg_dump and pg_restore, which know how.',
    );
  if (from.url === undefined && !existsSync(join(from.dataFolder, SQLITE_FILE)))
    throw new OperatorProblem(`There is no database in ${from.dataFolder}. Name its folder with --data, or its DATABASE_URL.`);
  const key = findKey(from.dataFolder);
  if (!key)
    throw new OperatorProblem(`There is nothing to move: the key of ${from.dataFolder} is missing. ${sayKeyPlaces(from.dataFolder)}`);
  await using source = await openPlace(from);
  // People's records open with the same key there.
  if (!findKey(to.dataFolder)) restoreKey(to.dataFolder, key);
  await using target = await openPlace(to);
  await refuseFilled(target.place, to.url === undefined ? to.dataFolder : 'that database');
  const moved = await copyPlace(source.place, target.place);
  carryFolders(from.dataFolder, to.dataFolder);
  return moved;
}

/** What is on the disk and belongs to what was moved: installed plugins with their lock file. */
const CARRIED = ['plugins'];

function carryFolders(from: string, to: string): void {
  if (resolve(from) === resolve(to)) return;
  for (const name of CARRIED) {
    const target = join(to, name);
    if (!existsSync(join(from, name)) || existsSync(target)) continue;
    const part = `${target}.${process.pid}.part`;
    rmSync(part, { recursive: true, force: true });
    cpSync(join(from, name), part, { recursive: true });
    renameSync(part, target);
  }
}

/** Opened and migrated, so that both have the same tables. */
async function openPlace(location: DatabaseLocation): Promise<{ place: Place } & AsyncDisposable> {
  const database = await openDatabase(location);
  try {
    await migrate(database);
    const casework = await openCasework(database);
    const dispose = async () => {
      await casework.close();
      await database.close();
    };
    return { place: { database, casework }, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await database.close();
    throw error;
  }
}

type AnyDatabase = Kysely<Record<string, Record<string, unknown>>>;

/** One database with its tables: the main one, or that of people. */
interface Part {
  db: AnyDatabase;
  engine: Engine;
  schema: string | undefined;
}

function partsOf({ database, casework }: Place): { main: Part; people: Part } {
  const { engine } = database;
  const postgres = engine === 'postgres';
  return {
    main: { db: database.db as unknown as AnyDatabase, engine, schema: postgres ? 'public' : undefined },
    people: { db: casework.db as unknown as AnyDatabase, engine, schema: postgres ? CASEWORK_SCHEMA : undefined },
  };
}

async function listTables({ db, schema }: Part): Promise<TableMetadata[]> {
  const all = await db.introspection.getTables();
  return all.filter((table) => !table.isView && table.name !== 'migration' && (schema === undefined || table.schema === schema));
}

/** Filled by migrations and by opening: counters, and the mark of the key. */
const MADE_ALONG = ['feed', 'secret'];

async function refuseFilled(place: Place, name: string): Promise<void> {
  for (const part of Object.values(partsOf(place)))
    for (const table of await listTables(part)) {
      if (MADE_ALONG.includes(table.name)) continue;
      if (await part.db.selectFrom(table.name).select(sql.lit(1).as('one')).limit(1).executeTakeFirst())
        throw new OperatorProblem(`There is something in ${name} already ("${table.name}"). Name a place that is empty.`);
    }
}

/** People are copied while the rest waits to be kept: either both stay, or neither. */
async function copyPlace(source: Place, target: Place): Promise<Moved> {
  const [from, to] = [partsOf(source), partsOf(target)];
  return copyPart(from.main, to.main, () => copyPart(from.people, to.people));
}

async function copyPart(from: Part, to: Part, beforeKept: () => Promise<Moved> = async () => ({ tables: 0, rows: 0 })): Promise<Moved> {
  // A moment that does not change, whoever writes beside this.
  const reading = from.db.transaction().setAccessMode('read only');
  return (from.engine === 'postgres' ? reading.setIsolationLevel('repeatable read') : reading).execute((reader) =>
    to.db.transaction().execute(async (writer) => {
      const tables = await inOrder(from, to);
      let rows = 0;
      for (const table of tables) {
        if (MADE_ALONG.includes(table.name)) await writer.deleteFrom(table.name).execute();
        rows += await copyTable({ ...from, db: reader }, { ...to, db: writer }, table);
      }
      const more = await beforeKept();
      return { tables: tables.length + more.tables, rows: rows + more.rows };
    }),
  );
}

/** The target's tables, each after those that its rows name: SQLite lists them as they were made. */
async function inOrder(from: Part, to: Part): Promise<TableMetadata[]> {
  const part = from.engine === 'sqlite' ? from : to;
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table' order by rowid`.execute(part.db);
  const order = rows.map((row) => row.name);
  return (await listTables(to)).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** Values of one statement: SQLite takes 32,766, PostgreSQL twice as many. */
const VALUES_AT_ONCE = 16_000;
const ROWS_AT_ONCE = 500;

async function copyTable(from: Part, to: Part, { name, columns }: TableMetadata): Promise<number> {
  const size = Math.max(1, Math.min(ROWS_AT_ONCE, Math.floor(VALUES_AT_ONCE / columns.length)));
  const convert = columns.map(({ name, dataType }) => [name, to.engine === 'sqlite' ? toSqlite : toPostgres(dataType)] as const);
  let count = 0;
  for await (const rows of readTable(from, name, size)) {
    const values = rows.map((row) => Object.fromEntries(convert.map(([column, value]) => [column, value(row[column])])));
    await to.db.insertInto(name).values(values).execute();
    count += rows.length;
  }
  return count;
}

async function* readTable({ db, engine, schema }: Part, name: string, size: number): AsyncGenerator<Record<string, unknown>[]> {
  if (engine === 'postgres') {
    const cursor = sql.id(`read_${name}`);
    await sql`declare ${cursor} no scroll cursor for select * from ${sql.id(schema!, name)}`.execute(db);
    for (;;) {
      const { rows } = await sql<Record<string, unknown>>`fetch ${sql.lit(size)} from ${cursor}`.execute(db);
      if (rows.length === 0) break;
      yield rows;
    }
    await sql`close ${cursor}`.execute(db);
    return;
  }
  for (let last: unknown = null; ;) {
    const later = last === null ? sql`` : sql`where rowid > ${last}`;
    const { rows } = await sql<Record<string, unknown>>`
      select rowid as "rowid ", * from ${sql.id(name)} ${later} order by rowid limit ${size}`.execute(db);
    if (rows.length === 0) return;
    last = rows.at(-1)!['rowid '];
    yield rows;
  }
}

/** SQLite has neither times nor flags: they are ISO text, and 0 or 1. */
function toSqlite(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'boolean' ? Number(value) : value;
}

function toPostgres(type: string): (value: unknown) => unknown {
  if (type === 'bool') return (value) => (value === null ? null : value === 1);
  // It holds no such character in a text; what was read from a file should hold none either.
  return (value) => (typeof value === 'string' ? value.replaceAll('\u0000', '') : value);
}
