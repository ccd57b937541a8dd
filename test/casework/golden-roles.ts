// Tables of who may do what, walked role by role: every role on SQLite, a few on PostgreSQL, and in the long run all on both.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ROLES, type Role } from '#server/identity/policies.ts';

/** One that is let in, one that is let in to little, one that is not at all: enough to see what the databases do differently. */
const FEW: readonly Role[] = ['viewer', 'intake', 'case_manager'];

export const WALKS: readonly (readonly [engine: 'sqlite' | 'postgres', roles: readonly Role[]])[] = [
  ['sqlite', ROLES],
  ['postgres', process.env['WAYPOST_LONG'] === '1' ? ROLES : FEW],
];

/** Holds the lines against those of the golden file, which begin with their role. */
export async function expectGolden(file: string, roles: readonly Role[], lines: readonly string[]): Promise<void> {
  const text = `${lines.join('\n')}\n`;
  if (roles === ROLES) return expect(text).toMatchFileSnapshot(file);
  const golden = (await readFile(join(import.meta.dirname, file), 'utf8')).split('\n');
  const wanted = golden.filter((line) => ['role', ...roles].some((role) => line.startsWith(`${role} `)));
  expect(text).toBe(`${wanted.join('\n')}\n`);
}
