// Land and sea within a box, from lines of coast: OpenStreetMap draws them with the land on their left, and knows no area of the sea.

import type { Bounds } from '#shared/geo/bounds.ts';
import { ringArea, ringsContain } from '#shared/geo/contour.ts';
import type { Position } from './rings.ts';

export type Polygon = Position[][];

export interface LandAndSea {
  land: Polygon[];
  sea: Polygon[];
}

/**
 * Null where a line ends within the box, so that nobody can tell land from sea.
 * @param lines joined lines of coast, land on their left; closed ones are islands, or lakes of the sea
 */
export function divideByCoast(lines: readonly (readonly Position[])[], box: Bounds): LandAndSea | null {
  const whole: Polygon = [boxRing(box)];
  const rings: Position[][] = [];
  const pieces: Position[][] = [];
  for (const line of lines) {
    const isRing = samePlace(line[0]!, line.at(-1)!);
    const cut = clipLine(line, box);
    // A ring that leaves the box nowhere stays one; where its first point lies within, its first and last piece belong together.
    if (isRing && cut.length === 1 && cut[0]!.length === line.length) rings.push(cut[0]!);
    else if (isRing && cut.length > 1 && isWithin(line[0]!, box)) pieces.push([...cut.at(-1)!, ...cut[0]!.slice(1)], ...cut.slice(1, -1));
    else pieces.push(...cut);
  }
  if (pieces.some((piece) => !isOnBorder(piece[0]!, box) || !isOnBorder(piece.at(-1)!, box))) return null;
  const isIsland = (ring: readonly Position[]): boolean => ringArea(ring) > 0;
  const reversed = <T>(list: readonly T[]): T[] => [...list].reverse();
  const land = closeAlongBox(pieces, box);
  const sea = closeAlongBox(pieces.map(reversed), box);
  const islands = rings.filter(isIsland);
  const lagoons = rings.filter((ring) => !isIsland(ring));
  if (pieces.length === 0) {
    if (islands.length > 0) sea.push(whole);
    else land.push(whole);
  }
  // Even and odd: an island is a hole of whatever sea is around it.
  return {
    land: [...addHoles(land, lagoons), ...islands.map((ring): Polygon => [ring])],
    sea: [...addHoles(sea, islands), ...lagoons.map((ring): Polygon => [reversed(ring)])],
  };
}

function addHoles(polygons: readonly Polygon[], holes: readonly Position[][]): Polygon[] {
  return polygons.map((polygon) => [...polygon, ...holes.filter((hole) => ringsContain([polygon[0]!], ...hole[0]!))]);
}

/** Closes lines from border to border to rings by going on counter-clockwise along the box, the area always on the left. */
function closeAlongBox(pieces: readonly Position[][], box: Bounds): Polygon[] {
  const open = new Set(pieces);
  const polygons: Polygon[] = [];
  const begins = pieces.map((piece) => ({ piece, at: alongBox(piece[0]!, box) })).sort((a, b) => a.at - b.at);
  for (const first of open) {
    const ring: Position[] = [];
    for (let piece: Position[] = first; ;) {
      open.delete(piece);
      ring.push(...piece);
      const left = alongBox(piece.at(-1)!, box);
      const next = begins.find(({ at }) => at >= left) ?? begins[0]!;
      ring.push(...cornersBetween(left, next.at, box));
      if (next.piece === first || !open.has(next.piece)) break;
      piece = next.piece;
    }
    ring.push(ring[0]!);
    polygons.push([ring]);
  }
  return polygons;
}

/** How far along the border a point is, counter-clockwise from the south-west corner: 0 to 4, one for each side. */
function alongBox([lon, lat]: Position, [west, south, east, north]: Bounds): number {
  const [x, y] = [(lon - west) / (east - west), (lat - south) / (north - south)];
  const away = [y, 1 - x, 1 - y, x].map(Math.abs);
  const side = away.indexOf(Math.min(...away));
  return side + Math.max(0, Math.min(1, [x, y, 1 - x, 1 - y][side]!));
}

function cornersBetween(from: number, to: number, [west, south, east, north]: Bounds): Position[] {
  const corners: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  const end = to < from ? to + 4 : to;
  const passed: Position[] = [];
  for (let corner = Math.floor(from) + 1; corner < end; corner++) passed.push(corners[corner % 4]!);
  return passed;
}

function boxRing(box: Bounds): Position[] {
  const corners = cornersBetween(3.5, 3.4, box);
  return [...corners, corners[0]!];
}

function isOnBorder([lon, lat]: Position, [west, south, east, north]: Bounds): boolean {
  const [closeX, closeY] = [(east - west) * 1e-9, (north - south) * 1e-9];
  return lon - west < closeX || east - lon < closeX || lat - south < closeY || north - lat < closeY;
}

function isWithin([lon, lat]: Position, [west, south, east, north]: Bounds): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function samePlace(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The parts of a line within the box (Liang and Barsky, piece by piece). */
function clipLine(line: readonly Position[], box: Bounds): Position[][] {
  const parts: Position[][] = [];
  let part: Position[] = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const within = clipSegment(a, b, box);
    if (!within) continue;
    const [from, to] = within.map((share): Position => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]) as [
      Position,
      Position,
    ];
    if (part.length === 0) part.push(within[0] === 0 ? a : from);
    part.push(within[1] === 1 ? b : to);
    if (within[1] < 1) {
      parts.push(part);
      part = [];
    }
  }
  if (part.length > 0) parts.push(part);
  return parts.filter((each) => each.length > 1);
}

function clipSegment(a: Position, b: Position, [west, south, east, north]: Bounds): [from: number, to: number] | null {
  let [from, to] = [0, 1];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  for (const [p, q] of [
    [-dx, a[0] - west],
    [dx, east - a[0]],
    [-dy, a[1] - south],
    [dy, north - a[1]],
  ] as const) {
    if (p === 0) {
      if (q < 0) return null;
    } else if (p < 0) from = Math.max(from, q / p);
    else to = Math.min(to, q / p);
  }
  return from < to ? [from, to] : null;
}
