// Referrals as they are kept, and the one function that moves them. A transition is one row, one event with its number, and one
// entry in the person's record, all in one transaction or none of them.

import { disclosableClasses } from '#shared/casework/consent.ts';
import type { EntryPayload } from '#shared/casework/entry.ts';
import {
  advance,
  isOpen,
  receiverMayRead,
  type RefusedTransition,
  type ReferralActor,
  type ReferralEvent,
  type TransitionContext,
} from '#shared/casework/referral.ts';
import type { SentPart } from '#shared/casework/snapshot.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import { unseal } from '../db/case-keys.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import { listConsents } from './consents.ts';
import { refreshDerived } from './derived.ts';
import { insertEntries, readEntries, type CaseworkTransaction } from './entries.ts';
import type { CaseworkDeps } from './worker.ts';
import { releasePlaces } from './places.ts';

export type ReferralRow = CaseworkDatabase['referral'];

/** What lies sealed: to which service and for which need, and what was sent, by class. */
export interface ReferralContent {
  service: { serviceId?: string | undefined; name: string };
  /** The receiving agency or partner, by name. */
  to: string;
  need: string | null;
  /** The class of what this referral tells by being there. */
  class: FieldClass;
  message: string | null;
  /** Empty until it is sent. */
  parts: SentPart[];
}

/** Who moves a referral, as it stands on record. */
export interface Mover {
  by: ReferralActor;
  account: string;
  agency: string;
}

export interface Move extends Pick<TransitionContext, 'reason' | 'outcome' | 'appointmentAt' | 'consented'> {
  event: ReferralEvent;
  note?: string | undefined;
}

const EVERY_CLASS: ReadonlySet<FieldClass> = new Set(FIELD_CLASSES);
/** Nobody has come to the place yet: it is free again when the referral ends. */
const PLACE_NOT_TAKEN: readonly string[] = ['accepted', 'waitlisted', 'scheduled'];

export const contentLabel = (id: string) => ['referral', id] as const;

export function findReferral(trx: CaseworkTransaction, id: string): Promise<ReferralRow | undefined> {
  return trx.selectFrom('referral').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Opens what is sealed; undefined once the person was erased. */
export async function readContent(trx: CaseworkTransaction, deps: CaseworkDeps, row: ReferralRow): Promise<ReferralContent | undefined> {
  const key = await findKey(trx, deps, row.person_id);
  if (!key || row.content === null) return undefined;
  return unseal(key, ['beside', row.person_id, ...contentLabel(row.id)], row.content) as ReferralContent;
}

/** The classes that the receiver may still read: those that were sent and are consented to at this instant. */
export async function listLiveClasses(trx: CaseworkTransaction, row: ReferralRow, at: string): Promise<FieldClass[]> {
  const sent = JSON.parse(row.classes) as FieldClass[];
  const consents = await listConsents(trx, row.person_id);
  return disclosableClasses(consents, { purpose: 'referral', recipient: row.recipient, at }).filter((each) => sent.includes(each));
}

/**
 * Moves a referral on. Throws `conflict` where it has moved meanwhile, and a problem in words where the state machine refuses.
 * `now`: milliseconds since 1970.
 */
export async function moveReferral(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { row, mover, move, now }: { row: ReferralRow; mover: Mover; move: Move; now: number },
): Promise<ReferralRow> {
  const at = new Date(now).toISOString();
  const { event, note: _, ...said } = move;
  const result = advance(row, event, { by: mover.by, at, ...said });
  if (!result.ok) throw toProblem(result.issues[0]!);
  const moved = { ...row, ...result.value, moved_at: at };
  const { state, until, revision, outcome } = result.value;
  const { numUpdatedRows } = await trx
    .updateTable('referral')
    .set({ state, until, revision, outcome, moved_at: at })
    .where('id', '=', row.id)
    .where('revision', '=', row.revision)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Problem('conflict');
  await trx
    .insertInto('referral_event')
    .values({
      referral_id: row.id,
      revision,
      event,
      by: mover.by,
      state,
      reason: said.reason ?? null,
      at,
      actor: mover.account,
      agency_id: mover.agency,
    })
    .execute();
  if (!receiverMayRead(state) && PLACE_NOT_TAKEN.includes(row.state)) await releasePlaces(trx, { referral: row.id, at });
  await writeDown(trx, deps, { row: moved, mover, move, now });
  return moved;
}

/** The entry beside it. Whoever receives writes nothing else into the record of another agency. */
async function writeDown(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { row, mover, move, now }: { row: ReferralRow; mover: Mover; move: Move; now: number },
): Promise<void> {
  const content = await readContent(trx, deps, row);
  const person = await trx.selectFrom('person').selectAll().where('id', '=', row.person_id).executeTakeFirstOrThrow();
  if (!content || person.key === null) return;
  const payload: EntryPayload = {
    kind: 'referral_said',
    referral: row.id,
    event: move.event,
    state: row.state,
    service: content.service,
    to: content.to,
    by: mover.by,
    ...(content.need !== null && { need: content.need }),
    ...(move.reason && { reason: move.reason }),
    ...(move.outcome && { outcome: move.outcome }),
    ...(move.appointmentAt && { appointmentAt: move.appointmentAt }),
    ...(move.note && { note: move.note }),
  };
  const sealed = { id: person.id, key: deps.casework.keys.unwrap(person.id, person.key) };
  const author = { account: mover.account, agency: mover.agency, at: now };
  await insertEntries(trx, sealed, { entries: [{ payload, class: content.class }], author });
  await refreshDerived(trx, { person, key: sealed.key, entries: await readEntries(trx, sealed, { classes: EVERY_CLASS }), now });
}

/** With the person's key goes what was sent; that there was a referral stays, without anything that tells for whom. */
export async function forgetReferrals(trx: CaseworkTransaction, personId: string, at: string): Promise<void> {
  const rows = await trx.selectFrom('referral').select(['id', 'state']).where('person_id', '=', personId).execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return;
  await trx.deleteFrom('referral_link').where('referral_id', 'in', ids).execute();
  for (const id of ids) await releasePlaces(trx, { referral: id, at });
  await trx.updateTable('referral').set({ content: null }).where('id', 'in', ids).execute();
  const open = rows.filter((row) => isOpen(row.state)).map((row) => row.id);
  if (open.length > 0) await trx.updateTable('referral').set({ state: 'revoked', until: null }).where('id', 'in', open).execute();
}

async function findKey(trx: CaseworkTransaction, { casework }: CaseworkDeps, personId: string): Promise<Buffer | undefined> {
  const person = await trx.selectFrom('person').select('key').where('id', '=', personId).executeTakeFirst();
  return person?.key ? casework.keys.unwrap(personId, person.key) : undefined;
}

function toProblem(refused: RefusedTransition): Problem {
  switch (refused.code) {
    case 'no_such_step':
      return new Problem('conflict', 'This referral stands elsewhere by now. Look at it again.');
    case 'not_theirs':
      return new Problem('not_allowed', 'This is not yours to say in a referral.');
    case 'reason_needed':
      return new Problem('unprocessable', 'Say why: choose a reason.');
    case 'outcome_needed':
      return new Problem('unprocessable', 'Say whether it helped.');
    case 'consent_needed':
      return new Problem('unprocessable', 'The person has not consented to all that would be sent. Ask, or send less.');
    case 'not_yet':
    case 'time_passed':
      return new Problem('conflict', 'The time of this referral has passed. Look at it again.');
  }
}
