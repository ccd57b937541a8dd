// Accounts, sessions and agencies, as better-auth keeps them, under names that do not collide with HSDS
// (whose `organization` is a provider, not an agency that uses this server). And the secrets of the deployment.

import { sql, type ColumnDataType, type Transaction } from 'kysely';

type Columns = Record<string, 'text' | 'text?' | 'text!' | 'time' | 'time?' | 'flag'>;

// "?" may be null, "!" is unique. `id` (text) is in every table.
const TABLES: Record<string, Columns> = {
  account: {
    name: 'text',
    email: 'text!',
    email_verified: 'flag',
    image: 'text?',
    role: 'text',
    disabled: 'flag',
    created_at: 'time',
    updated_at: 'time',
  },
  account_session: {
    expires_at: 'time',
    token: 'text!',
    created_at: 'time',
    updated_at: 'time',
    ip_address: 'text?',
    user_agent: 'text?',
    account_id: 'text',
    active_agency_id: 'text?',
  },
  account_credential: {
    provider_account_id: 'text',
    provider_id: 'text',
    account_id: 'text',
    access_token: 'text?',
    refresh_token: 'text?',
    id_token: 'text?',
    access_token_expires_at: 'time?',
    refresh_token_expires_at: 'time?',
    scope: 'text?',
    password: 'text?',
    created_at: 'time',
    updated_at: 'time',
  },
  account_verification: { identifier: 'text', value: 'text', expires_at: 'time', created_at: 'time', updated_at: 'time' },
  agency: { name: 'text', slug: 'text!', logo: 'text?', created_at: 'time', metadata: 'text?' },
  agency_member: { agency_id: 'text', account_id: 'text', role: 'text', created_at: 'time' },
  agency_invitation: {
    agency_id: 'text',
    email: 'text',
    role: 'text?',
    status: 'text',
    expires_at: 'time',
    created_at: 'time',
    inviter_id: 'text',
  },
};

const REFERENCES: Record<string, string> = { account_id: 'account.id', inviter_id: 'account.id', agency_id: 'agency.id' };
const INDEXED = new Set(['account_id', 'agency_id', 'identifier', 'email']);

export async function up(trx: Transaction<unknown>, engine: 'sqlite' | 'postgres'): Promise<void> {
  // SQLite has neither type: times are ISO text, flags 0 and 1.
  const types: Record<string, ColumnDataType> =
    engine === 'postgres' ? { text: 'text', time: 'timestamptz', flag: 'boolean' } : { text: 'text', time: 'text', flag: 'integer' };
  for (const [name, columns] of Object.entries(TABLES)) {
    let table = trx.schema.createTable(name).addColumn('id', 'text', (c) => c.primaryKey().notNull());
    for (const [column, kind] of Object.entries(columns)) {
      table = table.addColumn(column, types[kind.replace(/[?!]/, '')] as ColumnDataType, (c) => {
        let built = kind.endsWith('?') ? c : c.notNull();
        if (kind.endsWith('!')) built = built.unique();
        if (kind === 'flag') built = built.defaultTo(engine === 'postgres' ? false : 0);
        const target = REFERENCES[column];
        return target ? built.references(target).onDelete('cascade') : built;
      });
    }
    await table.execute();
    for (const [column, kind] of Object.entries(columns)) {
      if (INDEXED.has(column) && !kind.endsWith('!')) await trx.schema.createIndex(`${name}_${column}`).on(name).column(column).execute();
    }
  }
  await trx.schema
    .createTable('secret')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  // One account holds one place in one agency.
  await sql`create unique index agency_member_one on agency_member (agency_id, account_id)`.execute(trx);
}
