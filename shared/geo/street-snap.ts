// From a position to the street before it: the nearest point of a street that a mode may use.

import Flatbush from 'flatbush';
import { ACCESS_PACE } from './estimate.ts';
import type { StreetGraph } from './street-graph.ts';
import type { LonLat, TravelMode } from './travel.ts';

/** Farther than this from every street (metres), a position is not on the graph. */
const SNAP_LIMIT = 400;

/** One end of the street that a place was snapped to; Infinity where that direction is not allowed. */
interface SnapEnd {
  /** Node that is reached from the point: of a junction with forbidden turns the copy for who comes over this street. */
  node: number;
  /** Nodes from which the point is reached: more than one where there are copies that lead on into this street. */
  arriveBy: readonly number[];
  secondsFromPoint: number;
  secondsToPoint: number;
  metersFromPoint: number;
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
  /** The street's edge; of the two edges of a two-way street always the same one. */
  street: number;
  /** Share of that edge before the point, 0 to 1. */
  along: number;
  streetMeters: number;
  secondsForward: number;
  secondsBackward: number;
  ends: readonly [SnapEnd, SnapEnd];
}

/** A spatial index over the streets of one mode. */
export class StreetSnapper {
  #graph: StreetGraph;
  #seconds: Float32Array;
  #index: Flatbush | null;
  /** Edge of each street, and its opposite edge or -1. */
  #edge: number[] = [];
  #opposite: number[] = [];
  /** Ends of each street in flat metres: x1, y1, x2, y2. */
  #ends: Float64Array;

  constructor(graph: StreetGraph, mode: TravelMode) {
    this.#graph = graph;
    this.#seconds = graph.secondsOfEdges(mode);
    this.#collectStreets();
    const { lon, lat, target } = graph.data;
    this.#ends = new Float64Array(this.#edge.length * 4);
    this.#index = this.#edge.length > 0 ? new Flatbush(this.#edge.length) : null;
    for (const [street, edge] of this.#edge.entries()) {
      const from = graph.source[edge] as number;
      const to = target[edge] as number;
      const x1 = graph.flat.x(lon[from] as number);
      const y1 = graph.flat.y(lat[from] as number);
      const x2 = graph.flat.x(lon[to] as number);
      const y2 = graph.flat.y(lat[to] as number);
      this.#ends.set([x1, y1, x2, y2], street * 4);
      this.#index?.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
    }
    this.#index?.finish();
  }

  /** Each street once: of two opposite edges the one with the lower number. */
  #collectStreets(): void {
    const { firstEdge, target, meters } = this.#graph.data;
    for (let e = 0; e < this.#graph.edges; e++) {
      const from = this.#graph.source[e] as number;
      const to = this.#graph.original(target[e] as number);
      // What leaves a copy of a node leaves the node itself too.
      if (from === to || this.#seconds[e] === Infinity || this.#graph.original(from) !== from) continue;
      let opposite = -1;
      for (let back = firstEdge[to] as number; back < (firstEdge[to + 1] as number); back++) {
        const returns = this.#graph.original(target[back] as number) === from;
        if (returns && meters[back] === meters[e] && this.#seconds[back] !== Infinity) opposite = back;
      }
      if (opposite >= 0 && opposite < e) continue;
      this.#edge.push(e);
      this.#opposite.push(opposite);
    }
  }

  /** The nearest point of a street; null beyond {@link SNAP_LIMIT} or for NaN. */
  snap(lon: number, lat: number): Snap | null {
    const { flat } = this.#graph;
    const x = flat.x(lon);
    const y = flat.y(lat);
    if (!this.#index || !Number.isFinite(x) || !Number.isFinite(y)) return null;
    // Boxes come nearest first; a street is never nearer than its box, so the search may stop once a box is farther than the best street.
    let best = -1;
    let bestSquare = SNAP_LIMIT * SNAP_LIMIT;
    for (let count = 8, done = false; !done; count *= 4) {
      const near = this.#index.neighbors(x, y, count, SNAP_LIMIT);
      done = near.length < count;
      for (const street of near) {
        const square = this.#squareTo(street, x, y).square;
        if (square < bestSquare) [best, bestSquare] = [street, square];
      }
      const last = near.at(-1);
      if (last !== undefined && this.#squareToBox(last, x, y) >= bestSquare) done = true;
    }
    return best < 0 ? null : this.#snapTo(best, { lon, lat });
  }

  #squareTo(street: number, x: number, y: number): { square: number; along: number } {
    const x1 = this.#ends[street * 4] as number;
    const y1 = this.#ends[street * 4 + 1] as number;
    const dx = (this.#ends[street * 4 + 2] as number) - x1;
    const dy = (this.#ends[street * 4 + 3] as number) - y1;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
    return { square: (x1 + along * dx - x) ** 2 + (y1 + along * dy - y) ** 2, along };
  }

  #squareToBox(street: number, x: number, y: number): number {
    const [x1, y1, x2, y2] = this.#ends.subarray(street * 4, street * 4 + 4) as unknown as [number, number, number, number];
    const dx = Math.max(Math.min(x1, x2) - x, 0, x - Math.max(x1, x2));
    const dy = Math.max(Math.min(y1, y2) - y, 0, y - Math.max(y1, y2));
    return dx * dx + dy * dy;
  }

  #snapTo(street: number, from: LonLat): Snap {
    const { flat, data, source } = this.#graph;
    const { square, along } = this.#squareTo(street, flat.x(from.lon), flat.y(from.lat));
    const edge = this.#edge[street] as number;
    const opposite = this.#opposite[street] as number;
    const forward = this.#seconds[edge] as number;
    const backward = opposite < 0 ? Infinity : (this.#seconds[opposite] as number);
    const streetMeters = data.meters[edge] as number;
    const a = source[edge] as number;
    const b = data.target[edge] as number;
    const meters = Math.sqrt(square);
    const part = (share: number, seconds: number) => (share === 0 ? 0 : share * seconds);
    return {
      from,
      lon: (data.lon[a] as number) + along * ((data.lon[b] as number) - (data.lon[a] as number)),
      lat: (data.lat[a] as number) + along * ((data.lat[b] as number) - (data.lat[a] as number)),
      meters,
      seconds: meters * ACCESS_PACE,
      street: edge,
      along,
      streetMeters,
      secondsForward: forward,
      secondsBackward: backward,
      ends: [
        {
          node: opposite < 0 ? a : (data.target[opposite] as number),
          arriveBy: this.#leadingTo(b, a),
          secondsFromPoint: part(along, backward),
          secondsToPoint: part(along, forward),
          metersFromPoint: along * streetMeters,
        },
        {
          node: b,
          arriveBy: this.#leadingTo(a, b),
          secondsFromPoint: part(1 - along, forward),
          secondsToPoint: part(1 - along, backward),
          metersFromPoint: (1 - along) * streetMeters,
        },
      ],
    };
  }

  /** The node `end` and those of its copies from which the street between it and `other` may be taken. */
  #leadingTo(other: number, end: number): readonly number[] {
    const { data } = this.#graph;
    const node = this.#graph.original(end);
    const beyond = this.#graph.original(other);
    const leads = (copy: number): boolean => {
      for (let e = data.firstEdge[copy] as number; e < (data.firstEdge[copy + 1] as number); e++) {
        if (this.#seconds[e] !== Infinity && this.#graph.original(data.target[e] as number) === beyond) return true;
      }
      return false;
    };
    return [node, ...this.#graph.copiesOf(node).filter(leads)];
  }
}
