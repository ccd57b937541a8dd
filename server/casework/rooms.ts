// "Have you room?": asked of another agency before anything of a person leaves. A question has numbers and words of a closed list,
// no name, no text and no link to a record.

import { z } from 'zod';
import { Problem } from '#shared/platform/problems.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { Actor } from '../identity/actor.ts';
import { newCaseId } from './entries.ts';
import { inCasework, toWorker, type CaseworkDeps } from './gate.ts';
import { releaseOverdue, releasePlaces, takePlace } from './places.ts';

/** What a place must allow; nothing that tells who comes. */
export const ROOM_WISHES = ['tonight', 'step_free', 'pets', 'interpreter', 'child_care', 'women_only', 'men_only', 'private_room'] as const;

export const RoomParty = z.strictObject({
  adults: z.number().int().min(0).max(20),
  children: z.number().int().min(0).max(20),
  nights: z.number().int().min(1).max(365).optional(),
  wishes: z.array(z.enum(ROOM_WISHES)).max(ROOM_WISHES.length).default([]),
});
export type RoomParty = z.infer<typeof RoomParty>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** An answer is of today or tomorrow, not of next week. */
const QUESTION_DAYS = 2;

export interface RoomQuestion {
  id: string;
  from: string;
  to: string;
  service: { id: string; name: string };
  party: RoomParty;
  askedAt: string;
  until: string;
  answer: 'yes' | 'no' | 'call' | null;
  answeredAt: string | null;
  /** A place that is held for it. */
  held: { until: string | null } | null;
}

type Row = CaseworkDatabase['room_question'];

export async function askRoom(
  deps: CaseworkDeps,
  actor: Actor,
  { to, service, party }: { to: string; service: { id: string; name: string }; party: RoomParty },
): Promise<{ id: string }> {
  const { account, agency } = toWorker(actor);
  if (party.adults + party.children === 0) throw new Problem('unprocessable', 'Say for how many people.');
  const now = deps.clock();
  const id = newCaseId('room');
  await inCasework(deps, async (trx) => {
    await trx
      .insertInto('room_question')
      .values({
        id,
        from_agency: agency,
        from_worker: account,
        to_agency: to,
        service_id: service.id,
        service_name: service.name,
        party: JSON.stringify(party),
        asked_at: new Date(now).toISOString(),
        until: new Date(now + QUESTION_DAYS * DAY_MS).toISOString(),
        answer: null,
        answered_at: null,
        answered_by: null,
      })
      .execute();
  });
  return { id };
}

/** Questions of the actor's agency and to it that are not over, the newest first. */
export async function listRooms(deps: CaseworkDeps, actor: Actor): Promise<{ asked: RoomQuestion[]; received: RoomQuestion[] }> {
  const { agency } = toWorker(actor);
  const at = new Date(deps.clock()).toISOString();
  return inCasework(deps, async (trx) => {
    const rows = await trx
      .selectFrom('room_question')
      .selectAll()
      .where('until', '>', at)
      .where((eb) => eb.or([eb('from_agency', '=', agency), eb('to_agency', '=', agency)]))
      .orderBy('asked_at', 'desc')
      .execute();
    const holds = await trx
      .selectFrom('capacity_hold')
      .select(['question_id', 'until'])
      .where('question_id', 'in', rows.length > 0 ? rows.map((row) => row.id) : [''])
      .where('released_at', 'is', null)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', at)]))
      .execute();
    const questions = rows.map((row) =>
      toQuestion(
        row,
        holds.find((hold) => hold.question_id === row.id),
      ),
    );
    return {
      asked: questions.filter((question) => question.from === agency),
      received: questions.filter((question) => question.to === agency),
    };
  });
}

/** Answers once. A yes may hold a place of a unit for some hours: it becomes that of the referral which follows. */
export async function answerRoom(
  deps: CaseworkDeps,
  actor: Actor,
  { question, answer, hold }: { question: string; answer: 'yes' | 'no' | 'call'; hold?: { unit: string; hours: number } | undefined },
): Promise<void> {
  const { account, agency } = toWorker(actor);
  const now = deps.clock();
  const at = new Date(now).toISOString();
  await inCasework(deps, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('room_question')
      .set({ answer, answered_at: at, answered_by: account })
      .where('id', '=', question)
      .where('to_agency', '=', agency)
      .where('until', '>', at)
      .where('answer', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Problem('not_found', 'There is no such question that waits for your answer.');
    if (answer !== 'yes' || !hold) return;
    const until = new Date(now + hold.hours * HOUR_MS).toISOString();
    await takePlace(trx, { unit: hold.unit, agency, holder: { question }, by: account, at, until });
  });
}

export interface Unit {
  id: string;
  service: string;
  name: string;
  places: number;
  /** Places that are taken now. */
  taken: { id: string; place: number; for: 'question' | 'referral'; referral: string | null; since: string; until: string | null }[];
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
        .selectAll()
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

function toQuestion(row: Row, hold: { until: string | null } | undefined): RoomQuestion {
  return {
    id: row.id,
    from: row.from_agency,
    to: row.to_agency,
    service: { id: row.service_id, name: row.service_name },
    party: RoomParty.parse(JSON.parse(row.party)),
    askedAt: row.asked_at,
    until: row.until,
    answer: row.answer,
    answeredAt: row.answered_at,
    held: hold ? { until: hold.until } : null,
  };
}
