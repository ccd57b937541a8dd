// Whatever goes out in a format that holds everything comes back byte for byte, ids and order too; the flat formats lose
// what they have no column for once, and nothing after that. The larger directories are in round-trip.long.test.ts.

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

eachDatabase('out and in again', (open, engine) => {
  it.each(WHOLE_FORMATS)('the demo town, byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithDemo, format));
  it.each(FLAT_FORMATS)('the demo town, the same from the second time on: %s', (format) =>
    expectSettledAfterReturn(open, fillWithDemo, format),
  );

  // What differs between the engines is in the demo town; all sets are tried on both in the long run.
  if (engine === 'postgres') return;
  describe.skipIf(!dataFolder()).each(SMALL_SETS)('%s', (set) => {
    it.each(WHOLE_FORMATS)('byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithSet(set), format));
    it.each(FLAT_FORMATS)('the same from the second time on: %s', (format) => expectSettledAfterReturn(open, fillWithSet(set), format));
  });
});
