// How many people live in each H3 cell of the county: made from the houses and how dense each quarter is, kept as data for gap analysis.

import { latLngToCell } from 'h3-js';
import type { DemoPopulation } from '../../shared/plugin-api/index.ts';
import { build } from './town/buildings.ts';
import { areaOf, insideOf } from './town/blocks.ts';
import { nearestDistrict } from './town/addresses.ts';
import { toLonLat } from './town/projection.ts';
import { getTown } from './town/town.ts';

/** People in the county. */
export const PEOPLE = 60_000;
/** Cells of about 0.1 km². */
const RESOLUTION = 9;

export interface CellPopulation {
  cell: string;
  people: number;
  children: number;
  seniors: number;
  /** Households, and those of them without a car. */
  households: number;
  withoutCar: number;
}

/** People by cell, in the order of the cells' names; the total is {@link PEOPLE}. */
export function population(): CellPopulation[] {
  return (cells ??= count());
}
let cells: CellPopulation[] | undefined;

function count(): CellPopulation[] {
  const { land, quarters, network } = getTown();
  const floors = new Map<string, { weight: number; density: number }>();
  let total = 0;
  for (const { ring, height } of build(land, quarters, network)) {
    const middle = insideOf(ring);
    const district = nearestDistrict(quarters, middle);
    if (district.id === 'harbor-works') continue;
    const [lon, lat] = toLonLat(middle);
    const cell = latLngToCell(lat, lon, RESOLUTION);
    const weight = Math.abs(areaOf(ring)) * Math.max(1, Math.round(height / 3));
    const known = floors.get(cell);
    floors.set(cell, { weight: (known?.weight ?? 0) + weight, density: district.density });
    total += weight;
  }
  const exact = [...floors]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cell, { weight, density }]) => ({ cell, density, share: (weight / total) * PEOPLE }));
  // Rounded so that the rest of each cell goes into the next: the total stays exact.
  let carried = 0;
  return exact.map(({ cell, density, share }) => {
    const people = Math.round(share + carried);
    carried += share - people;
    const households = Math.round(people / 2.4);
    const crowded = Math.min(1, density / 80);
    return {
      cell,
      people,
      children: Math.round(people * (0.25 - 0.07 * crowded)),
      seniors: Math.round(people * (0.2 - 0.05 * crowded)),
      households,
      withoutCar: Math.round(households * (0.04 + 0.32 * crowded)),
    };
  });
}

/** The same, as the demo brings it: households without a car as the people who live in them. */
export function portAlderPeople(): DemoPopulation {
  return {
    name: 'Port Alder (made up)',
    source: 'Made up with the town, from its houses',
    vintage: '2026',
    cells: population().map(({ cell, people, children, seniors, households, withoutCar }) => ({
      cell,
      people,
      groups: { children, seniors, 'no car': households > 0 ? Math.round((people * withoutCar) / households) : 0 },
    })),
  };
}
