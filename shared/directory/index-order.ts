// The order in which the rows of a base, or of a slice, stand: a kd-tree that needs no memory of its own.

import KDBush from 'kdbush';
import type { Columns } from './index-columns.ts';
import { NODE_SIZE } from './index-nearest.ts';

/** `count` rows in the order of a kd-tree, those without a position behind; `order` holds numbers below `count`. */
export function kdOrder(columns: Columns, count: number, rowAt: (i: number) => number): { order: Uint32Array; sorted: number } {
  const order = new Uint32Array(count);
  const positioned: number[] = [];
  const rest: number[] = [];
  for (let i = 0; i < count; i++) (columns.hasPosition(rowAt(i)) ? positioned : rest).push(i);
  if (positioned.length > 0) {
    const tree = new KDBush(positioned.length, NODE_SIZE, Int32Array);
    for (const i of positioned) tree.add(columns.positions[rowAt(i) * 2]!, columns.positions[rowAt(i) * 2 + 1]!);
    tree.finish();
    for (let i = 0; i < tree.ids.length; i++) order[i] = positioned[tree.ids[i]!]!;
  }
  order.set(rest, positioned.length);
  return { order, sorted: positioned.length };
}
