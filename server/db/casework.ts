// The casework database: client data, apart from the directory. With SQLite an encrypted file of its own, so that no note waits
// behind an import; with PostgreSQL a schema of its own. What is in it opens with the deployment's key only, on either.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { createCaseKeys, deriveKey, type CaseKeys } from './case-keys.ts';
import { CASEWORK_MIGRATIONS } from './casework-migrations/index.ts';
import type { CaseworkDatabase } from './casework-schema.ts';
import { openErasedList, type ErasedList } from './erased-list.ts';
import { createKey, findKey, formatRecoveryKey, sayKeyPlaces } from './keys.ts';
import { migrate } from './migrate.ts';
import type { Engine, OpenDatabase } from './open.ts';
import { OperatorProblem } from './operator-problem.ts';
import { openSqlite } from './sqlite.ts';

export const CASEWORK_FILE = 'casework.db';
export const CASEWORK_SCHEMA = 'casework';
/** In the main database: tells which key client data was sealed with, and that there is some. */
const MARK = 'casework';

const FORGET = { tries: 40, everyMs: 25 };

export interface Casework {
  readonly db: Kysely<CaseworkDatabase>;
  readonly engine: Engine;
  readonly keys: CaseKeys;
  readonly erased: ErasedList;
  /** After an erasure: what was deleted leaves the database's own log too. False where readers held it up; it is done with the next one. */
  forget(): Promise<boolean>;
  /** Of a key that was made just now, for whoever runs the server. */
  readonly recoveryKey: string | null;
  close(): Promise<void>;
}

/** Opens and migrates the casework database that belongs to the main one, which stays open as long as this. */
export async function openCasework(main: OpenDatabase): Promise<Casework> {
  const mark = await main.db.selectFrom('secret').select('value').where('name', '=', MARK).executeTakeFirst();
  const { key, made } = getDeploymentKey(main, mark !== undefined);
  const keys = createCaseKeys(key);
  if (mark && mark.value !== keys.check) throw new OperatorProblem(sayOtherKey(main.location.dataFolder));
  const opened = main.engine === 'sqlite' ? openFile(main.location.dataFolder, key, mark !== undefined) : openSchema(main);
  try {
    await migrate({ db: opened.db as unknown as Kysely<never>, engine: main.engine }, CASEWORK_MIGRATIONS, opened.schema);
    await markDatabase(main, keys);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return { ...opened, engine: main.engine, keys, erased: openErasedList(keys.check), recoveryKey: made ? formatRecoveryKey(key) : null };
}

type OpenedPart = Pick<Casework, 'db' | 'forget' | 'close'> & { schema?: string };

function openFile(dataFolder: string, key: Uint8Array, expected: boolean): OpenedPart {
  const file = join(dataFolder, CASEWORK_FILE);
  // An empty one in its place would look as if there had never been a client.
  if (expected && !existsSync(file)) {
    throw new OperatorProblem(
      `${file} is missing: it holds the records of people. Put it back from the same backup as the database beside it.`,
    );
  }
  const opened = openSqlite(file, deriveKey(key, 'casework file'), { forgetful: true });
  const db = opened.db as unknown as Kysely<CaseworkDatabase>;
  return { db, forget: () => truncateLog(db), close: () => opened.close() };
}

function openSchema(main: OpenDatabase): OpenedPart {
  const db = main.db.withSchema(CASEWORK_SCHEMA) as unknown as Kysely<CaseworkDatabase>;
  const forget = async () => {
    for (const table of ['person', 'person_entry', 'person_name_token', 'break_glass', 'referral', 'person_offer', 'person_hold'])
      await sql`vacuum ${sql.id(CASEWORK_SCHEMA, table)}`.execute(main.db);
    return true;
  };
  return { db, schema: CASEWORK_SCHEMA, forget, close: async () => {} };
}

/** Empties the write-ahead log, which holds pages as they were. A reader under way holds it up for a moment. */
async function truncateLog(db: Kysely<CaseworkDatabase>): Promise<boolean> {
  for (let left = FORGET.tries; left > 0; left--) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    if (rows[0]?.busy === 0) return true;
    await sleep(FORGET.everyMs);
  }
  return false;
}

function getDeploymentKey({ location: { dataFolder, key } }: OpenDatabase, expected: boolean): { key: Uint8Array; made: boolean } {
  const found = key ?? findKey(dataFolder);
  if (found) return { key: found, made: false };
  if (expected) throw new OperatorProblem(sayOtherKey(dataFolder));
  return { key: createKey(dataFolder), made: true };
}

/** Two servers that start on one empty database with different keys: the second one is refused. */
async function markDatabase({ db, location }: OpenDatabase, keys: CaseKeys): Promise<void> {
  await db
    .insertInto('secret')
    .values({ name: MARK, value: keys.check })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const { value } = await db.selectFrom('secret').select('value').where('name', '=', MARK).executeTakeFirstOrThrow();
  if (value !== keys.check) throw new OperatorProblem(sayOtherKey(location.dataFolder));
}

function sayOtherKey(dataFolder: string): string {
  return `The records of people in this database are sealed with another key than the one here. ${sayKeyPlaces(dataFolder)}`;
}
