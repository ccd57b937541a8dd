// Whatever goes out in a format that holds everything comes back byte for byte, ids and order too; the flat formats lose
// what they have no column for once, and nothing after that. Most directories are in round-trip.long.test.ts.

import { describe, it } from 'vitest';
import { dataFolder } from '../support/data.ts';
import { eachDatabase } from '../support/databases.ts';
import { expectSameAfterReturn, expectSettledAfterReturn, fillWithDemo, fillWithSet, FLAT_FORMATS, WHOLE_FORMATS } from './round-trips.ts';

eachDatabase('out and in again', (open, engine) => {
  // What differs between the engines is in the demo town and shows with one format; all are tried on both in the long run.
  const few = engine === 'postgres' ? 1 : undefined;
  it.each(WHOLE_FORMATS.slice(0, few))('the demo town, byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithDemo, format));
  it.each(FLAT_FORMATS.slice(0, few))('the demo town, the same from the second time on: %s', (format) =>
    expectSettledAfterReturn(open, fillWithDemo, format),
  );

  if (engine === 'postgres') return;
  describe.skipIf(!dataFolder()).each(['san-mateo-sample', 'hsds/examples-3.2.3/csv'])('%s', (set) => {
    it.each(WHOLE_FORMATS)('byte for byte: %s', (format) => expectSameAfterReturn(open, fillWithSet(set), format));
    it.each(FLAT_FORMATS)('the same from the second time on: %s', (format) => expectSettledAfterReturn(open, fillWithSet(set), format));
  });
});
