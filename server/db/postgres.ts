// PostgreSQL, and engines that speak its protocol: plain SQL only, messages only as a wake-up.

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { FEED_CHANNEL } from './acts.ts';
import type { DatabaseLocation, OpenDatabase } from './open.ts';
import { listenTo } from './postgres-listen.ts';
import type { Database } from './schema.ts';

const POOL_SIZE = 10;

// Counts and our ids stay far below 2^53, so int8 and numeric are numbers here as they are with SQLite.
const NUMBERS = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (NUMBERS.has(oid) ? Number : pg.types.getTypeParser(oid, format as 'text')),
};

export function openPostgres(location: DatabaseLocation & { url: string }): OpenDatabase {
  const { url } = location;
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, types: types as pg.CustomTypesConfig });
  // A connection lost while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    engine: 'postgres',
    location,
    version: () => null,
    listen: (onCommit) => listenTo(url, FEED_CHANNEL, onCommit),
    close: () => db.destroy(),
  };
}
