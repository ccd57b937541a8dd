// Changes of the directory that someone without the right to make them suggested, and what became of each.

import { sql, type Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('suggestion')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    // Of the page on which it was made: a service at a place, or a service.
    .addColumn('page_id', 'text', (c) => c.notNull())
    .addColumn('edits', 'text', (c) => c.notNull())
    .addColumn('comment', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .addColumn('reason', 'text')
    // The act by which it, or a part of it, was accepted.
    .addColumn('act_id', 'bigint')
    .addCheckConstraint('suggestion_state', sql`state in ('open', 'accepted', 'partly', 'declined')`)
    .execute();
  await trx.schema.createIndex('suggestion_state_at').on('suggestion').columns(['state', 'at', 'id']).execute();
  await trx.schema.createIndex('suggestion_page').on('suggestion').columns(['page_id', 'state']).execute();
  await trx.schema.createIndex('suggestion_actor').on('suggestion').columns(['actor', 'at']).execute();
}
