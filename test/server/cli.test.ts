// The command line and the start of the server, as whoever types them meets them: words, streams, exit codes.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyContributions } from '../support/contributions-cache.ts';

let folder: string;
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-cli-'));
  environment = {
    ...process.env,
    XDG_CONFIG_HOME: join(folder, 'config'),
    WAYPOST_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    WAYPOST_KEY_FILE: '',
  };
  copyContributions(join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function waypost(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/cli.ts', ...args], { input, encoding: 'utf8', env: environment });
  return { status, stdout, stderr };
}

describe('waypost', () => {
  it.each([
    ['no command', [], 2, ''],
    ['--help', ['--help'], 0, /Commands\n {2}import/],
    ['an unknown command', ['fnid'], 2, ''],
    ['the help of a command', ['user', '--help'], 0, /waypost user add --email/],
    ['a missing action', ['user'], 2, ''],
    ['an unknown option', ['user', 'list', '--jsno'], 2, ''],
    ['a missing option', ['user', 'add', '--email', 'a@example.org'], 2, ''],
    ['a property of every object', ['constructor'], 2, ''],
  ])('answers %s', (_name, args, status, stdout) => {
    const answer = waypost(args);
    expect(answer.status).toBe(status);
    expect(answer.stdout).toMatch(stdout || /^(waypost <command>[^]*)?$/);
    if (status === 2 && args.length > 0) expect(answer.stderr).toMatch(/waypost (user|<command>)/);
  });

  it('adds accounts, lists them, and refuses in words', () => {
    const add = (email: string, role: string, password: string) =>
      waypost(
        ['user', 'add', '--email', email, '--name', 'Ada L.', '--role', role, '--agency', 'Harbor House', '--password-stdin', '--json'],
        `${password}\n`,
      );
    const added = add('Ada@example.org', 'admin', 'a long password');
    expect([added.status, JSON.parse(added.stdout)]).toEqual([
      0,
      { id: expect.stringMatching(/^usr_/), email: 'Ada@example.org', name: 'Ada L.', role: 'admin', agency: 'Harbor House' },
    ]);
    expect(added.stderr).toMatch(/Write down its recovery key/);
    expect(add('ada@example.org', 'viewer', 'a long password')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'There is an account with the address ada@example.org already.\n',
    });
    expect(add('bo@example.org', 'viewer', 'short')).toEqual({ status: 1, stdout: '', stderr: 'A password has 8 to 128 characters.\n' });
    expect(add('bo@example.org', 'boss', 'a long password')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^--role: .*viewer/),
    });
    expect(add('bo', 'viewer', 'a long password')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^--email: an e-mail address/),
    });
    expect(JSON.parse(waypost(['user', 'list', '--json']).stdout)).toMatchObject([
      { email: 'ada@example.org', role: 'admin', agency: 'Harbor House', disabled: false },
    ]);
    expect(waypost(['user', 'list']).stdout).toBe('ada@example.org  admin  Ada L.  (Harbor House)\n');
  });

  it('takes the data folder from --data, wherever it stands', () => {
    const other = join(folder, 'other');
    for (const args of [
      ['--data', other, 'user', 'list'],
      ['user', `--data=${other}`, 'list'],
      ['user', 'list', '--data', other],
    ]) {
      expect(waypost(args)).toMatchObject({ status: 0, stdout: expect.stringContaining('no account yet') });
    }
    expect(waypost(['key', 'restore']).stderr).toMatch(/not a recovery key/);
  });

  it('says what is missing without the key', () => {
    waypost(['user', 'list']);
    rmSync(join(folder, 'config'), { recursive: true });
    const answer = waypost(['user', 'list', '--json']);
    expect([answer.status, answer.stdout]).toEqual([1, '']);
    expect(answer.stderr).toMatch(/^The key of the database in .* is missing\. [^\n]*\n$/);
  });
});

describe('the server', () => {
  const serve = (...args: string[]) =>
    spawn(process.execPath, ['server/main.ts', '--port', '0', ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });

  async function readUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
    let text = '';
    for await (const piece of child.stdout as NodeJS.ReadableStream) {
      text += String(piece);
      if (pattern.test(text)) return text;
    }
    throw new Error(`It ended without ${pattern}: ${text}`);
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says where it is and how the first administrator gets in, and ends cleanly on %s',
    async (signal) => {
      const child = serve();
      const greeting = await readUntil(child, /setup\?token=\S+\n/);
      const address = /Waypost is at (\S+)/.exec(greeting)?.[1] as string;
      expect((await fetch(`${address}/api/trpc/session.me`)).status).toBe(200);
      // A browser that keeps its connection open must not keep the server.
      const kept = await fetch(`${address}/api/trpc/session.me`);
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(0);
      expect(await kept.json()).toMatchObject({ result: {} });
      expect(waypost(['user', 'list']).status).toBe(0);
    },
  );

  it('shows the recovery key once, and no link once there is an administrator', async () => {
    waypost(['user', 'add', '--email', 'a@example.org', '--name', 'A', '--role', 'admin', '--password-stdin'], 'a long password\n');
    const child = serve();
    const greeting = await readUntil(child, /Waypost is at .*\n/);
    expect(greeting).not.toMatch(/recovery|setup/);
    child.kill();
    await once(child, 'exit');
  });

  it.each([
    ['a wrong port', ['--port', 'http'], {}, /^--port: "http" is no port\.\n$/],
    ['an unknown option', ['--prot', '1'], {}, /Unknown option '--prot'/],
    ['an address of another machine', ['--host', '192.0.2.1'], {}, /This machine has no address 192\.0\.2\.1/],
    ['a database that does not answer', [], { DATABASE_URL: 'postgres://localhost:1/none' }, /DATABASE_URL names does not answer/],
    ['a foreign database', [], { DATABASE_URL: 'mysql://localhost/none' }, /DATABASE_URL must start with "postgres:\/\/"/],
    ['a data folder that is a file', ['--data', 'package.json'], {}, /package\.json/],
  ])('that cannot start says why in a sentence: %s', async (_name, args, env, message) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['server/main.ts', '--port', '0', ...args], {
      encoding: 'utf8',
      env: { ...environment, ...env },
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const child = spawn(process.execPath, ['server/main.ts', '--port', String(port)], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (piece) => (stderr += piece));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, stderr]).toEqual([1, `Port ${port} is taken: is Waypost running already? Choose another with --port.\n`]);
    other.close();
  });
});

describe('set-up', () => {
  const run = (fake: { version: string; arch?: string }) => {
    // The real program, told that it runs on another Node or another machine.
    const preload = join(folder, 'preload.mjs');
    writeFileSync(
      preload,
      `Object.defineProperty(process.versions, 'node', { value: '${fake.version}' }); ${fake.arch ? `Object.defineProperty(process, 'arch', { value: '${fake.arch}' });` : ''}`,
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, 'setup.mjs', '--quiet'], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it.each([
    ['Node 20 where Waypost brings its own', { version: '20.20.0' }, 0, /^$/],
    ['Node 24 on any machine', { version: '24.1.0', arch: 'arm64' }, 0, /^$/],
    [
      'Node 20 elsewhere',
      { version: '20.20.0', arch: 'arm64' },
      1,
      /^Waypost runs on Node 24 or newer, and this is Node 20\.20\.0\. .*install it from https:\/\/nodejs\.org\.\n$/,
    ],
    ['a very old Node', { version: '16.0.0' }, 1, /^This is Node 16\.0\.0\. Install Node 24/],
  ])('%s', (_name, fake, status, stderr) => {
    const answer = run(fake);
    expect([answer.status, answer.stdout]).toEqual([status, '']);
    expect(answer.stderr).toMatch(stderr);
  });
});
