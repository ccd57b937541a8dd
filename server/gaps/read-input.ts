// Everything that a request names, read and numbered: cells, sites, candidates, and the travel from cells to the others.

import { decayEnd } from '#shared/gaps/decay.ts';
import type { TravelPairs } from '#shared/gaps/pairs.ts';
import type { GapRequest } from '#shared/gaps/request.ts';
import { toDecay } from '#shared/gaps/requested-decay.ts';
import { pairByMatrix, pairByTravel, type PairedTravel } from './paired-travel.ts';
import { choosePlaces, joinPlaces, NO_PLACES, readPlacesFile, type Places } from './places-file.ts';
import type { GapSources } from './sources.ts';
import type { Supply } from './supply.ts';

export interface GapInput {
  /** Their figures are the population. */
  cells: Places;
  /** Their figures are the capacity, where one is known. */
  sites: Places;
  candidates: Places;
  /** By candidate, where the request names columns of them. */
  prices?: Float64Array | undefined;
  capacities?: Float64Array | undefined;
  /** From cells to sites, and to candidates. */
  toSites: TravelPairs;
  toCandidates: TravelPairs;
  travel: Omit<PairedTravel, 'pairs'>;
  /** Of the sites, those that come from the directory: they are the first. */
  directory: Supply | null;
  /** Where the people come from, in a sentence. */
  said: string[];
}

/** Throws a Problem that says what is wrong, and in a file in which row and column. */
export async function readGapInput(request: GapRequest, sources: GapSources): Promise<GapInput> {
  const { demand, supply, travel, place } = request;
  const { only } = demand;
  const stored = demand.cells === 'stored' ? await sources.people(demand.population, demand.value) : null;
  const directory = supply.needs ? await sources.supply(supply) : null;
  const population = { column: demand.value, none: 'Write 0 where nobody lives.' };
  const capacity = supply.capacity === undefined ? undefined : { column: supply.capacity };
  const allCells = stored ?? (await readPlacesFile(demand.cells, { id: demand.id, figure: population, needed: 'cells' }));
  const filed = supply.sites === undefined ? NO_PLACES : await readPlacesFile(supply.sites, { id: supply.id, figure: capacity });
  const allSites = directory ? joinPlaces(placesOfDirectory(directory, capacity !== undefined), filed) : filed;
  const cells = only ? choosePlaces(allCells, only) : allCells;
  const sites = only
    ? choosePlaces(
        allSites,
        only.filter((id) => allSites.indexOf.has(id)),
      )
    : allSites;
  const candidates = place ? await readPlacesFile(place.candidates, { id: place.id ?? 'id', needed: 'candidates' }) : NO_PLACES;
  const prices = await readColumn(place, place?.cost, 'Write what a site would cost there.');
  const capacities = await readColumn(place, place?.capacity, 'Write for how many a site would have room there.');
  const destinations = [sites, candidates];
  const { pairs, ...how } = travel.matrix
    ? await pairByMatrix(travel.matrix, { cells, destinations, known: [allCells, allSites, candidates] })
    : await pairByTravel({
        cells,
        destinations,
        mode: travel.mode,
        minutes: farthestOf(request),
        from: travel.from,
        loadTravelTimes: sources.travelTimes,
      });
  const [toSites, toCandidates] = pairs as [TravelPairs, TravelPairs];
  return { cells, sites, candidates, prices, capacities, toSites, toCandidates, travel: how, directory, said: stored ? [stored.said] : [] };
}

/** A column of figures of the candidates. */
async function readColumn(place: GapRequest['place'], column: string | undefined, none: string): Promise<Float64Array | undefined> {
  if (!place || column === undefined) return undefined;
  return (await readPlacesFile(place.candidates, { id: place.id ?? 'id', figure: { column, none } })).figures!;
}

/** The travel cost beyond which nothing counts; Infinity where the way to the nearest place counts, however long. */
function farthestOf({ measure, place }: GapRequest): number {
  if (measure.name === 'nearest' || place?.objective === 'p-median' || place?.objective === 'p-center') return Infinity;
  return Math.max(decayEnd(toDecay(measure)), measure.threshold ?? 0, place?.threshold ?? 0);
}

/** Resources as places. With `capacity` those count of which it is known, with their places for people; without it each counts one. */
function placesOfDirectory({ sites }: Supply, capacity: boolean): Places {
  const column = (of: (site: Supply['sites'][number]) => number): Float64Array => Float64Array.from(sites, of);
  return {
    file: 'the directory',
    ids: sites.map(({ id }) => id),
    rows: sites.map((_, i) => i + 1),
    indexOf: new Map(sites.map(({ id }, i) => [id, i])),
    figures: capacity ? column((site) => site.capacity ?? 0) : null,
    empty: [],
    lon: column(({ lon }) => lon),
    lat: column(({ lat }) => lat),
  };
}
