// Rules that are written here: one draft for each, and every version that was published. A version that was taken back stays,
// so that what was decided by it can still be explained.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('rule_draft')
    .addColumn('rule_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    // Raised by each write: who writes says which one they saw.
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await trx.schema
    .createTable('rule_version')
    .addColumn('rule_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('withdrawn_at', 'text')
    .addColumn('withdrawn_by', 'text')
    .addPrimaryKeyConstraint('rule_version_key', ['rule_id', 'version'])
    .execute();
  // Raised by each publication and each one taken back, so that other servers of this database notice.
  await trx
    .insertInto('feed' as never)
    .values({ name: 'rules', value: 0 } as never)
    .execute();
}
