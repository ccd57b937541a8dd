// Erasing a person: their key is destroyed, and with it everything that was ever sealed under it; then what stood beside it in
// the clear goes too. What stays is the row of an id that names nobody, and the audit, which never had a name. The id goes into a
// list apart from the data, by which an older backup is erased again before anybody can open it.

import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { deleteEntries, type CaseworkTransaction } from './entries.ts';
import { inCasework, openPerson } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { findHold } from './holds.ts';
import { forgetReferrals } from './referral-store.ts';

export const ERASE_WHY = ['asked_by_person', 'retention_ended', 'ordered', 'entered_by_mistake'] as const;

export interface Erasure {
  person: string;
  why: (typeof ERASE_WHY)[number];
}

export interface Erased {
  /** Whether the database's own log is empty of it already; where not, it is with the next write that can be waited for. */
  forgotten: boolean;
  /** Whether the list could be written that keeps an older backup from bringing them back. */
  listed: boolean;
}

export async function erasePerson(deps: CaseworkDeps, actor: Actor, { person: id, why }: Erasure): Promise<Erased> {
  await openPerson(deps, actor, id, { action: 'person.erase', why }, async (trx, person) => {
    if (person.row.agency_id !== person.worker.agency)
      throw new Problem('not_allowed', 'Only the agency whose own the person is can erase them.');
    if (await findHold(trx, id)) throw new Problem('conflict', 'This record must be kept for now. Lift the hold first, if it has ended.');
    await forgetPerson(trx, { id, at: new Date(person.at).toISOString() });
  });
  const listed = deps.casework.erased.add([id]);
  return { forgotten: await deps.casework.forget(), listed };
}

async function forgetPerson(trx: CaseworkTransaction, { id, at }: { id: string; at: string }): Promise<void> {
  const gone = { key: null, worker_id: null, team: null, stage: 'erased', status: 'closed' as const };
  await trx
    .updateTable('person')
    .set({ ...gone, erased_at: at })
    .where('id', '=', id)
    .execute();
  await deleteEntries(trx, id);
  await forgetReferrals(trx, id, at);
  for (const table of BESIDE) await trx.deleteFrom(table).where('person_id', '=', id).execute();
  await trx.deleteFrom('person_link').where('other_id', '=', id).execute();
}

const BESIDE = [
  'person_name_token',
  'person_consent',
  'person_due',
  'person_facts',
  'person_link',
  'break_glass',
  'person_offer',
  'person_hold',
] as const;

/**
 * Before the server answers anybody: whoever was erased and stands in the database all the same, because it is an older one, is
 * erased again. Gives how many. The list learns of those that only the database knows, so that each server has all of them.
 */
export async function eraseAgain({ casework, clock, log }: Pick<ServerDeps, 'casework' | 'clock' | 'log'>): Promise<number> {
  const gone = await casework.db.selectFrom('person').select('id').where('erased_at', 'is not', null).execute();
  if (!casework.erased.add(gone.map(({ id }) => id)))
    log.warn({ file: casework.erased.file }, 'the list of erased people cannot be written: an older backup would bring them back');
  const known = new Set(gone.map(({ id }) => id));
  let again = 0;
  for (const id of casework.erased.ids().filter((each) => !known.has(each))) {
    again += await inCasework({ casework }, async (trx) => {
      const there = await trx.selectFrom('person').select('id').where('id', '=', id).where('erased_at', 'is', null).executeTakeFirst();
      if (!there) return 0;
      const at = clock();
      const actor = { name: 'system', role: 'system' };
      await recordAudit(trx, { actor, at, action: 'person.erase', object: 'person', recordId: id, reason: 'restored' });
      await forgetPerson(trx, { id, at: new Date(at).toISOString() });
      return 1;
    });
  }
  if (again > 0) {
    await casework.forget();
    log.warn({ people: again }, 'people who were erased came back with an older backup, and were erased again');
  }
  return again;
}
