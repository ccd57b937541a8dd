// Words that are near to a typed one in spelling. The words of an index stand here by length, each with a signature of
// its letters, so that nearly all are passed over by one look at a number: eight bytes a word, and no list of mistakes.

/** Letters that may be wrong, missing, too many or swapped: none below four letters, two from eight on. Numbers have none. */
export function allowedEdits(typed: string): number {
  const { length } = singleUnits(typed);
  if (length < 4 || /^\d+$/.test(typed)) return 0;
  return length < 8 ? 1 : 2;
}

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;
const PRIVATE_USE = { first: 0xe000, count: 6400 };

/**
 * Each letter as one unit, so that a letter beyond the first 65,536 code points is one edit as any other: it stands as one
 * for private use, which now and then is that of another letter.
 */
function singleUnits(word: string): string {
  return word.replace(SURROGATE_PAIR, (pair) => String.fromCharCode(PRIVATE_USE.first + (pair.codePointAt(0)! % PRIVATE_USE.count)));
}

export interface SimilarWord {
  word: number;
  edits: number;
  /** The typed letters only begin the word. */
  begun: boolean;
}

const LONGEST = 64;
/** Fewer typed letters, one of them wrong, begin too many words. */
const BEGUN_LETTERS = 5;

export class Spelling {
  readonly #words: readonly string[];
  /** Words by length; those of length n begin at `#starts[n]`. */
  readonly #order: Uint32Array;
  readonly #signatures: Uint32Array;
  readonly #starts: Uint32Array;

  constructor(words: readonly string[]) {
    this.#words = words.map(singleUnits);
    const starts = new Uint32Array(LONGEST + 2);
    for (const word of this.#words) starts[lengthOf(word) + 1]!++;
    for (let length = 1; length < starts.length; length++) starts[length]! += starts[length - 1]!;
    this.#order = new Uint32Array(words.length);
    this.#signatures = new Uint32Array(words.length);
    const next = starts.slice();
    this.#words.forEach((word, number) => {
      const at = next[lengthOf(word)]!++;
      this.#order[at] = number;
      this.#signatures[at] = signatureOf(word);
    });
    this.#starts = starts;
  }

  get byteLength(): number {
    return this.#order.byteLength + this.#signatures.byteLength + this.#starts.byteLength;
  }

  /** Whole words within the allowed edits, and longer ones with the same first letter that begin so. */
  visitSimilar(text: string, visit: (similar: SimilarWord) => void): void {
    const typed = singleUnits(text);
    const allowed = allowedEdits(typed);
    if (allowed === 0 || typed.length > LONGEST) return;
    const wanted = signatureOf(typed);
    const [order, signatures] = [this.#order, this.#signatures];
    const whole = this.#behind(typed.length + allowed);
    for (let at = this.#behind(typed.length - allowed - 1); at < whole; at++) {
      const signature = signatures[at]!;
      // An edit takes at most one letter out of the signature and puts one in.
      if (hasMore(signature & ~wanted, allowed) || hasMore(wanted & ~signature, allowed)) continue;
      const word = order[at]!;
      const edits = boundedEdits(typed, this.#words[word]!, allowed);
      if (edits <= allowed) visit({ word, edits, begun: false });
    }
    if (typed.length < BEGUN_LETTERS) return;
    const initial = typed.charCodeAt(0);
    for (let at = this.#behind(Math.min(typed.length, LONGEST - 1)); at < order.length; at++) {
      if (hasMore(wanted & ~signatures[at]!, allowed)) continue;
      const word = order[at]!;
      if (this.#words[word]!.charCodeAt(0) !== initial) continue;
      const edits = begunEdits(typed, this.#words[word]!, allowed);
      if (edits <= allowed) visit({ word, edits, begun: true });
    }
  }

  /** Where the words that are longer than this begin. */
  #behind(length: number): number {
    return this.#starts[Math.min(length, LONGEST) + 1]!;
  }
}

let [beforeLast, last, row] = [new Uint8Array(LONGEST + 4), new Uint8Array(LONGEST + 4), new Uint8Array(LONGEST + 4)];

/**
 * Insertions, deletions, changes and swaps of neighbours between two words (optimal string alignment); above `most` it
 * is `most + 1`.
 */
export function boundedEdits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || b.length > LONGEST) return most + 1;
  return fillRows(a, b, most) ? Math.min(last[b.length]!, most + 1) : most + 1;
}

/** The least edits by which `typed` becomes a beginning of `word`. */
function begunEdits(typed: string, word: string, most: number): number {
  const length = Math.min(word.length, typed.length + most);
  const beginning = word.slice(0, length);
  if (!fillRows(typed, beginning, most)) return most + 1;
  let least = most + 1;
  for (let end = Math.max(0, typed.length - most); end <= length; end++) least = Math.min(least, last[end]!);
  return least;
}

/** Leaves in `last` the edits from `a` to each beginning of `b`; false once all are above `most`. */
function fillRows(a: string, b: string, most: number): boolean {
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1);
    // Only what lies within `most` of the diagonal can count.
    const from = Math.max(1, i - most);
    const to = Math.min(b.length, i + most);
    let least = (row[from - 1] = from === 1 ? i : most + 1);
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(j - 1);
      const above = j < i + most ? last[j]! + 1 : most + 1;
      let best = Math.min(above, row[j - 1]! + 1, last[j - 1]! + (code === other ? 0 : 1));
      if (i > 1 && j > 1 && code === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) best = Math.min(best, beforeLast[j - 2]! + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    if (least > most) return false;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return true;
}

function lengthOf(word: string): number {
  return Math.min(word.length, LONGEST);
}

/** Which letters occur, hashed to 32 bits. */
function signatureOf(word: string): number {
  let signature = 0;
  for (let i = 0; i < word.length; i++) signature |= 1 << (word.charCodeAt(i) & 31);
  return signature;
}

/** Whether more than one bit is set, or more than two. */
function hasMore(bits: number, allowed: number): boolean {
  const rest = bits & (bits - 1);
  return (allowed === 1 ? rest : rest & (rest - 1)) !== 0;
}
