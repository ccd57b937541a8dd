// What waits for a worker or a supervisor beyond their own clients' due things, as counts: shown in the activity bar and on top of
// the list, so nothing that somebody must look at is found by chance. No record is opened for it.

import type { ServerDeps } from '../deps.ts';
import { listColleagues } from '../identity/accounts.ts';
import type { Actor } from '../identity/actor.ts';
import { selectOffersTo } from './custody.ts';
import { inCasework, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { addYears, getRetentionYears, selectRetained } from './holds.ts';
import { countConspicuous } from './looks.ts';
import { listSupervisors } from './unwatched.ts';

const SHOWN_DAYS = 14;
const DAY_MS = 86_400_000;

export interface Alerts {
  /** People offered to the actor. */
  offers: number;
  /** Own people whom a colleague opened in an emergency in the last days, or whose emergency access nobody has looked at. */
  glassOnMine: string[];
  /** For supervisors; null for others. */
  supervise: {
    /** Emergency accesses of others that nobody has looked at. */
    glass: number;
    /** The actor's own at which nobody has looked, where the agency has no other supervisor: they stay open until it has one. */
    glassAlone: number;
    closings: number;
    /** Workers who passed a figure of the rule of looks. */
    looks: number;
    /** People whose time to be kept is over and who are not held. */
    retention: number;
  } | null;
}

export async function listAlerts(deps: CaseworkDeps & Pick<ServerDeps, 'db' | 'settings'>, actor: Actor): Promise<Alerts> {
  const worker = toWorker(actor);
  const { account, agency } = worker;
  const supervises = actor.permissions.has('people.supervise');
  const alone = supervises && (await listSupervisors(deps.db, agency)).every((id) => id === account);
  const accounts = supervises ? (await listColleagues(deps.db, agency)).map(({ id }) => id) : [];
  const years = supervises ? await getRetentionYears(deps, agency) : 0;
  const now = deps.clock();
  return inCasework(deps, async (trx) => {
    const offers = await selectOffersTo(trx, worker).select('person_offer.id').execute();
    const everyGlass = trx
      .selectFrom('break_glass')
      .innerJoin('person', 'person.id', 'break_glass.person_id')
      .where('person.agency_id', '=', agency);
    const glass = everyGlass.where('break_glass.account_id', '<>', account);
    const onMine = await glass
      .select('person.id')
      .distinct()
      .where('person.worker_id', '=', account)
      .where((eb) => eb.or([eb('reviewed_at', 'is', null), eb('break_glass.at', '>=', new Date(now - SHOWN_DAYS * DAY_MS).toISOString())]))
      .execute();
    const glassOnMine = onMine.map(({ id }) => id);
    if (!supervises) return { offers: offers.length, glassOnMine, supervise: null };
    const unseen = await glass.select('break_glass.id').where('reviewed_at', 'is', null).execute();
    const own = everyGlass.where('break_glass.account_id', '=', account).where('break_glass.agency_id', '=', agency);
    const ownUnseen = alone ? await own.select('break_glass.id').where('reviewed_at', 'is', null).execute() : [];
    const closings = await trx
      .selectFrom('person_due')
      .innerJoin('person', 'person.id', 'person_due.person_id')
      .select('person.id')
      .where('person.agency_id', '=', agency)
      .where('person_due.kind', '=', 'closing_decision')
      .execute();
    const retained = await selectRetained(trx, { agency, before: addYears(new Date(now).toISOString(), -years) })
      .select('person.id')
      .where('person_hold.id', 'is', null)
      .execute();
    const looks = await countConspicuous(trx, { accounts, now });
    return {
      offers: offers.length,
      glassOnMine,
      supervise: {
        glass: unseen.length,
        glassAlone: ownUnseen.length,
        closings: closings.length,
        looks,
        retention: retained.length,
      },
    };
  });
}
