// Placement beside every possible choice, on 200 random small instances, and its bound where not everything can be tried.

import { describe, expect, test } from 'vitest';
import { placeSites, type Objective } from '#shared/gaps/placement/place.ts';
import type { Placement, PlacementProblem } from '#shared/gaps/placement/problem.ts';
import { seeded } from '../directory/resources.ts';
import { toPairs } from './worlds.ts';

interface Instance extends PlacementProblem {
  costs: number[][];
}

/** What a set costs, and whether the budget pays it. */
const isPaid = ({ prices, budget }: Instance, chosen: readonly number[]): boolean =>
  !prices || chosen.reduce((sum, j) => sum + prices[j]!, 0) <= budget!;

function createInstance(random: () => number, { cells, candidates }: { cells: number; candidates: number }): Instance {
  // Some matrices are whole, in others pairs are missing; sometimes something stands already.
  const share = random() < 0.5 ? 1 : 0.4 + 0.5 * random();
  const standing = random() < 0.5 ? 0 : 0.4;
  const costs = Array.from({ length: cells }, () =>
    Array.from({ length: candidates }, () => (random() < share ? Math.round(random() * 60) : Infinity)),
  );
  return {
    costs,
    candidates: toPairs(costs, candidates),
    sites: Math.floor(random() * Math.min(4, candidates + 1)),
    demand: Float64Array.from({ length: cells }, () => (random() < 0.1 ? 0 : Math.ceil(random() * 1000))),
    existing: Float64Array.from({ length: cells }, () => (random() < standing ? 60 * random() : Infinity)),
    threshold: 5 + 30 * random(),
  };
}

function* choices(from: number, to: number, count: number): Generator<number[]> {
  if (count === 0) return void (yield []);
  for (let j = from; j <= to - count; j++) for (const rest of choices(j + 1, to, count - 1)) yield [j, ...rest];
}

/** People served, and the objective over them; the more people the better, then the objective. */
function judge({ costs, demand, existing, threshold }: Instance, objective: Objective, chosen: readonly number[]) {
  const ways = costs.map((row, i) => Math.min(existing[i]!, ...chosen.map((j) => row[j]!)));
  const asking = [...demand.keys()].filter((i) => demand[i]! > 0 && Math.min(existing[i]!, ...costs[i]!) < Infinity);
  const served = asking.filter((i) => ways[i]! < Infinity);
  const people = served.reduce((sum, i) => sum + demand[i]!, 0);
  if (objective === 'coverage') return { people: 0, value: served.reduce((sum, i) => sum + (ways[i]! <= threshold ? demand[i]! : 0), 0) };
  if (objective === 'p-median') return { people, value: people > 0 ? served.reduce((sum, i) => sum + demand[i]! * ways[i]!, 0) : null };
  const isReached = served.length === asking.length && served.length > 0;
  return { people: isReached ? 1 : 0, value: isReached ? Math.max(...served.map((i) => ways[i]!)) : null };
}

function bestOfAll(instance: Instance, objective: Objective): number | null {
  const count = instance.candidates.sites;
  if (objective === 'lscp') {
    const { costs, demand, existing, threshold } = instance;
    const asking = [...demand.keys()].filter((i) => demand[i]! > 0 && existing[i]! > threshold && Math.min(...costs[i]!) <= threshold);
    for (let sites = 0; ; sites++) {
      for (const chosen of choices(0, count, sites)) if (asking.every((i) => chosen.some((j) => costs[i]![j]! <= threshold))) return sites;
    }
  }
  let best: { people: number; value: number | null } | undefined;
  // With a budget fewer sites may be better than many.
  const numbers = instance.prices ? Array.from({ length: Math.min(count, instance.sites) + 1 }, (_, n) => n) : [instance.sites];
  for (const chosen of numbers.flatMap((sites) => [...choices(0, count, sites)])) {
    if (!isPaid(instance, chosen)) continue;
    const one = judge(instance, objective, chosen);
    const sign = objective === 'coverage' ? 1 : -1;
    const isBetter =
      best && (one.people > best.people || (one.people === best.people && sign * (one.value ?? 0) > sign * (best.value ?? 0)));
    if (!best || isBetter) best = one;
  }
  return best?.value ?? null;
}

describe.each<Objective>(['coverage', 'p-median', 'p-center', 'lscp'])('%s', (objective) => {
  test('is the best of all choices, and proves it, on 200 random instances', () => {
    const random = seeded(7);
    for (let n = 0; n < 200; n++) {
      const instance = createInstance(random, { cells: 3 + Math.floor(15 * random()), candidates: 2 + Math.floor(9 * random()) });
      const found = placeSites(objective, instance);
      const best = bestOfAll(instance, objective);
      const seen = `instance ${n}`;
      if (best === null) expect(found.objective, seen).toBeNull();
      else {
        expect(found.objective, seen).toBeCloseTo(best, 6);
        expect(found.bound, seen).toBeCloseTo(best, 6);
      }
      expect(new Set(found.chosen).size, seen).toBe(found.chosen.length);
      if (objective !== 'lscp') expect(found.chosen.length, seen).toBe(instance.sites);
      expect(found.gains.length, seen).toBe(found.chosen.length);
    }
  });

  // The fewest sites that reach everyone have no budget.
  test.runIf(objective !== 'lscp')('within a budget is the best of all that it pays, and proves it, on 200 random instances', () => {
    const random = seeded(23);
    for (let n = 0; n < 200; n++) {
      const plain = createInstance(random, { cells: 3 + Math.floor(12 * random()), candidates: 2 + Math.floor(7 * random()) });
      const candidates = plain.candidates.sites;
      const prices = Float64Array.from({ length: candidates }, () => Math.floor(random() * 12));
      // In one of three the number of sites is limited too.
      const sites = random() < 0.33 ? 1 + Math.floor(3 * random()) : candidates;
      const instance = { ...plain, sites, prices, budget: Math.floor(random() * 30) };
      const found = placeSites(objective, instance);
      const best = bestOfAll(instance, objective);
      const seen = `instance ${n}`;
      expect(isPaid(instance, found.chosen), seen).toBe(true);
      expect(found.chosen.length, seen).toBeLessThanOrEqual(sites);
      if (best === null) expect(found.objective, seen).toBeNull();
      else {
        expect(found.objective, seen).toBeCloseTo(best, 6);
        expect(found.bound, seen).toBeCloseTo(best, 6);
      }
    }
  });

  test('of many candidates lies within its bound, and what is told of it is so', () => {
    const instance = { ...createInstance(seeded(11), { cells: 60, candidates: 40 }), sites: 5, threshold: 9 };
    const found = placeSites(objective, instance);
    checkTold(instance, objective, found);
  });
});

function checkTold(instance: Instance, objective: Objective, { chosen, objective: value, bound, gains }: Placement): void {
  if (value === null || bound === null) throw new Error('A whole matrix serves everyone');
  if (objective === 'coverage') expect(bound).toBeGreaterThanOrEqual(value);
  else expect(bound).toBeLessThanOrEqual(value + 1e-6);
  const told = objective === 'lscp' ? { value: chosen.length } : judge(instance, objective, chosen);
  expect(value).toBeCloseTo(told.value!, 6);
  expect(gains.every((gain) => gain >= 0)).toBe(true);
}

test('what stands already stays: nobody is counted twice', () => {
  const costs = [
    [0, 9],
    [9, 0],
    [9, 9],
  ];
  const placed = placeSites('coverage', {
    sites: 1,
    demand: Float64Array.of(100, 50, 25),
    existing: Float64Array.of(3, Infinity, Infinity),
    candidates: toPairs(costs, 2),
    threshold: 5,
  });
  expect(placed).toEqual({ chosen: [1], gains: [50], objective: 150, bound: 150, leftOut: 25 });
});

test.each([1, 0.4])('p-median of a town is near its bound, where each cell knows %f of the candidates', (share) => {
  const random = seeded(3);
  const places = (count: number): [number, number][] => Array.from({ length: count }, () => [60 * random(), 60 * random()]);
  const [cells, candidates] = [places(300), places(100)];
  const ways = cells.map(([x, y]) => candidates.map(([u, v]) => Math.hypot(x - u, y - v)));
  const farthest = ways.flat().sort((a, b) => a - b)[Math.floor(share * 30_000) - 1]!;
  const { objective, bound, leftOut } = placeSites('p-median', {
    sites: 8,
    demand: Float64Array.from(cells, () => Math.ceil(1000 * random())),
    existing: Float64Array.from(cells, () => Infinity),
    candidates: toPairs(ways.map((row) => row.map((way) => (way <= farthest ? way : Infinity))), 100), // prettier-ignore
    threshold: 0,
  });
  expect(leftOut).toBe(0);
  expect(bound).toBeLessThanOrEqual(objective!);
  expect(bound! / objective!).toBeGreaterThan(0.99);
});

test('p-median leaves out nobody whom it can serve, however dear that is', () => {
  const costs = [
    [1, 50],
    [1, 50],
    [Infinity, 50],
  ];
  const placed = placeSites('p-median', {
    sites: 1,
    demand: Float64Array.of(1000, 1000, 1),
    existing: Float64Array.of(Infinity, Infinity, Infinity),
    candidates: toPairs(costs, 2),
    threshold: 0,
  });
  expect(placed).toMatchObject({ chosen: [1], objective: 50 * 2001, bound: 50 * 2001, leftOut: 0 });
});
