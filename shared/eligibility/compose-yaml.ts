// YAML read word by word, so that a text that was written to keep its reader busy is left after a fixed number of steps.

import { Composer, Lexer, LineCounter, Parser, type Document } from 'yaml';

export interface ComposedYaml {
  documents: Document[];
  lines: LineCounter;
  /** Where it was left, characters from the beginning: it has more words and marks than were allowed. */
  leftAt?: number;
}

/** @param most words, marks and line ends that are read; Infinity: all */
export function composeYaml(text: string, most: number): ComposedYaml {
  return withoutStacks(() => {
    const lines = new LineCounter();
    lines.addNewLine(0);
    const lexemes: string[] = [];
    // Words are counted before any is parsed, which takes twice as long as finding them.
    for (const lexeme of new Lexer().lex(text)) {
      if (lexemes.push(lexeme) <= most) continue;
      const leftAt = lengthOf(lexemes.slice(0, -1));
      for (let at = text.indexOf('\n'); at >= 0 && at < leftAt; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
      return { documents: [], lines, leftAt };
    }
    const parser = new Parser(lines.addNewLine);
    const composer = new Composer({ uniqueKeys: false, logLevel: 'error' });
    const documents: Document[] = [];
    for (const lexeme of lexemes) for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end());
    return { documents, lines };
  });
}

/** Says that what follows is a word as it was written. */
const SCALAR = '\u001f';
/** What the lexer tells beside the text: that a document begins, a list in brackets ends early, a word follows. */
const NOTES = new Set(['\u0002', '\u0018', SCALAR]);

function lengthOf(lexemes: readonly string[]): number {
  return lexemes.reduce((sum, lexeme, i) => sum + (NOTES.has(lexeme) && lexemes[i - 1] !== SCALAR ? 0 : lexeme.length), 0);
}

/** A text may hold thousands of faults, and each would look up where in this program it was found. */
function withoutStacks<T>(run: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = before;
  }
}
