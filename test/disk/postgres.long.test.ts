// PostgreSQL on a full disk: said in words, nothing harmed. A server has its own user, whom only the system's administrator can give
// a disk.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findPostgres } from '../support/postgres-server.ts';
import { canMount, FULL } from './mounts.ts';

const ROWS = 30_000;
const canFill = process.getuid?.() === 0 && findPostgres() !== undefined && canMount();
if (!canFill) console.warn('\n  SKIPPED: PostgreSQL on a full disk. It needs PostgreSQL, and to run as root.\n');

it.skipIf(!canFill).each(['tablespace', 'all'])(
  'when the disk of a server becomes full (%s), an import is refused, harms nothing, and goes through when there is room',
  (what) => {
    const folder = mkdtempSync(join(tmpdir(), 'waypost-disk-'));
    const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), WAYPOST_KEY_FILE: '', DATABASE_URL: '' };
    const program = ['-m', process.execPath, 'test/disk/postgres-when-full.ts', what];
    const { status, stdout, stderr } = spawnSync('unshare', program, { env, encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ status: 1, stderr: expect.stringMatching(FULL) as string, unharmed: true, created: ROWS });
  },
);
