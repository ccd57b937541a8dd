// Rules in the API: read by whoever reads the directory, written and published by those who may.

import { z } from 'zod';
import type { ServerDeps } from '#server/deps.ts';
import { getActorName } from '#server/identity/actor.ts';
import { procedure, router } from '#server/trpc.ts';
import { findOtherOwner } from './agency.ts';
import { attachRule } from './attach.ts';
import { findTitle } from './draft-title.ts';
import { publishRule, unpublishRule } from './publish.ts';
import { deleteDraft, findDraft, findNames, listDrafts, listServicesOf, listVersions, saveDraft } from './queries.ts';
import { listShippedTexts } from './shipped-texts.ts';

const RuleId = z
  .string()
  .max(200)
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'such as "harbor/shelter"');
const Text = z.string().min(1).max(200_000);
const Reason = z.string().trim().min(1).max(500);

export function rulesRouter(deps: ServerDeps) {
  const { db, clock } = deps;

  return router({
    /** The drafts there are; the rules that hold are among the contributions. */
    drafts: procedure('rules.edit').query(async () => {
      const drafts = await listDrafts(db);
      const names = await findNames(db, drafts.map(({ actor }) => actor)); // prettier-ignore
      return drafts.map(({ rule_id, revision, actor, at, text }) => ({
        ...{ rule: rule_id, title: findTitle(text), revision, at, by: names.get(actor) ?? null },
      }));
    }),

    /** One rule: the text that holds, the draft (for those who may write it), every version, and the services that use it. */
    open: procedure('directory.read')
      .input(z.strictObject({ rule: RuleId }))
      .query(async ({ ctx, input }) => {
        const [versions, draft, services, otherOwner] = await Promise.all([
          listVersions(db, input.rule),
          ctx.actor.permissions.has('rules.edit') ? findDraft(db, input.rule) : undefined,
          listServicesOf(db, input.rule),
          findOtherOwner(db, input.rule, ctx.actor),
        ]);
        const names = await findNames(db, [...versions.map(({ actor }) => actor), ...(draft ? [draft.actor] : [])]);
        const own = versions.map(({ version, at, actor, reason, withdrawn_at, text }) => {
          return { version, at, by: names.get(actor) ?? null, reason, withdrawn: withdrawn_at, text, shipped: false, from: null };
        });
        const shipped = listShippedTexts(deps, input.rule).map(({ version, text, plugin, file }) => {
          return { version, at: null, by: null, reason: null, withdrawn: null, text, shipped: true, from: { plugin, file } };
        });
        return {
          versions: [...own, ...shipped].sort((a, b) => b.version - a.version),
          draft: draft ? { text: draft.text, revision: draft.revision, at: draft.at, by: names.get(draft.actor) ?? null } : null,
          services,
          /** The agency that alone publishes it, where whoever asks is of another one. */
          otherOwner,
        };
      }),

    saveDraft: procedure('rules.edit')
      .input(z.strictObject({ rule: RuleId, text: Text, revision: z.number().int().min(0) }))
      .mutation(async ({ ctx, input }) => {
        const at = new Date(clock()).toISOString();
        const revision = await saveDraft(db, { rule_id: input.rule, text: input.text, actor: getActorName(ctx.actor), at }, input.revision);
        return { revision, at };
      }),

    discardDraft: procedure('rules.edit')
      .input(z.strictObject({ rule: RuleId }))
      .mutation(({ input }) => deleteDraft(db, input.rule)),

    publish: procedure('rules.edit')
      .input(z.strictObject({ rule: RuleId, text: Text, from: z.iso.date(), reason: Reason, revision: z.number().int().min(0) }))
      .mutation(async ({ ctx, input }) => ({ version: await publishRule(deps, input, ctx.actor) })),

    unpublish: procedure('rules.edit')
      .input(z.strictObject({ rule: RuleId, version: z.number().int().positive(), reason: Reason }))
      .mutation(({ ctx, input }) => unpublishRule(deps, input, ctx.actor)),

    /** Says that a service, or the service of a resource, is decided by a rule; null: by none. An act of the directory, with its history. */
    attach: procedure('rules.edit')
      .input(z.strictObject({ service: z.string().max(500), rule: RuleId.nullable(), reason: Reason }))
      .mutation(({ ctx, input }) => attachRule(deps, input, ctx.actor)),
  });

  /** Versions that plugins brought. */
}
