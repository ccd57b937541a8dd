// Turn restrictions as copies of nodes: who comes over a street from which a turn is forbidden arrives at a copy of the
// junction, from which the forbidden street does not go on. So the search needs to know nothing of turns. Walkers turn as they like.
// Nobody turns round in the middle of a street to get past such a rule: the street behind it is copied too, up to the next junction.

import type { EdgeList } from './edge-list.ts';
import { findSorted } from './sorted.ts';

export interface Turn {
  /** `no`: none of the `to` ways may be taken; `only`: no other may. */
  rule: 'no' | 'only';
  /** Ids of ways, and of the node between them. */
  from: readonly number[];
  via: number;
  to: readonly number[];
}

/**
 * Redirects edges to copies, whose numbers begin after those of `nodeIds`.
 * Gives for each copy, in the order of their numbers, the node whose copy it is.
 */
export function splitTurns(edges: EdgeList, nodeIds: Float64Array, turns: readonly Turn[]): Uint32Array {
  const streets = new DrivenStreets(edges, nodeIds.length);
  const standsFor: number[] = [];
  const copy = (node: number): number => nodeIds.length + standsFor.push(node) - 1;
  const arrivals = new Map<number, { node: number; rules: Turn[] }>();
  for (const [via, rules] of rulesByNode(nodeIds, turns)) {
    const ways = new Set(streets.leaving(via).map((out) => edges.way[out]!));
    for (const e of streets.arriving(via)) {
      // "Only that way" says nothing where that way is not part of the graph.
      const own = rules.filter(({ rule, from, to }) => from.includes(edges.way[e]!) && (rule === 'no' || to.some((way) => ways.has(way))));
      if (own.length > 0) arrivals.set(e, { node: copy(via), rules: own });
    }
  }
  // Where an edge leads whose driver has passed a rule: by edge, the copy of its end from which nothing leads back.
  const beyond = new Map<number, number>();
  const open: { node: number; outs: number[] }[] = [];
  const leadOn = (out: number): number => {
    const known = arrivals.get(out)?.node ?? beyond.get(out);
    if (known !== undefined) return known;
    const end = edges.target[out]!;
    if (!streets.isPassed(end)) return end;
    const node = copy(end);
    beyond.set(out, node);
    open.push({ node, outs: streets.leaving(end).filter((next) => edges.target[next] !== edges.source[out]) });
    return node;
  };
  for (const [e, { node, rules }] of arrivals) {
    const isPassed = streets.isPassed(edges.target[e]!);
    const isAllowed = (out: number): boolean =>
      !(isPassed && edges.target[out] === edges.source[e]) && !rules.some((turn) => forbids(turn, edges, e, out));
    open.push({ node, outs: streets.leaving(edges.target[e]!).filter(isAllowed) });
  }
  for (let next = open.pop(); next; next = open.pop()) {
    for (const out of next.outs) edges.add({ ...edges.at(out), source: next.node, target: leadOn(out), walk: Infinity });
  }
  for (const [e, { node }] of arrivals) {
    edges.add({ ...edges.at(e), target: node, walk: Infinity });
    edges.drive[e] = Infinity;
  }
  return Uint32Array.from(standsFor);
}

function rulesByNode(nodeIds: Float64Array, turns: readonly Turn[]): Map<number, Turn[]> {
  const rules = new Map<number, Turn[]>();
  for (const turn of turns) {
    const via = findSorted(nodeIds, turn.via);
    if (via >= 0) rules.set(via, [...(rules.get(via) ?? []), turn]);
  }
  return rules;
}

/** Whether a rule keeps who came over edge `e` from edge `out`. */
function forbids({ rule, to }: Turn, edges: EdgeList, e: number, out: number): boolean {
  const isNamed = to.includes(edges.way[out]!);
  if (rule === 'only') return !isNamed;
  // "No U-turn" names one way twice: it is about going back, not about going on.
  return isNamed && (edges.way[out] !== edges.way[e] || edges.target[out] === edges.source[e]);
}

/** Edges for cars by the nodes at their ends, as they were when it was made. */
class DrivenStreets {
  #edges: EdgeList;
  #bySource: Grouped;
  #byTarget: Grouped;

  constructor(edges: EdgeList, nodes: number) {
    this.#edges = edges;
    this.#bySource = group(edges, edges.source, nodes);
    this.#byTarget = group(edges, edges.target, nodes);
  }

  leaving(node: number): number[] {
    return listOf(this.#bySource, node);
  }

  arriving(node: number): number[] {
    return listOf(this.#byTarget, node);
  }

  /** Whether a node only joins two pieces of one street. */
  isPassed(node: number): boolean {
    const { source, target } = this.#edges;
    return new Set([...this.leaving(node).map((e) => target[e]), ...this.arriving(node).map((e) => source[e])]).size === 2;
  }
}

interface Grouped {
  first: Uint32Array;
  edge: Uint32Array;
}

function group(edges: EdgeList, ends: Uint32Array, nodes: number): Grouped {
  const first = new Uint32Array(nodes + 1);
  const isDriven = (e: number): boolean => edges.drive[e]! < Infinity;
  for (let e = 0; e < edges.count; e++) if (isDriven(e)) first[ends[e]! + 1]!++;
  for (let n = 0; n < nodes; n++) first[n + 1]! += first[n]!;
  const next = first.slice(0, nodes);
  const edge = new Uint32Array(first[nodes]!);
  for (let e = 0; e < edges.count; e++) if (isDriven(e)) edge[next[ends[e]!]!++] = e;
  return { first, edge };
}

function listOf({ first, edge }: Grouped, node: number): number[] {
  return [...edge.subarray(first[node], first[node + 1])];
}
