// Reads one rule from YAML (or JSON, which is YAML too), with the line of every fault.

import { fail, ok, type Issue, type Result } from '../platform/result.ts';
import { checkRule, type CheckRuleOptions } from './check-rule.ts';
import { readDocuments, type TextDocument } from './rule-file.ts';
import { Rule } from './rule.ts';

export interface ParseRuleOptions extends CheckRuleOptions {
  /** Name of the file, for the issues. */
  file?: string | undefined;
}

/** A text longer than this is no rule, characters. */
const LONGEST = 200_000;

/** @returns the rule with its defaults filled in (and warnings), or every fault with path, line and column */
export function parseRule(text: string, options: ParseRuleOptions = {}): Result<Rule> {
  const { documents, issues } = readDocuments(text, { file: options.file, longest: LONGEST });
  if (issues.length > 0) return fail(...issues);
  const [first = { raw: null, locate: () => ({ line: 1, column: 1 }) }, second] = documents;
  if (second) {
    const message = 'One rule stands here, and another one after it. Put each in a text of its own.';
    return fail({ code: 'rule_shape', severity: 'error', message, ...second.locate([]) });
  }
  return readRule(first, options);
}

/** A rule that was read from a text (rule-file.ts), checked. */
export function readRule({ raw, locate }: Pick<TextDocument, 'raw' | 'locate'>, options: ParseRuleOptions = {}): Result<Rule> {
  const inFile = options.file === undefined ? {} : { file: options.file };
  const issues = checkRule(raw, options).map(({ at, ...issue }): Issue => ({ ...issue, ...inFile, ...locate(at) }));
  return issues.some((issue) => issue.severity === 'error') ? fail(...issues) : ok(Rule.parse(raw), issues);
}
