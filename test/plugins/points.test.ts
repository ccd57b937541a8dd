// Contribution points that no other test goes through: what a made-up plugin adds holds while it is on, and is gone after.

import { expect, it } from 'vitest';
import { createProfile, observeRow } from '#shared/directory/profile.ts';
import { planMapping } from '#server/directory/import-plan.ts';
import { createRegistry } from '#server/plugins/load.ts';
import { importFiles } from '../import/support.ts';
import { eachDatabase } from '../support/databases.ts';

it('a known sheet is mapped as its plugin says, and by suggestion where that plugin is off', () => {
  const registry = createRegistry();
  const profile = createProfile('list', 'list.csv');
  observeRow(profile, { Centre: 'Riverside', Tel: '555 0100', Opens: 'daily' });
  const mapping = {
    mapping: 'County list of centres',
    match: { columns: ['Centre', 'Opens'] },
    tables: [{ table: '*', key: { column: 'Centre' }, records: [{ object: 'service', fields: { name: 'Centre' } }] }],
  };
  const plan = () => planMapping([profile], { source: 'county', format: 'csv', registry });
  const suggested = plan();
  const on = registry.contribute('county', { importMappings: [mapping] });
  expect(registry.faults).toEqual([]);
  expect(plan()).toMatchObject({ mapping: 'County list of centres', tables: [{ key: { column: 'Centre' } }] });
  on.dispose();
  expect(plan()).toEqual(suggested);
});

eachDatabase('a known sheet', (open) => {
  it('health centers of the United States become clinics with place, number and organization', async () => {
    await using database = await open();
    const head = 'BPHC Assigned Number,Site Name,Site Address,Site City,Site State Abbreviation,Site Postal Code,Site Telephone Number,Site Web Address,Operating Hours per Week,Health Center Name,Geocoding Artifact Address Primary X Coordinate,Geocoding Artifact Address Primary Y Coordinate'; // prettier-ignore
    const rows = [
      'BPS-H80-000001,Riverside Clinic,1 Tanner St,Alderport,OR,97000,555-010-0001,https://riverside.example,40,Riverside Health,-123.1,44.1',
      'BPS-H80-000002,Harbor Clinic,2 Quay Rd,Alderport,OR,97001,555-010-0002,,20,Riverside Health,-123.2,44.2',
    ];
    const report = await importFiles(database.db, { 'sites.csv': [head, ...rows].join('\n') });
    expect(report.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { db } = database;
    const services = await db.selectFrom('service').select(['name', 'resource_type']).orderBy('name').execute();
    expect(services).toEqual([
      { name: 'Harbor Clinic', resource_type: 'clinic' },
      { name: 'Riverside Clinic', resource_type: 'clinic' },
    ]);
    expect(await db.selectFrom('organization').select('name').execute()).toEqual([{ name: 'Riverside Health' }]);
    expect(await db.selectFrom('address').select(['address_1', 'country']).orderBy('address_1').execute()).toEqual([
      { address_1: '1 Tanner St', country: 'US' },
      { address_1: '2 Quay Rd', country: 'US' },
    ]);
    expect(
      (await db.selectFrom('location').select('latitude').orderBy('latitude').execute()).map(({ latitude }) => Number(latitude)),
    ).toEqual([44.1, 44.2]);
    expect(await db.selectFrom('phone').select('number').execute()).toHaveLength(2);
  });
});
