// Resources as flat rows: a service at a place with what most people want to know of it.

import type { ExportRecord, ExportSource, HsdsObject } from '../../shared/plugin-api/index.ts';

export type FlatResource = Record<string, string | number | null>;

/** Columns of a flat row, in their order. Names that an import reads again by itself. */
export const FLAT_COLUMNS = [
  'id',
  'name',
  'organization',
  'resource_type',
  'status',
  'description',
  'address_1',
  'address_2',
  'city',
  'state_province',
  'postal_code',
  'country',
  'latitude',
  'longitude',
  'hidden',
  'phone',
  'email',
  'url',
  'hours',
  'languages',
  'eligibility_description',
  'application_process',
  'fees_description',
  'last_verified',
] as const;

/**
 * In the order of the services. A service at one place, or at none, goes by its own id, which an import takes for its
 * own again; at several places each row goes by the id of the service there.
 */
export async function* listFlatResources(source: ExportSource): AsyncIterable<FlatResource[]> {
  for await (const services of source.records('service')) {
    const links = await childrenOf(
      source,
      'service_at_location',
      'service_id',
      services.map(({ id }) => id),
    );
    const resources = services.flatMap((service): Resource[] => {
      const places = links.get(service.id) ?? [];
      if (places.length === 0) return [{ id: service.id, service, locationId: null }];
      return places.map((link) => ({ id: places.length === 1 ? service.id : link.id, service, locationId: link.location_id ?? null }));
    });
    yield await toRows(source, resources);
  }
}

interface Resource {
  id: string;
  service: ExportRecord<'service'>;
  locationId: string | null;
}

async function toRows(source: ExportSource, resources: readonly Resource[]): Promise<FlatResource[]> {
  const serviceIds = resources.map(({ service }) => service?.id);
  const locationIds = resources.map(({ locationId }) => locationId);
  const organizations = await byId(
    source,
    'organization',
    resources.map(({ service }) => service?.organization_id),
  );
  const locations = await byId(source, 'location', locationIds);
  const addresses = await childrenOf(source, 'address', 'location_id', locationIds);
  const phones = merge(
    await childrenOf(source, 'phone', 'service_id', serviceIds),
    await childrenOf(source, 'phone', 'location_id', locationIds),
  );
  const schedules = merge(
    await childrenOf(source, 'schedule', 'service_id', serviceIds),
    await childrenOf(source, 'schedule', 'location_id', locationIds),
  );
  const languages = await childrenOf(source, 'language', 'service_id', serviceIds);
  return resources.map(({ id, service, locationId }): FlatResource => {
    const location = locations.get(locationId ?? '');
    const address = addresses.get(locationId ?? '')?.[0];
    const own = <T>(found: ReadonlyMap<string, T[]>): T[] => found.get(service?.id ?? '') ?? found.get(locationId ?? '') ?? [];
    return {
      id,
      name: service?.name ?? location?.name ?? null,
      organization: organizations.get(service?.organization_id ?? '')?.name ?? null,
      resource_type: asText(service?.extra?.['waypost:type']),
      status: service?.status ?? null,
      description: service?.description ?? null,
      address_1: address?.address_1 ?? null,
      address_2: address?.address_2 ?? null,
      city: address?.city ?? null,
      state_province: address?.state_province ?? null,
      postal_code: address?.postal_code ?? null,
      country: address?.country ?? null,
      latitude: location?.latitude ?? null,
      longitude: location?.longitude ?? null,
      hidden: location?.extra?.['waypost:hidden'] ? 'yes' : null,
      phone: join(
        own(phones).map((phone) => (phone.extension ? `${phone.number ?? ''} ext. ${phone.extension}` : phone.number)),
        '; ',
      ),
      email: service?.email ?? null,
      url: service?.url ?? null,
      hours: sayHours(own(schedules)),
      languages: join(
        (languages.get(service?.id ?? '') ?? []).map((language) => language.name ?? language.code),
        ', ',
      ),
      eligibility_description: service?.eligibility_description ?? null,
      application_process: service?.application_process ?? null,
      fees_description: service?.fees_description ?? null,
      last_verified: service?.assured_date ?? null,
    };
  });
}

function sayHours(schedules: readonly ExportRecord<'schedule'>[]): string | null {
  const text = schedules.map((schedule) => schedule.description).find(Boolean);
  if (text) return text;
  return join(
    schedules.map((line) => (line.byday && line.opens_at && line.closes_at ? `${line.byday} ${line.opens_at}-${line.closes_at}` : null)),
    '; ',
  );
}

async function byId<O extends HsdsObject>(
  source: ExportSource,
  object: O,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, ExportRecord<O>>> {
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
  return new Map((await source.where(object, 'id', wanted)).map((record) => [record.id, record]));
}

async function childrenOf<O extends HsdsObject>(
  source: ExportSource,
  object: O,
  field: string,
  ids: readonly (string | null | undefined)[],
): Promise<Map<string, ExportRecord<O>[]>> {
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
  return Map.groupBy(await source.where(object, field, wanted), (record) => String((record as Record<string, unknown>)[field]));
}

function merge<T>(first: Map<string, T[]>, second: ReadonlyMap<string, T[]>): Map<string, T[]> {
  return new Map([...second, ...first]);
}

function join(parts: readonly (string | null | undefined)[], separator: string): string | null {
  return parts.filter(Boolean).join(separator) || null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
