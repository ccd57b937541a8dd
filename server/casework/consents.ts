// Consents as clear rows beside the entries by which they were given, so that each disclosure asks them in its own transaction:
// what is withdrawn is closed to the very next request.

import { disclosableClasses, type Consent, type Purpose } from '#shared/casework/consent.ts';
import type { RecordEntry } from '#shared/casework/entry.ts';
import type { FieldClass } from '#shared/intake/field-class.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { CaseworkTransaction } from './entries.ts';

/** Every consent that a person gave, withdrawn and ended ones too. */
export async function listConsents(trx: CaseworkTransaction, personId: string): Promise<Consent[]> {
  const rows = await trx
    .selectFrom('person_consent')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose as Purpose,
    recipient: row.recipient,
    classes: JSON.parse(row.classes) as FieldClass[],
    from: row.from_at,
    until: row.until_at,
    withdrawnAt: row.withdrawn_at,
  }));
}

/** What may go to a recipient for a purpose at this moment. */
export async function getDisclosable(
  trx: CaseworkTransaction,
  personId: string,
  { purpose, recipient, at }: { purpose: Purpose; recipient: string; at: number },
): Promise<ReadonlySet<FieldClass>> {
  const consents = await listConsents(trx, personId);
  return new Set(disclosableClasses(consents, { purpose, recipient, at: new Date(at).toISOString() }));
}

/** Keeps the rows in step with entries that were just added. */
export async function followConsents(trx: CaseworkTransaction, entries: readonly RecordEntry[]): Promise<void> {
  for (const { personId, at, payload } of entries) {
    if (payload.kind === 'consent') {
      const { consent: id, purpose, recipient, classes, from, until } = payload;
      const known = await trx
        .selectFrom('person_consent')
        .select('id')
        .where('person_id', '=', personId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (known) throw new Problem('conflict', 'This consent is there already. One that says something else is a new one.');
      const row = { purpose, recipient, classes: JSON.stringify(classes), from_at: from, until_at: until, withdrawn_at: null };
      await trx
        .insertInto('person_consent')
        .values({ id, person_id: personId, ...row })
        .execute();
    }
    if (payload.kind === 'consent_withdrawn') await withdraw(trx, { personId, consent: payload.consent, at });
  }
}

async function withdraw(
  trx: CaseworkTransaction,
  { personId, consent, at }: { personId: string; consent: string; at: string },
): Promise<void> {
  await trx
    .updateTable('person_consent')
    .set({ withdrawn_at: at })
    .where('id', '=', consent)
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .execute();
}
