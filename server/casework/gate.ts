// The only way to a person. Who may see what is decided here from the relation that the actor has at this very moment, the audit
// row is written in the same transaction, and every refusal looks the same: no relation, no such id, another agency's, erased.

import { accessOf, type Access, type Relation } from '#shared/casework/access.ts';
import { allowedClasses, type EntryPayload, type RecordEntry } from '#shared/casework/entry.ts';
import type { Purpose } from '#shared/casework/consent.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit, type AuditEntry, type CaseworkAction } from '../audit/audit.ts';
import { seal, unseal } from '../db/case-keys.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { followConsents, getDisclosable } from './consents.ts';
import { refreshDerived } from './derived.ts';
import { insertEntries, readEntries, type CaseworkTransaction, type NewEntry } from './entries.ts';
import { followLinks, withoutForeignLinks } from './household.ts';
import { followNames } from './name-index.ts';

export type CaseworkDeps = Pick<ServerDeps, 'casework' | 'registry' | 'clock'>;
export type PersonRow = CaseworkDatabase['person'];

/** Someone who works with people: an account that belongs to an agency. */
export interface Worker {
  account: string;
  agency: string;
  team: string | null;
  role: string;
  actor: Actor;
}

export interface PersonAct {
  action: CaseworkAction;
  /** What must be open to the actor for this at all. */
  read?: FieldClass;
  write?: FieldClass;
}

export interface Said {
  payload: EntryPayload;
  /** Where the kind leaves it to whoever writes. */
  class?: FieldClass | undefined;
}

const EVERY_CLASS: ReadonlySet<FieldClass> = new Set(FIELD_CLASSES);
/** An entry that other rows follow is not corrected: it is ended by one that says so. */
const NOT_CORRECTED: ReadonlySet<string> = new Set(['consent', 'consent_withdrawn']);
const REFUSED = Symbol('refused');

/**
 * Opens a person for one act. `work` runs in the transaction that also holds the act's audit row: both are kept, or neither.
 * Throws `not_found` whatever the cause.
 */
export async function openPerson<T>(
  deps: CaseworkDeps,
  actor: Actor,
  id: string,
  { action, read, write }: PersonAct,
  work: (trx: CaseworkTransaction, person: OpenedPerson) => Promise<T>,
): Promise<T> {
  const worker = toWorker(actor);
  const at = deps.clock();
  try {
    const result = await inCasework(deps, async (trx) => {
      const found = await findAccess(trx, worker, { id, at });
      const allowed = found !== undefined && (!read || found.access.read.has(read)) && (!write || found.access.write.has(write));
      if (!allowed) {
        await recordRefusal(trx, { actor, at, recordId: id });
        return REFUSED;
      }
      await recordAct(trx, worker, { action, at, recordId: id, relation: found.access.relation });
      return work(trx, new OpenedPerson(trx, { deps, worker, at, ...found }));
    });
    if (result === REFUSED) throw new Problem('not_found');
    return result as T;
  } catch (error) {
    // What was refused within the act took its audit row along; that it was tried stays on record.
    if (error instanceof Problem && error.code === 'not_allowed')
      await inCasework(deps, (trx) => recordRefusal(trx, { actor, at, recordId: id }));
    throw error;
  }
}

/** Runs one transaction on client data. The audit's counter is its lock, taken first, so that two of them never wait for each other. */
export function inCasework<T>({ casework }: Pick<CaseworkDeps, 'casework'>, work: (trx: CaseworkTransaction) => Promise<T>): Promise<T> {
  return casework.db.transaction().execute(async (trx) => {
    if (casework.engine === 'postgres') await trx.selectFrom('feed').select('value').where('name', '=', 'audit').forUpdate().execute();
    return work(trx);
  });
}

/** The actor as a worker; refused where the account belongs to no agency. */
export function toWorker(actor: Actor): Worker {
  if (!actor.user || !actor.agency) throw new Problem('not_allowed', 'Your account belongs to no agency, so it works with no people.');
  return { account: actor.user.id, agency: actor.agency.id, team: actor.agency.team, role: actor.role, actor };
}

type Act = Pick<AuditEntry, 'actor' | 'at' | 'recordId'>;

function recordRefusal(trx: CaseworkTransaction, act: Act): Promise<void> {
  return recordAudit(trx, { ...act, action: 'person.refused', object: 'person', reason: '' });
}

/** By what right stands where others write why: the relation, and the agency where it is not the person's own. */
export function recordAct(
  trx: CaseworkTransaction,
  { actor, agency }: Worker,
  { action, at, recordId, relation }: Omit<Act, 'actor'> & { action: CaseworkAction; relation: Relation | null },
): Promise<void> {
  const reason = relation === 'consented' || relation === 'receiving' ? `${relation} ${agency}` : (relation ?? '');
  return recordAudit(trx, { actor, at, action, object: 'person', recordId, reason });
}

/** The same questions are asked whether there is such a person or not. */
async function findAccess(trx: CaseworkTransaction, worker: Worker, { id, at }: { id: string; at: number }) {
  const row = await trx.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
  const consented = await getDisclosable(trx, id, { purpose: 'coordination', recipient: worker.agency, at });
  const glass = await findBrokenGlass(trx, worker, { id, at });
  if (!row || row.key === null) return undefined;
  const relations = listRelations(row, worker, { broken: glass !== undefined, consented: consented.size > 0 });
  const access = accessOf(worker.role, relations, consented);
  return access.relation === null ? undefined : { row: { ...row, key: row.key }, access };
}

/** What a worker is to a person at this moment. */
export function listRelations(row: PersonRow, worker: Worker, { broken, consented }: { broken: boolean; consented: boolean }): Relation[] {
  if (row.agency_id !== worker.agency) return consented ? ['consented'] : [];
  const relations: Relation[] = ['agency'];
  if (row.worker_id === worker.account) relations.push('own');
  if (row.team !== null && row.team === worker.team) relations.push('team');
  if (broken) relations.push('broken_glass');
  return relations;
}

async function findBrokenGlass(trx: CaseworkTransaction, worker: Worker, { id, at }: { id: string; at: number }) {
  const now = new Date(at).toISOString();
  return trx
    .selectFrom('break_glass')
    .select('id')
    .where('person_id', '=', id)
    .where('account_id', '=', worker.account)
    .where('agency_id', '=', worker.agency)
    .where('at', '<=', now)
    .where('until', '>', now)
    .executeTakeFirst();
}

interface Opening {
  deps: CaseworkDeps;
  worker: Worker;
  at: number;
  row: PersonRow & { key: Uint8Array };
  access: Access;
}

/** A person as one actor may see them, for the length of one transaction. */
export class OpenedPerson {
  readonly id: string;
  readonly row: PersonRow;
  readonly access: Access;
  readonly worker: Worker;
  /** Milliseconds since 1970: of the whole act. */
  readonly at: number;
  readonly #trx: CaseworkTransaction;
  readonly #deps: CaseworkDeps;
  readonly #key: Uint8Array;

  constructor(trx: CaseworkTransaction, { deps, worker, at, row, access }: Opening) {
    this.id = row.id;
    this.row = row;
    this.access = access;
    this.worker = worker;
    this.at = at;
    this.#trx = trx;
    this.#deps = deps;
    this.#key = deps.casework.keys.unwrap(row.id, row.key);
  }

  /** The entries that the actor may see, oldest first; of some kinds where they are named. */
  async readEntries(kinds?: readonly EntryPayload['kind'][]): Promise<RecordEntry[]> {
    return this.#read(this.access.read, kinds);
  }

  /**
   * What live consents let go to a recipient for a purpose, oldest first. It does not matter what the actor may see: who sends a
   * referral sends what the person allowed. On record as a disclosure.
   */
  async disclose({ purpose, recipient }: { purpose: Purpose; recipient: string }): Promise<RecordEntry[]> {
    const { actor } = this.worker;
    const classes = await getDisclosable(this.#trx, this.id, { purpose, recipient, at: this.at });
    const reason = `${purpose} ${recipient}`;
    await recordAudit(this.#trx, { actor, at: this.at, action: 'person.disclose', object: 'person', recordId: this.id, reason });
    return this.#read(classes);
  }

  /** Adds entries, each in the class that its kind has or that is said; refused where the actor may not write that class. */
  async addEntries(said: readonly Said[]): Promise<RecordEntry[]> {
    const { account, agency } = this.worker;
    const entries: NewEntry[] = [];
    for (const { payload, class: stated } of said) entries.push({ payload, class: await this.#classOf(payload, stated) });
    const author = { account, agency, at: this.at };
    const added = await insertEntries(this.#trx, { id: this.id, key: this.#key }, { entries, author });
    await followConsents(this.#trx, added);
    await followLinks(this.#trx, added);
    const all = await readEntries(this.#trx, { id: this.id, key: this.#key }, { classes: EVERY_CLASS });
    await followNames(this.#trx, this.#deps.casework.keys, { person: this.row, added, all });
    await refreshDerived(this.#trx, { person: this.row, entries: all, now: this.at });
    return added;
  }

  /** Seals something that lies beside the record and goes with it: it opens with the same label only. */
  seal(label: readonly string[], value: unknown): Buffer {
    return seal(this.#key, ['beside', this.id, ...label], value);
  }

  unseal(label: readonly string[], sealed: Uint8Array): unknown {
    return unseal(this.#key, ['beside', this.id, ...label], sealed);
  }

  async #read(classes: ReadonlySet<FieldClass>, kinds?: readonly EntryPayload['kind'][]): Promise<RecordEntry[]> {
    const entries = await readEntries(this.#trx, { id: this.id, key: this.#key }, { classes, kinds });
    return withoutForeignLinks(this.#trx, this.id, entries);
  }

  async #classOf(payload: EntryPayload, stated: FieldClass | undefined): Promise<FieldClass> {
    // Whoever hears it may write it down: a withdrawal only ever closes.
    if (payload.kind === 'consent_withdrawn') return this.#classOfConsent(payload.consent);
    const corrected = payload.kind === 'correction' ? await this.#getCorrected(payload.of) : undefined;
    const allowed = allowedClasses(payload, { findFact: (id) => findFact(this.#deps, id), corrected });
    const chosen = stated ?? allowed[0];
    if (chosen === undefined || !allowed.includes(chosen)) throw new Problem('unprocessable', 'This kind of entry cannot have that class.');
    if (!this.access.write.has(chosen)) throw new Problem('not_allowed', 'You may not write this into the record of this person.');
    return chosen;
  }

  async #classOfConsent(consent: string): Promise<FieldClass> {
    const given = await readEntries(this.#trx, { id: this.id, key: this.#key }, { classes: EVERY_CLASS, kinds: ['consent'] });
    const entry = given.find(({ payload }) => payload.kind === 'consent' && payload.consent === consent);
    if (!entry) throw new Problem('not_found');
    return entry.class;
  }

  async #getCorrected(id: string): Promise<RecordEntry> {
    const entry = (await this.readEntries()).find((each) => each.id === id);
    if (!entry) throw new Problem('not_found');
    if (NOT_CORRECTED.has(entry.payload.kind))
      throw new Problem('unprocessable', 'A consent is not corrected. Write down that it is withdrawn, and ask anew.');
    return entry;
  }
}

/** The last definition of an id holds, as in every catalogue of facts. */
function findFact({ registry }: CaseworkDeps, id: string): FactDefinition | undefined {
  return registry
    .getPoint<FactDefinition>('facts')
    .all()
    .findLast(({ value }) => value.id === id)?.value;
}

/** Opens what was sealed beside a person's record, for whoever received it; undefined once the person is erased. */
export async function unsealBeside(
  trx: CaseworkTransaction,
  { casework }: Pick<CaseworkDeps, 'casework'>,
  { personId, label, sealed }: { personId: string; label: readonly string[]; sealed: Uint8Array },
): Promise<unknown> {
  const row = await trx.selectFrom('person').select('key').where('id', '=', personId).executeTakeFirst();
  if (!row?.key) return undefined;
  return unseal(casework.keys.unwrap(personId, row.key), ['beside', personId, ...label], sealed);
}
