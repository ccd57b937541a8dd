// A PostgreSQL server for the tests: made by initdb in a temporary folder, reached through a socket there, run as its
// own user where the tests run as root, and stopped when the last process that uses it has ended.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, chownSync, readdirSync, rmSync, writeFileSync, chmodSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** The folder with `initdb` and `pg_ctl`; undefined where PostgreSQL is not installed. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

let starting: Promise<string> | undefined;

/** URL of a new database: an empty one, or a copy of another one that nobody has open. */
export async function createPostgresDatabase(template = 'template1', name = `test_${randomBytes(6).toString('hex')}`): Promise<string> {
  const server = await ask((version) => `create database ${name} template ${template}${version < 15 ? '' : COPIES}`);
  return server.replace('/postgres?', `/${name}?`);
}

/** It is some hundreds of files; where somebody still has it open it stays until the server goes. */
export async function dropPostgresDatabase(url: string): Promise<void> {
  await ask(() => `drop database if exists ${getDatabaseName(url)}`).catch(() => undefined);
}

/** Of a URL of `createPostgresDatabase`. */
export function getDatabaseName(url: string): string {
  const name = /\/(\w+)\?/.exec(url)?.[1];
  if (!name) throw new Error(`This names no database of a test: ${url}`);
  return name;
}

/** File by file instead of page by page through the log: half of the time, where nothing has to be safe on the disk. From version 15 on. */
const COPIES = ' strategy file_copy';

/** Gives the server's address. */
async function ask(statement: (version: number) => string): Promise<string> {
  const server = process.env['WAYPOST_TEST_POSTGRES'] ?? (await (starting ??= startPostgres().then((started) => started.url)));
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int / 10000 as version`);
    await client.query(statement(rows[0]?.version ?? 0));
  } finally {
    await client.end();
  }
  return server;
}

export interface PostgresServer {
  url: string;
  stop(): void;
}

/** Nothing has to last longer than the run. */
const UNSAFE = ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'];
/** What a run holds at once is a fraction of it. */
const ROOM_BYTES = 4 * 1024 ** 3;

/** In memory, where there is plenty: each database is some hundreds of files, which a slow disk takes long to make and to delete. */
export function findRoom(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory) || process.availableMemory() < 2 * ROOM_BYTES) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > ROOM_BYTES ? memory : tmpdir();
}

/** Starts a server; it ends with this process, even where that is killed. */
export async function startPostgres(room = tmpdir()): Promise<PostgresServer> {
  const bin = findPostgres();
  if (!bin) throw new Error('PostgreSQL is not installed.');
  const home = mkdtempSync(join(room, 'waypost-pg-'));
  const data = join(home, 'data');
  const user = getServerUser();
  mkdirSync(data);
  if (user) for (const path of [home, data]) chownSync(path, user.uid, user.gid);
  chmodSync(home, 0o755);
  const options = { ...user, stdio: 'pipe', cwd: home } as const;
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'], options);
  const settings = [`listen_addresses = ''`, `unix_socket_directories = '${home}'`, ...UNSAFE, 'max_connections = 200'];
  writeFileSync(join(data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`);
  execFileSync(join(bin, 'pg_ctl'), ['-D', data, '-l', join(home, 'log'), '-w', 'start'], { ...options, stdio: 'ignore' });
  watchParent(bin, home, user);
  const stop = () => {
    try {
      execFileSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'], { ...options, stdio: 'ignore' });
    } catch {
      // It has ended already.
    }
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', stop);
  return { url: `postgres://postgres@/postgres?host=${encodeURIComponent(home)}`, stop };
}

/** `initdb` refuses to run as root. */
export function getServerUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }).trim());
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody".');
}

/** A killed test run stops nothing by itself: a shell waits for its end and stops the server then. */
function watchParent(bin: string, home: string, user: { uid: number; gid: number } | undefined): void {
  const script = `while kill -0 ${process.pid} 2>/dev/null || [ -d /proc/${process.pid} ]; do sleep 2; done; "${bin}/pg_ctl" -D "${home}/data" -m immediate stop; rm -rf "${home}"`;
  spawn('/bin/sh', ['-c', script], { ...user, stdio: 'ignore', detached: true }).unref();
}
