// `waypost rules` as somebody outside of the project uses it: files of their own, in a folder of their own.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
let folder = '';

const FILES: Record<string, string> = {
  'rule.yaml': `rule: elsewhere/pantry
version: 2
applies: { from: 2026-01-01 }
eligible_when:
  all:
    - { id: near, fact: household.zip_area, is_one_of: [north, south] }
    - { id: income, fact: household.income, at_most: { percent: 150, of: us_fpl, by: household.size } }
    - { id: points, fact: household.score, at_least: 7 }
tests:
  - { name: in, on: 2026-05-01, given: { household.zip_area: north, household.size: 1, household.score: 7, household.income: { value: 1000, per: month } }, expect: eligible }
  - { name: wrong, on: 2026-05-01, given: { household.score: 6 }, expect: eligible }
`,
  'all/one.yaml': `facts:
  - { id: household.score, type: number, label: Score, unit: points }
  - { id: household.zip_area, type: choice, label: Area, options: [{ value: north, label: North }] }
---
rule: elsewhere/one
version: 1
eligible_when: { id: points, fact: household.score, at_least: { percent: 50, of: own_limits } }
---
table: own_limits
title: Own limits
by: household.size
per: year
versions:
  - { from: 2026-01-01, source: { title: A, url: "https://example.org", checked: 2026-01-01 }, regions: { here: { values: [10, 20] } } }
`,
  'all/deeper/two.json': '{"rule":"elsewhere/two","version":1,"eligible_when":{"fact":"person.age","at_least":18},"facts":[]}',
  'all/readme.yml': 'title: Something else\n',
  'all/notes.txt': 'not looked at',
  'typo.yaml': 'rule: elsewhere/typo\nversion: 1\neligible_when:\n  all:\n    - { fact: person.vetran, is: true }\n',
  'hostile.yaml':
    'rule: elsewhere/hostile\nversion: 1\neligible_when:\n  all:\n    - { fact: __proto__, is: true }\n    - { fact: person.constructor, is: true }\n',
  'member.json':
    '{"rule":"elsewhere/member","version":1,"eligible_when":{"some":"household.members","where":{"fact":"shoe_size","more_than":45}}}',
  'broken.yaml': 'rule: [\n',
  'twins.yaml':
    '- { rule: a/b, version: 1, eligible_when: { fact: person.veteran, is: true } }\n- { rule: a/b, version: 1, eligible_when: { fact: person.veteran, is: false } }\n',
  'area.yaml': 'rule: a/b\nversion: 1\neligible_when: { id: area, fact: household.place, within: service_area }\n',
  'facts.json':
    '{"household.zip_area":"north","household.size":1,"household.score":6,"household.income":{"value":1000,"per":"month"},"household.unheard_of":3}',
  'people.json': '[{"household.score":9,"household.size":1},{"household.score":3,"household.size":1},{}]',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waypost-rules-'));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function waypost(args: string[], stdin = ''): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [CLI, 'rules', ...args],
      { cwd: folder, env: { ...process.env, WAYPOST_DATA: join(folder, 'no-data') } },
      (error, stdout, stderr) => resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin!.end(stdin);
  });
}

interface Check {
  rules: number;
  tests: { passed: number; failed: unknown[] };
  diagnostics: { file: string; line: number; path: string; code: string; severity: string; message: string }[];
  coverage: { branches: number; covered: number; ratio: number; missing: unknown[] };
  mutation: { mutants: number; killed: number; ratio: number; survived: unknown[] };
}
async function check(...paths: string[]): Promise<{ exitCode: number; report: Check }> {
  const { exitCode, stdout } = await waypost(['check', ...paths, '--json']);
  return { exitCode, report: JSON.parse(stdout) as Check };
}

describe('check', () => {
  test('a rule whose facts nobody declares: what was read from their use, and a test that fails', async () => {
    const { exitCode, report } = await check('rule.yaml');
    expect(exitCode).toBe(1);
    expect(Object.keys(report)).toEqual(['rules', 'tests', 'diagnostics', 'coverage', 'mutation']);
    expect(report.rules).toBe(1);
    expect(report.tests).toEqual({
      passed: 1,
      failed: [{ rule: 'elsewhere/pantry', test: 'wrong', expected: 'eligible', got: 'ineligible' }],
    });
    const unknown = report.diagnostics.filter(({ code }) => code === 'unknown_fact');
    expect(unknown.map(({ file, line, path, severity }) => ({ file, line, path, severity }))).toEqual([
      { file: 'rule.yaml', line: 6, path: 'eligible_when.all[0].fact', severity: 'warning' },
      { file: 'rule.yaml', line: 8, path: 'eligible_when.all[2].fact', severity: 'warning' },
    ]);
    expect(unknown[0]!.message).toMatch(/one word of several/);
    expect(unknown[1]!.message).toMatch(/a number/);
    expect(report.coverage).toMatchObject({ branches: 8, covered: 4, ratio: 0.5 });
    expect(report.mutation.survived).toContainEqual(
      expect.objectContaining({ rule: 'elsewhere/pantry', condition: 'points', change: 'at_least: 7 → 6', file: 'rule.yaml', line: 8 }),
    );
  });

  test('a folder: rules, facts and tables of several files know each other; what is neither is said', async () => {
    const { exitCode, report } = await check('all');
    expect(exitCode).toBe(0);
    expect(report.rules).toBe(2);
    expect(report.diagnostics.map(({ file, code, severity }) => `${file} ${code} ${severity}`).sort()).toEqual([
      'all/deeper/two.json rule_untested warning',
      'all/one.yaml rule_untested warning',
      'all/readme.yml not_a_rule warning',
    ]);
  });

  test.each<[string, string, number, { code: string; severity: string; line: number; message: RegExp }]>([
    [
      'a near spelling is an error',
      'typo.yaml',
      1,
      { code: 'unknown_fact', severity: 'error', line: 5, message: /Did you mean "person\.veteran"/ },
    ],
    ['broken text', 'broken.yaml', 1, { code: 'rule_syntax', severity: 'error', line: 2, message: /Line 2/ }],
    ['a file that is something else, named', 'all/readme.yml', 1, { code: 'not_a_rule', severity: 'error', line: 1, message: /no rule/ }],
    ['one version twice', 'twins.yaml', 1, { code: 'duplicate_rule', severity: 'error', line: 2, message: /line 1/ }],
    ["names that are no fact's", 'hostile.yaml', 1, { code: 'fact_name', severity: 'error', line: 5, message: /__proto__/ }],
    ['facts of members', 'member.json', 0, { code: 'unknown_fact', severity: 'warning', line: 1, message: /person\.shoe_size.*a number/ }],
  ])('%s', async (_, file, exitCode, expected) => {
    const result = await check(file);
    expect(result.exitCode).toBe(exitCode);
    const { message, ...rest } = expected;
    expect(result.report.diagnostics.find(({ code }) => code === rest.code)).toMatchObject({
      ...rest,
      file,
      message: expect.stringMatching(message) as string,
    });
  });

  test('what is shipped is clean', async () => {
    const shipped = fileURLToPath(new URL('../../plugins/demo-town/rules', import.meta.url));
    const { exitCode, report } = await check(shipped);
    expect({ exitCode, diagnostics: report.diagnostics, failed: report.tests.failed }).toEqual({
      exitCode: 0,
      diagnostics: [],
      failed: [],
    });
    expect([report.coverage.ratio, report.mutation.ratio]).toEqual([1, 1]);
  });

  test('for people: one line each, and the sum', async () => {
    const { stdout, exitCode } = await waypost(['check', 'rule.yaml']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/rule\.yaml:8: warning: There is no fact "household\.score"/);
    expect(stdout).toMatch(/elsewhere\/pantry: test "wrong" fails/);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 rules\. Tests passed: 1 of 2\./);
  });

  test.each([
    [['check'], 2, /Say what to check/],
    [['check', 'nowhere.yaml'], 1, /There is no file nowhere\.yaml/],
    [['check', 'rule.yaml', '--on', 'soon'], 2, /no day/],
    [['bake'], 2, /no "rules bake"/],
  ])('%j', async (args, expected, message) => {
    const { exitCode, stderr } = await waypost(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: expected, stderr: expect.stringMatching(message) as string });
  });
});

describe('decide', () => {
  const decide = async (args: string[], stdin = '') => {
    const { stdout, exitCode, stderr } = await waypost(['decide', ...args, '--on', '2026-05-01', '--json'], stdin);
    expect(exitCode, stderr).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown> & { reasons: Record<string, unknown>[] };
  };

  test('no, with the reason, by how much, and the versions', async () => {
    const decision = await decide(['--rule', 'rule.yaml', '--facts', 'facts.json']);
    expect(Object.keys(decision)).toEqual(['verdict', 'reasons', 'missing', 'nearMiss', 'versions']);
    expect(decision).toMatchObject({
      verdict: 'ineligible',
      missing: [],
      nearMiss: [{ condition: 'points', by: 1, unit: '' }],
      versions: { rule: 'elsewhere/pantry', version: 2, on: '2026-05-01', tables: {} },
    });
    expect(decision.reasons).toMatchObject([
      { condition: 'points', outcome: 'failed', core: true, fact: 'household.score', value: 6, threshold: 7 },
    ]);
  });

  test('open, with the table that it hangs on', async () => {
    const decision = await decide(
      ['--rule', 'rule.yaml', '--facts', '-'],
      '{"household.zip_area":"north","household.size":2,"household.score":8}',
    );
    expect(decision).toMatchObject({
      verdict: 'unknown',
      missing: ['household.income'],
      nearMiss: [],
      versions: { tables: { us_fpl: '2026-01-13' } },
    });
    expect(decision.reasons).toMatchObject([
      {
        condition: 'income',
        outcome: 'open',
        fact: 'household.income',
        threshold: { value: 2705, per: 'month' },
        table: { id: 'us_fpl', percent: 150, version: '2026-01-13' },
      },
    ]);
  });

  test('of a list a list, with facts and tables that only the file has', async () => {
    const decisions = (await decide(['--rule', 'all/one.yaml', '--facts', 'people.json'])) as unknown as { verdict: string }[];
    expect(decisions.map(({ verdict }) => verdict)).toEqual(['eligible', 'ineligible', 'unknown']);
  });

  test('tables from a folder; its rules are not asked for', async () => {
    const decision = await decide(['--rule', 'member.json', '--tables', 'all', '--facts', '-'], '{}');
    expect(decision).toMatchObject({ verdict: 'unknown', missing: ['household.members'], versions: { rule: 'elsewhere/member' } });
  });

  test.each([
    [['--area', 'us/ca'], '"us/ca/oakland"', 'eligible', /in the area served: us\/ca/],
    [['--area', 'us/or'], '"us/ca/oakland"', 'ineligible', /in the area served: us\/or/],
    [['--area', 'Oakland'], '"Berkeley"', 'unknown', /in the area served: Oakland/],
    [[], '"us/ca/oakland"', 'eligible', /in the area served \(here/],
    [[], '{ "declined": true }', 'unknown', /not published/],
  ])('the area that the service publishes: %j and %s', async (area, place, verdict, sentence) => {
    const decision = await decide(['--rule', 'area.yaml', '--facts', '-', ...area], `{"household.place": ${place}}`);
    expect(decision.verdict).toBe(verdict);
    expect(decision.reasons[0]!['sentence']).toMatch(sentence);
  });

  test('facts of members that nobody declares', async () => {
    const decision = await decide(['--rule', 'member.json', '--facts', '-'], 'household.members: { items: [{ shoe_size: 46 }] }');
    expect(decision.verdict).toBe('eligible');
  });

  test('a near spelling does not keep a rule from being decided; it is said beside', async () => {
    const { stdout, stderr, exitCode } = await waypost(
      ['decide', '--rule', 'typo.yaml', '--facts', '-', '--json'],
      '{"person.vetran":true}',
    );
    expect([exitCode, (JSON.parse(stdout) as { verdict: string }).verdict]).toEqual([0, 'eligible']);
    expect(stderr).toMatch(/Did you mean "person\.veteran"/);
  });

  test('a fact of a misspelt name changes nothing, and that is said beside', async () => {
    const { stdout, stderr } = await waypost(
      ['decide', '--rule', 'typo.yaml', '--facts', '-', '--json'],
      '{"person.aeg":3,"household.members":{"items":[{"shoe_sise":4}]}}',
    );
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'unknown' });
    expect(stderr).toContain('"person.aeg", which no rule asks for and nothing declares: it changes nothing. Did you mean "person.age"');
    expect(stderr).toContain('"person.shoe_sise"');
  });

  test('before any version is in force nothing is stated', async () => {
    const { stdout } = await waypost(['decide', '--rule', 'rule.yaml', '--facts', 'facts.json', '--on', '2025-05-01', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'not_stated',
      reasons: [],
      missing: [],
      versions: { rule: 'elsewhere/pantry', on: '2025-05-01' },
    });
  });

  test('in another language', async () => {
    const { stdout } = await waypost(
      ['decide', '--rule', 'rule.yaml', '--facts', '-', '--on', '2026-05-01', '--lang', 'es'],
      '{"household.income":{"value":9000,"per":"month"},"household.size":1}',
    );
    expect(stdout).toMatch(/Ingresos del hogar/);
  });

  test.each<[string[], string, number, RegExp]>([
    [['decide', '--rule', 'all/one.yaml'], '', 2, /which facts/],
    [['decide', '--facts', '-'], '', 2, /which rule/],
    [['decide', '--rule', 'hostile.yaml', '--facts', '-'], '{}', 1, /hostile\.yaml:5.*__proto__/],
    [['decide', '--rule', 'rule.yaml', '--facts', '-'], '{"household.income": 1000}', 1, /needs its period/],
    [['decide', '--rule', 'rule.yaml', '--facts', '-'], '[{}, {"household.size": "two"}]', 1, /facts\[1\]/],
    [['decide', '--rule', 'rule.yaml', '--facts', '-'], '{"person.birth_date": "2031-01-01"}', 1, /in the future/],
    [['decide', '--rule', 'rule.yaml', '--facts', '-'], '7', 1, /Facts are written as/],
    [['decide', '--rule', 'broken.yaml', '--facts', '-'], '{}', 1, /broken\.yaml/],
  ])('%j is refused in words', async (args, stdin, expected, message) => {
    const { exitCode, stderr, stdout } = await waypost(args, stdin);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: expected, stdout: '', stderr: expect.stringMatching(message) as string });
  });
});
