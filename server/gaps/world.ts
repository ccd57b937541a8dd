// What the coordinator's browser works gaps out from: people by cell, the sites of the directory that count, and the ways between.
// The browser gets no person, no request and no hidden place, so it may keep and combine all of it.

import { FAILED } from '#shared/eligibility/compare.ts';
import { farthestStraight } from '#shared/geo/estimate.ts';
import { haversine } from '#shared/geo/distance.ts';
import { packFigures, packPairs, type PackedPairs } from '#shared/gaps/packed-pairs.ts';
import { PairBuilder, type TravelPairs } from '#shared/gaps/pairs.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { findLastChange } from '#server/directory/queries.ts';
import type { ForAgency } from '#server/plugins/queries.ts';
import { toPoints, type LoadedPopulation, type LoadedPopulations, type Points } from './loaded-populations.ts';
import type { WorldRequest } from './screen-input.ts';
import { listSupply, type Supply, type SupplySite } from './supply.ts';
import { minutesToNearest, waysBetween } from './ways.ts';

export interface GapWorld {
  /** H3 indexes; everything that is by cell is in their order. */
  cells: string[];
  /** By group; null: held back, because it is of few. */
  people: Record<string, (number | null)[]>;
  /** People of named areas by cell, where they came by area: area `area[k]` has `people[k]` in cell `cell[k]`. */
  areas: { code: string[]; name: string[]; cell: number[]; area: number[]; people: number[] } | null;
  sites: Omit<SupplySite, 'onlyIn'>[];
  without: Supply['without'] & { far: number };
  unknown: Supply['unknown'];
  /** From cells to sites, in minutes, up to those that were asked for. */
  pairs: PackedPairs;
  /** Minutes from each cell to the nearest site, farther ones too; Infinity: none within four hours. */
  nearest: string;
  travel: { from: 'graph' | 'line'; estimated: number; pairs: number };
  /** How many figures are held back. */
  suppressed: number;
  data: {
    population: { name: string; source: string; vintage: string; licence: string | null };
    directory: string | null;
    notes: string[];
  };
}

/** The nearest site is looked for as far as this, minutes. */
const FARTHEST = 240;
/** More of them a browser cannot hold beside its map. */
const MOST_PAIRS = 4_000_000;

const SECONDS = 60;

/** `agency`: whose plugins hold. */
export type AskedWorld = WorldRequest & { agency: ForAgency };

/** Throws a Problem on what cannot be asked, and the signal's reason where nobody waits any more. */
export async function makeWorld(
  deps: ServerDeps,
  populations: LoadedPopulations,
  { signal, ...request }: AskedWorld & { signal?: AbortSignal | undefined },
): Promise<GapWorld> {
  const population = await populations.get(request.population);
  const supply = await listSupply(deps, request.supply, request.agency);
  const near = supply.sites.filter((site) => isNear(site, population, request));
  const sites = toPoints(near);
  const ways = await waysBetween(deps, { from: population.points, to: sites, mode: request.mode, minutes: request.minutes, signal });
  if (ways.pairs.cost.length > MOST_PAIRS) {
    const hint = 'Choose fewer needs, a shorter time, or a population of larger cells.';
    throw new Problem('too_large', `There are more than ${MOST_PAIRS / 1e6} million ways between these cells and places. ${hint}`);
  }
  const pairs = onlyWhereUsable(ways.pairs, { sites: near, population, supply });
  const nearest = await nearestOf(deps, { sites: near, population, supply }, { mode: request.mode, signal });
  const { about, groups, cells, areas, notes } = population;
  return {
    cells,
    people: Object.fromEntries(groups.map(({ id, people }) => [id, Array.from(people, round)])),
    areas: areas && { ...areas, cell: [...areas.cell], area: [...areas.area], people: Array.from(areas.people, round) },
    sites: near.map(({ onlyIn: _, ...site }) => site),
    without: { ...supply.without, far: supply.sites.length - near.length },
    unknown: countUnknown(near),
    pairs: packPairs(pairs),
    nearest: packFigures(nearest),
    travel: { from: ways.estimated < ways.pairs.cost.length ? 'graph' : 'line', estimated: ways.estimated, pairs: ways.pairs.cost.length },
    // Imported figures are shown as they were published.
    suppressed: 0,
    data: {
      population: { name: about.name, source: about.source, vintage: about.vintage, licence: about.licence },
      directory: await findLastChange(deps.db),
      notes,
    },
  };
}

/** Whether anybody of the population could be there within the farthest time, however fast the streets. */
function isNear({ lon, lat }: SupplySite, { about: { bounds } }: LoadedPopulation, { mode }: WorldRequest): boolean {
  const [west, south, east, north] = bounds;
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  return haversine(lon, lat, clamp(lon, west, east), clamp(lat, south, north)) <= farthestStraight(mode, FARTHEST * SECONDS);
}

interface Served {
  sites: readonly SupplySite[];
  population: LoadedPopulation;
  supply: Supply;
}

/** The pairs without those of cells that lie outside of the area of a site which serves only those who live in it. */
function onlyWhereUsable(pairs: TravelPairs, { sites, population, supply }: Served): TravelPairs {
  if (sites.every(({ onlyIn }) => onlyIn.length === 0)) return pairs;
  const isOutside = outsideTest(population, supply);
  const kept = new PairBuilder(pairs.cells, pairs.sites);
  for (let i = 0; i < pairs.cells; i++) {
    for (let p = pairs.firstPair[i]!; p < pairs.firstPair[i + 1]!; p++) {
      if (!isOutside(i, sites[pairs.site[p]!]!)) kept.add(i, pairs.site[p]!, pairs.cost[p]!);
    }
  }
  return kept.finish();
}

/** Whether a cell's middle is known to lie outside of what a site serves; each set of areas is asked once for each cell. */
function outsideTest({ points }: LoadedPopulation, { areas }: Supply): (cell: number, site: SupplySite) => boolean {
  const known = new Map<string, Int8Array>();
  return (cell, { onlyIn }) => {
    if (onlyIn.length === 0) return false;
    const key = onlyIn.join('\u0000');
    let cells = known.get(key);
    if (!cells) known.set(key, (cells = new Int8Array(points.lon.length).fill(-1)));
    if (cells[cell] === -1)
      cells[cell] = areas.within({ kind: 'point', lon: points.lon[cell]!, lat: points.lat[cell]! }, onlyIn) === FAILED ? 1 : 0;
    return cells[cell] === 1;
  };
}

/** Minutes from each cell to the nearest site that serves it, one search for all sites that serve the same areas. */
async function nearestOf(
  deps: ServerDeps,
  { sites, population, supply }: Served,
  { mode, signal }: { mode: WorldRequest['mode']; signal: AbortSignal | undefined },
): Promise<Float64Array> {
  const isOutside = outsideTest(population, supply);
  const nearest = new Float64Array(population.cells.length).fill(Infinity);
  const groups = Map.groupBy(sites, ({ onlyIn }) => onlyIn.join('\u0000'));
  for (const group of groups.values()) {
    const served = [...nearest.keys()].filter((i) => !isOutside(i, group[0]!));
    const from = served.length === nearest.length ? population.points : pick(population.points, served);
    const minutes = await minutesToNearest(deps, { from, to: toPoints(group), mode, minutes: FARTHEST, signal });
    for (const [k, i] of served.entries()) nearest[i] = Math.min(nearest[i]!, minutes[k]!);
  }
  return nearest;
}

function pick({ lon, lat }: Points, places: readonly number[]): Points {
  return { lon: Float64Array.from(places, (i) => lon[i]!), lat: Float64Array.from(places, (i) => lat[i]!) };
}

function countUnknown(sites: readonly SupplySite[]): Supply['unknown'] {
  const count = (is: (site: SupplySite) => boolean): number => sites.filter(is).length;
  return {
    usable: count(({ usable }) => usable === 'maybe'),
    open: count(({ open }) => open === 'unknown'),
    capacity: count(({ capacity }) => capacity === null),
  };
}

/** People to a hundredth: cells are parts of areas, and more digits would only be longer. */
function round(people: number): number {
  return Math.round(people * 100) / 100;
}
