// Referrals from the side that receives them: an agency with accounts, or a partner who holds a link. They see what was sent, class
// by class as long as it is consented to and the referral is open; never the record.

import { accessOf } from '#shared/casework/access.ts';
import { listEvents, receiverMayRead, type ReferralEvent } from '#shared/casework/referral.ts';
import { needsRedisclosureNotice, type SentPart } from '#shared/casework/snapshot.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Actor } from '../identity/actor.ts';
import type { CaseworkTransaction } from './entries.ts';
import { inCasework, onRecordEvenIfRefused, recordRefusal, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { handOverPlace, takePlace, type TakenPlace } from './places.ts';
import { findByToken, markAnswered, markOpened } from './referral-link.ts';
import { findReferral, listLiveClasses, moveReferral, readContent, type Move, type Mover, type ReferralRow } from './referral-store.ts';
import { NOT_ASKED_FOR } from './referral-summary.ts';
import type { ReferralDeps } from './referrals.ts';
import { settleReferrals } from './referral-settle.ts';

/** One line of the inbox: nothing of the person. */
export interface InboxItem {
  id: string;
  from: { agency: string; name: string };
  service: string;
  state: ReferralRow['state'];
  until: string | null;
  revision: number;
  movedAt: string;
}

export interface ReceivedReferral extends InboxItem {
  outcome: ReferralRow['outcome'];
  /** Null where nothing of it may be read any more. */
  need: string | null;
  message: string | null;
  parts: SentPart[];
  /** Classes that were sent and are closed by now. */
  closed: string[];
  /** Whether what tells of substance use treatment is among it: the notice of 42 CFR 2.32 belongs beside it. */
  redisclosureNotice: boolean;
  may: { receiver: ReferralEvent[]; person: ReferralEvent[] };
  place: { unit: string; place: number } | null;
}

export interface ReceiverAct extends Move {
  referral: string;
  revision: number;
  asPerson?: boolean | undefined;
  /** Of accepting: the unit of which a place is held. */
  unit?: string | undefined;
}

/** All referrals to the actor's agency, those that wait for an answer first. */
export async function listInbox(deps: ReferralDeps, actor: Actor): Promise<InboxItem[]> {
  const { agency, account } = toWorker(actor);
  await settleReferrals(deps, { agency });
  const names = await listAgencyNames(deps);
  return inCasework(deps, async (trx) => {
    await recordAudit(trx, { actor, at: deps.clock(), action: 'referral.inbox', object: 'worker', recordId: account, reason: '' });
    const rows = await trx
      .selectFrom('referral')
      .selectAll()
      .where('to_agency', '=', agency)
      .where('state', '!=', 'draft')
      .orderBy('moved_at', 'desc')
      .limit(500)
      .execute();
    const items: InboxItem[] = [];
    for (const row of rows) {
      const item = await toItem(trx, deps, { row, names });
      if (item) items.push(item);
    }
    const waits = (item: InboxItem) => (item.state === 'sent' || item.state === 'seen' ? 0 : receiverMayRead(item.state) ? 1 : 2);
    return items.sort((a, b) => waits(a) - waits(b));
  });
}

/** Opens one for the receiving agency; the first time it is seen by that. */
export async function getReceived(deps: ReferralDeps, actor: Actor, referral: string): Promise<ReceivedReferral> {
  const { role } = toWorker(actor);
  const names = await listAgencyNames(deps);
  return openReceived(deps, actor, { referral, action: 'referral.read' }, async (trx, row, mover) => {
    const seen = row.state === 'sent' ? await moveReferral(trx, deps, { row, mover, move: { event: 'see' }, now: deps.clock() }) : row;
    return show(trx, deps, { row: seen, names, role });
  });
}

/** The receiver's answer. Accepting with a unit holds a place of it, or is refused where none is free. */
export async function actAsReceiver(
  deps: ReferralDeps,
  actor: Actor,
  { referral, revision, asPerson, unit, ...move }: ReceiverAct,
): Promise<ReceivedReferral> {
  const { role } = toWorker(actor);
  const names = await listAgencyNames(deps);
  return openReceived(deps, actor, { referral, action: `referral.${move.event}` }, async (trx, row, mover) => {
    if (row.revision !== revision) throw new Problem('conflict');
    const now = deps.clock();
    const moved = await moveReferral(trx, deps, { row, mover: asPerson ? { ...mover, by: 'person' } : mover, move, now });
    if (move.event === 'accept') await holdPlace(trx, { row, mover, unit, at: new Date(now).toISOString() });
    return show(trx, deps, { row: moved, names, role });
  });
}

async function holdPlace(
  trx: CaseworkTransaction,
  { row, mover, unit, at }: { row: ReferralRow; mover: Mover; unit: string | undefined; at: string },
): Promise<TakenPlace | undefined> {
  const held = row.question_id === null ? undefined : await handOverPlace(trx, { question: row.question_id, referral: row.id, at });
  if (held || unit === undefined) return held;
  return takePlace(trx, { unit, agency: mover.agency, holder: { referral: row.id }, by: mover.account, at });
}

const REFUSED = Symbol('refused');

/** Runs one act of a receiver with its audit row. Another agency's, a draft and an unknown one are refused alike. */
async function openReceived<T>(
  deps: ReferralDeps,
  actor: Actor,
  { referral, action }: { referral: string; action: `referral.${string}` },
  work: (trx: CaseworkTransaction, row: ReferralRow, mover: Mover) => Promise<T>,
): Promise<T> {
  const { agency, account } = toWorker(actor);
  await settleReferrals(deps, { referral });
  const act = { actor, at: deps.clock(), object: 'referral' as const, recordId: referral };
  const result = await onRecordEvenIfRefused(deps, act, () =>
    inCasework(deps, async (trx) => {
      const row = await findReferral(trx, referral);
      const theirs = row?.to_agency === agency && row.state !== 'draft' && row.content !== null;
      if (!theirs) {
        await recordRefusal(trx, act);
        return REFUSED;
      }
      await recordAudit(trx, { ...act, action, object: 'person', recordId: row.person_id, reason: `receiving ${agency}` });
      return work(trx, row, { by: 'receiver', account, agency });
    }),
  );
  if (result === REFUSED) throw new Problem('not_found');
  return result as T;
}

/** What a partner's link shows. Throws `expired` for every token that is none. */
export async function openLink(deps: ReferralDeps, token: string): Promise<ReceivedReferral> {
  const names = await listAgencyNames(deps);
  return withLink(deps, { token, action: 'referral.read' }, async (trx, row, mover) => {
    const now = deps.clock();
    await markOpened(trx, token, new Date(now).toISOString());
    const seen = row.state === 'sent' ? await moveReferral(trx, deps, { row, mover, move: { event: 'see' }, now }) : row;
    return show(trx, deps, { row: seen, names, role: 'partner' });
  });
}

/** A partner's one answer. The link is used up by it, and by nothing else. */
export async function answerLink(deps: ReferralDeps, token: string, move: Move): Promise<{ state: ReferralRow['state']; from: string }> {
  const names = await listAgencyNames(deps);
  return withLink(deps, { token, action: `referral.${move.event}` }, async (trx, row, mover) => {
    const now = deps.clock();
    if (NOT_ASKED_FOR.includes(move.event)) throw new Problem('bad_request');
    if (!(await markAnswered(trx, token, new Date(now).toISOString()))) throw new Problem('expired');
    const { state } = await moveReferral(trx, deps, { row, mover, move, now });
    return { state, from: names.get(row.from_agency) ?? '' };
  });
}

async function withLink<T>(
  deps: ReferralDeps,
  { token, action }: { token: string; action: `referral.${string}` },
  work: (trx: CaseworkTransaction, row: ReferralRow, mover: Mover) => Promise<T>,
): Promise<T> {
  const find = (trx: CaseworkTransaction) => findByToken(trx, token, new Date(deps.clock()).toISOString());
  const referral = await inCasework(deps, find);
  if (referral === undefined) throw new Problem('expired');
  await settleReferrals(deps, { referral });
  return inCasework(deps, async (trx) => {
    const id = await find(trx);
    const row = id === undefined ? undefined : await findReferral(trx, id);
    if (!row || row.content === null || !receiverMayRead(row.state)) throw new Problem('expired');
    const mover: Mover = { by: 'receiver', account: 'partner', agency: row.recipient };
    const actor = { name: 'partner', role: 'link' };
    await recordAudit(trx, {
      actor,
      at: deps.clock(),
      action,
      object: 'person',
      recordId: row.person_id,
      reason: `receiving ${row.recipient}`,
    });
    return work(trx, row, mover);
  });
}

async function toItem(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { row, names }: { row: ReferralRow; names: ReadonlyMap<string, string> },
): Promise<InboxItem | undefined> {
  const content = await readContent(trx, deps, row);
  if (!content) return undefined;
  return {
    id: row.id,
    from: { agency: row.from_agency, name: names.get(row.from_agency) ?? '' },
    service: content.service.name,
    state: row.state,
    until: row.until,
    revision: row.revision,
    movedAt: row.moved_at,
  };
}

async function show(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { row, names, role }: { row: ReferralRow; names: ReadonlyMap<string, string>; role: string },
): Promise<ReceivedReferral> {
  const item = await toItem(trx, deps, { row, names });
  const content = await readContent(trx, deps, row);
  if (!item || !content) throw new Problem('not_found');
  const open = receiverMayRead(row.state);
  const live = new Set(open ? await listLiveClasses(trx, row, new Date(deps.clock()).toISOString()) : []);
  // A partner who holds the link reads all that was sent to them; an account what its role may read of it.
  const readable = role === 'partner' ? live : accessOf(role, ['receiving'], live).read;
  const parts = content.parts.filter((part) => readable.has(part.class));
  const hold = await trx
    .selectFrom('capacity_hold')
    .select(['unit_id', 'place'])
    .where('referral_id', '=', row.id)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  const mayBe = (by: 'receiver' | 'person') => listEvents(row.state, by).filter((event) => !NOT_ASKED_FOR.includes(event));
  return {
    ...item,
    outcome: row.outcome,
    need: readable.has(content.class) ? content.need : null,
    message: open && readable.has('needs') ? content.message : null,
    parts,
    closed: content.parts.filter((part) => !readable.has(part.class)).map((part) => part.class),
    redisclosureNotice: needsRedisclosureNotice(parts),
    // Withdrawing for the person is the sender's to write down.
    may: { receiver: mayBe('receiver'), person: mayBe('person').filter((event) => event !== 'withdraw') },
    place: hold ? { unit: hold.unit_id, place: hold.place } : null,
  };
}

async function listAgencyNames({ db }: Pick<ReferralDeps, 'db'>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('agency').select(['id', 'name']).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
