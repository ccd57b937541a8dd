// The best k of many, without keeping or sorting the many: a heap with the worst on top, in typed arrays.

/** Keeps the `most` largest keys of all that are offered. */
export class TopRows {
  readonly #most: number;
  readonly #before: (a: number, b: number) => boolean;
  #rows: Uint32Array;
  #keys: Float64Array;
  #length = 0;
  #least = -Infinity;

  /** @param before whether row a stands before row b where their keys are equal: a total order */
  constructor(most: number, before: (a: number, b: number) => boolean) {
    this.#most = most;
    this.#before = before;
    const room = Math.min(most, 64);
    this.#rows = new Uint32Array(room);
    this.#keys = new Float64Array(room);
  }

  /** Keys below this are not among the best any more. */
  get least(): number {
    return this.#least;
  }

  offer(row: number, key: number): void {
    if (key >= this.#least) this.#keep(row, key);
  }

  /** The rows, best first. Empties it. */
  take(): number[] {
    const best: number[] = new Array<number>(this.#length);
    while (this.#length > 0) {
      best[--this.#length] = this.#rows[0]!;
      this.#sink(0, this.#rows[this.#length]!, this.#keys[this.#length]!);
    }
    this.#least = -Infinity;
    return best;
  }

  #keep(row: number, key: number): void {
    if (this.#length < this.#most) {
      if (this.#length === this.#rows.length) this.#grow();
      this.#rise(this.#length++, row, key);
    } else if (this.#most > 0 && this.#better(row, key, 0)) this.#sink(0, row, key);
    if (this.#length === this.#most) this.#least = this.#most === 0 ? Infinity : this.#keys[0]!;
  }

  #better(row: number, key: number, than: number): boolean {
    const other = this.#keys[than]!;
    return key > other || (key === other && this.#before(row, this.#rows[than]!));
  }

  #rise(from: number, row: number, key: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#better(row, key, parent)) break;
      this.#put(at, this.#rows[parent]!, this.#keys[parent]!);
      at = parent;
    }
    this.#put(at, row, key);
  }

  #sink(from: number, row: number, key: number): void {
    let at = from;
    for (let child = 2 * at + 1; child < this.#length; child = 2 * at + 1) {
      if (child + 1 < this.#length && this.#better(this.#rows[child]!, this.#keys[child]!, child + 1)) child++;
      if (!this.#better(row, key, child)) break;
      this.#put(at, this.#rows[child]!, this.#keys[child]!);
      at = child;
    }
    this.#put(at, row, key);
  }

  #put(at: number, row: number, key: number): void {
    this.#rows[at] = row;
    this.#keys[at] = key;
  }

  #grow(): void {
    const room = Math.min(this.#most, this.#rows.length * 2);
    const [rows, keys] = [this.#rows, this.#keys];
    this.#rows = new Uint32Array(room);
    this.#keys = new Float64Array(room);
    this.#rows.set(rows);
    this.#keys.set(keys);
  }
}
