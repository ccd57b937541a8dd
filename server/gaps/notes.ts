// What a reader of an answer must know beside its figures: what was left out, what is an estimate, what of the request played no part.

import type { GapResult } from '#shared/gaps/analyze.ts';
import { MEASURES } from '#shared/gaps/measures.ts';
import type { TravelPairs } from '#shared/gaps/pairs.ts';
import type { GapRequest } from '#shared/gaps/request.ts';
import type { Places } from './places-file.ts';
import type { GapInput } from './read-input.ts';

export function listNotes(request: GapRequest, input: GapInput, { placement }: GapResult): string[] {
  const { supply, place } = request;
  const { cells, sites, toSites, toCandidates, travel } = input;
  const notes = [...input.said, ...listSupplyNotes(input, supply.capacity !== undefined)];
  const lonely = cells.ids.filter((_, i) => hasNoPair(toSites, i) && hasNoPair(toCandidates, i));
  if (sites.empty.length > 0)
    notes.push(
      `${sites.file}: ${sites.empty.length} rows have an empty "${supply.capacity}" and count as no site (row ${sites.empty.slice(0, 5).join(', ')}).`,
    );
  if (travel.estimated > 0) notes.push(`${travel.estimated} travel times are estimates from the straight line with a usual detour.`);
  if (lonely.length > 0)
    notes.push(`${sayCells(lonely.length)} no travel cost to anywhere: not reached, such as ${lonely.slice(0, 3).join(', ')}.`);
  if (request.travel.matrix) notes.push(...sayIdle('sites', sites, toSites), ...sayIdle('candidates', input.candidates, toCandidates));
  if (sites.ids.length === 0 && !place) notes.push('There is no supply: nobody is reached.');
  if (request.travel.matrix && request.travel.from) notes.push('Travel costs are those of the matrix; travel.from was not asked.');
  if (request.measure.decay && !MEASURES[request.measure.name].decays)
    notes.push(`The measure ${request.measure.name} has no decay: the one of the request was not used.`);
  if (supply.capacity && place && !place.capacity)
    notes.push('A placed site counts with a capacity of 1: name a column of the candidates as place.capacity.');
  if (place?.capacity) notes.push('Places are chosen by travel, not by capacity; what a placed site holds counts in the measure.');
  if (placement && placement.leftOut > 0)
    notes.push(`${placement.leftOut} people are served by no place and stand outside of the objective.`);
  const useless = placement?.gains.filter((gain) => gain === 0).length ?? 0;
  if (useless > 0) notes.push(`${useless} of the placed sites add nothing.`);
  if (place && (place.sites ?? 0) > input.candidates.ids.length) notes.push(`There are only ${input.candidates.ids.length} candidates.`);
  if (place?.objective === 'lscp' && place.sites !== undefined) notes.push('The number of sites was found, not taken from the request.');
  return notes;
}

function hasNoPair({ firstPair }: GapInput['toSites'], cell: number): boolean {
  return firstPair[cell] === firstPair[cell + 1];
}

function listSupplyNotes({ directory }: GapInput, byCapacity: boolean): string[] {
  if (!directory) return [];
  const { sites, without, unknown } = directory;
  const told: [number, string][] = [
    [
      unknown.usable,
      `of the ${sites.length} places can perhaps be used: their rule leaves something open, or none is known. "sure" counts without them.`,
    ],
    [unknown.open, 'of the places do not say when they are open, and count as open.'],
    [without.unusable, 'places cannot be used by the described household and are left out.'],
    [without.closed, 'places are closed then and are left out.'],
    [without.nowhere, 'services have no place on the map, such as by telephone, and are left out.'],
    [without.hidden, 'places are hidden: where they are takes part in no figure.'],
    [byCapacity ? unknown.capacity : 0, 'of the places do not say for how many they have room, and count as no site.'],
  ];
  return told.flatMap(([count, say]) => (count > 0 ? [`${count} ${say}`] : []));
}

const sayCells = (count: number): string => (count === 1 ? '1 cell has' : `${count} cells have`);

/** Places that a matrix does not speak of. */
function sayIdle(what: string, { ids }: Places, { site }: TravelPairs): string[] {
  const reached = new Set(site);
  const lost = ids.filter((_, j) => !reached.has(j));
  return lost.length > 0 ? [`No cell has a travel cost to ${lost.length} of the ${what}, such as ${lost.slice(0, 3).join(', ')}.`] : [];
}
