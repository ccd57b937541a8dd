// `waypost rules check`.

import { parseArgs } from 'node:util';
import { checkRuleFiles, type CheckedRule, type CheckFilesReport } from '#shared/eligibility/check-files.ts';
import { sayInEnglish } from '#shared/eligibility/faults.ts';
import type { Path } from '#shared/eligibility/rule-file.ts';
import type { RuleTestResult } from '#shared/eligibility/rule-tests.ts';
import type { Issue } from '#shared/platform/result.ts';
import { UsageError, type CliIo, type ExitCode } from '#server/command.ts';
import { parseDay } from './day.ts';
import { readTextFiles } from './files.ts';
import { readShipped } from './shipped.ts';

export async function checkFiles(args: string[], io: CliIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    options: { on: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError('Say what to check: files, or folders.');
  const [files, shipped] = await Promise.all([readTextFiles(positionals), readShipped(io)]);
  const report = checkRuleFiles(files, { ...shipped, on: parseDay(values.on) });
  const failed = report.rules.flatMap((rule) => rule.results.filter((result) => !result.passed));
  io.stdout.write(values.json ? `${JSON.stringify(toJson(report, failed))}\n` : sayReport(report, failed));
  return failed.length > 0 || report.issues.some((issue) => issue.severity === 'error') ? 1 : 0;
}

function toJson({ rules, written, issues }: CheckFilesReport, failed: readonly RuleTestResult[]) {
  return {
    rules: written,
    tests: {
      passed: sum(rules, ({ results }) => results.length) - failed.length,
      failed: failed.map(({ rule, test, expected, got }) => ({ rule, test, expected, got })),
    },
    diagnostics: issues.map(toDiagnostic),
    coverage: toCoverage(rules),
    mutation: toMutation(rules),
  };
}

function toDiagnostic({ file = '', line = 1, path = '', code, severity, message }: Issue) {
  return { file, line, path, code, severity, message };
}

/** Branches that some test goes through, of all rules together. */
function toCoverage(rules: readonly CheckedRule[]) {
  const branches = sum(rules, ({ coverage }) => coverage.branches);
  const covered = sum(rules, ({ coverage }) => coverage.covered);
  const missing = rules.flatMap(({ rule, written, coverage }) =>
    coverage.missing.map(({ condition, outcome, at }) => ({ rule: rule.rule, condition, outcome, ...placeOf(written, at) })),
  );
  return { branches, covered, ratio: toRatio(covered, branches), missing };
}

/** Changes of a rule that some test notices. */
function toMutation(rules: readonly CheckedRule[]) {
  const mutants = sum(rules, ({ mutation }) => mutation.mutants);
  const killed = sum(rules, ({ mutation }) => mutation.killed);
  const survived = rules.flatMap(({ rule, written, mutation }) =>
    mutation.survived.map(({ condition, change, at }) => ({ rule: rule.rule, condition, change, ...placeOf(written, at) })),
  );
  return { mutants, killed, ratio: toRatio(killed, mutants), survived };
}

function placeOf(written: CheckedRule['written'], at: Path): { file: string; line: number } {
  return { file: written.file ?? '', line: written.locate(at).line ?? 1 };
}

function sum<T>(of: readonly T[], count: (one: T) => number): number {
  return of.reduce((total, one) => total + count(one), 0);
}

/** 1 where there is nothing to test. */
function toRatio(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((part / whole) * 1e4) / 1e4;
}

function sayReport({ rules, written, issues }: CheckFilesReport, failed: readonly RuleTestResult[]): string {
  const [tests, coverage, mutation] = [sum(rules, ({ results }) => results.length), toCoverage(rules), toMutation(rules)];
  const lines = [
    ...issues.map(({ file = '', line = 1, severity, message, code }) => `${file}:${line}: ${severity}: ${message} (${code})`),
    ...failed.map(({ rule, test, faults }) => `${rule}: test "${test}" fails. ${faults.map(sayInEnglish).join(' ')}`),
    ...coverage.missing.map(({ file, line, rule, condition, outcome }) => `${file}:${line}: no test: ${rule}: ${condition} ${outcome}`),
    ...mutation.survived.map(
      ({ file, line, rule, condition, change }) => `${file}:${line}: no test notices: ${rule}: ${condition}: ${change}`,
    ),
    `${written} rules. Tests passed: ${tests - failed.length} of ${tests}. Branches tested: ${coverage.covered} of ${coverage.branches}. Changes noticed: ${mutation.killed} of ${mutation.mutants}.`,
  ];
  return `${lines.join('\n')}\n`;
}
