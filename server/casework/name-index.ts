// Finding people by name without keeping names in the clear: keyed hashes of each part of a name and of its first three letters.
// What matches a beginning is opened and compared. The hashes of one agency find nothing of another's.

import type { RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord, type RecordIdentity } from '#shared/casework/record.ts';
import { valueOf } from '#shared/casework/told.ts';
import { foldText } from '#shared/platform/suggest.ts';
import type { CaseKeys } from '../db/case-keys.ts';
import type { CaseworkDatabase } from '../db/casework-schema.ts';
import type { CaseworkTransaction } from './entries.ts';

const BEGINNING = 3;
/** Of a search; more parts narrow nothing that matters. */
const PARTS = 6;

type PersonRow = CaseworkDatabase['person'];

/** What staff call somebody in a list: the name used, else the name, the alias, what staff wrote; null where there is nothing. */
export function labelOf(identity: RecordIdentity): string | null {
  const whole = [valueOf(identity.givenName), valueOf(identity.familyName)].filter(Boolean).join(' ');
  const used = valueOf(identity.nameUsed);
  const family = valueOf(identity.familyName);
  if (used) return family ? `${used} ${family}` : used;
  return whole || valueOf(identity.alias) || identity.label || null;
}

/** Rewrites a person's hashes where the entries just added may have changed a name. */
export async function followNames(
  trx: CaseworkTransaction,
  keys: CaseKeys,
  { person, added, all }: { person: PersonRow; added: readonly RecordEntry[]; all: readonly RecordEntry[] },
): Promise<void> {
  if (!added.some(({ payload }) => (payload.kind === 'correction' ? (payload.payload?.kind ?? 'identity') : payload.kind) === 'identity'))
    return;
  const tokens = new Set<string>();
  for (const part of partsOf(foldRecord(all).identity)) {
    tokens.add(keys.token(person.agency_id, part));
    tokens.add(keys.token(person.agency_id, beginningOf(part)));
  }
  await trx.deleteFrom('person_name_token').where('person_id', '=', person.id).execute();
  if (tokens.size === 0) return;
  await trx
    .insertInto('person_name_token')
    .values([...tokens].map((token) => ({ token, person_id: person.id })))
    .execute();
}

/** People of an agency who may have such a name, the newest first: `fits` is to be asked of each. */
export async function findCandidates(
  trx: CaseworkTransaction,
  keys: CaseKeys,
  { agency, name, limit }: { agency: string; name: string; limit: number },
): Promise<PersonRow[]> {
  const wanted = splitName(name).slice(0, PARTS);
  if (wanted.length === 0) return [];
  let query = trx.selectFrom('person').selectAll('person').where('agency_id', '=', agency).where('key', 'is not', null);
  for (const part of new Set(wanted.map(beginningOf))) {
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('person_name_token').select('person_id').where('token', '=', keys.token(agency, part)),
    );
  }
  return query.orderBy('created_at', 'desc').limit(limit).execute();
}

/** Whether each part of what is wanted begins a part of the name. */
export function fits(identity: RecordIdentity, name: string): boolean {
  const parts = partsOf(identity);
  return splitName(name).every((wanted) => parts.some((part) => part.startsWith(wanted)));
}

function partsOf(identity: RecordIdentity): string[] {
  const { givenName, familyName, nameUsed, alias, label } = identity;
  const names = [...[givenName, familyName, nameUsed, alias].map(valueOf), label];
  return [...new Set(names.flatMap((name) => splitName(name ?? '')))];
}

function splitName(name: string): string[] {
  return foldText(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

function beginningOf(part: string): string {
  return [...part].slice(0, BEGINNING).join('');
}
