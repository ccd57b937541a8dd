// `npm run check [-- NAME…]`: every check of the code, side by side, each with its own output; fails if one fails.

import { spawn } from 'node:child_process';
import { cpus } from 'node:os';

interface Check {
  name: string;
  command: string[];
  /** Only where it is asked for: another one finds the same and more. */
  within?: string;
}

const CHECKS: Check[] = [
  { name: 'types', command: ['tsc', '-p', '.'], within: 'svelte-check' },
  {
    name: 'svelte-check',
    command: ['svelte-check', '--tsconfig', './tsconfig.json', '--output', 'human', '--threshold', 'warning', '--fail-on-warnings'],
  },
  { name: 'eslint', command: ['eslint', '.', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0'] },
  { name: 'prettier', command: ['prettier', '--check', '.', '--log-level', 'warn', '--cache'] },
  {
    name: 'directions',
    command: ['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'client', 'server', 'shared', 'plugins', 'test'],
  },
  { name: 'unused', command: ['knip', '--no-progress'] },
];

function run(check: Check): Promise<{ check: Check; code: number; output: string; seconds: number }> {
  const started = performance.now();
  return new Promise((resolve) => {
    const [command = '', ...args] = check.command;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (piece) => (output += piece));
    child.stderr.on('data', (piece) => (output += piece));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => resolve({ check, code: code ?? 1, output, seconds: (performance.now() - started) / 1000 }));
  });
}

const only = process.argv.slice(2);
const queue = CHECKS.filter(({ name, within }) => (only.length === 0 ? !within : only.includes(name)));
let failed = 0;
await Promise.all(
  Array.from({ length: Math.min(2, cpus().length) }, async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const { code, output, seconds } = await run(check);
      if (code !== 0) failed += 1;
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${seconds.toFixed(1)} s)`);
      if (code !== 0) console.log(output);
    }
  }),
);
process.exitCode = failed === 0 ? 0 : 1;
