// Contribution points that no other test goes through: what a made-up plugin adds holds while it is on, and is gone after.

import { expect, it } from 'vitest';
import { createProfile, observeRow } from '#shared/directory/profile.ts';
import { planMapping } from '#server/directory/import-plan.ts';
import { createRegistry } from '#server/plugins/load.ts';

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
