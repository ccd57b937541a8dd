// Everything that a request names, read and numbered: cells, sites, candidates, and the travel from cells to the others.

import { decayEnd } from '#shared/gaps/decay.ts';
import type { TravelPairs } from '#shared/gaps/pairs.ts';
import type { GapRequest } from '#shared/gaps/request.ts';
import { toDecay } from '#shared/gaps/requested-decay.ts';
import type { TravelTimes } from '#shared/geo/travel.ts';
import { Problem } from '#shared/platform/problems.ts';
import { pairByMatrix, pairByTravel, type PairedTravel } from './paired-travel.ts';
import { choosePlaces, NO_PLACES, readPlacesFile, type Places } from './places-file.ts';

export interface GapInput {
  /** Their figures are the population. */
  cells: Places;
  /** Their figures are the capacity, where one is known. */
  sites: Places;
  candidates: Places;
  /** From cells to sites, and to candidates. */
  toSites: TravelPairs;
  toCandidates: TravelPairs;
  travel: Omit<PairedTravel, 'pairs'>;
}

/** Throws a Problem that says what is wrong, and in a file in which row and column. */
export async function readGapInput(request: GapRequest, loadTravelTimes: () => Promise<TravelTimes>): Promise<GapInput> {
  const { demand, supply, travel, place } = request;
  const { only } = demand;
  if (demand.cells === 'stored') throw notYet('No population is kept here yet. Name a CSV file of cells in demand.cells.');
  if (supply.needs) throw notYet('The directory cannot be taken as supply yet. Name a CSV file of sites in supply.sites.');
  const population = { column: demand.value, none: 'Write 0 where nobody lives.' };
  const capacity = supply.capacity === undefined ? undefined : { column: supply.capacity };
  const allCells = await readPlacesFile(demand.cells, { id: demand.id, figure: population });
  const allSites = supply.sites === undefined ? NO_PLACES : await readPlacesFile(supply.sites, { id: supply.id, figure: capacity });
  const cells = only ? choosePlaces(allCells, only) : allCells;
  const sites = only
    ? choosePlaces(
        allSites,
        only.filter((id) => allSites.indexOf.has(id)),
      )
    : allSites;
  const candidates = place ? await readPlacesFile(place.candidates, { id: place.id ?? 'id' }) : NO_PLACES;
  const destinations = [sites, candidates];
  const { pairs, ...how } = travel.matrix
    ? await pairByMatrix(travel.matrix, { cells, destinations, known: [allCells, allSites, candidates] })
    : await pairByTravel({ cells, destinations, mode: travel.mode, minutes: farthestOf(request), from: travel.from, loadTravelTimes });
  const [toSites, toCandidates] = pairs as [TravelPairs, TravelPairs];
  return { cells, sites, candidates, toSites, toCandidates, travel: how };
}

/** The travel cost beyond which nothing counts; Infinity where the way to the nearest place counts, however long. */
function farthestOf({ measure, place }: GapRequest): number {
  if (measure.name === 'nearest' || place?.objective === 'p-median' || place?.objective === 'p-center') return Infinity;
  return Math.max(decayEnd(toDecay(measure)), measure.threshold ?? 0, place?.threshold ?? 0);
}

function notYet(message: string): Problem {
  return new Problem('not_available', message);
}
