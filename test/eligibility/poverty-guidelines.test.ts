// The figures of the notices, written down a second time: a slip of a digit here refuses somebody.

import { expect, test } from 'vitest';
import { contributed } from '../support/contributed.ts';

const [table] = contributed('ruleTables').filter(({ table: id }) => id === 'us_fpl');

test.each([
  ['2018-01-13', 'contiguous', 12_140, 25_100, 42_380, 4320],
  ['2018-01-13', 'alaska', 15_180, 31_380, 52_980, 5400],
  ['2018-01-13', 'hawaii', 13_960, 28_870, 48_750, 4970],
  ['2019-01-11', 'contiguous', 12_490, 25_750, 43_430, 4420],
  ['2019-01-11', 'alaska', 15_600, 32_190, 54_310, 5530],
  ['2019-01-11', 'hawaii', 14_380, 29_620, 49_940, 5080],
  ['2020-01-14', 'contiguous', 12_760, 26_200, 44_120, 4480],
  ['2020-01-14', 'alaska', 15_950, 32_750, 55_150, 5600],
  ['2020-01-14', 'hawaii', 14_680, 30_130, 50_730, 5150],
  ['2021-01-13', 'contiguous', 12_880, 26_500, 44_660, 4540],
  ['2021-01-13', 'alaska', 16_090, 33_130, 55_850, 5680],
  ['2021-01-13', 'hawaii', 14_820, 30_480, 51_360, 5220],
  ['2022-01-12', 'contiguous', 13_590, 27_750, 46_630, 4720],
  ['2022-01-12', 'alaska', 16_990, 34_690, 58_290, 5900],
  ['2022-01-12', 'hawaii', 15_630, 31_920, 53_640, 5430],
  ['2023-01-12', 'contiguous', 14_580, 30_000, 50_560, 5140],
  ['2023-01-12', 'alaska', 18_210, 37_500, 63_220, 6430],
  ['2023-01-12', 'hawaii', 16_770, 34_500, 58_140, 5910],
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
    ['2018-01-13', '2019-01-10'],
    ['2019-01-11', '2020-01-13'],
    ['2020-01-14', '2021-01-12'],
    ['2021-01-13', '2022-01-11'],
    ['2022-01-12', '2023-01-11'],
    ['2023-01-12', '2024-01-10'],
    ['2024-01-11', '2025-01-14'],
    ['2025-01-15', '2026-01-12'],
    ['2026-01-13', undefined],
  ]);
});
