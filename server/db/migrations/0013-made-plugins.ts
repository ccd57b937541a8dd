// Plugins that are made in the browser: one draft for each, and every version that was published of it. The package itself is
// installed beside all others; it is here too, so that an earlier version can be put back.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('made_plugin')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    // Whose stewards change it; null: those of the whole deployment.
    .addColumn('agency', 'text')
    // JSON, as it was typed.
    .addColumn('content', 'text', (c) => c.notNull())
    // Raised by each write: who writes says which one they saw.
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await trx.schema
    .createTable('made_version')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    // The package, in base 64.
    .addColumn('package', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('made_version_key', ['name', 'version'])
    .execute();
}
