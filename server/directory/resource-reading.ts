// Everything that hangs on services, read set by set, never row by row. A hidden position and address are left in the
// database here, by the queries themselves.

import { setImmediate as pause } from 'node:timers/promises';
import { sql, type Kysely, type SqlBool } from 'kysely';
import { nameOfTerm } from '#shared/directory/classify.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { loadPublicHolidays } from './public-holidays.ts';

/** Everything that hangs on services, by what it hangs on. */
export type ResourceParts = Awaited<ReturnType<typeof readResourceParts>>;

/** Ids of those whose parts are read; null: all there are, each table in one pass. */
export interface Owners {
  services: readonly string[] | null;
  links: readonly string[] | null;
  locations: readonly string[] | null;
  organizations: readonly string[] | null;
}

export const ALL_OWNERS: Owners = { services: null, links: null, locations: null, organizations: null };

interface Owned {
  id: string;
  service_id?: string | null;
  location_id?: string | null;
  service_at_location_id?: string | null;
  organization_id?: string | null;
}

/** Rows by the id that a column of theirs holds; each group in the order of the rows' own ids. */
function groupBy<T extends { id: string }, K extends keyof T>(rows: readonly T[], key: K): (id: string | null | undefined) => T[] {
  const groups = new Map<unknown, T[]>();
  for (const row of rows) {
    if (row[key] === null || row[key] === undefined) continue;
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return (id) => {
    const group = id === null || id === undefined ? undefined : groups.get(id);
    if (group === undefined) return [];
    return group.length === 1 ? group : group.sort((a, b) => (a.id < b.id ? -1 : 1));
  };
}

/** Rows by whatever they belong to; ids of different objects may be the same. */
function groupByOwner<T extends Owned>(rows: readonly T[]) {
  return {
    service: groupBy(rows, 'service_id'),
    location: groupBy(rows, 'location_id'),
    link: groupBy(rows, 'service_at_location_id'),
    organization: groupBy(rows, 'organization_id'),
  };
}

export async function readResourceParts(db: Kysely<Database>, owners: Owners) {
  const whole = owners.services === null;
  const among = (column: string, ids: readonly string[] | null) => (ids === null ? sql<SqlBool>`1 = 1` : isAmong(db, column, ids));
  /** Others get their turn between two tables. */
  const read = async <T>(query: { execute(): Promise<T[]> }): Promise<T[]> => {
    if (whole) await pause();
    return query.execute();
  };
  const ofServiceOrLocation = [among('service_id', owners.services), among('location_id', owners.locations)];
  const ofLink = among('service_at_location_id', owners.links);
  const schedules = await read(
    db
      .selectFrom('schedule')
      .selectAll()
      .where((eb) => eb.or([...ofServiceOrLocation, ofLink])),
  );

  return {
    linksOf: groupBy(
      await read(
        db.selectFrom('service_at_location').select(['id', 'service_id', 'location_id']).where(among('service_id', owners.services)),
      ),
      'service_id',
    ),
    locationOf: groupBy(
      await read(
        db
          .selectFrom('location')
          .select(['id', 'name', 'hidden', 'cell', 'timezone'])
          .select(sql<number | null>`case when hidden = 0 then longitude end`.as('lon'))
          .select(sql<number | null>`case when hidden = 0 then latitude end`.as('lat'))
          .where(among('id', owners.locations)),
      ),
      'id',
    ),
    organizationOf: groupBy(
      await read(db.selectFrom('organization').select(['id', 'name']).where(among('id', owners.organizations))),
      'id',
    ),
    addressesOf: groupBy(
      await read(
        db
          .selectFrom('address')
          .select(['id', 'location_id', 'address_1', 'city', 'state_province', 'country', 'address_type'])
          .where(among('location_id', owners.locations))
          .where(whole ? isOpenLocationOfAll : isOpenLocation),
      ),
      'location_id',
    ),
    phonesOf: groupByOwner(
      await read(
        db
          .selectFrom('phone')
          .select([
            'id',
            'service_id',
            'location_id',
            'service_at_location_id',
            'organization_id',
            'number',
            'extension',
            'type',
            'description',
          ])
          .where((eb) => eb.or([...ofServiceOrLocation, ofLink, among('organization_id', owners.organizations)])),
      ),
    ),
    schedulesOf: groupByOwner(schedules),
    publicHolidays: await loadPublicHolidays(schedules),
    languagesOf: groupByOwner(
      await read(
        db
          .selectFrom('language')
          .select(['id', 'service_id', 'location_id', 'code', 'name'])
          .where((eb) => eb.or(ofServiceOrLocation)),
      ),
    ),
    documentsOf: groupBy(
      await read(db.selectFrom('required_document').select(['id', 'service_id', 'document']).where(ofServiceOrLocation[0]!)),
      'service_id',
    ),
    areasOf: groupByOwner(
      await read(
        db
          .selectFrom('service_area')
          .select(['id', 'service_id', 'service_at_location_id', 'name', 'extent', 'extent_type'])
          .where((eb) => eb.or([ofServiceOrLocation[0]!, ofLink])),
      ),
    ),
    capacitiesOf: groupBy(
      await read(
        db.selectFrom('service_capacity').select(['id', 'service_id', 'available', 'maximum', 'updated']).where(ofServiceOrLocation[0]!),
      ),
      'service_id',
    ),
    termsOf: groupBy(await listTerms(db, owners.services && owners.links ? [...owners.services, ...owners.links] : null), 'owner'),
    hiddenPlaces: await readHiddenPlaces(db),
  };
}

// Addresses of hidden places stay in the database. Few are hidden: where all are read, one look at the locations tells which.
const isOpenLocation = sql<SqlBool>`exists (select 1 from location where location.id = address.location_id and location.hidden = 0)`;
const isOpenLocationOfAll = sql<SqlBool>`address.location_id not in (select id from location where hidden != 0)`;

/** Taxonomy terms by "entity id", each with all texts by which it may be known. */
async function listTerms(db: Kysely<Database>, ids: readonly string[] | null): Promise<{ id: string; owner: string; texts: string[] }[]> {
  const rows = await db
    .selectFrom('attribute')
    .leftJoin('taxonomy_term', 'taxonomy_term.id', 'attribute.taxonomy_term_id')
    .leftJoin('taxonomy', 'taxonomy.id', 'taxonomy_term.taxonomy_id')
    .select([
      'attribute.id',
      'attribute.link_id',
      'attribute.link_entity',
      'attribute.taxonomy_term_id',
      'attribute.label',
      'taxonomy_term.code',
      'taxonomy_term.name',
      'taxonomy_term.taxonomy',
      'taxonomy.name as taxonomy_name',
    ])
    .where(ids === null ? sql<SqlBool>`1 = 1` : isAmong(db, 'attribute.link_id', ids))
    .where('attribute.link_entity', 'in', ['service', 'service_at_location'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    owner: `${row.link_entity} ${row.link_id}`,
    texts: [...crossNames(row), row.code, row.name, row.label, row.taxonomy_term_id].filter((text) => text !== null),
  }));
}

/** By taxonomy and code, for crosswalks; some files have the code as the term's id. */
function crossNames(row: {
  taxonomy: string | null;
  taxonomy_name: string | null;
  code: string | null;
  taxonomy_term_id: string | null;
}): string[] {
  const taxonomies = [row.taxonomy, row.taxonomy_name].filter((name) => name !== null);
  const codes = [row.code, row.taxonomy_term_id].filter((code) => code !== null);
  return taxonomies.flatMap((taxonomy) => codes.map((code) => nameOfTerm(taxonomy, code)));
}
