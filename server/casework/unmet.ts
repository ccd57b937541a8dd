// Which needs of an agency's people went unmet: counted with their consent, never so few that a number is a person.

import { liveUntil } from '#shared/casework/consent.ts';
import { foldRecord } from '#shared/casework/record.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Actor } from '../identity/actor.ts';
import { listConsents } from './consents.ts';
import { readEntries } from './entries.ts';
import { inCasework, toWorker, type CaseworkDeps } from './gate.ts';

/** Fewer than this are not told apart: in a small town a number is a person. */
const SMALLEST_COUNT = 5;

export interface UnmetCount {
  need: string;
  why: string;
  /** Null: fewer than five. */
  people: number | null;
}

/** Unmet needs of the agency's people who consent at this moment to be counted. Each person counts once for a need and a reason. */
export async function countUnmetNeeds(deps: CaseworkDeps, actor: Actor): Promise<UnmetCount[]> {
  const { agency } = toWorker(actor);
  const now = deps.clock();
  const at = new Date(now).toISOString();
  return inCasework(deps, async (trx) => {
    await recordAudit(trx, { actor, at: now, action: 'caseload.unmet', object: 'agency', recordId: agency, reason: '' });
    const rows = await trx
      .selectFrom('person')
      .selectAll()
      .where('agency_id', '=', agency)
      .where('key', 'is not', null)
      .where('id', 'in', (eb) => eb.selectFrom('person_consent').select('person_id').where('purpose', '=', 'counting'))
      .execute();
    const people = new Map<string, Set<string>>();
    for (const row of rows) {
      const consents = await listConsents(trx, row.id);
      const classes = consents
        .filter((consent) => liveUntil([consent], { purpose: 'counting', recipient: agency, at }))
        .flatMap((each) => each.classes);
      const key = deps.casework.keys.unwrap(row.id, row.key!);
      const entries = await readEntries(trx, { id: row.id, key }, { classes: new Set(classes), kinds: ['unmet', 'correction'] });
      for (const { need, why, counted } of foldRecord(entries).unmet) {
        if (!counted) continue;
        const counts = `${need} ${why}`;
        people.set(counts, (people.get(counts) ?? new Set()).add(row.id));
      }
    }
    return [...people]
      .map(([key, ids]) => {
        const [need, why] = key.split(' ') as [string, string];
        return { need, why, people: ids.size < SMALLEST_COUNT ? null : ids.size };
      })
      .sort((a, b) => (b.people ?? 0) - (a.people ?? 0) || (a.need < b.need ? -1 : 1));
  });
}
