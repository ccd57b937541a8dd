// A directory with one hidden shelter whose address stands in every column that can hold text, beside open places.

import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from '#shared/directory/hsds.ts';
import type { LonLat } from '#shared/geo/travel.ts';
import { writeAct, type NewChange } from '#server/db/acts.ts';
import type { Kysely } from 'kysely';
import type { Database } from '#server/db/schema.ts';

export type Row = { id: string } & Record<string, unknown>;
export type Records = Partial<Record<HsdsObject, Row[]>>;

/** Where the shelter is. Nothing of this may be seen anywhere. */
export const SECRET: LonLat = { lon: -93.123456, lat: 44.987654 };
/** How it would show, in degrees of any precision beyond its coarse cell, in units of the index, in words. */
export const CANARY = /secret|heron mill|55199|q9zx7|44\.98[67]|93\.12[34]|449876|931234|whispering/i;
export const HOTLINE = '555-010-0142';

const TELLING =
  'Ring twice at 77 Secret Lane, Suite Q9ZX7, in the Heron Mill House, 55199 (44.98765, -93.12346; https://maps.example.org/?q=44.987,-93.123).';

/** A record with the address in every text that it may hold. */
function telling(object: HsdsObject, row: Row): Row {
  const texts = Object.entries(hsdsDefinition(object).fields)
    .filter(([name, { kind }]) => kind === 'text' && !(name in row) && !name.endsWith('_id') && !name.includes('language'))
    .map(([name]) => [name, TELLING]);
  const extra = JSON.stringify({ full_address: TELLING, 'waypost:translations': { es: { summary: TELLING, bring: [TELLING] } } });
  return { ...Object.fromEntries(texts), extra, ...row };
}

export function shelterTown(secret: LonLat = SECRET): Records {
  const ring = [
    [-0.001, -0.001],
    [0.001, -0.001],
    [0.001, 0.001],
    [-0.001, -0.001],
  ].map(([x, y]) => [secret.lon + x!, secret.lat + y!]);
  const of = { service_id: 'refuge', organization_id: 'org', location_id: 'house', service_at_location_id: 'refuge-house' };
  const owned = (object: HsdsObject, owner: keyof typeof of, more: Record<string, unknown> = {}): Row =>
    telling(object, { id: `${object}-of-${owner}`, [owner]: of[owner], ...more });
  return {
    organization: [
      telling('organization', { id: 'org', name: 'Lakeside Women', alternate_name: null }),
      { id: 'other', name: 'Lakeside Pantries', description: 'Food for all' },
    ],
    program: [owned('program', 'organization_id', { name: 'Nights' })],
    service: [
      telling('service', {
        id: 'refuge',
        name: 'Night refuge',
        organization_id: 'org',
        status: 'active',
        assured_date: '2026-10-01',
        rule: null,
        resource_type: 'shelter',
        extra: JSON.stringify({
          'waypost:need': 'safety.shelter; food.hot_meals',
          for_whom: 'At 77 Secret Lane',
          worker_line: 'Ring at 77 Secret Lane',
          full_address: TELLING,
          'waypost:translations': { es: { summary: TELLING, bring: [TELLING] } },
        }),
      }),
      { id: 'office', name: 'Office of Lakeside Women', organization_id: 'org', status: 'active', description: `Our shelter: ${TELLING}` },
      {
        id: 'pantry',
        name: 'Lakeside Pantry',
        organization_id: 'other',
        status: 'active',
        extra: JSON.stringify({ 'waypost:need': 'food.groceries' }),
      },
      {
        id: 'kitchen',
        name: 'Soup kitchen',
        organization_id: 'other',
        status: 'active',
        extra: JSON.stringify({ 'waypost:need': 'food.meals' }),
      },
    ],
    location: [
      telling('location', {
        id: 'house',
        name: 'The house at 77 Secret Lane',
        organization_id: 'org',
        location_type: 'physical',
        longitude: secret.lon,
        latitude: secret.lat,
        hidden: 1,
      }),
      { id: 'main', name: 'Main office', organization_id: 'org', location_type: 'physical', longitude: -93.2, latitude: 44.95, hidden: 0 },
      {
        id: 'hall',
        name: 'Lakeside hall',
        organization_id: 'other',
        location_type: 'physical',
        longitude: -93.15,
        latitude: 44.96,
        hidden: 0,
      },
      {
        id: 'shed',
        name: 'Lakeside shed',
        organization_id: 'other',
        location_type: 'physical',
        longitude: -93.1,
        latitude: 45.0,
        hidden: 0,
      },
    ],
    service_at_location: [
      telling('service_at_location', { id: 'refuge-house', service_id: 'refuge', location_id: 'house' }),
      { id: 'office-main', service_id: 'office', location_id: 'main' },
      { id: 'pantry-hall', service_id: 'pantry', location_id: 'hall' },
      { id: 'kitchen-shed', service_id: 'kitchen', location_id: 'shed' },
    ],
    address: [
      telling('address', {
        id: 'a1',
        location_id: 'house',
        address_1: '77 Secret Lane',
        address_2: 'Suite Q9ZX7, Heron Mill House',
        city: 'Whispering Pines',
        region: null,
        state_province: 'MN',
        postal_code: '55199-4321',
        country: 'US',
        address_type: 'physical',
      }),
      {
        id: 'a2',
        location_id: 'main',
        address_1: '5 Office Road',
        city: 'Lakeside',
        state_province: 'MN',
        postal_code: '55101',
        country: 'US',
        address_type: 'physical',
      },
      {
        id: 'a3',
        location_id: 'hall',
        address_1: '12 Quay Street',
        city: 'Lakeside',
        state_province: 'MN',
        postal_code: '55101',
        country: 'US',
        address_type: 'physical',
      },
      {
        id: 'a4',
        location_id: 'shed',
        address_1: '3 Hill Road',
        city: 'Lakeside',
        state_province: 'MN',
        postal_code: '55102',
        country: 'US',
        address_type: 'physical',
      },
    ],
    phone: [owned('phone', 'service_id', { number: HOTLINE, type: 'hotline' })],
    contact: [owned('contact', 'service_id'), owned('contact', 'location_id')],
    schedule: [
      owned('schedule', 'service_id', {
        opens_at: null,
        closes_at: null,
        valid_from: null,
        valid_to: null,
        dtstart: null,
        until: null,
        freq: null,
        wkst: null,
        byday: null,
        byweekno: null,
        bymonthday: null,
        byyearday: null,
        schedule_link: null,
        attending_type: null,
      }),
    ],
    service_area: [
      owned('service_area', 'service_id', {
        name: 'Lakeside County',
        extent: JSON.stringify({ type: 'Polygon', coordinates: [ring] }),
        extent_type: 'geojson',
      }),
    ],
    language: [owned('language', 'location_id', { name: 'Spanish', code: 'es' })],
    accessibility: [owned('accessibility', 'location_id')],
    cost_option: [owned('cost_option', 'service_id', { valid_from: null, valid_to: null, currency: null })],
    required_document: [owned('required_document', 'service_id')],
    funding: [owned('funding', 'service_id')],
    service_capacity: [
      owned('service_capacity', 'service_id', { available: 3, maximum: 12, updated: '2026-11-20T08:00:00Z', unit_id: 'bed' }),
    ],
    url: [owned('url', 'service_id', { url: 'https://example.org/77-secret-lane' })],
    attribute: [
      { id: 'at1', link_entity: 'location', link_id: 'house', label: 'near', value: TELLING },
      { id: 'at2', link_entity: 'service', link_id: 'refuge', label: TELLING, value: TELLING },
      { id: 'at3', link_entity: 'address', link_id: 'a1', label: 'floor', value: TELLING },
    ],
    metadata: [
      {
        id: 'm1',
        resource_type: 'location',
        resource_id: 'house',
        field_name: 'latitude',
        previous_value: '44.98765',
        replacement_value: '44.987654',
      },
      {
        id: 'm2',
        resource_type: 'service',
        resource_id: 'refuge',
        field_name: 'description',
        previous_value: TELLING,
        replacement_value: TELLING,
      },
    ],
  };
}

/** One act that writes these records as an edit would. */
export async function write(db: Kysely<Database>, records: Records): Promise<void> {
  await writeAct(db, { kind: 'edit', actor: 'test', at: '2026-11-22T00:00:00Z' }, async (trx, act) => {
    const changes: NewChange[] = [];
    for (const object of HSDS_OBJECTS) {
      for (const row of records[object] ?? []) {
        const before = await trx
          .selectFrom(object as 'phone')
          .selectAll()
          .where('id', '=', row.id)
          .executeTakeFirst();
        await trx
          .insertInto(object as 'phone')
          .values(row as never)
          .onConflict((oc) => oc.column('id').doUpdateSet(row as never))
          .execute();
        changes.push({ object, recordId: row.id, op: before ? 'update' : 'create', before: before ?? null });
      }
    }
    await act.record(changes);
  });
}
