// `waypost rules draft` from outside: a text in, conditions and a draft out, nothing kept.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

function draft(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [CLI, 'rules', 'draft', ...args], { input, encoding: 'utf8' });
}

test('a text on standard input becomes a draft, its words and what was not read', () => {
  const { status, stdout } = draft(['-', '--rule', 'elsewhere/choir', '--json'], 'Must be 18 or older. Must sing.');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    conditions: [{ node: { fact: 'person.age', at_least: 18 }, spans: [[8, 19]], words: ['18 or older'], confidence: 'high' }],
    unread: [{ span: [21, 30], words: 'Must sing' }],
    draft: {
      rule: 'elsewhere/choir',
      version: 1,
      status: 'drafted',
      who: 'person',
      eligible_when: { all: [{ fact: 'person.age', at_least: 18 }, { staff_decides: 'Must sing' }] },
      tests: [],
    },
  });
});

test('without --json a rule that can be edited, in any of the languages', () => {
  const { stdout } = draft(['--text', 'Mujeres embarazadas', '--lang', 'es']);
  expect(stdout).toContain('# read (high): Mujeres embarazadas\nrule: draft/from-text\n');
});

test('what was asked wrongly is said', () => {
  expect(draft([])).toMatchObject({ status: 2, stderr: expect.stringContaining('Say which text') as string });
  expect(draft(['-', '--rule', 'Nonsense']).stderr).toContain('--rule agency/name');
});
