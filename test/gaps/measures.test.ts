// Measures: worked by hand, held to their papers as written on plain objects, and to the laws that each promises.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSite, addsUp } from '#shared/gaps/added-site.ts';
import { decayEnd, decayWeight, type Decay } from '#shared/gaps/decay.ts';
import { MEASURE_NAMES, MEASURES, type MeasureName } from '#shared/gaps/measures.ts';
import { toDecay } from '#shared/gaps/requested-decay.ts';
import { summarize } from '#shared/gaps/summary.ts';
import { visitWeighed } from '#shared/gaps/weighed-pairs.ts';
import { plain3sfca, plainBfca, plainE2sfca, plainM2sfca, type PlainPair } from './plain.ts';
import { decays, toPairs, worlds, type World } from './worlds.ts';

const work = (name: MeasureName, { pairs, demand, supply }: World, decay: Decay, threshold?: number): number[] => [
  ...MEASURES[name].values({ pairs, demand, supply, decay, threshold }),
];
const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);
const close = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

/** Two cells of 100 and 300 people; a site of 4 near both, one of 2 near the second. Costs in minutes. */
const TOWN: World = {
  costs: [
    [5, Infinity],
    [15, 10],
  ],
  pairs: toPairs(
    [
      [5, Infinity],
      [15, 10],
    ],
    2,
  ),
  demand: Float64Array.of(100, 300),
  supply: Float64Array.of(4, 2),
};
const STEPS: Decay = {
  kind: 'step',
  steps: [
    { to: 10, weight: 1 },
    { to: 20, weight: 0.5 },
  ],
};

test.each<[MeasureName, Decay, number[]]>([
  ['nearest', STEPS, [5, 10]],
  ['count', { kind: 'binary', threshold: 10 }, [4, 2]],
  ['count', STEPS, [4, 4]],
  ['coverage', STEPS, [1, 1]],
  ['2sfca', { kind: 'binary', threshold: 15 }, [4 / 400, 4 / 400 + 2 / 300]],
  ['e2sfca', STEPS, [4 / 250, (4 / 250) * 0.5 + 2 / 300]],
  // G of the second cell: 0.5 / 1.5 and 1 / 1.5.
  ['3sfca', STEPS, [4 / 150, (4 / 150) * (1 / 6) + 2 / 300]],
  ['m2sfca', STEPS, [4 / 250, (4 / 250) * 0.25 + 2 / 300]],
  // Site 1 has 100 + 300 / 3 people, site 2 has 300 × 2/3.
  ['bfca', STEPS, [(4 / 200) * (1 / 1.5), (4 / 200) * (0.5 / 1.5) + 2 / 200]],
])('%s by hand', (name, decay, expected) => {
  for (const [i, value] of work(name, TOWN, decay, 12).entries()) close(value, expected[i]!);
});

test('a gaussian weight is 0.60653 at one bandwidth, and each decay ends where it says', () => {
  expect(decayWeight({ kind: 'gaussian', bandwidth: 20 }, 20)).toBeCloseTo(0.60653, 5);
  expect(decayWeight({ kind: 'binary', threshold: 45 }, 45)).toBe(1);
  expect(decayWeight({ kind: 'binary', threshold: 45 }, 45.0001)).toBe(0);
  expect(decayWeight(STEPS, 10)).toBe(1);
  expect(decayWeight(STEPS, 20.01)).toBe(0);
  expect(decayWeight({ kind: 'gaussian', bandwidth: 20, threshold: 30 }, 30.01)).toBe(0);
});

test('weights of all pairs come once each, in order, and are those of one cost; beyond the end there is none', () => {
  fc.assert(
    fc.property(worlds, decays, ({ pairs }, decay) => {
      let [nextCell, nextPair] = [0, 0];
      visitWeighed(pairs, decay, ({ firstCell, endCell, offset, weights }) => {
        expect([firstCell, offset]).toEqual([nextCell, nextPair]);
        for (; nextPair < pairs.firstPair[endCell]!; nextPair++) {
          const [weight, cost] = [weights[nextPair - offset]!, pairs.cost[nextPair]!];
          expect(Math.abs(weight - decayWeight(decay, cost))).toBeLessThanOrEqual(4e-15);
          if (cost > decayEnd(decay)) expect(weight).toBe(0);
        }
        nextCell = endCell;
      });
      expect([nextCell, nextPair]).toEqual([pairs.cells, pairs.site.length]);
    }),
  );
});

test('a cell with more sites than a block holds is weighed whole', () => {
  const costs = [[1], Array.from({ length: 9000 }, (_, j) => j / 100), [2]];
  const world = { costs, pairs: toPairs(costs, 9000), demand: Float64Array.of(1, 1, 1), supply: new Float64Array(9000).fill(1) };
  expect(work('count', world, { kind: 'binary', threshold: 50 })).toEqual([1, 5001, 1]);
  close(work('count', world, { kind: 'gaussian', bandwidth: 4 })[1]!, sum(costs[1]!.map((cost) => Math.exp(-0.5 * (cost / 4) ** 2))));
});

test.each<[Parameters<typeof toDecay>[0], Decay]>([
  [
    { name: 'bfca', threshold: 45 },
    { kind: 'binary', threshold: 45 },
  ],
  [
    { name: 'e2sfca', threshold: 30, decay: { kind: 'gaussian' } },
    { kind: 'gaussian', bandwidth: 30, threshold: 30 },
  ],
  [
    { name: 'e2sfca', threshold: 30, decay: { kind: 'gaussian', bandwidth: 10 } },
    { kind: 'gaussian', bandwidth: 10, threshold: 30 },
  ],
  [
    { name: 'e2sfca', threshold: 30 },
    {
      kind: 'step',
      steps: [
        { to: 10, weight: 1 },
        { to: 20, weight: 0.68 },
        { to: 30, weight: 0.22 },
      ],
    },
  ],
  [
    {
      name: '2sfca',
      threshold: 15,
      decay: {
        kind: 'step',
        steps: [
          { to: 10, weight: 1 },
          { to: 20, weight: 0.5 },
          { to: 30, weight: 0.1 },
        ],
      },
    },
    {
      kind: 'step',
      steps: [
        { to: 10, weight: 1 },
        { to: 15, weight: 0.5 },
      ],
    },
  ],
  [
    { name: '3sfca', threshold: 0 },
    { kind: 'binary', threshold: 0 },
  ],
])('what a request leaves open: %j', (requested, expected) => {
  expect(toDecay(requested)).toEqual(expected);
});

const PLAIN = { '2sfca': plainE2sfca, e2sfca: plainE2sfca, '3sfca': plain3sfca, m2sfca: plainM2sfca, bfca: plainBfca } as const;
const CATCHMENTS = Object.keys(PLAIN) as (keyof typeof PLAIN)[];

/** Supply of the sites that some people reach. */
function reachedSupply({ pairs, costs, demand, supply }: World, decay: Decay): number {
  expect(pairs.cells).toBe(costs.length);
  return sum(supply.map((amount, j) => (costs.some((row, i) => demand[i]! > 0 && decayWeight(decay, row[j]!) > 0) ? amount : 0)));
}

describe.each(CATCHMENTS)('%s', (name) => {
  test('is what its paper says', () => {
    fc.assert(
      fc.property(worlds, decays, (world, decay) => {
        const pairs: PlainPair[] = world.costs.flatMap((row, i) =>
          row.flatMap((cost, j) => (cost < Infinity ? [{ from: `c${i}`, to: `s${j}`, cost }] : [])),
        );
        const named = (prefix: string, values: Float64Array) => new Map([...values].map((value, i) => [`${prefix}${i}`, value]));
        const places = { demand: named('c', world.demand), supply: named('s', world.supply) };
        const expected = [...PLAIN[name](pairs, places, (cost) => decayWeight(decay, cost)).values()];
        for (const [i, value] of work(name, world, decay).entries()) close(value, expected[i]!);
      }),
    );
  });

  test('doubles with the supply, and halves with the people', () => {
    fc.assert(
      fc.property(worlds, decays, (world, decay) => {
        const before = work(name, world, decay);
        const more = work(name, { ...world, supply: world.supply.map((amount) => 2 * amount) }, decay);
        const fuller = work(name, { ...world, demand: world.demand.map((people) => 2 * people) }, decay);
        for (const [i, value] of before.entries()) {
          close(more[i]!, 2 * value);
          close(fuller[i]!, value / 2);
        }
      }),
    );
  });

  test('is nothing beyond the threshold, and never negative', () => {
    fc.assert(
      fc.property(worlds, decays, (world, decay) => {
        for (const [i, value] of work(name, world, decay).entries()) {
          expect(value >= 0 && Number.isFinite(value)).toBe(true);
          if (world.costs[i]!.every((cost) => decayWeight(decay, cost) === 0)) expect(value).toBe(0);
        }
      }),
    );
  });

  test('of one cell and one site next to each other is supply by people', () => {
    close(
      work(name, { ...TOWN, costs: [[0]], pairs: toPairs([[0]], 1), demand: Float64Array.of(250), supply: Float64Array.of(5) }, STEPS)[0]!,
      0.02,
    );
  });
});

test.each(['2sfca', 'e2sfca', '3sfca'] as const)('%s gives out the supply that people reach, and no more', (name) => {
  fc.assert(
    fc.property(worlds, decays, (world, decay) => {
      close(sum(work(name, world, decay).map((value, i) => value * world.demand[i]!)), reachedSupply(world, decay));
    }),
  );
});

test('m2sfca gives out at most the supply that people reach, and all of it where nothing falls', () => {
  fc.assert(
    fc.property(worlds, decays, (world, decay) => {
      const given = sum(work('m2sfca', world, decay).map((value, i) => value * world.demand[i]!));
      const supply = reachedSupply(world, decay);
      expect(given).toBeLessThanOrEqual(supply * (1 + 1e-9));
      if (decay.kind === 'binary') close(given, supply);
    }),
  );
});

test('bfca keeps the level of service: over cells it is the sum over sites, each with its share of the people', () => {
  fc.assert(
    fc.property(worlds, decays, (world, decay) => {
      const { costs, demand, supply } = world;
      const weight = (i: number, j: number): number => (supply[j]! > 0 ? decayWeight(decay, costs[i]![j]!) : 0);
      const ofCell = costs.map((row, i) => sum(row.map((_, j) => weight(i, j))));
      const shares = [...supply.keys()].map((j) =>
        sum(costs.map((_, i) => (weight(i, j) > 0 ? (demand[i]! * weight(i, j)) / ofCell[i]! : 0))),
      );
      close(sum(shares), sum(demand.map((people, i) => (ofCell[i]! > 0 ? people : 0))));
      close(sum(work('bfca', world, decay)), sum(shares.map((people, j) => (people > 0 ? supply[j]! / people : 0))));
    }),
  );
});

test('nearest, count and coverage agree with each other and with their words', () => {
  fc.assert(
    fc.property(worlds, fc.double({ min: 0, max: 90, noNaN: true }), (world, threshold) => {
      const { costs, supply } = world;
      const binary: Decay = { kind: 'binary', threshold };
      const nearest = work('nearest', world, binary);
      const count = work('count', world, binary);
      const coverage = work('coverage', world, binary, threshold);
      for (const [i, row] of costs.entries()) {
        expect(nearest[i]).toBe(Math.min(Infinity, ...row.filter((_, j) => supply[j]! > 0)));
        close(count[i]!, sum(supply.map((amount, j) => (row[j]! <= threshold ? amount : 0))));
        expect(coverage[i]).toBe(nearest[i]! <= threshold ? 1 : 0);
        expect(count[i]! > 0).toBe(coverage[i] === 1);
      }
    }),
  );
});

describe.each(MEASURE_NAMES)('%s at its limits', (name) => {
  const values = (world: World, threshold: number): number[] => work(name, world, { kind: 'binary', threshold }, threshold);
  const same = (a: readonly number[], b: readonly number[]): void => {
    for (const [i, value] of a.entries()) {
      if (Number.isFinite(value)) close(value, b[i]!);
      else expect(b[i]).toBe(value);
    }
  };
  /** The world with another site; one that holds nothing, or is out of reach, is none. */
  const withSite = ({ costs, demand, supply }: World, way: number, held: number): World => {
    const rows = costs.map((row) => [...row, way]);
    return { costs: rows, pairs: toPairs(rows, supply.length + 1), demand, supply: Float64Array.from([...supply, held]) };
  };

  test('a site without capacity changes nothing, nor does one that nobody gets to', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 90 }), (world, threshold) => {
        const before = values(world, threshold);
        same(before, values(withSite(world, 1, 0), threshold));
        same(before, values(withSite(world, Infinity, 7), threshold));
      }),
    );
  });

  test('a threshold beyond every cost is none, and of zero only what is here counts', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        same(values(world, 1e6), values(world, Number.MAX_VALUE));
        const here = { ...world, costs: world.costs.map((row) => row.map((cost) => (cost === 0 ? 0 : Infinity))) };
        const only = { ...here, pairs: toPairs(here.costs, world.supply.length) };
        // The nearest place is the nearest, however near it must be.
        if (name !== 'nearest') same(values(world, 0), values(only, 0));
      }),
    );
  });

  test('without people, and without places, it is what it says of nobody and nothing', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 90 }), (world, threshold) => {
        const nobody = values({ ...world, demand: world.demand.map(() => 0) }, threshold);
        if (CATCHMENTS.some((one) => one === name)) expect(nobody.every((value) => value === 0)).toBe(true);
        else same(nobody, values(world, threshold));
        const nothing = values({ ...world, supply: world.supply.map(() => 0) }, threshold);
        expect(nothing.every((value) => value === (name === 'nearest' ? Infinity : 0))).toBe(true);
      }),
    );
  });

  test('a single place is shared by all who reach it', () => {
    const costs = [[3], [8], [20], [Infinity]];
    const world = { costs, pairs: toPairs(costs, 1), demand: Float64Array.of(100, 300, 50, 10), supply: Float64Array.of(8) };
    const each = { nearest: [3, 8, 20, Infinity], count: [8, 8, 0, 0], coverage: [1, 1, 0, 0], bfca: [0.01, 0.01, 0, 0] };
    same(values(world, 10), each[name as keyof typeof each] ?? [0.02, 0.02, 0, 0]);
  });
});

test('a summary counts people: mean, median, reached', () => {
  const demand = Float64Array.of(10, 0, 30, 60, 5);
  const values = Float64Array.of(1, 99, 2, 8, Infinity);
  const summary = summarize(demand, values, (value) => value <= 2);
  expect(summary).toEqual({ demand: 105, reached: 40, unreached: 65, mean: (10 + 60 + 480) / 100, median: 8 });
  expect(summarize(Float64Array.of(0), Float64Array.of(3), () => true)).toEqual({
    demand: 0,
    reached: 0,
    unreached: 0,
    mean: null,
    median: null,
  });
});

test('a site that is added gives what it gives when all is worked out anew', () => {
  const added = fc.record({
    supply: fc.integer({ min: 0, max: 50 }),
    far: fc.array(fc.double({ min: 0, max: 90, noNaN: true }), { minLength: 8, maxLength: 8 }),
  });
  fc.assert(
    fc.property(worlds, decays, added, fc.integer({ min: 1, max: 60 }), ({ pairs, demand, supply, costs }, decay, site, threshold) => {
      const ways = Float64Array.from(demand, (_, i) => (i % 3 === 2 ? Infinity : site.far[i]!));
      const all = toPairs(costs.map((row, i) => [...row, ways[i]!]), pairs.sites + 1); // prettier-ignore
      for (const measure of MEASURE_NAMES.filter(addsUp)) {
        const before = MEASURES[measure].values({ pairs, demand, supply, threshold, decay });
        const one = addSite(before, { measure, ways, supply: site.supply, demand, threshold, decay });
        const anew = MEASURES[measure].values({
          pairs: all,
          demand,
          supply: Float64Array.from([...supply, site.supply]),
          threshold,
          decay,
        });
        for (const [i, value] of anew.entries()) {
          if (Number.isFinite(value)) close(one[i]!, value);
          else expect(one[i]).toBe(value);
        }
      }
    }),
  );
  expect(() =>
    addSite(new Float64Array(), {
      measure: 'bfca',
      ways: new Float64Array(),
      supply: 1,
      demand: new Float64Array(),
      decay: { kind: 'binary', threshold: 1 },
    }),
  ).toThrow('hangs on the others');
});
