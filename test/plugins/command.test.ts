// `waypost plugin` as its user meets it: from nothing to an installed plugin and away again, in words and as JSON.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '#server/app.ts';
import { sayFailure } from '#server/cli-failure.ts';
import type { CliIo } from '#server/command.ts';
import { createLog } from '#server/log.ts';
import { pluginCommand } from '#server/plugins/command.ts';
import { PLUGINS_FOLDER } from '#server/plugins/folder.ts';
import { createRegistry, loadPlugins } from '#server/plugins/load.ts';

let folder: string;
let previous: string | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-plugin-'));
  previous = process.env['XDG_CONFIG_HOME'];
  process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
});
afterAll(() => {
  if (previous === undefined) delete process.env['XDG_CONFIG_HOME'];
  else process.env['XDG_CONFIG_HOME'] = previous;
  rmSync(folder, { recursive: true, force: true });
});

const shipped = createRegistry();
loadPlugins(PLUGINS_FOLDER, shipped);

/** The command in this process, with streams that are kept; paths are within the test's folder. */
async function waypost(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const into = (texts: string[]) => new Writable({ write: (chunk, _encoding, done) => (texts.push(String(chunk)), done()) });
  const dataFolder = join(folder, 'data');
  const io: CliIo = {
    stdin: process.stdin,
    ...{ stdout: into(out), stderr: into(err), data: dataFolder },
    openApp: () => openApp({ dataFolder, log: createLog({ level: 'fatal' }) }),
    openRegistry: async () => shipped,
  };
  try {
    return { status: await pluginCommand.run(args, io), stdout: out.join(''), stderr: err.join('') };
  } catch (error) {
    const { text, exitCode } = sayFailure(error, pluginCommand);
    return { status: exitCode, stdout: out.join(''), stderr: err.join('') + text };
  }
}

async function asJson(...args: string[]) {
  const { status, stdout, stderr } = await waypost(...args, '--json');
  if (status !== 0) throw new Error(stderr || stdout);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const at = (name: string): string => join(folder, name);

it('goes from nothing to a plugin that is on, without code, and away again', async () => {
  expect(await waypost('new', at('river-agency'))).toMatchObject({ status: 0, stderr: '' });
  const report = await waypost('check', at('river-agency'));
  expect(report.stdout).toContain('Nothing stands against it.');
  expect(report.stdout).not.toMatch(/^(error|warning):/m);
  expect(await asJson('check', at('river-agency'))).toMatchObject({
    name: 'river-agency',
    ok: true,
    adds: { resourceTypes: 1, facts: 3, intakeQuestions: 3, ruleTables: 1, eligibilityRules: 1, dataChecks: 1, translations: 1 },
    rules: { rules: 1, tests: 3, failed: 0 },
  });
  expect((await waypost('test', at('river-agency'))).stdout).toBe('3 of 3 tests of one rule pass.\n');
  const file = at('river-agency-1.0.0.tgz');
  const packed = await asJson('pack', at('river-agency'), '--out', file);
  expect((await asJson('pack', at('river-agency'), '--out', at('again.tgz')))['integrity']).toBe(packed['integrity']);
  expect(await asJson('install', file)).toMatchObject({ name: 'river-agency', version: '1.0.0', enabled: false });
  expect(await asJson('enable', 'river-agency')).toMatchObject({
    name: 'river-agency',
    enabled: true,
    impacts: [{ rule: 'river-agency/repair-fund', lose: 0, gone: false }],
  });
  expect((await asJson('list'))['installed']).toMatchObject([
    { name: 'river-agency', enabled: true, integrity: packed['integrity'], granted: { reads: [], network: [] } },
  ]);
  expect((await waypost('disable', 'river-agency')).stdout).toContain('is off');
  expect((await waypost('remove', 'river-agency')).stdout).toContain('is removed');
  const failed = await waypost('update', file);
  expect(failed).toMatchObject({ status: 1, stdout: '' });
  expect(failed.stderr).toContain('No plugin "river-agency" is installed. Use "waypost plugin install".');
});

it('prints one schema of the manifest for editors, which takes every plugin that is shipped and no other key', async () => {
  const { stdout } = await waypost('schema');
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const isManifest = ajv.compile(JSON.parse(stdout) as object);
  for (const name of readdirSync(PLUGINS_FOLDER)) {
    const manifest = JSON.parse(readFileSync(join(PLUGINS_FOLDER, name, 'package.json'), 'utf8')) as { waypost: object };
    expect(isManifest(manifest), name).toBe(true);
    expect(isManifest({ ...manifest, waypost: { ...manifest.waypost, processes: true } })).toBe(false);
  }
});

it('gives each file of a new plugin the schema that it names, under which it holds and a misspelt key does not', async () => {
  await waypost('new', at('with-schemas'));
  for (const file of readdirSync(at('with-schemas')).filter((name) => name.endsWith('.yaml'))) {
    const text = readFileSync(at(`with-schemas/${file}`), 'utf8');
    const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const holds = ajv.compile(JSON.parse(readFileSync(at(`with-schemas/${schema}`), 'utf8')) as object);
    const written: unknown = parse(text);
    expect(holds(written), file).toBe(true);
    const [one] = (Array.isArray(written) ? written : [written]) as object[];
    expect(holds([{ ...one, lable: 'x' }]), file).toBe(false);
  }
  const packed = await asJson('pack', at('with-schemas'), '--out', at('with-schemas.tgz'));
  expect((packed['files'] as string[]).filter((file) => file.startsWith('.'))).toEqual([]);
  expect((await waypost('schema', 'fcats')).stderr).toContain('There is no contribution point "fcats".');
});

describe('says what is wrong, where', () => {
  it('in data', async () => {
    await waypost('new', at('wrong-data'));
    const rule = at('wrong-data/rule.yaml');
    const text = readFileSync(rule, 'utf8').replace('fact: person.owns_bicycle', 'fact: person.owns_bicycel');
    writeFileSync(rule, text);
    const { status, stdout } = await waypost('check', at('wrong-data'));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^error: rule\.yaml:\d+: .*owns_bicycel/m);
    expect(stdout).toContain('It cannot be installed like this.');
    expect(await waypost('install', at('wrong-data'))).toMatchObject({ status: 1, stdout: '' });
  });

  it('in code', async () => {
    await waypost('new', at('with-code'), '--code');
    const check = async () => (await waypost('check', at('with-code'))).stdout;
    expect(await check()).toContain('Nothing stands against it.');
    const main = at('with-code/main.js');
    const text = readFileSync(main, 'utf8');
    writeFileSync(main, text.replace("let text = '';", "let text = ''; for (;;);"));
    expect(await check()).toContain('was stopped: it computed for more than 100 ms at once. It was given an empty file.');
    writeFileSync(main, text.replace('importers: { bars:', 'importers: { rabs:'));
    expect(await check()).toContain('its code has no function "bars" among its importers');
    writeFileSync(main, text.replace('{ name, phone, note } }', '{ name, phone, note, chance: Math.random() } }'));
    expect(await check()).toContain('differently the second time');
  });
});

it.each([
  [[], 'Say what to do.'],
  [['frobnicate', 'x'], '"waypost plugin frobnicate" is not understood.'],
  [['check'], 'Say which plugin'],
  [['install', 'a', 'b'], '"b" is not understood.'],
])('wrong usage: %j', async (args, words) => {
  const { status, stderr, stdout } = await waypost(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(words);
});

it.each([
  ['new', 'Über', 'cannot be the name of a plugin'],
  ['check', 'not-there', 'There is no'],
  ['check', '.', 'holds no package.json'],
])('refuses %s %s in words', async (act, subject, words) => {
  const { status, stderr } = await waypost(act, at(subject));
  expect(status).toBe(1);
  expect(stderr).toContain(words);
});
