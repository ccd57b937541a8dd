// Whose work a person is and how long their record is kept: handing over with acceptance, and legal holds, and the
// moment of the last entry. At most one offer of a
// person waits, and at most one hold is in force, by an index of the database. The audit is asked for the last days.

import { sql, type Transaction } from 'kysely';

type Engine = 'sqlite' | 'postgres';

export async function up(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  await trx.schema
    .createTable('person_offer')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('from_agency', 'text', (c) => c.notNull())
    .addColumn('from_worker', 'text', (c) => c.notNull())
    .addColumn('to_agency', 'text', (c) => c.notNull())
    .addColumn('to_worker', 'text')
    .addColumn('note', engine === 'sqlite' ? 'blob' : 'bytea')
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('answer', 'text')
    .addColumn('answered_at', 'text')
    .addColumn('answered_by', 'text')
    .execute();
  await trx.schema.createIndex('person_offer_to').on('person_offer').columns(['to_agency', 'to_worker']).execute();
  await sql`create unique index person_offer_once on person_offer (person_id) where answered_at is null`.execute(trx);
  await trx.schema
    .createTable('person_hold')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('reason', engine === 'sqlite' ? 'blob' : 'bytea', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('lifted_at', 'text')
    .addColumn('lifted_by', 'text')
    .execute();
  await sql`create unique index person_hold_once on person_hold (person_id) where lifted_at is null`.execute(trx);
  await trx.schema.alterTable('person').addColumn('written_at', 'text').execute();
  const last = sql`select max(at) from ${sql.ref(engine === 'sqlite' ? 'person_entry' : 'casework.person_entry')} where person_id = person.id`;
  await sql`update ${sql.ref(engine === 'sqlite' ? 'person' : 'casework.person')} set written_at = (${last})`.execute(trx);
  await trx.schema.createIndex('audit_at').on('audit').column('at').execute();
}
