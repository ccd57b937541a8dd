// Reads one rule from YAML (or JSON, which is YAML too), with the line of every fault.

import { Document } from 'yaml';
import { fail, ok, type Issue, type Result } from '../platform/result.ts';
import { checkRule, type CheckRuleOptions } from './check-rule.ts';
import { said, sayInEnglish, type Said } from './faults.ts';
import { toTextFix, type TextFix } from './fix.ts';
import { findTooDeep, readDocuments, type TextDocument, type Written } from './rule-file.ts';
import { Rule, RULE_LIMITS } from './rule.ts';
import type { PathIssue } from './schema-issues.ts';

export interface ParseRuleOptions extends CheckRuleOptions {
  /** Name of the file, for the issues. */
  file?: string | undefined;
}

/** A text longer than this is no rule, characters. */
const LONGEST = 100_000;

/** Conditions of a text that is read at all. A few too many are counted and named (checkRule), many are refused unread. */
const MOST_CONDITIONS = RULE_LIMITS.conditions + 15;
/** Marks and line ends of a rule at most, and all that a parser takes a step for: one of sixty conditions in four languages with forty tests has 2,200 and 7,300. */
const MOST_MARKS = 4500;
const MOST_STEPS = 8000;
/** What a rule may have but seldom has: anchors, directives, further documents, faults that need no parser to be seen. */
const MOST_ODDITIES = 100;

/** An issue with its line, and what would mend it. */
export interface RuleDiagnostic extends Issue {
  said?: Said;
  fix?: TextFix;
}

/** @returns the rule with its defaults filled in (and warnings), or every fault with path, line and column */
export function parseRule(text: string, options: ParseRuleOptions = {}): Result<Rule, RuleDiagnostic> {
  const large = text.length > LONGEST || findTooDeep(text) ? undefined : findTooLarge(text);
  if (large) return fail({ ...large, ...(options.file === undefined ? {} : { file: options.file }) });
  const { documents, issues } = readDocuments(text, { file: options.file, longest: LONGEST, most: MOST_STEPS });
  if (issues.length > 0) return fail(...issues);
  const [first = EMPTY, second] = documents;
  if (second) {
    const what = said('fault.two_rules');
    return fail({ code: 'rule_shape', severity: 'error', message: sayInEnglish(what), said: what, ...second.locate([]) });
  }
  return readRule({ ...first, at: [] }, options);
}

/** A condition by its word; what YAML has and rules do not need; marks and line ends. */
const COUNTED =
  /(?<![\w.])"?(?:fact|staff_decides)"?\s*:\s|(\\[^\n0abtnvfre "/\\N_LPxuU]|^%|^---|(?<![\w.)])[&*](?=\w))|[[\]{},]|: |- |\n/gm;

/** Where a text holds more than one rule can, found without parsing it. */
function findTooLarge(text: string): RuleDiagnostic | undefined {
  let [conditions, marks, oddities, open] = [0, 0, 0, 0];
  for (const { index, 0: found, 1: odd } of text.matchAll(COUNTED)) {
    if (odd !== undefined) oddities++;
    else if (found.length > 2) conditions++;
    else {
      marks++;
      if (found === '[' || found === '{') open++;
      else if ((found === ']' || found === '}') && --open < 0) [oddities, open] = [oddities + 1, 0];
    }
    if (conditions <= MOST_CONDITIONS && marks <= MOST_MARKS && oddities <= MOST_ODDITIES) continue;
    const before = text.slice(0, index).split('\n');
    const what =
      conditions > MOST_CONDITIONS
        ? said('fault.too_large_to_read', { count: conditions, most: RULE_LIMITS.conditions })
        : marks > MOST_MARKS
          ? said('fault.too_many_marks', { most: MOST_MARKS })
          : said('fault.too_many_oddities', { most: MOST_ODDITIES });
    return {
      code: 'rule_too_large',
      severity: 'error',
      message: sayInEnglish(what),
      said: what,
      line: before.length,
      column: before.at(-1)!.length + 1,
    };
  }
  return undefined;
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
