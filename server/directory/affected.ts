// Which services a batch of changes touches: a changed address is a changed resource.

import type { Kysely } from 'kysely';
import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from '#shared/directory/hsds.ts';
import { findCreatedRows, type CreatedRows } from '#server/db/created-rows.ts';
import type { Change } from '#server/db/feed.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';

export interface Affected {
  serviceIds: string[];
  /** Ids that may have been resources of theirs, and are gone unless they are read again. */
  resourceIds: string[];
}

const OWNERS = ['service_id', 'service_at_location_id', 'location_id', 'organization_id'] as const;
type Owner = (typeof OWNERS)[number];
type Ids = Record<Owner, Set<string>>;

/** Objects that are no part of a resource. */
const IRRELEVANT: ReadonlySet<HsdsObject> = new Set([
  'metadata',
  'meta_table_description',
  'contact',
  'funding',
  'url',
  'organization_identifier',
  'program',
  'unit',
  'taxonomy',
  'accessibility',
  'cost_option',
]);

/** Reads owners of the changed records as they are and as they were. */
export async function listAffected(db: Kysely<Database>, changes: readonly Change[]): Promise<Affected> {
  const ids: Ids = { service_id: new Set(), service_at_location_id: new Set(), location_id: new Set(), organization_id: new Set() };
  const note = (object: HsdsObject, record: Record<string, unknown>) => {
    const own = `${object}_id` as Owner;
    if (OWNERS.includes(own) && typeof record['id'] === 'string') ids[own].add(record['id']);
    for (const owner of OWNERS) {
      // A service belongs to an organization, but what changes in it does not change its sisters.
      if (owner === 'organization_id' && object !== 'phone') continue;
      if (owner === 'location_id' && object === 'service_at_location') continue;
      const value = record[owner];
      if (typeof value === 'string' && value !== '') ids[owner].add(value);
    }
    if (object === 'attribute' && typeof record['link_id'] === 'string') {
      const entity = record['link_entity'];
      if (entity === 'service') ids.service_id.add(record['link_id']);
      if (entity === 'service_at_location') ids.service_at_location_id.add(record['link_id']);
    }
  };

  const created = changes.flatMap((change) => findCreatedRows(change) ?? []);
  for (const object of HSDS_OBJECTS) {
    if (IRRELEVANT.has(object)) continue;
    const told = changes.filter((change) => change.object === object).map((change) => change.record_id);
    const recordIds = [...new Set([...told, ...(await listCreated(db, object, created))])];
    if (recordIds.length === 0) continue;
    for (const id of recordIds) note(object, { id });
    if (object === 'taxonomy_term') await noteTermOwners(db, recordIds, note);
    const columns = [...OWNERS, 'link_id', 'link_entity'].filter((column) => column in hsdsDefinition(object).fields);
    if (columns.length === 0) continue;
    const rows = await db
      .selectFrom(object as 'phone')
      .select(columns as never)
      .where(isAmong(db, 'id', recordIds))
      .execute();
    for (const row of rows) note(object, row as Record<string, unknown>);
  }
  for (const { object, before } of await listBefore(db, changes)) note(object, before);
  return expand(db, ids);
}

async function listCreated(db: Kysely<Database>, object: HsdsObject, created: readonly CreatedRows[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { first, last } of created) {
    const rows = await db.selectFrom(object).select('id').where('source_row', '>=', first).where('source_row', '<=', last).execute();
    for (const { id } of rows) ids.push(id);
  }
  return ids;
}

async function noteTermOwners(
  db: Kysely<Database>,
  termIds: string[],
  note: (object: HsdsObject, record: Record<string, unknown>) => void,
): Promise<void> {
  const rows = await db
    .selectFrom('attribute')
    .select(['link_id', 'link_entity'])
    .where(isAmong(db, 'taxonomy_term_id', termIds))
    .execute();
  for (const row of rows) note('attribute', row);
}

async function listBefore(
  db: Kysely<Database>,
  changes: readonly Change[],
): Promise<{ object: HsdsObject; before: Record<string, unknown> }[]> {
  const known = changes.filter((change) => change.op !== 'create' && !IRRELEVANT.has(change.object as HsdsObject));
  if (known.length === 0) return [];
  const first = Math.min(...known.map((change) => change.seq));
  const last = Math.max(...known.map((change) => change.seq));
  const rows = await db
    .selectFrom('change')
    .select(['object', 'before'])
    .where('seq', '>=', first)
    .where('seq', '<=', last)
    .where('before', 'is not', null)
    .execute();
  return rows.map((row) => ({ object: row.object as HsdsObject, before: JSON.parse(row.before!) as Record<string, unknown> }));
}

/** From owners of every kind to services, and to all links that they have. */
async function expand(db: Kysely<Database>, ids: Ids): Promise<Affected> {
  const byLink = db.selectFrom('service_at_location').select(['id', 'service_id', 'location_id']);
  const links = [
    ...(await byLink.where(isAmong(db, 'id', [...ids.service_at_location_id])).execute()),
    ...(await byLink.where(isAmong(db, 'location_id', [...ids.location_id])).execute()),
  ];
  const services = await db
    .selectFrom('service')
    .select('id')
    .where(isAmong(db, 'organization_id', [...ids.organization_id]))
    .execute();
  const serviceIds = new Set([...ids.service_id, ...services.map((service) => service.id)]);
  for (const link of links) if (link.service_id !== null) serviceIds.add(link.service_id);
  const own = await byLink.where(isAmong(db, 'service_id', [...serviceIds])).execute();
  const resourceIds = new Set([...serviceIds, ...ids.service_at_location_id, ...own.map((link) => link.id)]);
  return { serviceIds: [...serviceIds], resourceIds: [...resourceIds] };
}
