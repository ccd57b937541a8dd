// Where a new place could be: the middles of cells with many people, or where something of the directory is already.

import { cellCenter } from '#shared/geo/cells.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { ForAgency } from '#server/plugins/queries.ts';
import type { LoadedPopulation, LoadedPopulations } from './loaded-populations.ts';
import type { CandidatesRequest } from './screen-input.ts';
import { listSupply, type SupplySite } from './supply.ts';

export interface Candidate {
  id: string;
  name: string;
  lon: number;
  lat: number;
}

export interface Candidates {
  candidates: Candidate[];
  /** How many there are in all; more than are told where it is cut off at the number asked for. */
  total: number;
}

/** Those that come first have most people, or stand first in the directory. Throws a Problem on a need that there is not. */
export async function listCandidates(
  deps: ServerDeps,
  populations: LoadedPopulations,
  { population: id, kind, type, n, agency }: CandidatesRequest & { agency: ForAgency },
): Promise<Candidates> {
  const population = await populations.get(id);
  if (kind === 'cells') return cellsWithMost(population, n);
  if (type === undefined) throw new Problem('bad_request', `Say which ${kind} of place.`);
  const { sites } = await listSupply(deps, kind === 'need' ? { needs: [type] } : {}, agency);
  const [west, south, east, north] = population.about.bounds;
  const isHere = ({ lon, lat }: SupplySite): boolean => lon >= west && lon <= east && lat >= south && lat <= north;
  const found = sites.filter((site) => (kind === 'need' || site.type === type) && isHere(site));
  // One place may house many services; a new one would stand there once.
  const byPlace = new Map(found.map((site) => [`${site.lon},${site.lat}`, site]));
  const candidates = [...byPlace.values()].map((site) => ({
    id: site.id,
    name: site.organization ?? site.name,
    lon: site.lon,
    lat: site.lat,
  }));
  return { candidates: candidates.slice(0, n), total: candidates.length };
}

function cellsWithMost({ cells, groups }: LoadedPopulation, n: number): Candidates {
  const people = groups[0]!.people;
  const lived = [...cells.keys()].filter((i) => people[i]! > 0).sort((a, b) => people[b]! - people[a]! || a - b);
  const candidates = lived.slice(0, n).map((i) => ({ id: cells[i]!, name: cells[i]!, ...cellCenter(cells[i]!) }));
  return { candidates, total: lived.length };
}
