// Placement beside every possible choice, on 200 random small instances, and its bound where not everything can be tried.

import { describe, expect, test } from 'vitest';
import { placeSites, type Objective } from '#shared/gaps/placement/place.ts';
import type { Placement, PlacementProblem } from '#shared/gaps/placement/problem.ts';
import { seeded } from '../directory/resources.ts';
import { toPairs } from './worlds.ts';

interface Instance extends PlacementProblem {
  costs: number[][];
}

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
  for (const chosen of choices(0, count, instance.sites)) {
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
