// Places that an agency can hold: a bed, a seat. A place is taken by one referral or one question at a time; the database refuses a
// second one, whatever runs beside it.

import { Problem } from '#shared/platform/problems.ts';
import { newCaseId, type CaseworkTransaction } from './entries.ts';

export interface TakenPlace {
  id: string;
  unit: string;
  /** 1 to the number of places. */
  place: number;
}

type Holder = { referral: string } | { question: string };

/**
 * Takes a free place of a unit of `agency`. Throws `not_found` for another one's unit, and `conflict` where no place is free.
 * `until`: an instant from which on it is free again by itself; none: until it is released.
 */
export async function takePlace(
  trx: CaseworkTransaction,
  { unit, agency, holder, by, at, until }: { unit: string; agency: string; holder: Holder; by: string; at: string; until?: string },
): Promise<TakenPlace> {
  const row = await trx.selectFrom('capacity_unit').selectAll().where('id', '=', unit).where('agency_id', '=', agency).executeTakeFirst();
  if (!row) throw new Problem('not_found');
  await releaseOverdue(trx, unit, at);
  const taken = await trx
    .selectFrom('capacity_hold')
    .select('place')
    .where('unit_id', '=', unit)
    .where('released_at', 'is', null)
    .execute();
  const places = new Set(taken.map((hold) => hold.place));
  const place = firstFree(places, row.places);
  if (place === undefined) throw new Problem('conflict', `No place is free in "${row.name}".`);
  const id = newCaseId('hold');
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('capacity_hold')
    .values({
      id,
      unit_id: unit,
      place,
      question_id: 'question' in holder ? holder.question : null,
      referral_id: 'referral' in holder ? holder.referral : null,
      made_at: at,
      made_by: by,
      until: until ?? null,
      released_at: null,
    })
    .onConflict((conflict) => conflict.columns(['unit_id', 'place']).where('released_at', 'is', null).doNothing())
    .executeTakeFirst();
  // Somebody was faster between the two statements: the index decides, not what was read before.
  if (numInsertedOrUpdatedRows !== 1n) throw new Problem('conflict', `No place is free in "${row.name}".`);
  return { id, unit, place };
}

/** A place that was held for a question becomes that of its referral; undefined where none is held any more. */
export async function handOverPlace(
  trx: CaseworkTransaction,
  { question, referral, at }: { question: string; referral: string; at: string },
): Promise<TakenPlace | undefined> {
  const hold = await trx
    .selectFrom('capacity_hold')
    .selectAll()
    .where('question_id', '=', question)
    .where('released_at', 'is', null)
    .where('until', '>', at)
    .executeTakeFirst();
  if (!hold) return undefined;
  await trx.updateTable('capacity_hold').set({ referral_id: referral, until: null }).where('id', '=', hold.id).execute();
  return { id: hold.id, unit: hold.unit_id, place: hold.place };
}

/** Gives back what a referral or one hold has. */
export async function releasePlaces(
  trx: CaseworkTransaction,
  { at, ...of }: { at: string } & ({ referral: string } | { hold: string }),
): Promise<void> {
  await trx
    .updateTable('capacity_hold')
    .set({ released_at: at })
    .where('released_at', 'is', null)
    .where((eb) => ('referral' in of ? eb('referral_id', '=', of.referral) : eb('id', '=', of.hold)))
    .execute();
}

export async function releaseOverdue(trx: CaseworkTransaction, unit: string, at: string): Promise<void> {
  await trx
    .updateTable('capacity_hold')
    .set({ released_at: at })
    .where('unit_id', '=', unit)
    .where('released_at', 'is', null)
    .where('until', '<=', at)
    .execute();
}

/** Of all agencies: what was held until now is free. */
export async function releaseAllOverdue(trx: CaseworkTransaction, at: string): Promise<void> {
  await trx.updateTable('capacity_hold').set({ released_at: at }).where('released_at', 'is', null).where('until', '<=', at).execute();
}

function firstFree(taken: ReadonlySet<number>, places: number): number | undefined {
  for (let place = 1; place <= places; place++) if (!taken.has(place)) return place;
  return undefined;
}
