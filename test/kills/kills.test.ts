// Killed with -9 at any moment of an import, of its undo, of a migration, the directory is as it was before or as it is
// afterwards, and the next run makes of it what a run without a kill does. 20 kills on SQLite here and 3 on
// PostgreSQL; ten times as many and more, in larger work, in the long run.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { importFiles } from '../import/support.ts';
import { killOften } from './kills.ts';

const LONG = process.env['WAYPOST_LONG'] === '1';
const SIZES = LONG
  ? {
      sqlite: { rows: 100_000, changes: 60_000, kills: { import: 80, undo: 70, migration: 50 } },
      postgres: { rows: 5000, changes: 20_000, kills: { import: 20, undo: 20, migration: 10 } },
    }
  : {
      sqlite: { rows: 12_000, changes: 10_000, kills: { import: 8, undo: 7, migration: 5 } },
      postgres: { rows: 3000, changes: 5000, kills: { import: 1, undo: 1, migration: 1 } },
    };
/** For one test, in milliseconds. */
const TIMEOUT = LONG ? 6_000_000 : 600_000;
/** Changes that were written before history could be asked by owner. */
const OLD_VERSION = '0003-audit';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'waypost-kills-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

eachDatabase('kill -9', (open, engine) => {
  const { rows, changes, kills } = SIZES[engine];

  it(`${kills.import + kills.undo} times in an import of ${rows} rows and in its undo`, { timeout: TIMEOUT }, async () => {
    const file = join(folder, `${engine}.csv`);
    const lines = Array.from({ length: rows }, (_, i) => `${i},Site ${i},555-010-${String(i % 10_000).padStart(4, '0')}`);
    writeFileSync(file, ['id,name,phone', ...lines].join('\n'));
    const { place, ...database } = await open();
    // What was there before stays, and the ids that the deployment makes are settled.
    await importFiles(database.db, { 'before.csv': 'id,name,address,city,phone\n1,Open kitchen,1 Main St,Oakdale,555-010-0001' });
    await database.close();
    const imported = await killOften({
      start: place,
      task: { does: 'import', file, source: 'sites' },
      kills: kills.import,
      seed: 1,
    });
    await killOften({ start: imported, task: { does: 'undo', act: 2 }, kills: kills.undo, seed: 2 });
  });

  it(`${kills.migration} times in the migrations of ${changes} changes`, { timeout: TIMEOUT }, async () => {
    const names = Object.keys(MIGRATIONS);
    expect(names).toContain(OLD_VERSION);
    const old = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, names.indexOf(OLD_VERSION) + 1));
    const { place, ...database } = await open(undefined, old);
    await sql`insert into act (id, kind, actor, at) values (1, 'edit', 'test', '2026-01-01')`.execute(database.db);
    await sql`
      with recursive number (n) as (select 1 union all select n + 1 from number where n < ${sql.lit(changes)})
      insert into change (seq, act_id, object, record_id, op, before)
      select n, 1, 'phone', 'p' || n, 'update', '{"number":"555-0100","service_id":"s' || n || '"}' from number`.execute(database.db);
    await database.close();
    await killOften({ start: place, task: { does: 'migrate' }, kills: kills.migration, seed: 3 });
  });
});
