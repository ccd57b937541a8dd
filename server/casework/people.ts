// What is done with people as a whole: taking someone in, opening a record, finding one by name, whose own somebody is.

import { accessOf, type Access, type Relation } from '#shared/casework/access.ts';
import type { RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord } from '#shared/casework/record.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import type { ServerDeps } from '../deps.ts';
import { listColleagues } from '../identity/accounts.ts';
import type { Actor } from '../identity/actor.ts';
import { isPeopleRole } from '../identity/policies.ts';
import { newCaseId, readEntries, type CaseworkTransaction } from './entries.ts';
import { assertFitsForm } from './forms.ts';
import { listGlassNotices, type GlassNotice } from './glass-notices.ts';
import { inCasework, listRelations, openPerson, recordAct, toWorker } from './gate.ts';
import type { CaseworkDeps, PersonRow, Worker } from './worker.ts';
import { findCandidates, fits, labelOf } from './name-index.ts';
import { OpenedPerson, type Said } from './opened-person.ts';

const IDENTITY: ReadonlySet<FieldClass> = new Set(['identity']);
/** Of one search: opened to be compared, and shown. */
const CANDIDATES = 500;
const FOUND = 20;

export interface NewPerson {
  entries: readonly Said[];
  /** Helped at once, with nothing to follow. */
  helped?: boolean;
}

/** Written by what they tell of, a referral that moved and a closing that was decided, and by nobody's hand. */
const NOT_BY_HAND: ReadonlySet<string> = new Set(['referral_said', 'closing_decided']);

function refuseByHand(entries: readonly Said[]): void {
  for (const { payload } of entries) {
    const kind = payload.kind === 'correction' ? (payload.payload?.kind ?? '') : payload.kind;
    if (NOT_BY_HAND.has(kind)) throw new Problem('unprocessable', 'This is written when it happens, and cannot be added by hand.');
  }
}

/** Takes someone in, as the actor's own. Gives the id. */
export async function createPerson(deps: CaseworkDeps, actor: Actor, { entries, helped = false }: NewPerson): Promise<string> {
  refuseByHand(entries);
  for (const { payload } of entries) assertFitsForm(deps.registry, payload);
  const worker = toWorker(actor);
  const at = deps.clock();
  const id = newCaseId('per');
  const key = deps.casework.keys.wrapNew(id);
  const row: PersonRow & { key: Uint8Array } = {
    id,
    agency_id: worker.agency,
    worker_id: worker.account,
    team: worker.team,
    status: helped ? 'helped_no_case' : 'open',
    stage: 'engagement',
    weight: 0,
    revision: 0,
    created_at: new Date(at).toISOString(),
    written_at: null,
    key,
    erased_at: null,
  };
  await inCasework(deps, async (trx) => {
    await recordAct(trx, worker, { action: 'person.create', at, recordId: id, relation: 'own' });
    await trx.insertInto('person').values(row).execute();
    const access = accessOf(worker.role, ['own']);
    await new OpenedPerson(trx, { deps, worker, at, row, access }).addEntries(entries);
  });
  return id;
}

export interface PersonSummary {
  id: string;
  status: PersonRow['status'];
  stage: string;
  worker: string | null;
  team: string | null;
  createdAt: string;
  revision: number;
}

export interface OpenedRecord {
  person: PersonSummary;
  access: { relation: Relation | null; read: FieldClass[]; write: FieldClass[] };
  entries: RecordEntry[];
  /** For the person's own worker; for others always empty. */
  glass: GlassNotice[];
}

/** All that the actor may see of a person: `foldRecord(entries)` is the record. */
export function getPerson(deps: CaseworkDeps, actor: Actor, id: string): Promise<OpenedRecord> {
  return openPerson(deps, actor, id, { action: 'person.read' }, async (trx, person) => ({
    person: summarise(person.row),
    access: toAccess(person.access),
    entries: await person.readEntries(),
    glass: await listGlassNotices(trx, person),
  }));
}

/** Adds to a record. With `revision`, only where nobody else has added to it since. */
export function addToPerson(
  deps: CaseworkDeps,
  actor: Actor,
  { person: id, entries, revision }: { person: string; entries: readonly Said[]; revision?: number | undefined },
): Promise<{ entries: RecordEntry[]; revision: number }> {
  refuseByHand(entries);
  for (const { payload } of entries) assertFitsForm(deps.registry, payload);
  return openPerson(deps, actor, id, { action: 'person.write' }, async (_trx, person) => {
    if (revision !== undefined && revision !== person.row.revision) throw new Problem('conflict');
    const added = await person.addEntries(entries);
    return { entries: added, revision: person.row.revision + added.length };
  });
}

/** Gives a person to a colleague, or to nobody yet. */
export async function assignPerson(
  deps: CaseworkDeps & Pick<ServerDeps, 'db'>,
  actor: Actor,
  { person: id, worker, team }: { person: string; worker: string | null; team: string | null },
): Promise<void> {
  const colleagues = await listColleagues(deps.db, toWorker(actor).agency);
  const takes = colleagues.find((colleague) => colleague.id === worker && !colleague.disabled && isPeopleRole(colleague.role));
  if (worker !== null && !takes) throw new Problem('unprocessable', 'Nobody of your agency who works with people has this account.');
  await openPerson(deps, actor, id, { action: 'person.assign' }, async (_trx, person) => {
    if (person.row.agency_id !== person.worker.agency) throw new Problem('not_allowed');
    await person.handOver({ agency: person.row.agency_id, worker, team });
  });
}

export interface ListedPerson extends PersonSummary {
  /** What staff call them; null where nothing is known. */
  label: string | null;
  relation: Relation | null;
}

/** People of the actor's agency by name. Each who is shown is on record as seen; what was asked for is not kept. */
export async function findPeople(deps: CaseworkDeps, actor: Actor, name: string): Promise<ListedPerson[]> {
  const worker = toWorker(actor);
  const { keys } = deps.casework;
  return inCasework(deps, async (trx) => {
    const at = deps.clock();
    await recordAudit(trx, { actor, at, action: 'person.search', object: 'agency', recordId: worker.agency, reason: '' });
    const candidates = await findCandidates(trx, keys, { agency: worker.agency, name, limit: CANDIDATES });
    const found: PersonRow[] = [];
    for (const row of candidates) if (fits(foldRecord(await readIdentity(trx, deps, row)).identity, name)) found.push(row);
    const listed = await listPeople(trx, deps, { worker, rows: found.slice(0, FOUND) });
    for (const { id, relation } of listed) await recordAct(trx, worker, { action: 'person.found', at, recordId: id, relation });
    return listed;
  });
}

/** Rows of the worker's own agency as a list shows them. */
export async function listPeople(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { worker, rows }: { worker: Worker; rows: readonly PersonRow[] },
): Promise<ListedPerson[]> {
  const listed: ListedPerson[] = [];
  for (const row of rows) {
    const { relation, read } = accessOf(worker.role, listRelations(row, worker, { broken: false, consented: false }));
    if (!read.has('identity')) continue;
    const label = labelOf(foldRecord(await readIdentity(trx, deps, row)).identity);
    listed.push({ ...summarise(row), label, relation });
  }
  return listed;
}

/** What a list needs of a record: who it is. For lists whose people are on record as seen, one by one or as a list. */
export function readIdentity(trx: CaseworkTransaction, { casework }: CaseworkDeps, { id, key }: PersonRow): Promise<RecordEntry[]> {
  return readEntries(trx, { id, key: casework.keys.unwrap(id, key!) }, { classes: IDENTITY });
}

function summarise({ id, status, stage, worker_id, team, created_at, revision }: PersonRow): PersonSummary {
  return { id, status, stage, worker: worker_id, team, createdAt: created_at, revision };
}

function toAccess({ relation, read, write }: Access): OpenedRecord['access'] {
  return { relation, read: [...read], write: [...write] };
}
