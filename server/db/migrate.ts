// Brings a database to the newest schema. Each migration and the note that it ran are one transaction,
// and only one process migrates at a time.

import { sql, type Kysely, type Transaction } from 'kysely';
import type { OpenDatabase } from './open.ts';
import type { Migration } from './migration.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { OperatorProblem } from './operator-problem.ts';

/** Any fixed number: PostgreSQL's advisory locks are numbered. */
const MIGRATION_LOCK = 4280;

/**
 * Gives the names of those that ran. Throws where the database is newer than this program.
 * @param schema of PostgreSQL, where it is not the usual one; it is made first, and `db` names it (`withSchema`)
 */
export async function migrate(
  { db, engine }: Pick<OpenDatabase, 'engine'> & { db: Kysely<never> | OpenDatabase['db'] },
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
  schema?: string,
): Promise<string[]> {
  const untyped = db as unknown as Kysely<{ migration: { name: string; at: string } }>;
  const ran: string[] = [];
  if (schema !== undefined) await db.schema.createSchema(schema).ifNotExists().execute();
  const tables = (await db.introspection.getTables()).filter((table) => schema === undefined || table.schema === schema);
  const before = tables.some((table) => table.name === 'migration') ? await untyped.selectFrom('migration').select('name').execute() : [];
  refuseNewer(
    before.map((row) => row.name),
    migrations,
  );
  for (const [name, up] of Object.entries(migrations)) {
    if (before.some((row) => row.name === name)) continue;
    const applied = await untyped.transaction().execute(async (trx) => {
      // With SQLite the transaction itself is the lock.
      if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx);
      if (schema !== undefined) await sql`set local search_path to ${sql.ref(schema)}`.execute(trx);
      await trx.schema
        .createTable('migration')
        .ifNotExists()
        .addColumn('name', 'text', (c) => c.primaryKey().notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .execute();
      // Another process may have been faster.
      if (await trx.selectFrom('migration').select('name').where('name', '=', name).executeTakeFirst()) return false;
      await up(trx as unknown as Transaction<unknown>, engine);
      await trx.insertInto('migration').values({ name, at: new Date().toISOString() }).execute();
      return true;
    });
    if (applied) ran.push(name);
  }
  return ran;
}

function refuseNewer(known: string[], migrations: Readonly<Record<string, Migration>>): void {
  const unknown = known.filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new OperatorProblem(
    `This database was made by a newer version of Waypost (it has ${unknown.join(', ')}). Update Waypost, or restore a backup made before.`,
  );
}
