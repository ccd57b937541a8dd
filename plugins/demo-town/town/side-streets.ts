// The ordinary streets of each quarter: a grid turned and bent its own way, ending at the main roads around it.

import { DISTRICTS, type District } from './districts.ts';
import { crossing, distance, rotate, NearGrid, type Point } from './geometry.ts';
import type { RoadLine } from './main-roads.ts';
import type { Quarters } from './quarters.ts';
import type { Random } from './random.ts';
import { smoothNoise } from './random.ts';
import { CLOSED, HIGHWAY, RAIL, WATER } from './raster.ts';
import { StreetNames } from './street-names.ts';

/** Metres between the points of a street, before it is simplified. */
const STEP = 12;
/** Streets shorter than this are not built. */
const SHORTEST = 70;
/** How far the end of a street looks for another one to join. */
const JOIN = 120;
/** Nearer than this a street does not run beside another. */
const BESIDE = 46;

interface Piece {
  a: Point;
  b: Point;
}

/** The lines that side streets join and keep away from. */
class Built {
  #grid = new NearGrid<Piece>(80);

  add(line: readonly Point[]): void {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Point, line[i] as Point];
      this.#grid.add({ a, b }, Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1]));
    }
  }

  /** Share of the way from a to b at which the first built line is met; null where there is none. */
  firstMet(a: Point, b: Point): number | null {
    let first: number | null = null;
    const box = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])] as const;
    for (const piece of this.#grid.near(...box)) {
      const met = crossing(a, b, piece.a, piece.b);
      if (met && (first === null || met.first < first)) first = met.first;
    }
    return first;
  }

  /** Whether something built runs about parallel, closer than `BESIDE`, at a point. */
  runsBeside([x, y]: Point, direction: Point): boolean {
    for (const { a, b } of this.#grid.near(x - BESIDE, y - BESIDE, x + BESIDE, y + BESIDE)) {
      const length = distance(a, b) || 1;
      const cosine = Math.abs(((b[0] - a[0]) * direction[0] + (b[1] - a[1]) * direction[1]) / length);
      if (cosine < 0.86) continue;
      const along = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / length;
      const away = Math.abs((x - a[0]) * (b[1] - a[1]) - (y - a[1]) * (b[0] - a[0])) / length;
      if (along > -BESIDE && along < length + BESIDE && away < BESIDE) return true;
    }
    return false;
  }
}

/** Lays out the side streets of all quarters. */
export function layOutSideStreets(quarters: Quarters, mainRoads: readonly RoadLine[], random: Random): RoadLine[] {
  const built = new Built();
  for (const road of mainRoads) if (road.class === 'major' || road.class === 'medium') built.add(road.line);
  const given = DISTRICTS.flatMap((d) => [...Object.values(d.alongNames ?? {}), ...Object.values(d.acrossNames ?? {})]);
  const names = new StreetNames(random, [...given, ...mainRoads.map((road) => road.name ?? '')]);
  const streets: RoadLine[] = [];
  for (const [index, district] of DISTRICTS.entries()) {
    const lines = [...gridLines(district, 'along'), ...gridLines(district, 'across')];
    const accepted: RoadLine[] = [];
    for (const { line, name, kind, number } of lines) {
      accepted.push(
        ...cutToQuarter({ line, index, quarters, built }).map((run) => ({
          name: name ?? names.take(district.village ? 'village' : kind),
          class: 'minor' as const,
          line: run,
          ...(oneWay(district, kind, number) && { oneWay: true }),
        })),
      );
    }
    // Streets join each other only once the whole quarter is laid out.
    for (const street of accepted) built.add(street.line);
    for (const street of accepted) street.line = joinEnds(street.line, built, quarters);
    streets.push(...accepted);
  }
  return streets;
}

/** In Old Town every other cross street is one-way. */
function oneWay(district: District, kind: 'along' | 'across', number: number): boolean {
  return district.id === 'old-town' && kind === 'across' && number % 2 === 0;
}

interface GridLine {
  line: Point[];
  name: string | undefined;
  kind: 'along' | 'across';
  number: number;
}

/** The lines of a quarter's grid, in both directions, beyond its edges. */
function gridLines(district: District, kind: 'along' | 'across'): GridLine[] {
  const spacing = district[kind];
  const many = Math.ceil(district.reach / spacing);
  const names = kind === 'along' ? district.alongNames : district.acrossNames;
  const seed = DISTRICTS.indexOf(district) * 2 + (kind === 'along' ? 100 : 101);
  const lines: GridLine[] = [];
  for (let number = -many; number <= many; number++) {
    const offset = spacing * (number + 0.14 * smoothNoise(number * 1.7, 3, seed));
    const line: Point[] = [];
    for (let way = -district.reach; way <= district.reach; way += STEP)
      line.push(inTown(district, kind === 'along' ? [way, offset] : [offset, way]));
    lines.push({ line: kind === 'across' ? line.reverse() : line, name: names?.[number], kind, number: Math.abs(number) });
  }
  return lines;
}

/** A point of the quarter's own grid in the town, bent. */
function inTown(district: District, point: Point): Point {
  const [x, y] = rotate(point, district.turn);
  const [east, north] = [x + district.center[0], y + district.center[1]];
  const bend = district.wind;
  return [east + bend * smoothNoise(east / 330, north / 330, 61), north + bend * smoothNoise(east / 330, north / 330, 62)];
}

interface Cut {
  line: readonly Point[];
  index: number;
  quarters: Quarters;
  built: Built;
}

/** The parts of a line that lie in its quarter, on dry open ground, and not beside another road. */
function cutToQuarter({ line, index, quarters, built }: Cut): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  const end = () => {
    if ((run.length - 1) * STEP >= SHORTEST) runs.push(run);
    run = [];
  };
  line.forEach((point, i) => {
    const next = line[i + 1] ?? point;
    const length = distance(point, next) || 1;
    const direction: Point = [(next[0] - point[0]) / length, (next[1] - point[1]) / length];
    const free = quarters.districtAt(point) === index && !(quarters.raster.at(point) & (WATER | CLOSED | HIGHWAY | RAIL));
    if (free && !built.runsBeside(point, direction)) run.push(point);
    else end();
  });
  end();
  return runs;
}

/** The line with both ends led on to the next street, where one is near and the ground between is free. */
function joinEnds(line: Point[], built: Built, quarters: Quarters): Point[] {
  const lead = (from: Point, before: Point): Point[] => {
    const length = distance(before, from) || 1;
    const direction: Point = [(from[0] - before[0]) / length, (from[1] - before[1]) / length];
    // A step ahead, so as not to meet the street's own last piece.
    const start: Point = [from[0] + direction[0] * 0.5, from[1] + direction[1] * 0.5];
    const end: Point = [from[0] + direction[0] * JOIN, from[1] + direction[1] * JOIN];
    const met = built.firstMet(start, end);
    if (met === null) return [];
    const joined: Point = [start[0] + (end[0] - start[0]) * met, start[1] + (end[1] - start[1]) * met];
    for (let share = 0.2; share < 1; share += 0.2) {
      const between: Point = [from[0] + (joined[0] - from[0]) * share, from[1] + (joined[1] - from[1]) * share];
      if (quarters.raster.at(between) & (WATER | CLOSED | HIGHWAY | RAIL)) return [];
    }
    return [joined];
  };
  const last = line.length - 1;
  return [...lead(line[0] as Point, line[2] as Point), ...line, ...lead(line[last] as Point, line[last - 2] as Point)];
}
