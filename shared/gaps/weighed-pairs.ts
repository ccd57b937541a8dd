// Pairs with their weights, visited block by block: the weights of tens of millions of pairs are never held at once, and
// those of a block stay in the processor's nearest memory while they are used.

import { weigh, type Decay } from './decay.ts';
import type { TravelPairs } from './pairs.ts';

/** Some cells that follow each other. The weight of pair p is `weights[p - offset]`; whoever is visited may change it. */
export interface WeighedBlock {
  readonly firstCell: number;
  /** One after the last cell. */
  readonly endCell: number;
  readonly offset: number;
  readonly weights: Float64Array;
}

const BLOCK_PAIRS = 4096;

/** Visits all cells in their order, each once. */
export function visitWeighed({ cells, firstPair, cost }: TravelPairs, decay: Decay, visit: (block: WeighedBlock) => void): void {
  let weights = new Float64Array(BLOCK_PAIRS);
  for (let cell = 0; cell < cells;) {
    const firstCell = cell++;
    const offset = firstPair[firstCell]!;
    while (cell < cells && firstPair[cell + 1]! - offset <= BLOCK_PAIRS) cell++;
    const count = firstPair[cell]! - offset;
    if (count > weights.length) weights = new Float64Array(count);
    weigh(decay, { cost, from: offset, to: offset + count, weights });
    visit({ firstCell, endCell: cell, offset, weights });
  }
}
