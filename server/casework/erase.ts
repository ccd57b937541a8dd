// Erasing a person: their key is destroyed, and with it everything that was ever sealed under it; then what stood beside it in
// the clear goes too. What stays is the row of an id that names nobody, and the audit, which never had a name.

import { Problem } from '#shared/platform/problems.ts';
import type { Actor } from '../identity/actor.ts';
import { deleteEntries } from './entries.ts';
import { forgetReferrals } from './referral-store.ts';
import { openPerson, type CaseworkDeps } from './gate.ts';

export const ERASE_WHY = ['asked_by_person', 'retention_ended', 'ordered', 'entered_by_mistake'] as const;

export interface Erasure {
  person: string;
  why: (typeof ERASE_WHY)[number];
}

/** `forgotten`: whether the database's own log is empty of it already; where not, it is with the next write that can be waited for. */
export async function erasePerson(deps: CaseworkDeps, actor: Actor, { person: id, why }: Erasure): Promise<{ forgotten: boolean }> {
  await openPerson(deps, actor, id, { action: 'person.erase', why }, async (trx, person) => {
    if (person.row.agency_id !== person.worker.agency)
      throw new Problem('not_allowed', 'Only the agency whose own the person is can erase them.');
    const gone = { key: null, worker_id: null, team: null, stage: 'erased', status: 'closed' as const };
    await trx
      .updateTable('person')
      .set({ ...gone, erased_at: new Date(person.at).toISOString() })
      .where('id', '=', id)
      .execute();
    await deleteEntries(trx, id);
    await forgetReferrals(trx, id, new Date(person.at).toISOString());
    for (const table of ['person_name_token', 'person_consent', 'person_due', 'person_link', 'break_glass'] as const)
      await trx.deleteFrom(table).where('person_id', '=', id).execute();
    await trx.deleteFrom('person_link').where('other_id', '=', id).execute();
  });
  return { forgotten: await deps.casework.forget() };
}
