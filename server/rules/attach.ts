// Says which rule decides a service. An act of the directory like any other: it stands in the service's history and is undone there.

import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import { writeDirectoryAct } from '#server/directory/queries.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';
import { listContributed } from './publish.ts';

export interface Attachment {
  /** Id of a service, or of it at a location. */
  service: string;
  /** null: by none. */
  rule: string | null;
  reason: string;
}

export async function attachRule({ db, registry, clock }: ServerDeps, { service, rule, reason }: Attachment, actor: Actor): Promise<void> {
  if (rule !== null && listContributed(registry, rule).length === 0)
    throw new Problem('not_found', `No version of the rule "${rule}" is published.`);
  const act = { kind: 'edit', actor: getActorName(actor), at: new Date(clock()).toISOString(), reason } as const;
  await writeDirectoryAct(db, act, async (trx, { record }) => {
    const link = await trx.selectFrom('service_at_location').select('service_id').where('id', '=', service).executeTakeFirst();
    const id = link?.service_id ?? service;
    const before = await trx.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirst();
    if (!before) throw new Problem('not_found');
    if (before.rule === rule) return;
    await trx.updateTable('service').set({ rule }).where('id', '=', id).execute();
    await record([{ object: 'service', recordId: id, op: 'update', before }]);
  });
}
