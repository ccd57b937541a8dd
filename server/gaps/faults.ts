// What is wrong in a file, by row and column: a few of them in words, so that they can be mended together.

import { Problem } from '#shared/platform/problems.ts';

const SHOWN = 8;

/** What the rows of a file are called, and what stands in them. */
const WORDS = { table: ['row', 'column'], features: ['feature', 'property'] } as const;

export class Faults {
  readonly #file: string;
  readonly #words: readonly [string, string];
  #said: string[] = [];

  constructor(file: string, kind: keyof typeof WORDS = 'table') {
    this.#file = file;
    this.#words = WORDS[kind];
  }

  /** Throws once there are enough of them. */
  add(row: number, column: string, message: string): void {
    const [rowWord, columnWord] = this.#words;
    this.#said.push(`${this.#file}, ${rowWord} ${row}, ${columnWord} ${column}: ${message}`);
    if (this.#said.length > SHOWN) this.#throw([...this.#said.slice(0, SHOWN), 'There may be more.']);
  }

  throwIfAny(): void {
    if (this.#said.length > 0) this.#throw(this.#said);
  }

  #throw(lines: readonly string[]): never {
    throw new Problem('bad_request', `${this.#file} was not used.\n${lines.join('\n')}`);
  }
}

/** Where the named columns stand. Throws a Problem that names those that there are. */
export function findColumns(file: string, header: readonly string[], names: readonly string[]): number[] {
  const places = names.map((name) => header.indexOf(name));
  const missing = names.filter((_, i) => places[i]! < 0);
  const twice = names.find((name, i) => places[i]! >= 0 && header.lastIndexOf(name) !== places[i]);
  if (twice !== undefined)
    throw new Problem('bad_request', `${file} has more than one column "${twice}". Leave one of them, or give the other another name.`);
  if (missing.length === 0) return places;
  const said = missing.map((name) => `"${name}"`).join(', ');
  throw new Problem('bad_request', `${file} has no column ${said}. It has: ${header.join(', ')}. Name it in the request, or in the file.`);
}

/** Letters and signs that stand in no number that people write: 0x10 would be sixteen. */
const NO_DIGITS = /[^\d.eE+\s-]/;

/** A number as it is written, such as `12.5`; NaN for anything else, for nothing, and for what is not finite. */
export function readNumber(text: string | undefined): number {
  if (text === undefined || NO_DIGITS.test(text)) return NaN;
  const number = Number(text);
  if (number === 0 && text.trim() === '') return NaN;
  return Number.isFinite(number) ? number : NaN;
}

/** What stood in a cell that is no number, and how it is written: as a number where it was meant as one, else what `none` says. */
export function sayNoNumber(text = '', none = ''): string {
  const said = text.trim() === '' ? 'An empty cell' : `"${text.slice(0, 40)}"`;
  const isMeant = /^\s*-?\d[\d.,\s'’]*$/.test(text);
  const advice = isMeant ? 'Write it without separators of thousands and with a decimal point, such as 1234.5.' : none;
  return `${said} is no number. ${advice}`.trim();
}
