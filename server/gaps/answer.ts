// From a request to its answer, with all that a reader must know beside the figures.

import { analyzeGaps, type GapProblem, type GapResult } from '#shared/gaps/analyze.ts';
import { MEASURES } from '#shared/gaps/measures.ts';
import type { GapAnswer, GapMethod, GapRequest, GapSupply } from '#shared/gaps/request.ts';
import { toDecay } from '#shared/gaps/requested-decay.ts';
import { listNotes } from './notes.ts';
import { readGapInput, type GapInput } from './read-input.ts';
import type { GapSources } from './sources.ts';
import type { Supply } from './supply.ts';

/** @param sources asked only for what the request needs. Throws a Problem on bad input. */
export async function answerGaps(request: GapRequest, sources: GapSources): Promise<GapAnswer> {
  const input = await readGapInput(request, sources);
  const { cells, candidates, prices, capacities, toCandidates, directory } = input;
  const { measure, place } = request;
  const demand = cells.figures!;
  const problem = toProblem(request, input);
  const result = analyzeGaps({
    ...problem,
    ...(place && {
      place: {
        objective: place.objective,
        sites: place.sites ?? candidates.ids.length,
        prices,
        capacities,
        budget: place.budget,
        threshold: place.threshold ?? measure.threshold ?? Infinity,
        candidates: toCandidates,
      },
    }),
  });
  const { placement } = result;
  const isPerhaps = directory?.sites.map(({ usable }) => usable === 'maybe') ?? [];
  const certain = problem.supply.map((supply, j) => (isPerhaps[j] ? 0 : supply));
  return {
    cells: cells.ids.map((id, i) => ({ id, demand: demand[i]!, value: Number.isFinite(result.values[i]) ? result.values[i]! : null })),
    summary: result.summary,
    ...(isPerhaps.includes(true) && { sure: analyzeGaps({ ...problem, supply: certain }).summary }),
    ...(result.before && { before: result.before }),
    ...(placement && {
      placed: placement.chosen.map((j, k) => ({
        candidate: candidates.ids[j]!,
        gain: placement.gains[k]!,
        ...(prices && { cost: prices[j]! }),
        ...(capacities && { capacity: capacities[j]! }),
      })),
      ...(prices && { spent: placement.chosen.reduce((sum, j) => sum + prices[j]!, 0) }),
      objective: placement.objective,
      bound: placement.bound,
    }),
    // Figures that were imported are shown as they were published.
    suppressed: 0,
    ...(directory && { supply: toGapSupply(directory) }),
    method: describe(request, input, result),
  };
}

/** What is measured, before anything is placed. */
function toProblem({ measure }: GapRequest, { cells, sites, toSites }: GapInput): GapProblem {
  return {
    measure: measure.name,
    threshold: measure.threshold,
    decay: toDecay(measure),
    demand: cells.figures!,
    supply: sites.figures ?? new Float64Array(sites.ids.length).fill(1),
    pairs: toSites,
  };
}

function toGapSupply({ sites, without, unknown }: Supply): GapSupply {
  const { usable: maybe, open, capacity } = unknown;
  return { sure: sites.length - maybe, maybe, without, unknown: { open, capacity } };
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
