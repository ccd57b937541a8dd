// From a batch of services to rows of the index: everything that hangs on them is read set by set, never row by row.
// A hidden position and address are left in the database here, by the queries themselves.

import { sql, type Kysely } from 'kysely';
import type { Classifier } from '#shared/directory/classify.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { toTimetable } from '#shared/directory/timetable-hsds.ts';
import { firstSentence } from '#shared/directory/words.ts';
import { coarseCell } from '#shared/geo/cells.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';
import { addressLine, areaNames, CLOSED_STATUSES, extraValues, languageCodes, newestCapacity, phoneLine } from './resource-parts.ts';

export type ServiceRow = Pick<
  Database['service'],
  | 'id'
  | 'organization_id'
  | 'name'
  | 'alternate_name'
  | 'description'
  | 'status'
  | 'eligibility_description'
  | 'assured_date'
  | 'resource_type'
  | 'rule'
  | 'extra'
>;

export interface ResourceReading {
  classifier: Classifier;
  /** Zone of places that do not say theirs. */
  zone: string | null;
}

const SUMMARY_LENGTH = 120;

/** Rows by the id that a column of theirs holds. */
function groupBy<T, K extends keyof T>(rows: readonly T[], key: K): (id: string | null | undefined) => T[] {
  const groups = new Map<unknown, T[]>();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return (id) => (id === null || id === undefined ? [] : (groups.get(id) ?? []));
}

/** Rows by whatever they belong to; ids of different objects may be the same. */
function groupByOwner<T extends { service_id?: string | null; location_id?: string | null; service_at_location_id?: string | null; organization_id?: string | null }>(rows: readonly T[]) {
  return {
    service: groupBy(rows, 'service_id'),
    location: groupBy(rows, 'location_id'),
    link: groupBy(rows, 'service_at_location_id'),
    organization: groupBy(rows, 'organization_id'),
  };
}

function idsOf(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** The resources of a batch of services: a row for each of their locations, or one where there is none. */
export async function readResources(db: Kysely<Database>, services: readonly ServiceRow[], { classifier, zone }: ResourceReading): Promise<ResourceInput[]> {
  const open = services.filter((service) => !CLOSED_STATUSES.has(service.status ?? ''));
  const serviceIds = open.map((service) => service.id);
  const links = await db.selectFrom('service_at_location').select(['id', 'service_id', 'location_id']).where(isAmong(db, 'service_id', serviceIds)).orderBy('id').execute();
  const linkIds = links.map((link) => link.id);
  const locationIds = idsOf(links.map((link) => link.location_id));
  const organizationIds = idsOf(open.map((service) => service.organization_id));

  const [locations, organizations, addresses, phones, schedules, languages, documents, areas, capacities, terms, cells] = [
    await db
      .selectFrom('location')
      .select(['id', 'name', 'hidden', 'cell', 'timezone'])
      .select(sql<number | null>`case when hidden = 0 then longitude end`.as('lon'))
      .select(sql<number | null>`case when hidden = 0 then latitude end`.as('lat'))
      .where(isAmong(db, 'id', locationIds))
      .execute(),
    await db.selectFrom('organization').select(['id', 'name', 'alternate_name']).where(isAmong(db, 'id', organizationIds)).execute(),
    await db
      .selectFrom('address')
      .innerJoin('location', 'location.id', 'address.location_id')
      .select(['address.location_id', 'address.address_1', 'address.city', 'address.address_type'])
      .where('location.hidden', '=', 0)
      .where(isAmong(db, 'address.location_id', locationIds))
      .orderBy('address.id')
      .execute(),
    await listPhones(db, { serviceIds, locationIds, linkIds, organizationIds }),
    await listSchedules(db, { serviceIds, locationIds, linkIds }),
    await db
      .selectFrom('language')
      .select(['service_id', 'location_id', 'code', 'name'])
      .where((eb) => eb.or([isAmong(db, 'service_id', serviceIds), isAmong(db, 'location_id', locationIds)]))
      .execute(),
    await db.selectFrom('required_document').select(['service_id', 'document']).where(isAmong(db, 'service_id', serviceIds)).orderBy('id').execute(),
    await db
      .selectFrom('service_area')
      .select(['id', 'service_id', 'service_at_location_id', 'name', 'extent', 'extent_type'])
      .where((eb) => eb.or([isAmong(db, 'service_id', serviceIds), isAmong(db, 'service_at_location_id', linkIds)]))
      .orderBy('id')
      .execute(),
    await db.selectFrom('service_capacity').select(['service_id', 'available', 'maximum', 'updated']).where(isAmong(db, 'service_id', serviceIds)).execute(),
    await listTerms(db, [...serviceIds, ...linkIds]),
    await listHiddenCells(db, locationIds),
  ];

  const linksOf = groupBy(links, 'service_id');
  const locationOf = groupBy(locations, 'id');
  const organizationOf = groupBy(organizations, 'id');
  const addressesOf = groupBy(addresses, 'location_id');
  const termsOf = groupBy(terms, 'owner');
  const documentsOf = groupBy(documents, 'service_id');
  const capacitiesOf = groupBy(capacities, 'service_id');
  const phonesOf = groupByOwner(phones);
  const schedulesOf = groupByOwner(schedules);
  const languagesOf = groupByOwner(languages);
  const areasOf = groupByOwner(areas);

  return open.flatMap((service) => {
    const organization = organizationOf(service.organization_id)[0] ?? null;
    const own = linksOf(service.id);
    const places = own.length > 0 ? own : [{ id: service.id, location_id: null }];
    return places.map((link): ResourceInput => {
      const location = locationOf(link.location_id)[0] ?? null;
      const hidden = location !== null && location.hidden !== 0;
      const { type, needs } = classifier.classify({
        type: service.resource_type,
        terms: [...termsOf(`service ${service.id}`), ...termsOf(`service_at_location ${link.id}`)].flatMap((term) => term.texts),
        needs: extraValues(service.extra, 'waypost:need'),
        names: [service.name, service.alternate_name, organization?.name].filter((name) => name !== null && name !== undefined),
      });
      const isPlaced = location !== null && !hidden && location.lon !== null && location.lat !== null && (location.lon !== 0 || location.lat !== 0);
      return {
        id: link.id,
        service: { id: service.id, name: service.name ?? '' },
        organization: organization && { id: organization.id, name: organization.name ?? '' },
        location: location && { id: location.id, name: location.name ?? '' },
        lon: isPlaced ? location.lon : null,
        lat: isPlaced ? location.lat : null,
        hidden,
        cell: hidden ? (location.cell ?? cells.get(location.id) ?? null) : null,
        address: hidden || !location ? null : addressLine(addressesOf(location.id)),
        phone: phoneLine([
          ...phonesOf.link(link.id),
          ...phonesOf.service(service.id),
          ...phonesOf.location(location?.id),
          ...phonesOf.organization(organization?.id),
        ]),
        type,
        needs,
        languages: languageCodes([...languagesOf.service(service.id), ...languagesOf.location(location?.id)]),
        rule: service.rule,
        eligibilityText: service.eligibility_description?.trim() || null,
        summary: summaryOf(service),
        bring: documentsOf(service.id).flatMap(({ document }) => (document?.trim() ? [document.trim()] : [])),
        timetable: toTimetable(
          firstFilled(schedulesOf.link(link.id), schedulesOf.service(service.id), schedulesOf.location(location?.id)),
          location?.timezone ?? zone,
        ),
        capacity: newestCapacity(capacitiesOf(service.id)),
        verified: service.assured_date?.slice(0, 10) ?? null,
        areas: areaNames([...areasOf.link(link.id), ...areasOf.service(service.id)]),
      };
    });
  });
}

function summaryOf(service: ServiceRow): string | null {
  const described = service.description ? firstSentence(service.description, SUMMARY_LENGTH) : '';
  return [service.alternate_name, described].filter((text) => text).join(' · ') || null;
}

function firstFilled<T>(...lists: T[][]): T[] {
  return lists.find((list) => list.length > 0) ?? [];
}

interface Owners {
  serviceIds: readonly string[];
  locationIds: readonly string[];
  linkIds: readonly string[];
}

function listPhones(db: Kysely<Database>, { serviceIds, locationIds, linkIds, organizationIds }: Owners & { organizationIds: readonly string[] }) {
  return db
    .selectFrom('phone')
    .select(['service_id', 'location_id', 'service_at_location_id', 'organization_id', 'number', 'extension', 'type', 'description'])
    .where((eb) =>
      eb.or([
        isAmong(db, 'service_id', serviceIds),
        isAmong(db, 'location_id', locationIds),
        isAmong(db, 'service_at_location_id', linkIds),
        isAmong(db, 'organization_id', organizationIds),
      ]),
    )
    .orderBy('id')
    .execute();
}

function listSchedules(db: Kysely<Database>, { serviceIds, locationIds, linkIds }: Owners) {
  return db
    .selectFrom('schedule')
    .selectAll()
    .where((eb) =>
      eb.or([isAmong(db, 'service_id', serviceIds), isAmong(db, 'location_id', locationIds), isAmong(db, 'service_at_location_id', linkIds)]),
    )
    .orderBy('id')
    .execute();
}

/** Taxonomy terms by "entity id", each with all texts by which it may be known. */
async function listTerms(db: Kysely<Database>, ids: readonly string[]): Promise<{ owner: string; texts: string[] }[]> {
  const rows = await db
    .selectFrom('attribute')
    .leftJoin('taxonomy_term', 'taxonomy_term.id', 'attribute.taxonomy_term_id')
    .select(['attribute.link_id', 'attribute.link_entity', 'attribute.taxonomy_term_id', 'attribute.label', 'taxonomy_term.code', 'taxonomy_term.name'])
    .where(isAmong(db, 'attribute.link_id', ids))
    .where('attribute.link_entity', 'in', ['service', 'service_at_location'])
    .orderBy('attribute.id')
    .execute();
  return rows.map((row) => ({
    owner: `${row.link_entity} ${row.link_id}`,
    texts: [row.code, row.name, row.label, row.taxonomy_term_id].filter((text) => text !== null),
  }));
}

/** Coarse cells of hidden places that were stored without one. The position itself goes no further. */
async function listHiddenCells(db: Kysely<Database>, locationIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('location')
    .select(['id', 'longitude', 'latitude'])
    .where(isAmong(db, 'id', locationIds))
    .where('hidden', '!=', 0)
    .where('cell', 'is', null)
    .execute();
  return new Map(
    rows.flatMap(({ id, longitude, latitude }) => (longitude === null || latitude === null ? [] : [[id, coarseCell({ lon: longitude, lat: latitude })] as const])),
  );
}
