import { describe, it } from 'vitest';
import { dataFolder } from '../support/data.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  expectSameAfterReturn,
  expectSettledAfterReturn,
  fillWithDemo,
  fillWithSet,
  FLAT_FORMATS,
  SMALL_SETS,
  WHOLE_FORMATS,
} from './round-trips.ts';

const LARGE_SETS = [
  'food-pantries-us',
  'legal-aid-illinois',
  'pittsburgh-food/merged_datasets.csv',
  'pittsburgh-food/test_id_duplicates.csv',
  'pittsburgh-food',
];

eachDatabase('every directory out and in again', (open) => {
  it.each(WHOLE_FORMATS)('the demo town, byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithDemo, format));
  it.each(FLAT_FORMATS)('the demo town, the same from the second time on: %s', (format) =>
    expectSettledAfterReturn(open, fillWithDemo, format),
  );

  describe.skipIf(!dataFolder()).each([...SMALL_SETS, ...LARGE_SETS])('%s', (set) => {
    it.each(WHOLE_FORMATS)('byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithSet(set), format), 300_000);
    it.each(FLAT_FORMATS)(
      'the same from the second time on: %s',
      (format) => expectSettledAfterReturn(open, fillWithSet(set), format),
      300_000,
    );
  });
});
