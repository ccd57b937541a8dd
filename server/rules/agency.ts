// To whom a rule belongs: its id begins with the short name of an agency. Where that is an agency of this deployment, only its
// own stewards publish it, and administrators; a rule of an agency that has no accounts here is kept by any steward.

import type { Kysely } from 'kysely';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '#server/db/schema.ts';
import type { Actor } from '#server/identity/actor.ts';

/** Name of the agency for which alone this rule is published, where `actor` does not act for it; null: they may. */
export async function findOtherOwner(db: Kysely<Database>, rule: string, actor: Actor): Promise<string | null> {
  // Whoever acts for no agency keeps the rules of the whole deployment.
  if (actor.role === 'admin' || actor.agency === null) return null;
  const owner = await db.selectFrom('agency').select(['id', 'name']).where('slug', '=', rule.split('/')[0]!).executeTakeFirst();
  return owner && owner.id !== actor.agency.id ? owner.name : null;
}

export async function assertOwnRule(db: Kysely<Database>, rule: string, actor: Actor): Promise<void> {
  const owner = await findOtherOwner(db, rule, actor);
  if (owner !== null) throw new Problem('not_allowed', `This rule belongs to ${owner}: its own stewards publish it and take it back.`);
}
