// Which team of the agency an account works in: a team shares its people.

import type { Transaction } from 'kysely';

export async function up(trx: Transaction<unknown>): Promise<void> {
  await trx.schema.alterTable('agency_member').addColumn('team', 'text').execute();
}
