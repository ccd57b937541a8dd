// The same person after a changed answer: only what hangs on it is evaluated again. Of a column of thresholds only those
// between the old cut and the new one change; from there the change runs upwards, group by group, and ends where a group
// keeps its value.

import type { KnownFacts } from '../intake/possibility.ts';
import { withComputedFacts } from './compute-facts.ts';
import { possibleOf } from './condition.ts';
import type { Decision } from './evaluate.ts';
import { EDGE, parentEdges, type Graph, type ParentEdges, type Run } from './graph.ts';
import { evaluateLeaf, factsOfLeaf } from './leaf.ts';
import { atLeastMask, MASK, negateMask, OP } from './mask.ts';
import { isMetBelow, writeCuts, type ThresholdColumn } from './thresholds.ts';

/** The decision on other facts, the rest of it being the same. Equals `evaluate` on them; the given decision stays as it is. */
export function reevaluate(decision: Decision, told: KnownFacts): Decision {
  const facts = withComputedFacts(decision.ruleSet.computed, told, decision.context);
  const { graph } = decision.ruleSet;
  const cuts = decision.cuts.slice();
  const masks = decision.masks.slice();
  const change = new Change(graph, masks);
  const readers = readersIn(graph);
  for (const fact of new Set([...decision.facts.keys(), ...facts.keys()])) {
    if (decision.facts.get(fact) === facts.get(fact)) continue;
    const { columns, singles } = readers.get(fact) ?? NOBODY;
    for (const i of columns) {
      const column = graph.thresholds[i]!;
      writeCuts(column, possibleOf(facts, fact), cuts, i);
      moveCuts(column, change, decision.cuts.subarray(2 * i, 2 * i + 2), cuts.subarray(2 * i, 2 * i + 2));
    }
    for (const node of singles) change.set(node, node + 1, evaluateLeaf(graph.leaves[node]!, facts, decision.context));
  }
  change.spread();
  return { ...decision, facts, masks, cuts };
}

/** Gives the conditions that another cut has passed their new values: whole stretches of one old and one new value. */
function moveCuts(column: ThresholdColumn, change: Change, old: Uint32Array, cuts: Uint32Array): void {
  const [below, above] = isMetBelow(column) ? [MASK.met, MASK.failed] : [MASK.failed, MASK.met];
  const ends = [old[0]!, old[1]!, cuts[0]!, cuts[1]!, column.bounds.length].sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    if (end > start) change.set(column.first + start, column.first + end, start < cuts[0]! ? below : start < cuts[1]! ? MASK.open : above);
    start = end;
  }
}

/** Values on their way up the graph. */
class Change {
  readonly #graph: Graph;
  readonly #masks: Uint16Array;
  readonly #edges: ParentEdges;
  /** One bit for each group that is to be evaluated again. */
  readonly #marked: Uint32Array;

  constructor(graph: Graph, masks: Uint16Array) {
    this.#graph = graph;
    this.#masks = masks;
    this.#edges = parentEdges(graph);
    this.#marked = new Uint32Array((graph.length >>> 5) + 1);
  }

  /** Gives nodes that have one value another one. @param end behind the last of them */
  set(start: number, end: number, after: number): void {
    const before = this.#masks[start]!;
    if (before === after) return;
    this.#masks.fill(after, start, end);
    this.#handUp(this.#edges.first[start]!, this.#edges.first[end]!, before, after);
  }

  /** Children stand before their parents, so one way through the marks in order is enough. */
  spread(): void {
    const { runs } = this.#graph;
    const { first, rows } = this.#edges;
    const masks = this.#masks;
    const marked = this.#marked;
    let place = 0;
    for (let word = 0; word < marked.length; word++) {
      // A node may mark one that stands in the same word, behind it.
      while (marked[word] !== 0) {
        const lowest = marked[word]! & -marked[word]!;
        marked[word]! ^= lowest;
        const node = (word << 5) + 31 - Math.clz32(lowest);
        while (node >= runs[place]!.first + runs[place]!.length) place++;
        const before = masks[node]!;
        const after = (masks[node] = groupMask(runs[place]!, node - runs[place]!.first, rows, masks));
        if (before !== after && first[node] !== first[node + 1]) this.#handUp(first[node]!, first[node + 1]!, before, after);
      }
    }
  }

  /**
   * Marks the groups that hold what changed, except those whose value stays or can be told at once. Take "all": of bits that a
   * part loses it loses those it has; bits that a part gains cannot count where others alone made the group fail, which is so
   * if this part had not failed. "Any" is the same turned round, "none" is "any" negated.
   */
  #handUp(from: number, to: number, before: number, after: number): void {
    const { parents } = this.#edges;
    const masks = this.#masks;
    const marked = this.#marked;
    const gained = after & ~before;
    const lost = before & ~after;
    const hadNotFailed = (before & SOME_WAY) === SOME_WAY;
    const wasNotMet = (before & EVERY_WAY) === 0;
    for (let at = from; at < to; at++) {
      const edge = parents[at]!;
      const group = edge >>> EDGE.bits;
      const mask = masks[group]!;
      let mayChange = true;
      if ((edge & EDGE.op) === OP.all) {
        if (gained !== 0) mayChange = !(hadNotFailed && (mask & SOME_WAY) === 0);
        else if ((edge & EDGE.top) === 0) mayChange = (mask & lost) !== 0;
        else {
          masks[group] = mask & after;
          mayChange = false;
        }
      } else if ((edge & EDGE.op) !== OP.atLeast) {
        const any = (edge & EDGE.op) === OP.none ? negateMask(mask) : mask;
        mayChange = lost !== 0 ? !(wasNotMet && (any & EVERY_WAY) === EVERY_WAY) : (gained & ~any) !== 0;
      }
      marked[group >>> 5]! |= (mayChange ? 1 : 0) << (group & 31);
    }
  }
}

/** The value of the i-th group of a run, from its own row of parts. */
function groupMask({ op, n, size, child }: Run, i: number, rows: Uint32Array, masks: Uint16Array): number {
  const start = child + i * size;
  const end = start + size;
  if (op === OP.atLeast)
    return atLeastMask(
      n,
      Array.from(rows.subarray(start, end), (part) => masks[part]!),
    );
  if (op === OP.all) {
    let all: number = MASK.met;
    for (let at = start; at < end && all !== MASK.failed; at++) all &= masks[rows[at]!]!;
    return all;
  }
  let any: number = MASK.failed;
  for (let at = start; at < end && any !== MASK.met; at++) any |= masks[rows[at]!]!;
  return op === OP.none ? negateMask(any) : any;
}

/** Set in all three groups of bits: it can be met in some way; none of them: it has failed. */
const SOME_WAY = 0x888;
/** Set in all three groups of bits: met whatever comes. */
const EVERY_WAY = 0x111;

/** What reads a fact: threshold columns by their place, and nodes of single conditions. */
interface Readers {
  columns: number[];
  singles: number[];
}

const NOBODY: Readers = { columns: [], singles: [] };

const known = new WeakMap<Graph, ReadonlyMap<string, Readers>>();

function readersIn(graph: Graph): ReadonlyMap<string, Readers> {
  const before = known.get(graph);
  if (before) return before;
  const byFact = new Map<string, Readers>();
  const of = (fact: string): Readers => {
    let readers = byFact.get(fact);
    if (!readers) byFact.set(fact, (readers = { columns: [], singles: [] }));
    return readers;
  };
  graph.thresholds.forEach(({ fact }, i) => of(fact).columns.push(i));
  for (let node = graph.firstSingle; node < graph.leaves.length; node++) {
    for (const fact of factsOfLeaf(graph.leaves[node]!)) of(fact).singles.push(node);
  }
  known.set(graph, byFact);
  return byFact;
}
