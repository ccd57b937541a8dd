// The figures of the notices, written down a second time: a slip of a digit here refuses somebody.

import { expect, test } from 'vitest';
import { contributed } from '../support/contributed.ts';

const [table] = contributed('ruleTables').filter(({ table: id }) => id === 'us_fpl');

test.each([
  ['2024-01-11', 'contiguous', 15_060, 31_200, 52_720, 5380],
  ['2024-01-11', 'alaska', 18_810, 39_000, 65_920, 6730],
  ['2024-01-11', 'hawaii', 17_310, 35_880, 60_640, 6190],
  ['2025-01-15', 'contiguous', 15_650, 32_150, 54_150, 5500],
  ['2025-01-15', 'alaska', 19_550, 40_190, 67_710, 6880],
  ['2025-01-15', 'hawaii', 17_990, 36_980, 62_300, 6330],
  ['2026-01-13', 'contiguous', 15_960, 33_000, 55_720, 5680],
  ['2026-01-13', 'alaska', 19_950, 41_250, 69_650, 7100],
  ['2026-01-13', 'hawaii', 18_360, 37_950, 64_070, 6530],
])('from %s in %s: %i for one, %i for four, %i for eight, %i for each more', (from, region, one, four, eight, more) => {
  const { values, each_more } = table!.versions.find((version) => version.from === from)!.regions[region]!;
  expect([values[0], values[3], values[7], values.length]).toEqual([one, four, eight, 8]);
  // Every person adds the same, as in every notice so far.
  expect(values.slice(1).map((value, i) => value - values[i]!)).toEqual(Array<number>(7).fill(more));
  expect(each_more).toBe(more);
});

test('each version ends on the day before the next', () => {
  const days = table!.versions.map(({ from, to }) => [from, to]);
  expect(days).toEqual([
    ['2024-01-11', '2025-01-14'],
    ['2025-01-15', '2026-01-12'],
    ['2026-01-13', undefined],
  ]);
});
