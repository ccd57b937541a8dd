// The lines of a text file, each decoded by itself and only where it is wanted: most lines of most files are plain
// letters, which are quicker to read than a whole piece of the file with one accent in it.

import { Buffer, isUtf8 } from 'node:buffer';
import type { ImportFile, ReadIssue } from '../../shared/plugin-api/index.ts';
import { detectEncoding, westernIssue } from './encoding.ts';
import { PEEK, readText } from './text.ts';

export interface Line {
  /** Counted from 1, lines that hold nothing left out. */
  number: number;
  text: string;
}

export interface LineBatch {
  lines: Line[];
  issues: ReadIssue[];
}

const LF = 10;
const TAB = 9;
const CR = 13;
const SPACE = 32;

/** Lines of each piece of the file; where `file.rows` says which numbers are wanted, only these. */
export async function* readLines(file: ImportFile): AsyncIterable<LineBatch> {
  const pieces = file.bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let over = false;
  while (!over && head.length < PEEK) {
    const next = await pieces.next();
    if (next.done) over = true;
    else head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncIterable<Uint8Array> {
    yield head;
    if (!over) yield* { [Symbol.asyncIterator]: () => pieces };
  }
  const splitter = new LineSplitter(file);
  const { encoding, skip, issues } = detectEncoding(file.path, head);
  if (encoding !== 'utf-8') {
    for await (const piece of readText({ path: file.path, bytes: all() }))
      yield { lines: splitter.take(Buffer.from(piece.text.toWellFormed()), false), issues: piece.issues };
  } else {
    yield { lines: splitter.take(head.subarray(skip), false), issues: [...issues, ...splitter.takeIssues()] };
    while (!over) {
      const next = await pieces.next();
      if (next.done) over = true;
      else yield { lines: splitter.take(next.value, false), issues: splitter.takeIssues() };
    }
  }
  yield { lines: splitter.take(Buffer.alloc(0), true), issues: splitter.takeIssues() };
}

class LineSplitter {
  #file: ImportFile;
  /** Pieces of a line that has not ended yet, put together once: a file may be one line of many megabytes. */
  #held: Buffer[] = [];
  #number = 0;
  #western = new TextDecoder('windows-1252');
  #told = false;
  #issues: ReadIssue[] = [];

  constructor(file: ImportFile) {
    this.#file = file;
  }

  /** @param last whether what has no line break at its end is a line too */
  take(bytes: Uint8Array, last: boolean): Line[] {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const lines: Line[] = [];
    if (!last && piece.indexOf(LF) < 0) {
      this.#held.push(piece);
      return lines;
    }
    const whole = this.#held.length > 0 ? Buffer.concat([...this.#held, piece]) : piece;
    let at = 0;
    for (let end = whole.indexOf(LF); end >= 0; end = whole.indexOf(LF, at)) {
      this.#add(lines, whole, { at, end });
      at = end + 1;
    }
    if (last) this.#add(lines, whole, { at, end: whole.length });
    this.#held = at < whole.length ? [Buffer.from(whole.subarray(at))] : [];
    return lines;
  }

  takeIssues(): ReadIssue[] {
    return this.#issues.splice(0);
  }

  #add(lines: Line[], whole: Buffer, { at, end }: { at: number; end: number }): void {
    if (isBlank(whole, at, end)) return;
    this.#number++;
    if (this.#file.rows && !this.#file.rows.has(this.#number)) return;
    let text = whole.toString('utf8', at, end);
    if (text.includes('\ufffd') && !isUtf8(whole.subarray(at, end))) {
      text = this.#western.decode(whole.subarray(at, end));
      if (!this.#told) {
        this.#told = true;
        this.#issues.push(westernIssue(this.#file.path, this.#number, text));
      }
    }
    lines.push({ number: this.#number, text });
  }
}

/** Spaces, tabs and breaks only: other control characters are no blank line but a damaged one. */
function isBlank(bytes: Buffer, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte !== SPACE && (byte < TAB || byte > CR)) return false;
  }
  return true;
}
