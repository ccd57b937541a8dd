// History can be asked by act, by the record that a changed record belongs to, and for what imports created.
// `act.undoes` names the act that an undo takes back.

import { sql, type Transaction } from 'kysely';

/** The most particular first: a telephone of a service at a place belongs to that, not to the service everywhere. */
const OWNERS = 'service_at_location_id service_id location_id contact_id phone_id link_id resource_id organization_id'.split(' ');

export async function up(trx: Transaction<unknown>, engine: 'sqlite' | 'postgres'): Promise<void> {
  await trx.schema.alterTable('act').addColumn('undoes', 'bigint').execute();
  await trx.schema.alterTable('change').addColumn('owner_id', 'text').execute();
  const values = OWNERS.map((column) =>
    engine === 'sqlite' ? sql`json_extract(before, ${sql.lit(`$.${column}`)})` : sql`before::json ->> ${sql.lit(column)}`,
  );
  await sql`update change set owner_id = coalesce(${sql.join(values)}) where before is not null`.execute(trx);

  await sql`create index act_undoes on act (undoes) where undoes is not null`.execute(trx);
  await trx.schema.createIndex('change_act').on('change').columns(['act_id', 'seq']).execute();
  await sql`create index change_owner on change (owner_id, seq) where owner_id is not null`.execute(trx);
  await sql`create index change_created_rows on change (seq) where object = 'source_row'`.execute(trx);
}
