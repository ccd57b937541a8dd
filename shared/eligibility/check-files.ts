// Everything that can be said of files of rules before they are used: faults, and whether their tests pass.

import { measureCoverage, type CoverageReport } from './coverage.ts';
import { runMutants, type MutationReport } from './mutation.ts';
import { lintRule } from './lint.ts';
import { readRule, toDiagnostic, type RuleDiagnostic } from './parse-rule.ts';
import { readRuleFile, type RuleFile, type Written } from './rule-file.ts';
import { runRuleTests, type RuleTestResult } from './rule-tests.ts';
import type { Rule } from './rule.ts';
import { toPathIssue } from './schema-issues.ts';
import { createVocabulary, type VocabularySources } from './vocabulary.ts';

export interface CheckFilesOptions extends Pick<VocabularySources, 'facts' | 'tables'> {
  /** Day on which tests without `on` are decided, YYYY-MM-DD. */
  on: string;
}

export interface CheckedRule {
  rule: Rule;
  written: Written;
  results: RuleTestResult[];
  coverage: CoverageReport;
  mutation: MutationReport;
}

export interface CheckFilesReport {
  /** Rules that can be decided. */
  rules: CheckedRule[];
  /** How many rules were written, faulty ones too. */
  written: number;
  issues: RuleDiagnostic[];
}

/** One text. A file that was only found in a folder may be something else, which is then a warning. */
export interface RuleText {
  file: string;
  text: string;
  named?: boolean;
}

export function checkRuleFiles(texts: readonly RuleText[], options: CheckFilesOptions): CheckFilesReport {
  const files = texts.map((text) => readRuleText(text));
  const vocabulary = createVocabulary({ ...options, files });
  const issues: RuleDiagnostic[] = [...files.flatMap((file) => file.issues), ...vocabulary.issues];
  const rules: CheckedRule[] = [];
  const writtenRules = files.flatMap((file) => file.rules);
  for (const written of writtenRules) {
    const read = readRule(written, { ...vocabulary, file: written.file });
    issues.push(...read.issues);
    if (!read.ok) continue;
    const rule = read.value;
    const twin = rules.find((other) => other.rule.rule === rule.rule && other.rule.version === rule.version);
    if (twin) issues.push(toDuplicate(rule, written, twin.written));
    const tested = { facts: vocabulary.facts, tables: [...vocabulary.tables.values()], on: options.on };
    const coverage = measureCoverage(rule, tested);
    const lint = lintRule(rule, { catalogue: vocabulary.catalogue, tables: vocabulary.tables, coverage });
    issues.push(...lint.map((issue) => toDiagnostic(issue, written, written.file)));
    rules.push({ rule, written, results: runRuleTests(rule, tested), coverage, mutation: runMutants(rule, tested) });
  }
  return { rules, written: writtenRules.length, issues };
}

export function readRuleText({ file, text, named = true }: RuleText): RuleFile {
  const found = readRuleFile(text, { file });
  if (!named) for (const issue of found.issues) if (issue.code === 'not_a_rule') issue.severity = 'warning';
  return found;
}

function toDuplicate({ rule, version }: Rule, written: Written, twin: Written): RuleDiagnostic {
  const where = `${twin.file === written.file ? '' : `${twin.file ?? ''}, `}line ${twin.locate([]).line ?? 1}`;
  const message = `"${rule}" has a version ${version} already (${where}). Give this one a number of its own, or remove one of them.`;
  return toDiagnostic(toPathIssue('duplicate_rule', ['version'], message), written, written.file);
}
