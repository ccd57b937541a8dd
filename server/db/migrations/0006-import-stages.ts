// Imports that were tried: every row with what it would do, to be looked at before it is done. What was decided about
// values that were edited here, and the mapping that someone gave for a source.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('import_stage')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('shared_digest', 'text', (c) => c.notNull())
    .addColumn('counts', 'text', (c) => c.notNull())
    .addColumn('decisions', 'text', (c) => c.notNull())
    .execute();
  await trx.schema
    .createTable('staged_row')
    .addColumn('stage_id', 'text', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('object', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('staged_row_pk', ['stage_id', 'n'])
    .execute();
  await trx.schema.createIndex('staged_row_outcome').on('staged_row').columns(['stage_id', 'outcome', 'n']).execute();

  // `value` is what the source gave, as JSON: while it gives the same, the value here stays and nobody is asked again.
  await trx.schema
    .createTable('kept_here')
    .addColumn('record_id', 'text', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('act_id', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('kept_here_pk', ['record_id', 'field'])
    .execute();

  // Beside `mapping`, which is the one that was used last: a suggested one may be better the next time.
  await trx.schema.alterTable('source').addColumn('saved_mapping', 'text').execute();
}
