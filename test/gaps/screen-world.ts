// A world of three cells and one site, as the server gives it to the coordinator's screen.

import type { GapPopulation, GapWorld } from '#client/gaps/server.ts';
import { packFigures, packPairs } from '#shared/gaps/packed-pairs.ts';
import { PairBuilder } from '#shared/gaps/pairs.ts';

export const CELLS = ['89283082803ffff', '89283082807ffff', '8928308280bffff'];

/** 5, 12 and 40 minutes from the one place; 300, 150 and 50 people; of the seniors of the first nothing is told. */
export function smallWorld(): { population: GapPopulation; world: GapWorld } {
  const pairs = new PairBuilder(3, 1);
  pairs.add(0, 0, 5);
  pairs.add(1, 0, 12);
  const population: GapPopulation = {
    id: 'pop_1',
    name: 'Small Town',
    source: 'Town hall',
    vintage: '2025',
    licence: null,
    resolution: 9,
    cells: 3,
    people: 500,
    areas: 0,
    bounds: [-122.43, 37.76, -122.39, 37.79],
    groups: [
      { id: 'all', name: 'all', people: 500 },
      { id: 'seniors', name: 'seniors', people: 11 },
    ],
    notes: [],
    importedAt: '2026-01-01T00:00:00.000Z',
    own: false,
  };
  const world: GapWorld = {
    cells: CELLS,
    people: { all: [300, 150, 50], seniors: [null, 5, 6] },
    areas: { code: ['n', 's'], name: ['North', 'South'], cell: [0, 1, 2], area: [0, 0, 1], people: [300, 150, 50] },
    sites: [
      {
        id: 'res_1',
        name: 'Pantry',
        organization: 'Church',
        lon: -122.418,
        lat: 37.775,
        type: 'pantry',
        capacity: null,
        available: null,
        usable: 'sure',
        verdict: null,
        open: null,
      },
    ],
    without: { unusable: 0, closed: 2, hidden: 1, nowhere: 0, far: 0 },
    unknown: { usable: 0, open: 0, capacity: 1 },
    pairs: packPairs(pairs.finish()),
    nearest: packFigures([5, 12, 40]),
    travel: { from: 'line', estimated: 2, pairs: 2 },
    suppressed: 1,
    data: {
      population: { name: 'Small Town', source: 'Town hall', vintage: '2025', licence: null },
      directory: '2026-01-02T00:00:00.000Z',
      notes: [],
    },
  };
  return { population, world };
}
