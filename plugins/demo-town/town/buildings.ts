// Footprints of houses along the streets: rows in the old quarters, single houses farther out.

import { DISTRICTS } from './districts.ts';
import { distance, NearGrid, nearestOnSegment, pointAlong, polygonContains, type Point } from './geometry.ts';
import type { Land } from './land.ts';
import type { RoadClass } from './main-roads.ts';
import type { Network } from './network.ts';
import type { Quarters } from './quarters.ts';
import { Random } from './random.ts';
import { CLOSED, RAIL, WATER } from './raster.ts';

export interface Building {
  ring: Point[];
  height: number;
}

/** Half the width of a road with its pavement, metres. */
const HALF_WIDTH: Record<RoadClass, number> = { highway: 16, major: 12, medium: 11, minor: 9, path: 4, rail: 8 };

/** How houses stand, by how dense a quarter is (people a hectare). */
function styleOf(density: number): { width: [number, number]; depth: [number, number]; gap: [number, number]; empty: number } {
  if (density >= 60) return { width: [13, 27], depth: [13, 19], gap: [1.5, 5], empty: 0.04 };
  if (density >= 44) return { width: [12, 22], depth: [11, 15], gap: [6, 15], empty: 0.12 };
  if (density >= 15) return { width: [11, 17], depth: [9, 13], gap: [15, 34], empty: 0.25 };
  return { width: [30, 70], depth: [24, 46], gap: [18, 50], empty: 0.25 };
}

interface Footprint extends Building {
  center: Point;
  radius: number;
}

/** Builds the town. */
export function build(land: Land, quarters: Quarters, network: Network): Building[] {
  const random = new Random('houses');
  const roads = roadGrid(network);
  const built = new NearGrid<Footprint>(40);
  const buildings: Footprint[] = [];
  for (const piece of network.pieces) {
    const roadClass = network.streets[piece.street]?.class ?? 'path';
    if (roadClass === 'path' || roadClass === 'rail' || roadClass === 'highway' || piece.bridge) continue;
    for (const side of [1, -1]) {
      let at = random.between(12, 20);
      while (at < piece.meters - 12) {
        const { point, direction } = pointAlong(piece.line, at);
        const district = DISTRICTS[quarters.districtAt(point)];
        const style = styleOf(district?.density ?? 20);
        const width = random.between(...style.width);
        const footprint = house({
          point,
          direction,
          side,
          width,
          depth: random.between(...style.depth),
          setback: HALF_WIDTH[roadClass] + random.between(1, 3),
        });
        at += width + random.between(...style.gap);
        if (!district || random.chance(style.empty) || !isFree(footprint, { quarters, roads, built, land })) continue;
        footprint.height = heightFor(district.density, random);
        buildings.push(footprint);
        built.add(footprint, ...boxAround(footprint.center, footprint.radius));
      }
    }
  }
  return buildings.map(({ ring, height }) => ({ ring, height }));
}

function heightFor(density: number, random: Random): number {
  return density >= 60 ? random.integer(9, 21) : random.integer(5, 10);
}

interface Plot {
  point: Point;
  direction: Point;
  side: number;
  width: number;
  depth: number;
  setback: number;
}

/** A house on a plot: its long side to the street. */
function house({ point, direction, side, width, depth, setback }: Plot): Footprint {
  const [dx, dy] = direction;
  const [nx, ny] = [-dy * side, dx * side];
  const corner = (along: number, away: number): Point => [
    point[0] + dx * along + nx * (setback + away),
    point[1] + dy * along + ny * (setback + away),
  ];
  const ring = [corner(0, 0), corner(width, 0), corner(width, depth), corner(0, depth)];
  return {
    ring: side > 0 ? ring : ring.reverse(),
    height: 6,
    center: corner(width / 2, depth / 2),
    radius: Math.sqrt(width * width + depth * depth) / 2,
  };
}

interface Ground {
  quarters: Quarters;
  roads: NearGrid<Road>;
  built: NearGrid<Footprint>;
  land: Land;
}

/** Whether no street, water, park or other house is in the way. */
function isFree({ ring, center, radius }: Footprint, { quarters, roads, built }: Ground): boolean {
  if ([center, ...ring].some((corner) => quarters.raster.at(corner) & (WATER | CLOSED | RAIL))) return false;
  for (const { a, b, half } of roads.near(...boxAround(center, radius + 16))) {
    if (nearestOnSegment(center, a, b).distance > radius + half) continue;
    if (ring.some((corner) => nearestOnSegment(corner, a, b).distance < half)) return false;
    if (polygonContains(ring, a) || polygonContains(ring, b)) return false;
  }
  for (const other of built.near(...boxAround(center, radius))) {
    if (distance(center, other.center) > radius + other.radius) continue;
    if (ring.some((corner) => polygonContains(other.ring, corner)) || other.ring.some((corner) => polygonContains(ring, corner)))
      return false;
    if (polygonContains(other.ring, center) || distance(center, other.center) < 8) return false;
  }
  return true;
}

const boxAround = ([x, y]: Point, radius: number) => [x - radius, y - radius, x + radius, y + radius] as const;

interface Road {
  a: Point;
  b: Point;
  half: number;
}

function roadGrid(network: Network): NearGrid<Road> {
  const grid = new NearGrid<Road>(60);
  for (const piece of network.pieces) {
    const half = HALF_WIDTH[network.streets[piece.street]?.class ?? 'path'] - 1;
    for (let i = 1; i < piece.line.length; i++) {
      const [a, b] = [piece.line[i - 1] as Point, piece.line[i] as Point];
      grid.add({ a, b, half }, Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
    }
  }
  return grid;
}
