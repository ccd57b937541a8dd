import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RING_STEPS, ringArcs, ringSteps, typeRing, verdictRing } from '#client/map/ring.ts';

describe('steps of a ring', () => {
  test.each([
    [
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ],
    [
      [3, 0, 0, 0, 0],
      [16, 0, 0, 0, 0],
    ],
    [
      [1, 1, 0, 0, 0],
      [8, 8, 0, 0, 0],
    ],
    [
      [1, 0, 1, 0, 2],
      [4, 0, 4, 0, 8],
    ],
    // One of many still shows.
    [
      [999, 0, 1, 0, 0],
      [15, 0, 1, 0, 0],
    ],
    [
      [1, 1, 1, 1, 10_000],
      [1, 1, 1, 1, 12],
    ],
  ])('%j gives %j', (counts, steps) => {
    expect(ringSteps(counts)).toEqual(steps);
  });

  test('always fill the ring, show whoever is there and no one else', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 5, maxLength: 5 }), (counts) => {
        const steps = ringSteps(counts);
        const total = steps.reduce((sum, step) => sum + step, 0);
        expect(total).toBe(counts.some((count) => count > 0) ? RING_STEPS : 0);
        expect(steps.map((step) => step > 0)).toEqual(counts.map((count) => count > 0));
      }),
    );
  });

  test('a full ring given again stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 5, maxLength: 5 }), (counts) => {
        expect(ringSteps(ringSteps(counts))).toEqual(ringSteps(counts));
      }),
    );
  });
});

describe('arcs of a ring', () => {
  test('one alone closes the circle', () => {
    expect(ringArcs(verdictRing([0, 0, 3, 0, 0]), 0.2)).toEqual([{ colour: '--v-ask-solid', from: 0, to: 2 * Math.PI }]);
  });

  test('run clockwise from the top with a gap between them', () => {
    const arcs = ringArcs(verdictRing([8, 0, 4, 0, 4]), 0.2);
    expect(arcs.map((arc) => arc.colour)).toEqual(['--v-yes-solid', '--v-ask-solid', '--v-no-solid']);
    expect(arcs[0]).toMatchObject({ from: 0.1, to: Math.PI - 0.1 });
    for (const [i, arc] of arcs.slice(1).entries()) expect(arc.from - (arcs[i]?.to ?? NaN)).toBeCloseTo(0.2);
  });
});

describe('the ring of types', () => {
  const part = (colour: string, steps: number) => ({ colour, steps });

  test('keeps the shares it is given and greys the rest', () => {
    expect(typeRing([part('a', 8), part('b', 4), part('c', 0)])).toEqual([part('a', 8), part('b', 4), part('--line-control', 4)]);
  });

  test('is all grey where no type is known, and full where rounding gave too much', () => {
    expect(typeRing([part('a', 0)])).toEqual([part('--line-control', 16)]);
    expect(typeRing([part('a', 9), part('b', 8)]).reduce((sum, { steps }) => sum + steps, 0)).toBe(RING_STEPS);
  });
});
