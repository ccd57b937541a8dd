// Who of a caseload can newly use what since a day, and who no longer can: said as the services of the directory that are meant.

import { accessOf } from '#shared/casework/access.ts';
import { compareEligibility, mayServe, type EligibilityPerson } from '#shared/casework/eligibility-changes.ts';
import type { RecordEntry } from '#shared/casework/entry.ts';
import { foldRecord, toFacts } from '#shared/casework/record.ts';
import { createAreas } from '#shared/eligibility/areas.ts';
import type { DirectoryIndex } from '#shared/directory/index.ts';
import type { Facts } from '#shared/intake/facts.ts';
import { recordAudit } from '../audit/audit.ts';
import type { ServerDeps } from '../deps.ts';
import type { Actor } from '../identity/actor.ts';
import { compileContributedRules, listAreas, withJudgedFacts } from '../matching/queries.ts';
import { listElsewhere } from '../plugins/queries.ts';
import type { CaseworkTransaction } from './entries.ts';
import { inCasework, listRelations, recordAct, toWorker } from './gate.ts';
import type { CaseworkDeps, PersonRow, Worker } from './worker.ts';
import { readFactEntries } from './known-facts.ts';
import { listPeople } from './people.ts';

export interface PersonEligibility {
  person: string;
  label: string | null;
  gained: ChangedServices;
  lost: ChangedServices;
}

export interface ChangedServices {
  /** Some of them by name, in its order. */
  services: { id: string; name: string }[];
  /** How many they are. */
  count: number;
}

/** More of them are counted, not named: where a rule of a whole programme changes, they are hundreds. */
const MOST_NAMED = 6;

interface RuledService {
  id: string;
  name: string;
  areas: readonly string[];
}

/**
 * Of the actor's own people: which services they can newly use since the day `since`, and which no longer. Of somebody of whom it
 * is known where they live, services that serve only elsewhere are left out.
 */
export async function listEligibilityChanges(
  deps: CaseworkDeps & Pick<ServerDeps, 'db' | 'directory' | 'log' | 'plugins' | 'registry'>,
  actor: Actor,
  since: string,
): Promise<PersonEligibility[]> {
  const worker = toWorker(actor);
  await deps.directory.ready;
  const services = listRuledServices(deps.directory.current());
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
  const toServices = (rules: readonly string[], place: Parameters<typeof mayServe>[0]): ChangedServices => {
    const meant = rules.flatMap((rule) => services.get(rule) ?? []).filter((service) => mayServe(place, service.areas, areas));
    const named = new Map(meant.map(({ id, name }) => [id, { id, name }]));
    const sorted = [...named.values()].sort((a, b) => a.name.localeCompare(b.name));
    return { services: sorted.slice(0, MOST_NAMED), count: sorted.length };
  };
  const ruleSet = compileContributedRules(deps, listElsewhere(deps.plugins, worker.agency));
  const judge = (facts: readonly Facts[], day: string) => withJudgedFacts(deps, facts, { ruleSet, areas, on: day, agency: worker.agency });
  const [before, present] = await Promise.all([
    judge(
      people.map((person) => person.before),
      since,
    ),
    judge(
      people.map((person) => person.now),
      on,
    ),
  ]);
  const judged = people.map((person, i) => ({ ...person, before: before[i]!, now: present[i]! }));
  return compareEligibility(ruleSet, judged, { since, on, areas })
    .map(({ id, place, gained, lost }) => ({
      person: id,
      label: labels.get(id) ?? null,
      gained: toServices(gained, place),
      lost: toServices(lost, place),
    }))
    .filter(({ gained, lost }) => gained.count + lost.count > 0);
}

async function readFactsOf(
  trx: CaseworkTransaction,
  deps: CaseworkDeps,
  { worker, rows, since, now }: { worker: Worker; rows: readonly PersonRow[]; since: string; now: number },
): Promise<EligibilityPerson[]> {
  const readable = [];
  for (const row of rows) {
    const { relation, read: classes } = accessOf(worker.role, listRelations(row, worker, { broken: false, consented: false }));
    if (!row.key || relation === null) continue;
    await recordAct(trx, worker, { action: 'person.facts', at: now, recordId: row.id, relation });
    readable.push({ id: row.id, key: deps.casework.keys.unwrap(row.id, row.key), classes });
  }
  const entries = await readFactEntries(trx, readable);
  return readable.map(({ id }) => ({ id, before: factsOn(entries.get(id)!, since), now: factsOn(entries.get(id)!) }));
}

/** What was known at the end of a day; without a day what is known now. */
function factsOn(entries: readonly RecordEntry[], day?: string) {
  return toFacts(foldRecord(day === undefined ? entries : entries.filter((entry) => entry.at.slice(0, 10) <= day)));
}

/** The services of the directory by the rule that decides who can use them. What is withheld of a place is not in the index. */
function listRuledServices(index: DirectoryIndex): ReadonlyMap<string, RuledService[]> {
  const services = new Map<string, RuledService[]>();
  for (let row = 0; row < index.size; row++) {
    const rule = index.isLive(row) ? index.rule(row) : null;
    if (rule === null) continue;
    const service = { id: index.serviceId(row), name: index.serviceName(row), areas: index.areas(row) };
    const others = services.get(rule);
    if (others) others.push(service);
    else services.set(rule, [service]);
  }
  return services;
}
