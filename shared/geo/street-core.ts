// The streets of one mode as a search sees them: junctions, and chains of edges between them. Points that only give a street its
// shape are no junctions; what a chain passes, and when, is kept aside.

import type { StreetGraph } from './street-graph.ts';
import type { TravelMode } from './travel.ts';

/** No edge, no junction, no chain. */
const NONE = 0xffffffff;
/** The chain of an edge that the mode may not use. */
export const CLOSED = NONE;
/** The junction of a node that is none. */
export const NO_JUNCTION = NONE;

/** Chains of a mode's edges. A chain has a direction; a street that is open both ways has two. */
export class StreetCore {
  readonly mode: TravelMode;
  readonly junctions: number;
  /** Chains that begin at junction j are `firstChain[j] .. firstChain[j + 1]`. */
  readonly firstChain: Uint32Array;
  /** Junctions where each chain begins and ends. */
  readonly startOf: Uint32Array;
  readonly endOf: Uint32Array;
  /** Of each whole chain. */
  readonly seconds: Float32Array;
  readonly meters: Float32Array;
  /** Edges of the graph along chain c are `edges[firstEdge[c] .. firstEdge[c + 1]]`. */
  readonly firstEdge: Uint32Array;
  readonly edges: Uint32Array;
  /** By edge of the graph: its chain, or {@link CLOSED}, and what lies between the chain's start and the edge's. */
  readonly chainOf: Uint32Array;
  readonly secondsBefore: Float32Array;
  readonly metersBefore: Float32Array;
  /** By node of the graph: its junction, or {@link NO_JUNCTION}. */
  readonly junctionOf: Uint32Array;
  /** The other way round, for searches against the direction of travel: chains that end at j are `arriving[firstArriving[j] ..]`. */
  readonly firstArriving: Uint32Array;
  readonly arriving: Uint32Array;

  constructor(graph: StreetGraph, mode: TravelMode) {
    this.mode = mode;
    const chains = new ChainTracer(graph, mode).trace();
    const count = chains.start.length;
    this.junctionOf = new Uint32Array(graph.nodes).fill(NONE);
    this.startOf = new Uint32Array(count);
    this.endOf = new Uint32Array(count);
    let junctions = 0;
    const numberOf = (node: number): number => {
      if (this.junctionOf[node] === NONE) this.junctionOf[node] = junctions++;
      return this.junctionOf[node]!;
    };
    // Chains were traced junction by junction: those of one follow each other.
    for (let c = 0; c < count; c++) this.startOf[c] = numberOf(chains.start[c]!);
    for (let c = 0; c < count; c++) this.endOf[c] = numberOf(chains.end[c]!);
    this.junctions = junctions;
    this.firstChain = rowsOf(this.startOf, junctions);
    this.firstArriving = rowsOf(this.endOf, junctions);
    this.arriving = new Uint32Array(count);
    const next = this.firstArriving.slice(0, junctions);
    for (let c = 0; c < count; c++) this.arriving[next[this.endOf[c]!]!++] = c;
    this.firstEdge = chains.firstEdge;
    this.edges = chains.edges;
    this.chainOf = new Uint32Array(graph.edges).fill(NONE);
    this.secondsBefore = new Float32Array(graph.edges);
    this.metersBefore = new Float32Array(graph.edges);
    this.seconds = new Float32Array(count);
    this.meters = new Float32Array(count);
    this.#measure(graph);
  }

  #measure(graph: StreetGraph): void {
    const cost = graph.secondsOfEdges(this.mode);
    const length = graph.data.meters;
    for (let c = 0; c < this.seconds.length; c++) {
      let seconds = 0;
      let meters = 0;
      for (let k = this.firstEdge[c]!; k < this.firstEdge[c + 1]!; k++) {
        const e = this.edges[k]!;
        this.chainOf[e] = c;
        this.secondsBefore[e] = seconds;
        this.metersBefore[e] = meters;
        seconds += cost[e]!;
        meters += length[e]!;
      }
      this.seconds[c] = seconds;
      this.meters[c] = meters;
    }
  }
}

/** First index of each row, where `rowOf` gives the row of each entry. */
function rowsOf(rowOf: Uint32Array, rows: number): Uint32Array {
  const first = new Uint32Array(rows + 1);
  for (let i = 0; i < rowOf.length; i++) first[rowOf[i]! + 1]!++;
  for (let r = 0; r < rows; r++) first[r + 1]! += first[r]!;
  return first;
}

interface Chains {
  /** Nodes of the graph at both ends of each chain. */
  start: Uint32Array;
  end: Uint32Array;
  firstEdge: Uint32Array;
  edges: Uint32Array;
}

/** Follows streets from junction to junction. */
class ChainTracer {
  readonly #graph: StreetGraph;
  readonly #cost: Float32Array;
  /** The edge that goes on after an edge, where its end only joins two pieces of one street; else NONE. */
  readonly #goesOn: Uint32Array;
  #start: Uint32Array;
  #end: Uint32Array;
  #firstEdge: Uint32Array;
  #edges: Uint32Array;
  #chains = 0;
  #used = 0;

  constructor(graph: StreetGraph, mode: TravelMode) {
    this.#graph = graph;
    this.#cost = graph.secondsOfEdges(mode);
    this.#goesOn = new Uint32Array(graph.edges).fill(NONE);
    this.#start = new Uint32Array(graph.edges);
    this.#end = new Uint32Array(graph.edges);
    this.#firstEdge = new Uint32Array(graph.edges + 1);
    this.#edges = new Uint32Array(graph.edges);
  }

  trace(): Chains {
    const isPassed = this.#joinPieces();
    const { nodes, edges, source } = this.#graph;
    const isTraced = new Uint8Array(edges);
    for (let node = 0; node < nodes; node++) if (isPassed[node] === 0) this.#traceFrom(node, isPassed, isTraced);
    // What is left are circles without a junction: one of their nodes becomes one.
    for (let e = 0; e < edges; e++) {
      if (isTraced[e] === 1 || this.#cost[e] === Infinity) continue;
      isPassed[source[e]!] = 0;
      this.#traceFrom(source[e]!, isPassed, isTraced);
    }
    return {
      start: this.#start.slice(0, this.#chains),
      end: this.#end.slice(0, this.#chains),
      firstEdge: this.#firstEdge.slice(0, this.#chains + 1),
      edges: this.#edges.slice(0, this.#used),
    };
  }

  /** All chains that begin at a node. */
  #traceFrom(node: number, isPassed: Uint8Array, isTraced: Uint8Array): void {
    const { firstEdge, target } = this.#graph.data;
    for (let first = firstEdge[node]!; first < firstEdge[node + 1]!; first++) {
      if (this.#cost[first] === Infinity) continue;
      let last = first;
      for (let e = first; ; e = this.#goesOn[e]!) {
        this.#edges[this.#used++] = last = e;
        isTraced[e] = 1;
        if (isPassed[target[e]!] === 0) break;
      }
      this.#start[this.#chains] = node;
      this.#end[this.#chains] = target[last]!;
      this.#firstEdge[++this.#chains] = this.#used;
    }
  }

  /** Finds the nodes that only join two pieces of one street, and says how it goes on behind them. */
  #joinPieces(): Uint8Array {
    const graph = this.#graph;
    const { target, firstEdge } = graph.data;
    const { source } = graph;
    const isPassed = new Uint8Array(graph.nodes);
    const arrivals = new Uint8Array(graph.nodes);
    // The first two edges that arrive at each node.
    const arriving = new Uint32Array(2 * graph.nodes);
    for (let e = 0; e < graph.edges; e++) {
      if (this.#cost[e] === Infinity) continue;
      const node = target[e]!;
      if (arrivals[node]! < 2) arriving[2 * node + arrivals[node]!] = e;
      arrivals[node] = Math.min(3, arrivals[node]! + 1);
    }
    for (let node = 0; node < graph.nodes; node++) {
      let leaving = 0;
      let out1 = NONE;
      let out2 = NONE;
      for (let e = firstEdge[node]!; e < firstEdge[node + 1]!; e++) {
        if (this.#cost[e] === Infinity) continue;
        leaving++;
        out1 = out2;
        out2 = e;
      }
      if (leaving === 0 || leaving > 2 || leaving !== arrivals[node]) continue;
      const in1 = arriving[2 * node]!;
      const in2 = arriving[2 * node + 1]!;
      const from1 = graph.original(source[in1]!);
      const to2 = graph.original(target[out2]!);
      const self = graph.original(node);
      if (leaving === 1) {
        if (from1 === to2 || from1 === self || to2 === self) continue;
        this.#goesOn[in1] = out2;
      } else {
        const from2 = graph.original(source[in2]!);
        const to1 = graph.original(target[out1]!);
        if (from1 === from2 || from1 === self || from2 === self) continue;
        const isStraight = from1 === to1 && from2 === to2;
        if (!isStraight && !(from1 === to2 && from2 === to1)) continue;
        this.#goesOn[in1] = isStraight ? out2 : out1;
        this.#goesOn[in2] = isStraight ? out1 : out2;
      }
      isPassed[node] = 1;
    }
    return isPassed;
  }
}
