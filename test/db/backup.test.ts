// A backup is made beside a writer, is encrypted, and opens elsewhere with the recovery key: the same rows.

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backUp, toCaseworkCopy } from '#server/db/backup.ts';
import { openCasework } from '#server/db/casework.ts';
import { parseRecoveryKey, restoreKey } from '#server/db/keys.ts';
import { migrate } from '#server/db/migrate.ts';
import { openSqliteFolder } from '#server/db/sqlite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-backup-'));
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('WAYPOST_KEY_FILE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(rows: number) {
  const database = openSqliteFolder(join(folder, 'data'));
  await migrate(database);
  const add = (id: string) =>
    database.db
      .insertInto('unit')
      .values({ id, name: `Canary ${id}` } as never)
      .execute();
  for (let i = 0; i < rows; i++) await add(`u${i}`);
  return { database, add, recoveryKey: database.created!.recoveryKey };
}

describe('backup', () => {
  it('while someone writes; restored elsewhere it has every row that was there', async () => {
    const { database, add, recoveryKey } = await fill(50);
    let writing = true;
    const writer = (async () => {
      // Each in a turn of its own: the driver answers at once, and would leave no turn to anyone else.
      for (let i = 50; writing; i++) {
        await add(`u${i}`);
        await new Promise(setImmediate);
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const file = join(folder, 'copy.db');
    backUp(join(folder, 'data'), file);
    writing = false;
    await writer;
    await database.close();
    expect(/Canary|SQLite format/.test(readFileSync(file, 'latin1'))).toBe(false);

    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    copyFileSync(file, join(elsewhere, 'waypost.db'));
    restoreKey(elsewhere, parseRecoveryKey(recoveryKey));
    const restored = openSqliteFolder(elsewhere);
    const rows = await restored.db.selectFrom('unit').select(['id', 'name']).execute();
    await restored.close();
    expect(rows.length).toBeGreaterThanOrEqual(50);
    expect(rows.every((row) => row.name === `Canary ${row.id}`)).toBe(true);
  });

  it('has both databases: people come back with their keys, and without their file nothing starts as if there were none', async () => {
    const { database, recoveryKey } = await fill(1);
    const casework = await openCasework(database);
    const person = {
      id: 'per_1',
      agency_id: 'agy',
      status: 'open',
      stage: 's',
      revision: 0,
      created_at: '2026-11-22',
      key: casework.keys.wrapNew('per_1'),
    };
    await casework.db
      .insertInto('person')
      .values(person as never)
      .execute();
    const file = join(folder, 'copy.db');
    backUp(join(folder, 'data'), file);
    const key = casework.keys.unwrap('per_1', person.key);
    await casework.close();
    await database.close();

    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    copyFileSync(file, join(elsewhere, 'waypost.db'));
    restoreKey(elsewhere, parseRecoveryKey(recoveryKey));
    const restored = openSqliteFolder(elsewhere);
    await expect(openCasework(restored)).rejects.toThrow(/casework\.db is missing: it holds the records of people/);
    copyFileSync(toCaseworkCopy(file), join(elsewhere, 'casework.db'));
    const people = await openCasework(restored);
    const row = await people.db.selectFrom('person').selectAll().executeTakeFirstOrThrow();
    expect(people.keys.unwrap('per_1', row.key!)).toEqual(key);
    await people.close();
    await restored.close();
  });

  it('never over a file that is there, nor of a folder without a database', async () => {
    const { database } = await fill(1);
    await database.close();
    const file = join(folder, 'copy.db');
    writeFileSync(file, 'mine');
    expect(() => backUp(join(folder, 'data'), file)).toThrow(/is there already/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(() => backUp(join(folder, 'nothing'), join(folder, 'other.db'))).toThrow(/no database/);
  });
});
