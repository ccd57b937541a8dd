// One resource as a whole, for its page. Of a hidden place everything that tells where it is stays in the database:
// the queries leave out its addresses, its position and the texts that describe the way, and no other text repeats them.

import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type ClosedDays, opening, weekView, type Opening, type OpenDay } from '#shared/directory/timetable.ts';
import { toTimetable } from '#shared/directory/timetable-hsds.ts';
import { listStatedFields, type StatedField } from '#shared/directory/type-fields.ts';
import type { Database } from '#server/db/schema.ts';
import { readHiddenPlaces } from './hidden-places.ts';
import { listChanges, listProvenance } from './resource-origin.ts';
import { addressLine, languageCode, phoneLine } from './resource-parts.ts';

export type ResourceRecord = NonNullable<Awaited<ReturnType<typeof findResource>>>;

export interface FindResourceOptions {
  /** Zone of places that do not say theirs. */
  zone: string | null;
  /** Public holidays where it is. */
  holidays?: ClosedDays | undefined;
  /** Names of the fields of its kind that whoever asks may see, by the kind that is stated; without it none is told. */
  fieldNames?: (stated: string | null) => readonly string[];
  /** Milliseconds since 1970: for what is open now and the week from today. */
  now: number;
}

/** What a page tells of hours. */
interface Hours {
  zone: string | null;
  now: Opening;
  week: OpenDay[] | null;
  /** Hours that could not be read, as they were written. */
  text: string | null;
}

const Translations = z.record(z.string(), z.object({ summary: z.string().optional(), bring: z.array(z.string()).optional() }));

/** By the id of a service at a location, or of a service that has none. Undefined where there is neither. */
export async function findResource(db: Kysely<Database>, id: string, options: FindResourceOptions) {
  const link = await db.selectFrom('service_at_location').selectAll().where('id', '=', id).executeTakeFirst();
  const service = await db
    .selectFrom('service')
    .selectAll()
    .where('id', '=', link ? (link.service_id ?? '') : id)
    .executeTakeFirst();
  if (!service) return undefined;
  const ids = { service: service.id, link: link?.id ?? '', location: link?.location_id ?? '', organization: service.organization_id ?? '' };

  const organization = await db.selectFrom('organization').selectAll().where('id', '=', ids.organization).executeTakeFirst();
  const location = await findLocation(db, ids.location);
  const hidden = location?.hidden ?? false;
  const addresses = hidden
    ? []
    : await db.selectFrom('address').selectAll().where('location_id', '=', ids.location).orderBy('id').execute();
  const phones = await listPhones(db, ids);
  const schedules = await listSchedules(db, ids);
  const languages = await db
    .selectFrom('language')
    .select(['code', 'name', 'note'])
    .where((eb) => eb.or([eb('service_id', '=', ids.service), eb('location_id', '=', ids.location)]))
    .orderBy('id')
    .execute();

  const record = {
    id,
    hidden,
    service: without(service, 'extra', 'source_row'),
    organization: organization ? without(organization, 'extra', 'source_row') : null,
    location,
    translations: translationsOf(service.extra),
    fields: fieldsOf(service, options),
    address: addressLine(addresses),
    addresses: addresses.map((address) => without(address, 'extra', 'source_row')),
    phone: phoneLine(phones),
    phones,
    hours: hoursOf(schedules, { ...options, zone: location?.timezone ?? options.zone }),
    languages: languages.map((language) => ({ ...language, code: languageCode(language) ?? language.code })),
    ...(await listServiceParts(db, ids)),
    elsewhere: await listElsewhere(db, ids),
    provenance: await listProvenance(db, {
      service: service.source_row,
      organization: organization?.source_row,
      location: location?.sourceRow,
      link: link?.source_row,
    }),
    changes: await listChanges(db, [
      { object: 'service', id: ids.service, sourceRow: service.source_row },
      { object: 'service_at_location', id: ids.link, sourceRow: link?.source_row },
      { object: 'location', id: ids.location, sourceRow: location?.sourceRow },
      { object: 'organization', id: ids.organization, sourceRow: organization?.source_row },
    ]),
  };
  const places = await readHiddenPlaces(db);
  const redactor =
    places.findRedactor('service_at_location', ids.link) ??
    places.findRedactor('service', ids.service) ??
    places.findRedactor('organization', ids.organization);
  if (!redactor) return record;
  // An open place of theirs keeps its own address.
  return { ...redactor.value(record), address: record.address, addresses: record.addresses };
}

interface Ids {
  service: string;
  link: string;
  location: string;
  organization: string;
}

function without<T extends object, K extends keyof T>(row: T, ...keys: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}

/** Summary and documents in other languages, for handouts: `waypost:translations` of the service. */
function translationsOf(extra: string | null): z.infer<typeof Translations> {
  const parsed = Translations.safeParse(JSON.parse(extra ?? '{}')?.['waypost:translations'] ?? {});
  return parsed.success ? parsed.data : {};
}

/** What is stated in the fields of its kind. */
function fieldsOf(service: { extra: string | null; resource_type: string | null }, { fieldNames }: FindResourceOptions): StatedField[] {
  return listStatedFields(JSON.parse(service.extra ?? '{}') as Record<string, unknown>, fieldNames?.(service.resource_type) ?? []);
}

async function findLocation(db: Kysely<Database>, id: string) {
  const open = await db.selectFrom('location').selectAll().where('id', '=', id).where('hidden', '=', 0).executeTakeFirst();
  if (open) {
    const { source_row: sourceRow, longitude: lon, latitude: lat, ...rest } = without(open, 'extra', 'cell');
    return { ...rest, hidden: false as const, lon, lat, sourceRow };
  }
  const hidden = await db
    .selectFrom('location')
    .select(['id', 'name', 'location_type', 'timezone', 'source_row'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!hidden) return null;
  const { source_row: sourceRow, ...rest } = hidden;
  return {
    ...rest,
    alternate_name: null,
    description: null,
    transportation: null,
    url: null,
    hidden: true as const,
    lon: null,
    lat: null,
    sourceRow,
  };
}

/** The most particular first. */
async function listPhones(db: Kysely<Database>, ids: Ids) {
  const rows = await db
    .selectFrom('phone')
    .select(['id', 'number', 'extension', 'type', 'description', 'service_at_location_id', 'service_id', 'location_id', 'organization_id'])
    .where((eb) =>
      eb.or([
        eb('service_at_location_id', '=', ids.link),
        eb('service_id', '=', ids.service),
        eb('location_id', '=', ids.location),
        eb('organization_id', '=', ids.organization),
      ]),
    )
    .orderBy('id')
    .execute();
  const rank = (row: (typeof rows)[number]) =>
    row.service_at_location_id === ids.link ? 0 : row.service_id === ids.service ? 1 : row.location_id === ids.location ? 2 : 3;
  return rows
    .toSorted((a, b) => rank(a) - rank(b))
    .map((row) => ({
      ...without(row, 'service_at_location_id', 'service_id', 'location_id', 'organization_id'),
      of: (['service', 'service', 'location', 'organization'] as const)[rank(row)]!,
    }));
}

/** Of the service at this place; where none are stated, of the service, and then of the place. */
async function listSchedules(db: Kysely<Database>, ids: Ids) {
  const owners = [
    ['service_at_location_id', ids.link],
    ['service_id', ids.service],
    ['location_id', ids.location],
  ] as const;
  for (const [column, id] of owners) {
    const rows = await db.selectFrom('schedule').selectAll().where(column, '=', id).orderBy('id').execute();
    if (rows.length > 0) return rows;
  }
  return [];
}

function hoursOf(schedules: Awaited<ReturnType<typeof listSchedules>>, { zone, holidays, now }: FindResourceOptions): Hours {
  const timetable = toTimetable(schedules, zone, () => holidays ?? null);
  if (timetable === null) return { zone: null, now: { state: 'unknown' }, week: null, text: null };
  return { zone: timetable.zone, now: opening(timetable, now), week: weekView(timetable, now), text: timetable.text ?? null };
}

async function listServiceParts(db: Kysely<Database>, ids: Ids) {
  return {
    accessibility: await db
      .selectFrom('accessibility')
      .select(['description', 'details', 'url'])
      .where('location_id', '=', ids.location)
      .orderBy('id')
      .execute(),
    documents: await db
      .selectFrom('required_document')
      .select(['document', 'uri'])
      .where('service_id', '=', ids.service)
      .orderBy('id')
      .execute(),
    costs: await db
      .selectFrom('cost_option')
      .select(['valid_from', 'valid_to', 'option', 'currency', 'amount', 'amount_description'])
      .where('service_id', '=', ids.service)
      .orderBy('id')
      .execute(),
    capacities: await db
      .selectFrom('service_capacity')
      .leftJoin('unit', 'unit.id', 'service_capacity.unit_id')
      .select([
        'service_capacity.available',
        'service_capacity.maximum',
        'service_capacity.updated',
        'service_capacity.description',
        'unit.name as unit',
      ])
      .where('service_id', '=', ids.service)
      .orderBy('service_capacity.updated', 'desc')
      .execute(),
    areas: await db
      .selectFrom('service_area')
      .select(['id', 'name', 'description', 'extent_type'])
      .where((eb) => eb.or([eb('service_id', '=', ids.service), eb('service_at_location_id', '=', ids.link)]))
      .orderBy('id')
      .execute(),
    contacts: await db
      .selectFrom('contact')
      .select(['name', 'title', 'department', 'email'])
      .where((eb) => eb.or([eb('service_id', '=', ids.service), eb('service_at_location_id', '=', ids.link)]))
      .orderBy('id')
      .execute(),
    terms: await db
      .selectFrom('attribute')
      .leftJoin('taxonomy_term', 'taxonomy_term.id', 'attribute.taxonomy_term_id')
      .select(['attribute.taxonomy_term_id as id', 'taxonomy_term.name', 'taxonomy_term.taxonomy', 'attribute.label', 'attribute.value'])
      .where((eb) =>
        eb.or([
          eb.and([eb('attribute.link_entity', '=', 'service'), eb('attribute.link_id', '=', ids.service)]),
          eb.and([eb('attribute.link_entity', '=', 'service_at_location'), eb('attribute.link_id', '=', ids.link)]),
        ]),
      )
      .orderBy('attribute.id')
      .execute(),
  };
}

/** The same service at its other places. */
async function listElsewhere(db: Kysely<Database>, ids: Ids) {
  return db
    .selectFrom('service_at_location')
    .leftJoin('location', 'location.id', 'service_at_location.location_id')
    .select(['service_at_location.id', 'location.name'])
    .where('service_id', '=', ids.service)
    .where('service_at_location.id', '!=', ids.link)
    .orderBy('service_at_location.id')
    .execute();
}
