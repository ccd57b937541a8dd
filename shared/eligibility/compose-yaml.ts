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
    const parser = new Parser(lines.addNewLine);
    const composer = new Composer({ uniqueKeys: false, logLevel: 'error' });
    const documents: Document[] = [];
    lines.addNewLine(0);
    let steps = 0;
    for (const lexeme of new Lexer().lex(text)) {
      if (++steps > most) return { documents, lines, leftAt: parser.offset };
      for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    }
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end());
    return { documents, lines };
  });
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
