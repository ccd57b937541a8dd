import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { HSDS_OBJECTS, hsdsDefinition, type HsdsObject } from '#shared/directory/hsds.ts';
import { ringsContain } from '#shared/geo/contour.ts';
import { createTravelTimes } from '#shared/geo/travel.ts';
import type { ExportRecord } from '#shared/plugin-api/functions.ts';
import { portAlderBasemap } from '../../plugins/demo-town/basemap.ts';
import { DEMO_DAY, portAlderDirectory } from '../../plugins/demo-town/directory/demo.ts';
import { portAlderStreets } from '../../plugins/demo-town/street-graph.ts';
import type { Polygon } from 'geojson';
import { contributed } from '../support/contributed.ts';

const { records } = await portAlderDirectory();
const listOf = <O extends HsdsObject>(object: O): ExportRecord<O>[] => (records[object] ?? []) as ExportRecord<O>[];
const services = listOf('service');
const hidden = listOf('location').filter(({ extra }) => extra?.['waypost:hidden']);
const sites = listOf('location').filter(({ extra }) => !extra?.['waypost:hidden']);
const serviceNamed = (name: string) => services.find((service) => service.name === name);
const locationOf = (service: { id: string }) => {
  const link = listOf('service_at_location').find(({ service_id }) => service_id === service.id);
  return listOf('location').find(({ id }) => id === link?.location_id);
};

const idsOf = new Map<string, Set<string>>(HSDS_OBJECTS.map((object) => [object, new Set(listOf(object).map(({ id }) => id))]));

/** What is wrong with a record by the specification: unknown fields, wrong types, missing values, references to nothing. */
function faultsOf(object: HsdsObject, record: Record<string, unknown>): string[] {
  const { fields } = hsdsDefinition(object);
  const say = (name: string) => `${object}.${name}: ${String(record[name])}`;
  const isEmpty = (value: unknown) => value === undefined || value === null || value === '';
  return [
    ...Object.keys(record).filter((name) => name !== 'extra' && !fields[name]),
    ...Object.keys(fields).filter((name) => fields[name]?.required && isEmpty(record[name])),
    ...Object.entries(fields).flatMap(([name, { kind, values, to }]) => {
      const value = record[name];
      if (isEmpty(value)) return [];
      const fits = typeof value === (kind === 'number' ? 'number' : 'string') && (!values || values.includes(String(value)));
      return fits && (kind !== 'ref' || idsOf.get(to ?? '')?.has(String(value))) ? [] : [name];
    }),
  ].map(say);
}

const TYPES = ['pantry', 'meal', 'shelter', 'housing', 'clinic', 'mind', 'recovery', 'legal', 'benefits', 'work', 'family', 'daily'];

describe('the directory of the demo town', () => {
  it('is the same on every machine', () => {
    expect(createHash('sha256').update(JSON.stringify(records)).digest('hex').slice(0, 16)).toMatchInlineSnapshot(`"5e71e69fccca5577"`);
  });

  it('has about 400 services of the 12 types, and some of the other kinds with fields of their own, at about 250 sites, of about 60 organizations', () => {
    expect(services.length).toBeGreaterThan(380);
    expect(services.length).toBeLessThan(420);
    expect(sites.length).toBeGreaterThan(225);
    expect(sites.length).toBeLessThan(275);
    expect(listOf('organization').length).toBeGreaterThanOrEqual(58);
    const ofEveryDay = ['childcare', 'hygiene', 'transport', 'weather'];
    const types = new Set(services.map(({ extra }) => extra?.['waypost:type'] as string));
    expect([...types].toSorted()).toEqual([...TYPES, ...ofEveryDay].toSorted());
    for (const type of TYPES)
      expect(services.filter(({ extra }) => extra?.['waypost:type'] === type).length, type).toBeGreaterThanOrEqual(18);
    for (const type of ofEveryDay)
      expect(services.filter(({ extra }) => extra?.['waypost:type'] === type).length, type).toBeGreaterThanOrEqual(5);
  });

  it('states of each kind with fields what its form asks for, in values that it knows', () => {
    const kinds = new Map(contributed('resourceTypes').map((type) => [type.id, type]));
    const told = services.map(({ extra = {} }) => {
      const { schema } = kinds.get(String(extra['waypost:type']))!;
      const own = Object.entries(extra).filter(([name]) => !name.startsWith('waypost:'));
      for (const [name, value] of own) {
        const property = schema?.properties[name];
        const values = property?.oneOf?.map(({ const: choice }) => choice);
        const fits = values ? values.includes(String(value)) : typeof value === property?.type?.replace('integer', 'number');
        expect(fits, `${name}: ${String(value)}`).toBe(true);
      }
      return own.length;
    });
    expect(told.filter((count) => count > 0).length).toBeGreaterThan(120);
  });

  test.each(HSDS_OBJECTS.filter((object) => records[object]))('%s keeps to HSDS, and every reference leads somewhere', (object) => {
    expect(listOf(object).flatMap((record) => faultsOf(object, record))).toEqual([]);
    expect(idsOf.get(object)?.size).toBe(listOf(object).length);
  });

  it('gives every service a way to reach it: a phone and a place or an area', () => {
    for (const service of services) {
      expect(
        listOf('phone').some(({ service_id }) => service_id === service.id),
        service.name ?? '',
      ).toBe(true);
      expect(locationOf(service), service.name ?? '').toBeDefined();
    }
    for (const { number } of listOf('phone')) expect(number).toMatch(/^555-01\d\d$/);
  });

  it('has addresses on streets that the map draws, with postal codes that no place has', async () => {
    const { roads } = await portAlderBasemap();
    const streets = new Set(roads?.features.map(({ properties }) => properties?.['name'] as string));
    expect(listOf('address').length).toBe(sites.length);
    for (const { address_1, postal_code, country } of listOf('address')) {
      expect(streets.has((address_1 ?? '').replace(/^\d+ /, '')), address_1 ?? '').toBe(true);
      expect(postal_code).toMatch(/^001\d\d$/);
      expect(country).toBe('US');
    }
  });

  it('puts every site on dry land, near its street, where people can walk to', async () => {
    const { earth, water } = await portAlderBasemap();
    const rings = (features: { geometry: unknown }[] | undefined) =>
      (features ?? [])
        .filter(({ geometry }) => (geometry as Polygon).type === 'Polygon')
        .map(({ geometry }) => (geometry as Polygon).coordinates as [number, number][][]);
    const [land, seas] = [rings(earth?.features).flat(), rings(water?.features)];
    const points = { lon: sites.map(({ longitude }) => longitude as number), lat: sites.map(({ latitude }) => latitude as number) };
    points.lon.forEach((lon, i) => {
      const lat = points.lat[i] as number;
      expect(ringsContain(land, lon, lat), sites[i]?.name ?? '').toBe(true);
      expect(
        seas.some((sea) => ringsContain(sea, lon, lat)),
        sites[i]?.name ?? '',
      ).toBe(false);
    });
    const travel = createTravelTimes([{ data: await portAlderStreets() }]).toPoints({ lon: -128, lat: 44 }, 'walk', points, {});
    expect([...travel.estimated].filter((estimated) => estimated === 1)).toEqual([]);
    expect([...travel.seconds].filter((seconds) => seconds === Infinity)).toEqual([]);
  });

  it('publishes areas whose outlines hold the sites that lie in them', () => {
    const town = listOf('service_area').find(({ name }) => name === 'Port Alder');
    const { coordinates } = JSON.parse(town?.extent ?? '') as { coordinates: [number, number][][] };
    for (const site of sites) {
      const city = listOf('address').find(({ location_id }) => location_id === site.id)?.city;
      expect(ringsContain(coordinates, site.longitude as number, site.latitude as number), site.name ?? '').toBe(city === 'Port Alder');
    }
  });

  test.each([
    ['Riverside Food Pantry', '118 Tanner Street', 'wend-valley/pantry'],
    ['Union Avenue Meals', '240 Union Avenue', 'open-table/everyone'],
    ['Mill Street Family Shelter', '31 Mill Street', 'alder-housing/family-shelter'],
    ['Harbor Diaper Bank', '148 South Mill Street', 'harbor-diaper/under-4-confirmed'],
    ['County WIC Office', '612 College Lane', 'alder-county/wic'],
    ['Warm Nights Shelter', '176 Station Road', 'warm-nights/shelter'],
  ])('%s stands at %s', (name, address, rule) => {
    const service = serviceNamed(name);
    if (!service) throw new Error(`There is no ${name}`);
    expect(listOf('address').find(({ location_id }) => location_id === locationOf(service)?.id)?.address_1).toBe(address);
    expect(service.extra?.['waypost:rule']).toBe(rule);
  });

  it('has a rule for more than half of its services, and words for all', () => {
    const ruled = services.filter(({ extra }) => extra?.['waypost:rule']);
    expect(ruled.length / services.length).toBeGreaterThan(0.55);
    expect(ruled.length / services.length).toBeLessThan(0.85);
    for (const { name, eligibility_description } of services) expect(eligibility_description, name ?? '').toBeTruthy();
  });

  it('is flawed like a real one: old listings, listings twice, hours only in words', () => {
    const old = new Date(Date.parse(DEMO_DAY) - 400 * 86_400_000).toISOString().slice(0, 10);
    expect(services.filter(({ assured_date }) => (assured_date ?? '') < old).length).toBeGreaterThanOrEqual(12);
    expect(services.filter(({ eligibility_description }) => eligibility_description === 'See flyer.')).toHaveLength(8);
    expect(
      listOf('schedule').filter(({ opens_at, valid_from, description }) => !opens_at && !valid_from && description).length,
    ).toBeGreaterThan(10);
    for (const { assured_date } of services) expect((assured_date ?? '') <= DEMO_DAY).toBe(true);
  });

  it('has hours of every kind: split, past midnight, monthly, every other week, seasonal, exceptions', () => {
    const rows = listOf('schedule');
    expect(rows.some(({ opens_at, closes_at }) => opens_at && closes_at && closes_at < opens_at)).toBe(true);
    for (const row of [{ freq: 'MONTHLY' }, { interval: 2 }, { valid_from: '2026-11-01' }, { valid_from: '2026-11-26' }]) {
      expect(
        rows.some((other) => Object.entries(row).every(([key, value]) => other[key as keyof typeof other] === value)),
        JSON.stringify(row),
      ).toBe(true);
    }
  });

  it('speaks the languages of the county', () => {
    const codes = new Set(listOf('language').map(({ code }) => code));
    expect([...codes].toSorted()).toEqual(['ar', 'ase', 'en', 'es', 'fr', 'so', 'vi']);
    const translated = services.filter(({ extra }) => extra?.['waypost:translations']);
    expect(translated.length).toBeGreaterThanOrEqual(40);
    for (const { extra } of translated) expect(Object.keys(extra?.['waypost:translations'] as object)).toEqual(['es', 'fr', 'ar']);
  });
});

describe('hidden sites of the demo town', () => {
  it('are three, with a phone, an area and no address', () => {
    expect(hidden).toHaveLength(3);
    for (const { id, latitude, longitude } of hidden) {
      expect(latitude).toBeTypeOf('number');
      expect(longitude).toBeTypeOf('number');
      const link = listOf('service_at_location').find(({ location_id }) => location_id === id);
      expect(listOf('phone').some(({ service_id }) => service_id === link?.service_id)).toBe(true);
      expect(listOf('service_area').some(({ service_id }) => service_id === link?.service_id)).toBe(true);
      expect(listOf('address').some(({ location_id }) => location_id === id)).toBe(false);
    }
  });

  it('stand nowhere else: not in another record, not on the map', async () => {
    const others = JSON.stringify({
      ...records,
      location: listOf('location').map((location) =>
        hidden.includes(location) ? { ...location, latitude: null, longitude: null } : location,
      ),
    });
    const map = JSON.stringify(await portAlderBasemap());
    for (const { latitude, longitude } of hidden) {
      expect(others.includes(String(latitude)) || others.includes(String(longitude))).toBe(false);
      expect(map.includes(`${longitude},${latitude}`)).toBe(false);
    }
  });
});
