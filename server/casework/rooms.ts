// "Have you room?": asked of another agency before anything of a person leaves. A question has numbers and words of a closed list,
// no name, no text and no link to a record.

import { z } from 'zod';
import { Problem } from '#shared/platform/problems.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { Actor } from '../identity/actor.ts';
import { newCaseId } from './entries.ts';
import { inCasework, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { takePlace } from './places.ts';

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
  /** A referral came of it. */
  followed: boolean;
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
    const ids = rows.map((row) => row.id);
    const referrals = await trx
      .selectFrom('referral')
      .select('question_id')
      .where('question_id', 'in', ids.length > 0 ? ids : [''])
      .execute();
    const questions = rows.map((row) =>
      toQuestion(row, {
        hold: holds.find((hold) => hold.question_id === row.id),
        followed: referrals.some((referral) => referral.question_id === row.id),
      }),
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

function toQuestion(row: Row, { hold, followed }: { hold: { until: string | null } | undefined; followed: boolean }): RoomQuestion {
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
    followed,
  };
}
