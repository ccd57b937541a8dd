import { expect, test } from 'vitest';
import { lookUpTable } from '#shared/eligibility/table-lookup.ts';
import { RuleTable } from '#shared/eligibility/tables.ts';
import { toDayNumber } from '#shared/intake/dates.ts';
import { interval, type Possibility } from '#shared/intake/possibility.ts';

const table = RuleTable.parse({
  table: 'steps',
  title: 'A table that falls and rises',
  per: 'year',
  by: 'household.size',
  versions: [
    {
      from: '2026-01-01',
      source: { title: 'Made up', url: 'https://example.org', checked: '2026-01-01' },
      regions: { all: { values: [300, 100, 500, 400], each_more: 10 } },
    },
  ],
});
const look = (by: Possibility) =>
  lookUpTable({ percent: 100, of: 'steps' }, by, { tables: new Map([['steps', table]]), day: toDayNumber('2026-05-01') }).bound;

test.each<[string, Possibility, { low: number; high: number }]>([
  ['one entry', interval(2, 2), { low: 100, high: 100 }],
  ['two ends', interval(1, 2), { low: 100, high: 300 }],
  ['a dip between the ends', interval(1, 3), { low: 100, high: 500 }],
  ['a peak and a dip between the ends', interval(1, 4), { low: 100, high: 500 }],
  ['beyond the last value', interval(3, 6), { low: 400, high: 500 }],
  ['no upper end', interval(4, Infinity), { low: 400, high: Infinity }],
])('a limit lies within what all entries in question say: %s', (_, by, expected) => {
  expect(look(by)).toEqual(expected);
});
