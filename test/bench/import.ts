// Rows a second of a whole import: from a file to the encrypted directory, in the worker, with history and issues.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPath } from '../support/data.ts';
import { benchRow, type Bench, type BenchRow } from './bench.ts';
import { copyPackage, copyTrees } from './_hsds-copies.ts';
import { repeatRows } from './_repeated-rows.ts';
import type { TimedImport } from './_time-import.ts';

const ROWS = Number(process.env['WAYPOST_BENCH_ROWS'] ?? 300_000);
const GOAL = 20_000;
/** Of the example organization of HSDS: 24 records in tables, 23 in a tree. */
const HSDS_COPIES = Math.round(ROWS / 30);
const HSDS_GOAL = 8_000;

export const bench: Bench = {
  name: 'import',
  what: `rows a second: the file of food pantries repeated to ${ROWS} rows, beside the sqlite3 shell's .import of the same rows; records a second: an HSDS package of tables and a list of HSDS trees`,
  async run() {
    const source = dataPath('food-pantries-us', 'raw_records.ndjson');
    const hsds = dataPath('hsds', 'examples-3.2.3');
    if (!source || !hsds) throw new Error('The bench needs the real data: name its folder with WAYPOST_TEST_DATA.');
    const folder = mkdtempSync(join(tmpdir(), 'waypost-bench-'));
    try {
      const rows: BenchRow[] = [];
      let most = 0;
      for (const distinct of [true, false]) {
        const files = { csv: join(folder, 'pantries.csv'), ndjson: join(folder, 'pantries.ndjson') };
        await repeatRows(source, { file: files.ndjson, csv: files.csv, rows: ROWS, distinct });
        const kind = distinct ? 'distinct' : 'repeated';
        const peer = timeSqlite(join(folder, `${kind}.db`), files.csv);
        for (const [format, file] of Object.entries(files)) {
          const id = `import-${format}-${kind}`;
          const seconds = timeImport(join(folder, id), file);
          if (seconds.rows !== ROWS) throw new Error(`${seconds.rows} of ${ROWS} rows are accounted for.`);
          most = Math.max(most, seconds.megabytes);
          rows.push(
            benchRow(
              {
                id,
                unit: 'rows/s',
                ours: Math.round(ROWS / seconds.first),
                peer: peer && Math.round(ROWS / peer.seconds),
                peerName: peer?.name ?? 'sqlite3 shell: peer missing',
                goal: { kind: 'oursAtLeast', value: GOAL },
              },
              'higher',
            ),
          );
          rows.push(benchRow({ id: `${id}-again`, unit: 'rows/s', ours: Math.round(ROWS / seconds.second) }, 'higher'));
        }
      }
      rows.push(memoryRow('import-memory', most));
      const [tables, trees] = [join(folder, 'hsds'), join(folder, 'trees.json')];
      await copyPackage(join(hsds, 'csv'), tables, HSDS_COPIES);
      await copyTrees(join(hsds, 'organization_full.json'), trees, HSDS_COPIES);
      for (const [name, path] of Object.entries({ tables, trees })) {
        const { first, created, megabytes } = timeImport(join(folder, `hsds-${name}`), path);
        const goal = { kind: 'oursAtLeast', value: HSDS_GOAL } as const;
        rows.push(benchRow({ id: `import-hsds-${name}`, unit: 'records/s', ours: Math.round(created / first), goal }, 'higher'));
        rows.push(memoryRow(`import-hsds-${name}-memory`, megabytes));
      }
      return rows;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function memoryRow(id: string, ours: number): BenchRow {
  return benchRow({ id, unit: 'MB', ours, goal: { kind: 'oursAtMost', value: 1000 } });
}

function timeImport(dataFolder: string, path: string): TimedImport {
  const script = join(import.meta.dirname, '_time-import.ts');
  return JSON.parse(
    execFileSync(process.execPath, [script, dataFolder, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  ) as TimedImport;
}

function timeSqlite(database: string, csv: string): { seconds: number; name: string } | null {
  const version = spawnSync('sqlite3', ['--version'], { encoding: 'utf8' });
  if (version.error) return null;
  const start = performance.now();
  execFileSync('sqlite3', [database, '.mode csv', `.import ${csv} rows`], { stdio: 'ignore' });
  return { seconds: (performance.now() - start) / 1000, name: `sqlite3 ${version.stdout.split(' ')[0] ?? ''} .import` };
}
