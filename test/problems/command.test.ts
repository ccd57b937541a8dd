// `waypost problems`, as whoever types it meets it: words, one JSON document, exit codes.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyContributions } from '../support/contributions-cache.ts';
import { temporaryFolder, type Folder } from '../import/support.ts';

const SITES = [
  'id,name,description,address,city,state,zip,phone,latitude,longitude',
  '1,Lighthouse Larder Pantry,Bread,12 Quay Street,Port Alder,OR,99801,555-010-0142,44.001,-123.001',
  '2,LIGHTHOUSE LARDER PANTRY,,12 Quay St.,Port Alder,OR,99801,555-010-0142,44.0011,-123.0011',
  '3,Mill Road Clinic,This office is permanently closed.,40 Mill Road,Port Alder,OR,99801,555-010-0150,44.01,-123.02',
  '4,Elm Road Clinic,This office is permanently closed.,41 Elm Road,Port Alder,OR,99801,555-010-0151,44.012,-123.03',
].join('\n');

interface Listed {
  kinds: { code: string; open: number; ignored: number }[];
  total: number;
  problems: { code: string; id: string; other: string | null; resource: { name: string } }[];
}

describe('problems on the command line', () => {
  let folder: Folder;
  let waypost: (...args: string[]) => { status: number | null; stdout: string; stderr: string };
  const list = (...args: string[]) => JSON.parse(waypost('problems', ...args, '--json').stdout) as Listed;
  beforeAll(() => {
    folder = temporaryFolder();
    const env = {
      ...process.env,
      XDG_CONFIG_HOME: join(folder.path, 'config'),
      WAYPOST_DATA: join(folder.path, 'data'),
      DATABASE_URL: '',
      WAYPOST_KEY_FILE: '',
    };
    waypost = (...args) => spawnSync(process.execPath, ['server/cli.ts', ...args], { encoding: 'utf8', env });
    copyContributions(env.WAYPOST_DATA);
    writeFileSync(join(folder.path, 'sites.csv'), SITES);
    expect(waypost('import', join(folder.path, 'sites.csv'), '--source', 'sites').status).toBe(0);
  });
  afterAll(() => folder[Symbol.dispose]());

  it('lists them by kind', () => {
    const { kinds, total, problems } = list('--kind', 'says_closed');
    expect(kinds.find(({ code }) => code === 'duplicate')).toMatchObject({ open: 1, ignored: 0 });
    expect([total, problems.map(({ resource }) => resource.name).sort()]).toEqual([2, ['Elm Road Clinic', 'Mill Road Clinic']]);
    const said = waypost('problems', '--kind', 'says_closed', '--limit', '1');
    expect(said.stdout).toMatch(/^ +2 {2}\w+ +says_closed {2}\(fix: close\)$/m);
    expect(said.stdout).toMatch(/2 in all, 1 shown\.\n$/);
    expect(said.status).toBe(0);
  });

  it('mends one, tries all of a kind, mends them as one act, and that is taken back', () => {
    const before = list('--kind', 'says_closed').problems.map(({ id }) => id);
    expect(JSON.parse(waypost('problems', 'fix', '--all-of', 'says_closed', '--dry-run', '--json').stdout)).toEqual({
      act: null,
      fixed: 2,
      skipped: [],
    });
    expect(list('--kind', 'says_closed').total).toBe(2);
    const one = waypost('problems', 'fix', before[0]!, '--kind', 'says_closed');
    expect(one.stdout).toMatch(/^Changed 1 records as act \d+\.\n$/);
    const { act, fixed, skipped } = JSON.parse(
      waypost('problems', 'fix', ...before, '--kind', 'says_closed', '--reason', 'called', '--json').stdout,
    ) as {
      act: number;
      fixed: number;
      skipped: string[];
    };
    expect([fixed, skipped]).toEqual([1, [before[0]]]);
    expect(waypost('problems', 'fix', '--all-of', 'says_closed').status).toBe(1);
    expect(waypost('undo', String(act)).status).toBe(0);
    expect(list('--kind', 'says_closed').problems.map(({ id }) => id)).toEqual([before[1]]);
  });

  it('leaves some as they are with a reason, and takes them up again', () => {
    const [pair] = list('--kind', 'duplicate').problems;
    const names = [pair!.other!, pair!.id, '--kind', 'duplicate'];
    expect(waypost('problems', 'ignore', ...names, '--reason', 'two doors').stdout).toBe('Left 1 as they are.\n');
    expect(list('--kind', 'duplicate').total).toBe(0);
    expect(list('--kind', 'duplicate', '--ignored').problems).toHaveLength(1);
    expect(JSON.parse(waypost('problems', 'unignore', ...names, '--json').stdout)).toMatchObject({ open: [{ code: 'duplicate' }] });
    expect(list('--kind', 'duplicate').total).toBe(1);
  });

  it.each([
    [2, ['fix'], 'Say which'],
    [2, ['mend'], 'Say what to do'],
    [2, ['ignore', 'x', '--kind', 'says_closed'], 'and why'],
    [2, ['--reason', 'x'], 'takes no --reason'],
    [2, ['--limit', 'many'], 'whole number'],
    [1, ['--kind', 'nonsense'], 'There is no kind of problem'],
    [1, ['fix', 'nothing', '--kind', 'says_closed'], ''],
    [1, ['fix', 'nothing'], 'no problem in common'],
    [1, ['fix', '--all-of', 'not_verified'], 'needs a look of its own'],
    [1, ['fix', 'x', '--kind', 'duplicate'], 'There is no quick fix'],
    [1, ['ignore', 'nothing', '--kind', 'says_closed', '--reason', 'x'], 'there is no "says_closed"'],
  ])('says in words what it cannot do: exit code %s for %j', (status, args, words) => {
    const answer = waypost('problems', ...args);
    expect([answer.status, answer.stderr]).toEqual([status, expect.stringContaining(words)]);
  });
});
