// A legal hold keeps a record from being erased, and the retention clock tells whose record may go: whoever was closed, or only
// helped, and in whose record nothing was written for as many years as the agency keeps records. Nothing goes by itself.

import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { newCaseId, type CaseworkTransaction } from './entries.ts';
import { inCasework, openPerson, recordAct, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import type { OpenedPerson } from './opened-person.ts';
import { listPeople, type ListedPerson } from './people.ts';

export const RETENTION_SETTING = 'casework.retentionYears';
const LISTED = 200;

type HoldRow = CaseworkDatabase['person_hold'];

export interface Hold {
  at: string;
  /** Account of who said that it must be kept. */
  by: string;
  reason: string;
}

/** The hold in force, if any. */
export function findHold(trx: CaseworkTransaction, personId: string): Promise<HoldRow | undefined> {
  return trx.selectFrom('person_hold').selectAll().where('person_id', '=', personId).where('lifted_at', 'is', null).executeTakeFirst();
}

export function describeHold(person: OpenedPerson, row: HoldRow): Hold {
  return { at: row.made_at, by: row.made_by, reason: String(person.unseal(['hold', row.id], row.reason)) };
}

/** Says that a record must be kept, and why: by order, in a dispute, while a complaint is looked into. */
export function holdPerson(deps: CaseworkDeps, actor: Actor, { person: id, reason }: { person: string; reason: string }): Promise<void> {
  return openPerson(deps, actor, id, { action: 'person.hold', read: 'notes' }, async (trx, person) => {
    assertOwnAgency(person);
    if (await findHold(trx, id)) throw new Problem('conflict', 'This record is held already.');
    const hold = newCaseId('hld');
    const made = { made_at: new Date(person.at).toISOString(), made_by: person.worker.account, lifted_at: null, lifted_by: null };
    await trx
      .insertInto('person_hold')
      .values({ id: hold, person_id: id, reason: person.seal(['hold', hold], reason), ...made })
      .execute();
  });
}

export function liftHold(deps: CaseworkDeps, actor: Actor, id: string): Promise<void> {
  return openPerson(deps, actor, id, { action: 'person.lift_hold', read: 'notes' }, async (trx, person) => {
    assertOwnAgency(person);
    const held = await findHold(trx, id);
    if (!held) throw new Problem('conflict', 'This record is not held any more.');
    const lifted = { lifted_at: new Date(person.at).toISOString(), lifted_by: person.worker.account };
    await trx.updateTable('person_hold').set(lifted).where('id', '=', held.id).execute();
  });
}

function assertOwnAgency(person: OpenedPerson): void {
  if (person.row.agency_id !== person.worker.agency)
    throw new Problem('not_allowed', 'Only the person’s own agency decides how long it keeps.');
}

/** How many years an agency keeps the records of people whom it no longer sees. */
export function getRetentionYears({ settings }: Pick<ServerDeps, 'settings'>, agencyId: string): Promise<number> {
  return settings.get<number>(RETENTION_SETTING, { agencyId });
}

/** The day on which a record may go, counted from what was last written in it. */
export function addYears(at: string, years: number): string {
  const day = new Date(at);
  day.setUTCFullYear(day.getUTCFullYear() + years);
  return day.toISOString();
}

export interface RetainedPerson extends ListedPerson {
  /** When something was last written. */
  lastWritten: string;
  held: boolean;
}

/** Those of the agency whose time is over, the longest first, for a supervisor to erase or to hold. Each is on record as seen. */
export async function listRetained(
  deps: CaseworkDeps & Pick<ServerDeps, 'settings'>,
  actor: Actor,
): Promise<{ years: number; people: RetainedPerson[] }> {
  const worker = toWorker(actor);
  const years = await getRetentionYears(deps, worker.agency);
  return inCasework(deps, async (trx) => {
    const at = deps.clock();
    await recordAudit(trx, { actor, at, action: 'caseload.retention', object: 'agency', recordId: worker.agency, reason: '' });
    const rows = await selectRetained(trx, { agency: worker.agency, before: addYears(new Date(at).toISOString(), -years) })
      .selectAll('person')
      .select('person_hold.id as hold_id')
      .orderBy('person.written_at')
      .limit(LISTED)
      .execute();
    const listed = new Map((await listPeople(trx, deps, { worker, rows })).map((person) => [person.id, person]));
    const people: RetainedPerson[] = [];
    for (const row of rows) {
      const person = listed.get(row.id);
      if (!person) continue;
      await recordAct(trx, worker, { action: 'person.found', at, recordId: row.id, relation: person.relation });
      people.push({ ...person, lastWritten: row.written_at!, held: row.hold_id !== null });
    }
    return { years, people };
  });
}

/** Closed people of an agency in whose record nothing was written since a moment. */
export function selectRetained(trx: CaseworkTransaction, { agency, before }: { agency: string; before: string }) {
  return trx
    .selectFrom('person')
    .leftJoin('person_hold', (join) => join.onRef('person_hold.person_id', '=', 'person.id').on('person_hold.lifted_at', 'is', null))
    .where('person.agency_id', '=', agency)
    .where('person.status', '<>', 'open')
    .where('person.key', 'is not', null)
    .where('person.written_at', '<', before);
}
