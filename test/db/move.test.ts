// A whole installation moves from SQLite to PostgreSQL and back: every row of every table is the same, a server starts there,
// accounts open, and the records of people open with the key that they were sealed with.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApp, type App } from '#server/app.ts';
import { addDemoPeople } from '#server/casework/demo.ts';
import { move } from '#server/db/move.ts';
import type { DatabaseLocation } from '#server/db/open.ts';
import { addDemos } from '#server/directory/demo.ts';
import { createLocalActor } from '#server/identity/actor.ts';
import { createLog } from '#server/log.ts';
import { installPlugin } from '#server/plugins/administer.ts';
import { createPluginStore } from '#server/plugins/store.ts';
import { importPaths, temporaryFolder } from '../import/support.ts';
import { exportFiles } from '../export/support.ts';
import { copyContributions } from '../support/contributions-cache.ts';
import { packageOf } from '../plugins/packages.ts';
import { createPostgresDatabase, findPostgres } from '../support/postgres-server.ts';

let folder: string;
let here: DatabaseLocation;

const open = (location: DatabaseLocation) => openApp({ ...location, log: createLog({ level: 'silent' }) });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-move-'));
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('WAYPOST_KEY_FILE', undefined);
  here = { dataFolder: join(folder, 'here') };
  copyContributions(here.dataFolder);
  await using app = await open(here);
  await addDemos(app, 'test');
  using files = temporaryFolder();
  // Characters beyond the plane that most are in, line breaks, what looks like code, and more rows than are copied at once.
  const rows = Array.from({ length: 1200 }, (_, i) => `${i},"Küche 🏠 ${i}\nالمطبخ","it's; \\x00 -- {""a"":1}",${i} Main St`);
  await importPaths(app.db, [files.write({ 'many.csv': ['id,name,description,address', ...rows].join('\n') })], { source: 'many' });
  await importPaths(app.db, [files.path], { source: 'tried', dryRun: true, stage: 'try' });
  await app.settings.set('deployment', '', { key: 'directory.timezone', value: 'America/Chicago' });
  await addDemoPeople(app, 'a long test password');
  await installPlugin(
    app.pluginShelf,
    { content: await packageOf({ name: 'carried' }), source: 'carried.tgz' },
    { actor: createLocalActor('admin') },
  );
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

type Contents = Record<string, string[]>;

/** Every row of every table, alike on both engines. */
async function readContents(location: DatabaseLocation): Promise<Contents> {
  await using app = await open(location);
  const contents: Contents = {};
  for (const [part, db] of [
    ['main', app.db],
    ['people', app.casework.db],
  ] as const)
    for (const table of await db.introspection.getTables()) {
      if (table.name === 'migration' || (table.schema !== undefined && (table.schema === 'casework') !== (part === 'people'))) continue;
      const from = table.schema === undefined ? sql.id(table.name) : sql.id(table.schema, table.name);
      const { rows } = await sql<Record<string, unknown>>`select * from ${from}`.execute(db);
      contents[`${part} ${table.name}`] = rows.map(sayRow).sort();
    }
  return contents;
}

function sayRow(row: Record<string, unknown>): string {
  const alike = (value: unknown) => {
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    return typeof value === 'boolean' ? Number(value) : value;
  };
  return JSON.stringify(
    Object.keys(row)
      .sort()
      .map((name) => [name, alike(row[name])]),
  );
}

/** Says what differs by a few rows: thousands of them side by side would take minutes. */
function expectSame(now: Contents, before: Contents): void {
  expect(Object.keys(now).sort()).toEqual(Object.keys(before).sort());
  for (const [table, rows] of Object.entries(before)) {
    const differing = rows.map((row, i) => [row, now[table]?.[i]]).filter(([was, is]) => was !== is);
    expect({ table, rows: now[table]?.length, differing: differing.slice(0, 2) }).toEqual({ table, rows: rows.length, differing: [] });
  }
}

async function readExport(location: DatabaseLocation) {
  await using app = await open(location);
  return await exportFiles(app.db, 'hsds-json');
}

describe.skipIf(!findPostgres())('a whole installation', () => {
  it('moves to PostgreSQL and back, and is the same there', async () => {
    const before = await readContents(here);
    expect(Object.values(before).flat().length).toBeGreaterThan(8000);
    for (const table of ['main source_row', 'main staged_row', 'main account', 'main secret', 'people person_entry', 'people audit'])
      expect(before[table]?.length, table).toBeGreaterThan(0);

    const there = { ...here, url: await createPostgresDatabase() };
    const { rows } = await move(here, there);
    expect(rows).toBe(Object.values(before).flat().length);
    expectSame(await readContents(there), before);
    const [exportedThere, exportedHere] = [await readExport(there), await readExport(here)];
    expect(Object.keys(exportedThere)).toEqual(Object.keys(exportedHere));
    for (const [name, text] of Object.entries(exportedHere)) expect(exportedThere[name] === text, name).toBe(true);

    // On another machine, where the key file was brought to.
    const back = { dataFolder: join(folder, 'back') };
    await move(there, back);
    expectSame(await readContents(back), before);
    // Installed plugins lie beside the database, and go along.
    const [stayed, went] = [createPluginStore(here.dataFolder), createPluginStore(back.dataFolder)];
    const withoutFolder = ({ list }: typeof went) => list().map(({ folder: _, ...entry }) => entry);
    expect(withoutFolder(went)).toEqual(withoutFolder(stayed));
    const { hash } = went.find('carried')!;
    expect(Buffer.compare(went.readPackage(hash), stayed.readPackage(hash))).toBe(0);
    expectSame(await readContents(here), before);
  });

  it('goes on there: the next act follows the last, and a person is opened', async () => {
    const there = { ...here, url: await createPostgresDatabase() };
    await move(here, there);
    await using app = await open(there);
    const last = await lastAct(app);
    using files = temporaryFolder();
    await importPaths(app.db, [files.write({ 'one.csv': 'id,name\n1,One more' })], { source: 'many' });
    expect(await lastAct(app)).toBe(last + 1);
    const { id, key } = await app.casework.db
      .selectFrom('person')
      .select(['id', 'key'])
      .where('key', 'is not', null)
      .executeTakeFirstOrThrow();
    expect(app.casework.keys.unwrap(id, key!)).toHaveLength(32);
  });

  it('is refused where something is already, and leaves nothing behind where it fails', async () => {
    const there = { ...here, url: await createPostgresDatabase() };
    await using app = await open(there);
    await addDemos(app, 'test');
    await expect(move(here, there)).rejects.toThrow(
      /^There is something in that database already \("\w+"\). Name a place that is empty\.$/,
    );

    const other = { ...here, url: await createPostgresDatabase() };
    await using empty = await open(other);
    // Discovered late: the last of all tables.
    await sql`alter table rule_version add constraint never check (false)`.execute(empty.db);
    await sql`alter table setting add constraint never check (false)`.execute(empty.db);
    const before = await readContents(other);
    await expect(move(here, other)).rejects.toThrow('never');
    expectSame(await readContents(other), before);
  });
});

it('is refused between two folders, and from a folder without a database', async () => {
  await expect(move(here, { dataFolder: join(folder, 'other') })).rejects.toThrow('Both places are folders');
  await expect(move({ dataFolder: join(folder, 'none') }, { dataFolder: folder, url: 'postgres://x' })).rejects.toThrow(
    'There is no database in',
  );
});

async function lastAct(app: App): Promise<number> {
  return (await app.db.selectFrom('feed').select('value').where('name', '=', 'act').executeTakeFirstOrThrow()).value;
}
