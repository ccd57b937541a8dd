// Which needs of an agency's people went unmet: counted with their consent, never so few that a number is a person.

import { liveUntil } from '#shared/casework/consent.ts';
import { foldRecord } from '#shared/casework/record.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Actor } from '../identity/actor.ts';
import { listConsents } from './consents.ts';
import { readEntries, type CaseworkTransaction } from './entries.ts';
import { inCasework, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';

/** Up to this many are not told: in a small town a number is a person. */
const HELD_BACK = 10;

export interface UnmetCount {
  need: string;
  why: string;
  /** Null: ten or fewer. */
  people: number | null;
}

/** One unmet need of somebody who consents at this moment to be counted. It names nobody to whoever has no key. */
export interface CountedUnmet {
  person: string;
  agency: string;
  need: string;
  why: string;
  /** Coarse area, H3 resolution 7; null: none was told. */
  cell: string | null;
  /** When it was written down, as an instant. */
  at: string;
}

/** Unmet needs of the agency's people who consent at this moment to be counted. Each person counts once for a need and a reason. */
export async function countUnmetNeeds(deps: CaseworkDeps, actor: Actor): Promise<UnmetCount[]> {
  const { agency } = toWorker(actor);
  return inCasework(deps, async (trx) => {
    const at = deps.clock();
    await recordAudit(trx, { actor, at, action: 'caseload.unmet', object: 'agency', recordId: agency, reason: '' });
    const people = new Map<string, Set<string>>();
    for (const { person, need, why } of await readCounted(trx, deps, agency)) {
      const counts = `${need} ${why}`;
      people.set(counts, (people.get(counts) ?? new Set()).add(person));
    }
    return [...people]
      .map(([key, ids]) => {
        const [need, why] = key.split(' ') as [string, string];
        return { need, why, people: ids.size <= HELD_BACK ? null : ids.size };
      })
      .sort((a, b) => (b.people ?? 0) - (a.people ?? 0) || (a.need < b.need ? -1 : 1));
  });
}

/** Unmet needs of all agencies, for counts that are cut up before anybody sees them (server/gaps/unmet.ts). On record. */
export async function listCountedUnmet(deps: CaseworkDeps): Promise<CountedUnmet[]> {
  return inCasework(deps, async (trx) => {
    const actor = { name: 'local:counts', role: 'system' };
    await recordAudit(trx, { actor, at: deps.clock(), action: 'caseload.counted', object: 'deployment', recordId: '', reason: '' });
    return readCounted(trx, deps);
  });
}

async function readCounted(trx: CaseworkTransaction, deps: CaseworkDeps, agency?: string): Promise<CountedUnmet[]> {
  const at = new Date(deps.clock()).toISOString();
  let query = trx
    .selectFrom('person')
    .selectAll()
    .where('key', 'is not', null)
    .where('id', 'in', (eb) => eb.selectFrom('person_consent').select('person_id').where('purpose', '=', 'counting'));
  if (agency !== undefined) query = query.where('agency_id', '=', agency);
  const counted: CountedUnmet[] = [];
  for (const row of await query.execute()) {
    const consents = await listConsents(trx, row.id);
    const classes = consents
      .filter((consent) => liveUntil([consent], { purpose: 'counting', recipient: row.agency_id, at }))
      .flatMap((each) => each.classes);
    if (classes.length === 0) continue;
    const key = deps.casework.keys.unwrap(row.id, row.key!);
    const entries = await readEntries(trx, { id: row.id, key }, { classes: new Set(classes), kinds: ['unmet', 'correction'] });
    for (const { need, why, cell, counted: isCounted, entry } of foldRecord(entries).unmet)
      if (isCounted) counted.push({ person: row.id, agency: row.agency_id, need, why, cell: cell ?? null, at: entry.at });
  }
  return counted;
}
