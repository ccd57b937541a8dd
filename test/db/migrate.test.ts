// Migrations: once each, all or nothing, one process at a time, never back.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import type { Migration } from '#server/db/migration.ts';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import { hsdsDefinition, HSDS_OBJECTS } from '#shared/directory/hsds.ts';
import { eachDatabase } from '../support/databases.ts';

const addTable =
  (name: string): Migration =>
  async (trx) =>
    trx.schema.createTable(name).addColumn('id', 'text').execute();

eachDatabase('migrations', (open, engine) => {
  it('give every HSDS object a table with every field', async () => {
    await using database = await open();
    const tables = new Map(
      (await database.db.introspection.getTables()).map((table) => [table.name, table.columns.map((column) => column.name)]),
    );
    for (const object of HSDS_OBJECTS) {
      const columns = tables.get(object) ?? [];
      expect([object, Object.keys(hsdsDefinition(object).fields).filter((name) => !columns.includes(name))]).toEqual([object, []]);
    }
  });

  it('run once', async () => {
    await using database = await open();
    expect(await migrate(database)).toEqual([]);
    expect(await migrate(database, { ...MIGRATIONS, '9999-more': addTable('more') })).toEqual(['9999-more']);
  });

  it('leave nothing of one that fails', async () => {
    await using database = await open();
    const failing: Migration = async (trx, given) => {
      expect(given).toBe(engine);
      await addTable('half')(trx, given);
      throw new Error('on the way');
    };
    await expect(migrate(database, { ...MIGRATIONS, '9999-half': failing })).rejects.toThrow('on the way');
    expect((await database.db.introspection.getTables()).map((table) => table.name)).not.toContain('half');
    expect(await migrate(database, { ...MIGRATIONS, '9999-half': addTable('half') })).toEqual(['9999-half']);
  });

  it('refuse a database of a newer version, in words', async () => {
    await using database = await open();
    await sql`insert into migration (name, at) values ('9999-future', '2030-01-01')`.execute(database.db);
    await expect(migrate(database)).rejects.toThrow(/newer version of Waypost \(it has 9999-future\)\. Update Waypost/);
  });

  it('may be started by several processes at once', async () => {
    await using database = await open();
    await database.db.schema.dropTable('migration').execute();
    const tables = (await database.db.introspection.getTables()).map((table) => table.name);
    // On one connection, where foreign keys are off: the tables refer to each other.
    await database.db.connection().execute(async (one) => {
      if (engine === 'sqlite') await sql`pragma foreign_keys = off`.execute(one);
      for (const name of tables.filter((table) => table !== 'migration')) {
        await sql`drop table if exists ${sql.table(name)} ${sql.raw(engine === 'postgres' ? 'cascade' : '')}`.execute(one);
      }
      if (engine === 'sqlite') await sql`pragma foreign_keys = on`.execute(one);
    });
    const program = `
      import { openDatabase } from '#server/db/open.ts';
      import { migrate } from '#server/db/migrate.ts';
      const database = await openDatabase(${JSON.stringify(database.place)});
      console.log((await migrate(database)).length);
      await database.close();`;
    const counts = await Promise.all([1, 2, 3].map(() => runProgram(program)));
    expect(counts.map(Number).reduce((a, b) => a + b)).toBe(Object.keys(MIGRATIONS).length);
  });
});

async function runProgram(program: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (piece) => (output += piece));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  return output;
}
