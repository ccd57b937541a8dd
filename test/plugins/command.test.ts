// `waypost plugin` as its user meets it: from nothing to an installed plugin and away again, in words and as JSON.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '../../server/cli.ts');
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'waypost-plugin-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function waypost(...args: string[]) {
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: join(folder, 'config'),
    WAYPOST_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    WAYPOST_KEY_FILE: '',
  };
  return spawnSync(process.execPath, [CLI, 'plugin', ...args], { encoding: 'utf8', env, cwd: folder });
}

function asJson(...args: string[]) {
  const { status, stdout, stderr } = waypost(...args, '--json');
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

it('goes from nothing to a plugin that is on, without code, and away again', () => {
  expect(waypost('new', 'river-agency')).toMatchObject({ status: 0, stderr: '' });
  const report = waypost('check', 'river-agency');
  expect(report.stdout).toContain('Nothing stands against it.');
  expect(report.stdout).not.toMatch(/^(error|warning):/m);
  expect(asJson('check', 'river-agency')).toMatchObject({
    name: 'river-agency',
    ok: true,
    adds: { resourceTypes: 1, facts: 3, intakeQuestions: 3, ruleTables: 1, eligibilityRules: 1, dataChecks: 1, translations: 1 },
    rules: { rules: 1, tests: 3, failed: 0 },
  });
  expect(waypost('test', 'river-agency').stdout).toBe('3 of 3 tests of 1 rules pass.\n');
  const packed = asJson('pack', 'river-agency');
  expect(packed).toMatchObject({ file: 'river-agency-1.0.0.tgz' });
  expect(asJson('pack', 'river-agency', '--out', 'again.tgz')['integrity']).toBe(packed['integrity']);
  expect(asJson('install', 'river-agency-1.0.0.tgz')).toMatchObject({ name: 'river-agency', version: '1.0.0', enabled: false });
  expect(asJson('enable', 'river-agency')).toEqual({ name: 'river-agency', enabled: true });
  const { installed } = asJson('list') as { installed: { name: string; enabled: boolean; integrity: string }[] };
  expect(installed).toMatchObject([
    { name: 'river-agency', enabled: true, integrity: packed['integrity'], granted: { reads: [], network: [] } },
  ]);
  expect(waypost('disable', 'river-agency').stdout).toContain('is off');
  expect(waypost('remove', 'river-agency').stdout).toContain('is removed');
  expect(asJson('list')['installed']).toEqual([]);
  const failed = waypost('enable', 'river-agency');
  expect(failed).toMatchObject({ status: 1, stdout: '' });
  expect(failed.stderr).toContain('No plugin "river-agency" is installed');
});

describe('says what is wrong, where', () => {
  it('in data', () => {
    waypost('new', 'wrong-data');
    const rule = join(folder, 'wrong-data/rule.yaml');
    writeFileSync(
      rule,
      readFileSync(rule, 'utf8')
        .replace('fact: person.owns_bicycle', 'fact: person.owns_bicycel')
        .replace('expect: eligible', 'expect: unknown'),
    );
    const { status, stdout } = waypost('check', 'wrong-data');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^error: rule\.yaml:\d+: .*owns_bicycel/m);
    expect(stdout).toContain('It cannot be installed like this.');
    expect(waypost('install', 'wrong-data')).toMatchObject({ status: 1, stdout: '' });
  });

  it('in code', () => {
    waypost('new', 'with-code', '--code');
    expect(waypost('check', 'with-code').stdout).toContain('Nothing stands against it.');
    const main = join(folder, 'with-code/main.js');
    const text = readFileSync(main, 'utf8');
    writeFileSync(main, text.replace("let text = '';", "let text = ''; for (;;);"));
    expect(waypost('check', 'with-code').stdout).toContain(
      'was stopped: it computed for more than 100 ms at once. It was given an empty file.',
    );
    writeFileSync(main, text.replace('importers: { bars:', 'importers: { rabs:'));
    expect(waypost('check', 'with-code').stdout).toContain('its code has no function "bars" among its importers');
    writeFileSync(main, text.replace('values: { name, phone, note }', 'values: { name, phone, note, chance: Math.random() }'));
    const chance = waypost('check', 'with-code');
    expect(chance.stdout).toMatch(/differently the second time|Nothing stands against it/);
  });
});

it.each([
  [[], 'Say what to do.'],
  [['frobnicate', 'x'], '"waypost plugin frobnicate" is not understood.'],
  [['check'], 'Say which plugin'],
  [['install', 'a', 'b'], '"b" is not understood.'],
])('wrong usage: %j', (args, words) => {
  const { status, stderr, stdout } = waypost(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(words);
});

it.each([
  ['new', 'Über', 'cannot be the name of a plugin'],
  ['check', 'not-there', 'There is no not-there.'],
  ['check', '.', 'holds no package.json'],
  ['disable', 'nobody', 'No plugin "nobody" is installed'],
])('refuses %s %s in words', (act, subject, words) => {
  const { status, stderr } = waypost(act, subject);
  expect(status).toBe(1);
  expect(stderr).toContain(words);
});
