// `npm test`: the checks of the code, then every test; ends with one line "N passed, N failed, N skipped".
// `--long` adds the wide walks, the kills and the fuzzing (files named *.long.test.ts).

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

const long = process.argv.includes('--long');
const filters = process.argv.slice(2).filter((argument) => argument !== '--long');
const folder = mkdtempSync(join(tmpdir(), 'waypost-test-'));
const report = join(folder, 'report.json');

function run(command: string, args: string[]): number {
  const env = { ...process.env, ...(long ? { WAYPOST_LONG: '1' } : {}) };
  return spawnSync(command, args, { stdio: 'inherit', env }).status ?? 1;
}

let passed = 0;
let failed = 0;
let skipped = 0;

if (filters.length === 0) {
  if (run(process.execPath, ['test/support/check.ts']) === 0) passed += 1;
  else failed += 1;
}

const code = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]);
try {
  const result = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  skipped += result.numPendingTests + result.numTodoTests;
  // A file that could not even be loaded has no tests to count, and is a failure all the same.
  failed += result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
} catch {
  failed += 1;
}
if (code !== 0 && failed === 0) failed = 1;
rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
