// Runs a suite on each engine: a real SQLite file in a temporary folder, and a database of its own on a real
// PostgreSQL server, one for the whole run (see postgres-server.ts).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase, type Engine, type OpenDatabase } from '#server/db/open.ts';
import { createPostgresDatabase, findPostgres } from './postgres-server.ts';

export interface TestDatabase extends OpenDatabase, AsyncDisposable {}

/** Where another connection, or another process, opens the same database. */
export interface DatabasePlace {
  dataFolder: string;
  url?: string;
}

export interface OpenTestDatabase {
  /** A new migrated database; with `place` another connection to one that is there. */
  (place?: DatabasePlace): Promise<TestDatabase & { place: DatabasePlace }>;
}

/** `eachDatabase('acts', (open, engine) => { it('…', async () => { await using database = await open(); … }) })` */
export function eachDatabase(name: string, suite: (open: OpenTestDatabase, engine: Engine) => void): void {
  const postgres = findPostgres();
  if (!postgres) console.warn(`\n  SKIPPED on PostgreSQL: ${name}. PostgreSQL is not installed (Debian: apt-get install postgresql).\n`);
  for (const engine of ['sqlite', 'postgres'] as const) {
    describe.skipIf(engine === 'postgres' && !postgres)(`${name} on ${engine}`, () => {
      let folder = '';
      let previous: string | undefined;
      beforeAll(() => {
        folder = mkdtempSync(join(tmpdir(), 'waypost-test-'));
        previous = process.env['XDG_CONFIG_HOME'];
        process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
      });
      afterAll(() => {
        if (previous === undefined) delete process.env['XDG_CONFIG_HOME'];
        else process.env['XDG_CONFIG_HOME'] = previous;
        rmSync(folder, { recursive: true, force: true });
      });
      suite((place) => openTestDatabase(engine, folder, place), engine);
    });
  }
}

async function openTestDatabase(engine: Engine, folder: string, given?: DatabasePlace) {
  const place = given ?? (await createPlace(engine, folder));
  const database = await openDatabase(place);
  if (!given) await migrate(database);
  return Object.assign(database, { place, [Symbol.asyncDispose]: () => database.close() });
}

async function createPlace(engine: Engine, folder: string): Promise<DatabasePlace> {
  const dataFolder = mkdtempSync(join(folder, 'data-'));
  return engine === 'sqlite' ? { dataFolder } : { dataFolder, url: await createPostgresDatabase() };
}
