import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAreas, type Area } from '#shared/eligibility/areas.ts';
import { areApart, isInside, type Rings } from '#shared/eligibility/outlines.ts';

const box = (west: number, south: number, east: number, north: number): Rings => [
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ],
];
const AREAS: Area[] = [
  { id: 'us/ca/oakland', name: 'Oakland', rings: box(0, 0, 4, 4) },
  { id: 'us/ca/berkeley', name: 'Berkeley', rings: box(0, 6, 4, 9) },
  { id: 'Temescal', rings: box(1, 1, 2, 2) },
  { id: 'The hills', rings: box(3, 3, 8, 8) },
  { id: 'Fruitvale', within: ['us/ca/oakland'] },
];

describe('an area by name', () => {
  const areas = createAreas(AREAS);
  test.each([
    ['Oakland', ['us/ca/oakland'], 'in'],
    ['us/ca/oakland/temescal', ['Oakland'], 'in'],
    ['Fruitvale', ['Oakland'], 'in'],
    ['Fruitvale', ['us/ca'], 'in'],
    // Known under an id: the ids tell.
    ['Berkeley', ['us/ca/oakland'], 'out'],
    ['Berkeley', ['us/ca'], 'in'],
    ['Berkeley', ['us/or'], 'out'],
    // Outlines tell, where they are wholly apart; an overlap tells nothing.
    ['Temescal', ['Berkeley'], 'out'],
    ['The hills', ['Berkeley'], 'open'],
    ['Temescal', ['Oakland'], 'open'],
    // A name that nobody knows.
    ['Rockridge', ['Oakland'], 'open'],
    ['Berkeley', ['Oakland', 'Rockridge'], 'open'],
    ['Berkeley', ['Rockridge', 'us/ca/berkeley'], 'in'],
    ['oakland', ['OAKLAND'], 'in'],
    ['Oakland', [], 'out'],
  ] as const)('%s in %j: %s', (place, wanted, expected) => {
    const outcome = areas.within({ kind: 'words', values: [place] }, wanted);
    expect({ [-1]: 'out', [0]: 'open', [1]: 'in' }[outcome]).toBe(expected);
  });
});

describe('outlines', () => {
  const coordinate = fc.integer({ min: 0, max: 12 });
  const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 6 });
  const rings = fc.array(ring, { minLength: 1, maxLength: 2 }) as fc.Arbitrary<Rings>;

  test('that are apart have no point in common, whichever is asked first', () => {
    let found = 0;
    fc.assert(
      fc.property(rings, rings, (a, b) => {
        const apart = areApart(a, b);
        expect(areApart(b, a)).toBe(apart);
        if (!apart) return;
        found += 1;
        for (let x = 0.25; x < 12; x += 0.5)
          for (let y = 0.25; y < 12; y += 0.5) expect(isInside(x, y, a) && isInside(x, y, b)).toBe(false);
      }),
      { numRuns: 1500 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test.each([
    ['side by side', box(0, 0, 1, 1), box(2, 0, 3, 1), true],
    ['touching', box(0, 0, 1, 1), box(1, 0, 2, 1), false],
    ['one within the other', box(0, 0, 9, 9), box(3, 3, 4, 4), false],
    ['in a hole', [...box(0, 0, 9, 9), ...box(2, 2, 7, 7)], box(4, 4, 5, 5), true],
    ['crossing', box(0, 4, 9, 5), box(4, 0, 5, 9), false],
    ['nothing known', [], box(0, 0, 1, 1), false],
  ])('%s', (_, a, b, apart) => {
    expect(areApart(a, b)).toBe(apart);
  });
});
