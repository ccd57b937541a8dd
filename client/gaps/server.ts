// What the Gaps screen asks of the server, and in which shapes. The browser works the measures out by itself, so a changed
// limit, measure or scenario costs no call; only new travel does.

import type { Inputs, Outputs } from '#client/api.ts';
import type { LonLat, TravelMode } from '#shared/geo/travel.ts';
import type { Facts } from '#shared/intake/facts.ts';

/** A population that is kept here. */
export type GapPopulation = Outputs['gaps']['populations'][number];
export type GapWorld = Outputs['gaps']['world'];
export type GapSite = GapWorld['sites'][number];
/** Ways from points to the cells of a population, in minutes: one row for each point, its "sites" are the cells. */
export type GapReach = Outputs['gaps']['reach'];

export interface WorldRequest {
  population: string;
  supply: {
    /** Taxonomy terms. */
    needs?: string[] | undefined;
    /** A moment with its offset from UTC. */
    openAt?: string | undefined;
    /** The group that must be able to use it. */
    usableBy?: Facts | undefined;
  };
  mode: TravelMode;
  /** Pairs of cell and site up to here. */
  minutes: number;
}

/** Our own unmet needs, as far as they may be told. */
export type UnmetCounts = Outputs['gaps']['unmet'];

export type LookedAt = Outputs['gaps']['look'];

/** A view that is kept on the server; `revision` is raised each time it is kept again. */
export interface KeptHead {
  id: string;
  name: string;
  revision: number;
}

/** Where a site could stand. */
export interface GapCandidate extends LonLat {
  id: string;
  name: string | null;
  /** What a site would cost there, where somebody said so. */
  cost?: number;
}

export interface GapServer {
  populations(): Promise<readonly GapPopulation[]>;
  world(request: WorldRequest, signal?: AbortSignal): Promise<GapWorld>;
  /** Travel from points to the cells of a population. */
  reach(
    request: { population: string; mode: TravelMode; minutes: number; from: readonly LonLat[] },
    signal?: AbortSignal,
  ): Promise<GapReach>;
  /** Places of a kind that stand already. */
  placesOfType(request: { population: string; type: string }): Promise<readonly GapCandidate[]>;
  /** What stands at a point, in words; null where nobody knows. */
  nameOf(place: LonLat): Promise<string | null>;

  /** What stands in the middle of each of these cells; null: nobody knows. */
  namePlaces(cells: readonly string[]): Promise<readonly (string | null)[]>;
  nameGroups(population: string, names: Record<string, string>): Promise<void>;
  removePopulation(population: string): Promise<void>;
  unmet(request: Inputs['gaps']['unmet']): Promise<UnmetCounts>;

  views(): Promise<readonly KeptHead[]>;
  view(id: string): Promise<KeptHead & { content: unknown }>;
  /** Rejects where another has kept it meanwhile. */
  keepView(view: {
    id?: string;
    name: string;
    revision: number;
    content: Record<string, unknown>;
  }): Promise<{ id: string; revision: number }>;

  /** @returns its id */
  beginUpload(): Promise<string>;
  sendFile(upload: string, file: File): Promise<void>;
  lookAt(upload: string): Promise<LookedAt>;
  /** Rejects with one fault a line. @returns the id of the population */
  addPopulation(request: Inputs['gaps']['addPopulation']): Promise<string>;
}
