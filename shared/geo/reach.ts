// The area within reach: the time field around every street that was reached, contoured at the limit.

import { contourBelow, ringArea, smoothRing, type GridField } from './contour.ts';
import { roundDegrees } from './distance.ts';
import { ACCESS_PACE } from './estimate.ts';
import { blur, closeGaps } from './grid-shape.ts';
import type { StreetGraph } from './street-graph.ts';
import type { SearchTree } from './street-search.ts';
import type { TravelMode } from './travel.ts';

/** By mode: how far from a street (metres) the area may stretch, and the smallest patch or hole (m²) that is drawn. */
const SHAPE: Record<TravelMode, { besideStreet: number; smallestPatch: number; smallestHole: number }> = {
  walk: { besideStreet: 110, smallestPatch: 4_000, smallestHole: 60_000 },
  drive: { besideStreet: 220, smallestPatch: 20_000, smallestHole: 600_000 },
};

/** Cells along the longer side of the field at most; and the smallest cell, metres. */
const MOST_CELLS = 160;
const SMALLEST_CELL = 22;

/**
 * Rings of [lon, lat], each closed, around what a search reached within `seconds`: what is reached half a minute before the time
 * is over lies inside, and nothing that is much farther from a reached street than the mode's margin. Outer rings run counter-clockwise, holes clockwise.
 * Areas that no street enters (a block, a pond) and are small are part of it: it is drawn to be read, not to decide.
 */
export function reachRings(graph: StreetGraph, tree: SearchTree, seconds: number): [number, number][][] {
  const { besideStreet, smallestPatch, smallestHole } = SHAPE[tree.core.mode];
  const field = timeField(reachedPieces(graph, tree, seconds), besideStreet);
  const toLonLat = ([x, y]: [number, number]): [number, number] => [
    roundDegrees(graph.flat.lon(field.west + x * field.cell)),
    roundDegrees(graph.flat.lat(field.south + y * field.cell)),
  ];
  return contourBelow(calmShape(field, besideStreet), 0.5)
    .filter((ring) => {
      const area = ringArea(ring) * field.cell * field.cell;
      return area > 0 ? area >= smallestPatch : -area >= smallestHole;
    })
    .map((ring) => smoothRing(ring, 1).map(toLonLat))
    .map((ring) => [...ring, ring[0] as [number, number]]);
}

/** Zero in the area and one outside, with what is too narrow to be read filled, and with soft edges: the area ends at 0.5. */
function calmShape(field: TimeField, besideStreet: number): GridField {
  const shape = { ...field, values: field.values.map((seconds) => (seconds < field.level ? 1 : 0)) };
  const soft = blur(closeGaps(shape, Math.max(2, Math.round(besideStreet / field.cell))), 1, 3);
  return { ...soft, values: soft.values.map((inside) => 1 - inside) };
}

/** Straight pieces of streets, in flat metres, with the seconds at which both ends are passed; each ends where the time is over. */
class Pieces {
  count = 0;
  /** x1, y1, seconds1, x2, y2, seconds2. */
  columns = new Float64Array(6 * 1024);
  west = Infinity;
  south = Infinity;
  east = -Infinity;
  north = -Infinity;
  readonly latest: number;

  constructor(latest: number) {
    this.latest = latest;
  }

  add(x1: number, y1: number, entered: number, x2: number, y2: number, left: number): void {
    if (entered > this.latest) return;
    const share = left > this.latest ? (this.latest - entered) / (left - entered) : 1;
    if (6 * (this.count + 1) > this.columns.length) {
      const columns = new Float64Array(2 * this.columns.length);
      columns.set(this.columns);
      this.columns = columns;
    }
    const { columns } = this;
    const at = 6 * this.count++;
    const x = (columns[at + 3] = x1 + share * (x2 - x1));
    const y = (columns[at + 4] = y1 + share * (y2 - y1));
    columns[at + 5] = Math.min(left, this.latest);
    columns[at] = x1;
    columns[at + 1] = y1;
    columns[at + 2] = entered;
    this.west = Math.min(this.west, x1, x);
    this.east = Math.max(this.east, x1, x);
    this.south = Math.min(this.south, y1, y);
    this.north = Math.max(this.north, y1, y);
  }
}

/** The pieces of streets that are reached in time, from the place itself on. */
function reachedPieces(graph: StreetGraph, tree: SearchTree, latest: number): Pieces {
  const pieces = new Pieces(latest);
  const { core, starts } = tree;
  const { flat, source } = graph;
  const { lon, lat, target } = graph.data;
  const cost = graph.secondsOfEdges(core.mode);
  const addChain = (chain: number, from: number, entered: number) => {
    const last = core.firstEdge[chain + 1]!;
    if (from >= last) return;
    const first = source[core.edges[from]!]!;
    let x1 = flat.x(lon[first]!);
    let y1 = flat.y(lat[first]!);
    for (let k = from; k < last; k++) {
      const e = core.edges[k]!;
      const at = entered + core.secondsBefore[e]!;
      if (at > latest) return;
      const x2 = flat.x(lon[target[e]!]!);
      const y2 = flat.y(lat[target[e]!]!);
      pieces.add(x1, y1, at, x2, y2, at + cost[e]!);
      x1 = x2;
      y1 = y2;
    }
  };
  for (const start of starts) {
    const door = { x: flat.x(start.from.lon), y: flat.y(start.from.lat) };
    pieces.add(door.x, door.y, 0, door.x, door.y, 0);
    for (const { edge, chain, seconds } of start.leave) {
      const end = target[edge]!;
      const left = start.seconds + core.secondsBefore[edge]! + cost[edge]! - seconds;
      pieces.add(flat.x(start.lon), flat.y(start.lat), start.seconds, flat.x(lon[end]!), flat.y(lat[end]!), left);
      addChain(chain, core.edges.indexOf(edge, core.firstEdge[chain]) + 1, start.seconds - seconds);
    }
  }
  for (const junction of tree.reached) {
    const entered = tree.secondsTo(junction);
    for (let chain = core.firstChain[junction]!; chain < core.firstChain[junction + 1]!; chain++) {
      addChain(chain, core.firstEdge[chain]!, entered);
    }
  }
  return pieces;
}

interface TimeField extends GridField {
  west: number;
  south: number;
  /** Metres. */
  cell: number;
  /** Seconds at which the area ends: a little after the latest street, so that the cell around it is still inside. */
  level: number;
}

/** Seconds at each cell: the least over the streets of their time plus the walk beside the street, which ends at `besideStreet`. */
function timeField(pieces: Pieces, besideStreet: number): TimeField {
  const width = pieces.east - pieces.west;
  const height = pieces.north - pieces.south;
  const cell = Math.max(SMALLEST_CELL, Math.max(width, height) / MOST_CELLS);
  const margin = Math.max(besideStreet, cell * 3);
  const radius = Math.ceil(margin / cell);
  const border = 2 * radius + 4;
  const columns = Math.ceil(width / cell) + 2 * border + 1;
  const rows = Math.ceil(height / cell) + 2 * border + 1;
  const west = pieces.west - border * cell;
  const south = pieces.south - border * cell;
  const level = pieces.latest + ACCESS_PACE * cell * 1.5;
  const first = firstPassed(pieces, { columns, rows, west, south, cell });
  const values = new Float32Array(columns * rows).fill(level + ACCESS_PACE * cell);
  for (let at = 0; at < first.seconds.length; at++) {
    if (first.seconds[at] === Infinity) continue;
    const x = (first.x[at]! - west) / cell;
    const y = (first.y[at]! - south) / cell;
    const [row, column] = [Math.floor(at / columns), at % columns];
    for (let r = row - radius; r <= row + radius; r++) {
      for (let c = column - radius; c <= column + radius; c++) {
        const away = cell * Math.sqrt((c - x) * (c - x) + (r - y) * (r - y));
        if (away > margin) continue;
        const time = first.seconds[at]! + away * ACCESS_PACE;
        const value = time + Math.max(0, level - time) * easedShare(away / margin);
        if (value < values[r * columns + c]!) values[r * columns + c] = value;
      }
    }
  }
  return { columns, rows, values, west, south, cell, level };
}

/** For each cell the first point of a street that is passed in it; Infinity where no street passes. */
function firstPassed(pieces: Pieces, grid: { columns: number; rows: number; west: number; south: number; cell: number }) {
  const { columns } = pieces;
  const size = grid.columns * grid.rows;
  const first = { seconds: new Float64Array(size).fill(Infinity), x: new Float64Array(size), y: new Float64Array(size) };
  for (let p = 0; p < 6 * pieces.count; p += 6) {
    const x1 = columns[p]!;
    const y1 = columns[p + 1]!;
    const entered = columns[p + 2]!;
    const x2 = columns[p + 3]!;
    const y2 = columns[p + 4]!;
    const left = columns[p + 5]!;
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1)) / grid.cell));
    for (let s = 0; s <= steps; s++) {
      const x = x1 + ((x2 - x1) * s) / steps;
      const y = y1 + ((y2 - y1) * s) / steps;
      const seconds = entered + ((left - entered) * s) / steps;
      const at = Math.round((y - grid.south) / grid.cell) * grid.columns + Math.round((x - grid.west) / grid.cell);
      if (seconds >= first.seconds[at]!) continue;
      first.seconds[at] = seconds;
      first.x[at] = x;
      first.y[at] = y;
    }
  }
  return first;
}

/** 0 for the nearer half of the margin, then rising to 1 at its end: the outline stays smooth where the margin cuts it off. */
function easedShare(share: number): number {
  return share < 0.5 ? 0 : (2 * share - 1) ** 2;
}
