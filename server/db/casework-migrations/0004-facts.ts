// What is known of a person as facts, in one sealed piece beside their entries: a caseload is decided anew after a change of the
// rules without opening each entry of everybody. Written with the next entry of each person; until then their entries are read.

import type { Transaction } from 'kysely';

type Engine = 'sqlite' | 'postgres';

export async function up(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  await trx.schema
    .createTable('person_facts')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('person.id'))
    .addColumn('entries', 'integer', (c) => c.notNull())
    .addColumn('sealed', engine === 'sqlite' ? 'blob' : 'bytea', (c) => c.notNull())
    .execute();
}
