// An import that is killed at any moment leaves nothing behind, and runs through when it is started again.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { openApp } from '#server/app.ts';
import { locateForWorker, startImport, type ImportWorkerMessage } from '#server/directory/import.ts';
import { createLog } from '#server/log.ts';

const ROWS = 6000;

/** Kills an import `times` times, each time a little later, and checks after each that the directory is as it was. */
export async function killAndRunAgain(times: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-kill-'));
  const previous = process.env['XDG_CONFIG_HOME'];
  process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
  try {
    const file = join(folder, 'sites.csv');
    const rows = Array.from({ length: ROWS }, (_, i) => `${i},Site ${i},${i} Main St,Oakdale,OH,${40 + i / 1e5},-82.5,555-010-0001`);
    writeFileSync(file, ['id,name,address,city,state,lat,lon,phone', ...rows].join('\n'));
    await using app = await openApp({ dataFolder: join(folder, 'data'), log: createLog({ level: 'fatal' }) });
    const request = { paths: [file], format: 'auto', source: 'sites', dryRun: false, actor: 'test' };
    const data = { ...locateForWorker(app), request };
    const state = async () => ({
      services: (
        await app.db
          .selectFrom('service')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
      changes: (
        await app.db
          .selectFrom('change')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
      indexes: (await app.db.introspection.getTables()).length,
    });
    const before = await state();
    for (let turn = 0; turn < times; turn++) {
      const finished = await killAfter(data, turn / times);
      if (finished) break;
      expect(await state()).toEqual(before);
    }
    const report = await startImport(data);
    expect(report.created + report.unchanged).toBe(ROWS);
    expect((await state()).services).toBe(ROWS);
    expect(await startImport(data)).toMatchObject({ created: 0, updated: 0, unchanged: ROWS });
  } finally {
    if (previous === undefined) delete process.env['XDG_CONFIG_HOME'];
    else process.env['XDG_CONFIG_HOME'] = previous;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends the worker without a word once it has told of a part of the rows; gives whether it was done before. */
async function killAfter(workerData: unknown, share: number): Promise<boolean> {
  const worker = new Worker(new URL('../../server/import-worker.ts', import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message: ImportWorkerMessage) => {
      if (message.type === 'done') resolve(true);
      else if (message.type === 'progress' && message.rows >= share * ROWS) void worker.terminate().then(() => resolve(false));
    });
    // Even before the first row is told of.
    if (share === 0) setTimeout(() => void worker.terminate().then(() => resolve(false)), 150);
  });
}
