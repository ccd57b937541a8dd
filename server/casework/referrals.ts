// Referrals from the side that sends them: for a person who was opened at the gate, and with consented fields only.

import { foldRecord } from '#shared/casework/record.ts';
import { createReferral, listEvents } from '#shared/casework/referral.ts';
import { composeSnapshot } from '#shared/casework/snapshot.ts';
import { classOfNeed, type FieldClass } from '#shared/intake/field-class.ts';
import type { Taxonomy } from '#shared/plugin-api/points.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { newCaseId, type CaseworkTransaction } from './entries.ts';
import { openPerson } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import type { OpenedPerson } from './opened-person.ts';
import { createLink, type CreatedLink } from './referral-link.ts';
import {
  contentLabel,
  findReferral,
  moveReferral,
  readContent,
  type Move,
  type ReferralContent,
  type ReferralRow,
} from './referral-store.ts';
import { settleReferrals, settleWithin } from './referral-settle.ts';
import { compareConsent, getContent, listSimilar, summarise, type ReferralSummary, type SimilarReferral } from './referral-summary.ts';

export type ReferralDeps = CaseworkDeps & Pick<ServerDeps, 'db' | 'settings'>;

export interface NewReferral {
  person: string;
  service: { serviceId?: string | undefined; name: string };
  need?: string | undefined;
  to: { agency: string } | { partner: string; name: string };
  /** What would be sent of the record, where the person consents. */
  classes: readonly FieldClass[];
  message?: string | undefined;
  /** The question for room that was answered before. */
  question?: string | undefined;
}

/** A draft. Nothing leaves; what is like it among the person's open referrals is told. */
export async function startReferral(
  deps: ReferralDeps,
  actor: Actor,
  { person: personId, service, need, to, classes, message, question }: NewReferral,
): Promise<{ referral: ReferralSummary; similar: SimilarReferral[] }> {
  const agency = 'agency' in to ? await getAgency(deps, to.agency) : undefined;
  return openPerson(deps, actor, personId, { action: 'referral.start', write: 'needs' }, async (trx, person) => {
    if (agency?.id === person.worker.agency)
      throw new Problem('unprocessable', 'This is your own agency. Hand the person to a colleague instead.');
    const id = newCaseId('ref');
    const at = new Date(person.at).toISOString();
    const content: ReferralContent = {
      service,
      to: 'name' in to ? to.name : agency!.name,
      need: need ?? null,
      class: need === undefined ? 'needs' : classOfNeed(need, createTermFinder(deps)),
      message: message ?? null,
      parts: [],
    };
    const similar = await listSimilar(trx, deps, { person, service, need });
    const row: ReferralRow = {
      id,
      person_id: person.id,
      from_agency: person.worker.agency,
      from_worker: person.worker.account,
      to_agency: agency?.id ?? null,
      recipient: 'agency' in to ? to.agency : `partner:${to.partner}`,
      ...createReferral(at),
      classes: JSON.stringify(classes),
      content: person.seal(contentLabel(id), content),
      question_id: question ?? null,
      created_at: at,
      moved_at: at,
    };
    await trx.insertInto('referral').values(row).execute();
    return { referral: await summarise(trx, deps, row), similar };
  });
}

/** Sends a draft: the classes that it names, each of which a live consent must cover at this moment. A partner gets a link. */
export async function sendReferral(
  deps: ReferralDeps,
  actor: Actor,
  { referral, revision }: { referral: string; revision: number },
): Promise<{ referral: ReferralSummary; link: CreatedLink | null }> {
  const linkDays = await deps.settings.get<number>('referrals.linkDays');
  return openReferral(deps, actor, { referral, action: 'referral.send', write: 'needs' }, async (trx, person, row) => {
    assertRevision(row, revision);
    const classes = JSON.parse(row.classes) as FieldClass[];
    const { missing } = await compareConsent(trx, row, person.at);
    const consented = classes.length > 0 && missing.length === 0;
    const content = await getContent(trx, deps, row);
    if (consented && row.state === 'draft') {
      const entries = await person.disclose({ purpose: 'referral', recipient: row.recipient });
      const parts = composeSnapshot(foldRecord(entries), classes);
      const sealed = person.seal(contentLabel(row.id), { ...content, parts });
      await trx.updateTable('referral').set({ content: sealed }).where('id', '=', row.id).execute();
    }
    const sent = await moveReferral(trx, deps, { row, mover: moverOf(person), move: { event: 'send', consented }, now: person.at });
    const link = sent.to_agency === null ? await createLink(trx, { row: sent, now: person.at, days: linkDays }) : null;
    return { referral: await summarise(trx, deps, sent), link };
  });
}

export interface SenderAct extends Move {
  referral: string;
  revision: number;
  /** It is the person's word that is written down. */
  asPerson?: boolean | undefined;
}

/** What the sending side says of a referral: withdraws it, schedules, closes; or writes down what the person said. */
export async function actAsSender(
  deps: ReferralDeps,
  actor: Actor,
  { referral, revision, asPerson, ...move }: SenderAct,
): Promise<ReferralSummary> {
  return openReferral(deps, actor, { referral, action: `referral.${move.event}`, write: 'needs' }, async (trx, person, row) => {
    assertRevision(row, revision);
    const mover = { ...moverOf(person), by: asPerson ? ('person' as const) : ('sender' as const) };
    return summarise(trx, deps, await moveReferral(trx, deps, { row, mover, move, now: person.at }));
  });
}

/** All referrals of a person, the newest first. */
export function listReferrals(deps: ReferralDeps, actor: Actor, personId: string): Promise<ReferralSummary[]> {
  return openPerson(deps, actor, personId, { action: 'referral.list', read: 'needs' }, async (trx, person) => {
    await settleWithin(trx, deps, { person: person.id });
    const rows = await trx
      .selectFrom('referral')
      .selectAll()
      .where('person_id', '=', person.id)
      .where('from_agency', '=', person.worker.agency)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    const summaries: ReferralSummary[] = [];
    for (const row of rows) {
      const { class: fieldClass } = await getContent(trx, deps, row);
      if (person.access.read.has(fieldClass)) summaries.push(await summarise(trx, deps, row));
    }
    return summaries;
  });
}

/** A new link for a partner, which ends every earlier one. */
export async function renewLink(deps: ReferralDeps, actor: Actor, referral: string): Promise<CreatedLink> {
  const days = await deps.settings.get<number>('referrals.linkDays');
  return openReferral(deps, actor, { referral, action: 'referral.link', write: 'needs' }, async (trx, person, row) => {
    if (row.to_agency !== null) throw new Problem('unprocessable', 'This agency has accounts here and answers by them.');
    if (row.state === 'draft' || listEvents(row.state, 'receiver').length === 0) {
      throw new Problem('conflict', 'There is nothing to answer in this referral now.');
    }
    return createLink(trx, { row, now: person.at, days });
  });
}

/** The sending side's summary of one referral. */
export function getSent(deps: ReferralDeps, actor: Actor, referral: string): Promise<ReferralSummary> {
  return openReferral(deps, actor, { referral, action: 'referral.read', read: 'needs' }, (trx, _person, row) => summarise(trx, deps, row));
}

/** Opens the person of a referral that the actor's agency sends. An unknown one and another agency's are refused alike. */
async function openReferral<T>(
  deps: ReferralDeps,
  actor: Actor,
  { referral, ...act }: { referral: string } & Parameters<typeof openPerson>[3],
  work: (trx: CaseworkTransaction, person: OpenedPerson, row: ReferralRow) => Promise<T>,
): Promise<T> {
  const known = await deps.casework.db
    .selectFrom('referral')
    .select(['person_id', 'from_agency'])
    .where('id', '=', referral)
    .executeTakeFirst();
  const mine = known?.from_agency === actor.agency?.id ? known : undefined;
  if (mine) await settleReferrals(deps, { referral });
  // Of one that is not theirs the id itself is asked for: there is no such person, and the refusal is on record.
  return openPerson(deps, actor, mine?.person_id ?? referral, act, async (trx, person) => {
    const row = await findReferral(trx, referral);
    const content = row && (await readContent(trx, deps, row));
    if (!row || !content || !person.access.read.has(content.class)) throw new Problem('not_found');
    return work(trx, person, row);
  });
}

function assertRevision(row: ReferralRow, revision: number): void {
  if (row.revision !== revision) throw new Problem('conflict');
}

function moverOf({ worker }: OpenedPerson) {
  return { by: 'sender' as const, account: worker.account, agency: worker.agency };
}

async function getAgency({ db }: Pick<ServerDeps, 'db'>, id: string): Promise<{ id: string; name: string }> {
  const row = await db.selectFrom('agency').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('unprocessable', 'There is no such agency here.');
  return row;
}

function createTermFinder({ registry }: Pick<ServerDeps, 'registry'>) {
  const terms = new Map(
    registry
      .getPoint<Taxonomy>('taxonomies')
      .all()
      .flatMap(({ value }) => value.terms.map((term) => [term.id, term] as const)),
  );
  return (id: string) => terms.get(id);
}
