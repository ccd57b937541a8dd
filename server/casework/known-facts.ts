// The facts of people, for deciding a whole caseload: kept in one sealed piece a person, which is made of their entries in the same
// transaction as these, opens with the person's key alone, and goes with it. Who may see which class is asked of every entry in it.

import type { RecordEntry } from '#shared/casework/entry.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { seal, unseal } from '../db/case-keys.ts';
import { readEntries, type CaseworkTransaction } from './entries.ts';

interface Keyed {
  id: string;
  key: Uint8Array;
}

const labelOf = (id: string) => ['facts', id];
/** Of one query. */
const PEOPLE_AT_ONCE = 500;

/** Keeps the facts of a record whose entries are given whole. Entries are only ever added: as many are the same. */
export async function keepFacts(trx: CaseworkTransaction, { id, key }: Keyed, all: readonly RecordEntry[]): Promise<void> {
  const facts = selectFacts(all);
  const known = await trx.selectFrom('person_facts').select('entries').where('person_id', '=', id).executeTakeFirst();
  if (known?.entries === facts.length) return;
  const row = { entries: facts.length, sealed: seal(key, labelOf(id), facts) };
  await trx
    .insertInto('person_facts')
    .values({ person_id: id, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/** The entries of facts of many people, of the classes that are open of each, and what corrects them. */
export async function readFactEntries(
  trx: CaseworkTransaction,
  people: readonly (Keyed & { classes: ReadonlySet<FieldClass> })[],
): Promise<Map<string, RecordEntry[]>> {
  const found = new Map<string, RecordEntry[]>();
  for (let i = 0; i < people.length; i += PEOPLE_AT_ONCE) {
    const some = people.slice(i, i + PEOPLE_AT_ONCE);
    const rows = await trx
      .selectFrom('person_facts')
      .select(['person_id', 'sealed'])
      .where(
        'person_id',
        'in',
        some.map(({ id }) => id),
      )
      .execute();
    const sealed = new Map(rows.map((row) => [row.person_id, row.sealed]));
    for (const { id, key, classes } of some) {
      const piece = sealed.get(id);
      // Of somebody to whom nothing was added since facts are kept so.
      const all = piece
        ? (unseal(key, labelOf(id), piece) as RecordEntry[])
        : selectFacts(await readEntries(trx, { id, key }, { classes, kinds: ['fact', 'correction'] }));
      found.set(
        id,
        all.filter((entry) => classes.has(entry.class)),
      );
    }
  }
  return found;
}

function selectFacts(entries: readonly RecordEntry[]): RecordEntry[] {
  const facts = new Set(entries.filter(({ payload }) => payload.kind === 'fact').map(({ id }) => id));
  return entries.filter(({ id, payload }) => facts.has(id) || (payload.kind === 'correction' && facts.has(payload.of)));
}
