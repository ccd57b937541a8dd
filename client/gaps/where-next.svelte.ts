// Where more would help most: candidates, the choice among them, and how far it can be from the best.

import { sayFailure } from '#client/api.ts';
import { unpackPairs } from '#shared/gaps/packed-pairs.ts';
import { pairsBySite, type TravelPairs } from '#shared/gaps/pairs.ts';
import type { Placement } from '#shared/gaps/placement/problem.ts';
import type { PlaceAnswer, PlaceRequest } from './place-worker.ts';
import type { GapCandidate } from './server.ts';
import type { GapsSession } from './session.svelte.ts';
import { FARTHEST } from './ways.svelte.ts';
import type { World } from './world.ts';

export type CandidateKind = 'cells' | 'type' | 'file';

export interface Proposal {
  sites: { place: GapCandidate; gain: number }[];
  objective: PlaceRequest['objective'];
  placement: Placement;
  /** Among so many. */
  candidates: number;
  /** People covered, or people × minutes, before any was placed. */
  minutes: number;
}

export class WhereNext {
  readonly #gaps: GapsSession;
  kind = $state<CandidateKind>('cells');
  type = $state('');
  count = $state(2);
  objective = $state<PlaceRequest['objective']>('coverage');
  /** What all sites may cost together, as it is typed; empty: no limit. */
  budget = $state('');
  file = $state.raw<{ name: string; candidates: readonly GapCandidate[] } | null>(null);
  proposal = $state.raw<Proposal | null>(null);
  busy = $state(false);
  failure = $state<string | null>(null);
  /** Only the answer to the newest question counts. */
  #number = 0;

  constructor(gaps: GapsSession) {
    this.#gaps = gaps;
  }

  /** Whether each candidate says what a site would cost there. */
  get hasCosts(): boolean {
    return this.kind === 'file' && (this.file?.candidates.every(({ cost }) => cost !== undefined) ?? false);
  }

  /** Null: no limit. NaN: what is typed is none. */
  get limit(): number | null {
    if (!this.hasCosts || this.budget.trim() === '') return null;
    const limit = Number(this.budget);
    return limit >= 0 ? limit : NaN;
  }

  forget(): void {
    this.#number += 1;
    this.busy = false;
    this.proposal = null;
    this.failure = null;
  }

  async find(): Promise<void> {
    const { world, question, server, demand, outcome } = this.#gaps;
    if (!world) return;
    const number = ++this.#number;
    this.busy = true;
    this.failure = null;
    this.proposal = null;
    try {
      const candidates = await this.#candidates(world);
      const isMedian = this.objective === 'p-median';
      const { pairs } = await server.reach({
        population: world.population.id,
        mode: world.mode,
        minutes: isMedian ? FARTHEST : question.minutes,
        from: candidates.map(({ lon, lat }) => ({ lon, lat })),
      });
      const request: PlaceRequest = {
        objective: this.objective,
        problem: {
          sites: Math.min(this.count, candidates.length),
          demand,
          existing: outcome.nearest,
          candidates: fromCells(unpackPairs(pairs)),
          ...(this.limit !== null && { prices: Float64Array.from(candidates, ({ cost = 0 }) => cost), budget: this.limit }),
          threshold: question.minutes,
        },
      };
      const placement = await place(request);
      if (number !== this.#number) return;
      this.proposal = {
        sites: placement.chosen.map((chosen, i) => ({ place: candidates[chosen]!, gain: placement.gains[i] ?? 0 })),
        objective: this.objective,
        placement,
        candidates: candidates.length,
        minutes: question.minutes,
      };
    } catch (error) {
      if (number === this.#number) this.failure = sayFailure(error);
    } finally {
      if (number === this.#number) this.busy = false;
    }
  }

  /** Takes the proposed sites into the scenario. */
  take(): void {
    const sites = this.proposal?.sites ?? [];
    this.forget();
    if (sites.length > 0) this.#gaps.plans.addSites(sites.map(({ place: { lon, lat, name } }) => ({ lon, lat, name })));
  }

  /** People within the limit who would be, in the best case that cannot be ruled out; null where that says nothing. */
  get most(): number | null {
    const { placement, objective } = this.proposal ?? {};
    return objective === 'coverage' ? (placement?.bound ?? null) : null;
  }

  async #candidates(world: World): Promise<readonly GapCandidate[]> {
    if (this.kind === 'file') return this.file?.candidates ?? [];
    const { server, demand, outcome } = this.#gaps;
    if (this.kind === 'type') return server.placesOfType({ population: world.population.id, type: this.type });
    return middlesOf(world, demand, outcome.nearest);
  }
}

/** So many middles of cells are tried: more would take longer than anybody waits, and add next to nothing. */
const MOST_MIDDLES = 300;

/** The middles of the cells from which people have to go farthest, all of them together. */
function middlesOf({ cells, lon, lat }: World, demand: Float64Array, nearest: Float64Array): GapCandidate[] {
  const burden = demand.map((people, i) => people * Math.min(nearest[i]!, FARTHEST));
  return [...cells.keys()]
    .filter((i) => burden[i]! > 0)
    .sort((a, b) => burden[b]! - burden[a]! || a - b)
    .slice(0, MOST_MIDDLES)
    .map((i) => ({ id: cells[i]!, lon: lon[i]!, lat: lat[i]!, name: null }));
}

/** Rows are points and columns cells in what the server gives; placing wants it by cell. */
function fromCells(byPoint: TravelPairs): TravelPairs {
  const { cells: points, sites: cells, firstPair, cell, cost } = pairsBySite(byPoint);
  return { cells, sites: points, firstPair, site: cell, cost };
}

function place(request: PlaceRequest): Promise<Placement> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./place-worker.ts', import.meta.url), { type: 'module' });
    const end = (settle: () => void) => {
      worker.terminate();
      settle();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<PlaceAnswer>) =>
      end(() => (data.ok ? resolve(data.placement) : reject(new Error(data.message)))),
    );
    worker.addEventListener('error', (event) => end(() => reject(new Error(event.message))));
    worker.postMessage(request);
  });
}
