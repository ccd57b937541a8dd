// What is computed from a record at each write and kept for lists: which stage the work is in, and what is due when.

import type { RecordEntry } from '#shared/casework/entry.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { CaseworkTransaction } from './entries.ts';

export interface WholeRecord {
  person: CaseworkDatabase['person'];
  /** All of them: what is derived hangs on no reader. */
  entries: readonly RecordEntry[];
  /** Milliseconds since 1970. */
  now: number;
}

/** Called inside every transaction that added entries or gave a person to somebody else. */
export async function refreshDerived(trx: CaseworkTransaction, { person, entries }: WholeRecord): Promise<void> {
  const closing = entries.findLast(({ payload }) => payload.kind === 'closing_decided' || payload.kind === 'reopening')?.payload;
  const closed = closing?.kind === 'closing_decided' && closing.decision === 'approved';
  if (person.status !== 'helped_no_case') {
    await trx
      .updateTable('person')
      .set({ status: closed ? 'closed' : 'open' })
      .where('id', '=', person.id)
      .execute();
  }
}
