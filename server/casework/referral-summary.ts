// A referral as the side that sends it sees it: where it stands, what may be done, whether the consent still covers what it carries.

import { disclosableClasses } from '#shared/casework/consent.ts';
import { isOpen, listEvents, type ReferralEvent } from '#shared/casework/referral.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import { listConsents } from './consents.ts';
import type { CaseworkTransaction } from './entries.ts';
import type { CaseworkDeps } from './worker.ts';
import type { OpenedPerson } from './opened-person.ts';
import { findLink, type LinkState } from './referral-link.ts';
import { readContent, type ReferralContent, type ReferralRow } from './referral-store.ts';

/** Transitions that follow from something else, and are never asked for by themselves. */
export const NOT_ASKED_FOR: readonly ReferralEvent[] = ['send', 'see', 'expire', 'revoke'];

export interface SimilarReferral {
  referral: string;
  state: ReferralRow['state'];
  to: string;
  service: string;
  /** Since when it stands so. */
  at: string;
  because: 'same_service' | 'same_need';
}

export interface ReferralSummary {
  id: string;
  person: string;
  state: ReferralRow['state'];
  until: string | null;
  revision: number;
  outcome: ReferralRow['outcome'];
  to: { agency: string | null; recipient: string; name: string };
  service: ReferralContent['service'];
  need: string | null;
  classes: FieldClass[];
  message: string | null;
  createdAt: string;
  movedAt: string;
  /** What the sending side may do now, as itself or by the person's word. */
  may: { sender: ReferralEvent[]; person: ReferralEvent[] };
  consent: { live: FieldClass[]; missing: FieldClass[] };
  link: LinkState | null;
}

/** A referral as its sender sees it now. */
export async function summarise(trx: CaseworkTransaction, deps: CaseworkDeps, row: ReferralRow): Promise<ReferralSummary> {
  const content = await getContent(trx, deps, row);
  const mayBe = (by: 'sender' | 'person') =>
    listEvents(row.state, by).filter((event) => event === 'send' || !NOT_ASKED_FOR.includes(event));
  return {
    id: row.id,
    person: row.person_id,
    state: row.state,
    until: row.until,
    revision: row.revision,
    outcome: row.outcome,
    to: { agency: row.to_agency, recipient: row.recipient, name: content.to },
    service: content.service,
    need: content.need,
    classes: JSON.parse(row.classes) as FieldClass[],
    message: content.message,
    createdAt: row.created_at,
    movedAt: row.moved_at,
    may: { sender: mayBe('sender'), person: mayBe('person') },
    consent: await compareConsent(trx, row, deps.clock()),
    link: await findLink(trx, row.id),
  };
}

/** Opens what is sealed; `not_found` once the person was erased. */
export async function getContent(trx: CaseworkTransaction, deps: CaseworkDeps, row: ReferralRow): Promise<ReferralContent> {
  const content = await readContent(trx, deps, row);
  if (!content) throw new Problem('not_found');
  return content;
}

/** Which of what it carries a live consent covers, and which not. */
export async function compareConsent(trx: CaseworkTransaction, row: ReferralRow, now: number): Promise<ReferralSummary['consent']> {
  const at = new Date(now).toISOString();
  const live = disclosableClasses(await listConsents(trx, row.person_id), { purpose: 'referral', recipient: row.recipient, at });
  return { live, missing: (JSON.parse(row.classes) as FieldClass[]).filter((each) => !live.includes(each)) };
}

/** Open referrals of this person to the same service, or for the same need. */
export async function listSimilar(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { person, service, need }: { person: OpenedPerson; service: ReferralContent['service']; need?: string | undefined },
): Promise<SimilarReferral[]> {
  const rows = await trx.selectFrom('referral').selectAll().where('person_id', '=', person.id).orderBy('moved_at', 'desc').execute();
  const similar: SimilarReferral[] = [];
  for (const row of rows.filter((each) => isOpen(each.state))) {
    const content = await readContent(trx, deps, row);
    if (!content || !person.access.read.has(content.class)) continue;
    const same = service.serviceId === undefined ? content.service.name === service.name : content.service.serviceId === service.serviceId;
    if (!same && (need === undefined || content.need !== need)) continue;
    similar.push({
      referral: row.id,
      state: row.state,
      to: content.to,
      service: content.service.name,
      at: row.moved_at,
      because: same ? 'same_service' : 'same_need',
    });
  }
  return similar;
}
