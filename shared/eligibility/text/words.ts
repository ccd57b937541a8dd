// A clause as a row of lexemes, with the questions that the grammar asks of it.

import type { Lexeme } from './lexer.ts';

/** From where to where in the text; the end is not part of it. */
export type Span = readonly [start: number, end: number];

export class Words {
  readonly #lexemes: readonly Lexeme[];

  readonly #source: string;

  /** It stands between semicolons. */
  readonly isItem: boolean;

  /** @param source the whole text that the lexemes were cut from */
  constructor(lexemes: readonly Lexeme[], source: string, isItem = false) {
    this.#lexemes = lexemes;
    this.#source = source;
    this.isItem = isItem;
  }

  get length(): number {
    return this.#lexemes.length;
  }

  /** Whether the lexeme is of one of these classes, written with spaces between. */
  is(at: number, kinds: string): boolean {
    const lexeme = this.#lexemes[at];
    return lexeme !== undefined && kinds.split(' ').some((kind) => lexeme.kinds.includes(kind));
  }

  isMark(at: number, marks: string): boolean {
    const lexeme = this.#lexemes[at];
    return lexeme !== undefined && lexeme.text.length === 1 && marks.includes(lexeme.text);
  }

  has(kinds: string, from = 0, to = this.length): boolean {
    for (let at = from; at < to; at++) if (this.is(at, kinds)) return true;
    return false;
  }

  text(at: number): string {
    return this.#lexemes[at]?.text ?? '';
  }

  kinds(at: number): readonly string[] {
    return this.#lexemes[at]?.kinds ?? [];
  }

  figure(at: number, kind: 'number' | 'money' | 'percent'): number | undefined {
    return this.is(at, kind) ? this.#lexemes[at]!.value : undefined;
  }

  /** Past words that change nothing. */
  skip(at: number): number {
    while (this.is(at, 'filler')) at++;
    return at;
  }

  /** Nothing follows but marks and "only". */
  isEnd(at: number): boolean {
    for (; at < this.length; at++) if (!this.is(at, 'only') && !this.isMark(at, '.!…*-•')) return false;
    return true;
  }

  /** No blank stands between lexemes `from` and `to`. */
  isOneWord(from: number, to: number): boolean {
    return !/\s/.test(this.#source.slice(...this.span(from, to)));
  }

  /** As it stands in the text, on one line. */
  quote([start, end]: Span): string {
    return this.#source.slice(start, end).replace(/\s+/g, ' ').trim();
  }

  /** The place in the text of lexemes `from` up to `to`. */
  span(from: number, to: number): Span {
    return [this.#lexemes[from]!.start, this.#lexemes[to - 1]!.end];
  }
}
