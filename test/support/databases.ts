// Runs a suite on each engine: a real SQLite file in a temporary folder, and a database of its own on a real
// PostgreSQL server, one for the whole run (see postgres-server.ts).

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import type { Migration } from '#server/db/migration.ts';
import { MIGRATIONS } from '#server/db/migrations/index.ts';
import { openDatabase, type Engine, type OpenDatabase } from '#server/db/open.ts';
import { createPostgresDatabase, dropPostgresDatabase, findPostgres, getDatabaseName } from './postgres-server.ts';
import { findTemplate } from './postgres-templates.ts';

export interface TestDatabase extends OpenDatabase, AsyncDisposable {}

/** Where another connection, or another process, opens the same database. */
export interface DatabasePlace {
  dataFolder: string;
  url?: string;
}

type Migrations = Readonly<Record<string, Migration>>;

export interface OpenTestDatabase {
  /** A new database, of the newest version or of that of other migrations; with `place` another connection to one that is there. */
  (place?: DatabasePlace, migrations?: Migrations): Promise<TestDatabase & { place: DatabasePlace }>;
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
      afterAll(async () => {
        await dropCreated();
        if (previous === undefined) delete process.env['XDG_CONFIG_HOME'];
        else process.env['XDG_CONFIG_HOME'] = previous;
        rmSync(folder, { recursive: true, force: true });
      });
      suite((place, migrations) => openTestDatabase(engine, folder, { place, migrations }), engine);
    });
  }
}

async function openTestDatabase(
  engine: Engine,
  folder: string,
  { place: given, migrations = MIGRATIONS }: { place?: DatabasePlace | undefined; migrations?: Migrations | undefined },
) {
  const template = engine === 'postgres' && migrations === MIGRATIONS ? findTemplate('directory') : undefined;
  const place = given ?? (await createPlace(engine, folder, template));
  const database = await openDatabase(place);
  if (!given && template === undefined) await migrate(database, migrations);
  return Object.assign(database, { place, [Symbol.asyncDispose]: () => database.close() });
}

async function createPlace(engine: Engine, folder: string, template: string | undefined): Promise<DatabasePlace> {
  const dataFolder = mkdtempSync(join(folder, 'data-'));
  return engine === 'sqlite' ? { dataFolder } : { dataFolder, url: await create(template) };
}

/** The same database once more. Nobody may have it open. */
export async function copyPlace({ dataFolder, url }: DatabasePlace): Promise<DatabasePlace> {
  const copy = mkdtempSync(join(dirname(dataFolder), 'data-'));
  cpSync(dataFolder, copy, { recursive: true });
  return url === undefined ? { dataFolder: copy } : { dataFolder: copy, url: await create(getDatabaseName(url)) };
}

const created: string[] = [];

async function create(template: string | undefined): Promise<string> {
  const url = await createPostgresDatabase(template);
  created.push(url);
  return url;
}

async function dropCreated(): Promise<void> {
  for (const url of created.splice(0)) await dropPostgresDatabase(url);
}
