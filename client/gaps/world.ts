// A world as it is worked on: columns by cell, and the ways between cells and sites.

import { unpackFigures, unpackPairs } from '#shared/gaps/packed-pairs.ts';
import type { TravelPairs } from '#shared/gaps/pairs.ts';
import type { GapPopulation, GapSite, GapWorld } from './server.ts';
import { cellCenter } from '#shared/geo/cells.ts';
import type { TravelMode } from '#shared/geo/travel.ts';

export interface World {
  population: GapPopulation;
  mode: TravelMode;
  cells: readonly string[];
  indexOf: ReadonlyMap<string, number>;
  /** Middles of the cells, degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** By group; NaN where a figure is held back. */
  people: ReadonlyMap<string, Float64Array>;
  sites: readonly GapSite[];
  without: GapWorld['without'];
  pairs: TravelPairs;
  /** Minutes to the nearest site that stands. */
  nearest: Float64Array;
  travel: GapWorld['travel'];
  suppressed: number;
  /** Name of the area in which most of a cell's people live; null where no areas are known. */
  areaOf: readonly (string | null)[];
  data: GapWorld['data'];
}

export function openWorld(population: GapPopulation, mode: TravelMode, given: GapWorld): World {
  const centers = given.cells.map(cellCenter);
  return {
    population,
    mode,
    cells: given.cells,
    indexOf: new Map(given.cells.map((cell, i) => [cell, i])),
    lon: Float64Array.from(centers, ({ lon }) => lon),
    lat: Float64Array.from(centers, ({ lat }) => lat),
    people: new Map(Object.entries(given.people).map(([group, figures]) => [group, Float64Array.from(figures, (n) => n ?? NaN)])),
    sites: given.sites,
    without: given.without,
    pairs: unpackPairs(given.pairs),
    nearest: unpackFigures(given.nearest),
    travel: given.travel,
    suppressed: given.suppressed,
    areaOf: nameAreas(given),
    data: given.data,
  };
}

function nameAreas({ cells, areas }: GapWorld): (string | null)[] {
  const names: (string | null)[] = cells.map(() => null);
  const most = new Float64Array(cells.length).fill(-1);
  for (const [k, cell] of (areas?.cell ?? []).entries()) {
    const people = areas!.people[k]!;
    if (people <= most[cell]!) continue;
    most[cell] = people;
    names[cell] = areas!.name[areas!.area[k]!] ?? null;
  }
  return names;
}

/** People of a group by cell, as what is worked with: a figure that is held back counts as nobody. */
export function demandOf({ people, cells }: World, group: string): Float64Array {
  const figures = people.get(group) ?? people.get('all') ?? new Float64Array(cells.length);
  return figures.map((n) => (Number.isNaN(n) ? 0 : n));
}
