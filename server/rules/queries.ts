// Drafts and published versions of rules in the database. A version is never changed and never deleted.

import type { Kysely, Transaction } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '#server/db/schema.ts';

export type RuleDraft = Database['rule_draft'];
export type PublishedVersion = Database['rule_version'];

/** Versions that hold: those that were not taken back. */
export function listHoldingVersions(db: Kysely<Database>): Promise<Pick<PublishedVersion, 'rule_id' | 'version' | 'text'>[]> {
  return db
    .selectFrom('rule_version')
    .select(['rule_id', 'version', 'text'])
    .where('withdrawn_at', 'is', null)
    .orderBy('rule_id')
    .orderBy('version')
    .execute();
}

/** All versions of a rule, the latest first. */
export function listVersions(db: Kysely<Database>, ruleId: string): Promise<PublishedVersion[]> {
  return db.selectFrom('rule_version').selectAll().where('rule_id', '=', ruleId).orderBy('version', 'desc').execute();
}

export function listDrafts(db: Kysely<Database>): Promise<RuleDraft[]> {
  return db.selectFrom('rule_draft').selectAll().orderBy('rule_id').execute();
}

export function findDraft(db: Kysely<Database>, ruleId: string): Promise<RuleDraft | undefined> {
  return db.selectFrom('rule_draft').selectAll().where('rule_id', '=', ruleId).executeTakeFirst();
}

/**
 * Keeps a draft.
 * @param seen revision that the writer had before them; 0: there was none. Throws a Problem where it is another by now.
 * @returns the new revision
 */
export async function saveDraft(db: Kysely<Database>, draft: Omit<RuleDraft, 'revision'>, seen: number): Promise<number> {
  const revision = seen + 1;
  const written =
    seen === 0
      ? await db
          .insertInto('rule_draft')
          .values({ ...draft, revision })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
      : await db
          .updateTable('rule_draft')
          .set({ ...draft, revision })
          .where('rule_id', '=', draft.rule_id)
          .where('revision', '=', seen)
          .executeTakeFirst();
  const count = 'numUpdatedRows' in written ? written.numUpdatedRows : (written.numInsertedOrUpdatedRows ?? 0n);
  if (count === 0n) throw new Problem('conflict', 'Someone else changed this draft in the meantime. Open it again to see what they wrote.');
  return revision;
}

export async function deleteDraft(db: Kysely<Database> | Transaction<Database>, ruleId: string): Promise<void> {
  await db.deleteFrom('rule_draft').where('rule_id', '=', ruleId).execute();
}

export interface RuledService {
  id: string;
  name: string | null;
  /** Ids under which it has pages: of it at its locations, and its own. */
  resources: string[];
}

/** Services that use a rule, by name. */
export async function listServicesOf(db: Kysely<Database>, ruleId: string): Promise<RuledService[]> {
  const services = await db
    .selectFrom('service')
    .select(['id', 'name'])
    .where('rule', '=', ruleId)
    .orderBy('name')
    .orderBy('id')
    .limit(200)
    .execute();
  if (services.length === 0) return [];
  const ids = services.map(({ id }) => id);
  const links = await db.selectFrom('service_at_location').select(['id', 'service_id']).where('service_id', 'in', ids).execute();
  return services.map((service) => ({
    ...service,
    resources: [service.id, ...links.filter(({ service_id }) => service_id === service.id).map(({ id }) => id)],
  }));
}

/** Names of those who wrote, by account; the command line and those who are gone have none. */
export async function findNames(db: Kysely<Database>, actors: readonly string[]): Promise<Map<string, string>> {
  if (actors.length === 0) return new Map();
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(actors)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
