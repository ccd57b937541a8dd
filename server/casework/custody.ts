// Whose work a person is. A supervisor gives somebody to a colleague at once; a worker offers them, and they change hands when the
// other one accepts: until then nothing changes, and afterwards whoever gave them has only what any colleague has, another agency
// nothing at all. A record goes to another agency whole, so the person must have consented to all of it.

import { isOpen } from '#shared/casework/referral.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { ServerDeps } from '../deps.ts';
import { listAgencies, listColleagues } from '../identity/accounts.ts';
import type { Actor } from '../identity/actor.ts';
import { isPeopleRole } from '../identity/policies.ts';
import { getDisclosable } from './consents.ts';
import { listClasses, newCaseId, type CaseworkTransaction } from './entries.ts';
import { inCasework, openPerson, toWorker, unsealBeside } from './gate.ts';
import type { CaseworkDeps, Worker } from './worker.ts';
import { addYears, describeHold, findHold, getRetentionYears, type Hold } from './holds.ts';
import type { OpenedPerson } from './opened-person.ts';
import { listPeople } from './people.ts';

type OfferRow = CaseworkDatabase['person_offer'];
type Deps = CaseworkDeps & Pick<ServerDeps, 'db'>;

export interface Offer {
  id: string;
  person: string;
  /** What staff call them, where the reader may know; null otherwise. */
  label: string | null;
  from: { agency: string; worker: string };
  to: { agency: string; worker: string | null };
  note: string | null;
  at: string;
  /** What the reader may do with it. */
  may: ('accept' | 'decline' | 'withdraw')[];
}

export interface Custody {
  worker: string | null;
  team: string | null;
  offer: Offer | null;
  hold: Hold | null;
  /** Until when it is kept where nothing more is written; null while the case is open. */
  keptUntil: string | null;
}

/** Whose work a person is, to whom they are offered, and how long the record is kept. */
export async function getCustody(deps: CaseworkDeps & Pick<ServerDeps, 'settings'>, actor: Actor, id: string): Promise<Custody> {
  const years = await getRetentionYears(deps, toWorker(actor).agency);
  return openPerson(deps, actor, id, { action: 'person.custody', read: 'notes' }, async (trx, person) => {
    const { worker_id: worker, team, status, written_at: written } = person.row;
    const offer = await trx
      .selectFrom('person_offer')
      .selectAll()
      .where('person_id', '=', id)
      .where('answered_at', 'is', null)
      .executeTakeFirst();
    const held = await findHold(trx, id);
    return {
      worker,
      team,
      offer: offer ? await describeOffer(trx, deps, { row: offer, worker: person.worker, label: null }) : null,
      hold: held ? describeHold(person, held) : null,
      keptUntil: status === 'open' || written === null ? null : addYears(written, years),
    };
  });
}

export interface NewOffer {
  person: string;
  /** Of the own agency a colleague; of another one whoever takes them there. */
  to: { worker: string } | { agency: string };
  note?: string | undefined;
}

/** Offers a person to somebody. Nothing changes until it is accepted. */
export async function offerPerson(deps: Deps, actor: Actor, { person: id, to, note }: NewOffer): Promise<{ id: string }> {
  const worker = toWorker(actor);
  const away = 'agency' in to;
  await assertTaker(deps, worker, to);
  return openPerson(deps, actor, id, { action: 'person.offer', why: away ? 'away' : 'within' }, async (trx, person) => {
    assertHolder(person);
    if (away) await assertMayGo(trx, person, to.agency);
    else if (to.worker === person.row.worker_id) throw new Problem('unprocessable', 'They work with this person already.');
    const open = trx.selectFrom('person_offer').select('id').where('person_id', '=', id).where('answered_at', 'is', null);
    if (await open.executeTakeFirst()) throw new Problem('conflict', 'They have been offered to somebody already. Take that back first.');
    const offer = newCaseId('off');
    await trx
      .insertInto('person_offer')
      .values({
        id: offer,
        person_id: id,
        from_agency: worker.agency,
        from_worker: worker.account,
        to_agency: away ? to.agency : worker.agency,
        to_worker: away ? null : to.worker,
        note: note ? person.seal(['offer', offer], note) : null,
        made_at: new Date(person.at).toISOString(),
        answer: null,
        answered_at: null,
        answered_by: null,
      })
      .execute();
    return { id: offer };
  });
}

/** Accepts, declines or takes back an offer. It is answered once. */
export async function answerOffer(
  deps: Deps,
  actor: Actor,
  { offer: id, answer }: { offer: string; answer: 'accepted' | 'declined' | 'withdrawn' },
): Promise<void> {
  const worker = toWorker(actor);
  const row = await deps.casework.db
    .selectFrom('person_offer')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => eb.or([eb('from_agency', '=', worker.agency), eb('to_agency', '=', worker.agency)]))
    .executeTakeFirst();
  if (!row) throw new Problem('not_found');
  const away = row.to_agency !== row.from_agency;
  await openPerson(deps, actor, row.person_id, { action: `person.offer_${answer}` }, async (trx, person) => {
    const wanted = answer === 'accepted' ? 'accept' : answer === 'declined' ? 'decline' : 'withdraw';
    if (!listMay(row, worker).includes(wanted)) throw new Problem('not_allowed', 'This is for somebody else to say.');
    const { numUpdatedRows } = await trx
      .updateTable('person_offer')
      .set({ answer, answered_at: new Date(person.at).toISOString(), answered_by: worker.account })
      .where('id', '=', id)
      .where('answered_at', 'is', null)
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new Problem('conflict', 'This was answered already.');
    if (answer !== 'accepted') return;
    if (away) await assertMayGo(trx, person, worker.agency);
    await person.handOver({ agency: worker.agency, worker: worker.account, team: worker.team });
  });
}

/** What is offered to the actor, or to their agency by another one, the newest first. */
export function listOffers(deps: CaseworkDeps, actor: Actor): Promise<Offer[]> {
  const worker = toWorker(actor);
  return inCasework(deps, async (trx) => {
    await recordAudit(trx, { actor, at: deps.clock(), action: 'caseload.offers', object: 'worker', recordId: worker.account, reason: '' });
    const at = deps.clock();
    const rows: OfferRow[] = [];
    for (const row of await selectOffersTo(trx, worker).selectAll('person_offer').orderBy('made_at', 'desc').execute()) {
      const { person_id: id, from_agency: from } = row;
      // Of somebody else's: only as long as the person lets this agency know of them.
      const known =
        from === worker.agency || (await getDisclosable(trx, id, { purpose: 'coordination', recipient: worker.agency, at })).size > 0;
      if (known) rows.push(row);
    }
    const people = await trx
      .selectFrom('person')
      .selectAll()
      .where('id', 'in', ['', ...rows.map((row) => row.person_id)])
      .where('agency_id', '=', worker.agency)
      .where('key', 'is not', null)
      .execute();
    const labels = new Map((await listPeople(trx, deps, { worker, rows: people })).map(({ id, label }) => [id, label]));
    const offers: Offer[] = [];
    for (const row of rows) offers.push(await describeOffer(trx, deps, { row, worker, label: labels.get(row.person_id) ?? null }));
    return offers;
  });
}

/** Those that wait for this worker. */
export function selectOffersTo(trx: CaseworkTransaction, { account, agency, role }: Worker) {
  const away = role !== 'intake';
  return trx
    .selectFrom('person_offer')
    .where('person_offer.to_agency', '=', agency)
    .where('person_offer.answered_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('person_offer.to_worker', '=', account),
        ...(away ? [eb.and([eb('person_offer.to_worker', 'is', null), eb('person_offer.from_agency', '<>', agency)])] : []),
      ]),
    );
}

async function describeOffer(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { row, worker, label }: { row: OfferRow; worker: Worker; label: string | null },
): Promise<Offer> {
  const note = row.note
    ? await unsealBeside(trx, deps, { personId: row.person_id, label: ['offer', row.id], sealed: row.note })
    : undefined;
  return {
    id: row.id,
    person: row.person_id,
    label,
    from: { agency: row.from_agency, worker: row.from_worker },
    to: { agency: row.to_agency, worker: row.to_worker },
    note: typeof note === 'string' ? note : null,
    at: row.made_at,
    may: listMay(row, worker),
  };
}

function listMay(row: OfferRow, { account, agency, role }: Worker): Offer['may'] {
  const theirs =
    row.to_worker === null ? row.to_agency === agency && row.from_agency !== agency && role !== 'intake' : row.to_worker === account;
  const ours = row.from_worker === account || (row.from_agency === agency && role === 'supervisor');
  return [...(theirs ? (['accept', 'decline'] as const) : []), ...(ours ? (['withdraw'] as const) : [])];
}

async function assertTaker({ db }: Deps, worker: Worker, to: NewOffer['to']): Promise<void> {
  if ('agency' in to) {
    if (to.agency === worker.agency) throw new Problem('unprocessable', 'Within your own agency they are offered to a colleague.');
    const known = (await listAgencies(db)).some(({ id }) => id === to.agency);
    if (!known) throw new Problem('unprocessable', 'There is no such agency on this server.');
    return;
  }
  const colleagues = await listColleagues(db, worker.agency);
  if (!colleagues.some(({ id, role, disabled }) => id === to.worker && !disabled && isPeopleRole(role)))
    throw new Problem('unprocessable', 'Nobody of your agency who works with people has this account.');
}

/** Only who carries a person, or a supervisor of the agency, gives them into other hands. */
function assertHolder({ row, worker }: OpenedPerson): void {
  const holds = row.agency_id === worker.agency && (row.worker_id === worker.account || worker.role === 'supervisor');
  if (!holds) throw new Problem('not_allowed', 'Only the person’s own worker, or a supervisor, can offer them to somebody.');
}

/** A record goes whole: what waits elsewhere is settled first, and the person has said yes to every kind of what is in it. */
async function assertMayGo(trx: CaseworkTransaction, person: OpenedPerson, agency: string): Promise<void> {
  if (await findHold(trx, person.id))
    throw new Problem('conflict', 'This record must be kept here for now. It can go when the hold is lifted.');
  const referrals = await trx.selectFrom('referral').select('state').where('person_id', '=', person.id).execute();
  if (referrals.some(({ state }) => isOpen(state)))
    throw new Problem('conflict', 'A referral is still open. See it through or withdraw it before they go to another agency.');
  const allowed = await getDisclosable(trx, person.id, { purpose: 'coordination', recipient: agency, at: person.at });
  if ((await listClasses(trx, person.id)).some((each) => !allowed.has(each)))
    throw new Problem(
      'unprocessable',
      'The whole record goes along. Ask them first to consent that this agency works with them, for every kind of what is written down.',
    );
}
