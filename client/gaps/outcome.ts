// What comes out for one scenario: the measure's value of each cell with the placed sites, and what it comes to in people.

import { addSite, addsUp } from '#shared/gaps/added-site.ts';
import { MEASURES } from '#shared/gaps/measures.ts';
import type { TravelPairs } from '#shared/gaps/pairs.ts';
import { toDecay } from '#shared/gaps/requested-decay.ts';
import { summarize, type GapSummary } from '#shared/gaps/summary.ts';
import type { GapQuestion } from './question.ts';
import { demandOf, type World } from './world.ts';

/** Minutes from a placed site to each cell; Infinity where it cannot be reached. */
export type Ways = Float64Array;

export interface Outcome {
  /** By cell: minutes for `nearest` (Infinity: no way), else what the measure counts. */
  values: Float64Array;
  /** Minutes to the nearest site by cell, whatever the measure. */
  nearest: Float64Array;
  /** 1 for each cell that help reaches. */
  reached: Uint8Array;
  /** Of the group that is asked for. */
  summary: GapSummary;
}

export const NO_OUTCOME: Outcome = {
  values: new Float64Array(),
  nearest: new Float64Array(),
  reached: new Uint8Array(),
  summary: { demand: 0, reached: 0, unreached: 0, mean: null, median: null },
};

export function workOut(world: World, question: Pick<GapQuestion, 'measure' | 'minutes' | 'group'>, placed: readonly Ways[]): Outcome {
  const { measure, minutes } = question;
  const demand = demandOf(world, question.group);
  const nearest = withPlaced(world.nearest, placed);
  const { isReached } = MEASURES[measure];
  const values = measure === 'nearest' ? nearest : measured(world, question, { demand, placed });
  const reached = Uint8Array.from(values, (value) => (isReached(value, minutes) ? 1 : 0));
  return { values, nearest, reached, summary: summarize(demand, values, (value) => isReached(value, minutes)) };
}

/** People of a group whom help does not reach. */
export function unreachedOf(world: World, group: string, reached: Uint8Array): { people: number; unreached: number } {
  const demand = demandOf(world, group);
  let [people, unreached] = [0, 0];
  for (let i = 0; i < demand.length; i++) {
    people += demand[i]!;
    if (reached[i] === 0) unreached += demand[i]!;
  }
  return { people, unreached };
}

function withPlaced(standing: Float64Array, placed: readonly Ways[]): Float64Array {
  if (placed.length === 0) return standing;
  const nearest = standing.slice();
  for (const ways of placed) for (let i = 0; i < nearest.length; i++) if (ways[i]! < nearest[i]!) nearest[i] = ways[i]!;
  return nearest;
}

function measured(
  world: World,
  question: Pick<GapQuestion, 'measure' | 'minutes' | 'group'>,
  { demand, placed }: { demand: Float64Array; placed: readonly Ways[] },
): Float64Array {
  const { measure, minutes } = question;
  const decay = toDecay({ name: measure, threshold: minutes });
  if (addsUp(measure) && placed.length > 0) {
    const standing = standingOf(world, question, demand);
    return placed.reduce((values, ways) => addSite(values, { measure, ways, supply: 1, demand, threshold: minutes, decay }), standing);
  }
  const pairs = addSites(world.pairs, placed, minutes);
  const supply = new Float64Array(pairs.sites).fill(1);
  // What a new site will hold nobody knows yet: it counts as one, and so does every other where no capacity is known for all.
  const capacities = world.sites.map(({ capacity }) => capacity);
  if (measure !== 'count' && capacities.every((capacity) => capacity !== null)) supply.set(capacities as number[]);
  return MEASURES[measure].values({ pairs, demand, supply, threshold: minutes, decay });
}

const lastStanding = new WeakMap<World, { asked: string; values: Float64Array }>();

/** What the sites that stand give: kept, since a site that is dragged changes nothing of it. */
function standingOf(
  world: World,
  { measure, minutes, group }: Pick<GapQuestion, 'measure' | 'minutes' | 'group'>,
  demand: Float64Array,
): Float64Array {
  const asked = JSON.stringify([measure, minutes, group]);
  const last = lastStanding.get(world);
  if (last?.asked === asked) return last.values;
  const values = measured(world, { measure, minutes, group }, { demand, placed: [] });
  lastStanding.set(world, { asked, values });
  return values;
}

/** The pairs with placed sites after those that stand. */
function addSites(pairs: TravelPairs, placed: readonly Ways[], minutes: number): TravelPairs {
  if (placed.length === 0) return pairs;
  const added = placed.reduce((sum, ways) => sum + ways.reduce((n, way) => n + (way <= minutes ? 1 : 0), 0), 0);
  const count = pairs.site.length + added;
  const firstPair = new Uint32Array(pairs.cells + 1);
  const site = new Uint32Array(count);
  const cost = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < pairs.cells; i++) {
    const [from, to] = [pairs.firstPair[i]!, pairs.firstPair[i + 1]!];
    site.set(pairs.site.subarray(from, to), at);
    cost.set(pairs.cost.subarray(from, to), at);
    at += to - from;
    for (const [k, ways] of placed.entries()) {
      if (!(ways[i]! <= minutes)) continue;
      site[at] = pairs.sites + k;
      cost[at++] = ways[i]!;
    }
    firstPair[i + 1] = at;
  }
  return { cells: pairs.cells, sites: pairs.sites + placed.length, firstPair, site, cost };
}
