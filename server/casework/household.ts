// Links between people of one household. Nobody learns from one record that another one exists, unless that other one says so
// itself: a link is shown only where the person whom it names lets this one know.

import type { EntryPayload, RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord } from '#shared/casework/record.ts';
import type { CaseworkTransaction } from './entries.ts';

type Household = Extract<EntryPayload, { kind: 'household' }>;

/** Writes anew whom a person's own record lets know of it, where entries just added may have changed that. */
export async function followLinks(
  trx: CaseworkTransaction,
  { personId, added, all }: { personId: string; added: readonly RecordEntry[]; all: readonly RecordEntry[] },
): Promise<void> {
  if (!added.some(({ payload }) => payload.kind === 'household' || payload.kind === 'correction')) return;
  const seeing = new Map(
    foldRecord(all).household.flatMap(({ personId: other, sees }) =>
      other === undefined ? [] : [[other, sees.length > 0 ? 1 : 0] as const],
    ),
  );
  await trx.deleteFrom('person_link').where('person_id', '=', personId).execute();
  if (seeing.size === 0) return;
  await trx
    .insertInto('person_link')
    .values([...seeing].map(([other_id, sees]) => ({ person_id: personId, other_id, sees })))
    .execute();
}

/** The entries with the links taken out that the people whom they name do not allow. */
export async function withoutForeignLinks(trx: CaseworkTransaction, personId: string, entries: RecordEntry[]): Promise<RecordEntry[]> {
  const named = new Set(entries.flatMap(({ payload }) => householdOf(payload)?.members.flatMap((member) => member.personId ?? []) ?? []));
  if (named.size === 0) return entries;
  const rows = await trx
    .selectFrom('person_link')
    .select('person_id')
    .where('person_id', 'in', [...named])
    .where('other_id', '=', personId)
    .where('sees', '=', 1)
    .execute();
  const known = new Set(rows.map((row) => row.person_id));
  return entries.map((entry) => (householdOf(entry.payload) ? { ...entry, payload: unlink(entry.payload, known) } : entry));
}

function householdOf(payload: EntryPayload): Household | undefined {
  if (payload.kind === 'household') return payload;
  return payload.kind === 'correction' && payload.payload?.kind === 'household' ? payload.payload : undefined;
}

function unlink(payload: EntryPayload, known: ReadonlySet<string>): EntryPayload {
  if (payload.kind === 'correction') return { ...payload, payload: unlink(payload.payload!, known) as Household };
  if (payload.kind !== 'household') return payload;
  const members = payload.members.map(({ personId, ...member }) =>
    personId !== undefined && known.has(personId) ? { ...member, personId } : member,
  );
  return { ...payload, members };
}
