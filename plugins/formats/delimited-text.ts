// Comma, semicolon, tab or bar separated text, as spreadsheets write it (RFC 4180) and as people repair it.
//   record = field (separator field)* (LF | CR LF)
//   field  = '"' (any | '""')* '"' | any text that does not begin with '"'
// A quote inside an unquoted field is text. A quote that is never closed is text too, and reported with its line.

export interface DelimitedRecord {
  cells: string[];
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** A quote that was opened on this line and never closed, or followed by more text. */
  quoteFault: boolean;
}

/** A quoted field longer than this is taken for a forgotten quote. */
const LONGEST_FIELD = 1 << 20;

export class DelimitedParser {
  #text = '';
  #line = 1;
  #separator: string;

  constructor(separator: string) {
    this.#separator = separator;
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
      let end = text.indexOf('\n', at);
      if (end < 0) {
        if (!last) break;
        end = text.length;
      }
      const quote = text.indexOf('"', at);
      if (quote < 0 || quote >= end) {
        const cells = text.slice(at, text[end - 1] === '\r' ? end - 1 : end).split(this.#separator);
        records.push({ cells, line: this.#line++, quoteFault: false });
        at = end + 1;
        continue;
      }
      const read = this.#readQuoted(text, at, last);
      if (!read) break;
      records.push({ cells: read.cells, line: this.#line, quoteFault: read.fault });
      this.#line += read.lines;
      at = read.end;
    }
    this.#text = text.slice(at);
    return records;
  }

  /** One record with quotes; null where its end has not come yet. */
  #readQuoted(text: string, start: number, last: boolean): { cells: string[]; end: number; lines: number; fault: boolean } | null {
    const cells: string[] = [];
    let at = start;
    let lines = 1;
    let fault = false;
    for (;;) {
      if (text[at] === '"') {
        const close = this.#findClose(text, at + 1);
        if (close < 0 && !last && text.length - at < LONGEST_FIELD) return null;
        if (close >= 0 && close - at < LONGEST_FIELD) {
          let value = text.slice(at + 1, close);
          for (let i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) lines++;
          if (value.includes('""')) value = value.replaceAll('""', '"');
          at = close + 1;
          const end = endOfField(text, at, this.#separator);
          const more = text.slice(at, end);
          if (more !== '' && more !== '\r') {
            fault = true;
            value += more.replace(/\r$/, '');
          }
          cells.push(value);
          at = end;
        } else {
          fault = true;
          const end = endOfField(text, at, this.#separator);
          cells.push(text.slice(at + 1, end).replace(/\r$/, ''));
          at = end;
        }
      } else {
        const end = endOfField(text, at, this.#separator);
        const whole = text.slice(at, end);
        cells.push(text[end] === this.#separator ? whole : whole.replace(/\r$/, ''));
        at = end;
      }
      if (at >= text.length) return last ? { cells, end: at, lines, fault } : null;
      if (text[at] === '\n') return { cells, end: at + 1, lines, fault };
      at++;
      if (at >= text.length) {
        if (!last) return null;
        cells.push('');
        return { cells, end: at, lines, fault };
      }
    }
  }

  #findClose(text: string, from: number): number {
    let at = text.indexOf('"', from);
    while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
    return at;
  }
}

function endOfField(text: string, from: number, separator: string): number {
  const next = text.indexOf(separator, from);
  const line = text.indexOf('\n', from);
  if (line >= 0 && (next < 0 || line < next)) return line;
  return next >= 0 ? next : text.length;
}

/** The separator that the first lines speak for: the one that cuts them most evenly. */
export function detectSeparator(head: string): string {
  let best = ',';
  let bestScore = 0;
  for (const separator of [',', '\t', ';', '|']) {
    const parser = new DelimitedParser(separator);
    const records = [...parser.push(head), ...(head.length < 65_536 ? parser.end() : [])].slice(0, 20);
    const width = records[0]?.cells.length ?? 1;
    const even = records.filter((record) => record.cells.length === width).length;
    const score = width < 2 ? 0 : width * (even / Math.max(1, records.length)) ** 2;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}
