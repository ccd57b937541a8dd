// Accounts: made by an administrator or from the command line, never by signing up.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import { Problem } from '#shared/platform/problems.ts';
import type { OpenDatabase } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import { assertPasswordLength, hashPassword } from './passwords.ts';
import { ROLES, type Role } from './policies.ts';

export const NewAccount = z.strictObject({
  email: z.email('an e-mail address, such as "sam@example.org"').max(254),
  name: z.string().trim().min(1).max(200),
  role: z.enum(ROLES),
  agency: z.string().trim().min(1).max(200).optional(),
  /** Of the agency. */
  team: z.string().trim().min(1).max(100).optional(),
  password: z.string(),
});
export type NewAccount = z.infer<typeof NewAccount>;

export interface AccountSummary {
  id: string;
  email: string;
  name: string;
  role: string;
  agency: string | null;
  team: string | null;
  disabled: boolean;
}

/** Makes an account, and its agency where that is new. Throws a Problem where the address is taken. */
export async function createAccount(
  { db, engine }: Pick<OpenDatabase, 'db' | 'engine'>,
  account: NewAccount,
  now: number,
): Promise<string> {
  assertPasswordLength(account.password);
  const password = await hashPassword(account.password);
  return db.transaction().execute((trx) => insertAccount(trx, { ...account, password }, createColumns(engine, now)));
}

interface EngineColumns {
  time: string | Date;
  no: number | boolean;
}

/** What better-auth writes for times and flags on this engine. */
function createColumns(engine: OpenDatabase['engine'], now: number): EngineColumns {
  const time = new Date(now);
  return engine === 'postgres' ? { time, no: false } : { time: time.toISOString(), no: 0 };
}

async function insertAccount(trx: Transaction<Database>, account: NewAccount, { time, no }: EngineColumns): Promise<string> {
  const email = account.email.toLowerCase();
  if (await trx.selectFrom('account').select('id').where('email', '=', email).executeTakeFirst()) {
    throw new Problem('conflict', `There is an account with the address ${email} already.`);
  }
  const id = newId('usr');
  const times = { created_at: time, updated_at: time };
  await trx
    .insertInto('account')
    .values({ id, name: account.name, email, email_verified: no, role: account.role, disabled: no, ...times } as never)
    .execute();
  await trx
    .insertInto('account_credential' as never)
    .values({
      id: newId('crd'),
      provider_account_id: id,
      provider_id: 'credential',
      account_id: id,
      password: account.password,
      ...times,
    } as never)
    .execute();
  if (account.agency) {
    const agencyId = await getOrCreateAgency(trx, account.agency, time);
    await trx
      .insertInto('agency_member')
      .values({ id: newId('mem'), agency_id: agencyId, account_id: id, role: account.role, team: account.team ?? null, created_at: time })
      .execute();
  }
  return id;
}

async function getOrCreateAgency(trx: Transaction<Database>, name: string, time: string | Date): Promise<string> {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const found = await trx.selectFrom('agency').select('id').where('slug', '=', slug).executeTakeFirst();
  if (found) return found.id;
  const id = newId('agy');
  await trx.insertInto('agency').values({ id, name, slug, created_at: time }).execute();
  return id;
}

export async function listAccounts(db: Kysely<Database>): Promise<AccountSummary[]> {
  const rows = await db
    .selectFrom('account')
    .leftJoin('agency_member', 'agency_member.account_id', 'account.id')
    .leftJoin('agency', 'agency.id', 'agency_member.agency_id')
    .select([
      'account.id',
      'account.email',
      'account.name',
      'account.role',
      'account.disabled',
      'agency.name as agency',
      'agency_member.team',
    ])
    .orderBy('account.email')
    .execute();
  return rows.map((row) => ({ ...row, disabled: Boolean(row.disabled) }));
}

/** Every agency that uses this server, by name. */
export async function listAgencies(db: Kysely<Database>): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('agency').select(['id', 'name']).orderBy('name').execute();
}

/** The name of each account, for the records that they wrote in. */
export async function listNames(db: Kysely<Database>): Promise<{ id: string; name: string }[]> {
  return db.selectFrom('account').select(['id', 'name']).execute();
}

export interface Colleague {
  id: string;
  name: string;
  role: string;
  team: string | null;
  disabled: boolean;
}

/** Everybody of an agency, by name; those too who no longer sign in, whose names stand beside what they wrote. */
export async function listColleagues(db: Kysely<Database>, agencyId: string): Promise<Colleague[]> {
  const rows = await db
    .selectFrom('agency_member')
    .innerJoin('account', 'account.id', 'agency_member.account_id')
    .select(['account.id', 'account.name', 'account.role', 'agency_member.team', 'account.disabled'])
    .where('agency_member.agency_id', '=', agencyId)
    .orderBy('account.name')
    .execute();
  return rows.map((row) => ({ ...row, disabled: Boolean(row.disabled) }));
}

export async function hasAdministrator(db: Kysely<Database>): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'admin' satisfies Role)
    .executeTakeFirst();
  return row !== undefined;
}

const FIRST_ADMINISTRATOR = 'first-administrator';

/** Makes the token with which the first administrator's account can be made, once. An earlier one no longer works. */
export async function createFirstAdministratorToken(db: Kysely<Database>): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await db
    .insertInto('secret')
    .values({ name: FIRST_ADMINISTRATOR, value: hashToken(token) })
    .onConflict((oc) => oc.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .execute();
  return token;
}

/** Makes the first administrator. The token is spent in the same transaction, so that two cannot both use it. */
export async function createFirstAdministrator(
  { db, engine }: Pick<OpenDatabase, 'db' | 'engine'>,
  { token, ...person }: { token: string; email: string; name: string; password: string },
  now: number,
): Promise<string> {
  const account = NewAccount.parse({ ...person, role: 'admin' });
  assertPasswordLength(account.password);
  await assertToken(db, token);
  const password = await hashPassword(account.password);
  return db.transaction().execute(async (trx) => {
    await assertToken(trx, token);
    const spent = await trx.deleteFrom('secret').where('name', '=', FIRST_ADMINISTRATOR).executeTakeFirst();
    if (Number(spent.numDeletedRows) !== 1 || (await hasAdministrator(trx))) throw new Problem('expired');
    return insertAccount(trx, { ...account, password }, createColumns(engine, now));
  });
}

async function assertToken(db: Kysely<Database>, token: string): Promise<void> {
  const stored = await db.selectFrom('secret').select('value').where('name', '=', FIRST_ADMINISTRATOR).executeTakeFirst();
  const given = Buffer.from(hashToken(token));
  if (!stored || !timingSafeEqual(given, Buffer.from(stored.value))) {
    throw new Problem('expired', 'This link has been used, or is not the newest. Start the server again to get a new one.');
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('base64url')}`;
}
