import { describe, it } from 'vitest';
import { dataFolder } from '../support/data.ts';
import { eachDatabase } from '../support/databases.ts';
import { expectSameAfterReturn, expectSettledAfterReturn, fillWithSet, FLAT_FORMATS, WHOLE_FORMATS } from './round-trips.ts';

const SETS = [
  'food-pantries-us',
  'legal-aid-illinois',
  'pittsburgh-food/merged_datasets.csv',
  'pittsburgh-food/test_id_duplicates.csv',
  'pittsburgh-food',
];

eachDatabase('large directories out and in again', (open) => {
  describe.skipIf(!dataFolder()).each(SETS)('%s', (set) => {
    it.each(WHOLE_FORMATS)('byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithSet(set), format), 300_000);
    it.each(FLAT_FORMATS)(
      'the same from the second time on: %s',
      (format) => expectSettledAfterReturn(open, fillWithSet(set), format),
      300_000,
    );
  });
});
