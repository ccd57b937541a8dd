// Runs once before all tests but those of components: reads the shipped plugins, and where a test asks for PostgreSQL, starts a
// server for all of them. Each test still makes a database of its own on it (postgres-server.ts).

import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readContributions } from './contributions-cache.ts';
import { findPostgres, findRoom, startPostgres } from './postgres-server.ts';
import { makeTemplates } from './postgres-templates.ts';

const ASKS_FOR_POSTGRES = /eachDatabase|'postgres'/;

let running = false;

export async function setup({ vitest }: TestProject): Promise<() => void> {
  if (running) return () => undefined;
  running = true;
  chooseSeed();
  const folder = mkdtempSync(join(tmpdir(), 'waypost-tests-'));
  readContributions(join(folder, 'contributions.json'));
  const files = [...vitest.state.getPaths()];
  const asked = files.some((file) => ASKS_FOR_POSTGRES.test(readFileSync(file, 'utf8')));
  const server = asked && !process.env['WAYPOST_TEST_POSTGRES'] && findPostgres() ? await startPostgres(findRoom()) : undefined;
  if (server) {
    process.env['WAYPOST_TEST_POSTGRES'] = server.url;
    await makeTemplates(folder);
  }
  return () => {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Property tests (properties.ts) draw anew in the long run, or from the seed that is given to see a failure again. */
function chooseSeed(): void {
  if (process.env['WAYPOST_LONG'] !== '1') return;
  const seed = (process.env['WAYPOST_SEED'] ??= String(randomInt(2 ** 31)));
  console.log(`Property tests draw from WAYPOST_SEED=${seed}.`);
}
