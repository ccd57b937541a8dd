// A PostgreSQL server whose disk becomes full under an import, and what is said and what stands then: run in a mount
// namespace of its own, `unshare -m node test/disk/postgres-when-full.ts tablespace|all`. Prints one JSON document.

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { digest } from '../kills/kills.ts';
import { getServerUser, startPostgres } from '../support/postgres-server.ts';

/** What becomes full: the disk of the tables alone, or of the server's log too, without which it cannot go on. */
const what = process.argv[2];
const FEW = 3000;
const MANY = 30_000;
const FREE_KB = 1024;

const folder = mkdtempSync(join(tmpdir(), 'waypost-full-'));
chmodSync(folder, 0o755);
const disk = join(folder, 'disk');
mkdirSync(disk);
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1g', 'none', disk]);
const user = getServerUser();
if (user) chownSync(disk, user.uid, user.gid);
chmodSync(disk, 0o777);
process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
if (what === 'all') process.env['TMPDIR'] = disk;

const server = await startPostgres();
process.env['TMPDIR'] = folder;
await execute(server.url, what === 'all' ? 'create database waypost' : `create tablespace small location '${disk}'`);
if (what !== 'all') await execute(server.url, 'create database waypost tablespace small');
const place = { dataFolder: join(folder, 'data'), url: server.url.replace('/postgres?', '/waypost?') };

const row = (i: number) => `${i},Site ${i},${i} Main St,Oakdale,OH,555-010-0001`;
for (const [name, rows] of [
  ['few', FEW],
  ['many', MANY],
] as const)
  writeFileSync(
    join(folder, `${name}.csv`),
    ['id,name,address,city,state,phone', ...Array.from({ length: rows }, (_, i) => row(i))].join('\n'),
  );

const importFile = (name: string) =>
  spawnSync(
    process.execPath,
    ['server/cli.ts', 'import', join(folder, `${name}.csv`), '--source', name, '--json', '--data', place.dataFolder],
    {
      env: { ...process.env, DATABASE_URL: place.url },
      encoding: 'utf8',
    },
  );

try {
  importFile('few');
  const before = await digest(place);
  await execute(place.url, 'checkpoint');
  const used = Number(/^\d+/.exec(execFileSync('du', ['-sk', disk], { encoding: 'utf8' }))![0]);
  execFileSync('mount', ['-o', `remount,size=${used + FREE_KB}k`, disk]);
  const { status, stderr } = importFile('many');
  execFileSync('mount', ['-o', 'remount,size=1g', disk]);
  const after = await whenBack(() => digest(place));
  const again = importFile('many');
  const { created } = JSON.parse(again.stdout) as { created: number };
  process.stdout.write(JSON.stringify({ status, stderr, unharmed: JSON.stringify(after) === JSON.stringify(before), created }));
} finally {
  server.stop();
  rmSync(join(folder, 'data'), { recursive: true, force: true });
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A server that could not write its log starts anew; until then it answers nobody. */
async function whenBack<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 100; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
