// From the id of a resource to its row: a table beside the columns, two thirds full.

import type { BitSet } from './bit-set.ts';
import type { Columns } from './index-columns.ts';

/** Rows of a base by id: open addressing, row + 1 in each slot, two thirds full. */
export class IdTable {
  #columns: Columns;
  #slots: Uint32Array;

  /** Of two rows with one id one is marked dead. */
  constructor(columns: Columns, dead: BitSet) {
    this.#columns = columns;
    const size = Math.ceil(columns.rows * 1.5) + 1;
    this.#slots = new Uint32Array(size);
    const { strings, arrays } = columns;
    for (let row = 0; row < columns.rows; row++) {
      const place = arrays.id[row]!;
      let slot = strings.hashAt(place) % size;
      for (; this.#slots[slot] !== 0; slot = (slot + 1) % size) {
        const other = this.#slots[slot]! - 1;
        if (!strings.equal(arrays.id[other]!, place)) continue;
        dead.add(other);
        break;
      }
      this.#slots[slot] = row + 1;
    }
  }

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  find(id: string): number | undefined {
    const { strings, arrays } = this.#columns;
    const size = this.#slots.length;
    let slot = strings.hashOf(id) % size;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) % size) {
      const row = this.#slots[slot]! - 1;
      if (strings.text(arrays.id[row]!) === id) return row;
    }
    return undefined;
  }
}
