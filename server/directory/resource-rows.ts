// From a batch of services to rows of the index: everything that hangs on them is read set by set, never row by row.
// A hidden position and address are left in the database here, by the queries themselves.

import { setImmediate as pause } from 'node:timers/promises';
import { sql, type Kysely, type SqlBool } from 'kysely';
import type { Classifier } from '#shared/directory/classify.ts';
import type { Redactor } from '#shared/directory/redact.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { toTimetable } from '#shared/directory/timetable-hsds.ts';
import { firstSentence } from '#shared/directory/words.ts';
import { coarseCell } from '#shared/geo/cells.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';
import { readHiddenPlaces, type HiddenPlaces } from './hidden-places.ts';
import { loadPublicHolidays } from './public-holidays.ts';
import { addressLine, areaNames, CLOSED_STATUSES, extraValues, languageCodes, newestCapacity, phoneLine } from './resource-parts.ts';
import { zoneOfSite } from './site-zone.ts';

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
  /** Zone of places that do not say theirs; null or empty: that of where they are. */
  zone: string | null;
  /** Two letters, of places that do not say theirs; default "US". */
  country?: string;
}

const SUMMARY_LENGTH = 120;
const BATCH = 250;

/** Everything that hangs on services, by what it hangs on. */
type Parts = Awaited<ReturnType<typeof readParts>>;

/** Ids of those whose parts are read; null: all there are, each table in one pass. */
interface Owners {
  services: readonly string[] | null;
  links: readonly string[] | null;
  locations: readonly string[] | null;
  organizations: readonly string[] | null;
}

const ALL: Owners = { services: null, links: null, locations: null, organizations: null };

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

function idsOf(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** The resources of some services: a row for each of their locations, or one where there is none. */
export async function readResources(
  db: Kysely<Database>,
  services: readonly ServiceRow[],
  reading: ResourceReading,
): Promise<ResourceInput[]> {
  const ids = services.map((service) => service.id);
  const links = await db
    .selectFrom('service_at_location')
    .select(['id', 'location_id'])
    .where(isAmong(db, 'service_id', ids))
    .execute();
  const parts = await readParts(db, {
    services: ids,
    links: links.map((link) => link.id),
    locations: idsOf(links.map((link) => link.location_id)),
    organizations: idsOf(services.map((service) => service.organization_id)),
  });
  return composeResources(services, parts, reading);
}

/**
 * The resources of all services that are given, batch by batch. Reads each table from one end to the other: looking up
 * the parts of many services one by one costs seven times as much, since each look-up is a page of the encrypted file.
 */
export async function* readAllResources(
  db: Kysely<Database>,
  services: readonly ServiceRow[],
  reading: ResourceReading,
): AsyncGenerator<ResourceInput[]> {
  const parts = await readParts(db, ALL);
  for (let at = 0; at < services.length; at += BATCH) yield composeResources(services.slice(at, at + BATCH), parts, reading);
}

async function readParts(db: Kysely<Database>, owners: Owners) {
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

function composeResources(services: readonly ServiceRow[], parts: Parts, reading: ResourceReading): ResourceInput[] {
  const { classifier, zone, country: ownCountry = 'US' } = reading;
  const {
    linksOf,
    locationOf,
    organizationOf,
    addressesOf,
    phonesOf,
    schedulesOf,
    publicHolidays,
    languagesOf,
    documentsOf,
    areasOf,
    capacitiesOf,
    termsOf,
    hiddenPlaces,
  } = parts;
  return services.flatMap((service) => {
    if (CLOSED_STATUSES.has(service.status ?? '')) return [];
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
      const isPlaced =
        location !== null && !hidden && location.lon !== null && location.lat !== null && (location.lon !== 0 || location.lat !== 0);
      const cell = hidden ? cellOf(hiddenPlaces, location) : null;
      const address = hidden || !location ? null : (addressesOf(location.id)[0] ?? null);
      const country = /^[A-Z]{2}$/i.test(address?.country ?? '') ? address!.country! : ownCountry;
      const resource: ResourceInput = {
        id: link.id,
        service: { id: service.id, name: service.name ?? '' },
        organization: organization && { id: organization.id, name: organization.name ?? '' },
        location: location && { id: location.id, name: location.name ?? '' },
        lon: isPlaced ? location.lon : null,
        lat: isPlaced ? location.lat : null,
        hidden,
        cell,
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
          zoneOfSite(location && { ...location, cell }, zone, country),
          (names) => publicHolidays?.listDays(country, address?.state_province ?? null, names) ?? null,
        ),
        capacity: newestCapacity(capacitiesOf(service.id)),
        verified: service.assured_date?.slice(0, 10) ?? null,
        areas: areaNames([...areasOf.link(link.id), ...areasOf.service(service.id)]),
      };
      const redactor =
        hiddenPlaces.findRedactor('service_at_location', link.id) ??
        hiddenPlaces.findRedactor('service', service.id) ??
        hiddenPlaces.findRedactor('organization', service.organization_id);
      return redactor ? redact(resource, redactor) : resource;
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

/** Taxonomy terms by "entity id", each with all texts by which it may be known. */
async function listTerms(db: Kysely<Database>, ids: readonly string[] | null): Promise<{ id: string; owner: string; texts: string[] }[]> {
  const rows = await db
    .selectFrom('attribute')
    .leftJoin('taxonomy_term', 'taxonomy_term.id', 'attribute.taxonomy_term_id')
    .select([
      'attribute.id',
      'attribute.link_id',
      'attribute.link_entity',
      'attribute.taxonomy_term_id',
      'attribute.label',
      'taxonomy_term.code',
      'taxonomy_term.name',
    ])
    .where(ids === null ? sql<SqlBool>`1 = 1` : isAmong(db, 'attribute.link_id', ids))
    .where('attribute.link_entity', 'in', ['service', 'service_at_location'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    owner: `${row.link_entity} ${row.link_id}`,
    texts: [row.code, row.name, row.label, row.taxonomy_term_id].filter((text) => text !== null),
  }));
}

/** The coarse cell of a hidden place. The position itself goes no further. */
function cellOf(places: HiddenPlaces, location: { id: string; cell: string | null }): string | null {
  const position = places.positionOf(location.id);
  return position && isOnEarth(position) ? coarseCell(position) : location.cell;
}

function isOnEarth({ lon, lat }: LonLat): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && (lon !== 0 || lat !== 0);
}

/** The row without what its texts tell of where a hidden place is. */
function redact(resource: ResourceInput, redactor: Redactor): ResourceInput {
  const { service, organization, location, timetable } = resource;
  const named = <T extends { id: string; name: string } | null>(one: T): T => one && { ...one, name: redactor.text(one.name) };
  const text = (one: string | null) => (one === null ? null : redactor.text(one));
  return {
    ...resource,
    service: named(service),
    organization: named(organization),
    location: named(location),
    summary: text(resource.summary),
    eligibilityText: text(resource.eligibilityText),
    bring: redactor.value(resource.bring),
    timetable: timetable && redactor.value(timetable),
  };
}
