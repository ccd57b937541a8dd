// A priority queue of small integers by a numeric key: a binary heap on typed arrays, nothing allocated while it is used.

/** Smallest key first. The same item may be queued several times; the caller skips what is out of date. */
export class MinQueue {
  #items: Uint32Array;
  #keys: Float64Array;
  #size = 0;
  /** Key of the item that was popped last. */
  poppedKey = NaN;

  constructor(capacity: number) {
    this.#items = new Uint32Array(capacity);
    this.#keys = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  push(item: number, key: number): void {
    if (this.#size === this.#items.length) this.#grow();
    const items = this.#items;
    const keys = this.#keys;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((keys[parent] as number) <= key) break;
      items[at] = items[parent] as number;
      keys[at] = keys[parent] as number;
      at = parent;
    }
    items[at] = item;
    keys[at] = key;
  }

  /** The item with the smallest key; 0xffffffff where the queue is empty. */
  pop(): number {
    if (this.#size === 0) return 0xffffffff;
    const items = this.#items;
    const keys = this.#keys;
    const first = items[0] as number;
    this.poppedKey = keys[0] as number;
    const size = --this.#size;
    const item = items[size] as number;
    const key = keys[size] as number;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child++;
      if ((keys[child] as number) >= key) break;
      items[at] = items[child] as number;
      keys[at] = keys[child] as number;
      at = child;
    }
    items[at] = item;
    keys[at] = key;
    return first;
  }

  #grow(): void {
    const items = new Uint32Array(this.#items.length * 2 + 16);
    const keys = new Float64Array(items.length);
    items.set(this.#items);
    keys.set(this.#keys);
    this.#items = items;
    this.#keys = keys;
  }
}
