// Runs once before the tests of functions, databases and servers: where one of them asks for PostgreSQL, starts a
// server for all of them. Each test still makes a database of its own on it (postgres-server.ts).

import { readFileSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from './postgres-server.ts';

const ASKS_FOR_POSTGRES = /eachDatabase|'postgres'/;

export async function setup({ vitest }: TestProject): Promise<(() => void) | undefined> {
  const files = [...vitest.state.getPaths()];
  if (process.env['WAYPOST_TEST_POSTGRES'] || !findPostgres()) return undefined;
  if (!files.some((file) => ASKS_FOR_POSTGRES.test(readFileSync(file, 'utf8')))) return undefined;
  const server = await startPostgres();
  process.env['WAYPOST_TEST_POSTGRES'] = server.url;
  return () => server.stop();
}
