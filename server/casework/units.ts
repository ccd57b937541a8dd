// What an agency can hold for others: units with places, such as rooms with beds, and who holds which until when.

import { Problem } from '#shared/platform/problems.ts';
import type { Actor } from '../identity/actor.ts';
import { newCaseId } from './entries.ts';
import { inCasework, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { releaseOverdue, releasePlaces } from './places.ts';

export interface TakenUnitPlace {
  /** The hold. */
  id: string;
  place: number;
  for: 'question' | 'referral';
  referral: string | null;
  /** The agency that asked or refers; nothing tells for whom. */
  from: string;
  since: string;
  until: string | null;
}

export interface Unit {
  id: string;
  service: string;
  name: string;
  places: number;
  /** Places that are taken now, in their order. */
  taken: TakenUnitPlace[];
}

/** The units of the actor's agency with what is held. */
export async function listUnits(deps: CaseworkDeps, actor: Actor): Promise<Unit[]> {
  const { agency } = toWorker(actor);
  const at = new Date(deps.clock()).toISOString();
  return inCasework(deps, async (trx) => {
    const units = await trx.selectFrom('capacity_unit').selectAll().where('agency_id', '=', agency).orderBy('name').orderBy('id').execute();
    const listed: Unit[] = [];
    for (const { id, service_id, name, places } of units) {
      await releaseOverdue(trx, id, at);
      const holds = await trx
        .selectFrom('capacity_hold')
        .leftJoin('referral', 'referral.id', 'capacity_hold.referral_id')
        .leftJoin('room_question', 'room_question.id', 'capacity_hold.question_id')
        .selectAll('capacity_hold')
        .select((eb) => eb.fn.coalesce('referral.from_agency', 'room_question.from_agency').as('from'))
        .where('unit_id', '=', id)
        .where('released_at', 'is', null)
        .orderBy('place')
        .execute();
      listed.push({
        id,
        service: service_id,
        name,
        places,
        taken: holds.map((hold) => ({
          id: hold.id,
          place: hold.place,
          for: hold.referral_id === null ? 'question' : 'referral',
          referral: hold.referral_id,
          from: hold.from!,
          since: hold.made_at,
          until: hold.until,
        })),
      });
    }
    return listed;
  });
}

/** Makes a unit, or says how many places it has. Fewer than are taken is allowed: nobody is put out by a number. */
export async function setUnit(
  deps: CaseworkDeps,
  actor: Actor,
  { id, service, name, places }: { id?: string | undefined; service: string; name: string; places: number },
): Promise<{ id: string }> {
  const { agency } = toWorker(actor);
  return inCasework(deps, async (trx) => {
    if (id === undefined) {
      const made = newCaseId('unit');
      await trx.insertInto('capacity_unit').values({ id: made, agency_id: agency, service_id: service, name, places }).execute();
      return { id: made };
    }
    const { numUpdatedRows } = await trx
      .updateTable('capacity_unit')
      .set({ service_id: service, name, places })
      .where('id', '=', id)
      .where('agency_id', '=', agency)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Problem('not_found');
    return { id };
  });
}

/** Gives a place of the actor's agency back. */
export async function releaseHold(deps: CaseworkDeps, actor: Actor, hold: string): Promise<void> {
  const { agency } = toWorker(actor);
  await inCasework(deps, async (trx) => {
    const row = await trx
      .selectFrom('capacity_hold')
      .innerJoin('capacity_unit', 'capacity_unit.id', 'capacity_hold.unit_id')
      .select('capacity_hold.id')
      .where('capacity_hold.id', '=', hold)
      .where('capacity_unit.agency_id', '=', agency)
      .executeTakeFirst();
    if (!row) throw new Problem('not_found');
    await releasePlaces(trx, { hold, at: new Date(deps.clock()).toISOString() });
  });
}
