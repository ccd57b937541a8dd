// Breaking the glass: when a life hangs on it, someone of the person's own agency opens all of a record for an hour, says why, and
// a supervisor looks at it afterwards. The words of why are sealed with the person; the audit has only that it was done.

import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { Actor } from '../identity/actor.ts';
import { newCaseId, type CaseworkTransaction } from './entries.ts';
import { inCasework, openPerson, toWorker, unsealBeside } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { listPeople } from './people.ts';

export const GLASS_OPEN_MS = 60 * 60_000;

type GlassRow = CaseworkDatabase['break_glass'];

/** Opens everything of a person to the actor until the time that is given back. */
export function breakGlass(deps: CaseworkDeps, actor: Actor, { person: id, reason }: { person: string; reason: string }) {
  return openPerson(deps, actor, id, { action: 'person.break_glass' }, async (trx, person) => {
    const { account, agency } = person.worker;
    if (person.row.agency_id !== agency)
      throw new Problem('not_allowed', 'Only the agency whose own the person is can open all of the record.');
    const glass = newCaseId('gls');
    const until = new Date(person.at + GLASS_OPEN_MS).toISOString();
    const row: GlassRow = {
      id: glass,
      person_id: id,
      account_id: account,
      agency_id: agency,
      at: new Date(person.at).toISOString(),
      until,
      reason: person.seal(['glass', glass, 'reason'], reason),
      reviewed_at: null,
      reviewed_by: null,
      outcome: null,
      note: null,
    };
    await trx.insertInto('break_glass').values(row).execute();
    return { until };
  });
}

export interface BrokenGlass {
  id: string;
  person: string;
  label: string | null;
  /** Account of who broke it. */
  by: string;
  at: string;
  until: string;
  reason: string;
  /** How often they opened or wrote to the record meanwhile. */
  acts: number;
  review: { at: string; by: string; outcome: 'justified' | 'not_justified'; note: string } | null;
}

/** What was opened so in the actor's agency: first what nobody looked at yet, then the newest. */
export function listBrokenGlass(deps: CaseworkDeps, actor: Actor, limit = 200): Promise<BrokenGlass[]> {
  const worker = toWorker(actor);
  return inCasework(deps, async (trx) => {
    const at = deps.clock();
    await recordAudit(trx, { actor, at, action: 'caseload.glass', object: 'agency', recordId: worker.agency, reason: '' });
    const rows = await trx
      .selectFrom('break_glass')
      .innerJoin('person', 'person.id', 'break_glass.person_id')
      .selectAll('break_glass')
      // Whoever went to another agency is no longer this one's to look at.
      .where('person.agency_id', '=', worker.agency)
      .where('break_glass.agency_id', '=', worker.agency)
      .where('reason', 'is not', null)
      .orderBy('reviewed_at', (order) => order.asc().nullsFirst())
      .orderBy('break_glass.at', 'desc')
      .limit(limit)
      .execute();
    if (rows.length === 0) return [];
    const people = await trx
      .selectFrom('person')
      .selectAll()
      .where('id', 'in', [...new Set(rows.map((row) => row.person_id))])
      .where('agency_id', '=', worker.agency)
      .where('key', 'is not', null)
      .execute();
    const labels = new Map((await listPeople(trx, deps, { worker, rows: people })).map(({ id, label }) => [id, label]));
    const listed: BrokenGlass[] = [];
    for (const row of rows) listed.push(await describeGlass(trx, deps, { row, label: labels.get(row.person_id) ?? null }));
    return listed;
  });
}

async function describeGlass(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { row, label }: { row: GlassRow; label: string | null },
): Promise<BrokenGlass> {
  const { id, person_id: person, account_id: by, at, until, reviewed_at, reviewed_by, outcome } = row;
  const open = async (what: 'reason' | 'note') =>
    String(await unsealBeside(trx, deps, { personId: person, label: ['glass', id, what], sealed: row[what]! }));
  const { acts } = await trx
    .selectFrom('audit')
    .select((eb) => eb.fn.countAll().as('acts'))
    .where('record_id', '=', person)
    .where('actor', '=', by)
    .where('at', '>=', at)
    .where('at', '<', until)
    .where('action', 'in', ['person.read', 'person.write', 'person.export'])
    .executeTakeFirstOrThrow();
  const review = reviewed_at && reviewed_by && outcome ? { at: reviewed_at, by: reviewed_by, outcome, note: await open('note') } : null;
  return { id, person, label, by, at, until, reason: await open('reason'), acts: Number(acts), review };
}

export interface GlassReview {
  id: string;
  outcome: 'justified' | 'not_justified';
  note: string;
}

/** Says once whether it was right. Nobody says it of themselves. */
export async function reviewBrokenGlass(deps: CaseworkDeps, actor: Actor, { id, outcome, note }: GlassReview): Promise<void> {
  const worker = toWorker(actor);
  const row = await deps.casework.db
    .selectFrom('break_glass')
    .select(['person_id', 'account_id'])
    .where('id', '=', id)
    .where('agency_id', '=', worker.agency)
    .executeTakeFirst();
  if (!row) throw new Problem('not_found');
  await openPerson(deps, actor, row.person_id, { action: 'person.review_glass', why: outcome }, async (trx, person) => {
    if (row.account_id === worker.account) throw new Problem('not_allowed', 'Somebody else looks at what you opened yourself.');
    const review = { reviewed_at: new Date(person.at).toISOString(), reviewed_by: worker.account, outcome };
    const { numUpdatedRows } = await trx
      .updateTable('break_glass')
      .set({ ...review, note: person.seal(['glass', id, 'note'], note) })
      .where('id', '=', id)
      .where('reviewed_at', 'is', null)
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) throw new Problem('conflict', 'Somebody else has looked at this already.');
  });
}
