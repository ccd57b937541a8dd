// What is computed from a record at each write and kept for lists: the stage that the work is in, what the person weighs, what is due
// when, and what is known as facts. Nothing in the clear has words: a list can be made without opening a record.

import { listDue, weightOf } from '#shared/casework/due.ts';
import type { RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord } from '#shared/casework/record.ts';
import { isClosed, stageOf } from '#shared/casework/stage.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { CaseworkTransaction } from './entries.ts';
import { keepFacts } from './known-facts.ts';

export interface WholeRecord {
  person: CaseworkDatabase['person'];
  /** Of the person: what is derived and says something is sealed under it. */
  key: Uint8Array;
  /** All of them: what is derived hangs on no reader. */
  entries: readonly RecordEntry[];
  /** Milliseconds since 1970. */
  now: number;
}

/** Called inside every transaction that added entries or gave a person to somebody else. */
export async function refreshDerived(trx: CaseworkTransaction, { person, key, entries }: WholeRecord): Promise<void> {
  await keepFacts(trx, { id: person.id, key }, entries);
  const record = foldRecord(entries);
  // Helped at once, with nothing to follow, until somebody opens a case.
  const helped = person.status === 'helped_no_case' && record.reopenings.length === 0;
  const status = helped ? 'helped_no_case' : isClosed(record) ? 'closed' : 'open';
  await trx
    .updateTable('person')
    .set({ status, stage: stageOf(record), weight: helped ? 0 : weightOf(record) })
    .where('id', '=', person.id)
    .execute();
  await trx.deleteFrom('person_due').where('person_id', '=', person.id).execute();
  const due = helped ? [] : listDue(record, { opened: person.created_at });
  if (due.length === 0) return;
  await trx
    .insertInto('person_due')
    .values(due.map(({ kind, at, about }) => ({ person_id: person.id, kind, at, worker_id: person.worker_id, about })))
    .execute();
}
