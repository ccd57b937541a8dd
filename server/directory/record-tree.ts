// Which records make up what a page shows: a service with its places, telephones, hours …, as they are, and all that ever
// belonged to it.

import type { Kysely } from 'kysely';
import { HSDS_OBJECTS, type HsdsObject } from '#shared/directory/hsds.ts';
import { PARTS_OF, WHOLES } from '#shared/directory/references.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '../db/schema.ts';
import { isAmong } from './among.ts';
import { keyOf, type RecordKey } from './history-state.ts';

/** The record that an id names, be it there or gone. Where several objects have the id: what has a page comes first. */
export async function getNamedRecord(db: Kysely<Database>, id: string): Promise<RecordKey> {
  const paged: HsdsObject[] = ['service_at_location', 'service', 'location', 'organization'];
  for (const object of [...paged, ...HSDS_OBJECTS.filter((other) => !paged.includes(other))]) {
    if (await db.selectFrom(object).select('id').where('id', '=', id).executeTakeFirst()) return { object, id };
  }
  const told = await db
    .selectFrom('change')
    .select('object')
    .where('record_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!told || told.object === 'source_row')
    throw new Problem('not_found', `There is no record ${id} in this directory, and there never was one.`);
  return { object: told.object, id };
}

/** The record with its parts, and what it stands for: a service brings its places and its organization along. */
export async function readTree(db: Kysely<Database>, root: RecordKey): Promise<RecordKey[]> {
  const found = new Map<string, RecordKey>();
  for (const whole of [root, ...(await listWholes(db, root))]) found.set(keyOf(whole), whole);
  let fresh = [...found.values()];
  while (fresh.length > 0) {
    const parts = [...(await listParts(db, fresh)), ...(await listFormerParts(db, fresh))];
    fresh = [];
    for (const part of parts) {
      if (found.has(keyOf(part))) continue;
      found.set(keyOf(part), part);
      fresh.push(part);
    }
  }
  return [...found.values()];
}

async function listWholes(db: Kysely<Database>, { object, id }: RecordKey): Promise<RecordKey[]> {
  if (object !== 'service' && object !== 'service_at_location') return [];
  const links = await db
    .selectFrom('service_at_location')
    .select(['id', 'service_id', 'location_id'])
    .where(object === 'service' ? 'service_id' : 'id', '=', id)
    .execute();
  const serviceIds = object === 'service' ? [id] : links.flatMap((link) => link.service_id ?? []);
  const services = await db
    .selectFrom('service')
    .select(['id', 'organization_id'])
    .where(isAmong(db, 'id', serviceIds))
    .execute();
  return [
    ...services.map((service): RecordKey => ({ object: 'service', id: service.id })),
    ...services.flatMap(({ organization_id: owner }): RecordKey[] => (owner === null ? [] : [{ object: 'organization', id: owner }])),
    ...links.flatMap(({ location_id: place }): RecordKey[] => (place === null ? [] : [{ object: 'location', id: place }])),
  ];
}

async function listParts(db: Kysely<Database>, keys: readonly RecordKey[]): Promise<RecordKey[]> {
  const parts: RecordKey[] = [];
  for (const [object, list] of Map.groupBy(keys, (key) => key.object)) {
    const ids = list.map(({ id }) => id);
    for (const { from, column, entity } of PARTS_OF.get(object) ?? []) {
      let query = db
        .selectFrom(from)
        .select('id')
        .where(isAmong(db, column, ids));
      if (entity) query = query.where(entity as never, '=', object as never);
      for (const { id } of await query.execute()) parts.push({ object: from, id });
    }
  }
  return parts;
}

/** What belonged to them before some change: removed since, or given to something else. */
async function listFormerParts(db: Kysely<Database>, keys: readonly RecordKey[]): Promise<RecordKey[]> {
  const rows = await db
    .selectFrom('change')
    .select(['object', 'record_id as id'])
    .distinct()
    .where(
      isAmong(
        db,
        'owner_id',
        keys.map(({ id }) => id),
      ),
    )
    .execute();
  return rows.flatMap(({ object, id }): RecordKey[] => (object === 'source_row' || WHOLES.has(object) ? [] : [{ object, id }]));
}
