// A disk that is full, at a limit, or read-only: whoever writes is told so in words that say what to do, and nothing of
// the directory is harmed, neither by what was refused nor by what had been written when it was.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { copyContributions } from '../support/contributions-cache.ts';
import { digest, type Digest } from '../kills/kills.ts';
import { canMount, FULL, runOnDisk, type Answer } from './mounts.ts';

const CLI = 'server/cli.ts';
const ROWS = 3000;
const READ_ONLY =
  /^Nothing can be written: the disk, or the folder, is read-only\. Nothing was changed\. Make it writable, or name another one\.\n$/;
const LIMIT = /Nothing was changed\..* (It may be full, at a limit for the size of a file|Raise the limit)/;

let folder: string;
let data: string;
let environment: NodeJS.ProcessEnv;
let before: Digest;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waypost-disk-'));
  data = join(folder, 'data');
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  vi.stubEnv('WAYPOST_KEY_FILE', undefined);
  environment = { ...process.env, DATABASE_URL: '' };
  for (const path of ['disk', 'after']) mkdirSync(join(folder, path));
  const row = (i: number) => `${i},Site ${i},${i} Main St,Oakdale,OH,555-010-0001`;
  const write = (name: string, rows: number) =>
    writeFileSync(join(folder, name), ['id,name,address,city,state,phone', ...Array.from({ length: rows }, (_, i) => row(i))].join('\n'));
  write('few.csv', ROWS);
  write('many.csv', 10 * ROWS);
  copyContributions(data);
  waypost('import', join(folder, 'few.csv'), '--source', 'few', '--data', data);
  before = await digest({ dataFolder: data });
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function waypost(...args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { env: environment, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** `$disk` is where the data lies; what is given back lies in `after`. */
function onDisk(free: number | 'read-only', command: string): Answer {
  const at = join(folder, 'disk');
  const after = join(folder, 'after');
  rmSync(after, { recursive: true, force: true });
  mkdirSync(after);
  const args = command.replaceAll('$disk', at).replaceAll('$folder', folder).split(' ');
  return runOnDisk({ at, holds: data, free, after }, [process.execPath, ...args], environment);
}

/** Where an export stands on record before its first byte. */
const RECORD = ['audit', 'feed'];

async function expectSame(dataFolder: string, what: string): Promise<void> {
  const [now, was] = [await digest({ dataFolder }), { ...before }];
  if (what === 'an export') for (const table of RECORD) for (const one of [now, was]) delete one[table];
  expect(now).toEqual(was);
}

/** As it was, and good for what was refused. */
async function expectUnharmed(what: string): Promise<void> {
  const after = join(folder, 'after');
  await expectSame(after, what);
  expect(readdirSync(after).filter((name) => /part|\.csv|copy/.test(name))).toEqual([]);
}

const WRITES: [name: string, command: string][] = [
  ['an import', `${CLI} import $folder/many.csv --source many --data $disk`],
  ['an undo', `${CLI} undo 1 --data $disk`],
  ['the demo', `${CLI} demo add --data $disk`],
  ['a backup', `${CLI} backup --out $disk/copy.db --data $disk`],
  ['an export', `${CLI} export --format hsds --out $disk/copy --data $disk`],
];

const START = ['the start of the server', 'server/main.ts --port 0 --data $disk'] as const;

/** Of each kind of writing one here, all of them in the long run. */
const LONG = process.env['WAYPOST_LONG'] === '1';
const shortly = (...names: string[]) => WRITES.filter(([name]) => LONG || names.includes(name));

describe.skipIf(!canMount())('on a disk', () => {
  it.each(shortly('an import', 'a backup'))('that becomes full, %s is refused in words and harms nothing', async (what, command) => {
    const { status, stdout, stderr } = onDisk(512, command);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(FULL) as string });
    await expectUnharmed(what);
  });

  it.each([...shortly('an undo', 'an export'), START])(
    'that is full to the last byte, %s is refused in words and harms nothing',
    async (what, command) => {
      const { status, stdout, stderr } = onDisk(0, command);
      expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(FULL) as string });
      await expectUnharmed(what);
    },
  );

  it.each([...shortly('an import'), START])('that is read-only, %s is refused in words and harms nothing', async (what, command) => {
    const { status, stdout, stderr } = onDisk('read-only', command);
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(READ_ONLY) as string });
    await expectUnharmed(what);
  });

  it('that fills up under a running server, an edit is refused in words, and goes through when there is room', async () => {
    const { status, stdout, stderr } = onDisk(20_000, 'test/disk/edit-when-full.ts $disk');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      full: {
        status: 507,
        problem: { code: 'no_storage', status: 507, say: expect.stringMatching(/^The disk is full\./) as string, suggestions: [] },
      },
      found: 200,
      room: 200,
      name: 'Renamed when there was room',
    });
  });
});

describe('at a limit for the size of a file', () => {
  // In blocks of half a kilobyte: enough to open the database, and too little for what is to be written.
  const limited = (command: string) =>
    spawnSync('sh', ['-c', `ulimit -f 400; exec "${process.execPath}" ${command}`], { env: environment, encoding: 'utf8' });

  it.each([
    ['an import', `${CLI} import $folder/many.csv --source many --data $copy`],
    ['an export', `${CLI} export --format hsds-json --out $copy/copy --data $copy`],
  ])('%s is refused in words and harms nothing', async (what, command) => {
    const copy = join(folder, 'limited');
    rmSync(copy, { recursive: true, force: true });
    cpSync(data, copy, { recursive: true });
    const { status, stderr } = limited(command.replaceAll('$copy', copy).replaceAll('$folder', folder));
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(LIMIT) as string });
    await expectSame(copy, what);
    expect(existsSync(join(copy, 'copy'))).toBe(false);
  });
});
