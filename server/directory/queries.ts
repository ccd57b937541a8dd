// Reads the directory out of its tables: the rows of the index, batch by batch, and one resource as a whole.

import type { Kysely } from 'kysely';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';
import { findResource, type FindResourceOptions, type ResourceRecord } from './resource-record.ts';
import { readAllResources, readResources, type ResourceReading } from './resource-rows.ts';

export interface ResourceQuery extends ResourceReading {
  /** Only resources of these services; default all. */
  serviceIds?: readonly string[];
}

const BATCH = 500;

/** Every resource that can be found, in batches; services that are closed for good or for now are left out. */
export async function* listResourceInputs(db: Kysely<Database>, query: ResourceQuery): AsyncGenerator<ResourceInput[]> {
  const services = db
    .selectFrom('service')
    .select(['id', 'organization_id', 'name', 'alternate_name', 'description', 'status', 'eligibility_description'])
    .select(['assured_date', 'resource_type', 'rule', 'extra']);
  if (query.serviceIds === undefined) {
    yield* readAllResources(db, await services.execute(), query);
    return;
  }
  for (let at = 0; at < query.serviceIds.length; at += BATCH) {
    const ids = query.serviceIds.slice(at, at + BATCH);
    yield readResources(db, await services.where(isAmong(db, 'id', ids)).execute(), query);
  }
}

/** One resource as a whole; throws a Problem where there is none. A hidden place is told without where it is. */
export async function getResource(db: Kysely<Database>, id: string, options: FindResourceOptions): Promise<ResourceRecord> {
  const record = await findResource(db, id, options);
  if (!record) throw new Problem('not_found', 'There is no such service in this directory. It may have been removed.');
  return record;
}

/** How many services and places there are, closed ones included. */
export async function countDirectory(db: Kysely<Database>): Promise<{ services: number; locations: number }> {
  const count = async (table: 'service' | 'location') => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  return { services: await count('service'), locations: await count('location') };
}

/** When anything was last changed, as an ISO time; null: never. */
export async function findLastChange(db: Kysely<Database>): Promise<string | null> {
  return (await db.selectFrom('act').select('at').orderBy('id', 'desc').limit(1).executeTakeFirst())?.at ?? null;
}

export { writeDirectoryAct } from './directory-act.ts';
export { getGeocoder } from './geocode.ts';
export { readHiddenPlaces } from './hidden-places.ts';
export { Uploads } from './import-uploads.ts';
