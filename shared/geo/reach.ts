// The area within reach: the time field around every street that was reached, contoured at the limit.

import { contourBelow, ringArea, smoothRing, type GridField } from './contour.ts';
import { roundDegrees } from './distance.ts';
import { ACCESS_PACE } from './estimate.ts';
import { blur, closeGaps } from './grid-shape.ts';
import type { SearchTree, StreetGraph } from './street-graph.ts';
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
  const { besideStreet, smallestPatch, smallestHole } = SHAPE[tree.mode];
  const field = timeField(streetSamples(graph, tree, seconds), besideStreet);
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

/** Points along the streets with the seconds at which they are passed, none later than `latest`. */
interface Samples {
  latest: number;
  x: number[];
  y: number[];
  seconds: number[];
}

/** Points every 25 m along the streets that leave reached nodes, up to where the time is over. */
function streetSamples(graph: StreetGraph, tree: SearchTree, seconds: number): Samples {
  const samples: Samples = { latest: seconds, x: [], y: [], seconds: [] };
  const { lon, lat, firstEdge, target, meters } = graph.data;
  const cost = graph.secondsOfEdges(tree.mode);
  const add = (x: number, y: number, at: number) => {
    if (at > seconds) return;
    samples.x.push(x);
    samples.y.push(y);
    samples.seconds.push(at);
  };
  const place = { x: graph.flat.x(tree.start.lon), y: graph.flat.y(tree.start.lat) };
  add(graph.flat.x(tree.start.from.lon), graph.flat.y(tree.start.from.lat), 0);
  add(place.x, place.y, tree.start.seconds);
  for (const end of tree.start.ends) {
    const x = graph.flat.x(lon[end.node] as number);
    const y = graph.flat.y(lat[end.node] as number);
    const steps = Math.ceil(end.metersFromPoint / 25);
    for (let s = 1; s < steps; s++) {
      const share = s / steps;
      add(place.x + share * (x - place.x), place.y + share * (y - place.y), tree.start.seconds + share * end.secondsFromPoint);
    }
  }
  for (const node of tree.reached) {
    const start = tree.secondsTo(node);
    const x1 = graph.flat.x(lon[node] as number);
    const y1 = graph.flat.y(lat[node] as number);
    add(x1, y1, start);
    for (let e = firstEdge[node] as number; e < (firstEdge[node + 1] as number); e++) {
      if (cost[e] === Infinity) continue;
      const dx = graph.flat.x(lon[target[e] as number] as number) - x1;
      const dy = graph.flat.y(lat[target[e] as number] as number) - y1;
      const steps = Math.ceil((meters[e] as number) / 25);
      for (let s = 1; s <= steps; s++) add(x1 + (dx * s) / steps, y1 + (dy * s) / steps, start + ((cost[e] as number) * s) / steps);
    }
  }
  return samples;
}

interface TimeField extends GridField {
  west: number;
  south: number;
  /** Metres. */
  cell: number;
  /** Seconds at which the area ends: a little after the latest sample, so that the cell around it is still inside. */
  level: number;
}

/** Seconds at each cell: the least over the samples of their time plus the walk beside the street, which ends at `besideStreet`. */
function timeField(samples: Samples, besideStreet: number): TimeField {
  const west = min(samples.x);
  const south = min(samples.y);
  const width = -min(samples.x.map((x) => -x)) - west;
  const height = -min(samples.y.map((y) => -y)) - south;
  const cell = Math.max(SMALLEST_CELL, Math.max(width, height) / MOST_CELLS);
  const margin = Math.max(besideStreet, cell * 3);
  const radius = Math.ceil(margin / cell);
  const border = 2 * radius + 4;
  const columns = Math.ceil(width / cell) + 2 * border + 1;
  const rows = Math.ceil(height / cell) + 2 * border + 1;
  const level = samples.latest + ACCESS_PACE * cell * 1.5;
  const values = new Float32Array(columns * rows).fill(level + ACCESS_PACE * cell);
  for (const [i, at] of samples.seconds.entries()) {
    const x = (samples.x[i] as number) - west;
    const y = (samples.y[i] as number) - south;
    const column = Math.round(x / cell) + border;
    const row = Math.round(y / cell) + border;
    for (let r = row - radius; r <= row + radius; r++) {
      for (let c = column - radius; c <= column + radius; c++) {
        const away = Math.sqrt(((c - border) * cell - x) ** 2 + ((r - border) * cell - y) ** 2);
        if (away > margin) continue;
        const time = at + away * ACCESS_PACE;
        const value = time + Math.max(0, level - time) * easedShare(away / margin);
        if (value < (values[r * columns + c] as number)) values[r * columns + c] = value;
      }
    }
  }
  return { columns, rows, values, west: west - border * cell, south: south - border * cell, cell, level };
}

/** 0 for the nearer half of the margin, then rising to 1 at its end: the outline stays smooth where the margin cuts it off. */
function easedShare(share: number): number {
  return share < 0.5 ? 0 : (2 * share - 1) ** 2;
}

function min(numbers: readonly number[]): number {
  let least = Infinity;
  for (const number of numbers) if (number < least) least = number;
  return least;
}
