// A worker's and a supervisor's day: whom there is to see by what is due, who carries how much, which closings wait. Lists are made
// of what is derived at each write; a record is opened only for what a line must say.

import { reviewClosing, type ClosingFinding } from '#shared/casework/closing.ts';
import type { DueKind } from '#shared/casework/due.ts';
import { foldRecord, type PersonRecord, type RecordClosing } from '#shared/casework/record.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { listColleagues } from '../identity/accounts.ts';
import { inCasework, openPerson, recordAct, toWorker } from './gate.ts';
import type { CaseworkDeps, Worker } from './worker.ts';
import { listPeople, type ListedPerson } from './people.ts';
import { settleOverdue } from './referral-settle.ts';
import { listSupervisors } from './unwatched.ts';

export interface DueItem {
  kind: DueKind;
  at: string;
  about: string;
}

export interface CaseloadPerson extends ListedPerson {
  weight: number;
  /** In the order of time. */
  due: DueItem[];
}

/** The actor's own people, whoever has something due first at the top; those with nothing due last. */
export async function listMyCaseload(deps: CaseworkDeps, actor: Actor): Promise<{ people: CaseloadPerson[]; weight: number }> {
  const worker = toWorker(actor);
  await settleOverdue(deps, worker.agency);
  return inCasework(deps, async (trx) => {
    await recordAudit(trx, { actor, at: deps.clock(), action: 'caseload.list', object: 'worker', recordId: worker.account, reason: '' });
    const rows = await trx
      .selectFrom('person')
      .selectAll()
      .where('agency_id', '=', worker.agency)
      .where('worker_id', '=', worker.account)
      .where('key', 'is not', null)
      .orderBy('created_at', 'desc')
      .execute();
    const due = await trx
      .selectFrom('person_due')
      .innerJoin('person', 'person.id', 'person_due.person_id')
      .select(['person_due.person_id', 'person_due.kind', 'person_due.at', 'person_due.about'])
      .where('person.agency_id', '=', worker.agency)
      .where('person.worker_id', '=', worker.account)
      .orderBy('person_due.at')
      .orderBy('person_due.kind')
      .execute();
    const byPerson = Map.groupBy(due, (row) => row.person_id);
    const weights = new Map(rows.map((row) => [row.id, row.weight]));
    const listed = await listPeople(trx, deps, { worker, rows });
    const people = listed.map((person) => ({
      ...person,
      weight: weights.get(person.id)!,
      due: (byPerson.get(person.id) ?? []).map(({ kind, at, about }) => ({ kind: kind as DueKind, at, about })),
    }));
    const first = (person: CaseloadPerson) => person.due[0]?.at ?? '~';
    people.sort((a, b) => (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : 0));
    return { people, weight: people.reduce((sum, person) => sum + person.weight, 0) };
  });
}

export interface WorkerLoad {
  /** Null: people whom nobody has taken over. */
  worker: string | null;
  name: string | null;
  team: string | null;
  people: number;
  weight: number;
  /** People with something that was due before today. */
  late: number;
}

/** How much each worker of the agency carries. No person is opened for it. */
export async function listTeamLoad(deps: CaseworkDeps & Pick<ServerDeps, 'db'>, actor: Actor): Promise<WorkerLoad[]> {
  const { agency } = toWorker(actor);
  const colleagues = await listColleagues(deps.db, agency);
  const today = new Date(deps.clock()).toISOString().slice(0, 10);
  const { open, late } = await inCasework(deps, async (trx) => ({
    open: await trx
      .selectFrom('person')
      .select(['id', 'worker_id', 'weight'])
      .where('agency_id', '=', agency)
      .where('status', '=', 'open')
      .where('key', 'is not', null)
      .execute(),
    late: await trx
      .selectFrom('person_due')
      .innerJoin('person', 'person.id', 'person_due.person_id')
      .select('person_due.person_id')
      .distinct()
      .where('person.agency_id', '=', agency)
      .where('person_due.at', '<', today)
      .execute(),
  }));
  const lateIds = new Set(late.map((row) => row.person_id));
  const loads = new Map<string | null, WorkerLoad>();
  for (const { id, worker_id: worker, weight } of open) {
    const colleague = colleagues.find((each) => each.id === worker);
    const load = loads.get(worker) ?? {
      worker,
      name: colleague?.name ?? null,
      team: colleague?.team ?? null,
      people: 0,
      weight: 0,
      late: 0,
    };
    load.people += 1;
    load.weight += weight;
    if (lateIds.has(id)) load.late += 1;
    loads.set(worker, load);
  }
  return [...loads.values()].sort((a, b) => b.weight - a.weight);
}

export interface WaitingClosing {
  person: ListedPerson;
  closing: RecordClosing;
  findings: ClosingFinding[];
  /** Whether the reader asked for it themselves: then somebody else approves, unless the agency has no other supervisor. */
  askedBy: 'another' | 'reader' | 'reader_alone';
}

/** Closings of the agency that wait for a supervisor, the oldest first. Each is opened, and on record as seen. */
export async function listApprovals(deps: Staffed, actor: Actor): Promise<WaitingClosing[]> {
  const worker = toWorker(actor);
  const waiting = await inCasework(deps, async (trx) => {
    const rows = await trx
      .selectFrom('person')
      .innerJoin('person_due', 'person_due.person_id', 'person.id')
      .selectAll('person')
      .where('person.agency_id', '=', worker.agency)
      .where('person_due.kind', '=', 'closing_decision')
      .where('person.key', 'is not', null)
      .orderBy('person_due.at')
      .execute();
    return listPeople(trx, deps, { worker, rows });
  });
  const alone = await isOnlySupervisor(deps, worker);
  const approvals: WaitingClosing[] = [];
  for (const person of waiting) {
    const record = await openPerson(deps, actor, person.id, { action: 'caseload.approval', read: 'needs' }, async (_trx, opened) =>
      foldRecord(await opened.readEntries()),
    );
    const closing = findWaiting(record);
    if (!closing) continue;
    const askedBy = closing.entry.author !== worker.account ? 'another' : alone ? 'reader_alone' : 'reader';
    approvals.push({ person, closing, findings: reviewClosing(record, closing), askedBy });
  }
  return approvals;
}

/**
 * Approves or returns a closing. What must not be left open stops it, whoever approves. Nobody approves what they asked for
 * themselves; where an agency has no other supervisor they may, and that it was so stands on record.
 */
export async function decideClosing(
  deps: Staffed,
  actor: Actor,
  { person, closing, decision, said }: { person: string; closing: string; decision: 'approved' | 'returned'; said?: string | undefined },
): Promise<void> {
  const alone = await isOnlySupervisor(deps, toWorker(actor));
  await openPerson(deps, actor, person, { action: 'caseload.decide', write: 'needs' }, async (trx, opened) => {
    if (opened.row.agency_id !== opened.worker.agency) throw new Problem('not_found');
    const record = foldRecord(await opened.readEntries());
    const waiting = findWaiting(record);
    if (waiting?.closing !== closing) throw new Problem('conflict', 'This closing does not wait for a decision any more.');
    if (decision === 'approved' && waiting.entry.author === opened.worker.account) {
      if (!alone) throw new Problem('not_allowed', 'You asked for this closing yourself: another supervisor of your agency approves it.');
      const { worker, at, access } = opened;
      await recordAct(trx, worker, {
        action: 'caseload.decide_own',
        at,
        recordId: person,
        relation: access.relation,
        why: 'no_other_supervisor',
      });
    }
    const stops = decision === 'approved' && reviewClosing(record, waiting).some((finding) => finding.weight === 'must');
    if (stops) throw new Problem('unprocessable', 'Something is still open that must be settled, or explained, before closing.');
    await opened.addEntries([{ payload: { kind: 'closing_decided', closing, decision, ...(said && { said }) } }]);
  });
}

type Staffed = CaseworkDeps & Pick<ServerDeps, 'db'>;

async function isOnlySupervisor({ db }: Staffed, { agency, account }: Worker): Promise<boolean> {
  return (await listSupervisors(db, agency)).every((id) => id === account);
}

function findWaiting({ closings }: PersonRecord): RecordClosing | undefined {
  const last = closings.at(-1);
  return last?.decision ? undefined : last;
}
