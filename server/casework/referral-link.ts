// The link by which a partner without an account answers once. The token is in the address's fragment, which no server sees, and
// only its hash is kept; unknown, expired and answered are one and the same refusal.

import { createHash, randomBytes } from 'node:crypto';
import type { CaseworkTransaction } from './entries.ts';
import type { ReferralRow } from './referral-store.ts';

const TOKEN_BYTES = 24;
const DAY_MS = 86_400_000;

export interface CreatedLink {
  /** To be shown once. */
  token: string;
  path: string;
  expiresAt: string;
}

export interface LinkState {
  madeAt: string;
  expiresAt: string;
  openedAt: string | null;
  answeredAt: string | null;
}

/** A new link, which ends every earlier one of the referral. It never outlives the time that the referral has. */
export async function createLink(
  trx: CaseworkTransaction,
  { row, now, days }: { row: ReferralRow; now: number; days: number },
): Promise<CreatedLink> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const madeAt = new Date(now).toISOString();
  const expires = new Date(now + days * DAY_MS).toISOString();
  const expiresAt = row.until !== null && row.until < expires ? row.until : expires;
  await trx.deleteFrom('referral_link').where('referral_id', '=', row.id).execute();
  const times = { made_at: madeAt, expires_at: expiresAt, opened_at: null, answered_at: null };
  await trx
    .insertInto('referral_link')
    .values({ token_hash: hashToken(token), referral_id: row.id, ...times })
    .execute();
  return { token, path: `/referral#${token}`, expiresAt };
}

/** How the referral's link stands; null where it has none. */
export async function findLink(trx: CaseworkTransaction, referral: string): Promise<LinkState | null> {
  const row = await trx.selectFrom('referral_link').selectAll().where('referral_id', '=', referral).executeTakeFirst();
  return row ? { madeAt: row.made_at, expiresAt: row.expires_at, openedAt: row.opened_at, answeredAt: row.answered_at } : null;
}

/** The referral of a token that can still be answered. */
export async function findByToken(trx: CaseworkTransaction, token: string, at: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('referral_link')
    .select('referral_id')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', at)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  return row?.referral_id;
}

/** Notes that a link was opened; the first time stays. */
export async function markOpened(trx: CaseworkTransaction, token: string, at: string): Promise<void> {
  await trx
    .updateTable('referral_link')
    .set({ opened_at: at })
    .where('token_hash', '=', hashToken(token))
    .where('opened_at', 'is', null)
    .execute();
}

/** Uses a link up. False where somebody else just did. */
export async function markAnswered(trx: CaseworkTransaction, token: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('referral_link')
    .set({ answered_at: at })
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', at)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
