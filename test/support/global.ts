// Runs once before the tests of functions, databases and servers: reads the shipped plugins, and where a test asks for PostgreSQL,
// starts a server for all of them. Each test still makes a database of its own on it (postgres-server.ts).

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { readContributions } from './contributions-cache.ts';
import { findPostgres, startPostgres } from './postgres-server.ts';

const ASKS_FOR_POSTGRES = /eachDatabase|'postgres'/;

export async function setup({ vitest }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'waypost-tests-'));
  readContributions(join(folder, 'contributions.json'));
  const files = [...vitest.state.getPaths()];
  const asked = files.some((file) => ASKS_FOR_POSTGRES.test(readFileSync(file, 'utf8')));
  const server = asked && !process.env['WAYPOST_TEST_POSTGRES'] && findPostgres() ? await startPostgres() : undefined;
  if (server) process.env['WAYPOST_TEST_POSTGRES'] = server.url;
  return () => {
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
