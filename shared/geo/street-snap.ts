// From a position to the street before it: the nearest point of a street that a mode may use.

import { ACCESS_PACE } from './estimate.ts';
import { SegmentGrid, type NearSegment } from './segment-grid.ts';
import { CLOSED, NO_JUNCTION, type StreetCore } from './street-core.ts';
import type { StreetGraph } from './street-graph.ts';
import type { LonLat } from './travel.ts';

/** Farther than this from every street (metres), a position is not on the graph. */
const SNAP_LIMIT = 400;

/** A point on a chain of a street core: how far it lies from where the chain begins. */
export interface ChainPoint {
  /** The edge of the graph on which it lies. */
  edge: number;
  chain: number;
  seconds: number;
  meters: number;
}

/** A position on a street. */
export interface Snap {
  /** The position that was asked for, and its point on the street. */
  from: LonLat;
  lon: number;
  lat: number;
  /** Way from the position to the street: metres, and seconds on foot. */
  meters: number;
  seconds: number;
  /** The chains, one of each direction that is open, along which one goes on from the point. */
  leave: readonly ChainPoint[];
  /** Those over which one comes to it: more than one of a direction where copies of junctions lead on into this street. */
  arrive: readonly ChainPoint[];
}

const NONE = -1;

/** A spatial index over the streets of one mode. */
export class StreetSnapper {
  readonly #graph: StreetGraph;
  readonly #core: StreetCore;
  readonly #grid: SegmentGrid;
  /** Edge of each street, of two opposite edges the one with the lower number; and the other one or −1. */
  readonly #edge: Int32Array;
  readonly #opposite: Int32Array;

  constructor(graph: StreetGraph, core: StreetCore) {
    this.#graph = graph;
    this.#core = core;
    const { edge, opposite } = collectStreets(graph, graph.secondsOfEdges(core.mode));
    [this.#edge, this.#opposite] = [edge, opposite];
    const { lon, lat, target } = graph.data;
    const { flat, source } = graph;
    const ends = new Float64Array(edge.length * 4);
    for (let street = 0; street < edge.length; street++) {
      const from = source[edge[street]!]!;
      const to = target[edge[street]!]!;
      ends[street * 4] = flat.x(lon[from]!);
      ends[street * 4 + 1] = flat.y(lat[from]!);
      ends[street * 4 + 2] = flat.x(lon[to]!);
      ends[street * 4 + 3] = flat.y(lat[to]!);
    }
    this.#grid = new SegmentGrid(ends);
  }

  /** The nearest point of a street; null beyond {@link SNAP_LIMIT} or for NaN. */
  snap(lon: number, lat: number): Snap | null {
    const x = this.#graph.flat.x(lon);
    const y = this.#graph.flat.y(lat);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
    const near = this.#grid.nearest(x, y, SNAP_LIMIT);
    return near ? this.#snapTo(near, { lon, lat }) : null;
  }

  #snapTo({ segment, square, along }: NearSegment, from: LonLat): Snap {
    const { data, source } = this.#graph;
    const edge = this.#edge[segment]!;
    const opposite = this.#opposite[segment]!;
    const a = source[edge]!;
    const b = data.target[edge]!;
    const meters = Math.sqrt(square);
    const leave = [this.#pointOn(edge, along)];
    if (opposite !== NONE) leave.push(this.#pointOn(opposite, 1 - along));
    const arrive = [
      ...this.#edgesBetween(a, b, data.meters[edge]!).map((e) => this.#pointOn(e, along)),
      ...this.#edgesBetween(b, a, data.meters[edge]!).map((e) => this.#pointOn(e, 1 - along)),
    ];
    if (along === 0 || along === 1) {
      // At the very end of a street one stands on all that begin there.
      const node = this.#graph.original(along === 0 ? a : b);
      leave.push(...this.#edgesFrom(node).map((e) => this.#pointOn(e, 0)));
      for (const copy of [node, ...this.#graph.copiesOf(node)]) arrive.push(...this.#arrivalsAt(copy));
    }
    return {
      from,
      lon: data.lon[a]! + along * (data.lon[b]! - data.lon[a]!),
      lat: data.lat[a]! + along * (data.lat[b]! - data.lat[a]!),
      meters,
      seconds: meters * ACCESS_PACE,
      leave,
      arrive,
    };
  }

  #pointOn(edge: number, share: number): ChainPoint {
    const core = this.#core;
    return {
      edge,
      chain: core.chainOf[edge]!,
      seconds: core.secondsBefore[edge]! + share * this.#graph.secondsOfEdges(core.mode)[edge]!,
      meters: core.metersBefore[edge]! + share * this.#graph.data.meters[edge]!,
    };
  }

  /** A node as all chains see it that come to it. */
  #arrivalsAt(node: number): ChainPoint[] {
    const core = this.#core;
    const junction = core.junctionOf[node]!;
    // In the middle of a chain whoever leaves a node has come to it.
    if (junction === NO_JUNCTION) return this.#edgesFrom(node).map((e) => this.#pointOn(e, 0));
    const chains = core.arriving.subarray(core.firstArriving[junction], core.firstArriving[junction + 1]);
    return Array.from(chains, (chain) => this.#pointOn(core.edges[core.firstEdge[chain + 1]! - 1]!, 1));
  }

  /** Open edges that leave a node. */
  #edgesFrom(node: number): number[] {
    const { firstEdge } = this.#graph.data;
    const open: number[] = [];
    for (let e = firstEdge[node]!; e < firstEdge[node + 1]!; e++) if (this.#core.chainOf[e] !== CLOSED) open.push(e);
    return open;
  }

  /** Open edges of a length from a node, or one of its copies, to another, or one of its copies. */
  #edgesBetween(from: number, to: number, meters: number): number[] {
    const graph = this.#graph;
    const { data } = graph;
    const [start, end] = [graph.original(from), graph.original(to)];
    const between = (e: number): boolean => data.meters[e] === meters && graph.original(data.target[e]!) === end;
    return [start, ...graph.copiesOf(start)].flatMap((node) => this.#edgesFrom(node).filter(between));
  }
}

/** Each street once. What leaves a copy of a node leaves the node itself too, and is left out. */
function collectStreets(graph: StreetGraph, seconds: Float32Array): { edge: Int32Array; opposite: Int32Array } {
  const { firstEdge, target, meters, standsFor } = graph.data;
  const { originals } = graph;
  const edge = new Int32Array(graph.edges);
  const opposite = new Int32Array(graph.edges);
  let count = 0;
  for (let from = 0; from < originals; from++) {
    const last = firstEdge[from + 1]!;
    for (let e = firstEdge[from]!; e < last; e++) {
      if (seconds[e] === Infinity) continue;
      const end = target[e]!;
      const to = end < originals ? end : standsFor![end - originals]!;
      if (from === to) continue;
      let back = NONE;
      const lastBack = firstEdge[to + 1]!;
      for (let other = firstEdge[to]!; other < lastBack; other++) {
        const node = target[other]!;
        const returns = (node < originals ? node : standsFor![node - originals]!) === from;
        if (returns && seconds[other] !== Infinity && meters[other] === meters[e]) back = other;
      }
      if (back !== NONE && back < e) continue;
      edge[count] = e;
      opposite[count++] = back;
    }
  }
  return { edge: edge.slice(0, count), opposite: opposite.slice(0, count) };
}
