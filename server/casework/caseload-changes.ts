// What a caseload tells as a whole: who can newly use what since a day, and which needs of people went unmet.

import { liveUntil } from '#shared/casework/consent.ts';
import { compareEligibility, type EligibilityChange, type EligibilityPerson } from '#shared/casework/eligibility-changes.ts';
import type { RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord, toFacts } from '#shared/casework/record.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import type { Rule } from '#shared/eligibility/rule.ts';
import type { Localized } from '#shared/platform/localized.ts';
import { recordAudit } from '../audit/audit.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { compileContributedRules, listAreas } from '../matching/queries.ts';
import { accessOf } from '#shared/casework/access.ts';
import { listConsents } from './consents.ts';
import { readEntries, type CaseworkTransaction } from './entries.ts';
import { inCasework, listRelations, recordAct, toWorker, type CaseworkDeps, type PersonRow, type Worker } from './gate.ts';
import { listPeople } from './people.ts';

/** Fewer than this are not told apart: in a small town a number is a person. */
const SMALLEST_COUNT = 5;

export interface PersonEligibility {
  person: string;
  label: string | null;
  gained: RuleChange[];
  lost: RuleChange[];
}

export interface RuleChange {
  rule: string;
  title: Localized | null;
  /** How many services are decided by it. */
  services: number;
}

/** Of the actor's own people: for whom a rule that services use says something else than on the day `since`. */
export async function listEligibilityChanges(
  deps: CaseworkDeps & Pick<ServerDeps, 'db' | 'log'>,
  actor: Actor,
  since: string,
): Promise<PersonEligibility[]> {
  const worker = toWorker(actor);
  const services = await countServices(deps);
  const areas = createAreas(await listAreas(deps.db));
  const now = deps.clock();
  const { people, labels } = await inCasework(deps, async (trx) => {
    await recordAudit(trx, { actor, at: now, action: 'caseload.eligibility', object: 'worker', recordId: worker.account, reason: '' });
    const rows = await trx
      .selectFrom('person')
      .selectAll()
      .where('agency_id', '=', worker.agency)
      .where('worker_id', '=', worker.account)
      .where('status', '=', 'open')
      .where('key', 'is not', null)
      .execute();
    const listed = await listPeople(trx, deps, { worker, rows });
    return {
      people: await readFactsOf(trx, deps, { worker, rows, since, now }),
      labels: new Map(listed.map(({ id, label }) => [id, label])),
    };
  });
  const on = new Date(now).toISOString().slice(0, 10);
  const changes = compareEligibility(compileContributedRules(deps), people, { since, on, areas });
  const titles = listTitles(deps);
  const toRules = (ids: readonly string[]) =>
    ids.flatMap((rule) => (services.has(rule) ? [{ rule, title: titles.get(rule) ?? null, services: services.get(rule)! }] : []));
  return changes
    .map(({ id, gained, lost }: EligibilityChange) => ({
      person: id,
      label: labels.get(id) ?? null,
      gained: toRules(gained),
      lost: toRules(lost),
    }))
    .filter(({ gained, lost }) => gained.length + lost.length > 0);
}

async function readFactsOf(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { worker, rows, since, now }: { worker: Worker; rows: readonly PersonRow[]; since: string; now: number },
): Promise<EligibilityPerson[]> {
  const people: EligibilityPerson[] = [];
  for (const row of rows) {
    const { relation, read } = accessOf(worker.role, listRelations(row, worker, { broken: false, consented: false }));
    if (!row.key || relation === null) continue;
    await recordAct(trx, worker, { action: 'person.facts', at: now, recordId: row.id, relation });
    const key = deps.casework.keys.unwrap(row.id, row.key);
    const entries = await readEntries(trx, { id: row.id, key }, { classes: read, kinds: ['fact', 'correction'] });
    people.push({ id: row.id, before: factsOn(entries, since), now: factsOn(entries) });
  }
  return people;
}

/** What was known at the end of a day; without a day what is known now. */
function factsOn(entries: readonly RecordEntry[], day?: string) {
  return toFacts(foldRecord(day === undefined ? entries : entries.filter((entry) => entry.at.slice(0, 10) <= day)));
}

async function countServices({ db }: Pick<ServerDeps, 'db'>): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('service')
    .select(['rule', (eb) => eb.fn.countAll().as('count')])
    .where('rule', 'is not', null)
    .groupBy('rule')
    .execute();
  return new Map(rows.map((row) => [row.rule!, Number(row.count)]));
}

function listTitles({ registry }: Pick<ServerDeps, 'registry'>): ReadonlyMap<string, Localized | undefined> {
  return new Map(
    registry
      .getPoint<Rule>('eligibilityRules')
      .all()
      .map(({ value }) => [value.rule, value.title]),
  );
}

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
