// A street network as typed arrays: nodes with positions, directed edges in compressed rows.
// Searching it (Dijkstra from one place to all others) is here; snapping is in street-snap.ts, the reach area in reach.ts.

import { MinQueue } from './min-queue.ts';
import { StreetSnapper, type Snap } from './street-snap.ts';
import { ACCESS_PACE, createTravel } from './estimate.ts';
import { createFlatProjection, roundDegrees, type FlatProjection } from './distance.ts';
import { boundsOf, type Bounds } from './bounds.ts';
import type { LonLat, Travel, TravelLimit, TravelMode } from './travel.ts';

/** Plain data of a street graph (compressed sparse rows), as a `travelTimes` contribution gives it. */
export interface StreetGraphData {
  /** Degrees, one of each a node. */
  lon: Float64Array;
  lat: Float64Array;
  /** Edges of node n are `firstEdge[n] .. firstEdge[n + 1]`; length = nodes + 1. */
  firstEdge: Uint32Array;
  /** Node where each edge ends. */
  target: Uint32Array;
  /** Length of each edge, metres. */
  meters: Float32Array;
  /** Seconds to pass each edge on foot and by car; Infinity where it is not allowed. */
  walkSeconds: Float32Array;
  driveSeconds: Float32Array;
  /**
   * The last nodes may be copies of others, from which some streets do not go on: turns that are forbidden to who arrives there.
   * For each copy, in the order of their numbers, the node whose copy it is. Absent: there are none.
   */
  standsFor?: Uint32Array;
}

/** The tree of fastest ways from one snapped place; valid until the next search on the same graph. */
export interface SearchTree {
  readonly mode: TravelMode;
  readonly start: Snap;
  /** Seconds from the place to a node; Infinity where it was not reached. */
  secondsTo(node: number): number;
  /** Metres along that way. */
  metersTo(node: number): number;
  /** Node before `node` on the way; -1 at the start's own street. */
  previous(node: number): number;
  /** Nodes reached, nearest first. */
  readonly reached: readonly number[];
}

const NONE = 0xffffffff;

/** A street graph that answers one-to-many questions. Its search buffers are its own and reused: it is not re-entrant. */
export class StreetGraph {
  readonly data: StreetGraphData;
  readonly bounds: Bounds;
  readonly flat: FlatProjection;
  readonly nodes: number;
  readonly edges: number;
  /** Node where each edge starts. */
  readonly source: Uint32Array;
  #snappers = new Map<TravelMode, StreetSnapper>();
  #fastest = new Map<TravelMode, number>();
  #seconds: Float64Array;
  #meters: Float64Array;
  #previous: Int32Array;
  /** Number of the search that wrote a node's figures: nothing has to be cleared between searches. */
  #stamp: Uint32Array;
  #search = 0;
  #queue: MinQueue;
  #copies = new Map<number, number[]>();

  /** Throws where the arrays do not fit together: a graph is checked once, here. */
  constructor(data: StreetGraphData) {
    checkGraph(data);
    this.data = data;
    this.nodes = data.lon.length;
    this.edges = data.target.length;
    const bounds = boundsOf(data);
    if (!bounds) throw new RangeError('A street graph needs at least one node');
    this.bounds = bounds;
    this.flat = createFlatProjection({ lon: (bounds[0] + bounds[2]) / 2, lat: (bounds[1] + bounds[3]) / 2 });
    this.source = new Uint32Array(this.edges);
    for (let n = 0; n < this.nodes; n++) this.source.fill(n, data.firstEdge[n], data.firstEdge[n + 1]);
    this.#seconds = new Float64Array(this.nodes);
    this.#meters = new Float64Array(this.nodes);
    this.#previous = new Int32Array(this.nodes);
    this.#stamp = new Uint32Array(this.nodes);
    this.#queue = new MinQueue(this.edges + 4);
    for (const [k, node] of (data.standsFor ?? []).entries()) {
      this.#copies.set(node, [...this.copiesOf(node), this.nodes - data.standsFor!.length + k]);
    }
  }

  copiesOf(node: number): readonly number[] {
    return this.#copies.get(node) ?? [];
  }

  /** The node itself, or the one whose copy it is. */
  original(node: number): number {
    const { standsFor } = this.data;
    return standsFor?.[node - (this.nodes - standsFor.length)] ?? node;
  }

  secondsOfEdges(mode: TravelMode): Float32Array {
    return mode === 'walk' ? this.data.walkSeconds : this.data.driveSeconds;
  }

  /** The greatest speed on any street of the mode, metres a second, and never below that on foot beside the street. */
  fastest(mode: TravelMode): number {
    const known = this.#fastest.get(mode);
    if (known !== undefined) return known;
    let fastest = 1 / ACCESS_PACE;
    for (const [e, seconds] of this.secondsOfEdges(mode).entries()) {
      const meters = this.data.meters[e] as number;
      if (meters > 0) fastest = Math.max(fastest, meters / seconds);
    }
    this.#fastest.set(mode, fastest);
    return fastest;
  }

  /** The nearest point of a street that the mode may use, at most `SNAP_LIMIT` metres away; null beyond. */
  snap(position: LonLat, mode: TravelMode): Snap | null {
    let snapper = this.#snappers.get(mode);
    if (!snapper) this.#snappers.set(mode, (snapper = new StreetSnapper(this, mode)));
    return snapper.snap(position.lon, position.lat);
  }

  /** Dijkstra from a snapped place, as far as `limit` allows. */
  search(start: Snap, mode: TravelMode, limit: TravelLimit = {}): SearchTree {
    const cost = this.secondsOfEdges(mode);
    const { firstEdge, target, meters } = this.data;
    const queue = this.#queue;
    const latest = limit.seconds ?? Infinity;
    const farthest = limit.meters ?? Infinity;
    const reached: number[] = [];
    this.#search++;
    queue.clear();
    for (const end of start.ends) this.#offer(end.node, end.secondsFromPoint + start.seconds, end.metersFromPoint + start.meters, -1);
    for (let node = queue.pop(); node !== NONE; node = queue.pop()) {
      const at = this.#seconds[node] as number;
      if (queue.poppedKey > at) continue;
      if (at > latest) break;
      const gone = this.#meters[node] as number;
      if (gone > farthest) continue;
      reached.push(node);
      const last = firstEdge[node + 1] as number;
      for (let e = firstEdge[node] as number; e < last; e++) {
        this.#offer(target[e] as number, at + (cost[e] as number), gone + (meters[e] as number), node);
      }
    }
    return this.#tree(start, mode, reached, limit);
  }

  #offer(node: number, seconds: number, meters: number, previous: number): void {
    if (seconds === Infinity) return;
    if (this.#stamp[node] === this.#search && (this.#seconds[node] as number) <= seconds) return;
    this.#stamp[node] = this.#search;
    this.#seconds[node] = seconds;
    this.#meters[node] = meters;
    this.#previous[node] = previous;
    this.#queue.push(node, seconds);
  }

  #tree(start: Snap, mode: TravelMode, reached: number[], limit: TravelLimit): SearchTree {
    const search = this.#search;
    const known = (node: number) => {
      if (search !== this.#search) throw new Error('This search tree is over: another search has begun on the same graph');
      return (
        this.#stamp[node] === search &&
        (this.#seconds[node] as number) <= (limit.seconds ?? Infinity) &&
        (this.#meters[node] as number) <= (limit.meters ?? Infinity)
      );
    };
    return {
      mode,
      start,
      reached,
      secondsTo: (node) => (known(node) ? (this.#seconds[node] as number) : Infinity),
      metersTo: (node) => (known(node) ? (this.#meters[node] as number) : Infinity),
      previous: (node) => this.#previous[node] as number,
    };
  }

  /** Ways from a snapped place to each snapped point (null: off the streets, not reached). */
  toSnaps(start: Snap, mode: TravelMode, points: readonly (Snap | null)[], limit: TravelLimit = {}): Travel {
    const tree = this.search(start, mode, limit);
    const travel = createTravel(points.length);
    for (const [i, point] of points.entries()) {
      if (!point) continue;
      const arrival = arriveAt(tree, point);
      if (arrival.seconds > (limit.seconds ?? Infinity) || arrival.meters > (limit.meters ?? Infinity)) continue;
      travel.seconds[i] = arrival.seconds;
      travel.meters[i] = arrival.meters;
    }
    return travel;
  }

  /** The fastest way as [lon, lat] points from the place to the point, their own positions included; null where there is none. */
  path(start: Snap, end: Snap, mode: TravelMode): [number, number][] | null {
    const arrival = arriveAt(this.search(start, mode), end);
    if (arrival.seconds === Infinity) return null;
    const way: [number, number][] = [
      [end.from.lon, end.from.lat],
      [end.lon, end.lat],
    ];
    for (let node = arrival.last; node >= 0; node = this.#previous[node] as number) {
      way.push([this.data.lon[node] as number, this.data.lat[node] as number]);
    }
    way.push([start.lon, start.lat], [start.from.lon, start.from.lat]);
    const rounded = way.reverse().map(([lon, lat]): [number, number] => [roundDegrees(lon), roundDegrees(lat)]);
    return rounded.filter(([lon, lat], i, all) => i === 0 || lon !== all[i - 1]?.[0] || lat !== all[i - 1]?.[1]);
  }
}

interface Arrival {
  seconds: number;
  meters: number;
  /** Last node before the point; -1 where both lie on one street and no node is passed. */
  last: number;
}

/** How and when a search arrives at a snapped point: over either end of its street, or straight along it. */
function arriveAt(tree: SearchTree, point: Snap): Arrival {
  let best: Arrival = directly(tree.start, point);
  for (const end of point.ends) {
    for (const node of end.arriveBy) {
      const seconds = tree.secondsTo(node) + end.secondsToPoint + point.seconds;
      if (seconds < best.seconds) best = { seconds, meters: tree.metersTo(node) + end.metersFromPoint + point.meters, last: node };
    }
  }
  return best;
}

/** The way between two points of one street without leaving it. */
function directly(from: Snap, to: Snap): Arrival {
  const never = { seconds: Infinity, meters: Infinity, last: -1 };
  if (from.from.lon === to.from.lon && from.from.lat === to.from.lat) return { seconds: 0, meters: 0, last: -1 };
  if (from.street !== to.street) return never;
  const share = Math.abs(to.along - from.along);
  const seconds = share === 0 ? 0 : share * (to.along > from.along ? from.secondsForward : from.secondsBackward);
  if (seconds === Infinity || Number.isNaN(seconds)) return never;
  return { seconds: from.seconds + seconds + to.seconds, meters: from.meters + share * from.streetMeters + to.meters, last: -1 };
}

function checkGraph(data: StreetGraphData): void {
  const nodes = data.lon.length;
  const edges = data.target.length;
  const fits =
    data.lat.length === nodes &&
    data.firstEdge.length === nodes + 1 &&
    data.firstEdge[nodes] === edges &&
    data.meters.length === edges &&
    data.walkSeconds.length === edges &&
    data.driveSeconds.length === edges;
  if (!fits) throw new RangeError(`Street graph: the arrays do not fit together (${nodes} nodes, ${edges} edges)`);
  for (let e = 0; e < edges; e++) {
    if ((data.target[e] as number) >= nodes)
      throw new RangeError(`Street graph: edge ${e} ends at node ${data.target[e]}, but there are ${nodes}`);
    const slowest = Math.min(data.walkSeconds[e] as number, data.driveSeconds[e] as number);
    if (!(slowest >= 0) || !((data.meters[e] as number) >= 0))
      throw new RangeError(`Street graph: edge ${e} has a negative or missing cost`);
  }
}
