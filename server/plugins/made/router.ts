// Plugins that are made in the browser, in the API: for whoever may make them, and of their own agency alone.

import { z } from 'zod';
import type { RuleTable } from '#shared/eligibility/tables.ts';
import type { FactDefinition } from '#shared/intake/facts.ts';
import { toContributions } from '#shared/plugin-api/made/contributions.ts';
import { createDraft, MadeDraft, PLUGIN_NAME } from '#shared/plugin-api/made/draft.ts';
import { localize } from '#shared/platform/localized.ts';
import { Problem } from '#shared/platform/problems.ts';
import type { ServerDeps } from '#server/deps.ts';
import type { Actor } from '#server/identity/actor.ts';
import { procedure, router } from '#server/trpc.ts';
import { disablePlugin, enablePlugin } from '../administer.ts';
import { takeThroughDoor } from '../contributed-by.ts';
import { buildDraft } from './build.ts';
import { deleteDraft, getDraft, getVersion, insertDraft, listDrafts, listVersions, saveDraft } from './drafts.ts';
import { readInstalledDraft } from './from-package.ts';
import { nextVersion, publishMade, putBack } from './publish.ts';
import { listChanges, reviewImpacts } from './review.ts';

const Name = z.string().regex(PLUGIN_NAME, 'lower-case letters, digits and "-"');
const Version = z.string().max(40);
const Revision = z.number().int().min(1);
const Reason = z.string().trim().min(1).max(500);
/** Characters of a draft as JSON. */
const LONGEST = 1_000_000;

export function madeRouter(deps: ServerDeps) {
  const { db, clock, pluginShelf } = deps;
  const today = () => new Date(clock()).toISOString().slice(0, 10);
  const stateOf = (name: string) => {
    const installed = pluginShelf.store.find(name);
    return { live: installed?.version ?? null, on: installed?.enabled ?? false };
  };

  return router({
    /** Those that whoever asks may change. */
    list: procedure('plugins.make').query(async ({ ctx }) => {
      const drafts = await listDrafts(db, ctx.actor);
      return drafts.map(({ name, draft, at }) => ({ name, title: draft.title, at, ...stateOf(name) }));
    }),

    open: procedure('plugins.make')
      .input(z.strictObject({ name: Name }))
      .query(async ({ ctx, input }) => {
        const { draft, revision, at } = await getDraft(db, input.name, ctx.actor);
        const versions = await listVersions(db, input.name);
        const names = await findNames(versions.map(({ actor }) => actor));
        return {
          ...{ name: input.name, draft, revision, at, ...stateOf(input.name) },
          versions: versions.map(({ version, reason, at: when, actor }) => ({ version, reason, at: when, by: names.get(actor) ?? null })),
        };
      }),

    begin: procedure('plugins.make')
      .input(z.strictObject({ name: Name, title: z.string().trim().min(1).max(200), language: z.string().max(35) }))
      .mutation(async ({ ctx, input }) => {
        await assertFree(input.name, ctx.actor);
        await insertDraft(db, { name: input.name, draft: createDraft(input.title, input.language), actor: ctx.actor, at: clock() });
      }),

    /** Keeps what was typed, whole or not. */
    save: procedure('plugins.make')
      .input(z.strictObject({ name: Name, draft: MadeDraft, revision: Revision }))
      .mutation(async ({ ctx, input }) => {
        const { draft: before } = await getDraft(db, input.name, ctx.actor);
        if (JSON.stringify(input.draft).length > LONGEST) throw new Problem('unprocessable', 'This is too much for one plugin. Make two.');
        // What no form shows is what a package brought, and nobody else.
        const { kept } = before;
        const draft: MadeDraft = { ...input.draft, kept };
        const at = clock();
        const revision = await saveDraft(db, { name: input.name, draft, actor: ctx.actor, at }, input.revision);
        return { revision, at: new Date(at).toISOString() };
      }),

    /** What publishing would mean, from a day on. */
    review: procedure('plugins.make')
      .input(z.strictObject({ name: Name, from: z.iso.date().optional() }))
      .query(async ({ ctx, input }) => {
        const { name, from = today() } = input;
        const { draft, revision } = await getDraft(db, name, ctx.actor);
        const version = nextVersion(
          (await listVersions(db, name)).map((one) => one.version),
          pluginShelf.store.find(name)?.version,
        );
        const built = await buildDraft(deps, draft, { name, version, from });
        const { adds, rules } = built.report;
        const remarks = built.report.issues.filter((issue) => !built.against.includes(issue) && issue.code !== 'conflict');
        return {
          ...{ version, revision, ok: built.ok, fields: built.fields, against: built.against, remarks, adds, rules },
          changes: listChanges(deps, name, built),
          impacts: await reviewImpacts(deps, name, { built, on: from }),
        };
      }),

    publish: procedure('plugins.make')
      .input(z.strictObject({ name: Name, revision: Revision, from: z.iso.date(), reason: Reason }))
      .mutation(async ({ ctx, input }) => ({ version: await publishMade(deps, input, ctx.actor) })),

    putBack: procedure('plugins.make')
      .input(z.strictObject({ name: Name, version: Version }))
      .mutation(({ ctx, input }) => putBack(deps, input, ctx.actor)),

    /** What stood in the forms of a version. */
    version: procedure('plugins.make')
      .input(z.strictObject({ name: Name, version: Version }))
      .query(async ({ ctx, input }) => {
        await getDraft(db, input.name, ctx.actor);
        return (await getVersion(db, input.name, input.version)).draft;
      }),

    switch: procedure('plugins.make')
      .input(z.strictObject({ name: Name, on: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        await getDraft(db, input.name, ctx.actor);
        if (input.on) await enablePlugin(pluginShelf, input.name, { actor: ctx.actor });
        else await disablePlugin(pluginShelf, input.name, ctx.actor);
      }),

    /** What was never published goes; else the draft is what was published last. */
    discard: procedure('plugins.make')
      .input(z.strictObject({ name: Name, revision: Revision }))
      .mutation(async ({ ctx, input }) => {
        await getDraft(db, input.name, ctx.actor);
        const [latest] = await listVersions(db, input.name);
        if (!latest) return deleteDraft(db, input.name);
        const { draft } = await getVersion(db, input.name, latest.version);
        await saveDraft(db, { name: input.name, draft, actor: ctx.actor, at: clock() }, input.revision);
      }),

    /** The package of a version; without one that of the draft as it is. */
    export: procedure('plugins.make')
      .input(z.strictObject({ name: Name, version: Version.optional() }))
      .query(async ({ ctx, input: { name, version } }) => {
        const { draft } = await getDraft(db, name, ctx.actor);
        if (version !== undefined) return toFile(name, version, (await getVersion(db, name, version)).bytes);
        const next = nextVersion(
          (await listVersions(db, name)).map((one) => one.version),
          pluginShelf.store.find(name)?.version,
        );
        const built = await buildDraft(deps, draft, { name, version: next, from: today() });
        if (!built.ok) throw new Problem('unprocessable', 'Something is still missing. Look at what "Review and publish" says.');
        return toFile(name, next, built.content.bytes);
      }),

    /** Opens an installed plugin of data alone as a draft. */
    fromInstalled: procedure('plugins.manage')
      .input(z.strictObject({ name: Name, language: z.string().max(35) }))
      .mutation(async ({ ctx, input }) => {
        const draft = readInstalledDraft(deps, input.name, input.language);
        await insertDraft(db, { name: input.name, draft, actor: ctx.actor, at: clock() });
      }),

    /** Facts and tables that rules may name once they are published together. */
    vocabulary: procedure('rules.edit').query(async ({ ctx }) => {
      const drafts = await listDrafts(db, ctx.actor);
      return drafts.map(({ name, draft }) => {
        // What is half written is left out.
        const { facts, ruleTables } = takeThroughDoor({ ...toContributions(name, draft).contributes });
        const title = localize(draft.title, draft.languages[0]!) || name;
        return { name, title, rules: draft.rules, facts: (facts ?? []) as FactDefinition[], tables: (ruleTables ?? []) as RuleTable[] };
      });
    }),
  });

  async function assertFree(name: string, actor: Actor): Promise<void> {
    const taken = pluginShelf.store.find(name) ?? deps.plugins.list.find((plugin) => plugin.name === name);
    if (taken) throw new Problem('conflict', `"${name}" is the name of a plugin that is there already. Choose another.`);
    // Its rules would be those of that agency.
    const agency = await db.selectFrom('agency').select(['id', 'name']).where('slug', '=', name).executeTakeFirst();
    if (agency && actor.agency && agency.id !== actor.agency.id)
      throw new Problem('conflict', `"${name}" is the short name of ${agency.name}. Choose another.`);
  }

  async function findNames(actors: readonly string[]): Promise<Map<string, string>> {
    if (actors.length === 0) return new Map();
    const rows = await db.selectFrom('account').select(['id', 'name']).where('id', 'in', [...new Set(actors)]).execute(); // prettier-ignore
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function toFile(name: string, version: string, bytes: Uint8Array): { file: string; base64: string } {
  return { file: `${name}-${version}.tgz`, base64: Buffer.from(bytes).toString('base64') };
}
