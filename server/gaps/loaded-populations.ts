// Populations as the screen works with them: read once, with the middles of their cells. What is stored never changes, so what
// was read holds until it is removed.

import { cellCenter } from '#shared/geo/cells.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { Population } from './population/population.ts';
import { getPopulation, readStoredPopulation, type StoredPopulation } from './population/store.ts';

/** Degrees of many places. Whoever travels from them hands in the same object again: where they lie on streets is remembered by it. */
export interface Points {
  lon: Float64Array;
  lat: Float64Array;
}

export interface LoadedPopulation extends Population {
  about: StoredPopulation;
  points: Points;
}

/** So many are held at once. */
const MOST_LOADED = 4;

export class LoadedPopulations {
  readonly #deps: Pick<ServerDeps, 'db'>;
  readonly #loaded = new Map<string, Promise<LoadedPopulation>>();

  constructor(deps: Pick<ServerDeps, 'db'>) {
    this.#deps = deps;
  }

  /** Throws a Problem where there is none of this id. */
  async get(id: string): Promise<LoadedPopulation> {
    // Asked first: one that was removed, on whichever server, is gone.
    const about = await getPopulation(this.#deps.db, id);
    const found = this.#loaded.get(about.id) ?? this.#load(about);
    this.#loaded.delete(about.id);
    this.#loaded.set(about.id, found);
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= MOST_LOADED) break;
      this.#loaded.delete(oldest);
    }
    try {
      return await found;
    } catch (error) {
      this.#loaded.delete(about.id);
      throw error;
    }
  }

  async #load(about: StoredPopulation): Promise<LoadedPopulation> {
    const population = await readStoredPopulation(this.#deps.db, about);
    return { ...population, about, points: middlesOf(population.cells) };
  }
}

export function middlesOf(cells: readonly string[]): Points {
  const points: Points = { lon: new Float64Array(cells.length), lat: new Float64Array(cells.length) };
  for (const [i, cell] of cells.entries()) {
    const { lon, lat } = cellCenter(cell);
    points.lon[i] = lon;
    points.lat[i] = lat;
  }
  return points;
}

export function toPoints(places: readonly { lon: number; lat: number }[]): Points {
  return { lon: Float64Array.from(places, ({ lon }) => lon), lat: Float64Array.from(places, ({ lat }) => lat) };
}
