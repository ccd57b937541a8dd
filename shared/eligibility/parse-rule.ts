// Reads one rule from YAML (or JSON, which is YAML too), with the line of every fault.

import { Document } from 'yaml';
import { fail, ok, type Issue, type Result } from '../platform/result.ts';
import { checkRule, type CheckRuleOptions } from './check-rule.ts';
import { toTextFix, type TextFix } from './fix.ts';
import { readDocuments, type TextDocument, type Written } from './rule-file.ts';
import { Rule } from './rule.ts';
import type { PathIssue } from './schema-issues.ts';

export interface ParseRuleOptions extends CheckRuleOptions {
  /** Name of the file, for the issues. */
  file?: string | undefined;
}

/** A text longer than this is no rule, characters. */
const LONGEST = 200_000;

/** An issue with its line, and what would mend it. */
export interface RuleDiagnostic extends Issue {
  fix?: TextFix;
}

/** @returns the rule with its defaults filled in (and warnings), or every fault with path, line and column */
export function parseRule(text: string, options: ParseRuleOptions = {}): Result<Rule, RuleDiagnostic> {
  const { documents, issues } = readDocuments(text, { file: options.file, longest: LONGEST });
  if (issues.length > 0) return fail(...issues);
  const [first = EMPTY, second] = documents;
  if (second) {
    const message = 'One rule stands here, and another one after it. Put each in a text of its own.';
    return fail({ code: 'rule_shape', severity: 'error', message, ...second.locate([]) });
  }
  return readRule({ ...first, at: [] }, options);
}

const EMPTY: TextDocument = { raw: null, text: '', document: new Document(), locate: () => ({ line: 1, column: 1 }) };

/** A rule that was read from a text (rule-file.ts), checked. */
export function readRule(source: Omit<Written, 'kind' | 'file'>, options: ParseRuleOptions = {}): Result<Rule, RuleDiagnostic> {
  const issues = checkRule(source.raw, options).map((issue) => toDiagnostic(issue, source, options.file));
  return issues.some((issue) => issue.severity === 'error') ? fail(...issues) : ok(Rule.parse(source.raw), issues);
}

/** Places an issue in the text that its rule was read from. */
export function toDiagnostic(
  { at, fix, ...issue }: PathIssue,
  source: Omit<Written, 'kind' | 'file'>,
  file: string | undefined,
): RuleDiagnostic {
  const mended = fix && toTextFix(fix, source);
  return { ...issue, ...(file === undefined ? {} : { file }), ...source.locate(at), ...(mended ? { fix: mended } : {}) };
}
