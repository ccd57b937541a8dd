// What the person's own worker is told of the broken glass: that a colleague opened all of the record, when, and what was found.

import type { CaseworkTransaction } from './entries.ts';
import type { OpenedPerson } from './opened-person.ts';

export interface GlassNotice {
  by: string;
  at: string;
  outcome: 'justified' | 'not_justified' | null;
}

const NOTICE_MS = 14 * 86_400_000;

export async function listGlassNotices(trx: CaseworkTransaction, { row, worker, at }: OpenedPerson): Promise<GlassNotice[]> {
  if (row.worker_id !== worker.account || row.agency_id !== worker.agency) return [];
  return trx
    .selectFrom('break_glass')
    .select(['account_id as by', 'at', 'outcome'])
    .where('person_id', '=', row.id)
    .where('account_id', '<>', worker.account)
    .where((eb) => eb.or([eb('reviewed_at', 'is', null), eb('at', '>=', new Date(at - NOTICE_MS).toISOString())]))
    .orderBy('at', 'desc')
    .execute();
}
