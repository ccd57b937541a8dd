// What a request may name beside files: people that are kept here, the directory, streets. Opened when it is first asked for.

import { existsSync } from 'node:fs';
import type { TravelTimes } from '#shared/geo/travel.ts';
import type { CliIo } from '#server/command.ts';
import type { ServerDeps } from '#server/deps.ts';
import { ALL } from './population/population.ts';
import { getPopulation, readStoredPopulation } from './population/store.ts';
import { Problem } from '#shared/platform/problems.ts';
import { listSupply, type Supply, type WantedSupply } from './supply.ts';
import type { Places } from './places-file.ts';
import { STRAIGHT_LINES } from './travel-pairs.ts';

/** People of one group by cell, with where they come from in a sentence. */
export interface StoredPeople extends Places {
  said: string;
}

export interface GapSources {
  travelTimes(): Promise<TravelTimes>;
  /** @param population id or name; undefined: the newest. @param group id of a group. Throws a Problem where there is none. */
  people(population: string | undefined, group: string): Promise<StoredPeople>;
  supply(wanted: WantedSupply): Promise<Supply>;
}

export function createGapSources(open: () => Promise<ServerDeps>): GapSources {
  return {
    travelTimes: async () => (await open()).travelTimes(),
    people: async (population, group) => readPeople(await open(), population, group),
    supply: async (wanted) => listSupply(await open(), wanted),
  };
}

/** The sources of a command; closed with it. */
export function openGapSources(io: CliIo): GapSources & AsyncDisposable {
  let opened: ReturnType<CliIo['openApp']> | undefined;
  const sources = createGapSources(() => (opened ??= io.openApp()));
  return {
    ...sources,
    // Whoever works on files alone, and keeps nothing here, gets no database for it.
    travelTimes: async () => (existsSync(io.data) ? sources.travelTimes() : STRAIGHT_LINES),
    async [Symbol.asyncDispose]() {
      await (await opened)?.[Symbol.asyncDispose]();
    },
  };
}

/** The column that a request asks for where it says nothing else means everybody. */
const EVERYBODY: ReadonlySet<string> = new Set(['population', ALL]);

async function readPeople({ db }: ServerDeps, wanted: string | undefined, group: string): Promise<StoredPeople> {
  const about = await getPopulation(db, wanted);
  const { cells, groups } = await readStoredPopulation(db, about);
  const id = EVERYBODY.has(group) && !groups.some((one) => one.id === group) ? ALL : group;
  const found = groups.find((one) => one.id === id);
  if (!found) {
    const known = groups.map((one) => (one.id === ALL ? 'population' : one.id));
    throw new Problem('bad_request', `"${about.name}" has no group "${group}". It has: ${known.join(', ')}.`, known);
  }
  return {
    file: about.name,
    ids: cells,
    rows: cells.map((_, i) => i + 1),
    indexOf: new Map(cells.map((cell, i) => [cell, i])),
    figures: found.people,
    empty: [],
    lon: new Float64Array(cells.length).fill(NaN),
    lat: new Float64Array(cells.length).fill(NaN),
    said: `People: ${about.name}, ${about.source}, ${about.vintage}${id === ALL ? '' : `, ${id}`}.`,
  };
}
