// Who opened, wrote to or was given a person's record: the audit's rows of one person, read as people would ask. It is what the
// person may be told, and where somebody looks who wonders whether a colleague looked without need.

import type { Actor } from '../identity/actor.ts';
import type { CaseworkTransaction } from './entries.ts';
import { openPerson } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';

const AWAY = /^(consented|receiving) (\S+)/;
const GIVEN = /^(\w+) (\S+)$/;
const ROWS = 5000;

export interface AccessRow {
  at: string;
  actor: string;
  role: string;
  action: string;
  /** By what relation, or for which purpose. */
  why: string;
  /** The other agency that saw it or was given it; null: the person's own. */
  agency: string | null;
}

/** The newest first. */
export async function listAccess(trx: CaseworkTransaction, personId: string): Promise<AccessRow[]> {
  const rows = await trx.selectFrom('audit').selectAll().where('record_id', '=', personId).orderBy('seq', 'desc').limit(ROWS).execute();
  return rows.map(({ at, actor, role, action, reason }) => {
    const away = (action === 'person.disclose' ? GIVEN : AWAY).exec(reason);
    return { at, actor, role, action, why: away?.[1] ?? reason, agency: away?.[2] ?? null };
  });
}

/** Every disclosure and every look of one record; to be read is itself on record. */
export function readAccessLog(deps: CaseworkDeps, actor: Actor, id: string): Promise<AccessRow[]> {
  return openPerson(deps, actor, id, { action: 'person.log', read: 'notes' }, (trx) => listAccess(trx, id));
}
