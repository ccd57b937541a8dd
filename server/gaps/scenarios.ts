// Scenarios that coordinators keep: what they asked and placed, as the screen wrote it. They belong to an agency; an id alone
// opens one for whoever of it may use gaps.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '#server/db/schema.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';

export interface ScenarioHead {
  id: string;
  name: string;
  revision: number;
  at: string;
  /** Name of whoever wrote it last; null: their account is gone. */
  by: string | null;
}

/** Characters of JSON. */
const MOST_CONTENT = 200_000;
/** Of one agency. */
const MOST_SCENARIOS = 500;

export async function listScenarios(db: Kysely<Database>, actor: Actor): Promise<ScenarioHead[]> {
  return db
    .selectFrom('gap_scenario')
    .leftJoin('account', 'account.id', 'gap_scenario.actor')
    .select(['gap_scenario.id', 'gap_scenario.name', 'revision', 'at', 'account.name as by'])
    .where('agency_id', '=', agencyOf(actor))
    .orderBy('gap_scenario.name')
    .execute();
}

/** Throws a Problem where there is none, or it is another agency's: the two look alike. */
export async function getScenario(
  db: Kysely<Database>,
  actor: Actor,
  id: string,
): Promise<ScenarioHead & { content: Record<string, unknown> }> {
  const row = await db
    .selectFrom('gap_scenario')
    .leftJoin('account', 'account.id', 'gap_scenario.actor')
    .select(['gap_scenario.id', 'gap_scenario.name', 'revision', 'at', 'content', 'account.name as by'])
    .where('gap_scenario.id', '=', id)
    .where('agency_id', '=', agencyOf(actor))
    .executeTakeFirst();
  if (!row) throw new Problem('not_found', 'There is no such scenario, or it is another agency’s.');
  return { ...row, content: JSON.parse(row.content) as Record<string, unknown> };
}

export interface WrittenScenario {
  id?: string | undefined;
  name: string;
  /** The one that was seen; 0: a new one. */
  revision: number;
  content: Record<string, unknown>;
}

/** Throws a Problem where somebody else wrote it in the meantime. */
export async function saveScenario(
  db: Kysely<Database>,
  { id, name, revision, content }: WrittenScenario,
  { actor, at }: { actor: Actor; at: string },
): Promise<{ id: string; revision: number }> {
  const text = JSON.stringify(content);
  if (text.length > MOST_CONTENT) throw new Problem('too_large', 'This scenario is too large to be kept: it has too many sites.');
  const written = { name, content: text, actor: getActorName(actor), at };
  if (id === undefined) {
    const agency = agencyOf(actor);
    const { count } = await db
      .selectFrom('gap_scenario')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('agency_id', '=', agency)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST_SCENARIOS)
      throw new Problem('too_large', `There are ${MOST_SCENARIOS} scenarios. Remove some that are not needed.`);
    const row = { ...written, id: `scn_${randomBytes(12).toString('hex')}`, agency_id: agency, revision: 1 };
    await db.insertInto('gap_scenario').values(row).execute();
    return { id: row.id, revision: 1 };
  }
  await getScenario(db, actor, id);
  const { numUpdatedRows } = await db
    .updateTable('gap_scenario')
    .set({ ...written, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    throw new Problem('conflict', 'Someone else changed this scenario in the meantime. Open it again, or keep yours under another name.');
  return { id, revision: revision + 1 };
}

export async function removeScenario(
  db: Kysely<Database>,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  await getScenario(db, actor, id);
  const { numDeletedRows } = await db.deleteFrom('gap_scenario').where('id', '=', id).where('revision', '=', revision).executeTakeFirst();
  if (numDeletedRows === 0n) throw new Problem('conflict', 'Someone else changed this scenario in the meantime. Open it again first.');
}

/** Those who belong to no agency share theirs. */
function agencyOf({ agency }: Actor): string {
  return agency?.id ?? '';
}
