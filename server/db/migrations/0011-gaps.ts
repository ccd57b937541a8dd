// People by cell as they were imported, scenarios of coordinators, and what of our own unmet needs was told as a count.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema
    .createTable('gap_population')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('vintage', 'text', (c) => c.notNull())
    .addColumn('licence', 'text')
    .addColumn('resolution', 'integer', (c) => c.notNull())
    // JSON of what is told of it without its figures: bounds, groups, notes.
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  // A column as one text: they are read whole, and never searched.
  await trx.schema
    .createTable('gap_column')
    .addColumn('population_id', 'text', (c) => c.notNull().references('gap_population.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('gap_column_key', ['population_id', 'name'])
    .execute();
  await trx.schema
    .createTable('gap_scenario')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    // Empty: of those who belong to no agency.
    .addColumn('agency_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    // Raised by each write: who writes says which one they saw.
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await trx.schema.createIndex('gap_scenario_agency').on('gap_scenario').column('agency_id').execute();
  // Requests that found nothing usable, as sums: no row is of one person, and none says when in its quarter.
  await trx.schema
    .createTable('unmet_request')
    .addColumn('quarter', 'text', (c) => c.notNull())
    .addColumn('need', 'text', (c) => c.notNull())
    .addColumn('why', 'text', (c) => c.notNull())
    .addColumn('cell', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text', (c) => c.notNull())
    .addColumn('requests', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('unmet_request_key', ['quarter', 'need', 'why', 'cell', 'agency_id'])
    .execute();
  // Counts of a quarter that is over, as they were told first: never worked out anew.
  await trx.schema
    .createTable('unmet_release')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('quarter', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('unmet_release_key', ['kind', 'quarter'])
    .execute();
}
