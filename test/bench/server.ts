// Whether anyone waits behind an import: 200 people search in the demo town while a file comes in, and while none does.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locateForWorker, startImport } from '#server/directory/import.ts';
import { dataPath } from '../support/data.ts';
import { testApp, type TestApp } from '../support/test-app.ts';
import { repeatRows } from './_repeated-rows.ts';
import { benchRow, quantile, type Bench } from './bench.ts';

const CLIENTS = 200;
const SECONDS = 12;
const ROWS = 300_000;
const NO_LIMIT = { burst: 1e9, perSecond: 1e9 };

export const bench: Bench = {
  name: 'server',
  what: `${CLIENTS} people who search at the same time: milliseconds until the answer while ${ROWS.toLocaleString('en')} rows are imported, beside no import`,
  async run() {
    const source = dataPath('food-pantries-us', 'raw_records.ndjson');
    if (!source) throw new Error('The bench needs the real data: name its folder with WAYPOST_TEST_DATA.');
    const folder = mkdtempSync(join(tmpdir(), 'waypost-bench-'));
    try {
      const file = join(folder, 'pantries.ndjson');
      await repeatRows(source, { file, rows: ROWS, distinct: true });
      await using app = await testApp({ demo: true, limits: { address: NO_LIMIT, session: NO_LIMIT } });
      await app.deps.directory.ready;
      await measure(app, 3);
      const alone = await measure(app, SECONDS);
      const importing = startImport({
        ...locateForWorker(app.deps),
        request: { paths: [file], format: 'auto', dryRun: false, actor: 'local:bench' },
      });
      let ended = 0;
      const start = performance.now();
      void importing.then(() => (ended = performance.now() - start));
      const beside = await measure(app, SECONDS);
      if (ended > 0) console.error(`The import ended after ${Math.round(ended)} ms: the rest was measured without it.`);
      await importing;
      const after = await measure(app, 3);
      const row = (id: string, q: number) =>
        benchRow({ id, unit: 'ms', ours: quantile(beside, q), peer: quantile(alone, q), peerName: 'no import' });
      return [
        row('server-p50', 0.5),
        row('server-p99', 0.99),
        benchRow(
          { id: 'server-answers', unit: 'answers/s', ours: beside.length / SECONDS, peer: alone.length / SECONDS, peerName: 'no import' },
          'higher',
        ),
        benchRow({ id: 'server-after-p99', unit: 'ms', ours: quantile(after, 0.99), peer: quantile(alone, 0.99), peerName: 'no import' }),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(app: TestApp, seconds: number): Promise<number[]> {
  const clients = join(import.meta.dirname, '_find-clients.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [clients, app.url, String(CLIENTS), String(seconds)], { maxBuffer: 1e8 });
  return (JSON.parse(stdout) as number[]).sort((a, b) => a - b);
}
