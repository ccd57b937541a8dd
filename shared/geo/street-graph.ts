// A street network as typed arrays: nodes with positions, directed edges in compressed rows.
// What is searched is made of it once for each mode: street-core.ts; the search is in street-search.ts, snapping in street-snap.ts.

import { StreetCore } from './street-core.ts';
import { edgesAlong, StreetSearch, type SearchOptions, type SearchTree } from './street-search.ts';
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

/** A street graph that answers one-to-many questions. Its search buffers are its own and reused: it is not re-entrant. */
export class StreetGraph {
  readonly data: StreetGraphData;
  readonly bounds: Bounds;
  readonly flat: FlatProjection;
  readonly nodes: number;
  readonly edges: number;
  /** Node where each edge starts. */
  readonly source: Uint32Array;
  /** Nodes that are no copies: the first ones. */
  readonly originals: number;
  #modes = new Map<TravelMode, ModeStreets>();
  #fastest = new Map<TravelMode, number>();
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
    this.originals = this.nodes - (data.standsFor?.length ?? 0);
    for (const [k, node] of (data.standsFor ?? []).entries()) this.#copies.set(node, [...this.copiesOf(node), this.originals + k]);
  }

  copiesOf(node: number): readonly number[] {
    return this.#copies.get(node) ?? [];
  }

  /** The node itself, or the one whose copy it is. */
  original(node: number): number {
    return node < this.originals ? node : this.data.standsFor![node - this.originals]!;
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

  #streetsOf(mode: TravelMode): ModeStreets {
    let streets = this.#modes.get(mode);
    if (!streets) {
      const core = new StreetCore(this, mode);
      this.#modes.set(mode, (streets = { core, snapper: new StreetSnapper(this, core), search: new StreetSearch(core) }));
    }
    return streets;
  }

  /** Makes what is searched; otherwise that happens at the first search of the mode. */
  prepare(mode: TravelMode): void {
    this.#streetsOf(mode);
  }

  /** The nearest point of a street that the mode may use, at most 400 metres away; null beyond. */
  snap(position: LonLat, mode: TravelMode): Snap | null {
    return this.#streetsOf(mode).snapper.snap(position.lon, position.lat);
  }

  /** The fastest ways from the nearest of some snapped places to everywhere, or to it, as far as the limit allows. */
  search(starts: Snap | readonly Snap[], mode: TravelMode, options: SearchOptions = {}): SearchTree {
    return this.#streetsOf(mode).search.run('from' in starts ? [starts] : starts, options);
  }

  /** Ways from a snapped place to each snapped point. */
  toSnaps(start: Snap, mode: TravelMode, points: readonly Snap[], limit: TravelLimit = {}): Travel {
    const tree = this.search(start, mode, { limit, ends: points });
    const travel = createTravel(points.length);
    for (const [i, point] of points.entries()) {
      const { seconds, meters } = tree.way(point);
      if (seconds > (limit.seconds ?? Infinity) || meters > (limit.meters ?? Infinity)) continue;
      travel.seconds[i] = seconds;
      travel.meters[i] = meters;
    }
    return travel;
  }

  /** The fastest way as [lon, lat] points from the place to the point, their own positions included; null where there is none. */
  path(start: Snap, end: Snap, mode: TravelMode): [number, number][] | null {
    const edges = edgesAlong(this.search(start, mode, { ends: [end] }), end);
    if (!edges) return null;
    const nodes = edges.slice(1).map((e) => this.source[e]!);
    const way = [start.from, start, ...nodes.map((node) => ({ lon: this.data.lon[node]!, lat: this.data.lat[node]! })), end, end.from].map(
      ({ lon, lat }): [number, number] => [roundDegrees(lon), roundDegrees(lat)],
    );
    return way.filter(([lon, lat], i, all) => i === 0 || lon !== all[i - 1]?.[0] || lat !== all[i - 1]?.[1]);
  }
}

interface ModeStreets {
  core: StreetCore;
  snapper: StreetSnapper;
  search: StreetSearch;
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
