// The sealed entries of people, and the only file that touches their table. Each is sealed under its person's key together with
// where it stands, who wrote it and when: an entry that was changed or moved does not open.

import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { EntryPayload, RecordEntry } from '#shared/casework/entry.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { seal, unseal } from '../db/case-keys.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';

export type CaseworkTransaction = Transaction<CaseworkDatabase>;

export interface NewEntry {
  payload: EntryPayload;
  class: FieldClass;
}

export interface EntryAuthor {
  account: string;
  agency: string;
  /** Milliseconds since 1970. */
  at: number;
}

type EntryRow = CaseworkDatabase['person_entry'];

/** An id nobody can guess: `per_…`, `ref_…`. */
export function newCaseId(prefix: string): string {
  return `${prefix}_${randomBytes(15).toString('base64url')}`;
}

/** Ids of entries rise with time, and within a person with their number. */
function newEntryId(at: number, seq: number): string {
  return `ent_${at.toString(36).padStart(9, '0')}${seq.toString(36).padStart(4, '0')}${randomBytes(6).toString('hex')}`;
}

/** Adds entries at the end of a record, and gives them as they stand there. */
export async function insertEntries(
  trx: CaseworkTransaction,
  { id: personId, key }: { id: string; key: Uint8Array },
  { entries, author }: { entries: readonly NewEntry[]; author: EntryAuthor },
): Promise<RecordEntry[]> {
  if (entries.length === 0) return [];
  const { revision } = await trx
    .updateTable('person')
    .set((eb) => ({ revision: eb('revision', '+', entries.length), written_at: new Date(author.at).toISOString() }))
    .where('id', '=', personId)
    .returning('revision')
    .executeTakeFirstOrThrow();
  const rows = entries.map((entry, i) => {
    const seq = revision - entries.length + 1 + i;
    const row = {
      id: newEntryId(author.at, seq),
      person_id: personId,
      seq,
      kind: entry.payload.kind,
      class: entry.class,
      at: new Date(author.at).toISOString(),
      author: author.account,
      agency_id: author.agency,
    };
    return { ...row, payload: seal(key, labelOf(row), entry.payload) };
  });
  await trx.insertInto('person_entry').values(rows).execute();
  return rows.map((row, i) => toEntry(row, entries[i]!.payload));
}

/** What of a record has one of these classes, oldest first; of some kinds where they are named. */
export async function readEntries(
  trx: CaseworkTransaction,
  { id, key }: { id: string; key: Uint8Array },
  { classes, kinds }: { classes: ReadonlySet<FieldClass>; kinds?: readonly string[] | undefined },
): Promise<RecordEntry[]> {
  if (classes.size === 0) return [];
  let query = trx
    .selectFrom('person_entry')
    .selectAll()
    .where('person_id', '=', id)
    .where('class', 'in', [...classes]);
  if (kinds) query = query.where('kind', 'in', [...kinds]);
  const rows = await query.orderBy('seq').execute();
  return rows.map((row) => toEntry(row, unseal(key, labelOf(row), row.payload) as EntryPayload));
}

/** Of which classes there is anything at all in a record. */
export async function listClasses(trx: CaseworkTransaction, personId: string): Promise<FieldClass[]> {
  const rows = await trx.selectFrom('person_entry').select('class').distinct().where('person_id', '=', personId).execute();
  return rows.map((row) => row.class as FieldClass);
}

/** Takes the entries of an erased person away. The database refuses this of anybody else. */
export async function deleteEntries(trx: CaseworkTransaction, personId: string): Promise<void> {
  await trx.deleteFrom('person_entry').where('person_id', '=', personId).execute();
}

function labelOf(row: Omit<EntryRow, 'payload'>): (string | number)[] {
  return ['entry', row.person_id, row.id, row.seq, row.kind, row.class, row.at, row.author, row.agency_id];
}

function toEntry(row: Omit<EntryRow, 'payload'>, payload: EntryPayload): RecordEntry {
  return {
    id: row.id,
    personId: row.person_id,
    class: row.class as FieldClass,
    at: row.at,
    author: row.author,
    agency: row.agency_id,
    payload,
  };
}
