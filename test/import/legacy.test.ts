// Packages of HSDS 1 and 2, and of Ohana's older layout, arrive as HSDS 3.

import { describe, expect, it } from 'vitest';
import { findLegacyTable, upgradeRow } from '#shared/directory/legacy-hsds.ts';
import { eachDatabase } from '../support/databases.ts';
import { codes, counts, dump, importFiles } from './support.ts';

describe('a table of an older version', () => {
  it.each<[string, string, string | undefined]>([
    ['regular_schedules', 'id service_id weekday opens_at closes_at', 'regular_schedule'],
    ['postal_addresses', 'id location_id address_1 city', 'postal_address'],
    ['addresses', 'id location_id address_1 city', 'physical_address'],
    ['addresses', 'id location_id address_1 city address_type', undefined],
    ['organizations', 'id name url', 'organization'],
    ['organizations', 'id name website', undefined],
    ['locations', 'id name latitude longitude', 'location'],
    ['locations', 'id name location_type latitude longitude', undefined],
    ['taxonomy', 'id name parent_id vocabulary', 'taxonomy'],
    ['taxonomies', 'id name description uri', undefined],
    ['services', 'id name status description', undefined],
    ['services', 'id name fees', 'service'],
    ['services', 'Services-ID Title Phone', undefined],
    ['locations', 'location_uuid location_name', undefined],
  ])('%s with %s is %s', (table, columns, legacy) => expect(findLegacyTable(table, columns.split(' '))?.legacy).toBe(legacy));

  it.each<[string, Record<string, string>, object, string[]]>([
    [
      'organization',
      { id: '1', url: 'http://a.example', year_incorporated: '1997', x: 'y' },
      { website: 'http://a.example', year_incorporated: 1997, x: 'y' },
      [],
    ],
    [
      'organization',
      { id: '1', date_incorporated: 'January 01, 1980' },
      { year_incorporated: 1980, date_incorporated: 'January 01, 1980' },
      [],
    ],
    [
      'regular_schedule',
      { id: '1', weekday: '1', opens_at: '9am', closes_at: '17:00:00' },
      { freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '17:00' },
      [],
    ],
    ['regular_schedule', { id: '1', weekday: 'Sunday' }, { byday: 'SU' }, []],
    ['regular_schedule', { id: '1', weekday: 'daily' }, { weekday: 'daily' }, ['weekday_unreadable']],
    ['regular_schedule', { id: '1', weekday: '2', opens_at: '9am', closes_at: '03:00' }, { closes_at: '03:00' }, ['hours_implausible']],
    ['regular_schedule', { id: '1', weekday: '2', opens_at: 'dawn' }, { opens_at: 'dawn' }, ['time_unreadable']],
    [
      'holiday_schedule',
      { id: '1', closed: 'true', start_date: '12/24/2015', end_date: '12/26/15' },
      { id: 'holiday_schedules/1', valid_from: '2015-12-24', valid_to: '2015-12-26', description: 'Closed' },
      [],
    ],
    [
      'holiday_schedule',
      { id: '1', closed: 'true', start_date: 'January 01, 0001', end_date: 'January 01, 0001' },
      { description: 'Closed January 01, 0001', start_date: 'January 01, 0001' },
      ['date_without_year', 'date_without_year'],
    ],
    [
      'phone',
      { id: '1', number: '1', number_type: 'sms', department: 'Intake', language: 'en, es' },
      { type: 'text', description: 'Intake', languages: [{ code: 'en' }, { code: 'es' }] },
      [],
    ],
    [
      'postal_address',
      { id: '1', address_1: 'a', address_2: 'b', address_3: 'c' },
      { id: 'postal_addresses/1', address_2: 'b, c', address_type: 'postal' },
      [],
    ],
    [
      'service',
      { id: '1', organization_id: '7', location_id: '3', eligibility: 'adults', fees: 'none', service_areas: 'A, B' },
      {
        status: 'active',
        eligibility_description: 'adults',
        fees_description: 'none',
        service_areas: [{ name: 'A' }, { name: 'B' }],
        service_at_locations: [{ location_id: '3' }],
      },
      [],
    ],
    ['service', { id: '1', location_id: '3' }, { service_at_locations: [{ location_id: '3' }] }, ['organization_missing']],
    ['service', { id: '1', location_id: '3', 'locations.organization_id': '7' }, { organization_id: '7' }, []],
    [
      'location',
      { id: '1', virtual: 'true', accessibility: 'ramp, elevator' },
      { location_type: 'virtual', accessibility: [{ description: 'ramp' }, { description: 'elevator' }] },
      [],
    ],
    ['taxonomy', { taxonomy_id: '101', name: 'Food' }, { id: '101', code: '101' }, []],
  ])('%s: %o', (legacy, row, expected, issues) => {
    const read = upgradeRow(legacy, row);
    expect(read.values).toMatchObject(expected);
    expect(read.issues.map(({ code }) => code)).toEqual(issues);
  });
});

const PACKAGE = {
  'organizations.csv': 'id,name,description,url\n1,Helpers,We help,http://helpers.example\n',
  'services.csv': 'id,organization_id,name,status,fees,taxonomy_ids\n5,1,Soup,active,none,101\n6,1,Bread,active,,\n',
  'locations.csv': 'id,organization_id,name,latitude,longitude\n9,1,Hall,40.1,-82.5\n',
  'services_at_location.csv': 'id,service_id,location_id\n1,5,9\n',
  'physical_addresses.csv': 'id,location_id,address_1,city,state_province,postal_code,country\n1,9,1 Main St,Oakdale,OH,43201,US\n',
  'postal_addresses.csv': 'id,location_id,address_1,city,state_province,postal_code,country\n1,9,PO Box 1,Oakdale,OH,43201,US\n',
  'regular_schedules.csv': 'id,service_id,weekday,opens_at,closes_at\n1,5,1,09:00,17:00\n',
  'holiday_schedules.csv': 'id,service_id,closed,start_date,end_date\n1,5,true,2026-12-24,2026-12-26\n',
  'eligibility.csv': 'id,service_id,eligibility\n1,5,adults\n2,5,veterans\n3,77,nobody\n',
  'payments_accepted.csv': 'id,service_id,payment\n1,5,cash\n',
  'languages.csv': 'id,service_id,language\n1,5,Spanish\n',
  'taxonomy.csv': 'id,name,parent_id,parent_name,vocabulary\n101,Food,,,Ours\n',
};

eachDatabase('a package of HSDS 1', (open) => {
  it('becomes HSDS 3, and says so; the second time nothing changes', async () => {
    await using database = await open();
    const first = await importFiles(database.db, PACKAGE);
    expect(counts(first)).toMatchObject({ rows: 15, created: 15, rejected: 0 });
    expect(codes(first)).toMatchObject({ hsds_upgraded: 11, reference_missing: 1 });
    const all = await dump(database.db);
    expect(all['organization']).toMatchObject([{ website: 'http://helpers.example' }]);
    const services = all['service'] as Record<string, unknown>[];
    expect(services.find(({ name }) => name === 'Soup')).toMatchObject({
      eligibility_description: 'adults; veterans',
      fees_description: 'none',
    });
    expect((all['address'] as Record<string, unknown>[]).map((address) => address['address_type']).sort()).toEqual(['physical', 'postal']);
    expect(all['schedule']).toHaveLength(2);
    expect(all['schedule']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '17:00' }),
        expect.objectContaining({ valid_from: '2026-12-24', valid_to: '2026-12-26', description: 'Closed' }),
      ]),
    );
    expect(all['cost_option']).toMatchObject([{ amount_description: 'cash' }]);
    expect(all['taxonomy_term']).toMatchObject([{ name: 'Food', taxonomy: 'Ours' }]);
    // One tells the service's need; the other is what was said of a service that is nowhere.
    expect(all['attribute']).toHaveLength(2);
    expect(all['service_at_location']).toHaveLength(1);
    expect(counts(await importFiles(database.db, PACKAGE))).toMatchObject({ unchanged: 15, created: 0, updated: 0 });
  });

  it('links a service of the older layout to its one location and that one’s organization, and to nothing else', async () => {
    await using database = await open();
    const report = await importFiles(database.db, {
      'organizations.csv': 'id,name,description,funding_sources\n1,Helpers,We help,"City, State"\n2,Others,Too,\n',
      'locations.csv': 'id,organization_id,name,virtual\n9,1,Hall,false\n10,2,House,true\n',
      'services.csv': 'id,location_id,name,keywords\n5,9,Soup,hot\n6,10,Bread,\n7,,Talk,\n',
    });
    expect(counts(report)).toMatchObject({ rows: 7, created: 7 });
    expect(codes(report)).toMatchObject({ organization_missing: 1 });
    const all = await dump(database.db);
    const organizations = all['organization'] as { id: string; name: string }[];
    const services = all['service'] as { name: string; organization_id?: string }[];
    const nameOf = (service: string) =>
      organizations.find(({ id }) => id === services.find(({ name }) => name === service)?.organization_id)?.name;
    expect([nameOf('Soup'), nameOf('Bread'), nameOf('Talk')]).toEqual(['Helpers', 'Others', undefined]);
    expect(all['service_at_location']).toHaveLength(2);
    expect(all['funding']).toHaveLength(2);
  });
});

eachDatabase('tables that name each other', (open) => {
  const files = {
    'locations.csv': 'Location ID,Title,Organization ID\n9,Hall,1\n10,House,1\n11,Home,1',
    'organizations.csv': 'Organization ID,Title\n1,Helpers',
    'services.csv':
      'Service ID,Title,Location ID,Organization ID,Geolocation\n5,Soup,9,1,"Geolocation is 42.1, -87.9"\n6,Bread,9,1,"Geolocation is 42.2, -87.9"\n7,Talk,10,1,"Geolocation is 42.3, -87.8"\n8,Call,,1,',
  };

  it('give a location the position that its services tell, the first where they differ', async () => {
    await using database = await open();
    const report = await importFiles(database.db, files);
    expect(counts(report)).toMatchObject({ rows: 8, created: 8 });
    expect(codes(report)).toMatchObject({ join_ambiguous: 1 });
    const places = (await dump(database.db))['location'] as { name: string; latitude?: number }[];
    expect(Object.fromEntries(places.map(({ name, latitude }) => [name, latitude]))).toEqual({ Hall: 42.1, House: 42.3 });
    expect((await dump(database.db))['service_at_location']).toHaveLength(3);
    expect(counts(await importFiles(database.db, files))).toMatchObject({ unchanged: 8 });
    const moved = { ...files, 'services.csv': files['services.csv'].replace('42.3, -87.8', '42.4, -87.8') };
    expect(counts(await importFiles(database.db, moved))).toMatchObject({ updated: 2, unchanged: 6 });
  });
});
