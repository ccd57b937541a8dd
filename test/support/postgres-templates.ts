// PostgreSQL databases of the newest version, migrated once for a run and then copied: migrating takes longer than most tests.

import type { Kysely } from 'kysely';
import { CASEWORK_SCHEMA } from '#server/db/casework.ts';
import { CASEWORK_MIGRATIONS } from '#server/db/casework-migrations/index.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/open.ts';
import { createPostgresDatabase } from './postgres-server.ts';

/** The directory alone, and with what is of people: the second is made of the first. */
const TEMPLATES = { directory: 'migrated_directory', whole: 'migrated_whole' } as const;

/** The name of one, in a worker of a run that made them; absent: the test migrates an empty database. */
export function findTemplate(of: keyof typeof TEMPLATES): string | undefined {
  return process.env['WAYPOST_TEST_TEMPLATES'] === '1' ? TEMPLATES[of] : undefined;
}

/** @param dataFolder any: nothing is left there */
export async function makeTemplates(dataFolder: string): Promise<void> {
  const directory = await openDatabase({ dataFolder, url: await createPostgresDatabase(undefined, TEMPLATES.directory) });
  await migrate(directory);
  await directory.close();
  const whole = await openDatabase({ dataFolder, url: await createPostgresDatabase(TEMPLATES.directory, TEMPLATES.whole) });
  const casework = whole.db.withSchema(CASEWORK_SCHEMA) as unknown as Kysely<never>;
  await migrate({ db: casework, engine: 'postgres' }, CASEWORK_MIGRATIONS, CASEWORK_SCHEMA);
  await whole.close();
  process.env['WAYPOST_TEST_TEMPLATES'] = '1';
}
