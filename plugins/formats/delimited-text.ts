// Comma, semicolon, tab or bar separated text that streams in: Papa Parse reads it block by block, and what it finds
// wrong with a record's quotes is told and mended here. A quote that is opened and never closed costs its own line
// alone: that line is read again with its quotes as text, and reading goes on after it.

import Papa from 'papaparse';

export interface DelimitedRecord {
  cells: string[];
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** A quote that was opened on this line and never closed, or followed by more text. */
  quoteFault: boolean;
}

export interface Dialect {
  separator: string;
  /** `\n` stands for CR LF too, since files mix the two. */
  lineBreak: '\n' | '\r';
}

/** A quoted field longer than this is taken for a forgotten quote. */
const LONGEST_FIELD = 1 << 20;

/** Characters at the head of a file that tell its dialect. */
export const HEAD = 1 << 16;

/** Characters that are read at once: few after a fault, since all that follows the faulty line is read again. */
const LARGEST_BLOCK = LONGEST_FIELD;
const SMALLEST_BLOCK = 1 << 10;

/** How far a block was read, and why it was not read further. */
interface BlockEnd {
  end: number;
  stoppedBy: 'nothing' | 'open quote' | 'fault';
}

export class DelimitedParser {
  #text = '';
  #line = 1;
  #blockSize = LARGEST_BLOCK;
  #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Adds text and gives the records that are complete. */
  push(text: string): DelimitedRecord[] {
    this.#text += text;
    return this.#take(false);
  }

  /** Gives the last records. */
  end(): DelimitedRecord[] {
    return this.#take(true);
  }

  #take(last: boolean): DelimitedRecord[] {
    const records: DelimitedRecord[] = [];
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const end = this.#findBlockEnd(at, last);
      if (end < 0) break;
      const read = this.#readBlock(text.slice(at, end), records);
      at += read.end;
      if (read.stoppedBy === 'open quote' && text.length - at < LONGEST_FIELD) {
        if (end < text.length && this.#blockSize < text.length) {
          this.#blockSize *= 2;
          continue;
        }
        if (!last) break;
      }
      if (read.stoppedBy === 'nothing') this.#blockSize = Math.min(this.#blockSize * 2, LARGEST_BLOCK);
      else {
        at += this.#readLineAsText(at, records);
        this.#blockSize = SMALLEST_BLOCK;
      }
    }
    this.#text = text.slice(at);
    return records;
  }

  /** Where the block from `at` ends: behind a line break, or at the end of the file; below 0 where neither has come yet. */
  #findBlockEnd(at: number, last: boolean): number {
    const { lineBreak } = this.#dialect;
    const wanted = at + this.#blockSize;
    if (wanted >= this.#text.length && last) return this.#text.length;
    const before = this.#text.lastIndexOf(lineBreak, wanted);
    if (before >= at) return before + 1;
    const after = this.#text.indexOf(lineBreak, wanted);
    if (after >= 0) return after + 1;
    return last ? this.#text.length : -1;
  }

  /** Adds the records of a block of whole lines, up to the first whose quotes do not add up. */
  #readBlock(block: string, records: DelimitedRecord[]): BlockEnd {
    const { separator, lineBreak } = this.#dialect;
    // Papa Parse leaves a byte order mark out and does not count it.
    const skipped = block.startsWith('\ufeff') ? 1 : 0;
    const read: BlockEnd = { end: skipped, stoppedBy: 'nothing' };
    Papa.parse<string[]>(block, {
      delimiter: separator,
      newline: lineBreak,
      step: ({ data: cells, errors, meta }, parser) => {
        const start = read.end;
        // What follows the last line break is no record.
        if (start === block.length || read.stoppedBy !== 'nothing') return;
        const end = meta.cursor + skipped;
        const lines = countLines(block, { start, end, lineBreak });
        const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
        if (isOpen || (errors.length > 0 && lines > 1)) {
          read.stoppedBy = isOpen && errors.length === 1 ? 'open quote' : 'fault';
          parser.abort();
          return;
        }
        if (lineBreak === '\n') dropCarriageReturn(cells, block, end);
        records.push({ cells, line: this.#line, quoteFault: errors.length > 0 });
        this.#line += lines;
        read.end = end;
      },
    });
    return read;
  }

  /** Reads one line with its quotes as text and gives its length. */
  #readLineAsText(at: number, records: DelimitedRecord[]): number {
    const { separator, lineBreak } = this.#dialect;
    const found = this.#text.indexOf(lineBreak, at);
    const end = found < 0 ? this.#text.length : found + 1;
    const line = this.#text.slice(at, found < 0 ? end : found).replace(/\r$/, '');
    const [cells = []] = Papa.parse<string[]>(line, { delimiter: separator, newline: lineBreak, fastMode: true }).data;
    records.push({ cells: cells.map(dropOuterQuotes), line: this.#line++, quoteFault: true });
    return end - at;
  }
}

function countLines(text: string, { start, end, lineBreak }: { start: number; end: number; lineBreak: string }): number {
  let lines = 1;
  for (let at = text.indexOf(lineBreak, start); at >= 0 && at < end - 1; at = text.indexOf(lineBreak, at + 1)) lines++;
  return lines;
}

/** In a file with CR LF the last cell holds the CR, unless it is quoted. */
function dropCarriageReturn(cells: string[], text: string, end: number): void {
  const lineEnd = text[end - 1] === '\n' ? end - 1 : end;
  const last = cells.length - 1;
  if (text[lineEnd - 1] === '\r' && !text.startsWith('\r"', lineEnd - 3)) cells[last] = (cells[last] ?? '').replace(/\r$/, '');
}

/** `"x"` and `"x` → `x`, `"x"y` → `xy`. */
function dropOuterQuotes(cell: string): string {
  return cell.replace(/^"([^"]*)"?/, '$1');
}

/** The width that most records have, and how many have it; the first one's where two are as common. */
export function usualWidth(records: readonly DelimitedRecord[]): { width: number; even: number } {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, even] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [1, 0]);
  return { width, even };
}

/** A first line with which Excel is told the separator. */
export const TOLD_SEPARATOR = /^\ufeff?sep=(.)[ \t]*(?=[\r\n])/i;

/** The separator that the first lines speak for, which is the one that cuts them most evenly, and their line break. */
export function detectDialect(head: string): Dialect {
  const { linebreak } = Papa.parse(head, { preview: 1, delimiter: ',' }).meta;
  const lineBreak = linebreak === '\r' ? '\r' : '\n';
  const told = TOLD_SEPARATOR.exec(head)?.[1];
  if (told) return { separator: told, lineBreak };
  let best = ',';
  let bestScore = 0;
  for (const separator of [',', '\t', ';', '|']) {
    const parser = new DelimitedParser({ separator, lineBreak });
    const records = [...parser.push(head), ...(head.length < HEAD ? parser.end() : [])].slice(0, 20);
    const { width, even } = usualWidth(records);
    const score = width < 2 ? 0 : width * (even / Math.max(1, records.length)) ** 2;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return { separator: best, lineBreak };
}
