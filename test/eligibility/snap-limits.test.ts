// The SNAP tables against the regulation that they follow, against printed figures, and against what they leave out.

import { describe, expect, test } from 'vitest';
import { contributed } from '../support/contributed.ts';
import { rule, verdict } from './given.ts';

const tables = new Map(contributed('ruleTables').map((table) => [table.table, table]));
const versionsOf = (table: string) => tables.get(table)!.versions;
const regionOf = (table: string, year: number, region: string) =>
  versionsOf(table).find(({ from }) => from === `${year - 1}-10-01`)?.regions[region];

describe('income limits are the guidelines of the year before, by the month and rounded up', () => {
  const guidelines = (year: number) => versionsOf('us_fpl').find(({ from }) => from.startsWith(String(year)))!.regions;
  test.each([
    ['us_snap_gross_income', 130],
    ['us_snap_net_income', 100],
  ])('%s', (table, percent) => {
    const monthly = (amount: number): number => Math.ceil((amount * percent) / 1200 - 1e-9);
    for (let year = 2020; year <= 2027; year++) {
      for (const [region, { values, each_more }] of Object.entries(guidelines(year - 1))) {
        expect(regionOf(table, year, region), `${year} ${region}`).toEqual({ values: values.map(monthly), each_more: monthly(each_more!) });
      }
    }
  });
});

test.each([
  ['us_snap_gross_income', 2020, 'contiguous', [1354, 1832, 2311, 2790, 3269, 3748, 4227, 4705]],
  ['us_snap_gross_income', 2020, 'hawaii', [1558, 2109, 2659, 3209, 3760, 4310, 4860, 5411]],
  ['us_snap_net_income', 2020, 'alaska', [1300, 1761, 2222, 2683, 3144, 3605, 4065, 4526]],
  ['us_snap_net_income', 2023, 'alaska', [1416, 1908, 2400, 2891, 3383, 3875, 4366, 4858]],
  ['us_snap_standard_deduction', 2020, 'virgin_islands', [147, 147, 148, 178, 209, 240]],
  ['us_snap_standard_deduction', 2026, 'contiguous', [209, 209, 209, 223, 261, 299]],
  ['us_snap_shelter_cap', 2020, 'contiguous', [569]],
  ['us_snap_shelter_cap', 2024, 'alaska', [1073]],
  ['us_snap_resource_limit', 2021, 'us', [2250]],
  ['us_snap_resource_limit_elderly', 2025, 'us', [4500]],
  ['us_snap_gross_income', 2027, 'contiguous', [1729, 2345, 2960, 3575, 4191, 4806, 5421, 6037]],
  ['us_snap_net_income', 2027, 'alaska', [1663, 2255, 2846, 3438, 4030, 4621, 5213, 5805]],
  ['us_snap_gross_income', 2027, 'hawaii', [1989, 2697, 3404, 4112, 4819, 5527, 6234, 6941]],
  ['us_snap_standard_deduction', 2027, 'contiguous', [217, 217, 217, 229, 268, 308]],
  ['us_snap_shelter_cap', 2025, 'hawaii', [959]],
  ['us_snap_shelter_cap', 2026, 'alaska', [1189]],
  ['us_snap_shelter_cap', 2027, 'contiguous', [769]],
  ['us_snap_resource_limit_elderly', 2027, 'us', [4750]],
])('%s of %i in %s', (table, year, region, values) => {
  expect(regionOf(table, year, region)!.values).toEqual(values);
});

test('every version of a shipped table says where it is from, when it was checked, and until when it holds', () => {
  for (const { table, versions } of tables.values()) {
    versions.forEach(({ from, to, source }, i) => {
      expect(source.url, table).toMatch(/^https:\/\//);
      expect(to ?? '9999', `${table} ${from}`).toMatch(/./);
      if (i > 0) expect(from > versions[i - 1]!.to!, `${table} ${from} begins after the one before`).toBe(true);
    });
  }
});

describe('a figure that is not known leaves the condition open', () => {
  const cap = rule(
    'rule: test/cap\nversion: 1\neligible_when: { fact: household.income, at_most: { percent: 100, of: us_snap_shelter_cap } }\n',
  );
  const given = { 'household.income': { value: 700, per: 'month' as const } };
  test.each([
    ['2023-12-01', undefined, 'ineligible'],
    ['2023-12-01', 'alaska', 'eligible'],
    ['2025-12-01', undefined, 'eligible'],
    ['2019-09-30', undefined, 'unknown'],
    ['2026-10-01', undefined, 'eligible'],
    ['2026-10-01', 'alaska', 'unknown'],
    ['2027-10-01', undefined, 'unknown'],
    ['2023-12-01', 'atlantis', 'unknown'],
  ])('on %s in %s: %s', (on, region, expected) => {
    expect(verdict(cap, given, { on, ...(region === undefined ? {} : { region }) })).toBe(expected);
  });
});
