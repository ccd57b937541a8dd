// From a batch of services, and what hangs on them, to rows of the index.

import type { Kysely } from 'kysely';
import type { Classifier } from '#shared/directory/classify.ts';
import type { EditField } from '#shared/directory/edit.ts';
import { mapFieldText, toFieldTexts } from '#shared/directory/listed-fields.ts';
import type { Redactor } from '#shared/directory/redact.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';
import { toTimetable } from '#shared/directory/timetable-hsds.ts';
import { firstSentence } from '#shared/directory/words.ts';
import { coarseCell } from '#shared/geo/cells.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import type { Database } from '#server/db/schema.ts';
import { isAmong } from './among.ts';
import type { HiddenPlaces } from './hidden-places.ts';
import { ALL_OWNERS, readResourceParts, type ResourceParts } from './resource-reading.ts';
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
  const parts = await readResourceParts(db, {
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
  const parts = await readResourceParts(db, ALL_OWNERS);
  for (let at = 0; at < services.length; at += BATCH) yield composeResources(services.slice(at, at + BATCH), parts, reading);
}

function composeResources(services: readonly ServiceRow[], parts: ResourceParts, reading: ResourceReading): ResourceInput[] {
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
        fields: fieldTexts(service.extra, classifier.fieldsOf(type)),
      };
      const redactor =
        hiddenPlaces.findRedactor('service_at_location', link.id) ??
        hiddenPlaces.findRedactor('service', service.id) ??
        hiddenPlaces.findRedactor('organization', service.organization_id);
      return redactor ? redact(resource, redactor) : resource;
    });
  });
}

function fieldTexts(extra: string | null, fields: readonly EditField[]): string[] {
  return extra === null || fields.length === 0 ? [] : toFieldTexts(JSON.parse(extra) as Record<string, unknown>, fields);
}

function summaryOf(service: ServiceRow): string | null {
  const described = service.description ? firstSentence(service.description, SUMMARY_LENGTH) : '';
  return [service.alternate_name, described].filter((text) => text).join(' · ') || null;
}

function firstFilled<T>(...lists: T[][]): T[] {
  return lists.find((list) => list.length > 0) ?? [];
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
    fields: resource.fields.map((field) => mapFieldText(field, (value) => redactor.text(value))),
  };
}
