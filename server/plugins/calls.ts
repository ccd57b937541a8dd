// The record of calls into installed plugins. Nobody waits for it to be written: calls are gathered and written together,
// and the last of them when the server stops.

import { sql, type Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/schema.ts';
import type { CallRecord } from './cage/cage.ts';

const FLUSH_MS = 1000;
const ROWS_AT_ONCE = 200;
/** Held at most while the database cannot be written. */
const HELD = 10_000;
const KEPT_MS = 90 * 24 * 3600 * 1000;

export interface PluginCalls {
  note(record: CallRecord): void;
  /** Writes what was noted. */
  flush(): Promise<void>;
  dispose(): Promise<void>;
}

export function recordPluginCalls(db: Kysely<Database>, { log, clock }: { log: Logger; clock: Clock }): PluginCalls {
  let held: CallRecord[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const records = held;
    held = [];
    try {
      for (let at = 0; at < records.length; at += ROWS_AT_ONCE)
        await db
          .insertInto('plugin_call')
          .values(records.slice(at, at + ROWS_AT_ONCE).map(toRow))
          .execute();
      const old = new Date(clock() - KEPT_MS).toISOString();
      if (records.length > 0) await db.deleteFrom('plugin_call').where('at', '<', old).execute();
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error), calls: records.length }, 'calls of plugins not on record');
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (writing = writing.then(write));
  }

  return {
    note(record) {
      if (held.length < HELD) held.push(record);
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
    },
    flush,
    dispose: flush,
  };
}

function toRow({ plugin, version, hash, kind, name, fields, at, ms, cpuMs, outcome, detail }: CallRecord): Database['plugin_call'] {
  const times = { at: new Date(at).toISOString(), ms: Math.round(ms), cpu_ms: Math.round(cpuMs) };
  return { plugin, version, hash, kind, name, fields: JSON.stringify(fields), ...times, outcome, detail: detail?.slice(0, 1000) ?? null };
}

/** What a plugin has done of late. */
export interface PluginHealth {
  plugin: string;
  calls: number;
  /** By outcome, without those that went well. */
  failures: Record<string, number>;
  /** Milliseconds: the middle one and the longest. */
  medianMs: number;
  longestMs: number;
  lastAt: string | null;
  lastFailure: { at: string; outcome: string; detail: string | null } | null;
  /** Calls in each of the last 24 hours, the present one last. */
  hours: number[];
}

const RECENT = 1000;
const HOUR_MS = 3600 * 1000;
const HOURS = 24;

/** Over its last thousand calls, and by hour up to `now`. */
export async function readPluginHealth(db: Kysely<Database>, plugin: string, now = Date.now()): Promise<PluginHealth> {
  const rows = await db
    .selectFrom('plugin_call')
    .select(['at', 'ms', 'outcome', 'detail'])
    .where('plugin', '=', plugin)
    .orderBy('at', 'desc')
    .limit(RECENT)
    .execute();
  const failures: Record<string, number> = {};
  for (const { outcome } of rows) if (outcome !== 'ok' && outcome !== 'stopped') failures[outcome] = (failures[outcome] ?? 0) + 1;
  const times = rows.map(({ ms }) => ms).sort((a, b) => a - b);
  const failed = rows.find(({ outcome }) => outcome in failures);
  return {
    plugin,
    calls: rows.length,
    failures,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    longestMs: times.at(-1) ?? 0,
    lastAt: rows[0]?.at ?? null,
    lastFailure: failed ? { at: failed.at, outcome: failed.outcome, detail: failed.detail } : null,
    hours: await countByHour(db, plugin, now),
  };
}

async function countByHour(db: Kysely<Database>, plugin: string, now: number): Promise<number[]> {
  const hours = Array.from({ length: HOURS }, (_, i) =>
    new Date(now - (HOURS - 1 - i) * HOUR_MS).toISOString().slice(0, 'YYYY-MM-DDTHH'.length),
  );
  const rows = await db
    .selectFrom('plugin_call')
    .select([sql<string>`substr(at, 1, 13)`.as('hour'), ({ fn }) => fn.countAll().as('calls')])
    .where('plugin', '=', plugin)
    .where('at', '>=', hours[0]!)
    .groupBy('hour')
    .execute();
  const counted = new Map(rows.map(({ hour, calls }) => [hour, Number(calls)]));
  return hours.map((hour) => counted.get(hour) ?? 0);
}
