// The audit: who read or decided what of that which is kept secret. Rows are only ever added; each carries the hash of
// the one before it, so that an edited, dropped or reordered row is found.

import { sql, type Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>, engine: 'sqlite' | 'postgres'): Promise<void> {
  const key = engine === 'sqlite' ? 'integer' : 'bigint';
  await trx.schema
    .createTable('audit')
    .addColumn('seq', key, (c) => c.primaryKey().notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('object', 'text', (c) => c.notNull())
    .addColumn('record_id', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await trx.schema.createIndex('audit_record').on('audit').columns(['record_id', 'seq']).execute();
  await trx
    .insertInto('feed' as never)
    .values({ name: 'audit', value: 0 } as never)
    .execute();
  await (engine === 'sqlite' ? refuseOnSqlite(trx) : refuseOnPostgres(trx));

  // Few places are hidden, and every reader asks first which ones.
  await sql`create index location_hidden on location (id) where hidden <> 0`.execute(trx);
}

async function refuseOnSqlite(trx: Transaction<unknown>): Promise<void> {
  for (const verb of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_no_${verb}`)} before ${sql.raw(verb)} on audit
      begin select raise(abort, 'The audit is only ever added to.'); end`.execute(trx);
  }
}

async function refuseOnPostgres(trx: Transaction<unknown>): Promise<void> {
  await sql`create or replace function audit_refuse() returns trigger language plpgsql as
    $$ begin raise exception 'The audit is only ever added to.'; end $$`.execute(trx);
  await sql`create trigger audit_no_change before update or delete on audit for each row execute function audit_refuse()`.execute(trx);
  await sql`create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse()`.execute(trx);
}
