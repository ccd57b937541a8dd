// Dijkstra over the junctions of a street core: from a place to all others, or from all others to it; with several places, the nearest.

import { MinQueue } from './min-queue.ts';
import type { StreetCore } from './street-core.ts';
import type { ChainPoint, Snap } from './street-snap.ts';
import type { TravelLimit } from './travel.ts';

/** `from`: how long the ways from the place are; `to`: how long the ways to it. */
export type Direction = 'from' | 'to';

export interface SearchOptions {
  limit?: TravelLimit;
  direction?: Direction;
  ends?: readonly Snap[];
}

export interface Way {
  seconds: number;
  meters: number;
  /** Where the way ends, at the place that was asked for; null where there is no way, or no street is needed. */
  last: ChainPoint | null;
  /** Where it begins, if it stays on one chain; else null. */
  first: Departure | null;
}

const NO_WAY: Way = { seconds: Infinity, meters: Infinity, last: null, first: null };

/** A start, and one of the chains that it lies on. */
interface Departure {
  start: number;
  point: ChainPoint;
}

/** The fastest ways of one place, or of the nearest of several; valid until the next search on the same core. */
export interface SearchTree {
  readonly core: StreetCore;
  readonly starts: readonly Snap[];
  /** Junctions reached. */
  readonly reached: Uint32Array;
  /** Seconds from the place to a junction; Infinity where it was not reached. */
  secondsTo(junction: number): number;
  /** Metres along that way. */
  metersTo(junction: number): number;
  /** Chain over which a junction was reached; where that is a start's own, below zero: the complement of the start's index. */
  chainTo(junction: number): number;
  /** The way between the nearest start and another place, the way on foot beside the streets included. */
  way(other: Snap): Way;
  /** Index of the start to which a way belongs; -1 where there is no way. */
  startOf(way: Way): number;
}

const NONE = 0xffffffff;

/** Search buffers of one core; not re-entrant. */
export class StreetSearch {
  readonly #core: StreetCore;
  readonly #seconds: Float64Array;
  readonly #meters: Float64Array;
  readonly #chain: Int32Array;
  /** Number of the search that wrote a junction's figures: nothing has to be cleared between searches. */
  readonly #stamp: Uint32Array;
  readonly #reached: Uint32Array;
  /** Number of the search that waits for a junction. */
  readonly #wanted: Uint32Array;
  readonly #queue: MinQueue;
  #search = 0;

  constructor(core: StreetCore) {
    this.#core = core;
    this.#seconds = new Float64Array(core.junctions);
    this.#meters = new Float64Array(core.junctions);
    this.#chain = new Int32Array(core.junctions);
    this.#stamp = new Uint32Array(core.junctions);
    this.#reached = new Uint32Array(core.junctions);
    this.#wanted = new Uint32Array(core.junctions);
    this.#queue = new MinQueue(core.junctions + 4);
  }

  /** With `ends` it goes no further than they need: the tree then tells the ways to them alone. */
  run(starts: readonly Snap[], { limit = {}, direction = 'from', ends: wantedEnds }: SearchOptions = {}): SearchTree {
    const core = this.#core;
    const forward = direction === 'from';
    const first = forward ? core.firstChain : core.firstArriving;
    const order = forward ? null : core.arriving;
    const ends = forward ? core.endOf : core.startOf;
    const { seconds: chainSeconds, meters: chainMeters } = core;
    const [seconds, meters, chains, stamp, queue] = [this.#seconds, this.#meters, this.#chain, this.#stamp, this.#queue];
    const latest = limit.seconds ?? Infinity;
    const farthest = limit.meters ?? Infinity;
    const search = ++this.#search;
    const wanted = this.#wanted;
    queue.clear();
    const departures = new Map<number, Departure[]>();
    for (const [s, start] of starts.entries()) {
      for (const point of forward ? start.leave : start.arrive) {
        const departure = { start: s, point };
        const known = departures.get(point.chain);
        if (known) known.push(departure);
        else departures.set(point.chain, [departure]);
        const junction = ends[point.chain]!;
        const at = start.seconds + (forward ? chainSeconds[point.chain]! - point.seconds : point.seconds);
        if (at > latest || (stamp[junction] === search && seconds[junction]! <= at)) continue;
        stamp[junction] = search;
        seconds[junction] = at;
        meters[junction] = start.meters + (forward ? chainMeters[point.chain]! - point.meters : point.meters);
        chains[junction] = ~s;
        queue.push(junction, at);
      }
    }
    let waiting = wantedEnds ? this.#want(wantedEnds, forward) : Infinity;
    let reached = 0;
    for (let junction = queue.pop(); junction !== NONE; junction = queue.pop()) {
      const at = seconds[junction]!;
      if (queue.poppedKey > at) continue;
      const gone = meters[junction]!;
      if (gone > farthest) continue;
      this.#reached[reached++] = junction;
      if (wanted[junction] === search && --waiting === 0) break;
      const last = first[junction + 1]!;
      for (let k = first[junction]!; k < last; k++) {
        const chain = order === null ? k : order[k]!;
        const there = at + chainSeconds[chain]!;
        const next = ends[chain]!;
        if (there > latest || (stamp[next] === search && seconds[next]! <= there)) continue;
        stamp[next] = search;
        seconds[next] = there;
        meters[next] = gone + chainMeters[chain]!;
        chains[next] = chain;
        queue.push(next, there);
      }
    }
    return this.#tree({ starts, departures, forward, farthest, reached: this.#reached.subarray(0, reached) });
  }

  /** Marks the junctions from which the ends are come to, and counts them. */
  #want(ends: readonly Snap[], forward: boolean): number {
    let count = 0;
    for (const end of ends) {
      for (const { chain } of forward ? end.arrive : end.leave) {
        const junction = (forward ? this.#core.startOf : this.#core.endOf)[chain]!;
        if (this.#wanted[junction] === this.#search) continue;
        this.#wanted[junction] = this.#search;
        count++;
      }
    }
    return count;
  }

  #tree({ starts, departures, forward, farthest, reached }: Searched): SearchTree {
    const search = this.#search;
    const core = this.#core;
    const known = (junction: number): boolean => {
      if (search !== this.#search) throw new Error('This search tree is over: another search has begun on the same graph');
      return this.#stamp[junction] === search && this.#meters[junction]! <= farthest;
    };
    const secondsTo = (junction: number): number => (known(junction) ? this.#seconds[junction]! : Infinity);
    const metersTo = (junction: number): number => (known(junction) ? this.#meters[junction]! : Infinity);
    const junctionBefore = (chain: number): number => (forward ? core.startOf : core.endOf)[chain]!;
    const chainTo = (junction: number): number => this.#chain[junction]!;

    function way(other: Snap): Way {
      let best = NO_WAY;
      for (const point of forward ? other.arrive : other.leave) {
        const { chain } = point;
        const junction = junctionBefore(chain);
        const rest = forward ? point.seconds : core.seconds[chain]! - point.seconds;
        const there = secondsTo(junction) + rest + other.seconds;
        if (there < best.seconds) {
          const restMeters = forward ? point.meters : core.meters[chain]! - point.meters;
          best = { seconds: there, meters: metersTo(junction) + restMeters + other.meters, last: point, first: null };
        }
        // Without leaving the chain on which both lie.
        for (const departure of departures.get(chain) ?? []) {
          const start = starts[departure.start]!;
          const sign = forward ? 1 : -1;
          const meters = sign * (point.meters - departure.point.meters);
          if (meters < 0) continue;
          const seconds = start.seconds + sign * (point.seconds - departure.point.seconds) + other.seconds;
          if (seconds < best.seconds) best = { seconds, meters: start.meters + meters + other.meters, last: point, first: departure };
        }
      }
      return best;
    }

    return {
      core,
      starts,
      reached,
      secondsTo,
      metersTo,
      chainTo,
      way(other) {
        const here = starts.findIndex(({ from }) => from.lon === other.from.lon && from.lat === other.from.lat);
        if (here < 0) return way(other);
        const point = other.leave[0]!;
        return { seconds: 0, meters: 0, last: point, first: { start: here, point } };
      },
      startOf({ last, first }) {
        if (!last) return -1;
        if (first) return first.start;
        let chain = chainTo(junctionBefore(last.chain));
        while (chain >= 0) chain = chainTo(junctionBefore(chain));
        return ~chain;
      },
    };
  }
}

interface Searched {
  starts: readonly Snap[];
  /** By chain. */
  departures: ReadonlyMap<number, readonly Departure[]>;
  forward: boolean;
  farthest: number;
  reached: Uint32Array;
}

/** Edges of the graph along the way from a start of a search to another place, the first and last in part; null where there is no way. */
export function edgesAlong(tree: SearchTree, end: Snap): number[] | null {
  const { core } = tree;
  const way = tree.way(end);
  const { last, first } = way;
  if (!last) return null;
  const edgesOf = (chain: number, from?: number, to?: number): number[] => {
    const all = [...core.edges.subarray(core.firstEdge[chain], core.firstEdge[chain + 1])];
    return all.slice(from === undefined ? 0 : all.indexOf(from), to === undefined ? all.length : all.indexOf(to) + 1);
  };
  if (first) return edgesOf(last.chain, first.point.edge, last.edge);
  const pieces = [edgesOf(last.chain, undefined, last.edge)];
  let junction = core.startOf[last.chain]!;
  for (let chain = tree.chainTo(junction); chain >= 0; chain = tree.chainTo(junction)) {
    pieces.push(edgesOf(chain));
    junction = core.startOf[chain]!;
  }
  const ways = tree.starts[tree.startOf(way)]!.leave.filter(({ chain }) => core.endOf[chain] === junction);
  const left = ({ chain, seconds: gone }: ChainPoint): number => core.seconds[chain]! - gone;
  const departure = ways.reduce((best, one) => (left(one) < left(best) ? one : best));
  pieces.push(edgesOf(departure.chain, departure.edge));
  return pieces.reverse().flat();
}
