// Hash-consing on integers: equal tuples get one number, counted from zero in the order in which they first came.

/** Open addressing; a slot holds a tuple's number plus one, zero: free. At most half of the slots are taken. */
export class TupleTable {
  #length = 0;
  #values = new Int32Array(4096);
  /** Where each tuple begins in the values; one more than there are tuples. */
  #start = new Uint32Array(1025);
  #hashes = new Int32Array(1024);
  #slots = new Int32Array(2048);

  get length(): number {
    return this.#length;
  }

  /** The number of the tuple that stands at `from … to - 1` of a list; of a new one it is the length before. */
  intern(list: readonly number[], from: number, to: number): number {
    let hash = to - from;
    for (let i = from; i < to; i++) {
      hash = Math.imul(hash ^ list[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const last = this.#slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return this.#add(list, from, to, hash, slot);
      if (this.#hashes[number] === hash && this.#equals(number, list, from, to)) return number;
    }
  }

  /** How many values the tuple has. */
  sizeOf(number: number): number {
    return this.#start[number + 1]! - this.#start[number]!;
  }

  at(number: number, place: number): number {
    return this.#values[this.#start[number]! + place]!;
  }

  #equals(number: number, list: readonly number[], from: number, to: number): boolean {
    const start = this.#start[number]!;
    if (this.#start[number + 1]! - start !== to - from) return false;
    for (let i = from; i < to; i++) if (this.#values[start + i - from] !== list[i]) return false;
    return true;
  }

  #add(list: readonly number[], from: number, to: number, hash: number, slot: number): number {
    const number = this.#length++;
    const start = this.#start[number]!;
    const end = start + to - from;
    if (end > this.#values.length) this.#values = widened(this.#values, end);
    for (let i = from; i < to; i++) this.#values[start + i - from] = list[i]!;
    this.#start[number + 1] = end;
    this.#hashes[number] = hash;
    this.#slots[slot] = number + 1;
    if (this.#length === this.#hashes.length) this.#widen();
    return number;
  }

  #widen(): void {
    this.#hashes = widened(this.#hashes, 0);
    const start = new Uint32Array(this.#hashes.length + 1);
    start.set(this.#start);
    this.#start = start;
    this.#slots = new Int32Array(this.#hashes.length * 2);
    const last = this.#slots.length - 1;
    for (let number = 0; number < this.#length; number++) {
      let slot = this.#hashes[number]! & last;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
      this.#slots[slot] = number + 1;
    }
  }
}

function widened(values: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(Math.max(least, values.length * 2));
  wider.set(values);
  return wider;
}
