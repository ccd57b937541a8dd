// The directory: one table for each HSDS 3.1 object, where its rows came from, and every change to them.

import { sql, type Transaction } from 'kysely';

// Beside the columns listed, every table has `id` (text), `extra` (JSON of columns that HSDS has no field for)
// and `source_row` (the input row that gave the record).
// Ours: service.resource_type, rule, rule_status; location.timezone, cell (coarse H3 cell of a hidden site), hidden.
const TABLES: Record<string, { text: string; number?: string }> = {
  organization: {
    text: 'name alternate_name description email website tax_status tax_id legal_status logo uri parent_organization_id',
    number: 'year_incorporated',
  },
  program: { text: 'organization_id name alternate_name description' },
  service: {
    text: 'organization_id program_id name alternate_name description url email status interpretation_services application_process fees_description wait_time fees accreditations eligibility_description assured_date assurer_email licenses alert last_modified resource_type rule rule_status',
    number: 'minimum_age maximum_age',
  },
  location: {
    text: 'location_type url organization_id name alternate_name description transportation external_identifier external_identifier_type timezone cell',
    number: 'latitude longitude',
  },
  service_at_location: { text: 'service_id location_id description' },
  address: { text: 'location_id attention address_1 address_2 city region state_province postal_code country address_type' },
  phone: { text: 'location_id service_id organization_id contact_id service_at_location_id number type description', number: 'extension' },
  contact: { text: 'organization_id service_id service_at_location_id location_id name title department email' },
  schedule: {
    text: 'service_id location_id service_at_location_id valid_from valid_to dtstart until wkst freq byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type notes',
    number: 'timezone count interval',
  },
  service_area: { text: 'service_id service_at_location_id name description extent extent_type uri' },
  language: { text: 'service_id location_id phone_id name code note' },
  accessibility: { text: 'location_id description details url' },
  cost_option: { text: 'service_id valid_from valid_to option currency amount_description', number: 'amount' },
  required_document: { text: 'service_id document uri' },
  funding: { text: 'organization_id service_id source' },
  service_capacity: { text: 'service_id unit_id description updated', number: 'available maximum' },
  unit: { text: 'name scheme identifier uri' },
  url: { text: 'label url organization_id service_id' },
  organization_identifier: { text: 'organization_id identifier_scheme identifier_type identifier' },
  taxonomy: { text: 'name description uri version' },
  taxonomy_term: { text: 'code name description parent_id taxonomy language taxonomy_id term_uri' },
  attribute: { text: 'link_id taxonomy_term_id link_type link_entity value label' },
  metadata: { text: 'resource_id resource_type last_action_date last_action_type field_name previous_value replacement_value updated_by' },
  meta_table_description: { text: 'name language character_set' },
};

// Columns by which rows are looked up. Most are null most of the time, so the indexes are partial.
const LOOKUPS: Record<string, string> = {
  organization: 'parent_organization_id',
  program: 'organization_id',
  service: 'organization_id program_id',
  location: 'organization_id',
  service_at_location: 'service_id location_id',
  address: 'location_id',
  phone: 'location_id service_id organization_id contact_id service_at_location_id',
  contact: 'organization_id service_id service_at_location_id location_id',
  schedule: 'service_id location_id service_at_location_id',
  service_area: 'service_id service_at_location_id',
  language: 'service_id location_id phone_id',
  accessibility: 'location_id',
  cost_option: 'service_id',
  required_document: 'service_id',
  funding: 'organization_id service_id',
  service_capacity: 'service_id unit_id',
  url: 'organization_id service_id',
  organization_identifier: 'organization_id',
  taxonomy_term: 'parent_id taxonomy_id',
  attribute: 'taxonomy_term_id link_id',
  metadata: 'resource_id',
};

export async function up(trx: Transaction<unknown>, engine: 'sqlite' | 'postgres'): Promise<void> {
  // SQLite keeps rows by an `integer` key itself; any other type would be an index beside them.
  const key = engine === 'sqlite' ? 'integer' : 'bigint';
  for (const [name, columns] of Object.entries(TABLES)) {
    let table = trx.schema.createTable(name).addColumn('id', 'text', (c) => c.primaryKey().notNull());
    for (const column of columns.text.split(' ')) table = table.addColumn(column, 'text');
    for (const column of columns.number?.split(' ') ?? []) table = table.addColumn(column, 'double precision');
    if (name === 'location') table = table.addColumn('hidden', 'integer', (c) => c.notNull().defaultTo(0));
    await table.addColumn('extra', 'text').addColumn('source_row', 'bigint').execute();
    await trx.schema.createIndex(`${name}_source_row`).on(name).column('source_row').where(sql.ref('source_row'), 'is not', null).execute();
  }
  for (const [name, columns] of Object.entries(LOOKUPS)) {
    for (const column of columns.split(' ')) {
      await trx.schema.createIndex(`${name}_${column}`).on(name).column(column).where(sql.ref(column), 'is not', null).execute();
    }
  }

  await trx.schema
    .createTable('source')
    .addColumn('id', key, (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('mapping', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();

  // One row of input, as it was last read. `key` is scope and id, or a hash of name and address.
  await trx.schema
    .createTable('source_row')
    .addColumn('id', key, (c) => c.primaryKey().notNull())
    .addColumn('source_id', 'bigint', (c) => c.notNull().references('source.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('content', 'text')
    .addColumn('act_id', 'bigint', (c) => c.notNull())
    .addColumn('created_by', 'bigint', (c) => c.notNull())
    .execute();
  await trx.schema.createIndex('source_row_key').on('source_row').columns(['source_id', 'key']).unique().execute();

  // An act is what someone did at one time: an import, an edit, an undo. Its changes stand beside it.
  await trx.schema
    .createTable('act')
    .addColumn('id', key, (c) => c.primaryKey().notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('detail', 'text')
    .execute();

  // History and change feed in one: `seq` is dense and in the order of commits (see feed). `before` is the
  // record as it was, as JSON; null for a creation. What came after is the next change's `before`, or the record.
  // What input rows created is one change for many of them: object `source_row`, record_id their first and last number.
  await trx.schema
    .createTable('change')
    .addColumn('seq', key, (c) => c.primaryKey().notNull())
    .addColumn('act_id', 'bigint', (c) => c.notNull())
    .addColumn('object', 'text', (c) => c.notNull())
    .addColumn('record_id', 'text', (c) => c.notNull())
    .addColumn('op', 'text', (c) => c.notNull())
    .addColumn('before', 'text')
    .execute();
  await trx.schema.createIndex('change_record').on('change').columns(['record_id', 'seq']).execute();

  // Counters that writers raise inside their transaction. The row lock serialises the feed's writers, so that a
  // reader who has seen seq n has seen every change up to n, on any engine and with any number of servers.
  await trx.schema
    .createTable('feed')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'bigint', (c) => c.notNull())
    .execute();
  await trx
    .insertInto('feed' as never)
    .values([
      { name: 'change', value: 0 },
      { name: 'act', value: 0 },
      { name: 'source_row', value: 0 },
      { name: 'source', value: 0 },
    ] as never)
    .execute();

  await trx.schema
    .createTable('setting')
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('scope_id', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('setting_pk', ['scope', 'scope_id', 'key'])
    .execute();

  // A handout behind an expiring link: what is printed, never who it is for.
  await trx.schema
    .createTable('handout')
    .addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
}
