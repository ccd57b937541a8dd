// A set of row numbers as bits, with a coarse summary so that empty stretches are skipped at once.

/** Rows that one bit of the summary stands for: 32 words of 32 bits. */
const SUMMARY_SHIFT = 10;

/** A set of whole numbers in `0 … length − 1`. Whoever is handed one reads it; only its maker changes it. */
export class BitSet {
  readonly length: number;
  readonly words: Uint32Array;
  #summary: Uint8Array | null = null;
  #count = -1;

  constructor(length: number, words: Uint32Array = new Uint32Array((length + 31) >>> 5)) {
    this.length = length;
    this.words = words;
  }

  /** Every number below `length`. */
  static full(length: number): BitSet {
    const set = new BitSet(length);
    set.words.fill(0xffffffff);
    const rest = length & 31;
    if (rest > 0) set.words[set.words.length - 1] = (1 << rest) - 1;
    return set;
  }

  static of(length: number, members: Iterable<number>): BitSet {
    const set = new BitSet(length);
    for (const member of members) set.add(member);
    return set;
  }

  /** A copy, longer by zeros or cut off. */
  clone(length: number = this.length): BitSet {
    const copy = new BitSet(length);
    copy.words.set(this.words.subarray(0, copy.words.length));
    const rest = length & 31;
    if (length < this.length && rest > 0) copy.words[copy.words.length - 1]! &= (1 << rest) - 1;
    return copy;
  }

  has(member: number): boolean {
    return (this.words[member >>> 5]! & (1 << (member & 31))) !== 0;
  }

  add(member: number): void {
    this.words[member >>> 5]! |= 1 << (member & 31);
    this.#forget();
  }

  delete(member: number): void {
    this.words[member >>> 5]! &= ~(1 << (member & 31));
    this.#forget();
  }

  get size(): number {
    if (this.#count < 0) {
      let count = 0;
      for (const word of this.words) count += ones(word);
      this.#count = count;
    }
    return this.#count;
  }

  /** Whether any member lies in `from … to − 1`. Cheap on long stretches: it reads the summary first. */
  anyIn(from: number, to: number): boolean {
    if (from >= to) return false;
    const first = from >>> 5;
    const last = (to - 1) >>> 5;
    const head = this.words[first]! & (0xffffffff << (from & 31));
    const tail = 0xffffffff >>> (31 - ((to - 1) & 31));
    if (first === last) return (head & tail) !== 0;
    if (head !== 0 || (this.words[last]! & tail) !== 0) return true;
    const summary = (this.#summary ??= this.#summarize());
    for (let word = first + 1; word < last;) {
      if ((word & 31) === 0 && word + 32 <= last) {
        if (summary[word >>> 5] === 1) return true;
        word += 32;
      } else if (this.words[word++] !== 0) return true;
    }
    return false;
  }

  /** A new set of the members of both. */
  and(other: BitSet): BitSet {
    return this.#combine(other, (a, b) => a & b);
  }

  /** A new set of the members of either. */
  or(other: BitSet): BitSet {
    return this.#combine(other, (a, b) => a | b);
  }

  /** A new set of the members that `other` lacks. */
  andNot(other: BitSet): BitSet {
    return this.#combine(other, (a, b) => a & ~b);
  }

  forEach(visit: (member: number) => void): void {
    for (let index = 0; index < this.words.length; index++) {
      let word = this.words[index]!;
      while (word !== 0) {
        visit((index << 5) + 31 - Math.clz32(word & -word));
        word &= word - 1;
      }
    }
  }

  /** The members in rising order. */
  toArray(): Uint32Array {
    const members = new Uint32Array(this.size);
    let at = 0;
    this.forEach((member) => (members[at++] = member));
    return members;
  }

  #combine(other: BitSet, operation: (a: number, b: number) => number): BitSet {
    const result = new BitSet(this.length);
    const words = result.words;
    for (let i = 0; i < words.length; i++) words[i] = operation(this.words[i]!, other.words[i] ?? 0);
    return result;
  }

  #summarize(): Uint8Array {
    const summary = new Uint8Array((this.length >>> SUMMARY_SHIFT) + 1);
    for (let i = 0; i < this.words.length; i++) if (this.words[i] !== 0) summary[i >>> 5] = 1;
    return summary;
  }

  #forget(): void {
    this.#summary = null;
    this.#count = -1;
  }
}

function ones(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
