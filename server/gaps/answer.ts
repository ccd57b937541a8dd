// From a request to its answer, with all that a reader must know beside the figures.

import { analyzeGaps, type GapResult } from '#shared/gaps/analyze.ts';
import { MEASURES } from '#shared/gaps/measures.ts';
import type { GapAnswer, GapMethod, GapRequest } from '#shared/gaps/request.ts';
import { toDecay } from '#shared/gaps/requested-decay.ts';
import type { TravelTimes } from '#shared/geo/travel.ts';
import { readGapInput, type GapInput } from './read-input.ts';

/** @param loadTravelTimes streets; called only where the request needs them. Throws a Problem on bad input. */
export async function answerGaps(request: GapRequest, loadTravelTimes: () => Promise<TravelTimes>): Promise<GapAnswer> {
  const input = await readGapInput(request, loadTravelTimes);
  const { cells, sites, candidates, toSites, toCandidates } = input;
  const { measure, place } = request;
  const demand = cells.figures!;
  const result = analyzeGaps({
    measure: measure.name,
    threshold: measure.threshold,
    decay: toDecay(measure),
    demand,
    supply: sites.figures ?? new Float64Array(sites.ids.length).fill(1),
    pairs: toSites,
    ...(place && {
      place: {
        objective: place.objective,
        sites: place.sites ?? 0,
        threshold: place.threshold ?? measure.threshold ?? Infinity,
        candidates: toCandidates,
      },
    }),
  });
  const { placement } = result;
  return {
    cells: cells.ids.map((id, i) => ({ id, demand: demand[i]!, value: Number.isFinite(result.values[i]) ? result.values[i]! : null })),
    summary: result.summary,
    ...(result.before && { before: result.before }),
    ...(placement && {
      placed: placement.chosen.map((j, k) => ({ candidate: candidates.ids[j]!, gain: placement.gains[k]! })),
      objective: placement.objective,
      bound: placement.bound,
    }),
    // Figures that were imported are shown as they were published.
    suppressed: 0,
    method: describe(request, input, result),
  };
}

function describe(request: GapRequest, input: GapInput, result: GapResult): GapMethod {
  const { measure, travel, place } = request;
  const { say, formula, unit, reference, decays } = MEASURES[measure.name];
  const isMatrix = input.travel.from === 'matrix';
  return {
    measure: { name: measure.name, say, formula, unit, reference },
    ...(measure.threshold !== undefined && { threshold: measure.threshold }),
    ...(decays && { decay: toDecay(measure) }),
    travel: {
      from: input.travel.from,
      ...(!isMatrix && { mode: travel.mode }),
      unit: isMatrix ? 'that of the matrix' : 'minutes',
      pairs: input.toSites.site.length + input.toCandidates.site.length,
      estimated: input.travel.estimated,
    },
    summary: 'Mean and median count people, not cells: half of the people have the median or less.',
    ...(place && { placement: PLACEMENT[place.objective] }),
    notes: listNotes(request, input, result),
  };
}

const PLACEMENT = {
  coverage: 'The most people within the threshold of a place (Church and ReVelle 1974).',
  'p-median': 'The least sum of people × travel cost to their nearest place, with as many people served as can be (Hakimi 1964).',
  'p-center': 'The least cost within which everyone has a place, who can have one (Hakimi 1964; Minieka 1970).',
  lscp: 'The fewest places with which everyone has one within the threshold, who can have one (Toregas and others 1971).',
} as const;

function listNotes({ supply, place }: GapRequest, input: GapInput, { placement }: GapResult): string[] {
  const { cells, sites, toSites, toCandidates, travel } = input;
  const notes: string[] = [];
  const lonely = cells.ids.filter((_, i) => hasNoPair(toSites, i) && hasNoPair(toCandidates, i));
  if (sites.empty.length > 0)
    notes.push(
      `${sites.file}: ${sites.empty.length} rows have an empty "${supply.capacity}" and count as no site (row ${sites.empty.slice(0, 5).join(', ')}).`,
    );
  if (travel.estimated > 0) notes.push(`${travel.estimated} travel times are estimates from the straight line with a usual detour.`);
  if (lonely.length > 0)
    notes.push(
      `${lonely.length} cells have no travel cost to anywhere and count as not reached, such as ${lonely.slice(0, 3).join(', ')}.`,
    );
  if (sites.ids.length === 0 && !place) notes.push('There is no supply: nobody is reached.');
  if (supply.capacity && place) notes.push('A placed site counts with a capacity of 1.');
  if (placement && placement.leftOut > 0)
    notes.push(`${placement.leftOut} people are served by no place and stand outside of the objective.`);
  const idle = placement?.gains.filter((gain) => gain === 0).length ?? 0;
  if (idle > 0) notes.push(`${idle} of the placed sites add nothing.`);
  if (place?.objective === 'lscp' && place.sites !== undefined) notes.push('The number of sites was found, not taken from the request.');
  return notes;
}

function hasNoPair({ firstPair }: GapInput['toSites'], cell: number): boolean {
  return firstPair[cell] === firstPair[cell + 1];
}
