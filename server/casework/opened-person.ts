// A person as one actor may see them, for the length of one transaction of the gate.

import type { Access } from '#shared/casework/access.ts';
import type { Purpose } from '#shared/casework/consent.ts';
import { allowedClasses, type EntryPayload, type RecordEntry } from '#shared/casework/entry.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { FIELD_CLASSES, type FieldClass } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import { recordAudit } from '../audit/audit.ts';
import { seal, unseal } from '../db/case-keys.ts';
import { followConsents, getDisclosable } from './consents.ts';
import { refreshDerived } from './derived.ts';
import { insertEntries, readEntries, type CaseworkTransaction, type NewEntry } from './entries.ts';
import type { CaseworkDeps, PersonRow, Worker } from './worker.ts';
import { followLinks, withoutForeignLinks } from './household.ts';
import { followNames } from './name-index.ts';

export interface Said {
  payload: EntryPayload;
  /** Where the kind leaves it to whoever writes. */
  class?: FieldClass | undefined;
}

const EVERY_CLASS: ReadonlySet<FieldClass> = new Set(FIELD_CLASSES);
/** An entry that other rows follow is not corrected: it is ended by one that says so. */
const NOT_CORRECTED: ReadonlySet<string> = new Set(['consent', 'consent_withdrawn', 'referral_said', 'closing_decided']);
interface Opening {
  deps: CaseworkDeps;
  worker: Worker;
  at: number;
  row: PersonRow & { key: Uint8Array };
  access: Access;
}

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
    const all = await readEntries(this.#trx, { id: this.id, key: this.#key }, { classes: EVERY_CLASS });
    await followLinks(this.#trx, { personId: this.id, added, all });
    await followNames(this.#trx, this.#deps.casework.keys, { person: this.row, added, all });
    await refreshDerived(this.#trx, { person: this.row, key: this.#key, entries: all, now: this.at });
    return added;
  }

  /** Gives the person into other hands: those before keep only what any colleague has, another agency's nothing. */
  async handOver(to: { agency: string; worker: string | null; team: string | null }): Promise<void> {
    const row = { agency_id: to.agency, worker_id: to.worker, team: to.team };
    await this.#trx.updateTable('person').set(row).where('id', '=', this.id).execute();
    // What was offered meanwhile is nobody's to accept any more.
    await this.#trx
      .updateTable('person_offer')
      .set({ answer: 'withdrawn', answered_at: new Date(this.at).toISOString(), answered_by: this.worker.account })
      .where('person_id', '=', this.id)
      .where('answered_at', 'is', null)
      .execute();
    const person = { ...this.row, ...row };
    const entries = await readEntries(this.#trx, { id: this.id, key: this.#key }, { classes: EVERY_CLASS });
    // Each agency finds by names of its own.
    if (to.agency !== this.row.agency_id) await followNames(this.#trx, this.#deps.casework.keys, { person, added: entries, all: entries });
    await refreshDerived(this.#trx, { person, key: this.#key, entries, now: this.at });
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
      throw new Problem('unprocessable', 'Other things follow from this entry, so it is not corrected. Say in a new one what holds now.');
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
