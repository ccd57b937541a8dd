// The record of who read or decided what of that which is kept secret. It says who, when, what and why, never what was
// read. Rows are only ever added, and each is chained to the one before it by a hash.

import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { reserve } from '#server/db/acts.ts';
import type { CaseworkDatabase } from '#server/db/casework-schema.ts';
import type { Database } from '#server/db/schema.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';

export type AuditAction =
  | 'hidden.read'
  | 'hidden.hide'
  | 'hidden.show'
  | 'directory.export'
  | 'rule.publish'
  | 'rule.unpublish'
  | `plugin.${'install' | 'enable' | 'disable' | 'agencies' | 'remove' | 'quarantine'}`
  | CaseworkAction;
/** What is on record in the casework database's own audit. */
export type CaseworkAction = `person.${string}` | `referral.${string}` | `caseload.${string}`;
export type AuditRow = Database['audit'];

/** Each of the two databases has an audit of its own, of one shape. */
type Audited = Kysely<Database> | Kysely<CaseworkDatabase>;

export interface AuditEntry {
  actor: Actor | { name: string; role: string };
  /** Milliseconds since 1970. */
  at: number;
  action: AuditAction;
  object: string;
  recordId: string;
  /** Why, in the person's own words. */
  reason: string;
}

/** What the first row is chained to. */
const BEGIN = '0'.repeat(64);
const BATCH = 1000;

/** Adds a row. Inside the transaction of what it tells of: either both are kept or neither. */
export async function recordAudit(given: Transaction<Database> | Transaction<CaseworkDatabase>, entry: AuditEntry): Promise<void> {
  const trx = given as Transaction<Database>;
  // The counter's row stays locked until the commit, so that no other row comes between.
  const seq = await reserve(trx, 'audit');
  const last = await trx.selectFrom('audit').select('hash').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  const { name, role } = 'name' in entry.actor ? entry.actor : { name: getActorName(entry.actor), role: entry.actor.role };
  const row = {
    seq,
    at: new Date(entry.at).toISOString(),
    actor: name,
    role,
    action: entry.action,
    object: entry.object,
    record_id: entry.recordId,
    reason: entry.reason,
  };
  await trx
    .insertInto('audit')
    .values({ ...row, hash: chain(last?.hash ?? BEGIN, row) })
    .execute();
}

/** The newest rows first; of one record where it is named. */
export async function listAudit(db: Audited, { recordId, limit }: { recordId?: string; limit: number }): Promise<AuditRow[]> {
  const rows = (db as Kysely<Database>).selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  return (recordId === undefined ? rows : rows.where('record_id', '=', recordId)).execute();
}

/**
 * Walks the chain: the number of the first row that was edited, moved, or stands where another one was dropped; null where
 * all is whole. Rows missing at the end are found by the counter that numbers them.
 */
export async function findAuditFault(audited: Audited): Promise<number | null> {
  const db = audited as Kysely<Database>;
  let hash = BEGIN;
  let seq = 0;
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', seq).orderBy('seq').limit(BATCH).execute();
    for (const { hash: kept, ...row } of rows) {
      if (row.seq !== seq + 1 || kept !== chain(hash, row)) return seq + 1;
      [seq, hash] = [row.seq, kept];
    }
    if (rows.length < BATCH) break;
  }
  const { value } = await db.selectFrom('feed').select('value').where('name', '=', 'audit').executeTakeFirstOrThrow();
  return value === seq ? null : seq + 1;
}

function chain(before: string, row: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, role, action, object, record_id, reason } = row;
  return createHash('sha256')
    .update(JSON.stringify([before, seq, at, actor, role, action, object, record_id, reason]))
    .digest('hex');
}
