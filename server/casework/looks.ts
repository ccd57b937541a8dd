// Who looked at records without carrying them: a plain rule over the audit of the last days, shown with its figures to a supervisor
// who asks about it. It opens names of those few records only whose reader has one like them, and accuses nobody.

import { foldRecord } from '#shared/casework/record.ts';
import { valueOf } from '#shared/casework/told.ts';
import { foldText } from '#shared/platform/suggest.ts';
import { recordAudit } from '../audit/audit.ts';
import type { ServerDeps } from '../deps.ts';
import { listColleagues } from '../identity/accounts.ts';
import type { Actor } from '../identity/actor.ts';
import type { CaseworkTransaction } from './entries.ts';
import { inCasework, toWorker } from './gate.ts';
import type { CaseworkDeps } from './worker.ts';
import { readIdentity } from './people.ts';

/** The rule, as the report states it. */
export const LOOK_RULE = { days: 7, others: 15, all: 100, refused: 5 } as const;
const DAY_MS = 86_400_000;
const OPENED = ['person.read', 'person.export', 'person.log', 'person.custody'];
const OWN = /^(own|team)\b/;

export type LookFinding = 'others' | 'all' | 'refused' | 'same_name';

export interface Looks {
  account: string;
  name: string;
  /** Different people whom they opened; of these, who were neither their own nor their team's at that moment. */
  people: number;
  others: number;
  /** Tries that were refused. */
  refused: number;
  /** People not their own who have the family name of the worker. */
  sameName: number;
  findings: LookFinding[];
}

type Deps = CaseworkDeps & Pick<ServerDeps, 'db'>;

/** Each worker of the agency who opened anything in the last days, those to be asked about first. */
export async function listLooks(deps: Deps, actor: Actor): Promise<{ rule: typeof LOOK_RULE; workers: Looks[] }> {
  const { agency } = toWorker(actor);
  const colleagues = await listColleagues(deps.db, agency);
  const workers = await inCasework(deps, async (trx) => {
    const at = deps.clock();
    await recordAudit(trx, { actor, at, action: 'caseload.looks', object: 'agency', recordId: agency, reason: '' });
    const seen = await countLooks(trx, { accounts: colleagues.map(({ id }) => id), now: at });
    const listed: Looks[] = [];
    for (const { id, name } of colleagues) {
      const { all, others, refused } = seen.get(id) ?? { all: new Set(), others: new Set<string>(), refused: 0 };
      if (all.size === 0 && refused === 0) continue;
      const sameName = await countNamesakes(trx, deps, { name, people: others, agency });
      const findings: LookFinding[] = [
        ...(others.size >= LOOK_RULE.others ? (['others'] as const) : []),
        ...(all.size >= LOOK_RULE.all ? (['all'] as const) : []),
        ...(refused >= LOOK_RULE.refused ? (['refused'] as const) : []),
        ...(sameName > 0 ? (['same_name'] as const) : []),
      ];
      listed.push({ account: id, name, people: all.size, others: others.size, refused, sameName, findings });
    }
    return listed;
  });
  return { rule: LOOK_RULE, workers: workers.sort((a, b) => b.findings.length - a.findings.length || b.others - a.others) };
}

/** Of those who passed a figure of the rule, how many; without opening anybody. */
export async function countConspicuous(trx: CaseworkTransaction, { accounts, now }: { accounts: readonly string[]; now: number }) {
  const seen = await countLooks(trx, { accounts, now });
  return [...seen.values()].filter(
    ({ all, others, refused }) => others.size >= LOOK_RULE.others || all.size >= LOOK_RULE.all || refused >= LOOK_RULE.refused,
  ).length;
}

/** The relation that held at each look stands in its audit row, so that who became somebody's worker later has not looked as such. */
async function countLooks(trx: CaseworkTransaction, { accounts, now }: { accounts: readonly string[]; now: number }) {
  const rows = await trx
    .selectFrom('audit')
    .select(['actor', 'record_id', 'action', 'reason'])
    .where('at', '>=', new Date(now - LOOK_RULE.days * DAY_MS).toISOString())
    .where('actor', 'in', ['', ...accounts])
    .where('action', 'in', [...OPENED, 'person.refused'])
    .execute();
  const seen = new Map<string, { all: Set<string>; others: Set<string>; refused: number }>();
  for (const { actor, record_id: person, action, reason } of rows) {
    const looks = seen.get(actor) ?? { all: new Set<string>(), others: new Set<string>(), refused: 0 };
    if (action === 'person.refused') looks.refused += 1;
    else {
      looks.all.add(person);
      if (!OWN.test(reason)) looks.others.add(person);
    }
    seen.set(actor, looks);
  }
  return seen;
}

async function countNamesakes(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { name, people, agency }: { name: string; people: ReadonlySet<string>; agency: string },
): Promise<number> {
  const family = foldText(name).split(/\s+/).at(-1) ?? '';
  if (family.length < 3 || people.size === 0) return 0;
  const rows = await trx
    .selectFrom('person')
    .selectAll()
    .where('id', 'in', [...people])
    .where('agency_id', '=', agency)
    .where('key', 'is not', null)
    // Whoever is found by such a name: most need not be opened.
    .where('id', 'in', (eb) =>
      eb.selectFrom('person_name_token').select('person_id').where('token', '=', deps.casework.keys.token(agency, family)),
    )
    .execute();
  let count = 0;
  for (const row of rows) {
    const told = valueOf(foldRecord(await readIdentity(trx, deps, row)).identity.familyName);
    if (told && foldText(told).split(/\s+/).includes(family)) count += 1;
  }
  return count;
}
