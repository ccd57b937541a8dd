// Problems of the directory that someone decided to leave as they are, and why.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('problem_ignored')
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('record_id', 'text', (c) => c.notNull())
    // Of a duplicate the other one; empty otherwise.
    .addColumn('other_id', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('problem_ignored_key', ['code', 'record_id', 'other_id'])
    .execute();
}
