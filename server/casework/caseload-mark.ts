// A mark of whom a worker's lists show: it is another one once somebody was added, given away, closed or erased, whoever did it and
// from wherever. A browser asks for it now and then; it opens nobody, and nothing of anybody can be read from it.

import { createHash } from 'node:crypto';
import type { Actor } from '../identity/actor.ts';
import { toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';

const LENGTH = 22;

export async function markCaseload({ casework }: Pick<CaseworkDeps, 'casework'>, actor: Actor): Promise<string> {
  const { account, agency } = toWorker(actor);
  const people = casework.db.selectFrom('person').where('agency_id', '=', agency);
  const own = await people.select(['id', 'status']).where('worker_id', '=', account).where('key', 'is not', null).orderBy('id').execute();
  // Whoever is erased may stand on an open page of any colleague.
  const erased = await people
    .select((eb) => eb.fn.countAll().as('count'))
    .where('erased_at', 'is not', null)
    .executeTakeFirstOrThrow();
  const shown = JSON.stringify([account, Number(erased.count), own.map(({ id, status }) => [id, status])]);
  return createHash('sha256').update(shown).digest('base64url').slice(0, LENGTH);
}
