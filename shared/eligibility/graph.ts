// All rules of a directory as one graph. Equal conditions are one node, equal groups are one node, however many rules hold
// them. Nodes are numbered so that one pass over typed arrays evaluates everything once:
//
//   0                   the rule of services that state none
//   thresholds          conditions on a number, column by column, ascending within each (thresholds.ts)
//   single conditions   words, lists, areas, members, tables, what staff decide
//   groups              children before parents; those of one kind and size stand together (a run)

import type { Condition } from './condition.ts';
import type { Op } from './mask.ts';
import type { ThresholdColumn } from './thresholds.ts';

/** The node whose value is "not stated". */
export const NOT_STATED_NODE = 0;

export type Leaf =
  | { kind: 'test'; condition: Condition }
  | { kind: 'staff' }
  | { kind: 'serviceArea' }
  | { kind: 'notStated' }
  /** At least `n` members of whom `where` holds; `every`: all of them. */
  | { kind: 'members'; fact: string; quantifier: 'some' | 'every' | 'atLeast'; n: number; where: MemberTree };

/** The tree under `where`, evaluated member by member. */
export type MemberTree =
  { kind: 'test'; condition: Condition } | { kind: 'staff' } | { kind: 'group'; op: Op; n: number; children: MemberTree[] };

/** Groups of one kind and size. They are nodes `first … first + length - 1`. */
export interface Run {
  op: Op;
  /** Of `atLeast`: how many. */
  n: number;
  /** Children of each. */
  size: number;
  first: number;
  length: number;
  /** Column after column: child j of the i-th group is `children[child + j * length + i]`. */
  child: number;
}

/** The graph in columns. */
export interface Graph {
  /** Nodes, conditions and groups. */
  readonly length: number;
  /** By node: what a condition is. Groups come behind them. */
  readonly leaves: readonly Leaf[];
  readonly thresholds: readonly ThresholdColumn[];
  /** Node of the first condition that stands in no column; those up to the last leaf are single. */
  readonly firstSingle: number;
  readonly runs: readonly Run[];
  readonly children: Uint32Array;
}

/** From each node to the groups that hold it. */
export interface ParentEdges {
  /** Those of node i are `parents[first[i] .. first[i + 1]]`. */
  first: Uint32Array;
  /** Node of the group and, in the lowest bits ({@link EDGE}), what kind it is. */
  parents: Uint32Array;
  /** The graph's children group by group: those of the i-th of a run begin at `child + i * size`. */
  rows: Uint32Array;
}

/** `top`: no group holds this one. */
export const EDGE = { bits: 4, op: 7, top: 8 } as const;

const edgesOf = new WeakMap<Graph, ParentEdges>();

/** Worked out when it is first asked for: whoever decides once has no use for it. */
export function parentEdges(graph: Graph): ParentEdges {
  let edges = edgesOf.get(graph);
  if (!edges) edgesOf.set(graph, (edges = turnRound(graph)));
  return edges;
}

function turnRound({ length, runs, children }: Graph): ParentEdges {
  const first = new Uint32Array(length + 1);
  for (const child of children) first[child + 1]!++;
  for (let node = 0; node < length; node++) first[node + 1]! += first[node]!;
  const next = first.slice();
  const kindOf = (group: number, op: Op): number => op | (first[group] === first[group + 1] ? EDGE.top : 0);
  const parents = new Uint32Array(children.length);
  const rows = new Uint32Array(children.length);
  for (const { op, first: firstNode, length: groups, size, child } of runs) {
    for (let i = 0; i < groups; i++) {
      const kind = kindOf(firstNode + i, op);
      for (let j = 0; j < size; j++) {
        const part = children[child + j * groups + i]!;
        parents[next[part]!++] = ((firstNode + i) << EDGE.bits) | kind;
        rows[child + i * size + j] = part;
      }
    }
  }
  return { first, parents, rows };
}
