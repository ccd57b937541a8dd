// Ways between many places and many others: one search for each of the fewer, from it or towards it; what lies beside every
// street graph gets estimates. The rule is that of a single way: the graph around the place that one leaves from is the one that counts.

import { boundsContain, type Bounds } from './bounds.ts';
import { haversine } from './distance.ts';
import { createTravel, estimateInto } from './estimate.ts';
import type { StreetGraph } from './street-graph.ts';
import type { Snap } from './street-snap.ts';
import type { NearestTravel, TravelLimit, TravelMatrix, TravelMode, TravelPoints } from './travel.ts';

/** A street graph, and the box within which its streets are complete. */
export interface Streets {
  graph: StreetGraph;
  bounds: Bounds;
}

export interface PairsAsked {
  from: TravelPoints;
  mode: TravelMode;
  to: TravelPoints;
  limit: TravelLimit;
}

/** Where points lie on the streets of each graph. */
export interface PlacedPoints {
  readonly streets: readonly Streets[];
  /** By point its place on the graph's streets; null beside them. */
  on(points: TravelPoints, streets: Streets, mode: TravelMode): readonly (Snap | null)[];
  /** By point the graph that counts for a way from it: index in `streets`, or -1. */
  regions(points: TravelPoints, mode: TravelMode): Int32Array;
}

/** Places points once for each object of points, as long as that is in use. */
export function createPlacedPoints(streets: readonly Streets[]): PlacedPoints {
  const kept = new WeakMap<TravelPoints, Map<string, (Snap | null)[]>>();
  function on(points: TravelPoints, around: Streets, mode: TravelMode): readonly (Snap | null)[] {
    const known = kept.get(points) ?? new Map<string, (Snap | null)[]>();
    kept.set(points, known);
    const key = `${mode} ${streets.indexOf(around)}`;
    let snaps = known.get(key);
    if (!snaps) {
      snaps = Array.from({ length: points.lon.length }, (_, i) => {
        const position = { lon: points.lon[i]!, lat: points.lat[i]! };
        return boundsContain(around.bounds, position.lon, position.lat) ? around.graph.snap(position, mode) : null;
      });
      known.set(key, snaps);
    }
    return snaps;
  }
  return {
    streets,
    on,
    regions(points, mode) {
      return Int32Array.from({ length: points.lon.length }, (_, i) => {
        const around = streets.findIndex(({ bounds }) => boundsContain(bounds, points.lon[i]!, points.lat[i]!));
        return around >= 0 && on(points, streets[around]!, mode)[i] ? around : -1;
      });
    },
  };
}

export function pairPoints(placed: PlacedPoints, asked: PairsAsked): TravelMatrix {
  const { from, mode, to, limit } = asked;
  const found = new PairList();
  const regions = placed.regions(from, mode);
  const single = createTravel(1);
  const estimate = (i: number, j: number): void => {
    estimateInto(single, 0, haversine(from.lon[i]!, from.lat[i]!, to.lon[j]!, to.lat[j]!), mode, limit);
    if (single.seconds[0] !== Infinity) found.add(i, j, single.seconds[0]!, single.meters[0]!, 1);
  };
  const latest = limit.seconds ?? Infinity;
  const farthest = limit.meters ?? Infinity;
  for (const [r, around] of placed.streets.entries()) {
    const leaving = placed.on(from, around, mode);
    const arriving = placed.on(to, around, mode);
    const rows = indexesWhere(leaving.length, (i) => regions[i] === r);
    const reachable = indexesWhere(arriving.length, (j) => arriving[j] !== null);
    for (const j of indexesWhere(arriving.length, (other) => arriving[other] === null)) for (const i of rows) estimate(i, j);
    const backwards = reachable.length < rows.length;
    const [searched, others] = backwards ? [reachable, rows] : [rows, reachable];
    const [starts, ends] = backwards ? [arriving, leaving] : [leaving, arriving];
    for (const start of searched) {
      const tree = around.graph.search(starts[start]!, mode, { limit, direction: backwards ? 'to' : 'from' });
      for (const end of others) {
        const { seconds, meters } = tree.way(ends[end]!);
        if (seconds === Infinity || seconds > latest || meters > farthest) continue;
        if (backwards) found.add(end, start, seconds, meters, 0);
        else found.add(start, end, seconds, meters, 0);
      }
    }
  }
  for (const i of indexesWhere(regions.length, (at) => regions[at] === -1)) for (let j = 0; j < to.lon.length; j++) estimate(i, j);
  return found.toRows(from.lon.length, to.lon.length);
}

export function nearestPoints(placed: PlacedPoints, { from, mode, to, limit }: PairsAsked): NearestTravel {
  const count = from.lon.length;
  const best: NearestTravel = { ...createTravel(count), nearest: new Int32Array(count).fill(-1) };
  const single = createTravel(1);
  const take = (i: number, j: number, seconds: number, meters: number, estimated: number): void => {
    if (seconds === Infinity || seconds >= best.seconds[i]!) return;
    best.seconds[i] = seconds;
    best.meters[i] = meters;
    best.estimated[i] = estimated;
    best.nearest[i] = j;
  };
  const estimate = (i: number, j: number): void => {
    estimateInto(single, 0, haversine(from.lon[i]!, from.lat[i]!, to.lon[j]!, to.lat[j]!), mode, limit);
    take(i, j, single.seconds[0]!, single.meters[0]!, 1);
  };
  const regions = placed.regions(from, mode);
  for (const [r, around] of placed.streets.entries()) {
    const leaving = placed.on(from, around, mode);
    const arriving = placed.on(to, around, mode);
    const rows = indexesWhere(leaving.length, (i) => regions[i] === r);
    const reachable = indexesWhere(arriving.length, (j) => arriving[j] !== null);
    if (rows.length === 0) continue;
    const tree = around.graph.search(
      reachable.map((j) => arriving[j]!),
      mode,
      { limit, direction: 'to' },
    );
    const latest = limit.seconds ?? Infinity;
    const farthest = limit.meters ?? Infinity;
    for (const i of rows) {
      const way = tree.way(leaving[i]!);
      if (way.seconds <= latest && way.meters <= farthest) take(i, reachable[tree.startOf(way)]!, way.seconds, way.meters, 0);
    }
    for (const j of indexesWhere(arriving.length, (other) => arriving[other] === null)) for (const i of rows) estimate(i, j);
  }
  for (const i of indexesWhere(count, (at) => regions[at] === -1)) for (let j = 0; j < to.lon.length; j++) estimate(i, j);
  return best;
}

function indexesWhere(count: number, holds: (i: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < count; i++) if (holds(i)) found.push(i);
  return found;
}

/** Pairs in the order in which they are found, and then in rows. */
class PairList {
  #count = 0;
  #from = new Uint32Array(1024);
  #to = new Uint32Array(1024);
  #seconds = new Float32Array(1024);
  #meters = new Float32Array(1024);
  #estimated = new Uint8Array(1024);

  add(from: number, to: number, seconds: number, meters: number, estimated: number): void {
    if (this.#count === this.#from.length) this.#grow();
    const at = this.#count++;
    this.#from[at] = from;
    this.#to[at] = to;
    this.#seconds[at] = seconds;
    this.#meters[at] = meters;
    this.#estimated[at] = estimated;
  }

  #grow(): void {
    const grown = <T extends Uint32Array | Float32Array | Uint8Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    const room = 2 * this.#count;
    this.#from = grown(new Uint32Array(room), this.#from);
    this.#to = grown(new Uint32Array(room), this.#to);
    this.#seconds = grown(new Float32Array(room), this.#seconds);
    this.#meters = grown(new Float32Array(room), this.#meters);
    this.#estimated = grown(new Uint8Array(room), this.#estimated);
  }

  /** Sorted by counting, first by `to` and then by `from`. */
  toRows(rows: number, columns: number): TravelMatrix {
    const byTo = countingSort(this.#to, columns, { length: this.#count });
    const { order, first } = countingSort(this.#from, rows, byTo.order);
    const count = this.#count;
    const matrix: TravelMatrix = {
      firstPair: first,
      to: new Uint32Array(count),
      seconds: new Float32Array(count),
      meters: new Float32Array(count),
      estimated: new Uint8Array(count),
    };
    for (let k = 0; k < count; k++) {
      const at = order[k]!;
      matrix.to[k] = this.#to[at]!;
      matrix.seconds[k] = this.#seconds[at]!;
      matrix.meters[k] = this.#meters[at]!;
      matrix.estimated[k] = this.#estimated[at]!;
    }
    return matrix;
  }
}

/** The entries of `order` (else all in a row) by rising key, those of one key as they stood; and where each key begins. */
function countingSort(keys: Uint32Array, most: number, order: ArrayLike<number>): { order: Uint32Array; first: Uint32Array } {
  const entry = (k: number): number => order[k] ?? k;
  const first = new Uint32Array(most + 1);
  for (let k = 0; k < order.length; k++) first[keys[entry(k)]! + 1]!++;
  for (let key = 0; key < most; key++) first[key + 1]! += first[key]!;
  const next = first.slice(0, most);
  const sorted = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k++) sorted[next[keys[entry(k)]!]!++] = entry(k);
  return { order: sorted, first };
}
