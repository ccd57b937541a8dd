// Reads a rule from YAML (or JSON, which is YAML too), with the line of every fault.

import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import { fail, ok, type Issue, type Result } from '../platform/result.ts';
import { checkRule, type CheckRuleOptions, type Path } from './check-rule.ts';
import { Rule } from './rule.ts';

export interface ParseRuleOptions extends CheckRuleOptions {
  /** Name of the file, for the issues. */
  file?: string;
}

/** A text longer than this is no rule, characters. */
const LONGEST = 200_000;

/** @returns the rule with its defaults filled in, or every fault with path, line and column */
export function parseRule(text: string, options: ParseRuleOptions = {}): Result<Rule> {
  const inFile = options.file === undefined ? {} : { file: options.file };
  if (text.length > LONGEST)
    return fail({
      code: 'rule_too_large',
      severity: 'error',
      message: `This text has ${text.length} characters; a rule has at most ${LONGEST}.`,
      ...inFile,
    });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return fail(
      ...document.errors.map((error): Issue => {
        const { line, col } = lines.linePos(error.pos[0]);
        return {
          code: 'rule_syntax',
          severity: 'error',
          message: `Line ${line}: ${error.message.split('\n')[0]}`,
          line,
          column: col,
          ...inFile,
        };
      }),
    );
  }
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    return fail({ code: 'rule_syntax', severity: 'error', message: error instanceof Error ? error.message : String(error), ...inFile });
  }
  const issues = checkRule(raw, options);
  if (issues.length === 0) return ok(Rule.parse(raw));
  return fail(...issues.map(({ at, ...issue }): Issue => ({ ...issue, ...inFile, ...findLine(document, lines, at) })));
}

/** Line and column of the nearest part of the path that the text has. */
function findLine(document: Document, lines: LineCounter, at: Path): { line?: number; column?: number } {
  for (let length = at.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(at.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return {};
}
