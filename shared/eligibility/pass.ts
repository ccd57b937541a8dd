// One pass over all groups of the graph, run by run and column by column: short loops over typed arrays that hold nothing
// but loads, one bit operation and a store.

import type { Graph, Run } from './graph.ts';
import { atLeastMask, MASK, negateMask, OP } from './mask.ts';

/** Fills in the values of all groups; those of the conditions stand there already. */
export function passGroups({ runs, children }: Graph, masks: Uint16Array): void {
  for (const run of runs) {
    if (run.op === OP.all) joinAll(run, children, masks);
    else if (run.op === OP.atLeast) countAll(run, children, masks);
    else joinAny(run, children, masks);
    if (run.op === OP.none) for (let node = run.first; node < run.first + run.length; node++) masks[node] = negateMask(masks[node]!);
  }
}

function joinAll({ size, first, length, child }: Run, children: Uint32Array, masks: Uint16Array): void {
  for (let i = 0; i < length; i++) masks[first + i] = masks[children[child + i]!]!;
  for (let j = 1; j < size; j++) {
    const column = child + j * length;
    for (let i = 0; i < length; i++) masks[first + i]! &= masks[children[column + i]!]!;
  }
}

function joinAny({ size, first, length, child }: Run, children: Uint32Array, masks: Uint16Array): void {
  for (let i = 0; i < length; i++) masks[first + i] = masks[children[child + i]!]!;
  for (let j = 1; j < size; j++) {
    const column = child + j * length;
    for (let i = 0; i < length; i++) masks[first + i]! |= masks[children[column + i]!]!;
  }
}

function countAll(run: Run, children: Uint32Array, masks: Uint16Array): void {
  for (let i = 0; i < run.length; i++) masks[run.first + i] = groupMask(run, i, children, masks);
}

/** The value of the i-th group of a run alone. */
export function groupMask(run: Run, i: number, children: Uint32Array, masks: Uint16Array): number {
  const { op, n, size, length, child } = run;
  const end = child + size * length + i;
  if (op === OP.atLeast) {
    const parts: number[] = [];
    for (let at = child + i; at < end; at += length) parts.push(masks[children[at]!]!);
    return atLeastMask(n, parts);
  }
  if (op === OP.all) {
    let all: number = MASK.met;
    for (let at = child + i; at < end && all !== MASK.failed; at += length) all &= masks[children[at]!]!;
    return all;
  }
  let any: number = MASK.failed;
  for (let at = child + i; at < end && any !== MASK.met; at += length) any |= masks[children[at]!]!;
  return op === OP.none ? negateMask(any) : any;
}
