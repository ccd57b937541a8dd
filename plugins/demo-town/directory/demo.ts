// The directory of Port Alder as an HSDS package: organizations, sites and services with all that hangs on them.

import type { DemoData, ExportRecord } from '../../../shared/plugin-api/index.ts';
import { portAlderPeople } from '../population.ts';
import { AddressBook, type Address } from '../town/addresses.ts';
import type { Point } from '../town/geometry.ts';
import { toLonLat } from '../town/projection.ts';
import { Random } from '../town/random.ts';
import { getTown } from '../town/town.ts';
import { STATED, type Stated } from './fields.ts';
import { duplicateListings, isStale } from './flaws.ts';
import { hoursOf } from './hours.ts';
import { KNOWN_SERVICES, type KnownService } from './known.ts';
import type { Offer, Summary } from './offer.ts';
import { ORGANIZATIONS, type OrganizationPlan } from './organizations.ts';
import { PLACE_OFFERS } from './offers-places.ts';
import { HELP_OFFERS, planServices, type PlannedService, type Site } from './plan.ts';
import { Records } from './records.ts';
import { AREAS, BRING, LANGUAGES } from './words.ts';

/** The day on which the demo was last looked over; all of its dates are told from it. */
export const DEMO_DAY = '2026-11-19';
const ZONE = 'America/Los_Angeles';

/** The demo's directory, made on first use. */
export async function portAlderDirectory(): Promise<DemoData> {
  return (data ??= { source: 'port-alder-demo', records: makeRecords().byObject, population: portAlderPeople() });
}
let data: DemoData | undefined;

interface Context {
  records: Records;
  organizations: Map<string, string>;
  units: Record<'bed' | 'room' | 'place', string>;
  random: Random;
}

function makeRecords(): Records {
  const town = getTown();
  const book = new AddressBook(town);
  const records = new Records();
  const random = new Random('directory');
  const organizations = new Map(ORGANIZATIONS.map((plan, i) => [plan.key, addOrganization(records, plan, i)]));
  const unit = (name: string) => records.add('unit', name, { name });
  const context: Context = { records, organizations, random, units: { bed: unit('bed'), room: unit('room'), place: unit('place') } };
  for (const known of KNOWN_SERVICES) addKnown(context, known, book);
  const planned = planServices({ offers: HELP_OFFERS, book, random, siteKey: 'site' });
  planned.forEach((service, i) => addPlanned(context, service, i));
  const places = planServices({ offers: PLACE_OFFERS, book, random: new Random('places'), siteKey: 'place' });
  places.forEach((service, i) => addPlanned(context, service, planned.length + i));
  duplicateListings(records);
  return records;
}

function addOrganization(records: Records, { key, name, description }: OrganizationPlan, index: number): string {
  const id = records.add('organization', key, {
    name,
    description,
    website: `https://${key}.example`,
    email: `hello@${key}.example`,
    ...(key.startsWith('county')
      ? { legal_status: 'government' }
      : { legal_status: 'nonprofit', year_incorporated: 1948 + ((index * 13) % 72) }),
  });
  records.add('phone', `organization ${key}`, { organization_id: id, number: phoneNumber(10 + (index % 88)), type: 'voice' });
  return id;
}

/** Numbers from 555-0100 to 555-0199 are kept free for fiction. */
function phoneNumber(last: number): string {
  return `555-01${String(last % 100).padStart(2, '0')}`;
}

/** What a service at a site is made from, however it was planned. */
interface Listing {
  key: string;
  name: string;
  type: string;
  organization: string;
  description: string;
  eligibility: string;
  rule: string | undefined;
  needs: readonly string[];
  bring: readonly string[];
  hours: Parameters<typeof hoursOf>[0];
  phone: { number: string; extension?: number };
  languages: readonly string[];
  verified: string;
  summary: Summary | undefined;
  area: 'town' | 'county';
  fees: string | undefined;
  apply: string | undefined;
  wait: string | undefined;
  capacity: { unit: 'bed' | 'room' | 'place'; available: number; maximum: number; updated: string } | undefined;
  /** In the fields of its kind. */
  stated: Stated;
}

function addKnown(context: Context, known: KnownService, book: AddressBook): void {
  const address = known.address ? book.find(...known.address) : undefined;
  if (known.address && !address) throw new Error(`The town has no ${known.address[1]} ${known.address[0]} for ${known.name}`);
  const site = address
    ? { key: known.key, address: book.take(address), access: known.access ?? [], transport: known.transport }
    : { key: known.key, secret: known.secret as Point, access: [], transport: undefined };
  const location = 'secret' in site ? addHiddenLocation(context, known) : addLocation(context, site, known.organization, known.name);
  addService(context, location, {
    ...known,
    rule: known.rule,
    needs: known.needs ?? [],
    phone: { number: known.phone },
    summary: known.summary,
    area: known.area ?? 'town',
    fees: known.fees,
    apply: known.apply,
    wait: undefined,
    capacity: known.capacity,
    stated: STATED[known.key]?.[0] ?? {},
  });
}

function addPlanned(context: Context, planned: PlannedService, index: number): void {
  const { random } = context;
  const { offer, organization, site } = planned;
  const location = planned.sharesSite ? site.locationId : addLocation(context, site, organization.key, planned.siteName);
  if (location === undefined) throw new Error(`${planned.name} shares a site that does not exist`);
  site.locationId = location;
  addService(context, location, {
    key: `planned ${index}`,
    name: planned.name,
    type: offer.type,
    organization: organization.key,
    description: planned.description,
    eligibility: planned.eligibility.text,
    rule: planned.eligibility.rule,
    needs: offer.needs ?? [],
    bring: offer.bring ? random.pick(offer.bring) : [],
    hours: random.pick(offer.hours),
    phone: { number: phoneNumber(10 + ((index * 7) % 88)), ...(index % 3 === 0 && { extension: 100 + ((index * 17) % 800) }) },
    languages: spokenAt(organization, random),
    verified: verifiedDay(random, index),
    summary: offer.summary,
    area: offer.area ?? 'town',
    fees: offer.fees && random.pick(offer.fees),
    apply: offer.apply && random.pick(offer.apply),
    wait: offer.wait && random.chance(0.7) ? random.pick(offer.wait) : undefined,
    capacity: capacityOf(offer, random),
    stated: planned.stated,
  });
}

function spokenAt(organization: OrganizationPlan, random: Random): string[] {
  const own: Record<string, string[]> = {
    'casa-rio': ['es'],
    'dong-song': ['vi'],
    'horn-of-africa': ['so', 'ar'],
    francophone: ['fr'],
    'al-noor': ['ar', 'so', 'fr'],
    'deaf-alder': ['ase'],
  };
  const spoken = Object.entries(LANGUAGES).flatMap(([code, { share }]) => (random.chance(share) ? [code] : []));
  return [...new Set([...(own[organization.key] ?? []), ...spoken])];
}

/** Most were verified in the last year; some not for two. */
function verifiedDay(random: Random, index: number): string {
  const days = isStale(index) ? random.integer(430, 730) : Math.floor(random.next() ** 2 * 330) + 1;
  return new Date(Date.parse(DEMO_DAY) - days * 86_400_000).toISOString().slice(0, 10);
}

function capacityOf({ capacity }: Offer, random: Random): Listing['capacity'] {
  if (!capacity) return undefined;
  const maximum = random.integer(...capacity.maximum);
  const available = random.chance(0.25) ? 0 : random.integer(1, Math.max(1, Math.floor(maximum / 4)));
  const hour = String(random.integer(8, 15)).padStart(2, '0');
  return {
    unit: capacity.unit,
    maximum,
    available,
    updated: `2026-11-${random.integer(16, 19)}T${hour}:${random.pick(['05', '18', '30', '47'])}:00-08:00`,
  };
}

function addLocation({ records, organizations }: Context, site: Site, organization: string, name: string): string {
  const [longitude, latitude] = toLonLat(site.address.point);
  const id = records.add('location', site.key, {
    location_type: 'physical',
    name,
    organization_id: organizations.get(organization) as string,
    latitude,
    longitude,
    ...(site.transport && { transportation: site.transport }),
    extra: { 'waypost:timezone': ZONE },
  });
  records.add('address', site.key, { location_id: id, ...postalLines(site.address), address_type: 'physical' });
  site.access.forEach((description, i) => records.add('accessibility', `${site.key} ${i}`, { location_id: id, description }));
  return id;
}

/** A site whose place is kept secret: its position is in the record for those who may know it, and nowhere else. */
function addHiddenLocation({ records, organizations }: Context, known: KnownService): string {
  const [longitude, latitude] = toLonLat(known.secret as Point);
  return records.add('location', known.key, {
    location_type: 'physical',
    name: 'Safe house',
    organization_id: organizations.get(known.organization) as string,
    latitude,
    longitude,
    extra: { 'waypost:timezone': ZONE, 'waypost:hidden': true },
  });
}

function postalLines({
  number,
  street,
  district,
}: Address): Pick<ExportRecord<'address'>, 'address_1' | 'city' | 'region' | 'state_province' | 'postal_code' | 'country'> {
  return {
    address_1: `${number} ${street}`,
    city: district.village ? district.name : 'Port Alder',
    region: district.village ? 'Port Alder County' : district.name,
    state_province: 'PX',
    postal_code: district.postalCode,
    country: 'US',
  };
}

function addService(context: Context, location: string, listing: Listing): void {
  const { records, organizations, units } = context;
  const { key, area } = listing;
  const translations = translationsOf(listing);
  const id = records.add('service', key, {
    organization_id: organizations.get(listing.organization) as string,
    name: listing.name,
    description: listing.description,
    status: 'active',
    eligibility_description: listing.eligibility,
    assured_date: listing.verified,
    assurer_email: 'directory@county-human.example',
    ...(listing.fees && { fees_description: listing.fees }),
    ...(listing.apply && { application_process: listing.apply }),
    ...(listing.wait && { wait_time: listing.wait }),
    extra: {
      'waypost:type': listing.type,
      ...(listing.rule && { 'waypost:rule': listing.rule }),
      ...(listing.needs.length > 0 && { 'waypost:need': listing.needs.join(';') }),
      ...(translations && { 'waypost:translations': translations }),
      ...listing.stated,
    },
  });
  const link = records.add('service_at_location', key, { service_id: id, location_id: location });
  records.add('phone', key, { service_id: id, type: 'voice', ...listing.phone });
  records.add('language', `${key} en`, { service_id: id, name: 'English', code: 'en' });
  for (const code of listing.languages)
    records.add('language', `${key} ${code}`, { service_id: id, name: LANGUAGES[code]?.name ?? code, code });
  listing.bring.forEach((document, i) => records.add('required_document', `${key} ${i}`, { service_id: id, document }));
  hoursOf(listing.hours, closesOnHolidays(listing.type)).forEach((row, i) =>
    records.add('schedule', `${key} ${i}`, { service_at_location_id: link, timezone: -8, ...row }),
  );
  const { id: uri, name, outline: extent } = AREAS[area];
  records.add('service_area', key, { service_id: id, name, uri, extent, extent_type: 'geojson' });
  if (listing.fees) records.add('cost_option', key, { service_id: id, ...costOf(listing.fees) });
  if (listing.capacity) {
    const { unit, ...numbers } = listing.capacity;
    records.add('service_capacity', key, { service_id: id, unit_id: units[unit], ...numbers });
  }
}

const closesOnHolidays = (type: string) => !['shelter', 'meal', 'recovery', 'mind'].includes(type);

function costOf(fees: string): Pick<ExportRecord<'cost_option'>, 'option' | 'currency' | 'amount' | 'amount_description'> {
  const amount = /(\d+) dollars/.exec(fees)?.[1];
  return { option: fees, currency: 'USD', ...(amount && { amount: Number(amount) }), amount_description: fees };
}

/** Summary and what to bring in other languages, for handouts; undefined where they are not all known. */
function translationsOf({ summary, bring }: Listing): Record<string, { summary: string; bring: string[] }> | undefined {
  if (!summary || bring.some((document) => !BRING[document])) return undefined;
  return Object.fromEntries(
    (['es', 'fr', 'ar'] as const).flatMap((language) => {
      const text = summary[language];
      return text ? [[language, { summary: text, bring: bring.map((document) => BRING[document]?.[language] ?? document) }]] : [];
    }),
  );
}
