// `waypost acts`, `history` and `undo`, as whoever types them meets them: words, one JSON document, exit codes.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyContributions } from '../support/contributions-cache.ts';

it('lists what was done, tells the history of a record, and takes an act back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-acts-'));
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: join(folder, 'config'),
    WAYPOST_DATA: join(folder, 'data'),
    DATABASE_URL: '',
    WAYPOST_KEY_FILE: '',
  };
  const waypost = (...args: string[]) => spawnSync(process.execPath, ['server/cli.ts', ...args], { encoding: 'utf8', env });
  const json = (...args: string[]) => JSON.parse(waypost(...args, '--json').stdout) as unknown;
  copyContributions(env.WAYPOST_DATA);
  try {
    writeFileSync(join(folder, 'sites.csv'), 'id,name,city\n1,Larder,Oakdale\n2,Pantry,Oakdale');
    waypost('import', join(folder, 'sites.csv'), '--source', 'sites');
    expect(json('acts')).toMatchObject([{ act: 1, kind: 'import', source: 'sites', createdRows: 2, undoneBy: null }]);
    const dry = json('undo', '1', '--dry-run') as { act: number | null; records: number };
    expect(dry).toMatchObject({ act: null, undoes: 1, conflicts: 0, listed: [] });
    expect(waypost('undo', '1', '--reason', 'wrong file').stdout).toBe(`Set back ${dry.records} records of act 1 as act 2.\n`);
    expect(json('acts')).toMatchObject([
      { act: 2, kind: 'undo', undoes: 1, reason: 'wrong file' },
      { act: 1, undoneBy: 2 },
    ]);
    const again = waypost('undo', '1', '--json');
    expect([again.status, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain('has been undone already, by act 2');
    expect(waypost('history').status).toBe(2);
    expect(waypost('undo', 'last').status).toBe(2);
    const missing = waypost('history', 'nothing');
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('There is no record nothing')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
