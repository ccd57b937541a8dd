// Small random worlds of cells, sites and travel costs, for laws that hold in all of them.

import fc from 'fast-check';
import type { Decay } from '#shared/gaps/decay.ts';
import { PairBuilder, type TravelPairs } from '#shared/gaps/pairs.ts';

export interface World {
  pairs: TravelPairs;
  /** costs[cell][site]; Infinity: cannot be travelled. */
  costs: number[][];
  demand: Float64Array;
  supply: Float64Array;
}

const amount = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.integer({ min: 1, max: 5000 }) });
const cost = fc.oneof(
  { weight: 1, arbitrary: fc.constant(Infinity) },
  { weight: 5, arbitrary: fc.double({ min: 0, max: 90, noNaN: true }) },
);

export const worlds: fc.Arbitrary<World> = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 6 }))
  .chain(([cells, sites]) =>
    fc.record({
      demand: fc.array(amount, { minLength: cells, maxLength: cells }),
      supply: fc.array(amount, { minLength: sites, maxLength: sites }),
      costs: fc.array(fc.array(cost, { minLength: sites, maxLength: sites }), { minLength: cells, maxLength: cells }),
    }),
  )
  .map(({ demand, supply, costs }) => ({
    costs,
    pairs: toPairs(costs, supply.length),
    demand: Float64Array.from(demand),
    supply: Float64Array.from(supply),
  }));

export const decays: fc.Arbitrary<Decay> = fc.oneof(
  fc.record({ kind: fc.constant('binary' as const), threshold: fc.double({ min: 0, max: 100, noNaN: true }) }),
  fc.record({
    kind: fc.constant('gaussian' as const),
    bandwidth: fc.double({ min: 2, max: 60, noNaN: true }),
    threshold: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
  }),
  fc.constantFrom<Decay>(
    {
      kind: 'step',
      steps: [
        { to: 10, weight: 1 },
        { to: 20, weight: 0.68 },
        { to: 30, weight: 0.22 },
      ],
    },
    { kind: 'step', steps: [{ to: 45, weight: 0.5 }] },
  ),
);

export function toPairs(costs: readonly (readonly number[])[], sites: number): TravelPairs {
  const pairs = new PairBuilder(costs.length, sites);
  for (const [i, row] of costs.entries()) for (const [j, one] of row.entries()) if (one < Infinity) pairs.add(i, j, one);
  return pairs.finish();
}
