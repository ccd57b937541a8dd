// People, what was put into their records, who may see it, and the audit. Entries are only ever added: the database refuses to
// change one, and to delete one of a person who was not erased.

import { sql, type Transaction } from 'kysely';

type Engine = 'sqlite' | 'postgres';
type Columns = Record<string, 'text' | 'text?' | 'number' | 'bytes' | 'bytes?'>;

const TABLES: Record<string, { columns: Columns; key: string[]; indexes?: string[][]; unique?: string[][] }> = {
  person: {
    columns: {
      id: 'text',
      agency_id: 'text',
      worker_id: 'text?',
      team: 'text?',
      status: 'text',
      stage: 'text',
      revision: 'number',
      created_at: 'text',
      key: 'bytes?',
      erased_at: 'text?',
    },
    key: ['id'],
    indexes: [['worker_id'], ['agency_id', 'status']],
  },
  person_entry: {
    columns: {
      id: 'text',
      person_id: 'text',
      seq: 'number',
      kind: 'text',
      class: 'text',
      at: 'text',
      author: 'text',
      agency_id: 'text',
      payload: 'bytes',
    },
    key: ['person_id', 'seq'],
    unique: [['id']],
  },
  person_name_token: { columns: { token: 'text', person_id: 'text' }, key: ['token', 'person_id'], indexes: [['person_id']] },
  person_consent: {
    columns: {
      id: 'text',
      person_id: 'text',
      purpose: 'text',
      recipient: 'text',
      classes: 'text',
      from_at: 'text',
      until_at: 'text',
      withdrawn_at: 'text?',
    },
    key: ['person_id', 'id'],
    indexes: [['recipient', 'purpose']],
  },
  person_due: {
    columns: { person_id: 'text', kind: 'text', at: 'text', worker_id: 'text?', entry_id: 'text' },
    key: ['person_id', 'kind', 'entry_id'],
    indexes: [['worker_id', 'at']],
  },
  person_link: {
    columns: { person_id: 'text', other_id: 'text', sees: 'number' },
    key: ['person_id', 'other_id'],
    indexes: [['other_id']],
  },
  break_glass: {
    columns: {
      id: 'text',
      person_id: 'text',
      account_id: 'text',
      agency_id: 'text',
      at: 'text',
      until: 'text',
      reason: 'bytes?',
      reviewed_at: 'text?',
      reviewed_by: 'text?',
      outcome: 'text?',
      note: 'bytes?',
    },
    key: ['id'],
    indexes: [
      ['person_id', 'account_id'],
      ['agency_id', 'reviewed_at'],
    ],
  },
  audit: {
    columns: {
      seq: 'number',
      at: 'text',
      actor: 'text',
      role: 'text',
      action: 'text',
      object: 'text',
      record_id: 'text',
      reason: 'text',
      hash: 'text',
    },
    key: ['seq'],
    indexes: [['record_id', 'seq']],
  },
  feed: { columns: { name: 'text', value: 'number' }, key: ['name'] },
};

export async function up(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  for (const [name, { columns, key, indexes = [], unique = [] }] of Object.entries(TABLES)) {
    let table = trx.schema.createTable(name);
    for (const [column, kind] of Object.entries(columns)) {
      table = table.addColumn(column, typeOf(kind, engine), (c) => (kind.endsWith('?') ? c : c.notNull()));
    }
    table = table.addPrimaryKeyConstraint(`${name}_key`, key as never);
    if (name !== 'person' && 'person_id' in columns) {
      table = table.addForeignKeyConstraint(`${name}_person`, ['person_id'] as never, 'person', ['id'] as never);
    }
    await table.execute();
    for (const parts of indexes)
      await trx.schema
        .createIndex(`${name}_${parts.join('_')}`)
        .on(name)
        .columns(parts)
        .execute();
    for (const parts of unique)
      await trx.schema
        .createIndex(`${name}_${parts.join('_')}`)
        .unique()
        .on(name)
        .columns(parts)
        .execute();
  }
  await trx
    .insertInto('feed' as never)
    .values({ name: 'audit', value: 0 } as never)
    .execute();
  await (engine === 'sqlite' ? refuseOnSqlite(trx) : refuseOnPostgres(trx));
}

function typeOf(kind: Columns[string], engine: Engine) {
  if (kind === 'number') return engine === 'sqlite' ? 'integer' : 'bigint';
  if (kind.startsWith('bytes')) return engine === 'sqlite' ? 'blob' : 'bytea';
  return 'text';
}

const AUDIT_REFUSED = 'The audit is only ever added to.';
const ENTRY_REFUSED = 'An entry is never changed, and goes only with the key of its person.';

async function refuseOnSqlite(trx: Transaction<unknown>): Promise<void> {
  for (const verb of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_no_${verb}`)} before ${sql.raw(verb)} on audit
      begin select raise(abort, ${sql.lit(AUDIT_REFUSED)}); end`.execute(trx);
  }
  await sql`create trigger person_entry_no_update before update on person_entry
    begin select raise(abort, ${sql.lit(ENTRY_REFUSED)}); end`.execute(trx);
  await sql`create trigger person_entry_no_delete before delete on person_entry
    when (select erased_at from person where id = old.person_id) is null
    begin select raise(abort, ${sql.lit(ENTRY_REFUSED)}); end`.execute(trx);
}

async function refuseOnPostgres(trx: Transaction<unknown>): Promise<void> {
  await sql`create function casework_audit_refuse() returns trigger language plpgsql as
    $$ begin raise exception ${sql.lit(AUDIT_REFUSED)}; end $$`.execute(trx);
  await sql`create trigger audit_no_change before update or delete on audit
    for each row execute function casework_audit_refuse()`.execute(trx);
  await sql`create trigger audit_no_truncate before truncate on audit
    for each statement execute function casework_audit_refuse()`.execute(trx);
  // The table is named by its schema: whoever deletes may have another search path than this migration.
  await sql`create function casework_entry_refuse() returns trigger language plpgsql as
    $$ begin
      if tg_op = 'DELETE' and (select erased_at from casework.person where id = old.person_id) is not null then return old; end if;
      raise exception ${sql.lit(ENTRY_REFUSED)};
    end $$`.execute(trx);
  await sql`create trigger person_entry_no_change before update or delete on person_entry
    for each row execute function casework_entry_refuse()`.execute(trx);
  await sql`create trigger person_entry_no_truncate before truncate on person_entry
    for each statement execute function casework_audit_refuse()`.execute(trx);
}
