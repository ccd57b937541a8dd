// What plugins keep for themselves, and copies of it as it was with the version of a plugin before.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('plugin_store')
    .addColumn('plugin', 'text', (c) => c.primaryKey().notNull())
    // Of the layout of its data, which its migrations change.
    .addColumn('version', 'integer', (c) => c.notNull())
    // Counts up with each write.
    .addColumn('revision', 'integer', (c) => c.notNull())
    // Of keys and values together.
    .addColumn('characters', 'integer', (c) => c.notNull())
    .execute();
  await trx.schema
    .createTable('plugin_value')
    .addColumn('plugin', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    // JSON.
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('plugin_value_key', ['plugin', 'key'])
    .execute();
  await trx.schema
    .createTable('plugin_kept')
    .addColumn('plugin', 'text', (c) => c.notNull())
    // sha512 of the package whose data it is, in hexadecimal.
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    // JSON: key → value.
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('plugin_kept_of', ['plugin', 'hash'])
    .execute();
}
