// Numbers interned rules as the graph wants its nodes: thresholds in columns, then single conditions, then groups in runs.

import { NOT_STATED_NODE, type Graph, type Leaf, type Run } from './graph.ts';
import type { Op } from './mask.ts';
import { COMPARISONS } from './rule.ts';
import { findNumberComparison, type ThresholdColumn } from './thresholds.ts';
import { TupleTable } from './tuple-table.ts';

/** First value of a condition's tuple; of a group's it is its op. */
export const TUPLE = {
  /** Fact, comparison, what is compared with. */
  test: 5,
  /** A text that says it all. */
  members: 6,
  staff: 7,
  serviceArea: 8,
  notStated: 9,
} as const;

/** Tuples and what they stand for. */
export interface InternedRules {
  tuples: TupleTable;
  /** By tuple; the others are groups. */
  leaves: ReadonlyMap<number, Leaf>;
  /** Texts, numbers, yes and no by the number that tuples have for them. */
  values: readonly (string | number | boolean)[];
  /** Tuples of all conditions as they were written, rule after rule, in reading order. */
  written: Uint32Array;
}

export interface NumberedGraph {
  graph: Graph;
  /** By tuple. */
  nodeOf: Uint32Array;
  /** Nodes of all conditions as they were written, rule after rule, in reading order. */
  written: Uint32Array;
}

export function numberNodes(rules: InternedRules): NumberedGraph {
  const nodeOf = new Uint32Array(rules.tuples.length);
  const { columns, singles, runs } = partTuples(rules);
  let next = NOT_STATED_NODE + 1;
  const thresholds = columns.map((column) => {
    const first = next;
    const boundOf = (tuple: number): number => rules.values[rules.tuples.at(tuple, 3)] as number;
    column.sort((a, b) => boundOf(a) - boundOf(b));
    for (const tuple of column) nodeOf[tuple] = next++;
    return toColumn(rules.leaves.get(column[0]!)!, first, Float64Array.from(column, boundOf));
  });
  const firstSingle = next;
  for (const tuple of singles) nodeOf[tuple] = next++;
  const leaves = new Array<Leaf>(next);
  for (const [tuple, leaf] of rules.leaves) leaves[nodeOf[tuple]!] = leaf;
  for (const run of runs) for (const tuple of run) nodeOf[tuple] = next++;
  const written = new Uint32Array(rules.written.length);
  for (let i = 0; i < written.length; i++) written[i] = nodeOf[rules.written[i]!]!;
  return { graph: { length: next, leaves, thresholds, firstSingle, ...toRuns(runs, rules.tuples, nodeOf) }, nodeOf, written };
}

interface Parted {
  /** Thresholds by fact and comparison. */
  columns: number[][];
  singles: number[];
  /** Groups of one level, kind and size, the lowest level first. */
  runs: number[][];
}

function partTuples({ tuples, values }: InternedRules): Parted {
  const columns = new Buckets();
  const singles: number[] = [];
  const runs = new Buckets();
  const key: number[] = [];
  // A group stands one level above the highest of its children, which come before it.
  const levels = new Uint16Array(tuples.length);
  for (let tuple = NOT_STATED_NODE + 1; tuple < tuples.length; tuple++) {
    const kind = tuples.at(tuple, 0);
    if (kind < TUPLE.test) {
      const size = tuples.sizeOf(tuple);
      let level = 0;
      for (let place = 2; place < size; place++) level = Math.max(level, levels[tuples.at(tuple, place)]!);
      levels[tuple] = ++level;
      key[0] = level;
      key[1] = kind;
      key[2] = tuples.at(tuple, 1);
      key[3] = size;
      runs.add(tuple, key);
    } else if (kind === TUPLE.test && isThreshold(tuples.at(tuple, 2), values[tuples.at(tuple, 3)]))
      columns.add(tuple, [tuples.at(tuple, 1), tuples.at(tuple, 2)]);
    else singles.push(tuple);
  }
  const byLevel = (a: number[], b: number[]): number => levels[a[0]!]! - levels[b[0]!]!;
  return { columns: columns.lists, singles, runs: runs.lists.sort(byLevel) };
}

/** Lists of tuples by a key of several integers. */
class Buckets {
  readonly lists: number[][] = [];
  readonly #keys = new TupleTable();

  add(tuple: number, key: readonly number[]): void {
    const place = this.#keys.intern(key, 0, key.length);
    if (place === this.lists.length) this.lists.push([]);
    this.lists[place]!.push(tuple);
  }
}

function isThreshold(comparison: number, bound: unknown): boolean {
  return findNumberComparison(COMPARISONS[comparison]!) !== undefined && typeof bound === 'number' && !Number.isNaN(bound);
}

function toColumn(leaf: Leaf, first: number, bounds: Float64Array): ThresholdColumn {
  if (leaf.kind !== 'test') throw new Error(`No threshold: ${leaf.kind}.`);
  const { fact, comparison, unknown } = leaf.condition;
  return { fact, comparison: findNumberComparison(comparison)!, unknown, first, bounds };
}

function toRuns(lists: readonly number[][], tuples: TupleTable, nodeOf: Uint32Array): Pick<Graph, 'runs' | 'children'> {
  const sizeOf = (list: readonly number[]): number => tuples.sizeOf(list[0]!) - 2;
  const children = new Uint32Array(lists.reduce((sum, list) => sum + list.length * sizeOf(list), 0));
  let child = 0;
  const runs = lists.map((list): Run => {
    const [first] = list as [number];
    const size = sizeOf(list);
    const run = { op: tuples.at(first, 0) as Op, n: tuples.at(first, 1), size, first: nodeOf[first]!, length: list.length, child };
    for (let place = 2; place < size + 2; place++) for (const tuple of list) children[child++] = nodeOf[tuples.at(tuple, place)]!;
    return run;
  });
  return { runs, children };
}
