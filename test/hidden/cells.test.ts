// How coarsely a hidden place is told, by how many doors there are around it.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { coarsenWhereFew, COARSEST_RESOLUTION, HiddenCells, PLACES_AROUND } from '#server/directory/hidden-cells.ts';
import { DirectoryIndex } from '#shared/directory/index.ts';
import { cellAt, cellBounds, cellCenter, cellChildren, cellParent, cellResolution, cellRing, coarseCell } from '#shared/geo/cells.ts';
import { resource } from '../directory/resources.ts';

const HERE = { lon: -93.123456, lat: 44.987654 };
const cell = coarseCell(HERE);
const siblings = cellChildren(cellParent(cell)).filter((one) => one !== cell);

/** Counts as a table of cells; all others are empty. */
const counts = (table: Record<string, number>) => (one: string) => table[one] ?? 0;

describe('the cell that is told', () => {
  test.each<[string, Record<string, number>, number]>([
    ['many around', { [cell]: PLACES_AROUND }, 7],
    ['one too few', { [cell]: PLACES_AROUND - 1 }, COARSEST_RESOLUTION],
    ['few, but many next door, none of which can be meant', Object.fromEntries(siblings.map((one) => [one, 50])), COARSEST_RESOLUTION],
    ['few, and few next door', Object.fromEntries([cell, ...siblings].map((one) => [one, 2])), 6],
    ['nothing', {}, COARSEST_RESOLUTION],
  ])('%s', (_, table, resolution) => {
    const told = coarsenWhereFew(cell, counts(table));
    expect(cellResolution(told)).toBe(resolution);
    expect(cellAt(cellCenter(cell), resolution)).toBe(told);
  });

  it('leaves places enough where it may be, for whoever knows the rule', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 14 }), { minLength: 49, maxLength: 49 }), (figures) => {
        const grandparent = cellParent(cellParent(cell));
        const all = cellChildren(grandparent).flatMap(cellChildren);
        const table = Object.fromEntries(all.map((one, i) => [one, figures[i % 49]!]));
        const tellings = all.map((one) => [one, coarsenWhereFew(one, counts(table))] as const);
        for (const [told, group] of Map.groupBy(tellings, ([, one]) => one)) {
          if (cellResolution(told) === COARSEST_RESOLUTION) continue;
          expect(group.reduce((sum, [one]) => sum + table[one]!, 0)).toBeGreaterThanOrEqual(PLACES_AROUND);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('an index that is settled', () => {
  const hidden = resource({ id: 'refuge', hidden: true, cell });
  const { lon, lat } = cellCenter(cell);
  const doors = (count: number, location = (i: number) => `l${i}`) =>
    Array.from({ length: count }, (_, i) => resource({ id: `d${i}`, location: { id: location(i), name: 'Door' }, lon, lat }));
  const settled = (resources: ReturnType<typeof doors>) => {
    const cells = new HiddenCells();
    for (const resource of [hidden, ...resources]) cells.note(resource);
    const index = cells.settle(DirectoryIndex.build([hidden, ...resources], '7'));
    return { cells, index, told: () => index.cell(index.findRow('refuge')!) };
  };

  it('counts places, not services', () => {
    expect(settled(doors(PLACES_AROUND)).told()).toBe(cell);
    expect(cellResolution(settled(doors(PLACES_AROUND, () => 'one hall')).told()!)).toBe(COARSEST_RESOLUTION);
  });

  it('follows what opens and closes', () => {
    const { cells, index } = settled(doors(PLACES_AROUND));
    const fewer = cells.settle(index.apply({ upserts: [], removed: ['d0'] }, '8'));
    expect([fewer.version, cellResolution(fewer.cell(fewer.findRow('refuge')!)!)]).toEqual(['8', COARSEST_RESOLUTION]);
    const more = cells.settle(fewer.apply({ upserts: doors(1), removed: [] }, '9'));
    expect(more.cell(more.findRow('refuge')!)).toBe(cell);
  });
});

test('the box of a cell holds its corners, across the antimeridian too', () => {
  for (const at of [HERE, { lon: 179.999, lat: -17 }, { lon: -179.999, lat: 65 }]) {
    const [west, south, east, north] = cellBounds(coarseCell(at));
    for (const [lon, lat] of cellRing(coarseCell(at))) {
      expect(lat >= south && lat <= north).toBe(true);
      expect(west <= east ? lon >= west && lon <= east : lon >= west || lon <= east).toBe(true);
    }
    expect(east - west + (west > east ? 360 : 0)).toBeLessThan(0.2);
  }
});
