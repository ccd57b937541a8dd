// Secrets that belong to the deployment, kept in its encrypted database.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** A secret of the deployment, made on first use; every server on the same database has the same. */
export async function getSecret(db: Kysely<Database>, name: string): Promise<string> {
  const read = () => db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirst();
  const found = await read();
  if (found) return found.value;
  await db
    .insertInto('secret')
    .values({ name, value: randomBytes(32).toString('base64url') })
    .onConflict((oc) => oc.doNothing())
    .execute();
  return ((await read()) as { value: string }).value;
}
