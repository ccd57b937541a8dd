// Made-up clients to try casework on: what plugins contribute as `demoPeople` goes in through the same gate as everything else, at
// the times at which it would have happened.

import type { DemoPeople, DemoPeopleContribution, DemoWorker } from '#shared/plugin-api/index.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '../deps.ts';
import { createAccount } from '../identity/accounts.ts';
import type { Actor } from '../identity/actor.ts';
import { ROLE_PERMISSIONS } from '../identity/policies.ts';
import { decideClosing } from './caseload.ts';
import { addToPerson, createPerson } from './people.ts';

const DAY_MS = 86_400_000;

type Moment = DemoPeople['people'][number]['moments'][number];

/** Adds every contributed set with its agencies and accounts, which all have one password. Gives whom there is to sign in as. */
export async function addDemoPeople(deps: ServerDeps, password: string): Promise<{ workers: DemoWorker[]; people: number }> {
  const sets = deps.registry.getPoint<DemoPeopleContribution>('demoPeople').all();
  if (sets.length === 0) throw new Problem('not_available', 'No plugin brings made-up clients.');
  const now = deps.clock();
  const added = { workers: [] as DemoWorker[], people: 0 };
  for (const { plugin, value } of sets) {
    const run = await deps.plugins.getFunction(plugin, 'demoPeople', value.run);
    const { workers, people } = await run(new Date(now).toISOString().slice(0, 10));
    const actors = new Map<string, Actor>();
    for (const worker of workers) actors.set(worker.key, await hire(deps, worker, password));
    for (const { worker, moments } of people) {
      const actor = actors.get(worker);
      if (!actor) throw new Error(`${plugin}: there is no worker "${worker}".`);
      const supervisor = [...actors.values()].find(({ role, agency }) => role === 'supervisor' && agency?.id === actor.agency?.id);
      await tell(deps, { actor, supervisor: supervisor ?? actor, moments, now });
    }
    added.workers.push(...workers);
    added.people += people.length;
  }
  return added;
}

interface Telling {
  actor: Actor;
  supervisor: Actor;
  moments: readonly Moment[];
  now: number;
}

async function tell(deps: ServerDeps, { actor, supervisor, moments, now }: Telling): Promise<void> {
  let person: string | undefined;
  for (const { daysAgo, entries, decision } of moments) {
    const then: ServerDeps = { ...deps, clock: () => now - daysAgo * DAY_MS };
    if (person === undefined) person = await createPerson(then, actor, { entries });
    else await addToPerson(then, actor, { person, entries });
    const asked = entries.find(({ payload }) => payload.kind === 'closing')?.payload;
    if (decision && asked?.kind === 'closing') await decideClosing(then, supervisor, { person, closing: asked.closing, decision });
  }
}

async function hire(deps: ServerDeps, { name, email, role, agency, team }: DemoWorker, password: string): Promise<Actor> {
  const id = await createAccount(deps.database, { name, email, role, agency, team, password }, deps.clock());
  const row = await deps.db.selectFrom('agency').select(['id', 'name']).where('name', '=', agency).executeTakeFirstOrThrow();
  return { user: { id, name, email }, role, permissions: ROLE_PERMISSIONS[role], agency: { ...row, team }, sessionId: null };
}
