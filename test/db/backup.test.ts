// A backup is made beside a writer, is encrypted, and opens elsewhere with the recovery key: the same rows.

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backUp } from '#server/db/backup.ts';
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
