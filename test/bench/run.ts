// `npm run bench -- [NAME…] [--json]`: runs the benches and prints a table, or one JSON list on standard output.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { keepCompiledCode } from '#server/compile-cache.ts';
import type { Bench, BenchRow } from './bench.ts';

keepCompiledCode();

const json = process.argv.includes('--json');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && file !== 'bench.ts' && !file.startsWith('_'))
  .map((file) => file.slice(0, -3));

const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown[0]}". Benches: ${names.join(', ')}.`);
  process.exit(2);
}

const rows: BenchRow[] = [];
const chosen = wanted.length > 0 ? wanted : names;
for (const name of chosen) {
  const result = chosen.length === 1 ? await runHere(name) : runApart(name);
  rows.push(...result);
  if (!json) print(result);
}
if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);

async function runHere(name: string): Promise<BenchRow[]> {
  const { bench } = (await import(join(folder, `${name}.ts`))) as { bench: Bench };
  console.error(`${bench.name}: ${bench.what}`);
  return bench.run();
}

/** In a process of its own, so that no bench measures what another one left behind. */
function runApart(name: string): BenchRow[] {
  const { status, stdout } = spawnSync(process.execPath, [import.meta.filename, name, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The bench "${name}" ended with ${status}: see above. "npm run bench -- ${name}" runs it alone.`);
  return JSON.parse(stdout) as BenchRow[];
}

function print(result: BenchRow[]): void {
  for (const row of result) {
    const peer = row.peer === null ? (row.peerName ?? '') : `${figure(row.peer)} ${row.peerName}`;
    const ratio = row.ratio === null ? '' : `× ${row.ratio.toFixed(2)}`;
    const goal =
      row.goal === null ? '' : `${row.goal.kind} ${row.goal.value}: ${row.met === null ? 'not measured' : row.met ? 'met' : 'MISSED'}`;
    console.log([row.id.padEnd(28), `${figure(row.ours)} ${row.unit}`.padEnd(20), peer.padEnd(32), ratio.padEnd(10), goal].join(' '));
  }
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
