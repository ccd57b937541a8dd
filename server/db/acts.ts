// Writing with history: an act is what someone did at one time, and every record that it changed stands beside it,
// in the same transaction. History, undo and the change feed are this one mechanism.

import { PostgresAdapter, sql, type Kysely, type Transaction } from 'kysely';
import type { HsdsObject } from '#shared/directory/hsds.ts';
import type { Database } from './schema.ts';

/** Where PostgreSQL tells the followers of the feed that something was committed. */
export const FEED_CHANNEL = 'waypost_change';
const ROWS_PER_INSERT = 1000;

export interface NewAct {
  kind: Database['act']['kind'];
  /** Who: a user's id, or `local:<role>` for the command line. */
  actor: string;
  /** When, as an ISO time. */
  at: string;
  reason?: string | null;
  /** Anything more to keep, written as JSON. */
  detail?: unknown;
  /** The act that this one takes back. */
  undoes?: number;
}

export interface NewChange {
  object: HsdsObject;
  recordId: string;
  op: Database['change']['op'];
  /** The record as it was; null for a creation. */
  before: Record<string, unknown> | null;
}

export interface ActWriter {
  readonly id: number;
  /** Notes changes. Call it beside the writes, as often as is handy; order is kept. */
  record(changes: readonly NewChange[]): Promise<void>;
}

/**
 * Runs `work` in one transaction that belongs to an act. Writers follow one another: the act's number is a row lock
 * until the commit, which keeps the feed's numbers in the order of commits on every engine.
 */
export async function writeAct<T>(
  db: Kysely<Database>,
  act: NewAct,
  work: (trx: Transaction<Database>, act: ActWriter) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const id = await reserve(trx, 'act');
    const detail = act.detail === undefined ? null : JSON.stringify(act.detail);
    await trx
      .insertInto('act')
      .values({ id, kind: act.kind, actor: act.actor, at: act.at, reason: act.reason ?? null, detail, undoes: act.undoes ?? null })
      .execute();
    const result = await work(trx, { id, record: (changes) => recordChanges(trx, id, changes) });
    if (trx.getExecutor().adapter instanceof PostgresAdapter) await sql`select pg_notify(${FEED_CHANNEL}, '')`.execute(trx);
    return result;
  });
}

/**
 * Takes `count` numbers from a counter and gives the first. Inside a transaction only: the counter's row stays locked
 * until the commit, and a rollback gives the numbers back, so that they stay dense.
 */
export async function reserve(trx: Transaction<Database>, counter: Database['feed']['name'], count = 1): Promise<number> {
  const { value } = await trx
    .updateTable('feed')
    .set((eb) => ({ value: eb('value', '+', count) }))
    .where('name', '=', counter)
    .returning('value')
    .executeTakeFirstOrThrow();
  return value - count + 1;
}

/** Columns that say what a record belongs to, the most particular first. */
export const OWNER_COLUMNS = [
  'service_at_location_id',
  'service_id',
  'location_id',
  'contact_id',
  'phone_id',
  'link_id',
  'resource_id',
  'organization_id',
] as const;

/** Id of what a record belongs to, for `change.owner_id`: so that what is gone is found with what it hung on. */
export function ownerOf(record: Record<string, unknown>): string | null {
  for (const column of OWNER_COLUMNS) {
    const id = record[column];
    if (typeof id === 'string' && id !== '') return id;
  }
  return null;
}

async function recordChanges(trx: Transaction<Database>, actId: number, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return;
  const first = await reserve(trx, 'change', changes.length);
  for (let start = 0; start < changes.length; start += ROWS_PER_INSERT) {
    const rows = changes.slice(start, start + ROWS_PER_INSERT).map((change, i) => ({
      seq: first + start + i,
      act_id: actId,
      object: change.object,
      record_id: change.recordId,
      op: change.op,
      before: change.before === null ? null : JSON.stringify(change.before),
      owner_id: change.before && ownerOf(change.before),
    }));
    await trx.insertInto('change').values(rows).execute();
  }
}
