// Emergency accesses at which nobody may look: who did it is the only supervisor of the agency, or it has none. Whoever appoints
// supervisors is told of it without a client, a reason or a name: which agency, how many, since when.

import { listAgencies, listColleagues } from '../identity/accounts.ts';
import type { ServerDeps } from '../deps.ts';

export interface Unwatched {
  /** Its name. */
  agency: string;
  count: number;
  since: string;
}

type Deps = Pick<ServerDeps, 'casework' | 'db'>;

export async function listUnwatched({ casework, db }: Deps): Promise<Unwatched[]> {
  const waiting = await casework.db
    .selectFrom('break_glass')
    .innerJoin('person', 'person.id', 'break_glass.person_id')
    .select((eb) => [
      'break_glass.agency_id',
      'break_glass.account_id',
      eb.fn.countAll().as('count'),
      eb.fn.min('break_glass.at').as('since'),
    ])
    .whereRef('person.agency_id', '=', 'break_glass.agency_id')
    .where('break_glass.reason', 'is not', null)
    .where('break_glass.reviewed_at', 'is', null)
    .groupBy(['break_glass.agency_id', 'break_glass.account_id'])
    .execute();
  const unwatched: Unwatched[] = [];
  for (const { id, name } of await listAgencies(db)) {
    const rows = waiting.filter((row) => row.agency_id === id);
    if (rows.length === 0) continue;
    const supervisors = await listSupervisors(db, id);
    const alone = rows.filter((row) => supervisors.every((account) => account === row.account_id));
    if (alone.length === 0) continue;
    const count = alone.reduce((sum, row) => sum + Number(row.count), 0);
    unwatched.push({ agency: name, count, since: alone.map(({ since }) => since).sort()[0]! });
  }
  return unwatched;
}

/** Accounts of an agency that may look at what its workers opened. */
export async function listSupervisors(db: ServerDeps['db'], agency: string): Promise<string[]> {
  const colleagues = await listColleagues(db, agency);
  return colleagues.filter(({ role, disabled }) => role === 'supervisor' && !disabled).map(({ id }) => id);
}
