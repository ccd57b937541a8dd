// A database of any earlier version, with rows in every table, comes to the same schema as a new one and keeps them all.

import { sql, type Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { ownerOf } from '#server/db/acts.ts';
import { migrate } from '#server/db/migrate.ts';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import type { Engine } from '#server/db/open.ts';
import type { Database } from '#server/db/schema.ts';
import { HSDS_OBJECTS } from '#shared/directory/hsds.ts';
import { eachDatabase } from '../support/databases.ts';

const NAMES = Object.keys(MIGRATIONS);
/** Kept by the migrations themselves. */
const OWN_TABLES = new Set(['migration', 'feed']);

/** Columns that take certain words only. */
const WORDS: Record<string, string> = { 'suggestion.state': 'open' };

const upTo = (name: string) => Object.fromEntries(Object.entries(MIGRATIONS).slice(0, NAMES.indexOf(name) + 1));

eachDatabase('a database of an earlier version', (open, engine) => {
  it.each(NAMES.slice(0, -1))('%s, with rows in every table, becomes as a new one and keeps them', async (name) => {
    await using fresh = await open();
    await using old = await open(undefined, upTo(name));
    const filled = await fillEveryTable(old.db, engine);
    expect(Object.keys(filled).length).toBeGreaterThan(HSDS_OBJECTS.length);
    expect(await migrate(old)).toEqual(NAMES.slice(NAMES.indexOf(name) + 1));
    expect(await describeSchema(old.db, engine)).toEqual(await describeSchema(fresh.db, engine));
    for (const [table, rows] of Object.entries(filled)) {
      expect(rows).toHaveLength(2);
      expect([table, await readSorted(old.db, table, Object.keys(rows[0] ?? {}))]).toEqual([table, rows]);
    }
  });

  it('0003-audit: every change that is there is told by what its record belonged to', async () => {
    const rows: [object: string, before: Record<string, unknown> | null, owner: string | null][] = [
      ['service', null, null],
      ['source_row', null, null],
      ['service', { id: 'a', name: 'No owner' }, null],
      ['service', { id: 'a', organization_id: 'o1' }, 'o1'],
      ['service_at_location', { id: 'a', service_id: 's1', location_id: 'l1' }, 's1'],
      ['phone', { id: 'a', organization_id: 'o1', service_id: null, location_id: 'l1' }, 'l1'],
      ['phone', { id: 'a', service_at_location_id: 'x1', service_id: 's1', location_id: 'l1', organization_id: 'o1' }, 'x1'],
      ['phone', { id: 'a', contact_id: 'c1', organization_id: 'o1' }, 'c1'],
      ['language', { id: 'a', phone_id: 'p1' }, 'p1'],
      ['attribute', { id: 'a', link_id: 's2', link_entity: 'service', value: 'quotes " and \\ and ü' }, 's2'],
      ['metadata', { id: 'a', resource_id: 'r1', resource_type: 'service' }, 'r1'],
    ];
    await using database = await open(undefined, upTo('0003-audit'));
    const { db } = database;
    await sql`insert into act (id, kind, actor, at) values (1, 'edit', 'test', '2026-01-01')`.execute(db);
    for (const [i, [object, before]] of rows.entries()) {
      const op = before ? 'update' : 'create';
      await sql`insert into change (seq, act_id, object, record_id, op, before)
        values (${i + 1}, 1, ${object}, 'a', ${op}, ${before && JSON.stringify(before)})`.execute(db);
    }
    await migrate(database);
    const after = await db.selectFrom('change').select(['object', 'before', 'owner_id']).orderBy('seq').execute();
    expect(after).toEqual(rows.map(([object, before, owner_id]) => ({ object, before: before && JSON.stringify(before), owner_id })));
    // What is written from then on is told by the same rule.
    expect(rows.map(([, before]) => before && ownerOf(before))).toEqual(rows.map(([, , owner]) => owner));
    expect(await db.selectFrom('act').select(['id', 'undoes']).execute()).toEqual([{ id: 1, undoes: null }]);
  });
});

type Row = Record<string, unknown>;

/** Two rows in each table, with a value of its kind in every column; gives them by table. */
async function fillEveryTable(db: Kysely<Database>, engine: Engine): Promise<Record<string, Row[]>> {
  const filled: Record<string, Row[]> = {};
  const tables = await db.introspection.getTables();
  // On one connection, on which nobody asks whether what a row refers to is there.
  await db.connection().execute(async (one) => {
    await sql.raw(engine === 'sqlite' ? 'pragma foreign_keys = off' : 'set session_replication_role = replica').execute(one);
    for (const { name, columns } of tables) {
      if (OWN_TABLES.has(name)) continue;
      const rows = [1, 2].map((n) =>
        Object.fromEntries(columns.map((column) => [column.name, WORDS[`${name}.${column.name}`] ?? valueOf(column.dataType, n)])),
      );
      await one
        .insertInto(name as never)
        .values(rows as never)
        .execute();
      filled[name] = await readSorted(
        one,
        name,
        columns.map((column) => column.name),
      );
    }
    await sql.raw(engine === 'sqlite' ? 'pragma foreign_keys = on' : 'set session_replication_role = default').execute(one);
  });
  return filled;
}

/** Any text may be read as JSON. */
function valueOf(dataType: string, n: number): unknown {
  if (/^(text|varchar)/i.test(dataType)) return `"${n}"`;
  if (/^(timestamp|date)/i.test(dataType)) return `2026-01-0${n}T00:00:00Z`;
  return /^bool/i.test(dataType) ? true : n;
}

/** Tables with their columns, and every index, trigger and constraint. */
async function describeSchema(db: Kysely<Database>, engine: Engine): Promise<unknown> {
  const tables = await db.introspection.getTables();
  const others =
    engine === 'sqlite'
      ? sql`select type, name, sql from sqlite_schema order by type, name`
      : sql`
          select indexname as name, indexdef as is from pg_indexes where schemaname = 'public'
          union all select conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
          union all select tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
          order by 1`;
  return [tables, (await others.execute(db)).rows];
}

async function readSorted(db: Kysely<Database>, table: string, columns: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}`.execute(db);
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
