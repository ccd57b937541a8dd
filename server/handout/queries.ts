// Handouts behind links: stored under the hash of their token, so that who reads the database cannot open one.

import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { HandoutContent } from '#shared/handout/content.ts';
import type { Database } from '../db/schema.ts';

const TOKEN_BYTES = 24;

/** Stores the handout and removes those that have expired. */
export async function insertHandout(
  db: Kysely<Database>,
  content: HandoutContent,
  times: { now: Date; expiresAt: Date },
): Promise<{ token: string }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('handout').where('expires_at', '<=', times.now.toISOString()).execute();
    await trx
      .insertInto('handout')
      .values({
        token_hash: hashToken(token),
        content: JSON.stringify(content),
        created_at: times.now.toISOString(),
        expires_at: times.expiresAt.toISOString(),
      })
      .execute();
  });
  return { token };
}

/** The handout of a token; `expired` where there is none any more, or never was: the two are not told apart. */
export async function findHandout(
  db: Kysely<Database>,
  token: string,
  now: Date,
): Promise<{ content: HandoutContent; expiresAt: string } | undefined> {
  const row = await db
    .selectFrom('handout')
    .select(['content', 'expires_at'])
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  return row && { content: HandoutContent.parse(JSON.parse(row.content)), expiresAt: row.expires_at };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
