// The only way to a person. Who may see what is decided here from the relation that the actor has at this very moment, the audit
// row is written in the same transaction, and every refusal looks the same: no relation, no such id, another agency's, erased.

import { accessOf, type Relation } from '#shared/casework/access.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit, type AuditEntry, type CaseworkAction } from '../audit/audit.ts';
import { unseal } from '../db/case-keys.ts';
import type { Actor } from '../identity/actor.ts';
import { getDisclosable } from './consents.ts';
import type { CaseworkTransaction } from './entries.ts';
import { OpenedPerson } from './opened-person.ts';
import type { CaseworkDeps, PersonRow, Worker } from './worker.ts';

export interface PersonAct {
  action: CaseworkAction;
  /** What must be open to the actor for this at all. */
  read?: FieldClass;
  write?: FieldClass;
  /** One of a closed list of words, never what somebody typed. */
  why?: string;
}

const REFUSED = Symbol('refused');

/**
 * Opens a person for one act. `work` runs in the transaction that also holds the act's audit row: both are kept, or neither.
 * Throws `not_found` whatever the cause.
 */
export async function openPerson<T>(
  deps: CaseworkDeps,
  actor: Actor,
  id: string,
  { action, read, write, why }: PersonAct,
  work: (trx: CaseworkTransaction, person: OpenedPerson) => Promise<T>,
): Promise<T> {
  const worker = toWorker(actor);
  const at = deps.clock();
  const act: Act = { actor, at, object: 'person', recordId: id };
  const result = await onRecordEvenIfRefused(deps, act, () =>
    inCasework(deps, async (trx) => {
      const found = await findAccess(trx, worker, { id, at });
      const allowed = found !== undefined && (!read || found.access.read.has(read)) && (!write || found.access.write.has(write));
      if (!allowed) {
        await recordRefusal(trx, act);
        return REFUSED;
      }
      await recordAct(trx, worker, { action, at, recordId: id, relation: found.access.relation, why });
      return work(trx, new OpenedPerson(trx, { deps, worker, at, ...found }));
    }),
  );
  if (result === REFUSED) throw new Problem('not_found');
  return result as T;
}

/** What is refused within an act takes the act's audit row along; that it was tried stays on record. */
export async function onRecordEvenIfRefused<T>(deps: CaseworkDeps, act: Act, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Problem) await inCasework(deps, (trx) => recordRefusal(trx, act));
    throw error;
  }
}

/** Runs one transaction on client data. The audit's counter is its lock, taken first, so that two of them never wait for each other. */
export function inCasework<T>({ casework }: Pick<CaseworkDeps, 'casework'>, work: (trx: CaseworkTransaction) => Promise<T>): Promise<T> {
  return casework.db.transaction().execute(async (trx) => {
    if (casework.engine === 'postgres') await trx.selectFrom('feed').select('value').where('name', '=', 'audit').forUpdate().execute();
    return work(trx);
  });
}

/** The actor as a worker; refused where the account belongs to no agency. */
export function toWorker(actor: Actor): Worker {
  if (!actor.user || !actor.agency) throw new Problem('not_allowed', 'Your account belongs to no agency, so it works with no people.');
  return { account: actor.user.id, agency: actor.agency.id, team: actor.agency.team, role: actor.role, actor };
}

type Act = Pick<AuditEntry, 'actor' | 'at' | 'recordId'> & { object: 'person' | 'referral' };

export function recordRefusal(trx: CaseworkTransaction, act: Act): Promise<void> {
  return recordAudit(trx, { ...act, action: `${act.object}.refused`, reason: '' });
}

/** Why is by what right: the relation, the agency where it is not the person's own, and a word of a closed list. */
export function recordAct(
  trx: CaseworkTransaction,
  { actor, agency }: Worker,
  {
    action,
    at,
    recordId,
    relation,
    why,
  }: Omit<Act, 'actor' | 'object'> & { action: CaseworkAction; relation: Relation | null; why?: string | undefined },
): Promise<void> {
  const away = relation === 'consented' || relation === 'receiving';
  const reason = [relation, away ? agency : undefined, why].filter(Boolean).join(' ');
  return recordAudit(trx, { actor, at, action, object: 'person', recordId, reason });
}

/** The same questions are asked whether there is such a person or not. */
async function findAccess(trx: CaseworkTransaction, worker: Worker, { id, at }: { id: string; at: number }) {
  const row = await trx.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  const consented = await getDisclosable(trx, id, { purpose: 'coordination', recipient: worker.agency, at });
  const glass = await findBrokenGlass(trx, worker, { id, at });
  if (!row || row.key === null) return undefined;
  const relations = listRelations(row, worker, { broken: glass !== undefined, consented: consented.size > 0 });
  const access = accessOf(worker.role, relations, consented);
  return access.relation === null ? undefined : { row: { ...row, key: row.key }, access };
}

/** What a worker is to a person at this moment. */
export function listRelations(row: PersonRow, worker: Worker, { broken, consented }: { broken: boolean; consented: boolean }): Relation[] {
  if (row.agency_id !== worker.agency) return consented ? ['consented'] : [];
  const relations: Relation[] = ['agency'];
  if (row.worker_id === worker.account) relations.push('own');
  if (row.team !== null && row.team === worker.team) relations.push('team');
  if (broken) relations.push('broken_glass');
  return relations;
}

async function findBrokenGlass(trx: CaseworkTransaction, worker: Worker, { id, at }: { id: string; at: number }) {
  const now = new Date(at).toISOString();
  return trx
    .selectFrom('break_glass')
    .select('id')
    .where('person_id', '=', id)
    .where('account_id', '=', worker.account)
    .where('agency_id', '=', worker.agency)
    .where('at', '<=', now)
    .where('until', '>', now)
    .executeTakeFirst();
}

/** Opens what was sealed beside a person's record, for whoever received it; undefined once the person is erased. */
export async function unsealBeside(
  trx: CaseworkTransaction,
  { casework }: Pick<CaseworkDeps, 'casework'>,
  { personId, label, sealed }: { personId: string; label: readonly string[]; sealed: Uint8Array },
): Promise<unknown> {
  const row = await trx.selectFrom('person').select('key').where('id', '=', personId).executeTakeFirst();
  if (!row?.key) return undefined;
  return unseal(casework.keys.unwrap(personId, row.key), ['beside', personId, ...label], sealed);
}
