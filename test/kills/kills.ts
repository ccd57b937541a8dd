// Kills a process at moments spread over the whole of its work, and holds what stands afterwards against the same work
// done in peace.

import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { openDatabase, type OpenDatabase } from '#server/db/open.ts';
import { copyPlace, type DatabasePlace } from '../support/databases.ts';
import { doWork, type Task, type Work } from './work.ts';

const PROGRAM = fileURLToPath(new URL('work.ts', import.meta.url));
/** Kills that came too late are made up for, but not without end. */
const MOST_MISSES = 20;

export interface Killing {
  /** Where the work begins; it is copied, and stays as it is. */
  start: DatabasePlace;
  task: Task;
  kills: number;
  /** Says which moments are chosen. */
  seed: number;
}

/**
 * Kills so often, each time taking up what the last kill left; then the work is done to its end, and what stands equals
 * the same done in peace, which is given back.
 */
export async function killOften({ start, task, kills, seed }: Killing): Promise<DatabasePlace> {
  const quiet = await copyPlace(start);
  const begun = await digest(quiet);
  const marks = await timeWork({ place: quiet, task });
  const wanted = await digest(quiet);
  expect(wanted).not.toEqual(begun);

  const moments = createMoments(marks, { kills, seed });
  let place = await copyPlace(start);
  let misses = 0;
  for (let killed = 0; killed < kills;) {
    if (await killAt({ place, task }, moments(killed))) killed++;
    else expect(++misses).toBeLessThan(MOST_MISSES);
    if (await isUntouched(place, begun)) continue;
    // It had just been done; of migrations, which stand each for itself, perhaps the first ones only.
    if (task.does === 'migrate') await timeWork({ place, task });
    expect(await digest(place)).toEqual(wanted);
    place = await copyPlace(start);
  }
  await timeWork({ place, task });
  expect(await digest(place)).toEqual(wanted);
  await expectSound(place);
  return quiet;
}

/** When signs came, in milliseconds from the first one; last of all the end. */
async function timeWork(work: Work): Promise<number[]> {
  const times: number[] = [];
  await doWork(work, () => times.push(performance.now()));
  times.push(performance.now());
  return times.map((time) => time - (times[0] ?? 0));
}

interface Moment {
  /** Signs that are waited for. */
  marks: number;
  /** Milliseconds after the last of them. */
  after: number;
}

/** Moments spread evenly over the work, each somewhere in its share. */
function createMoments(times: readonly number[], { kills, seed }: { kills: number; seed: number }): (n: number) => Moment {
  const random = createRandom(seed);
  const end = times.at(-1) ?? 0;
  return (n) => {
    const at = ((n + random()) / kills) * end;
    const marks = Math.max(1, times.findLastIndex((time) => time <= at) + 1);
    return { marks, after: at - (times[marks - 1] ?? 0) };
  };
}

/** Gives whether it was killed: it may have been faster. */
async function killAt(work: Work, { marks, after }: Moment): Promise<boolean> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(work.place.dataFolder), 'code') };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'inherit'], env });
  let seen = 0;
  child.stdout.on('data', (signs: Buffer) => {
    const before = seen;
    seen += signs.length;
    if (before < marks && seen >= marks) void sleep(after).then(() => child.kill('SIGKILL'));
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal === null) expect(code).toBe(0);
  else expect(signal).toBe('SIGKILL');
  return signal !== null;
}

export type Digest = Record<string, { rows: number; sum: number }>;

/** Every row of every table, in any order; times of writing apart. */
export async function digest(place: DatabasePlace): Promise<Digest> {
  await using database = await openPlace(place);
  const found: Digest = {};
  for (const { name: table, schema = 'public' } of await database.db.introspection.getTables()) {
    const name = schema === 'public' ? table : `${schema}.${table}`;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(database.db);
    let sum = 0;
    for (const row of rows) {
      for (const column of TIMES) if (column in row) row[column] = null;
      sum = (sum + parseInt(hash('sha1', JSON.stringify(row)).slice(0, 12), 16)) % 2 ** 48;
    }
    found[name] = { rows: rows.length, sum };
  }
  return found;
}

const TIMES = ['at', 'created_at'];

async function isUntouched(place: DatabasePlace, begun: Digest): Promise<boolean> {
  await using database = await openPlace(place);
  // A server goes on for a moment after its client was killed.
  while (database.engine === 'postgres' && (await countOthers(database)) > 0) await sleep(5);
  const counts: Record<string, number> = {};
  for (const { name } of await database.db.introspection.getTables()) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(database.db);
    counts[name] = Number(rows[0]?.n);
  }
  const before = Object.fromEntries(Object.entries(begun).map(([name, { rows }]) => [name, rows]));
  return JSON.stringify(counts) === JSON.stringify(before);
}

async function countOthers({ db }: OpenDatabase): Promise<number> {
  const others = sql<{
    n: string;
  }>`select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  return Number((await others.execute(db)).rows[0]?.n);
}

async function expectSound(place: DatabasePlace): Promise<void> {
  await using database = await openPlace(place);
  if (database.engine === 'sqlite')
    expect((await sql`pragma integrity_check`.execute(database.db)).rows).toEqual([{ integrity_check: 'ok' }]);
}

async function openPlace(place: DatabasePlace): Promise<OpenDatabase & AsyncDisposable> {
  const database = await openDatabase(place);
  return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() });
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
