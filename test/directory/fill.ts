// A database full of made-up resources, for benches and tests of what reads it.

import type { Kysely } from 'kysely';
import type { Database } from '#server/db/schema.ts';
import type { ResourceInput } from '#shared/directory/resource.ts';

/** Writes resources as records, straight into the tables and without history. Each must have a location and an address. */
export async function fillDirectory(db: Kysely<Database>, resources: Iterable<ResourceInput>): Promise<void> {
  type Rows = Record<
    'service' | 'location' | 'service_at_location' | 'address' | 'phone' | 'schedule' | 'language' | 'organization',
    Record<string, unknown>[]
  >;
  const empty = (): Rows => ({
    organization: [],
    service: [],
    location: [],
    service_at_location: [],
    address: [],
    phone: [],
    schedule: [],
    language: [],
  });
  const organizations = new Set<string>();
  let rows = empty();
  const flush = async () => {
    await db.transaction().execute(async (trx) => {
      for (const [table, values] of Object.entries(rows)) {
        for (let i = 0; i < values.length; i += 500)
          await trx
            .insertInto(table as 'service')
            .values(values.slice(i, i + 500) as never)
            .execute();
      }
    });
    rows = empty();
  };
  let i = 0;
  for (const one of resources) {
    const [service, location] = [one.service.id, one.location!.id];
    if (one.organization && !organizations.has(one.organization.id)) {
      organizations.add(one.organization.id);
      rows.organization.push({ id: one.organization.id, name: one.organization.name, description: '' });
    }
    rows.service.push({
      id: service,
      organization_id: one.organization?.id ?? null,
      name: one.service.name,
      description: one.summary,
      status: 'active',
      resource_type: one.type,
      eligibility_description: one.eligibilityText,
      assured_date: one.verified,
      rule: one.rule,
    });
    rows.location.push({
      id: location,
      name: one.location!.name,
      location_type: 'physical',
      longitude: one.lon,
      latitude: one.lat,
      hidden: 0,
      timezone: 'America/Chicago',
    });
    rows.service_at_location.push({ id: one.id, service_id: service, location_id: location });
    const [street, city] = one.address!.split(', ');
    rows.address.push({
      id: `a${i}`,
      location_id: location,
      address_1: street,
      city,
      state_province: 'IL',
      postal_code: '60601',
      country: 'US',
      address_type: 'physical',
    });
    rows.phone.push({ id: `p${i}`, service_id: service, number: one.phone });
    for (const line of one.timetable?.lines ?? []) {
      rows.schedule.push({
        id: `h${i}`,
        service_id: service,
        freq: 'WEEKLY',
        byday: line.byday!.join(','),
        opens_at: clock(line.opens!),
        closes_at: clock(line.closes!),
      });
    }
    for (const code of one.languages) rows.language.push({ id: `l${i}${code}`, service_id: service, code });
    if (++i % 5000 === 0) await flush();
  }
  await flush();
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
