// How the directory's places lie: on which points many addresses stand, and where the places of one town usually are.
// Hidden places have no position here: the index that this is filled from drops it.

import { haversine } from '../geo/distance.ts';
import type { ResourceInput } from './resource.ts';
import { foldWords } from './words.ts';

export interface TownSpread {
  name: string;
  /** The median of its places, degrees. */
  lon: number;
  lat: number;
  /** Metres from there of a usual place: the median. */
  usual: number;
}

/** Of fewer places of one town nothing is told. */
const LEAST_PLACES = 5;

type Placed = Pick<ResourceInput, 'lon' | 'lat' | 'address'>;

export class DirectorySpread {
  /** Point → folded addresses there, one for each listing. */
  readonly #points = new Map<number, string[]>();
  readonly #towns = new Map<string, TownSpread>();
  #collected: Map<string, { name: string; lon: number[]; lat: number[] }> | null = new Map();

  add(resource: Placed): void {
    const { lon, lat, address } = resource;
    if (lon === null || lat === null) return;
    const key = pointOf(lon, lat);
    const there = this.#points.get(key);
    if (there) there.push(foldWords(address ?? ''));
    else this.#points.set(key, [foldWords(address ?? '')]);
    const name = townOf(address);
    if (this.#collected === null || name === null) return;
    const folded = foldWords(name);
    let town = this.#collected.get(folded);
    if (!town) this.#collected.set(folded, (town = { name, lon: [], lat: [] }));
    town.lon.push(lon);
    town.lat.push(lat);
  }

  remove({ lon, lat, address }: Placed): void {
    if (lon === null || lat === null) return;
    const there = this.#points.get(pointOf(lon, lat));
    const at = there?.indexOf(foldWords(address ?? '')) ?? -1;
    if (at >= 0) there!.splice(at, 1);
  }

  /** To be called once, when all is added: towns are known from then on, and a single change does not move them. */
  settle(): void {
    for (const [folded, { name, lon, lat }] of this.#collected ?? []) {
      if (lon.length < LEAST_PLACES) continue;
      const middle = { lon: median(lon), lat: median(lat) };
      const usual = median(lon.map((each, i) => haversine(each, lat[i]!, middle.lon, middle.lat)));
      this.#towns.set(folded, { name, ...middle, usual });
    }
    this.#collected = null;
  }

  /** How many different addresses stand on a point. */
  countAddressesAt(lon: number, lat: number): number {
    const there = this.#points.get(pointOf(lon, lat));
    return there === undefined ? 0 : there.length === 1 ? 1 : new Set(there).size;
  }

  /** The town that an address ends with. */
  findTown(address: string | null): TownSpread | undefined {
    const name = townOf(address);
    return name === null ? undefined : this.#towns.get(foldWords(name));
  }
}

/** "118 Tanner Street, Old Town" is in Old Town. */
function townOf(address: string | null): string | null {
  const at = address?.lastIndexOf(',') ?? -1;
  return at < 0 ? null : address!.slice(at + 1).trim() || null;
}

/** One number for both, exact to 1e-5 degrees, about a metre. */
function pointOf(lon: number, lat: number): number {
  return Math.round(lat * 1e5) * 36_000_001 + Math.round(lon * 1e5);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
