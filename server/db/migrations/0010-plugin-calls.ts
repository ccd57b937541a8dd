// Every call into an installed plugin: which, with which content, what it was given (by name alone), how long it took and how
// it ended.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('plugin_call')
    .addColumn('plugin', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    // sha512 of the package, in hexadecimal.
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    // JSON: names of the fields that it was given.
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('ms', 'integer', (c) => c.notNull())
    .addColumn('cpu_ms', 'integer', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('detail', 'text')
    .execute();
  await trx.schema.createIndex('plugin_call_of').on('plugin_call').columns(['plugin', 'at']).execute();
}
