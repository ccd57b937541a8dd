// `waypost rules check`.

import { parseArgs } from 'node:util';
import { checkRuleFiles, type CheckFilesReport } from '#shared/eligibility/check-files.ts';
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
      passed: rules.reduce((sum, { results }) => sum + results.length, 0) - failed.length,
      failed: failed.map(({ rule, test, expected, got }) => ({ rule, test, expected, got })),
    },
    diagnostics: issues.map(({ file = '', line = 1, path = '', code, severity, message }) => ({
      file,
      line,
      path,
      code,
      severity,
      message,
    })),
  };
}

function sayReport({ rules, written, issues }: CheckFilesReport, failed: readonly RuleTestResult[]): string {
  const tests = rules.reduce((sum, { results }) => sum + results.length, 0);
  const lines = [
    ...issues.map(sayIssue),
    ...failed.map(({ rule, test, faults }) => `${rule}: test "${test}" fails. ${faults.join(' ')}`),
    `${written} rules, ${tests - failed.length} of ${tests} tests passed.`,
  ];
  return `${lines.join('\n')}\n`;
}

function sayIssue({ file = '', line = 1, severity, message, code }: Issue): string {
  return `${file}:${line}: ${severity}: ${message} (${code})`;
}
