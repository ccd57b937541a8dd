// An undo of a large act that is killed at any moment has done all of it or nothing, and runs through when it is run again.

import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase } from '#server/db/open.ts';
import { listActs } from '#server/directory/history.ts';

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const KILLS = process.env['WAYPOST_LONG'] === '1' ? 60 : 7;
const ROWS = 3000;

it(`stands ${KILLS} kills`, { timeout: 300_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-undo-kill-'));
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), DATABASE_URL: '' };
  const args = (...rest: string[]) => [CLI, '--data', join(folder, 'data'), ...rest, '--json'];
  const run = <T>(...rest: string[]) =>
    JSON.parse(execFileSync(process.execPath, args(...rest), { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })) as T;
  /** Read from here: the program takes longer to start than to answer. */
  const newest = async () => {
    const previous = process.env['XDG_CONFIG_HOME'];
    process.env['XDG_CONFIG_HOME'] = env.XDG_CONFIG_HOME;
    const database = await openDatabase({ dataFolder: join(folder, 'data') });
    if (previous === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = previous;
    const [act] = await listActs(database.db, { limit: 1 });
    await database.close();
    return act;
  };
  try {
    const rows = Array.from({ length: ROWS }, (_, i) => `${i},Site ${i},${i} Main St,Oakdale,555-010-0001`);
    writeFileSync(join(folder, 'sites.csv'), ['id,name,address,city,phone', ...rows].join('\n'));
    run('import', join(folder, 'sites.csv'), '--source', 'sites');
    const started = performance.now();
    const whole = run<{ records: number }>('undo', '1');
    const longest = performance.now() - started;
    expect(whole.records).toBeGreaterThan(ROWS * 3);
    // From here on the act to undo is the undo of the undo, which brings all of it back each time.
    let last = run<{ act: number }>('undo', '2').act;
    for (let n = 0; n < KILLS; n++) {
      const child = spawn(process.execPath, args('undo', String(last)), { env, stdio: 'ignore' });
      const ended = once(child, 'close');
      await sleep((longest * (n + 1)) / KILLS);
      child.kill('SIGKILL');
      await ended;
      const found = await newest();
      if (found?.act === last) continue;
      // It had just been done: as a whole, so that it can be undone as a whole.
      expect(found).toMatchObject({ act: last + 1, changes: whole.records });
      last = run<{ act: number }>('undo', String(last + 1)).act;
    }
    expect(run('undo', String(last))).toMatchObject({ records: whole.records, conflicts: 0 });
    expect(run('undo', String(last + 1))).toMatchObject({ records: whole.records, conflicts: 0 });
    expect(run('import', join(folder, 'sites.csv'), '--source', 'sites')).toMatchObject({ unchanged: ROWS, created: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
