// One pass over all groups of the graph, run by run and column by column: short loops over typed arrays that hold nothing
// but loads, one bit operation and a store.

import type { Graph, Run } from './graph.ts';
import { atLeastMask, negateMask, OP } from './mask.ts';

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

function countAll({ n, size, first, length, child }: Run, children: Uint32Array, masks: Uint16Array): void {
  for (let i = 0; i < length; i++) {
    const parts: number[] = [];
    for (let j = 0; j < size; j++) parts.push(masks[children[child + j * length + i]!]!);
    masks[first + i] = atLeastMask(n, parts);
  }
}
