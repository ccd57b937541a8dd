// Drafts and published versions of plugins that are made here, in the database, and whose they are. A version is never changed.

import type { Kysely } from 'kysely';
import { MadeDraft } from '#shared/plugin-api/made/draft.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { Database } from '#server/db/schema.ts';
import { getActorName, type Actor } from '#server/identity/actor.ts';

export interface KeptDraft extends Omit<Database['made_plugin'], 'content'> {
  draft: MadeDraft;
}

export type KeptVersion = Omit<Database['made_version'], 'content' | 'package'>;

/** Those that `actor` may change. */
export async function listDrafts(db: Kysely<Database>, actor: Actor): Promise<KeptDraft[]> {
  const rows = await db.selectFrom('made_plugin').selectAll().orderBy('name').execute();
  return rows.filter((row) => isTheirs(row, actor)).map(toKept);
}

/** Throws where there is none, and where it is another agency's. */
export async function getDraft(db: Kysely<Database>, name: string, actor: Actor): Promise<KeptDraft> {
  const row = await db.selectFrom('made_plugin').selectAll().where('name', '=', name).executeTakeFirst();
  if (!row) throw new Problem('not_found', `No plugin "${name}" is made here.`);
  if (!isTheirs(row, actor)) throw new Problem('not_allowed', 'This plugin belongs to another agency: its own stewards change it.');
  return toKept(row);
}

/** Whoever acts for no agency, and administrators, care for all of them. */
function isTheirs({ agency }: { agency: string | null }, actor: Actor): boolean {
  return actor.role === 'admin' || actor.agency === null || agency === null || agency === actor.agency.id;
}

export interface DraftWriting {
  name: string;
  draft: MadeDraft;
  actor: Actor;
  /** Milliseconds since 1970. */
  at: number;
}

export async function insertDraft(db: Kysely<Database>, { name, draft, actor, at }: DraftWriting): Promise<void> {
  const row = { name, agency: actor.agency?.id ?? null, content: JSON.stringify(draft), revision: 1, ...sayWho(actor, at) };
  const { numInsertedOrUpdatedRows: count } = await db
    .insertInto('made_plugin')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (count !== 1n) throw new Problem('conflict', `A plugin "${name}" is made here already. Choose another name.`);
}

/**
 * @param seen revision that the writer had before them. Throws a Problem where it is another by now.
 * @returns the new revision
 */
export async function saveDraft(db: Kysely<Database>, { name, draft, actor, at }: DraftWriting, seen: number): Promise<number> {
  const { numUpdatedRows: count } = await db
    .updateTable('made_plugin')
    .set({ content: JSON.stringify(draft), revision: seen + 1, ...sayWho(actor, at) })
    .where('name', '=', name)
    .where('revision', '=', seen)
    .executeTakeFirstOrThrow();
  if (count !== 1n) throw new Problem('conflict', 'Someone else changed this plugin in the meantime.');
  return seen + 1;
}

export async function deleteDraft(db: Kysely<Database>, name: string): Promise<void> {
  await db.deleteFrom('made_plugin').where('name', '=', name).execute();
}

/** The latest first. */
export function listVersions(db: Kysely<Database>, name: string): Promise<KeptVersion[]> {
  return db
    .selectFrom('made_version')
    .select(['name', 'version', 'reason', 'actor', 'at'])
    .where('name', '=', name)
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .execute();
}

export async function getVersion(db: Kysely<Database>, name: string, version: string): Promise<{ draft: MadeDraft; bytes: Buffer }> {
  const row = await db
    .selectFrom('made_version')
    .select(['content', 'package'])
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw new Problem('not_found', `Version ${version} of "${name}" was not published here.`);
  return { draft: MadeDraft.parse(JSON.parse(row.content)), bytes: Buffer.from(row.package, 'base64') };
}

function toKept({ content, ...row }: Database['made_plugin']): KeptDraft {
  return { ...row, draft: MadeDraft.parse(JSON.parse(content)) };
}

function sayWho(actor: Actor, at: number): { actor: string; at: string } {
  return { actor: getActorName(actor), at: new Date(at).toISOString() };
}
