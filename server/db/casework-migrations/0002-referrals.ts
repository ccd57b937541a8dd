// Referrals, the links by which partners without an account answer them, questions for room, and places that are held. A place is
// held once: the database itself refuses a second holder. What is due is of a step, a consent, a referral: not only of an entry.

import { sql, type Transaction } from 'kysely';

type Engine = 'sqlite' | 'postgres';
type Columns = Record<string, 'text' | 'text?' | 'number' | 'number?' | 'bytes?'>;

const TABLES: Record<string, { columns: Columns; key: string[]; refers?: Record<string, string>; indexes?: string[][] }> = {
  referral: {
    columns: {
      id: 'text',
      person_id: 'text',
      from_agency: 'text',
      from_worker: 'text',
      to_agency: 'text?',
      recipient: 'text',
      state: 'text',
      until: 'text?',
      revision: 'number',
      outcome: 'text?',
      classes: 'text',
      content: 'bytes?',
      question_id: 'text?',
      created_at: 'text',
      moved_at: 'text',
    },
    key: ['id'],
    refers: { person_id: 'person' },
    indexes: [['person_id'], ['to_agency', 'state'], ['state', 'until']],
  },
  referral_event: {
    columns: {
      referral_id: 'text',
      revision: 'number',
      event: 'text',
      by: 'text',
      state: 'text',
      reason: 'text?',
      at: 'text',
      actor: 'text',
      agency_id: 'text',
    },
    key: ['referral_id', 'revision'],
    refers: { referral_id: 'referral' },
  },
  referral_link: {
    columns: {
      token_hash: 'text',
      referral_id: 'text',
      made_at: 'text',
      expires_at: 'text',
      opened_at: 'text?',
      answered_at: 'text?',
    },
    key: ['token_hash'],
    refers: { referral_id: 'referral' },
    indexes: [['referral_id']],
  },
  room_question: {
    columns: {
      id: 'text',
      from_agency: 'text',
      from_worker: 'text',
      to_agency: 'text',
      service_id: 'text',
      service_name: 'text',
      party: 'text',
      asked_at: 'text',
      until: 'text',
      answer: 'text?',
      answered_at: 'text?',
      answered_by: 'text?',
    },
    key: ['id'],
    indexes: [
      ['to_agency', 'until'],
      ['from_agency', 'until'],
    ],
  },
  capacity_unit: {
    columns: { id: 'text', agency_id: 'text', service_id: 'text', name: 'text', places: 'number' },
    key: ['id'],
    indexes: [['agency_id']],
  },
  capacity_hold: {
    columns: {
      id: 'text',
      unit_id: 'text',
      place: 'number',
      question_id: 'text?',
      referral_id: 'text?',
      made_at: 'text',
      made_by: 'text',
      until: 'text?',
      released_at: 'text?',
    },
    key: ['id'],
    refers: { unit_id: 'capacity_unit' },
    indexes: [['referral_id'], ['question_id']],
  },
};

export async function up(trx: Transaction<unknown>, engine: Engine): Promise<void> {
  for (const [name, { columns, key, refers = {}, indexes = [] }] of Object.entries(TABLES)) {
    let table = trx.schema.createTable(name);
    for (const [column, kind] of Object.entries(columns)) {
      table = table.addColumn(column, typeOf(kind, engine), (c) => (kind.endsWith('?') ? c : c.notNull()));
    }
    table = table.addPrimaryKeyConstraint(`${name}_key`, key as never);
    for (const [column, other] of Object.entries(refers)) {
      table = table.addForeignKeyConstraint(`${name}_${column}`, [column] as never, other, ['id'] as never);
    }
    await table.execute();
    for (const parts of indexes) {
      await trx.schema
        .createIndex(`${name}_${parts.join('_')}`)
        .on(name)
        .columns(parts)
        .execute();
    }
  }
  await trx.schema.alterTable('person_due').renameColumn('entry_id', 'about').execute();
  // Until a record is written to again it weighs as most do.
  await trx.schema
    .alterTable('person')
    .addColumn('weight', 'integer', (c) => c.notNull().defaultTo(2))
    .execute();
  await sql`create unique index capacity_hold_once on capacity_hold (unit_id, place) where released_at is null`.execute(trx);
}

function typeOf(kind: Columns[string], engine: Engine) {
  if (kind.startsWith('number')) return engine === 'sqlite' ? 'integer' : 'bigint';
  if (kind.startsWith('bytes')) return engine === 'sqlite' ? 'blob' : 'bytea';
  return 'text';
}
