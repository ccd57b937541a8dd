// Turn restrictions as copies of nodes: who comes over a street from which a turn is forbidden arrives at a copy of the
// junction, from which the forbidden street does not go on. So the search needs to know nothing of turns. Walkers turn as they like.
// A rule that leads over several streets follows whoever drives them, copy by copy, and ends for whoever leaves them.
// Nobody turns round in the middle of a street to get past a rule: the street behind it is copied too, up to the next junction.

import type { EdgeList } from './edge-list.ts';
import { findSorted } from './sorted.ts';

export interface Turn {
  /** `no`: none of the `to` ways may be taken; `only`: no other may. */
  rule: 'no' | 'only';
  /** Ids of ways. */
  from: readonly number[];
  /** Ids of the nodes from the first street to the last: one, or those of the streets between them. */
  via: readonly number[];
  to: readonly number[];
}

/** A rule with the places of its nodes in the graph. */
interface Rule extends Omit<Turn, 'via'> {
  number: number;
  path: readonly number[];
}

/** A rule that a driver has begun: they stand at `path[step]`, having come over everything before. */
interface Begun {
  rule: Rule;
  step: number;
}

/**
 * Redirects edges to copies, whose numbers begin after those of `nodeIds`.
 * Gives for each copy, in the order of their numbers, the node whose copy it is.
 */
export function splitTurns(edges: EdgeList, nodeIds: Float64Array, turns: readonly Turn[]): Uint32Array {
  const streets = new DrivenStreets(edges, nodeIds.length);
  const begins = rulesByStart(nodeIds, turns, (node) => streets.leaving(node).map((e) => edges.way[e]!));
  const standsFor: number[] = [];
  /** Copies by the edge over which one arrives, and the rules that one has begun. */
  const copies = new Map<string, number>();
  const open: { node: number; arrived: number; begun: readonly Begun[] }[] = [];

  const startAt = (e: number): Begun[] =>
    (begins.get(edges.target[e]!) ?? []).filter(({ from }) => from.includes(edges.way[e]!)).map((rule) => ({ rule, step: 0 }));
  const copyFor = (arrived: number, begun: readonly Begun[]): number => {
    const key = `${arrived} ${begun.map(({ rule, step }) => `${rule.number}:${step}`).join(' ')}`;
    const known = copies.get(key);
    if (known !== undefined) return known;
    const node = nodeIds.length + standsFor.push(edges.target[arrived]!) - 1;
    copies.set(key, node);
    open.push({ node, arrived, begun });
    return node;
  };

  const redirected: { e: number; node: number }[] = [];
  for (const node of begins.keys()) {
    for (const e of streets.arriving(node)) {
      const begun = startAt(e);
      if (begun.length > 0) redirected.push({ e, node: copyFor(e, begun) });
    }
  }
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, arrived, begun } = next;
    for (const out of listOuts(streets, edges, { arrived, begun })) {
      const end = edges.target[out]!;
      const goesOn = [...begun.flatMap((one) => advance(one, end)), ...startAt(out)];
      const target = goesOn.length > 0 || streets.isPassed(end) ? copyFor(out, goesOn) : end;
      edges.add({ ...edges.at(out), source: node, target, walk: Infinity });
    }
  }
  for (const { e, node } of redirected) {
    edges.add({ ...edges.at(e), target: node, walk: Infinity });
    edges.drive[e] = Infinity;
  }
  return Uint32Array.from(standsFor);
}

/** By the node behind the street from which a rule holds. Those that speak of nodes that are no part of the graph are left out. */
function rulesByStart(nodeIds: Float64Array, turns: readonly Turn[], waysFrom: (node: number) => number[]): Map<number, Rule[]> {
  const rules = new Map<number, Rule[]>();
  for (const [number, { rule, from, via, to }] of turns.entries()) {
    const path = via.map((id) => findSorted(nodeIds, id));
    if (path.some((node) => node < 0)) continue;
    // "Only that way" says nothing where that way is not part of the graph.
    const ways = rule === 'only' ? waysFrom(path.at(-1)!) : to;
    if (!to.some((way) => ways.includes(way))) continue;
    rules.set(path[0]!, [...(rules.get(path[0]!) ?? []), { number, rule, from, path, to }]);
  }
  return rules;
}

/** The edges over which one may go on. Who is not at a junction turns round only where there is no other way. */
function listOuts(streets: DrivenStreets, edges: EdgeList, { arrived, begun }: { arrived: number; begun: readonly Begun[] }): number[] {
  const here = edges.target[arrived]!;
  const allowed = streets.leaving(here).filter((out) => !begun.some((one) => forbids(one, edges, { arrived, out })));
  if (!streets.isPassed(here)) return allowed;
  const onward = allowed.filter((out) => edges.target[out] !== edges.source[arrived]);
  return onward.length > 0 ? onward : allowed;
}

/** What is left of a rule for whoever drives on to a node. */
function advance({ rule, step }: Begun, node: number): Begun[] {
  return step + 1 < rule.path.length && rule.path[step + 1] === node ? [{ rule, step: step + 1 }] : [];
}

/** Whether a rule keeps who has come over edge `arrived` from edge `out`. */
function forbids({ rule: { rule, path, to }, step }: Begun, edges: EdgeList, { arrived, out }: { arrived: number; out: number }): boolean {
  if (step < path.length - 1) return false;
  const isNamed = to.includes(edges.way[out]!);
  if (rule === 'only') return !isNamed;
  // "No U-turn" names one way twice: it is about going back, not about going on.
  return isNamed && (edges.way[out] !== edges.way[arrived] || edges.target[out] === edges.source[arrived]);
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
